// Questions to the server of the same origin; nothing else is ever asked.
import type { FeatureCollection } from 'geojson';
import type { Filter } from './state/url';
import type { PageText, Rec, Status, ZoneShape } from './records';

export interface Head {
  checkpoint: string;
  as_of: string;
  since: string;
  watermark: string | null;
  /** Of the checkpoint: incidents are made coarser for the reader, and much that would tell the rest is closed. */
  coarse?: boolean;
}
export interface List<R extends Rec> extends Head {
  total: number;
  /** Of incidents: how many that the filter would keep are archived, whether they are among the items or not. */
  archived?: number;
  next: string | null;
  items: R[];
}
export interface Summary extends Head {
  incidents: number;
  /** Incidents that lie on one day, by day. */
  by_day: { day: string; incidents: number }[];
  by_act: Record<string, number>;
  by_class: Record<string, number>;
  by_province?: Record<string, number>;
  by_verdict: Record<string, number>;
  by_status: Record<string, number>;
  by_zone: Record<string, number>;
  undated: number;
  unplaced: number;
  /** Incidents that rulings archived; left out of all counts above unless they are asked for. */
  archived: { incidents: number; by_day: { day: string; incidents: number }[] };
}
/** What is drawn of the incidents that a filter keeps: single ones, and those of one square together. */
export interface Clusters extends Head {
  total: number;
  /** Incidents of the set that no mark stands for, wherever one looks. */
  unplaced: number;
  /** Incidents in the window. */
  within: number;
  /** West, south, east and north of all of the set. */
  extent: [number, number, number, number] | null;
  features: (Single | Cluster)[];
}
export interface Single {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: { kind: 'incident'; act: string; class: string; status: Status; precision: string; radius_m: number; independent_origins: number; archived?: boolean };
}
export interface Cluster {
  geometry: { coordinates: [number, number] };
  properties: { kind: 'cluster'; incidents: number; statuses: Partial<Record<Status, number>>; bbox: [number, number, number, number] };
}
export interface Session {
  role: string;
  name: string | null;
  csrf: string | null;
  set_up: boolean;
  /** The role must have a second factor, and there is none yet. */
  must_enrol: boolean;
}

/** An answer that says no: `code` for programs, the message and the hint for people. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

const query = (asked: object) => {
  const text = new URLSearchParams(asked as Record<string, string>).toString();
  return text && `?${text}`;
};

/** Told of each answer whether it was kept on this device, and when; an empty word for one from the server. */
let tellKept: (at: string) => void = () => {};
export const keptBy = (tell: typeof tellKept) => {
  tellKept = tell;
};

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) tellKept(response.headers.get('x-kept-at') ?? '');
  const body = response.headers.get('content-type')?.includes('json') ? await response.json() : {};
  if (response.ok) return body as T;
  const error = body.error ?? {};
  throw new Refused(response.status, error.code ?? 'internal', error.message ?? response.statusText, error.hint ?? '');
}

export async function get<T>(path: string, asked: object = {}): Promise<T> {
  return answer(await fetch(`/api/v1/${path}${query(asked)}`, { headers: { accept: 'application/json' } }));
}

/** Asks the reader to show again who they are; gives whether they did. */
let prove: (() => Promise<boolean>) | null = null;
export const proveBy = (ask: typeof prove) => {
  prove = ask;
};

/** Changes something. What asks for a fresh proof is sent again once the reader has given it. */
export async function send<T>(method: string, path: string, csrf: string | null, body?: unknown): Promise<T> {
  try {
    return await sent<T>(method, path, csrf, body);
  } catch (error) {
    if (error instanceof Refused && error.code === 'proof-needed' && (await prove?.())) return sent<T>(method, path, csrf, body);
    throw error;
  }
}

async function sent<T>(method: string, path: string, csrf: string | null, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (csrf) headers['x-csrf-token'] = csrf;
  return answer(await fetch(`/api/v1/${path}`, { method, headers, body: body === undefined ? '{}' : JSON.stringify(body) }));
}

