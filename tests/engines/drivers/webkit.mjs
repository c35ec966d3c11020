// WebKit (WebKitGTK's MiniBrowser), over W3C WebDriver (https://www.w3.org/TR/webdriver2/), on a screen that is in
// memory alone.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { endGroup, freePort, newFolder } from './browser.mjs';

const START_MS = 45_000; // milliseconds in which a browser has started
const RESIZE_MS = 1000; // milliseconds in which a page has the size of its window
const SCREEN = { width: 2800, height: 1800 }; // wider than any window that is tested

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
const caller = (address) => async (method, path, body, signal) => {
  const response = await fetch(address + path, { method, body: body && JSON.stringify(body), signal });
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

/** A folder with settings: GTK's, which say whether a page may move; and where downloads go. */
function settingsFor({ motion = false }) {
  const { folder, remove } = newFolder();
  const downloads = `${folder}/downloads`;
  mkdirSync(downloads);
  writeFileSync(`${folder}/user-dirs.dirs`, `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  mkdirSync(`${folder}/gtk-3.0`);
  writeFileSync(`${folder}/gtk-3.0/settings.ini`, `[Settings]\ngtk-enable-animations=${motion ? 1 : 0}\n`);
  writeFileSync(`${folder}/gtk-3.0/gtk.css`, NO_BARS);
  return { folder, downloads, remove };
}

/**
 * What calls a session one call after the other, each at its place: a list of words and bodies, which lead to a window
 * or to a frame in it.
 */
function inTurn(call, session) {
  let last = Promise.resolve();
  let here;
  return (place, method, path, body) => {
    const mine = last.then(async () => {
      try {
        if (here !== place) for (const [word, to] of place) await call('POST', `${session}/${word}`, to);
        here = place;
        return await call(method, session + path, body);
      } catch (error) {
        here = undefined; // a frame may be gone
        throw error;
      }
    });
    last = mine.catch(() => {});
    return mine;
  };
}

/** What a page can be asked and told, and a frame in it as well. */
const toContext = (turn, place) => ({
  async evaluate(expression) {
    const script = `const [answer] = arguments;
      Promise.resolve().then(() => ${expression})
        .then((value) => JSON.stringify(value ?? null)) // its own way makes null of what is undefined
        .then((text) => answer({ text }), (error) => answer({ error: String(error) }));`;
    const { text, error } = await turn(place, 'POST', '/execute/async', { script, args: [] });
    if (error) throw new Error(`WebKit: ${error}`);
    return JSON.parse(text);
  },
  perform: (actions) => turn(place, 'POST', '/actions', { actions }),
});

/** @param {{ width: number, height: number }} bars  what a window has around its page; who resizes finds it out */
function toTab(turn, handle, bars) {
  const place = [['window', { handle }]];
  const inside = [...place, ['frame', { id: 0 }]];
  return {
    ...toContext(turn, place),
    goto: (url) => turn(place, 'POST', '/url', { url }),
    back: () => turn(place, 'POST', '/back', {}),
    /**
     * The window's rectangle holds the bars too. It lies under the screen's pointer, in the middle: where nobody
     * manages windows, that one has the focus. The page is told of its new size later.
     */
    async resize(width, height) {
      const x = Math.round((SCREEN.width - width) / 2);
      const y = Math.round((SCREEN.height - height) / 2);
      const script = 'return [innerWidth, innerHeight, outerWidth - innerWidth, outerHeight - innerHeight]';
      for (let tries = 0; tries < 3; tries++) {
        const rect = { x, y, width: width + bars.width, height: height + bars.height };
        await turn(place, 'POST', '/window/rect', rect);
        for (const start = Date.now(); ;) {
          const [wide, high, ...around] = await turn(place, 'POST', '/execute/sync', { script, args: [] });
          if (wide === width && high === height) return;
          if (Date.now() - start > RESIZE_MS) {
            [bars.width, bars.height] = around;
            break;
          }
        }
      }
      throw new Error(`WebKit: no window of ${width} by ${height}`);
    },
    screenshot: () => turn(place, 'GET', '/screenshot'),
    frame: async () => toContext(turn, inside),
    async beside() {
      const created = await turn(place, 'POST', '/window/new', { type: 'window' });
      return toTab(turn, created.handle, bars);
    },
    close: () => turn(place, 'DELETE', '/window'),
  };
}

/**
 * Starts its driver. A tab is a session of its own, in a new window, without what others stored.
 *
 * @param {{ theme?: 'light' | 'dark', motion?: boolean }} [look]
 */
export async function launchWebKit(look = {}) {
  const port = await freePort();
  const { folder, downloads, remove } = settingsFor(look);
  const child = spawn(
    'xvfb-run',
    ['-a', '-s', `-screen 0 ${SCREEN.width}x${SCREEN.height}x24`, 'WebKitWebDriver', `--port=${port}`],
    {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, XDG_CONFIG_HOME: folder },
    },
  );
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
  /** Now and then the driver waits forever for a browser that it has started: then it starts another. */
  const newSession = async (tries = 3) => {
    try {
      return await call('POST', '/session', { capabilities: { alwaysMatch } }, AbortSignal.timeout(START_MS));
    } catch (error) {
      if (error.name !== 'TimeoutError' || tries === 1) throw error;
      return newSession(tries - 1);
    }
  };
  const bars = { width: 0, height: 0 };
  const newTab = async () => {
    const { sessionId, capabilities } = await newSession();
    const session = `/session/${sessionId}`;
    const tab = toTab(inTurn(call, session), await call('GET', `${session}/window`), bars);
    return { ...tab, version: capabilities.browserVersion, close: () => call('DELETE', session) };
  };
  return { newTab, downloads, close };
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
