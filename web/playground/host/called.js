// @ts-check
/** What an event is that waits nowhere before it runs: a process event, the next listener of an event. */
export const CALLED = 'called';
