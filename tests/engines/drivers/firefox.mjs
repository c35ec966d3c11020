// Firefox, over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): a few commands on a web socket.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endGroup, newFolder, require } from './browser.mjs';

const WebSocket = require('ws');

// Exact clocks, for takes are measured with them; and no talk with its maker.
const PREFERENCES = {
  'privacy.reduceTimerPrecision': false,
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,none',
};

/** Starts it; the address at which it listens. */
function listen(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Firefox ended with ${code} before it listened`)));
    createInterface(child.stderr).on('line', (line) => {
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
  });
}

/** A function that sends a command and answers with its result. */
async function connect(address) {
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  let last = 0;
  socket.on('message', (text) => {
    const { type, id, result, message } = JSON.parse(text);
    if (!waiting.has(id)) return; // an event
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (type === 'success') resolve(result);
    else reject(new Error(`Firefox: ${message}`));
  });
  socket.on('close', () => waiting.forEach(({ reject }) => reject(new Error('Firefox went away'))));
  return (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

/** A look that the pages are tested in, as preferences. */
const preferencesOf = ({ theme = 'light', motion = false }, downloads) => ({
  'browser.download.dir': downloads,
  'browser.download.folderList': 2, // that one
  'layout.css.prefers-color-scheme.content-override': theme === 'dark' ? 0 : 1,
  'ui.useOverlayScrollbars': 1, // a window's width is the page's, as in the other engines
  'ui.prefersReducedMotion': motion ? 0 : 1,
});

/** What a page can be asked and told, and a frame in it as well. */
const toContext = (call, context) => ({
  async evaluate(expression) {
    const asText = `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`;
    const answer = await call('script.evaluate', { expression: asText, target: { context }, awaitPromise: true });
    if (answer.type === 'exception') throw new Error(`Firefox: ${answer.exceptionDetails.text}`);
    return JSON.parse(answer.result.value);
  },
  perform: (actions) => call('input.performActions', { context, actions }),
});

async function toTab(call, userContext) {
  const { context } = await call('browsingContext.create', { type: 'tab', userContext });
  return {
    ...toContext(call, context),
    goto: (url) => call('browsingContext.navigate', { context, url, wait: 'complete' }),
    back: () => call('browsingContext.traverseHistory', { context, delta: -1 }),
    resize: (width, height) => call('browsingContext.setViewport', { context, viewport: { width, height } }),
    screenshot: async () => (await call('browsingContext.captureScreenshot', { context })).data,
    async frame() {
      const [{ children }] = (await call('browsingContext.getTree', { root: context })).contexts;
      if (!children.length) throw new Error('Firefox: there is no frame');
      return toContext(call, children[0].context);
    },
    beside: () => toTab(call, userContext),
    close: () => call('browsingContext.close', { context }),
  };
}

/** A tab that shares no storage with others. */
async function newTab(call) {
  const { userContext } = await call('browser.createUserContext', {});
  const tab = await toTab(call, userContext);
  return { ...tab, close: () => call('browser.removeUserContext', { userContext }) };
}

/** Starts it, on a profile of its own. @param {{ theme?: 'light' | 'dark', motion?: boolean }} [look] */
export async function launchFirefox(look) {
  const { folder, remove } = newFolder();
  const downloads = join(folder, 'downloads');
  const preferences = { ...PREFERENCES, ...(look && preferencesOf(look, downloads)) };
  const lines = Object.entries(preferences).map(
    (pair) => `user_pref(${pair.map((x) => JSON.stringify(x)).join(', ')});`,
  );
  writeFileSync(`${folder}/user.js`, lines.join('\n'));
  const args = ['--headless', '--remote-debugging-port=0', '--no-remote', '--profile', folder, 'about:blank'];
  const child = spawn(process.env.FIREFOX ?? 'firefox-esr', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const close = async () => {
    await endGroup(child);
    remove();
  };
  try {
    const call = await connect(await listen(child));
    const { capabilities } = await call('session.new', { capabilities: {} });
    return { version: capabilities.browserVersion, newTab: () => newTab(call), downloads, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function openFirefox() {
  const { version, newTab, close } = await launchFirefox();
  const { evaluate } = await newTab();
  return { name: 'Firefox', version, evaluate, close };
}
