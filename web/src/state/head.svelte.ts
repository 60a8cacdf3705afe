// What the server says of itself: the day it reads as of, and how far its log has grown.
import { get, keptBy, Refused, type Head, type Session } from '../api';

export const desk: { head: Head | null; session: Session | null; grown: string; failed: string; kept: string; round: number } = $state({
  head: null,
  session: null,
  grown: '',
  failed: '',
  /** When what is on the screen was read, where the server cannot be reached. */
  kept: '',
  /** Counts up when the server is there again: what is on the screen is asked for anew. */
  round: 0,
});

keptBy((at) => {
  // The oldest of what is shown tells how old it may be; one answer from the server makes the others no younger.
  if (at && (!desk.kept || at < desk.kept)) desk.kept = at;
});
addEventListener('online', () => void load());

export async function load(): Promise<void> {
  const before = desk.kept;
  desk.kept = '';
  try {
    [desk.head, desk.session] = await Promise.all([get<Head>('checkpoint'), get<Session>('session')]);
    desk.grown = '';
    desk.failed = '';
    if (before && !desk.kept) desk.round += 1;
  } catch (error) {
    desk.failed = error instanceof Refused && error.code === 'offline' ? error.code : String(error instanceof Error ? error.message : error);
  }
}

/** Listens for new checkpoints; the reader decides when the screen changes under their eyes. */
export function listen(): void {
  const events = new EventSource('/api/v1/events');
  events.addEventListener('checkpoint', (event) => {
    const { checkpoint } = JSON.parse((event as MessageEvent<string>).data) as { checkpoint: string };
    if (desk.head && checkpoint !== desk.head.checkpoint) desk.grown = checkpoint;
  });
}
