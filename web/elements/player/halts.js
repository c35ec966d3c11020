// @ts-check

/** In the place of a queue: the last row of a run that was stopped, or ended, is no callback. */
export const HALTS = ['starved', 'stopped', 'ended'];
