// The one place that reads and writes the address bar.
import { format, parse, type State } from './url';

function read() {
  return { path: location.pathname, state: parse(location.search, navigator.languages) };
}

export const view: { path: string; state: State } = $state(read());

addEventListener('popstate', () => Object.assign(view, read()));

/** The language that a reader gets without asking. */
const plain = () => parse('', navigator.languages).lang;

export function href(path: string, patch: Partial<State> = {}, keep = true): string {
  const base = keep ? view.state : parse(format({ ...parse(''), lang: view.state.lang, theme: view.state.theme, clock: view.state.clock }, 'en'));
  return path + format({ ...base, ...patch }, plain());
}

/** Shows a place; `replace` when going back should not stop here. */
export function go(path: string, patch: Partial<State> = {}, replace = false): void {
  const to = href(path, patch);
  if (to === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  Object.assign(view, read());
}

/** Changes what the present screen shows. */
export function set(patch: Partial<State>, replace = false): void {
  go(view.path, patch, replace);
}

/** Follows links of our own without loading the page anew. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.hasAttribute('download') || link.target || link.pathname.startsWith('/api/')) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  history.pushState(null, '', link.pathname + link.search + link.hash);
  const before = view.path;
  Object.assign(view, read());
  if (before !== view.path) {
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }
}
