// WebKit (WebKitGTK's MiniBrowser), over W3C WebDriver (https://www.w3.org/TR/webdriver2/), on a screen that is in
// memory alone.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { endGroup, freePort, newFolder } from './browser.mjs';

const SCREEN = '2800x1800x24'; // wider than any window that is tested

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

// MiniBrowser's own bars would make its window 447 px wide at least, and the pages are tested from 320 px on.
const NO_BARS =
  'window * { padding: 0; margin: 0; min-width: 0; min-height: 0; font-size: 1px; -gtk-icon-source: none }';

/** A folder with GTK's settings, which say whether a page may move. @param {{ motion?: boolean }} look */
function settingsFor({ motion = false }) {
  const { folder, remove } = newFolder();
  mkdirSync(`${folder}/gtk-3.0`);
  writeFileSync(`${folder}/gtk-3.0/settings.ini`, `[Settings]\ngtk-enable-animations=${motion ? 1 : 0}\n`);
  writeFileSync(`${folder}/gtk-3.0/gtk.css`, NO_BARS);
  return { folder, remove };
}

const toTab = (call, session) => ({
  async evaluate(expression) {
    const script = `const [answer] = arguments;
      Promise.resolve().then(() => ${expression})
        .then((value) => answer({ value: value ?? null }), (error) => answer({ error: String(error) }));`;
    const { value, error } = await call('POST', `${session}/execute/async`, { script, args: [] });
    if (error) throw new Error(`WebKit: ${error}`);
    return value;
  },
  goto: (url) => call('POST', `${session}/url`, { url }),
  perform: (actions) => call('POST', `${session}/actions`, { actions }),
  /** The window's rectangle holds the bars too. */
  async resize(width, height) {
    for (let rect = { width, height }, tries = 0; tries < 3; tries++) {
      await call('POST', `${session}/window/rect`, rect);
      const script = 'return [innerWidth, innerHeight]';
      const [wide, high] = await call('POST', `${session}/execute/sync`, { script, args: [] });
      if (wide === width && high === height) return;
      rect = { width: rect.width + width - wide, height: rect.height + height - high };
    }
    throw new Error(`WebKit: no window of ${width} by ${height}`);
  },
  screenshot: () => call('GET', `${session}/screenshot`),
  close: () => call('DELETE', session),
});

/**
 * Starts its driver. A tab is a session of its own, in a new window, without what others stored.
 *
 * @param {{ theme?: 'light' | 'dark', motion?: boolean }} [look]
 */
export async function launchWebKit(look = {}) {
  const port = await freePort();
  const { folder, remove } = settingsFor(look);
  const child = spawn('xvfb-run', ['-a', '-s', `-screen 0 ${SCREEN}`, 'WebKitWebDriver', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, XDG_CONFIG_HOME: folder },
  });
  const close = async () => {
    await endGroup(child);
    remove();
  };
  const call = caller(`http://127.0.0.1:${port}`);
  try {
    await untilReady(call, child);
  } catch (error) {
    await close();
    throw error;
  }
  const args = ['--automation', ...(look.theme === 'dark' ? ['--dark-mode'] : [])];
  const alwaysMatch = {
    'webkitgtk:browserOptions': { binary: miniBrowser(), args },
    timeouts: { script: 600_000 },
  };
  const newTab = async () => {
    const { sessionId, capabilities } = await call('POST', '/session', { capabilities: { alwaysMatch } });
    return { version: capabilities.browserVersion, ...toTab(call, `/session/${sessionId}`) };
  };
  return { newTab, close };
}

export async function openWebKit() {
  const browser = await launchWebKit();
  try {
    const { version, evaluate, close } = await browser.newTab();
    const closeAll = async () => {
      await close();
      await browser.close();
    };
    return { name: 'WebKit', version, evaluate, close: closeAll };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
