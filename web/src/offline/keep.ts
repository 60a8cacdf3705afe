// The page's side of what is kept on this device; the worker beside this file says what that is.

/** Sets the worker up, where the browser lets pages have one: over HTTPS, or on this very machine. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const first = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register('/sw.js').catch(() => null);
  if (!first) return;
  const { active } = await navigator.serviceWorker.ready;
  const asked = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const keep = asked.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/api/v1/') && !pathname.endsWith('/events')).map(({ href }) => href);
  active?.postMessage({ keep: [...new Set(keep)] });
}

/** Lets go of everything that was kept of the record; called when somebody signs in or out. */
export async function forget(): Promise<void> {
  if (!('caches' in window)) return;
  navigator.serviceWorker?.controller?.postMessage({ forget: true });
  await caches.delete('data');
}
