// @ts-check

/**
 * Puts a scenario into a demo, with the mode of lesson 4 or the host of lesson 5. What the learner wrote can be brought
 * back.
 *
 * @param {any} demo @param {{ text: string, way: string }} scenario
 */
export function takeInto(demo, { text, way }) {
  if (!('mode' in demo)) {
    demo.take({ host: way, text });
    return;
  }
  demo.replace(() => {
    demo.mode = way;
    demo.edit(text);
  });
}
