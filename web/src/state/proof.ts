// Checks a proof of the log as `truceline log check` does, with what every browser has: SHA-256 and Ed25519. Gets texts,
// gives each step and why one does not hold; asks nobody for anything.

/** Steps of a check, in their order. */
export const STEPS = ['proof', 'key', 'note', 'signature', 'checkpoint', 'path'] as const;
export type Step = (typeof STEPS)[number];

export interface Checked {
  holds: boolean;
  /** Steps that held, each with what it found. */
  held: { step: Step; found: string }[];
  /** The step that did not hold, and why, in the words of the program. */
  failed: { step: Step; why: string } | null;
}

/** As the program has them: a longer note or file is refused unread. */
const NOTE_BYTES_MAX = 64 * 1024;
const HASHES_MAX = 64;
const SIGNATURES_MAX = 64;
const SIZE_MAX = 2n ** 48n;
/** The SHA-256 of nothing: the root of a log without entries. */
const EMPTY = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** Points of small order, by which anything can be signed; the sign bit does not count. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

class Broken extends Error {}
const refuse = (why: string): never => {
  throw new Broken(why);
};
const noProof = (why: string) => refuse(`this is not a proof file: ${why}`);
const noNote = (why: string) => refuse(`this is not a signed note: ${why}`);
const noHead = (why: string) => refuse(`the signed text is not a checkpoint: ${why}`);
const words = new TextEncoder();
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const join = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
export const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** Bytes of canonical base64, or nothing. */
function decode(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return base64(bytes) === text ? bytes : null;
}
const hashOf = (text: string) => {
  const bytes = decode(text);
  return bytes?.length === 32 ? bytes : null;
};
/** Digits only and no leading zero; a number of 64 bits. */
function decimal(text: string): bigint | null {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) return null;
  const number = BigInt(text);
  return number < 2n ** 64n ? number : null;
}
const sha256 = async (...parts: Uint8Array[]) => new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));
/** The SHA-256 of some bytes, as entries of the log write it. */
export const contentOf = async (bytes: Uint8Array) => `sha256:${hex(await sha256(bytes))}`;

/** A key's name: not empty, no space of any kind, no plus, no control character. */
const isName = (name: string) => name !== '' && !/[\p{White_Space}\p{Cc}+]/u.test(name);

export interface Key {
  name: string;
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Reads the one-line form of a public key. */
export async function readKey(text: string): Promise<Key> {
  const form = 'verifier key does not have the form "<name>+<8 hex digits>+<base64>"';
  const [, name = '', id = '', encoded = ''] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text.replace(/\n+$/, '')) ?? [];
  const typed = decode(encoded);
  if (!/^[0-9a-f]{8}$/.test(id) || typed?.length !== 33 || typed[0] !== 1) return refuse(form);
  if (!isName(name)) return refuse(`key name "${name}" cannot be used: a name is not empty and has no space, no "+" and no control character`);
  const bytes = typed.slice(1);
  const plain = bytes.slice();
  plain[31]! &= 0x7f;
  if (SMALL_ORDER.has(hex(plain))) return refuse('the key bytes are not a sound Ed25519 public key');
  const right = hex((await sha256(words.encode(`${name}\n`), typed)).slice(0, 4));
  if (right !== id) return refuse(`key id ${id} in the key string does not fit the key, whose id is ${right}`);
  return { name, id, bytes };
}

interface Note {
  text: string;
  signatures: { name: string; id: string; bytes: Uint8Array<ArrayBuffer> }[];
}

function readNote(all: string): Note {
  if (words.encode(all).length > NOTE_BYTES_MAX) return noNote('it is longer than 65,536 bytes');
  if (/[\u0000-\u0009\u000b-\u001f]/.test(all)) return noNote('it holds a control character');
  const gap = all.lastIndexOf('\n\n');
  if (gap < 0) return noNote('it has no blank line before signatures');
  const lines = all.slice(gap + 2);
  if (!lines.endsWith('\n')) return noNote('its last line does not end');
  const signatures = lines
    .slice(0, -1)
    .split('\n')
    .map((line, index) => {
      if (index >= SIGNATURES_MAX) return noNote('it has more than 64 signatures');
      const [, name = '', encoded = ''] = /^\u2014 ([^ ]*) (.*)$/.exec(line) ?? [];
      const blob = decode(encoded);
      if (!isName(name) || !blob || blob.length <= 4) return noNote('a signature line is malformed');
      return { name, id: hex(blob.slice(0, 4)), bytes: blob.slice(4) };
    });
  return { text: all.slice(0, gap + 1), signatures };
}

