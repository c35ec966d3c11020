// Chromium, over the DevTools protocol. Its virtual time makes timers exact, and jumps over every wait: what takes
// seconds on a clock is over at once. Frames and long callbacks need the real clock (`virtual: false`).
// https://chromedevtools.github.io/devtools-protocol/tot/Emulation/#method-setVirtualTimePolicy
import { require } from './browser.mjs';

const { chromium } = require('playwright-core');

export async function openChromium({ virtual = true } = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Root may not use the sandbox; the rest keeps the browser from talking to its maker.
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  const page = await browser.newPage();
  if (virtual) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setVirtualTimePolicy', { policy: 'advance' });
  }
  return {
    name: virtual ? 'Chromium, virtual time' : 'Chromium',
    version: browser.version(),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}
