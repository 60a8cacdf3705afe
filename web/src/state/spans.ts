// The exact words of a claim in a passage as captured. Spans count bytes of the raw page; what is on the screen are
// characters, so a passage in plain UTF-8 is cut at its bytes and any other by the words themselves.
import type { PageText } from '../records';

export interface Piece {
  text: string;
  /** Claims whose words these are. */
  claims: string[];
}

type Passage = PageText['passages'][number];
type Spanned = { id: string; start: number; end: number; quote?: string };

/** Index of the character that begins at or after a byte of `text`. */
function charAt(bytes: Uint8Array, byte: number): number {
  return new TextDecoder().decode(bytes.subarray(0, Math.max(0, Math.min(byte, bytes.length)))).length;
}

/** The passage in pieces, each with the claims that rest on it. A claim that cannot be placed marks nothing. */
export function pieces(passage: Passage, claims: readonly Spanned[]): Piece[] {
  const bytes = new TextEncoder().encode(passage.text);
  const marks: { id: string; from: number; to: number }[] = [];
  for (const claim of claims) {
    if (claim.end <= passage.start || claim.start >= passage.end) continue;
    if (passage.exact) {
      marks.push({ id: claim.id, from: charAt(bytes, claim.start - passage.start), to: charAt(bytes, claim.end - passage.start) });
    } else if (claim.quote) {
      const from = passage.text.indexOf(claim.quote);
      if (from >= 0) marks.push({ id: claim.id, from, to: from + claim.quote.length });
    }
  }
  const cuts = [...new Set([0, passage.text.length, ...marks.flatMap((mark) => [mark.from, mark.to])])].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [from, to] = [cuts[index]!, cuts[index + 1]!];
    found.push({ text: passage.text.slice(from, to), claims: marks.filter((mark) => mark.from <= from && mark.to >= to).map((mark) => mark.id) });
  }
  return found;
}
