// @ts-check
// What a link carries: a demo's state as a few named texts. In an address it is one parameter,
//
//     ?demo=2eNo…   the version, and then the texts as a query string, compressed (zlib, whose checksum tells damage)
//                   and written in base64url
//
// Version 1 were the texts themselves (?scenario=…&host=node). Such links go on working: see `Demo.asked`.

const VERSION = '2';

/** What anybody may send is read only so far: a scenario of a million bytes is a long one. */
const MOST = 2 ** 20;

/** @param {BlobPart} bytes @param {ReadableWritablePair} through */
const passed = (bytes, through) => new Blob([bytes]).stream().pipeThrough(through);

/** @param {Uint8Array} bytes */
const toBase64Url = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** @param {string} text */
const fromBase64Url = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** The texts as one parameter. @param {Record<string, string>} texts */
export async function encode(texts) {
  const stream = passed(String(new URLSearchParams(texts)), new CompressionStream('deflate'));
  return VERSION + toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/**
 * The texts that a parameter carries.
 *
 * @param {string} parameter
 * @returns {Promise<Record<string, string>>} rejected, with what is wrong, if it is damaged or of another version
 */
export async function decode(parameter) {
  if (/^\d/.test(parameter) && parameter[0] !== VERSION) {
    throw new Error(
      `The link is of version ${parameter[0]}, and this page reads version ${VERSION}: load the page anew.`,
    );
  }
  try {
    return Object.fromEntries(new URLSearchParams(await inflate(fromBase64Url(parameter.slice(1)))));
  } catch {
    throw new Error('The link is damaged: a part of it is missing or was changed. Copy the whole of it.');
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  const reader = passed(bytes, new DecompressionStream('deflate')).getReader();
  const parts = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    length += read.value.length;
    if (length > MOST) throw new Error('too long');
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(await new Blob(parts).arrayBuffer());
}
