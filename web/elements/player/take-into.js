// @ts-check

/**
 * Puts a scenario into a demo, with the mode of lesson 4 or the host of lesson 5. It can be undone.
 *
 * @param {any} demo @param {{ text: string, way: string }} scenario
 */
export function takeInto(demo, { text, way }) {
  demo.recall({ ...demo.snapshot, text, [wayOf(demo)]: way });
}

/** What a demo calls it. @param {any} demo */
export const wayOf = (demo) => ('mode' in demo ? 'mode' : 'host');
