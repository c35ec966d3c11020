// @ts-check
/**
 * Why a program did not run at all: it is no JavaScript, or asks for what is not in this playground.
 *
 * @typedef {{ message: string, line: number, column: number }} Refusal  line 0: of no line
 */

/** @param {any} error @returns {Refusal} */
export const refusalOf = ({ message, line = 0, column = 0 }) => ({ message, line, column });
