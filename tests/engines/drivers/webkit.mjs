// WebKit (WebKitGTK's MiniBrowser), over W3C WebDriver (https://www.w3.org/TR/webdriver2/), on a screen that is in
// memory alone.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { endGroup, freePort } from './browser.mjs';

/** MiniBrowser is in no PATH; Debian puts it beside the library. */
function miniBrowser() {
  const machines = ['x86_64', 'aarch64'].flatMap((machine) => [
    `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
    `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.0/MiniBrowser`,
  ]);
  const found = machines.find((path) => existsSync(path));
  if (!found) throw new Error(`WebKit's MiniBrowser is in none of ${machines.join(', ')}: install webkit2gtk-driver`);
  return found;
}

/** A function that sends a command and answers with its value. */
const caller = (address) => async (method, path, body) => {
  const response = await fetch(address + path, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`);
  return value;
};

/** Waits until the driver answers. */
async function untilReady(call, child) {
  for (const start = Date.now(); Date.now() - start < 20_000;) {
    if (child.exitCode !== null) break;
    try {
      await call('GET', '/status');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('WebKitWebDriver does not answer');
}

export async function openWebKit() {
  const port = await freePort();
  const child = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { stdio: 'ignore', detached: true });
  const call = caller(`http://127.0.0.1:${port}`);
  try {
    await untilReady(call, child);
    const options = { binary: miniBrowser(), args: ['--automation'] };
    const { sessionId, capabilities } = await call('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options, timeouts: { script: 600_000 } } },
    });
    return {
      name: 'WebKit',
      version: capabilities.browserVersion,
      async evaluate(expression) {
        const script = `const [answer] = arguments;
          Promise.resolve(${expression}).then((value) => answer({ value }), (error) => answer({ error: String(error) }));`;
        const { value, error } = await call('POST', `/session/${sessionId}/execute/async`, { script, args: [] });
        if (error) throw new Error(`WebKit: ${error}`);
        return value;
      },
      async close() {
        await call('DELETE', `/session/${sessionId}`);
        await endGroup(child);
      },
    };
  } catch (error) {
    await endGroup(child);
    throw error;
  }
}
