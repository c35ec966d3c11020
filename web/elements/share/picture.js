// @ts-check
// The scene of a demo as a picture: an SVG that stands alone, with the colors that are on the screen; and as a PNG.

/** What makes a shape look as it does. */
const LOOKS =
  'fill fill-opacity stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray opacity display ' +
  'visibility font-family font-size font-weight font-variant-numeric letter-spacing text-anchor dominant-baseline ' +
  'paint-order transform stop-color stop-opacity';

/** What makes a box do so besides. */
const BOX_LOOKS =
  'color background-color background-image border-block-start border-block-end border-inline-start border-inline-end ' +
  'border-radius box-shadow box-sizing position inset block-size inline-size margin padding flex-direction flex-wrap ' +
  'flex-grow flex-shrink flex-basis gap align-items align-content align-self justify-content justify-items justify-self ' +
  'grid-template-columns grid-template-rows grid-template-areas grid-auto-flow grid-area order overflow text-align text-transform ' +
  'text-overflow white-space line-height font-style list-style-type translate rotate scale z-index clip-path';

const SCALE = 2; // points of a PNG to a CSS pixel

/** A copy whose elements carry their looks with them. @param {Element} element @returns {Element} */
function dressed(element) {
  const copy = /** @type {Element} */ (element.cloneNode(false));
  const isShape = element instanceof SVGElement;
  const computed = getComputedStyle(element);
  const looks = isShape && !(element instanceof SVGSVGElement) ? LOOKS : `${LOOKS} ${BOX_LOOKS}`;
  const declared = looks.split(' ').map((look) => `${look}:${computed.getPropertyValue(look)}`);
  copy.setAttribute('style', declared.join(';'));
  for (const name of ['class', 'tabindex', 'title']) copy.removeAttribute(name);
  for (const child of element.childNodes) {
    if (child instanceof Element) copy.append(dressed(child));
    else if (child instanceof Text) copy.append(child.data);
  }
  return copy;
}

/**
 * The scene as it is on the screen, as the text of an SVG file.
 *
 * @param {import('../player/demo.js').Demo<any>} demo
 */
export function svgOf(demo) {
  const stage = /** @type {HTMLElement} */ (demo.renderRoot.querySelector('.stage'));
  const { width, height, left, top } = stage.getBoundingClientRect();
  const xmlns = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(xmlns, 'svg');
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.setAttribute('width', String(width));
  picture.setAttribute('height', String(height));
  const parts = [...stage.children];
  if (parts.every((part) => part instanceof SVGSVGElement)) {
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      const copy = dressed(part);
      copy.removeAttribute('style');
      for (const [name, value] of Object.entries({
        x: box.left - left,
        y: box.top - top,
        width: box.width,
        height: box.height,
      }))
        copy.setAttribute(name, String(value));
      picture.append(copy);
    }
  } else {
    const frame = document.createElementNS(xmlns, 'foreignObject');
    frame.setAttribute('width', String(width));
    frame.setAttribute('height', String(height));
    frame.append(dressed(stage));
    picture.append(frame);
  }
  return new XMLSerializer().serializeToString(picture);
}

/** An SVG as an image. @param {string} svg */
export async function imageOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/**
 * The scene as a PNG; rejected where a browser does not give the points of such a picture.
 *
 * @param {string} svg @returns {Promise<Blob>}
 */
export async function pngOf(svg) {
  const image = await imageOf(svg);
  const canvas = Object.assign(document.createElement('canvas'), {
    width: image.width * SCALE,
    height: image.height * SCALE,
  });
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
