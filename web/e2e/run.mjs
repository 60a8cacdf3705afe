// Drives every screen in headless Chromium, in English and Arabic, both themes, wide and narrow, and fails on what a
// reader would trip over: an error in the console, a request to another host, a fault that axe finds, a task that the
// keyboard cannot do. Screenshots go to $SHOTS, or nowhere.
//
//   node e2e/run.mjs http://127.0.0.1:8080 [http://127.0.0.1:8080/setup#…]
//
// The second address is the link that the first start prints; with it an account is made, and what needs one is driven.
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const base = process.argv[2];
if (!base) throw new Error('give the address of a running desk');
const setup = process.argv[3];
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.env.ONLY;

const profile = mkdtempSync(join(tmpdir(), 'truceline-e2e-'));
const FLAGS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', headless: true, args: FLAGS, viewport: { width: 1440, height: 900 }, bypassCSP: false, serviceWorkers: 'block', locale: 'en-GB', timezoneId: 'Asia/Damascus' });

const faults = [];
let passed = 0;
let doing = '';
const fault = (what) => {
  faults.push(`${doing}: ${what}`);
  console.log(`  FAULT ${what}`);
};
const hold = (what, true_) => (true_ ? (passed += 1) : fault(what));

async function open(of = context) {
  const page = await of.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !(wanted.length && /status of 40[134]/.test(message.text())) && !/ERR_INTERNET_DISCONNECTED|GPU stall|GL Driver Message|WebGL.*software|swiftshader|Service Worker registration blocked/i.test(message.text())) fault(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`page: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== new URL(base).origin && !['data:', 'blob:'].includes(url.protocol)) fault(`foreign request: ${request.url()}`);
  });
  // How many answers are still out; the stream of events never ends and does not count.
  page.waiting = 0;
  const counts = (request) => !request.url().endsWith('/events');
  page.on('request', (request) => (page.waiting += Number(counts(request))));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => (page.waiting -= Number(counts(request))));
  page.on('response', (response) => {
    if (response.status() >= 400 && !wanted.includes(new URL(response.url()).pathname)) fault(`${response.status()}: ${response.url()}`);
  });
  return page;
}

async function settle(page) {
  const since = Date.now();
  for (let calm = 0; calm < 4 && Date.now() - since < 20_000; calm += 1) {
    await page.waitForTimeout(50);
    if (page.waiting > 0 || (await page.locator('[role=status].quiet').count())) calm = 0;
  }
}

/** axe on the page as it stands. The page's own policy lets no script in, so axe comes through the debugger. */
async function check(page, of = context) {
  const session = await of.newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', { expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) => JSON.stringify(found.violations.map((one) => one.id + ': ' + one.help + ' — ' + one.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? '')).join(' | '))))`, awaitPromise: true, returnByValue: true });
  await session.detach();
  const violations = JSON.parse(result.value ?? '["axe did not run"]');
  for (const violation of violations) fault(`axe: ${violation}`);
  if (!violations.length) passed += 1;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  hold(`the page is ${wide} px wider than the window`, wide <= 0);
}

const get = async (path) => (await fetch(`${base}/api/v1/${path}`)).json();
const incidents = await get('incidents?limit=1000');
const rich = [...incidents.items].sort((a, b) => b.fields.pages - a.fields.pages)[0];
const SCREENS = { situation: '/', chosen: `/?sel=${rich.id}&compare=1&last=30`, area: '/area?province=SY/Idlib', incident: `/incident/${rich.id}`, agreement: '/agreement', process: '/process', review: '/review', report: '/report?last=30', record: '/record', 'sign-in': '/sign-in' };

const page = await open();

const PASSWORD = 'a phrase that is long enough';
/** What an authenticator shows `later` seconds from now. */
function authenticator(secret, later = 0) {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor((Date.now() / 1000 + later) / 30)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
/** A refusal that is wanted is no fault. */
let wanted = [];
const quietly = async (paths, task) => {
  wanted = paths;
  await task();
  await settle(page);
  wanted = [];
};

let secret = '';
let spare = '';
let root = { name: 'root', password: PASSWORD };
if (setup) {
  doing = 'an account with a second factor';
  await page.goto(setup);
  await settle(page);
  await page.locator('input[name=name]').fill('root');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('form button').click();
  await settle(page);
  await page.goto(`${base}/settings`);
  await settle(page);
  await page.getByRole('button', { name: 'Set up' }).click();
  await settle(page);
  secret = (await page.locator('section code').first().innerText()).replace(/\s/g, '');
  await page.locator('input[name=code]').fill(authenticator(secret));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await settle(page);
  hold('ten recovery codes are shown once', (await page.locator('.codes code').count()) === 10);
  const codes = await page.locator('.codes code').allInnerTexts();
  const recovery = codes[0];
  spare = codes[1];
  await page.getByRole('button', { name: 'Sign out' }).click();
  await settle(page);
  await page.goto(`${base}/sign-in`);
  await settle(page);
  await page.locator('input[name=name]').fill('root');
  await page.locator('input[name=password]').fill(PASSWORD);
  await quietly(['/api/v1/session'], () => page.locator('form button').click());
  hold('a code is asked for', (await page.locator('input[name=code]').count()) === 1);
  await check(page);
  await page.locator('input[name=code]').fill(recovery);
  await page.locator('form button').click();
  await settle(page);
  hold('a recovery code opens the desk', (await page.locator('header.bar').innerText()).includes('root'));
  Object.assign(SCREENS, { settings: '/settings', history: `/record?item=${rich.id}` });
}

// Every screen, language, theme and width.
for (const [name, path] of Object.entries(SCREENS)) {
  if (only && !only.split(',').includes(name)) continue;
  for (const language of ['en', 'ar']) {
    for (const theme of ['light', 'dark']) {
      for (const width of [1440, 390]) {
        // Half of the pairs meet every value beside every other; the other half is for whoever looks at the pictures.
        if (!shots && (language === 'ar') !== ((theme === 'dark') !== (width === 390))) continue;
        doing = `${name} ${language} ${theme} ${width}`;
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${language}&theme=${theme}`);
        await settle(page);
        hold('direction follows the language', (await page.evaluate(() => document.documentElement.dir)) === (language === 'ar' ? 'rtl' : 'ltr'));
        await check(page);
        if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${theme}-${width}.png`), fullPage: width === 390 || ['agreement', 'report', 'process', 'incident', 'settings', 'history', 'difference', 'area'].includes(name) });
      }
    }
  }
  console.log(`${name}: looked at`);
}

