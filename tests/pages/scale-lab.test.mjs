// The scale lab: it comes when it is reached, its table and chart say the same, and its run does not freeze the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cells, inChromium, LESSON_4, onDisk, start, violations, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const lab = (tab) => tab.locator('scale-lab');
const slider = (tab, name) => lab(tab).getByRole('slider', { name });
const scripts = (tab) => tab.locator('script[src*="scale-lab"]').count();

/** Opens the page at the lab, and waits for what the script alone brings: a table stands there before. */
const reach = (options, work) =>
  visit(site, LESSON_4, { url: `${site.address}${LESSON_4}#scale`, ...options }, async (tab) => {
    await slider(tab, 'Connections').waitFor();
    await work(tab);
  });

const MOST = '57'; // the slider's last place: a million

test('the script comes when the lab is reached, over http and from the disk', async () => {
  for (const url of [undefined, onDisk(LESSON_4)]) {
    await visit(site, LESSON_4, { url }, async (tab) => {
      await tab.locator('#demo').getByRole('button', { name: 'Step' }).waitFor();
      assert.equal(await scripts(tab), 0);
      await lab(tab).scrollIntoViewIfNeeded();
      await slider(tab, 'Connections').waitFor();
      assert.equal(await scripts(tab), 1);
    });
  }
});

test('a link to the section brings it', async () => {
  await reach({}, async (tab) => assert.equal(await scripts(tab), 1));
});

test('without JavaScript its place has the measured times in a table', inChromium('no JavaScript'), async () => {
  await visit(site, LESSON_4, { javaScriptEnabled: false }, async (tab) => {
    const rows = await cells(tab, 'One wake-up that finds one socket ready');
    assert.deepEqual(
      rows.map(([call]) => call),
      ['select', 'poll', 'epoll', 'io_uring'],
    );
    assert.equal(rows[0][4], 'does not fit');
    assert.match(rows[1][4], /^[\d,]+$/);
  });
});

test('and what the second bench begins with', inChromium('no JavaScript'), async () => {
  /** @type {string[][]} */
  let rows = [];
  /** @type {string[]} */
  let words = [];
  await visit(site, LESSON_4, { javaScriptEnabled: false, width: 320 }, async (tab) => {
    const rightOf = async (part) => ((box) => box.x + box.width)(await part.boundingBox());
    const inside = await rightOf(lab(tab).locator('figure'));
    for (const table of await lab(tab).getByRole('table').all()) assert.ok((await rightOf(table)) < inside);
    rows = await cells(tab, 'When handling takes time: 1,000 messages a second, 20 at once');
    words = await lab(tab).getByRole('listitem').allInnerTexts();
  });
  await reach({}, async (tab) => {
    const servers = await cells(tab, 'Three servers');
    assert.deepEqual(
      rows.map((row) => row.slice(1)),
      rows.map((_, column) => servers.map((server) => server[column + 1])),
    );
    for (const [i, [name, , , , , who]] of servers.entries()) {
      const said = words[i].replace(/\s+/g, ' ');
      assert.ok(said.startsWith(`${name}: `) && said.endsWith(who.replace(/\s+/g, ' ')), said);
    }
  });
});

test('the sliders are named, say their values in words, and change the table', async () => {
  await reach({}, async (tab) => {
    assert.equal(await slider(tab, 'Connections').getAttribute('aria-valuetext'), '10,000 connections');
    assert.equal(await slider(tab, 'Ready').getAttribute('aria-valuetext'), 'one socket');
    const first = await cells(tab, 'One wake-up');
    await slider(tab, 'Connections').focus();
    await tab.keyboard.press('End');
    assert.equal(await slider(tab, 'Connections').getAttribute('aria-valuetext'), '1,000,000 connections');
    const many = await cells(tab, 'One wake-up');
    assert.notDeepEqual(many, first);
    await slider(tab, 'Ready').fill('13');
    assert.equal(await slider(tab, 'Ready').getAttribute('aria-valuetext'), '100 percent, 1,000,000 sockets');
    assert.notDeepEqual(await cells(tab, 'One wake-up'), many);
  });
});

test('what breaks first is named for each strategy', async () => {
  await reach({}, async (tab) => {
    const words = Object.fromEntries((await cells(tab, 'One wake-up')).map((row) => [row[0], row[4]]));
    assert.match(words['busy-poll'], /^System calls in vain: 9,999 of 10,000 reads/);
    assert.match(words.select, /^Too many: a descriptor of 1024/);
    assert.match(words.poll, /^Scan time: 10,000 sockets looked at before the sleep, and again after it, to find 1\./);
    assert.match(words.epoll, /ulimit -n/);
    assert.match(words.threads, /10,000 stacks keep/);
    await slider(tab, 'Connections').fill(MOST);
    assert.match((await cells(tab, 'One wake-up'))[5][4], /vm\.max_map_count/);
  });
});

