// Keeps the site for times without a network, whole: what it gives is all of one version. `FILES` says what belongs to
// a version and what each file's hash is; the build puts it here (worker.mjs).
//
// A new version is fetched beside the old one. A file that is not as it should be, as while a site is being copied to
// its server, ends that, and the old one stays. It takes over when no page of the old one is open any more; so a page
// gets the parts that come later from its own version.

const NAME = `doorbell ${VERSION}`;

/** @param {string} path @param {string} integrity */
async function keep(path, integrity) {
  const response = await fetch(path, { integrity, cache: 'no-cache' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // A server may have led elsewhere; a page may not be answered with that. So the answer is made anew.
  const headers = { 'content-type': response.headers.get('content-type') ?? '' };
  await (await caches.open(NAME)).put(path, new Response(await response.blob(), { headers }));
}

async function forgetOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith('doorbell ') && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** The file that a request is for: whatever it asks of the page, and with or without `index` and `.html`. */
function fileOf({ url }) {
  const path = new URL(url).pathname.slice(new URL(registration.scope).pathname.length);
  return [path, `${path}index.html`, `${path}.html`].find((name) => Object.hasOwn(FILES, name));
}

async function answer(request, file) {
  return (await (await caches.open(NAME)).match(file)) ?? fetch(request);
}

addEventListener('install', (event) =>
  event.waitUntil(Promise.all(Object.entries(FILES).map(([path, integrity]) => keep(path, integrity)))),
);

addEventListener('activate', (event) => event.waitUntil(forgetOthers()));

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
  const file = fileOf(request);
  if (file) event.respondWith(answer(request, file));
});
