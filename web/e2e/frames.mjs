// How many frames a second the map of the desk gives while a reader drags it and turns the wheel.
//
//   node e2e/frames.mjs http://127.0.0.1:8080
//
// Chromium draws in software here, so a frame costs what a graphics card would take off the processor. Two runs tell
// the two apart: one as it is, and one in which every drawing call of WebGL does nothing, which leaves what the desk's
// own script costs. The script's time is counted in processor time of the page's thread, whatever else runs beside it.
import { chromium } from 'playwright-core';

const base = process.argv[2];
if (!base) throw new Error('give the address of a running desk');
const SECONDS = Number(process.env.SECONDS ?? 5);
const FLAGS = ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

/** Counts frames that draw, their calls and corners; in `mute` nothing is drawn. Runs in the page before its own script. */
function counting(mute) {
  window.__frames = { at: [], script: [], calls: 0, corners: 0, sent: 0 };
  const told = window.__frames;
  let drew = false;
  const wrap = (name, corners) => {
    const real = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      drew = true;
      told.calls += 1;
      told.corners += given[corners];
      return mute ? undefined : real.apply(this, given);
    };
  };
  wrap('drawElements', 1);
  wrap('drawArrays', 2);
  const send = WebGL2RenderingContext.prototype.bufferData;
  WebGL2RenderingContext.prototype.bufferData = function (...given) {
    told.sent += given[1]?.byteLength ?? 0;
    return send.apply(this, given);
  };
  const real = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (call) =>
    real((time) => {
      drew = false;
      const start = performance.now();
      call(time);
      if (!drew) return;
      told.at.push(time);
      told.script.push(performance.now() - start);
    });
}

const quantile = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;

async function run(mute) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(counting, mute);
  await page.goto(`${base}/?map=38.000,34.800,6.0`);
  await page.locator('.box canvas').waitFor();
  await page.waitForFunction(() => /\d/.test(document.querySelector('.box canvas')?.getAttribute('aria-label') ?? ''), null, { timeout: 60_000 });
  await page.waitForTimeout(3000);
  const cdp = await page.context().newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  /** Processor seconds of the process that draws: in software it does what a graphics card would. */
  const drawing = async () => (await whole.send('SystemInfo.getProcessInfo')).processInfo.find(({ type }) => type === 'GPU')?.cpuTime ?? 0;
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const box = await page.locator('.box').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];

  const motions = {
    'at rest': async (until) => page.waitForTimeout(until - Date.now()),
    dragging: async (until) => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let step = 0; Date.now() < until; step += 1) {
        await page.mouse.move(x + 160 * Math.sin(step / 18), y + 90 * Math.sin(step / 11));
        await page.waitForTimeout(8);
      }
      await page.mouse.up();
    },
    'turning the wheel': async (until) => {
      await page.mouse.move(x, y);
      for (let step = 0; Date.now() < until; step += 1) {
        await page.mouse.wheel(0, Math.floor(step / 40) % 2 ? 40 : -40);
        await page.waitForTimeout(12);
      }
    },
  };
  for (const [name, move] of Object.entries(motions)) {
    await page.waitForTimeout(1500);
    const [before, drawnBefore] = [await metrics(), await drawing()];
    await page.evaluate(() => Object.assign(window.__frames, { at: [], script: [], calls: 0, corners: 0, sent: 0 }));
    const start = Date.now();
    await move(start + SECONDS * 1000);
    const seconds = (Date.now() - start) / 1000;
    const [after, drawnAfter] = [await metrics(), await drawing()];
    const { at, script, calls, corners, sent } = await page.evaluate(() => window.__frames);
    const cost = (what) => ((after[what] - before[what]) * 1000) / Math.max(1, at.length);
    const gaps = at.slice(1).map((time, index) => time - at[index]);
    if (!at.length) {
      console.log(`${mute ? 'nothing drawn' : 'drawn in software'}, ${name}: no frame is drawn`);
      continue;
    }
    const each = (sum) => (sum / Math.max(1, at.length)).toFixed(0);
    console.log(
      `${mute ? 'nothing drawn' : 'drawn in software'}, ${name.padEnd(17)} ${(at.length / seconds).toFixed(1).padStart(5)} frames/s, gap p50 ${quantile(gaps, 0.5).toFixed(0)} p95 ${quantile(gaps, 0.95).toFixed(0)} ms;` +
        ` processor time a frame: script ${cost('ScriptDuration').toFixed(1)} ms, whole thread ${cost('TaskDuration').toFixed(1)} ms, drawing process ${(((drawnAfter - drawnBefore) * 1000) / Math.max(1, at.length)).toFixed(0)} ms; in the frame's call p50 ${quantile(script, 0.5).toFixed(1)} p95 ${quantile(script, 0.95).toFixed(1)} ms; ${each(calls)} calls, ${each(corners)} corners, ${each(sent / 1024)} KiB sent`,
    );
  }
  await browser.close();
}

await run(false);
await run(true);
