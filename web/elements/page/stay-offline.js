// @ts-check
// The site can be installed, and stays when the network goes: see web/offline/. Not on localhost, where it is written:
// there a page shall be as new as its file.

/** After what the reader waits for. A page in a sandbox, or without https, has no service workers. */
async function register() {
  try {
    await navigator.serviceWorker.register('service-worker.js');
  } catch {
    // Then the site is one that needs a network.
  }
}

if (location.protocol.startsWith('http') && location.hostname !== 'localhost') {
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'manifest', href: 'manifest.webmanifest' }),
  );
  addEventListener('load', register);
}
