// How an incident is drawn: shape for what was done, colour for how well it is established, filling for how many
// independent origins stand behind it. Used by the map, the list and the legend alike.
import type { Incident, Status } from '../records';

/** Outlines in a box of 24 by 24. */
export const SHAPES = {
  air: 'M12 3 21.5 20.5H2.5Z',
  fire: 'M12 2 22 12 12 22 2 12Z',
  blast: 'M12 1.8 14.9 8 21.6 7.2 17.6 12.6 21.2 18.4 14.3 17.6 12 23 9.7 17.6 2.8 18.4 6.4 12.6 2.4 7.2 9.1 8Z',
  clash: 'M3.5 3.5H20.5V20.5H3.5Z',
  people: 'M12 2.5A9.5 9.5 0 1 1 12 21.5 9.5 9.5 0 1 1 12 2.5Z',
  ground: 'M2.5 9.5 12 2.5 21.5 9.5 18 21H6Z',
  aid: 'M8.5 2.5H15.5V8.5H21.5V15.5H15.5V21.5H8.5V15.5H2.5V8.5H8.5Z',
  other: 'M8 3H16L22 12 16 21H8L2 12Z',
} as const;
export type Shape = keyof typeof SHAPES;

const ACTS: Record<string, Shape> = {
  'air-strike': 'air',
  'uav-strike': 'air',
  'missile-strike': 'air',
  overflight: 'air',
  shelling: 'fire',
  mortar: 'fire',
  artillery: 'fire',
  'rocket-fire': 'fire',
  'tank-fire': 'fire',
  ied: 'blast',
  'car-bomb': 'blast',
  landmine: 'blast',
  grenade: 'blast',
  'suicide-attack': 'blast',
  explosion: 'blast',
};
const CLASSES: Record<string, Shape> = {
  force: 'clash',
  air: 'air',
  forces: 'ground',
  territory: 'ground',
  civilians: 'people',
  humanitarian: 'aid',
  monitors: 'aid',
};

export function shapeOf(act: string, family: string): Shape {
  return ACTS[act] ?? CLASSES[family] ?? 'other';
}

/** 0: no origin independent of the parties; 1: one; 2: two or more. */
export type Strength = 0 | 1 | 2;
export const STRENGTHS: readonly Strength[] = [0, 1, 2];

export const strength = (origins: number) => Math.min(2, origins) as Strength;
export const strengthOf = (incident: Incident) => strength(incident.fields.independent_origins);

/** Whether the place is known closely enough for a mark; all else is drawn as its region, or told beside the map. */
export function isClose(precision: string): boolean {
  return precision === 'exact' || precision === 'town' || precision === 'near';
}

export const colour = (status: Status) => `var(--${status})`;