/** Whether a signature of 64 bytes is the key's, by the strict rule. */
async function accepts(key: Key, message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (signature.length !== 64) return false;
  const point = signature.slice(0, 32);
  point[31]! &= 0x7f;
  if (SMALL_ORDER.has(hex(point))) return false;
  const imported = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, message);
}

/** Where a leaf's hash leads along a path, after RFC 9162 section 2.1.3.2; nothing when its length does not fit. */
async function climb(leaf: Uint8Array, path: readonly Uint8Array[], index: bigint, size: bigint): Promise<Uint8Array | null> {
  let [place, last, hash] = [index, size - 1n, await sha256(new Uint8Array([0]), leaf)];
  for (const step of path) {
    if (last === 0n) return null;
    if (place & 1n || place === last) {
      hash = await sha256(new Uint8Array([1]), step, hash);
      while (!(place & 1n) && place !== 0n) [place, last] = [place >> 1n, last >> 1n];
    } else hash = await sha256(new Uint8Array([1]), hash, step);
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n ? hash : null;
}

/** Checks that the log of a key holds an entry. */
export async function check(file: string, leaf: Uint8Array, keyText: string): Promise<Checked> {
  const held: Checked['held'] = [];
  let step: Step = 'proof';
  const hold = (found: string, next: Step) => {
    held.push({ step, found });
    step = next;
  };
  try {
    const HEADER = 'c2sp.org/tlog-proof@v1\n';
    if (!file.startsWith(HEADER)) noProof('its first line is not "c2sp.org/tlog-proof@v1"');
    // What stands in an extra line is vouched for by nobody.
    const rest = file.slice(HEADER.length).replace(/^extra [^\n]*\n/, '');
    const gap = rest.indexOf('\n\n');
    if (gap < 0) noProof('no blank line follows the proof');
    const [first = '', ...lines] = rest.slice(0, gap).split('\n');
    const index = (first.startsWith('index ') ? decimal(first.slice(6)) : null) ?? noProof('it has no line "index <number>"');
    if (lines.length > HASHES_MAX) noProof('it has more than 64 hashes');
    const path = lines.map((line) => hashOf(line) ?? noProof('a line of the proof is no hash'));
    hold(`index ${index}, ${path.length} hashes`, 'key');

    const key = await readKey(keyText);
    hold(`${key.name}+${key.id}`, 'note');

    const note = readNote(rest.slice(gap + 2));
    hold(note.signatures.map(({ name, id }) => `${name} ${id}`).join(', '), 'signature');

    const own = note.signatures.filter(({ name, id }) => name === key.name && id === key.id);
    if (!own.length) refuse(`no signature is by a key we were given, ["${key.name}"]; found signatures by [${note.signatures.map(({ name }) => `"${name}"`).join(', ')}]`);
    for (const { bytes } of own) if (!(await accepts(key, words.encode(note.text), bytes))) refuse(`the signature by "${key.name}" does not fit the text: text or signature were altered`);
    hold(key.name, 'checkpoint');

    const [origin = '', sizeText = '', rootText = '', end, ...more] = note.text.split('\n');
    if (end !== '' || more.length) noHead('it has not exactly the three lines origin, size, root');
    if (!origin) noHead('its origin is empty');
    const size = decimal(sizeText) ?? noHead('its size is not a decimal number');
    if (size > SIZE_MAX) noHead('its size is beyond 2^48');
    const root = hashOf(rootText) ?? noHead('its root is not 32 bytes in base64');
    if (size === 0n && rootText !== EMPTY) noHead('its size is zero and its root is not that of the empty log');
    if (origin !== key.name) refuse(`this is a checkpoint of "${origin}", not of "${key.name}"`);
    hold(`${size}, ${rootText}`, 'path');

    if (index >= size) refuse('the numbers of the proof do not fit together: the leaf lies outside the tree');
    const found = (await climb(leaf, path, index, size)) ?? refuse(`the proof has ${path.length} hashes, not the number its place in the tree asks for`);
    if (hex(found) !== hex(root)) refuse(`the proof leads to root ${base64(found)}, not to ${rootText}`);
    held.push({ step, found: base64(found) });
    return { holds: true, held, failed: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { holds: false, held, failed: { step, why } };
  }
}
