// The published records, as far as the desk reads them; `docs/formats.md` says what each field holds.
import type { Geometry } from 'geojson';

export interface Rec<Kind extends string = string, Fields = Record<string, unknown>> {
  v: number;
  kind: Kind;
  id: string;
  document?: string;
  start?: number;
  end?: number;
  quote?: string;
  fields: Fields;
  basis: string[];
  because: { rule: string; entry?: string; words: string }[];
  withheld?: string[];
  /** Of an incident that is made coarser for the reader: how. */
  coarse?: { place_km: number | null; days_only: boolean };
}

/** A field that is not as it was. */
export interface Field {
  field: string;
  old: unknown;
  new: unknown;
}
export interface Time {
  edtf: string;
  earliest: string | null;
  latest: string | null;
}
export interface Count {
  low: number;
  high: number | null;
}
export interface Quote {
  document: string;
  start: number;
  end: number;
  quote: string;
}
export interface Resolution {
  resolution: 'resolved' | 'candidates' | 'unresolved';
  actor?: string | null;
  candidates: string[];
}
export interface Mention extends Resolution {
  id: string;
  label: string;
  actor_kind: string;
  part?: string;
}
export interface Place {
  name: string;
  kind: string;
  relation: string;
  precision: string;
  chosen: { name: string; province: string; country: string; lat: number; lon: number } | null;
  candidates: { name: string; province: string; country: string; share: number }[];
  region: { lat: number; lon: number; radius_m: number } | null;
  zones: { agreement: string; zone: string; name: string; inside: 'yes' | 'no' | 'undetermined'; because: string }[];
}
export interface Toll {
  metric: string;
  low: number;
  high: number | null;
  best: Count;
  because: string;
  accounts: { by: string; low: number; high: number | null; claim: string }[];
}
export const ELEMENTS = ['occurrence', 'place', 'time', 'means', 'toll', 'author'] as const;
export type Element = (typeof ELEMENTS)[number];
export const STATUSES = ['verified', 'corroborated', 'reported', 'contested', 'refuted', 'undetermined'] as const;
export type Status = (typeof STATUSES)[number];
export const VERDICTS = ['violation', 'not assessable', 'pending', 'excluded', 'no violation'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Incident = Rec<
  'incident',
  {
    act: string;
    class: string;
    when: Time;
    place: Place | null;
    attributions: (Resolution & { kind: string; label: string; actor_kind: string; by: string; claim: string })[];
    targets: Mention[];
    weapon: string;
    tolls: Toll[];
    pages: number;
    origins: string[];
    independent_origins: number;
    status: Record<Element, Status>;
    background: boolean;
    series: boolean;
    /** A ruling archived it; absent in records made before there were such rulings. */
    archived?: boolean;
    grade: 'confirmed' | 'fair' | 'weak' | 'contested' | 'discounted';
    credibility: number;
    rulings: string[];
    documents: string[];
    quotes: Quote[];
  }
>;
export type ReviewItem = Rec<
  'review',
  {
    turn: number;
    incident: string | null;
    claims: string[];
    waiting: string[];
    candidates: string[];
    group: string;
    rulings: string[];
    quotes?: Quote[];
  }
>;
export type Ruling = Rec<
  'ruling',
  {
    decision: string;
    form: Record<string, unknown> & { verify?: { claim: string; element: Element } };
    by: string;
    made: string;
    reason: string;
    standing: 'in-force' | 'pending' | 'superseded' | 'undone' | 'no-effect';
    why: string;
    incidents: string[];
    takes_back: string | null;
  }
>;
export interface Test {
  name: string;
  question: string;
  answer: 'yes' | 'no' | 'undetermined';
  inputs: string[];
  claims: string[];
  because: string;
}
export type Finding = Rec<
  'finding',
  {
    incident: string;
    agreement: string;
    version: string;
    term: string;
    term_words: string | null;
    cites: string | null;
    verdict: Verdict;
    tests: Test[];
    missing: { test: string; question: string; if_yes: Verdict; if_no: Verdict }[];
    reasons: string[];
    strength: string;
  }
>;
export type Claim = Rec<
  'claim',
  {
    act: string;
    modality: string;
    polarity: string;
    hedges: string[];
    sources: (Resolution & { kind: string; label: string; cue: string })[];
    when: Time;
  }
>;
export type Origin = Rec<
  'origin',
  {
    label: string;
    independent: 'yes' | 'no' | 'undetermined';
    reliability: string;
    pages: string[];
    links: { kind: string; a: string; b: string; score: number; because: string }[];
    documents: string[];
  }
>;
export type Document = Rec<
  'document',
  { title: string | null; outlet: string | null; language: string | null; published: string; published_how: string; raw_bytes: number; charset: string }
>;
export type Contradiction = Rec<'contradiction', { about: string; real: string; words: string }>;
export type ZoneDay = Rec<
  'zone_day',
  { agreement: string; zone: string; name: string; day: string; sight: Sight; incidents: number; perhaps: number; heard: string[]; silent: string[] }
>;
export const SIGHTS = ['incidents', 'nothing told', 'hindered', 'unwatched', 'blind'] as const;
export type Sight = (typeof SIGHTS)[number];
export type Agreement = Rec<
  'agreement',
  {
    agreement: string;
    version: string;
    title: string;
    source: string;
    anchors: { name: string; date: string; source: string }[];
    until: Time | null;
    parties: { actor: string; part: string; bound: string; source: string }[];
    terms: { term: string; words: string; cites: string; duty: string; classes: string[]; acts: string[]; zones: string[]; from: string; unsettled: string }[];
    exemptions: { exemption: string; words: string; cites: string }[];
    zones: string[];
  }
>;
export type Deadline = Rec<'deadline', { agreement: string; version: string; deadline: string; words: string; due: string; state: string; cites: string | null }>;
export type Round = Rec<
  'round' | 'meeting',
  {
    track?: string;
    number?: number | null;
    form?: string;
    place: string;
    participants: Mention[];
    progress: string;
    steps?: { step: string; claim: string }[];
    differ: { about: string; told: { value: string; by: string; claim: string }[] }[];
    when: Time;
    quotes: Quote[];
  }
>;
export type Position = Rec<
  'position',
  { holder: Mention; proposal: string; stance: string; reservation: string; by: string; when: Time; quotes: Quote[] }
>;
export type Stand = Rec<
  'stand',
  { holder: Mention; proposal: string; positions: string[]; newest: string[]; without_position: string | null; statements: number }
>;
export type Holding = Rec<
  'holding',
  { place: string; names: string[]; holder: Mention | null; side: string; since: Time; until: Time | null; by: string[]; denied: string[]; quotes: Quote[] }
>;
export type Delivery = Rec<
  'delivery' | 'return' | 'measure',
  { act: string; progress: string; quantity?: (Count & { unit: string }) | null; place: string; by: string; when: Time; quotes: Quote[] }
>;
export type Complaint = Rec<'complaint', { by: string; against: string; words: string; when: Time; quotes: Quote[] }>;
export type Unseen = Rec<'unseen', { agreement: string; zone: string; name: string; place: string; why: string; when: Time }>;

/** A row of a table of others, in one of its versions; what is withheld is not there. */
export type Foreign = Rec<'foreign', { source: string; key: string; versions: number; when?: Time; place?: { name: string }; event?: string; sub_event?: string }>;

export interface PageText {
  id: string;
  name: string;
  language: string | null;
  direction: 'ltr' | 'rtl';
  passages: { id: string; kind: string; main: boolean; start: number; end: number; text: string; exact: boolean }[];
  claims: { id: string; start: number; end: number; act: string }[];
}
export interface ZoneShape {
  type: 'Feature';
  geometry: Geometry | null;
  properties: { agreement: string; version: string; zone: string; name: string; description: string; status: string; approximate: boolean; partial: boolean; band_m: number; during: string; source: string };
}
