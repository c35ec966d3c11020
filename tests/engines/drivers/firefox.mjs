// Firefox, over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): three commands on a web socket are all that it
// takes to evaluate an expression.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
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

export async function openFirefox() {
  const { folder, remove } = newFolder();
  const lines = Object.entries(PREFERENCES).map(
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
    const { contexts } = await call('browsingContext.getTree', {});
    const target = { context: contexts[0].context };
    return {
      name: 'Firefox',
      version: capabilities.browserVersion,
      async evaluate(expression) {
        const asText = `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`;
        const answer = await call('script.evaluate', { expression: asText, target, awaitPromise: true });
        if (answer.type === 'exception') throw new Error(`Firefox: ${answer.exceptionDetails.text}`);
        return JSON.parse(answer.result.value);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