/** Sends the bytes of a file; `gone` hears how much of it is on its way, 0 to 1. A stop lets it be. */
export function sendFile(path: string, asked: Record<string, string>, csrf: string | null, file: Blob, gone: (part: number) => void, stop: AbortSignal): Promise<Blob> {
  // Not `fetch`: it tells nothing of what has been sent.
  const request = new XMLHttpRequest();
  const answered = new Promise<Blob>((done, fail) => {
    request.upload.addEventListener('progress', (event) => gone(event.loaded / Math.max(1, event.total)));
    request.upload.addEventListener('load', () => gone(1));
    request.addEventListener('error', () => fail(new Error('the server did not take the file')));
    request.addEventListener('abort', () => fail(new DOMException('stopped', 'AbortError')));
    request.addEventListener('load', async () => {
      const blob = request.response as Blob;
      if (request.status < 300) return done(blob);
      const error = blob.type.includes('json') ? JSON.parse(await blob.text()).error : {};
      fail(new Refused(request.status, error.code ?? 'internal', error.message ?? request.statusText, error.hint ?? ''));
    });
  });
  stop.addEventListener('abort', () => request.abort());
  request.open('POST', `/api/v1/${path}${query(asked)}`);
  request.responseType = 'blob';
  request.setRequestHeader('content-type', 'application/octet-stream');
  if (csrf) request.setRequestHeader('x-csrf-token', csrf);
  request.send(file);
  return answered;
}

/** Most records of one list that the desk holds at once; beyond it the screen says how many are not shown. */
export const MOST = 5_000;

/** A whole list, page after page, up to `MOST`. */
export async function list<R extends Rec>(noun: string, asked: Filter & { on?: string } = {}): Promise<List<R>> {
  const first = await get<List<R>>(noun, { ...asked, limit: '1000' });
  let next = first.next;
  while (next && first.items.length < MOST) {
    const more = await get<List<R>>(noun, { ...asked, limit: '1000', after: next });
    first.items.push(...more.items);
    next = more.next;
  }
  return first;
}

/** A page of a list, and how many records there are in all. */
export const page = <R extends Rec>(noun: string, asked: Filter & { on?: string }, limit: number, after = '') => get<List<R>>(noun, { ...asked, limit: String(limit), ...(after && { after }) });

export const one = async <R extends Rec>(noun: string, id: string) => (await get<{ item: R }>(`${noun}/${encodeURIComponent(id)}`)).item;

/** Records by id, whatever their kind; those that the reader may not see are not among them. */
export async function records<R extends Rec>(ids: readonly string[]): Promise<R[]> {
  const found: R[] = [];
  const all = [...new Set(ids)];
  for (let from = 0; from < all.length; from += 200) {
    found.push(...(await get<{ items: R[] }>('records', { ids: all.slice(from, from + 200).join(',') })).items);
  }
  return found;
}

export const pageText = (id: string) => get<PageText>(`documents/${encodeURIComponent(id)}/text`);
export const summary = (asked: Filter) => get<Summary>('summary', asked);
export const zones = async (asked: { on?: string; agreement?: string } = {}) =>
  (await get<{ features: ZoneShape[] }>('map/zones', asked)).features;
/** The map of the incidents that a filter keeps, as they are drawn in a window at a zoom. */
export const clusters = (asked: Filter, window: string, zoom: number) => get<Clusters>('map/clusters', { ...asked, window, zoom: String(zoom) });
let shapes: Promise<FeatureCollection> | null = null;
/** Provinces of the countries that the data knows, and countries around them, for the ground of a map. Asked for once. */
export function outline(): Promise<FeatureCollection> {
  shapes ??= get<FeatureCollection>('map/outline').catch((error: unknown) => {
    shapes = null;
    throw error;
  });
  return shapes;
}
export const exportUrl = (form: string, asked: Filter) => `/api/v1/export${query({ format: form, ...asked })}`;
