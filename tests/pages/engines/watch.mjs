// What Playwright sees and does from outside, for engines that do not offer it: it stands between the browser and the
// server. A script that it puts before all others into each page reports errors, and requests to other hosts; and a
// test may answer a request itself.
import { createServer } from 'node:http';

const REPORT = '/reported';

/** In the page. */
const reporter = (report) => {
  const tell = (what) => navigator.sendBeacon(report, what);
  // It says that it goes on a frame later; in a frame with a sandbox a page is not told what it says.
  const isLate = (message) =>
    /^ResizeObserver loop completed/.test(message) || (origin === 'null' && message === 'Script error.');
  addEventListener(
    'error',
    ({ message, target }) => isLate(message) || tell(message ? `error: ${message}` : `lost: ${target.src}`),
    true,
  );
  addEventListener('unhandledrejection', (event) =>
    setTimeout(() => event.defaultPrevented || tell(`error: ${event.reason}`)),
  );
  addEventListener('securitypolicyviolation', ({ blockedURI }) => {
    if (!blockedURI.endsWith('/favicon.ico')) tell(`policy: ${blockedURI}`); // Firefox asks for it by itself
  });
  const log = console.error;
  console.error = (...said) => {
    tell(`console: ${said.join(' ')}`);
    log(...said);
  };
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries())
      if (!/^(data|blob|file):/.test(name) && !name.startsWith(location.origin)) tell(`request: ${name}`);
  }).observe({ type: 'resource', buffered: true });
};

/** "**\/*.wasm.js" -> what it fits. @param {string} glob */
const toPattern = (glob) =>
  new RegExp(`^${glob.replace(/[.+?^$()|[\]\\]/g, '\\$&').replace(/\*+/g, (stars) => (stars[1] ? '.*' : '[^/]*'))}$`);

/** A policy that lets the script in, and its reports out. @param {string} policy */
const withWatch = (policy) => `${policy.replace('script-src', "script-src 'nonce-watch'")}; connect-src 'self'`;

export async function startWatch() {
  let origin = '';
  let faults = [];
  let first = '';
  /** @type {{ pattern: RegExp, answer: (route: any) => unknown }[]} */
  let routes = [];

  /** @param {import('node:http').ServerResponse} response */
  const send = (response, { status = 200, contentType = 'text/html', headers = {}, body = '' }) => {
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store', ...headers });
    const isPage = contentType.startsWith('text/html');
    response.end(isPage ? String(body).replace(/<head>|(?=<title>)/, (head) => head + first) : body);
  };

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (path === REPORT) {
      for await (const text of request) faults.push(String(text));
      return response.writeHead(204).end();
    }
    const pass = async () => {
      const answer = await fetch(new URL(path, origin));
      const body = Buffer.from(await answer.arrayBuffer());
      const policy = answer.headers.get('content-security-policy');
      send(response, {
        status: answer.status,
        contentType: answer.headers.get('content-type') ?? '',
        headers: policy ? { 'content-security-policy': withWatch(policy) } : {},
        body,
      });
    };
    const url = new URL(path, `http://${request.headers.host}`).href;
    const route = routes.find(({ pattern }) => pattern.test(url));
    if (!route) return pass();
    return route.answer({
      fulfill: (answer) => send(response, answer),
      continue: pass,
      abort: () => response.destroy(),
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://localhost:${port}/`,
    /**
     * From now on it stands before this server, faults go into this list, and pages begin with this script.
     *
     * @param {string} server  its address, with a slash at its end
     * @param {string[]} list
     * @param {string | (() => void)} [init]
     */
    begin(server, list, init = '') {
      origin = server;
      faults = list;
      routes = [];
      const script = typeof init === 'function' ? `(${init})()` : init;
      first = `<script nonce="watch">(${reporter})('${REPORT}');\n${script}</script>`;
    },
    /**
     * A test answers requests for such addresses itself.
     *
     * @param {string} glob @param {(route: any) => unknown} answer
     */
    route(glob, answer) {
      routes.push({ pattern: toPattern(glob), answer });
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