/** "5.15 ms" -> 5150000; "1.6 MB" -> 1600000. */
function valueOf(text) {
  const units = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, ns: 1, µs: 1e3, ms: 1e6, s: 1e9, minutes: 60e9 };
  const [, value, unit] = /^([\d.,]+)\s(\S+)$/.exec(text) ?? [];
  return unit ? Number(value.replaceAll(',', '')) * units[unit] : null;
}

test('the table says what the chart shows', async () => {
  await reach({}, async (tab) => {
    for (const [connections, ready] of [
      [29, 0],
      [37, 0],
      [37, 8],
      [MOST, 5],
      [MOST, 13],
    ]) {
      await slider(tab, 'Connections').fill(String(connections));
      await slider(tab, 'Ready').fill(String(ready));
      // The height of each chart's curves above the slider's place, as a power of ten.
      const shown = await lab(tab).evaluate((element) => {
        const root = /** @type {any} */ (element).shadowRoot;
        return [...root.querySelectorAll('.log-chart')].map((chart) => {
          const number = (node, name) => Number(node.getAttribute(name));
          const x = Number(/^M([\d.]+)/.exec(chart.querySelector('.at').getAttribute('d'))[1]);
          const grid = [...chart.querySelectorAll('.grid')].flatMap(
            (line) => /M[\d.]+ ([\d.]+)H/.exec(line.getAttribute('d'))?.[1] ?? [],
          );
          const decade = (grid[0] - grid[grid.length - 1]) / (grid.length - 1);
          const names = Object.fromEntries(
            [...chart.querySelectorAll('.curve')].map((curve) => {
              const points = [...curve.getAttribute('d').matchAll(/[ML]([\d.]+) (-?[\d.]+)/g)];
              const here = points.find(([, at]) => Math.abs(Number(at) - x) < 0.2);
              return [curve.classList[1], here ? (grid[0] - Number(here[2])) / decade : null];
            }),
          );
          return { lowest: number(chart, 'data-lowest'), names };
        });
      });
      for (const [name, ...values] of await cells(tab, 'One wake-up')) {
        shown.forEach(({ lowest, names }, i) => {
          const value = valueOf(values[i]);
          if (!value) return assert.equal(names[name], null, `${name}: ${values[i]}`);
          const off = Math.log10(value) - lowest - names[name];
          assert.ok(Math.abs(off) < 0.01, `${name} with ${connections}, ${ready}: ${values[i]} is ${off} decades off`);
        });
      }
    }
  });
});

test('each change is said once, politely, when the slider has come to rest', async () => {
  await reach({}, async (tab) => {
    await slider(tab, 'Connections').focus();
    for (let i = 0; i < 5; i++) await tab.keyboard.press('ArrowRight');
    const said = lab(tab).getByRole('status').filter({ hasText: 'poll asks for' });
    await said.filter({ hasText: '30,000 connections, 1 ready: select cannot hold so many' }).waitFor();
    assert.equal(await said.count(), 1);
  });
});

test('a million sockets are run while the page goes on', async (t) => {
  await reach({}, async (tab) => {
    await slider(tab, 'Connections').fill(MOST);
    await lab(tab)
      .getByRole('button', { name: /^Run the model with 1,000,000/ })
      .click();
    const { frames, longest } = await lab(tab).evaluate(async (element) => {
      const root = /** @type {any} */ (element).shadowRoot;
      let frames = 0;
      let longest = 0; // of the page's own tasks, in milliseconds
      const watch = (list) => (longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration)));
      new PerformanceObserver(watch).observe({ type: 'longtask' });
      for (; !root.querySelector('.run').textContent.includes('done'); frames++)
        await new Promise(requestAnimationFrame);
      return { frames, longest };
    });
    t.diagnostic(`${frames} frames, the longest task took ${longest} ms`);
    assert.ok(frames > 5 && longest < 300, `${frames} frames, the longest task took ${longest} ms`);
    const rows = await cells(tab, 'What the run counted');
    const poll = rows.find(([name]) => name === 'poll');
    assert.deepEqual(poll?.slice(1, 6), ['1,000,000', '1,000,000', '2,000,000,000,000', '1,000,000', '0']);
    assert.match(poll?.[6] ?? '', /days$/);
    assert.match(rows.find(([name]) => name === 'select')?.[1] ?? '', /too many/);
    const epoll = rows.find(([name]) => name === 'epoll');
    assert.deepEqual(epoll?.slice(1, 6), ['1,000,000', '1,000,000', '0', '1,000,000', '0']);
    for (const width of [320, 768, 1000, 1280, 1366, 1600]) {
      await tab.setViewportSize({ width, height: 900 });
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `with such numbers ${wide} px at ${width} px`);
    }
  });
});

