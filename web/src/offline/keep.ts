// The page's side of what is kept on this device; the worker beside this file says what that is.

/** How long an answer may take that was asked for before the worker was there. */
const ANSWERS_WITHIN_MS = 60_000;

/** Sets the worker up, where the browser lets pages have one: over HTTPS, or on this very machine. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const first = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register('/sw.js').catch(() => null);
  if (!first) return;
  const { active } = await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) await new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }));
  // What was asked for before the worker took the page over went past it, whenever its answer comes.
  const since = performance.now();
  const observer = new PerformanceObserver((list) => {
    const asked = list.getEntries().filter(({ startTime }) => startTime <= since).map(({ name }) => new URL(name));
    const keep = asked.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/api/v1/') && !pathname.endsWith('/events')).map(({ href }) => href);
    if (keep.length) active?.postMessage({ keep: [...new Set(keep)] });
  });
  observer.observe({ type: 'resource', buffered: true });
  setTimeout(() => observer.disconnect(), ANSWERS_WITHIN_MS);
}

/** Lets go of everything that was kept of the record; called when somebody signs in or out. */
export async function forget(): Promise<void> {
  if (!('caches' in window)) return;
  navigator.serviceWorker?.controller?.postMessage({ forget: true });
  await caches.delete('data');
}