await page.setViewportSize({ width: 1440, height: 900 });
const title = () => page.locator('h1').first().innerText();

doing = 'map and list in step';
await page.goto(`${base}/`);
await settle(page);
const listed = () => page.locator('section.list li a:not([download])').count();
const drawn = async () => {
  if (!(await page.locator('.box canvas').count())) return -1;
  // Numbers stand between marks that keep their direction.
  const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');
  const words = plain(await page.locator('.box canvas').getAttribute('aria-label'));
  const without = plain((await page.locator('.foot span').allInnerTexts()).join(' ')).match(/^\d+/)?.[0] ?? '0';
  return Number(words.match(/(\d+) incident/)?.[1] ?? (/one incident/.test(words) ? 1 : 0)) + Number(without);
};
/** Waits until something holds: the map comes after the list and says its number when it is drawn. */
const eventually = async (holds) => {
  const since = Date.now();
  while (!(await holds()) && Date.now() - since < 15_000) await page.waitForTimeout(100);
  return holds();
};
hold('the list holds every incident', (await listed()) === incidents.total);
hold('the map accounts for the same number', await eventually(async () => (await drawn()) === incidents.total));
await page.goto(`${base}/?last=30`);
await settle(page);
const month = new Date(Date.parse(incidents.as_of) - 29 * 86_400_000).toISOString().slice(0, 10);
const within = (await get(`incidents?from=${month}&to=${incidents.as_of}&limit=1000`)).total;
hold('a narrower period narrows both alike', await eventually(async () => (await listed()) === (await drawn()) && (await listed()) < incidents.total && (await listed()) === within));

doing = 'coverage and comparison';
await page.goto(`${base}/?last=30&compare=1`);
await settle(page);
hold('two periods stand side by side', (await page.locator('section.compare tbody tr').count()) > 10);
hold('every kind of sight has a pattern of its own', new Set(await page.locator('.keys rect').evaluateAll((all) => all.map((one) => `${getComputedStyle(one).fill} ${getComputedStyle(one).strokeDasharray}`))).size === 5);
const before = page.url();
await page.getByRole('button', { name: 'One day back' }).click();
await settle(page);
hold('the window moves a day', page.url() !== before && page.url().includes(`to=${new Date(Date.parse(incidents.as_of) - 86_400_000).toISOString().slice(0, 10)}`));
await page.getByRole('button', { name: 'Play' }).click();
await page.waitForTimeout(1500);
await settle(page);
hold('playing moves it on', page.url().includes(`to=${incidents.as_of}`));

doing = 'address';
await page.goto(`${base}/`);
await settle(page);
await page.getByRole('button', { name: /7/ }).first().click();
await settle(page);
hold('a choice is in the address', page.url().includes('last=7'));
const few = await listed();
await page.goBack();
await settle(page);
hold('back undoes it', !page.url().includes('last=7') && (await listed()) === incidents.total);
await page.goForward();
await settle(page);
hold('forward does it again', (await listed()) === few);

doing = 'from the map to the words, by keyboard alone';
await page.goto(`${base}/`);
await settle(page);
await page.keyboard.press('Tab');
hold('the skip link comes first', (await page.evaluate(() => document.activeElement?.className)) === 'skip');
await page.keyboard.press('Enter');
await page.keyboard.press('j');
await page.keyboard.press('j');
await page.waitForTimeout(150);
hold('j chooses in the list', page.url().includes('sel='));
const chosen = new URL(page.url()).searchParams.get('sel');
await page.keyboard.press('Enter');
await settle(page);
hold('Enter opens it', page.url().includes(`/incident/${chosen}`));
hold('the exact words are marked', (await page.locator('mark.this').count()) > 0);
await page.goto(`${base}/incident/${rich.id}`);
await settle(page);
const claims = await Promise.all(rich.basis.map((id) => get(`claims/${id}`)));
const seen = new Set();
for (let step = 0; step < Math.min(6, claims.length); step += 1) {
  await page.keyboard.press('n');
  await settle(page);
  const id = new URL(page.url()).searchParams.get('claim');
  const quote = claims.find(({ item }) => item.id === id)?.item.quote;
  const marked = (await page.locator('mark.this').allInnerTexts()).join('');
  seen.add(id);
  const plain = (text) => text?.replace(/\s+/g, ' ').trim();
  hold(`the marked words are the claim's (${plain(marked)?.slice(0, 40)} / ${plain(quote)?.slice(0, 40)})`, plain(marked) === plain(quote));
}
hold('n goes from claim to claim', seen.size === Math.min(6, claims.length));
hold('a finding shows its term beside its tests', (await page.locator('details[open] blockquote').count()) > 0 && (await page.locator('.tests > li').count()) > 0);

