// make bench, second part: one step on the page with 10,000 sockets, from the press to the next painted frame.
import { randomFrom } from '../doorbell.mjs';
import { LESSON_4, press, start, visitDemo } from '../pages/browser.mjs';

const SOCKETS = 10_000;
const STEPS = 60;
const AT_MOST_MS = 50;

const random = randomFrom(1);
const scenario = Array.from({ length: SOCKETS }, (_, i) => `socket s${i} ready ${random(1_000_000) / 1000}`).join('\n');

/** In the page: presses Step again and again, and times each press until the frame after it. */
async function measure(steps) {
  const demo = /** @type {any} */ (document.querySelector('#demo'));
  const step = demo.shadowRoot.querySelector('button.main');
  const times = [];
  for (let i = 0; i < steps; i++) {
    const pressed = performance.now();
    step.click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - pressed);
  }
  return times;
}

const site = await start();
try {
  await visitDemo(site, LESSON_4, { motion: true }, async (tab) => {
    await tab.locator('#demo').evaluate((demo, text) => /** @type {any} */ (demo).edit(text), scenario);
    for (const mode of ['Blocking', 'Readiness']) {
      await tab.locator('#demo').getByRole('radio', { name: mode }).check();
      await press(tab, 'Reset');
      const times = (await tab.evaluate(measure, STEPS)).sort((a, b) => a - b);
      const [median, p95] = [0.5, 0.95].map((part) => times[Math.floor(part * times.length)]);
      const met = p95 <= AT_MOST_MS ? 'yes' : 'NO';
      console.log(
        `one step with 10,000 sockets, ${mode}: median ${median.toFixed(0)} ms, 95% within ${p95.toFixed(0)} ms; ` +
          `at most ${AT_MOST_MS}: ${met}`,
      );
    }
  });
} finally {
  await site.stop();
}