test('a run can be cancelled, and another begun', async () => {
  await reach({}, async (tab) => {
    await slider(tab, 'Connections').fill(MOST);
    await lab(tab)
      .getByRole('button', { name: /^Run the model with 1,000,000/ })
      .click();
    await lab(tab).getByRole('progressbar').waitFor();
    await slider(tab, 'Connections').fill('20'); // the page takes input meanwhile
    await lab(tab).getByRole('button', { name: 'Cancel' }).click();
    await lab(tab).getByText('cancelled').waitFor();
    await lab(tab)
      .getByRole('button', { name: /^Run the model with 200$/ })
      .click();
    await lab(tab).getByText('1 ready at once: done').waitFor();
    assert.equal((await cells(tab, 'What the run counted')).length, 6);
  });
});

const bench = (tab) => tab.locator('serving-lab');

/** Moves sliders of the second bench to places, from 0. @param {Record<string, number>} places */
const put = async (tab, places) => {
  for (const [name, place] of Object.entries(places))
    await bench(tab).getByRole('slider', { name }).fill(String(place));
};

test('three servers: who waits, and for what, follows the sliders', async () => {
  await reach({}, async (tab) => {
    const words = async () =>
      Object.fromEntries((await cells(tab, 'Three servers')).map((row) => [row[0], row.at(-1)]));
    await put(tab, { 'Coming at once': 0 });
    const alone = await words();
    assert.match(alone.loop, /^One at a time, quick or slow: up to 50 messages wait/);
    assert.match(alone.pool, /^Nobody waits/);
    assert.match(alone.threads, /^Nobody waits/);
    await put(tab, { 'One of 100 takes': 10, 'Coming at once': 8 }); // 200 ms, 500
    const burst = await words();
    assert.match(burst.loop, /^Too much: 1,000 come in a second, 476 can be handled/);
    assert.match(burst.pool, /^All 4 workers are busy at times: up to 496 messages wait in the queue\.$/);
    assert.match(burst.threads, /up to 496 threads wait for a core; whoever has had one for 3\sms makes room/);
    const [, pool, threads] = await cells(tab, 'Three servers');
    assert.ok((valueOf(pool[1]) ?? 0) > 5 * (valueOf(threads[1]) ?? Infinity), `${pool[1]}, ${threads[1]}`);
    await put(tab, { Workers: 3, 'Time slice': 0 }); // 8, 0.1 ms
    const [, eight, turns] = await cells(tab, 'Three servers');
    assert.ok((valueOf(eight[1]) ?? Infinity) < (valueOf(pool[1]) ?? 0), `${eight[1]}, ${pool[1]}`);
    assert.ok(
      Number(turns[4].replace(',', '')) > 5 * Number(threads[4].replace(',', '')),
      `${turns[4]}, ${threads[4]}`,
    );
  });
});

test('a server’s line ends where it cannot keep up, and its place says so in the table', async () => {
  await reach({}, async (tab) => {
    const ends = () =>
      bench(tab).evaluate((element) =>
        [.../** @type {any} */ (element).shadowRoot.querySelectorAll('.log-chart .curve')].map((curve) =>
          Number(/([\d.]+) [\d.]+$/.exec(curve.getAttribute('d'))?.[1]),
        ),
      );
    const [loop, pool, threads] = await ends();
    assert.ok(loop < pool && pool === threads, `${loop}, ${pool}, ${threads}`);
    await put(tab, { Cores: 0 }); // one core
    const [first, second, third] = await ends();
    assert.ok(first === loop && second === loop && third === loop, `${first}, ${second}, ${third}`);
    await put(tab, { 'Messages a second': 37 }); // 10,000
    for (const [name, latency] of await cells(tab, 'Three servers')) assert.match(latency, /longer and longer/, name);
  });
});

test('the second bench is said once, when its slider has come to rest', async () => {
  await reach({}, async (tab) => {
    await bench(tab).getByRole('slider', { name: 'Messages a second' }).focus();
    for (let i = 0; i < 3; i++) await tab.keyboard.press('ArrowRight');
    const said = bench(tab).getByRole('status');
    await said.filter({ hasText: '2,000 messages a second; the quick ones take: loop cannot keep up, pool' }).waitFor();
  });
});

test('axe-core finds nothing in either theme, and nothing sticks out sideways', async () => {
  for (const [theme, width] of /** @type {const} */ ([
    ['light', 320],
    ['light', 1280],
    ['dark', 360],
    ['dark', 2560],
  ])) {
    await reach({ theme, width }, async (tab) => {
      await slider(tab, 'Connections').fill('20');
      await lab(tab).getByRole('button', { name: /^Run/ }).click();
      await lab(tab).getByText('1 ready at once: done').waitFor();
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} px at ${width} px`);
      assert.deepEqual(await violations(tab), [], `${theme}, ${width}`);
    });
  }
});
