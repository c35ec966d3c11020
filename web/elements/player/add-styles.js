// @ts-check

/**
 * Styles of a part that came later, for the tree of a demo that is there already.
 *
 * @param {ShadowRoot} root @param {import('lit').CSSResult} styles
 */
export function addStyles(root, { styleSheet }) {
  if (!styleSheet || root.adoptedStyleSheets.includes(styleSheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