doing = 'from the map to the words of a finding, by mouse';
{
  const judged = new Set((await get('findings?limit=1000')).items.map(({ fields }) => fields.incident));
  const alone = incidents.items.find(({ id, fields }) => judged.has(id) && ['exact', 'town', 'near'].includes(fields.place?.precision) && incidents.items.filter((other) => other.fields.place?.region?.lat === fields.place.region.lat).length === 1);
  const { lat, lon } = alone.fields.place.region;
  await page.goto(`${base}/?map=${lon},${lat},10.0`);
  await settle(page);
  await eventually(async () => (await drawn()) > 0);
  await page.waitForTimeout(1000);
  const box = await page.locator('.box').boundingBox();
  const since = Date.now();
  let clicks = 0;
  const click = async (what) => {
    await what();
    clicks += 1;
  };
  await click(() => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
  await page.locator('.told a').waitFor();
  await click(() => page.locator('.told a').click());
  const words = page.locator('section[aria-labelledby=findings] details[open] .tests .links button').first();
  await words.waitFor();
  await click(() => words.click());
  await page.locator('mark.this').first().waitFor();
  const spent = Date.now() - since;
  const claim = new URL(page.url()).searchParams.get('claim');
  const plain = (text) => text?.replace(/\s+/g, ' ').trim();
  const marked = plain((await page.locator('mark.this').allInnerTexts()).join(''));
  hold('the marked words are those of the finding', marked === plain((await get(`claims/${claim}`)).item.quote) && new URL(page.url()).pathname.endsWith(alone.id));
  const top = await page.locator('mark.this').first().boundingBox();
  hold('they are on the screen', top && top.y >= 0 && top.y < 900);
  console.log(`from the map to the words of a finding: ${clicks} clicks, ${(spent / 1000).toFixed(1)} s of the machine`);
  hold(`three clicks, and ${spent} ms of the machine`, clicks === 3 && spent < 10_000);
}

doing = 'a province of the map';
await page.goto(`${base}/?map=40.2,35.0,8.0`);
await settle(page);
await eventually(async () => (await drawn()) > 0);
await page.waitForTimeout(1500);
{
  const box = await page.locator('.box').boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.locator('.told a').waitFor();
  hold('a click names it', (await page.locator('.told').innerText()).includes('Deir ez-Zor'));
  await page.locator('.told a').click();
  await settle(page);
  hold('and leads to its trend', decodeURIComponent(page.url()).includes('/area?province=SY/Deir'));
}

doing = 'an area over time';
await page.goto(`${base}/area`);
await settle(page);
{
  const figures = async () => (await page.locator('.steps tbody td:nth-child(2)').allInnerTexts()).map((text) => Number(text.replace(/\D/g, '')));
  const whole = await get(`summary?from=${incidents.since}&to=${incidents.as_of}`);
  const inside = whole.by_day.filter(({ day }) => day >= incidents.since && day <= incidents.as_of).reduce((sum, { incidents: n }) => sum + n, 0);
  hold('the steps hold every dated incident', (await figures()).reduce((sum, n) => sum + n, 0) === inside && inside > 0);
  hold('a step in which nobody was heard has no figure', (await page.locator('.steps tbody tr', { hasText: /^[^/]*–[^/]*\b0 \/ / }).count()) > 0);
  await page.locator('select').filter({ has: page.locator('optgroup') }).selectOption('p:SY/Idlib');
  await settle(page);
  hold('an area is in the address', page.url().includes('province=SY/Idlib'));
  hold('and its figures are those of the filter', (await page.locator('article header').innerText()).replace(/[\u2066-\u2069]/g, '').includes(`${(await get('incidents?province=SY/Idlib&limit=1')).total} incident`));
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await settle(page);
  hold('the step is in the address', page.url().includes('by=week'));
  await page.goto(`${base}/area?province=SY/Idlib&by=month`);
  await settle(page);
  await page.emulateMedia({ media: 'print' });
  const paper = await page.pdf({ format: 'A4', ...(shots ? { path: join(shots, 'area.pdf') } : {}) });
  const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  hold(`an area prints on one sheet (${sheets})`, sheets === 1);
  await page.emulateMedia({ media: 'screen' });
}

doing = 'timeline by keyboard';
await page.goto(`${base}/`);
await settle(page);
await page.locator('[role=slider]').first().focus();
for (let times = 0; times < 5; times += 1) await page.keyboard.press('PageUp');
await settle(page);
hold('an end of the period moves by key', page.url().includes('from='));
hold('the list follows', (await listed()) <= incidents.total);

doing = 'positions';
await page.goto(`${base}/process`);
await settle(page);
const cell = page.locator('.matrix td button').first();
if (await cell.count()) {
  await cell.press('Enter');
  await page.waitForTimeout(150);
  hold('a cell shows the words behind it', (await page.locator('.cell blockquote').count()) > 0 && page.url().includes('cell='));
}

doing = 'the report on paper';
const onPaper = Buffer.from(await (await fetch(`${base}/api/v1/report?format=pdf`)).arrayBuffer());
hold('it is a PDF with links', onPaper.subarray(0, 5).toString() === '%PDF-' && onPaper.includes('/Subtype/Link'));

// A table of others, for whoever takes one in: two rows that can be kept, one that cannot, words that would be markup.
const TABLE = 'Ref;Date;Village;Lat;Lon;Killed;Narrative\n1;3/5/2031;Karsa;35.1;36.9;5;"<img src=x onerror=window.__ran=1> in a row"\n2;13/5/2031;عزاز;36.58;37.04;0;\n3;someday;Karsa;;;many;\n';

if (setup) {
  doing = 'settings';
  await page.goto(`${base}/settings`);
  await settle(page);
  await page.getByRole('textbox', { name: 'Id', exact: true }).first().fill(rich.id);
  await quietly(['/api/v1/restrictions'], () => page.getByRole('button', { name: 'Withhold' }).click());
  // Where the screens took longer than a proof lasts, it is asked for again.
  if (await page.locator('dialog[open] input[name=code]').count()) {
    await page.locator('dialog input[name=code]').fill(authenticator(secret));
    await page.locator('dialog button').first().click();
    await settle(page);
  }
  hold('what is withheld is listed', (await page.locator('section[aria-labelledby=withheld] table:not(.seen) tbody tr').count()) === 1);
  hold('and not there for others', (await fetch(`${base}/api/v1/incidents/${rich.id}`)).status === 404);
  await page.getByRole('button', { name: 'Release' }).click();
  await settle(page);
  hold('and there again when it is released', (await fetch(`${base}/api/v1/incidents/${rich.id}`)).status === 200);

  doing = 'as others see it';
  await page.getByRole('textbox', { name: 'Id', exact: true }).first().fill(rich.id);
  await page.locator('input[name=field]').fill('fields.when');
  await page.getByRole('button', { name: 'Withhold' }).click();
  await settle(page);
  await page.locator('form[aria-labelledby=see-as] input').fill(rich.id);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await settle(page);
  const eyes = await page.locator('section[aria-labelledby=withheld]').innerText();
  hold('the public sees no time', /fields\.when/.test(eyes) && !(await page.locator('.seen th', { hasText: /^when$/ }).count()) && (await page.locator('.seen th', { hasText: /^act$/ }).count()) === 1);
  await check(page);
  if (shots) await page.screenshot({ path: join(shots, 'see-as.png'), fullPage: true });
  await page.getByRole('button', { name: 'Release' }).click();
  await settle(page);

  doing = 'made coarser for others';
  const rounding = page.locator('section[aria-labelledby=privacy]');
  await rounding.locator('select[name=role]').selectOption('analyst');
  await rounding.locator('select[name=km]').selectOption('20');
  await rounding.locator('input[name=days]').check();
  await rounding.getByRole('button', { name: 'Save' }).click();
  await settle(page);
  hold('the settings say so', /20 km/.test((await rounding.locator('[role=status]').first().innerText()).replace(/[\u2066-\u2069]/g, '')));
  await check(page);
  if (shots) await rounding.screenshot({ path: join(shots, 'privacy.png') });
  {
    const other = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });
    const others = await other.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', serviceWorkers: 'block' });
    const public_ = await open(others);
    await public_.goto(`${base}/incident/${rich.id}`);
    await settle(public_);
    const told = await public_.locator('main').innerText();
    hold('the public sees the act and the day, and nothing else', /place rounded/.test(told) && /Made coarser/.test(told) && !(await public_.locator('mark').count()) && !told.includes(rich.fields.place.chosen.name) && !told.includes(rich.fields.quotes[0].quote.slice(0, 30)));
    await check(public_, others);
    if (shots) await public_.screenshot({ path: join(shots, 'coarse-incident.png'), fullPage: true });
    await public_.goto(`${base}/?last=30`);
    await settle(public_);
    await public_.waitForTimeout(1500);
    hold('list and map are there', (await public_.locator('section.list li a:not([download])').count()) > 5 && (await public_.locator('.box canvas').count()) === 1);
    await check(public_, others);
    if (shots) await public_.screenshot({ path: join(shots, 'coarse-situation.png') });
    await other.close();
  }
  await rounding.locator('select[name=role]').selectOption('');
  await rounding.getByRole('button', { name: 'Save' }).click();
  await settle(page);
  hold('and all is as it was again', JSON.stringify((await get(`incidents/${rich.id}`)).item) === JSON.stringify(rich));

  doing = 'showing again who one is';
  let asked = false;
  await page.route('**/api/v1/restrictions', async (route) => {
    if (route.request().method() === 'GET' || asked) return route.continue();
    asked = true;
    return route.fulfill({ status: 403, json: { error: { code: 'proof-needed', message: 'show again who you are', hint: '' } } });
  });
  await page.getByRole('textbox', { name: 'Id', exact: true }).first().fill(rich.id);
  await quietly(['/api/v1/restrictions'], () => page.getByRole('button', { name: 'Withhold' }).click());
  hold('a dialog asks for a code', (await page.locator('dialog[open] input[name=code]').count()) === 1);
  await check(page);
  if (shots) await page.screenshot({ path: join(shots, 'proof.png') });
  await page.locator('dialog input[name=code]').fill(authenticator(secret, 30));
  await page.locator('dialog button').first().click();
  await settle(page);
  hold('and what was asked is done', (await page.locator('section[aria-labelledby=withheld] table:not(.seen) tbody tr').count()) === 1);
  await page.unroute('**/api/v1/restrictions');
  await page.getByRole('button', { name: 'Release' }).click();
  await settle(page);

  doing = 'a saved search';
  await page.goto(`${base}/?act=shelling`);
  await settle(page);
  await page.getByRole('link', { name: 'Save this search' }).click();
  await settle(page);
  const part = page.locator('section[aria-labelledby=searches]');
  await part.locator('input[name=name]').fill('Shelling');
  await part.getByRole('button', { name: 'Save this search' }).click();
  await settle(page);
  const feed = await fetch(await part.locator('[role=status] code').first().innerText());
  const entries = (await feed.text()).split('<entry>').length - 1;
  hold('its feed holds what the search finds', feed.ok && entries === (await get('incidents?act=shelling')).total && entries > 0);
  await part.locator('input[name=url]').fill('https://localhost:9/in');
  await part.getByRole('button', { name: 'Set a hook' }).click();
  await settle(page);
  hold('the secret is shown once', (await part.locator('code', { hasText: 'whsec_' }).count()) === 1);
  await part.getByRole('button', { name: 'Send a trial message' }).click();
  await page.waitForTimeout(3000);
  await settle(page);
  hold('the log tells how it fared', /not a public/.test(await part.innerText()));
  await check(page);
  if (shots) await page.screenshot({ path: join(shots, 'searches.png'), fullPage: true });

  // A table of others is looked at, corrected, kept; a row that cannot be kept is told and can be had.
  for (const language of ['en', 'ar']) {
    for (const width of [1440, 390]) {
      for (const theme of shots ? ['light', 'dark'] : [width === 390 ? 'dark' : 'light']) {
        doing = `a table looked at, ${language} ${theme} ${width}`;
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await page.goto(`${base}/import?lang=${language}&theme=${theme}`);
        await settle(page);
        await page.locator('input[type=file]').setInputFiles({ name: 'may.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
        await settle(page);
        hold('each column says what it is taken for', (await page.locator('.raw thead select.read').count()) === 7);
        hold('two rows are read', (await page.locator('section[aria-labelledby=read] tbody tr').count()) === 2);
        hold('the third is told with its reason', /someday/.test(await page.locator('section[aria-labelledby=rejected]').textContent()));
        hold('it cannot be kept without a publisher', await page.locator('button.main').isDisabled());
        hold('what stands in it is text', !(await page.locator('main img').count()) && !(await page.evaluate(() => window.__ran)));
        await page.locator('section[aria-labelledby=rejected] summary').click();
        await check(page);
        if (shots) await page.screenshot({ path: join(shots, `import-${language}-${theme}-${width}.png`), fullPage: true });
      }
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  doing = 'a table kept';
  await page.goto(`${base}/import`);
  await settle(page);
  await page.locator('input[type=file]').setInputFiles({ name: 'may.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
  await settle(page);
  await page.getByLabel(/What column \W*Killed\W* is taken for/).selectOption('deaths_low');
  await settle(page);
  hold('a guess is changed', (await page.locator('section[aria-labelledby=read] thead').innerText()).includes('Killed, lowest'));
  await page.getByLabel('Publisher').fill('An office');
  await page.getByLabel('Publisher').press('Tab');
  await settle(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the rows turned down' }).click()]);
  hold('the rows turned down are a file', readFileSync(await file.path(), 'utf8').startsWith('line,reason,row'));
  await page.getByRole('button', { name: /Keep these rows/ }).click();
  await settle(page);
  hold('it is an entry of the log', /Kept as entry/.test(await page.locator('section[aria-labelledby=choose]').innerText()));
  hold('its rows are listed', (await page.locator('section[aria-labelledby=others] tbody tr').count()) === 2);
  await check(page);

  doing = 'an agreement tried';
  await page.goto(`${base}/agreement/astana-2017-05-04`);
  await settle(page);
  await page.getByRole('button', { name: 'Try another text' }).click();
  await settle(page);
  const area = page.locator('textarea');
  const text = await area.inputValue();
  hold('the text is there', text.includes('[[term]]'));
  await area.fill(text.replace('duty = "prohibition"', 'duty = "prohibitoin"'));
  await page.locator('section pre').first().waitFor();
  hold('a fault is shown with its line', (await page.locator('section pre').first().innerText()).includes('prohibitoin'));
  await check(page);
  await area.fill(text.replace('duty = "prohibition"', 'duty = "permission"'));
  await eventually(async () => /turn/.test(await page.locator('section[aria-labelledby=trial] h3').innerText()));
  await settle(page);
  hold('findings turn', (await page.locator('section[aria-labelledby=trial] tbody tr').count()) > 0);
  await check(page);
  if (shots) await page.screenshot({ path: join(shots, 'trial.png'), fullPage: true });

  doing = 'review by keyboard';
  await page.goto(`${base}/review`);
  await settle(page);
  const waits = async () => Number(/\d+/.exec((await page.locator('h1 + [role=status]').innerText()).replace(/[\u2068\u2069]/g, ''))?.[0]);
  const before = await waits();
  const spent = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const since = Date.now();
    await page.locator('.item button.primary:not([disabled])').waitFor();
    const at = page.url();
    await page.keyboard.press('e');
    await page.waitForFunction((address) => location.href !== address, at);
    spent.push(Date.now() - since);
  }
  spent.sort((a, b) => a - b);
  hold(`the median item takes ${spent[4]} ms of the machine`, spent[4] < 3_000);
  hold('nine were decided', (await waits()) === before - 9);
  await page.keyboard.press('u');
  await eventually(async () => (await waits()) === before - 8);
  hold('an undo brings one back', (await waits()) === before - 8);
  await check(page);
  await eventually(async () => (await get('checkpoint')).checkpoint !== undefined && (await page.locator('.notice').count()) > 0);
  await page.locator('.notice button').first().click();
  await settle(page);
  hold('the record follows', (await waits()) === before - 8);

  doing = 'between two states';
  const states = (await get('states')).items;
  hold('the history holds more than one state', states.length > 1);
  await page.goto(`${base}/record`);
  await settle(page);
  await page.locator('section[aria-labelledby=changes] select').first().selectOption(states.at(-1).state);
  await settle(page);
  hold('the states are in the address', page.url().includes(`seen=${states.at(-1).state}`));
  const seen = await page.evaluate(async (from) => (await fetch(`/api/v1/diff?from=${from}`)).json(), states.at(-1).state);
  const counted = Object.values(seen.counts).map((one) => Object.values(one).reduce((sum, n) => sum + n, 0));
  hold('every kind that differs is counted', counted.length > 0 && (await page.locator('section[aria-labelledby=changes] button[aria-pressed] bdi').allInnerTexts()).map(Number).sort().join() === counted.sort().join());
  hold('and every difference has a row', (await page.locator('section[aria-labelledby=changes] article').count()) === Math.min(50, Number(await page.locator('section[aria-labelledby=changes] button[aria-pressed=true] bdi').innerText())));
  hold('with its fields', (await page.locator('section[aria-labelledby=changes] ins').count()) > 0);
  await check(page);
  const table = await page.evaluate(async (href) => (await fetch(href)).text(), await page.getByRole('link', { name: 'CSV' }).first().getAttribute('href'));
  hold('and comes as a table', table.startsWith('kind,id,change,') && table.split('\r\n').length > 2);
  for (const language of shots ? ['en', 'ar'] : []) {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.goto(`${base}/record?seen=${states.at(-1).state}&lang=${language}`);
      await settle(page);
      await check(page);
      await page.screenshot({ path: join(shots, `difference-${language}-${width}.png`), fullPage: width === 390 });
      await page.goto(`${base}/agreement/astana-2017-05-04?lang=${language}`);
      await settle(page);
      await page.locator('section[aria-labelledby=trial] button').first().click();
      await settle(page);
      const area = page.locator('textarea');
      await area.fill((await area.inputValue()).replace('duty = "prohibition"', 'duty = "permission"'));
      await eventually(async () => (await page.locator('section[aria-labelledby=trial] tbody tr').count()) > 0);
      await check(page);
      await page.locator('section[aria-labelledby=trial]').screenshot({ path: join(shots, `trial-${language}-${width}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  doing = 'an item split into three by keyboard';
  const whole = (await get('incidents?limit=1000')).items;
  const queued = (await page.evaluate(async () => (await fetch('/api/v1/review?limit=1000')).json())).items;
  const parted = queued.filter((one) => one.fields.claims.length >= 4 && one.fields.incident).at(-1);
  await page.goto(`${base}/review?sel=${parted.id}`);
  await settle(page);
  await page.keyboard.press('g');
  await page.locator('section.split').waitFor();
  hold('nothing is split while all are in one group', await page.locator('section.split button.primary').isDisabled());
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await page.locator('section.split h4').first().waitFor();
  hold('what would come of it is told before', /No longer there: \W*1\b/.test(await page.locator('section.split').innerText()) && /New: \W*[23]\b/.test(await page.locator('section.split').innerText()));
  await check(page);
  if (shots) await page.screenshot({ path: join(shots, 'split.png'), fullPage: true });
  const gone = `/api/v1/incidents/${parted.fields.incident}`;
  await quietly([gone], async () => {
    await page.keyboard.press('Enter');
    await eventually(async () => !(await get('incidents?limit=1000')).items.some(({ id }) => id === parted.fields.incident));
  });
  const after = (await get('incidents?limit=1000')).items;
  hold('one incident has become several', after.length > whole.length);
  await quietly([gone], async () => {
    await page.keyboard.press('u');
    await eventually(async () => (await get('incidents?limit=1000')).items.length === whole.length);
  });
  hold('and one undo makes them one again', JSON.stringify((await get('incidents?limit=1000')).items.map(({ id }) => id)) === JSON.stringify(whole.map(({ id }) => id)));

  doing = 'archived without deleting';
  const quiet = whole.find(({ fields }) => fields.when.earliest >= incidents.since && fields.when.earliest === fields.when.latest && whole.filter((one) => one.fields.when.earliest === fields.when.earliest).length === 1);
  const day = quiet.fields.when.earliest;
  const ofDay = (await get(`incidents?from=${day}&to=${day}`)).total;
  await page.goto(`${base}/incident/${quiet.id}`);
  await settle(page);
  await page.locator('summary', { hasText: 'Archive' }).click();
  await page.locator('details[open] input').first().fill('outside the mandate');
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await eventually(async () => (await get('incidents')).archived === 1);
  await page.goto(`${base}/?from=${day}&to=${day}`);
  await settle(page);
  hold('an archived day does not look like a quiet one', (await listed()) === ofDay - 1 && /archived, not counted/.test(await page.locator('section.list').innerText()) && (await page.locator('section.time rect.kept').count()) >= 2);
  await check(page);
  if (shots) await page.screenshot({ path: join(shots, 'archived-day.png') });
  await page.locator('section.list').getByRole('button', { name: 'Show', exact: true }).click();
  await settle(page);
  hold('one click shows it, marked, in the address', page.url().includes('archived=any') && (await listed()) === ofDay && (await page.locator('section.list .badge', { hasText: 'Archived' }).count()) === 1);
  await page.goto(`${base}/report?from=${day}&to=${day}`);
  await settle(page);
  hold('the report says how many and why', /outside the mandate/.test(await page.locator('section[aria-labelledby=archived]').innerText()) && /\+ \W*1\W* archived/.test(await page.locator('section[aria-labelledby=sum]').innerText()));
  await check(page);
  await page.goto(`${base}/incident/${quiet.id}`);
  await settle(page);
  await page.locator('summary', { hasText: 'Bring back' }).click();
  await page.getByRole('button', { name: 'Bring back', exact: true }).click();
  await eventually(async () => (await get('incidents')).archived === 0);
  hold('and it is brought back', (await get('incidents?limit=1000')).total === whole.length);

  doing = 'times in UTC or local';
  await page.goto(`${base}/`);
  await settle(page);
  await page.getByRole('button', { name: 'UTC', exact: true }).click();
  hold('the choice is in the address', page.url().includes('clock=local') && (await page.getByRole('button', { name: 'Local time' }).count()) === 1);
}

doing = 'a record checked in the browser';
await page.goto(`${base}/record?item=${rich.id}`);
await settle(page);
await page.getByRole('button', { name: 'Check this record' }).click();
await settle(page);
await page.locator('#check article').first().waitFor();
hold('every page that it rests on is in the log', (await page.locator('#check article.holds').count()) === rich.fields.documents.length && (await page.locator('#check article').count()) === rich.fields.documents.length);
hold('with its six steps', (await page.locator('#check article').first().locator('li').count()) === 6);
await check(page);
if (shots) await page.screenshot({ path: join(shots, 'check.png'), fullPage: true });
await context.setOffline(true);
const trusted = page.locator('#check input[dir=ltr]');
const own = (await page.locator('#check code').first().innerText()).trim();
for (const [key, holds] of [[own.replace('+', 'x+'), false], [own, true]]) {
  await trusted.fill(key);
  await trusted.press('Tab');
  await eventually(async () => (await page.locator('#check article.holds').count()) === (holds ? rich.fields.documents.length : 0));
  hold(`with the network cut, a key ${holds ? 'of the log holds' : 'of another is refused'}`, (await page.locator('#check article.holds').count()) === (holds ? rich.fields.documents.length : 0));
}
hold('and the key is in the address', new URL(page.url()).searchParams.get('key') === own);
await context.setOffline(false);
await page.route('**/proof', async (route) => {
  const answer = await route.fetch();
  return route.fulfill({ response: answer, body: (await answer.text()).replace(/index \d+/, 'index 0') });
});
await page.goto(`${base}/record?item=${rich.id}`);
await settle(page);
await page.getByRole('button', { name: 'Check this record' }).click();
await page.locator('#check .broken').first().waitFor();
hold('a proof that was bent on the way is refused with the reason', (await page.locator('#check article.holds').count()) === 0 && /leads to root|hashes, not the number/.test(await page.locator('#check .broken').first().innerText()));
await page.unroute('**/proof');

doing = 'report on paper';
await page.goto(`${base}/report?last=30`);
await settle(page);
await page.emulateMedia({ media: 'print' });
hold('no controls on paper', !(await page.locator('header.bar').isVisible()) && (await title()).length > 0);
const paper = await page.pdf({ format: 'A4', ...(shots ? { path: join(shots, 'report.pdf') } : {}) });
hold('the report prints', paper.length > 10_000);
await page.emulateMedia({ media: 'screen' });

doing = 'languages';
for (const language of ['ru', 'tr', 'fr', 'ar']) {
  await page.goto(`${base}/?lang=${language}`);
  await settle(page);
  hold(`${language} is spoken`, (await page.evaluate(() => document.documentElement.lang)) === language);
  await check(page);
}

// The pictures that the documents name: small, of the demonstration, in English.
const pictures = process.env.PICTURES;
if (pictures) {
  doing = 'pictures';
  mkdirSync(pictures, { recursive: true });
  await page.setViewportSize({ width: 960, height: 620 });
  const PICTURES = { situation: '/?last=30', incident: `/incident/${rich.id}`, agreement: '/agreement/astana-2017-05-04', process: '/process', area: '/area?province=SY/Idlib', report: '/report?last=30', record: '/record', ...(setup ? { review: '/review', settings: '/settings' } : {}) };
  for (const [name, path] of Object.entries(PICTURES)) {
    await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=en&theme=light`);
    await settle(page);
    await page.waitForTimeout(1500);
    const picture = await page.screenshot({ path: join(pictures, `${name}.png`) });
    hold(`${name}.png has at most 150 KB (${picture.length})`, picture.length <= 150_000);
  }
  if (setup) {
    await page.goto(`${base}/import?lang=en&theme=light`);
    await page.locator('input[type=file]').setInputFiles({ name: 'may.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
    await settle(page);
    await page.locator('#columns').scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(pictures, 'import.png') });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

doing = 'words that would be markup';
const POISON = `"><img src=x onerror="window.__ran=1"><svg onload="window.__ran=1"><a href="javascript:window.__ran=1">press</a></script><script>window.__ran=1</script>{{7*7}}\u202e`;
const WORDS = ['label', 'by', 'name', 'quote', 'words', 'title', 'text', 'question', 'because', 'term_words', 'cites', 'weapon', 'byline', 'what', 'source', 'description'];
const spoil = (value) => {
  if (Array.isArray(value)) value.forEach(spoil);
  else if (value && typeof value === 'object') for (const [key, inner] of Object.entries(value)) typeof inner === 'string' && WORDS.includes(key) ? (value[key] = inner + POISON) : spoil(inner);
  return value;
};
const tainted = await open();
let spoiled = 0;
await tainted.route('**/api/v1/**', async (route) => {
  if (/events|proof|report/.test(route.request().url())) return route.continue();
  const response = await route.fetch();
  spoiled += 1;
  return route.fulfill({ response, json: spoil(await response.json()) });
});
for (const path of Object.values(SCREENS)) {
  await tainted.goto(base + path);
  await settle(tainted);
  hold(`nothing runs on ${path}`, !(await tainted.evaluate(() => window.__ran)));
  hold(`nothing is markup on ${path}`, !(await tainted.locator('img, [onload], a[href^="javascript:"]').count()));
}
hold('the words were there to be shown', spoiled > 20);
await tainted.close();

doing = 'reading without a network';
{
  const other = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });
  const away = await other.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', serviceWorkers: 'allow' });
  const reader = await open(away);
  const kept = () => reader.evaluate(async () => ((await caches.has('data')) ? (await (await caches.open('data')).keys()).map(({ url }) => new URL(url).pathname + new URL(url).search) : []));
  const session = () => reader.evaluate(async () => (await (await caches.open('data')).match(`${location.origin}/api/v1/session`))?.json());
  const rows = () => reader.locator('section.list li a:not([download])').count();
  const banner = () => reader.locator('.notice.offline').innerText();
  await reader.goto(`${base}/?last=30`);
  await settle(reader);
  hold('the worker keeps what the first page asked for', await eventually(async () => (await kept()).some((url) => url.startsWith('/api/v1/incidents?'))));
  await reader.goto(`${base}/incident/${rich.id}`);
  await settle(reader);
  await reader.locator('mark.this').first().waitFor();
  const known = await reader.locator('h1').innerText();
  await reader.goto(`${base}/?last=30`);
  await settle(reader);
  const listedBefore = await rows();
  await eventually(async () => (await kept()).some((url) => url.includes('/text')));
  hold('there is no banner while the server answers', (await reader.locator('.notice.offline').count()) === 0);

  await away.setOffline(true);
  // Without a network the browser tells of every question that went out; that is no fault here.
  for (const event of ['console', 'response']) reader.removeAllListeners(event);
  await reader.goto(`${base}/?last=30`);
  await settle(reader);
  hold('the list is there with the network cut', (await rows()) === listedBefore && listedBefore > 0);
  hold('a banner says so, and as of when', /cannot be reached/.test(await banner()) && (await banner()).includes(String(new Date().getUTCFullYear())) && (await banner()).includes(incidents.as_of.slice(0, 4)));
  await check(reader, away);
  if (shots) await reader.screenshot({ path: join(shots, 'offline.png') });
  await reader.goto(`${base}/incident/${rich.id}`);
  await settle(reader);
  hold('an incident that was read can be read again, down to its words', (await reader.locator('h1').innerText()) === known && (await reader.locator('mark.this').count()) > 0 && (await banner()).length > 0);
  await reader.goto(`${base}/?act=mortar&last=7`);
  await settle(reader);
  hold('what was never asked for is not there, and does not look like none', /not kept on this device/.test(await reader.locator('section.list').innerText()) && !/\b0 incidents/.test(await reader.locator('main').innerText()));
  if (shots) await reader.screenshot({ path: join(shots, 'offline-missing.png') });
  await away.setOffline(false);
  await reader.goto(`${base}/`);
  await settle(reader);
  hold('and with the network back it is gone', (await reader.locator('.notice.offline').count()) === 0);

  if (setup) {
    doing = 'nothing is kept after signing out';
    await reader.goto(`${base}/sign-in`);
    await settle(reader);
    const field = (name) => reader.locator(`input[name=${name}]`);
    await field('name').fill('root');
    await field('password').fill(root.password);
    await reader.locator('form button').click();
    await field('code').fill(spare);
    await reader.locator('form button').click();
    await reader.locator('header.bar', { hasText: 'root' }).waitFor();
    await reader.goto(`${base}/review`);
    await settle(reader);
    await reader.goto(`${base}/settings`);
    await settle(reader);
    hold('what a role reads is kept while it is signed in', await eventually(async () => (await kept()).some((url) => url.startsWith('/api/v1/review'))));
    const own = await session();
    hold('no token is', own?.name === 'root' && own.csrf === null);
    const never = /\/(users|restrictions|settings|searches|hooks|export|report|events)|\/session\//;
    hold(`and nothing of accounts (${(await kept()).filter((url) => never.test(url)).join(' ')})`, !(await kept()).some((url) => never.test(url)));
    await reader.getByRole('button', { name: 'Sign out' }).click();
    await reader.getByRole('link', { name: 'Sign in' }).first().waitFor();
    await settle(reader);
    await reader.waitForTimeout(500);
    hold('signing out lets go of it', !(await kept()).some((url) => /review|rulings|passages/.test(url)) && !(await session())?.name);
    await away.setOffline(true);
    await reader.goto(`${base}/review`);
    await settle(reader);
    hold('and no network brings it back', !(await reader.locator('.item blockquote, .item button.primary').count()));
    await away.setOffline(false);
  }
  await other.close();
}

doing = 'policy';
const policy = (await fetch(`${base}/`)).headers.get('content-security-policy') ?? '';
hold('a content security policy without unsafe words', /default-src/.test(policy) && !/unsafe/.test(policy));

doing = 'weight';
const first = await open();
let bytes = 0;
let weighed = true;
const cdp = await context.newCDPSession(first);
await cdp.send('Network.enable');
cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += weighed ? encodedDataLength : 0));
await first.route(/Map-|countries|worker/, (route) => route.abort());
first.removeAllListeners('console');
await first.goto(`${base}/`);
await first.locator('section.list li a:not([download])').first().waitFor();
weighed = false;
const weight = Math.round(bytes / 1024);
console.log(`first view without the map: ${weight} KiB on the wire`);
hold('a first view of at most 300 KiB without the map', weight > 0 && weight <= 300);

await context.close();
rmSync(profile, { recursive: true, force: true });
console.log(`\ntest result: ${faults.length ? 'FAILED' : 'ok'}. ${passed} passed; ${faults.length} failed`);
for (const line of faults) console.log(`- ${line}`);
process.exitCode = faults.length ? 1 : 0;
