// Accounts in groups, by numbers that the reader gives them. Pure.

/** The groups that are not empty, in the order of their numbers; whatever has no number is in the first. */
export function grouped(ids: readonly string[], group: Readonly<Record<string, number>>): string[][] {
  const found = new Map<number, string[]>();
  for (const id of ids) {
    const at = group[id] ?? 1;
    found.set(at, [...(found.get(at) ?? []), id]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, ids]) => ids);
}

/** A group for each place that the accounts come from, numbered in the order in which they come. */
export function byPlace<C extends { id: string }>(claims: readonly C[], place: (claim: C) => string): Record<string, number> {
  const places = [...new Set(claims.map(place))];
  return Object.fromEntries(claims.map((claim) => [claim.id, places.indexOf(place(claim)) + 1]));
}
