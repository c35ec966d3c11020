// @ts-check
// Classic scripts that come when they are asked for, from the folder of the script that asks.

const here = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;

/** @type {Map<string, Promise<unknown>>} */
const loading = new Map();

/** Loads a script once; after a failure it may be tried again. @param {string} name @returns {Promise<unknown>} */
export function loadScript(name) {
  const known = loading.get(name);
  if (known) return known;
  const loaded = new Promise((onload, onerror) => {
    const { href } = new URL(name, here);
    // They come side by side, and run in the order in which they were asked for: what uses a wasm module finds it.
    const script = Object.assign(document.createElement('script'), { src: href, async: false, onload, onerror });
    document.head.append(script);
  });
  loaded.catch(() => loading.delete(name));
  loading.set(name, loaded);
  return loaded;
}

/** For what the build makes of an `import()`: it is in every script, and there it is short. */
const shared = /** @type {any} */ (globalThis.doorbellShared ??= {});
shared.load ??= loadScript;
