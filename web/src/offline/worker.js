// Keeps the desk and what was last seen through it, to be read where no network is. It answers for the server only
// when the server cannot be reached, and then says so: every kept answer carries the moment at which it was read.
//
// Nothing is kept of accounts, hooks, exports or proofs, nor any token. What is kept goes when somebody signs in or
// out, when another role is met, and after KEPT_MS; whatever the server no longer gives goes at the next contact.

/** Files of the desk, written in by the build; the name changes with them. */
const FILES = __FILES__;
const SHELL = `shell-${__VERSION__}`;
const DATA = 'data';

/** How long a kept answer is given: seven days to the public, a session's twelve hours to whoever is signed in. */
const KEPT_MS = { public: 7 * 86_400_000, role: 12 * 3_600_000 };
/** Most answers that are kept; the oldest go first. */
const KEPT_MAX = 300;

const API = '/api/v1/';
const NEVER = /^(session\/|setup|users|restrictions|settings|searches|hooks|events|export|report|openapi|log\/)|\/proof$|[?&]format=/;

const answer = (body, status, headers = {}) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } });

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((shell) => shell.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== DATA) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener('message', (event) => {
  const { forget, keep } = event.data ?? {};
  if (forget) event.waitUntil(forgetAll());
  // What the page had asked for before this worker was there.
  if (keep) event.waitUntil(Promise.all(keep.map((url) => fromServer(new Request(url)).catch(() => null))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(API)) {
    if (!NEVER.test(url.pathname.slice(API.length) + url.search)) event.respondWith(fromServer(request, event).catch(() => fromKept(request)));
  } else if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await file('/')) ?? Response.error()));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(file(url.pathname).then((found) => found ?? fetch(request)));
  }
});

/** A file of the desk; how it was packed for the way makes no other file of it. */
const file = (path) => caches.match(path, { cacheName: SHELL, ignoreVary: true });

/** Counts up whenever everything is forgotten: what was asked for before then is not kept after it. */
let era = 0;

async function forgetAll() {
  era += 1;
  await caches.delete(DATA);
}

/** Asks the server, and keeps what it says. */
async function fromServer(request, event) {
  const asked = era;
  const response = await fetch(request);
  const kept = keep(request, response.clone(), asked).catch(() => {});
  event?.waitUntil(kept);
  if (!event) await kept;
  return response;
}

async function keep(request, response, asked) {
  const path = new URL(request.url).pathname;
  const data = await caches.open(DATA);
  if (!response.ok) {
    // What the server refuses now must not be shown later.
    if (response.status < 500 && response.status !== 429) await data.delete(request.url);
    return;
  }
  if (!response.headers.get('content-type')?.includes('json')) return;
  let text = await response.text();
  if (path === `${API}session`) {
    const session = JSON.parse(text);
    const before = await data.match(request.url);
    const other = before && (await before.json());
    if (other && (other.name !== session.name || other.role !== session.role)) {
      await forgetAll();
      return keep(request, answer(session, 200), era);
    }
    text = JSON.stringify({ ...session, csrf: null });
  }
  if (asked !== era) return;
  const state = /"checkpoint":"([^"]*)"/.exec(text)?.[1] ?? '';
  await (await caches.open(DATA)).put(request.url, new Response(text, { headers: { 'content-type': response.headers.get('content-type'), 'x-kept-at': new Date().toISOString(), 'x-state': state } }));
  if (path === `${API}checkpoint`) setTimeout(() => void freshen(asked), 3000);
}

/** Asks again for what was kept in earlier visits: what has changed is kept anew, and what is refused goes. */
async function freshen(asked) {
  const start = Date.now();
  const data = await caches.open(DATA);
  const all = [];
  for (const request of await data.keys()) all.push({ request, at: Date.parse((await data.match(request))?.headers.get('x-kept-at') ?? '') });
  all.sort((a, b) => b.at - a.at);
  for (const { request } of all.slice(KEPT_MAX)) await data.delete(request);
  for (const { request, at } of all.slice(0, KEPT_MAX)) {
    if (asked !== era) return;
    if (start - at < 60_000 || /\/checkpoint$/.test(request.url)) continue;
    try {
      await keep(request, await fetch(request), asked);
    } catch {
      return;
    }
  }
}

/** What was kept, when it is of the state that the desk stands at and not too old. */
async function fromKept(request) {
  const data = await caches.open(DATA);
  const found = await data.match(request.url);
  const session = await data.match(`${self.location.origin}${API}session`);
  const name = session ? (await session.clone().json()).name : null;
  const state = (await data.match(`${self.location.origin}${API}checkpoint`))?.headers.get('x-state');
  const age = Date.now() - Date.parse(found?.headers.get('x-kept-at') ?? '');
  const of = found?.headers.get('x-state');
  if (!found || !(age < (name ? KEPT_MS.role : KEPT_MS.public)) || (of && of !== state)) return answer({ error: { code: 'offline', message: 'the server cannot be reached, and this was not kept on this device', hint: '' } }, 503);
  return found;
}
