// @ts-check

const KINDS = ['socket', 'timer', 'input'];

/** Which sources may ring more than once. @param {import('../../core/doorbell.js').Statement} statement */
export const ringsOften = ({ kind, depth }) => !depth && KINDS.includes(kind);
