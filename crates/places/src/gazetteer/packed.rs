//! The gazetteer as one run of bytes, so that a start costs nothing: rows are read when they are asked for.
//! Gets rows, gives bytes; gets bytes, gives rows and keys. Never folds a name and never decides anything.
//!
//! Layout, little-endian: a mark, the offset of each part's end (`Part`, in order), then the parts.
//! Numbers inside rows are of variable length (LEB128), texts have their length before them.

use super::Entry;
use crate::kind::Kind;
use crate::table::Row;
use model::{Edtf, LatLon, Metres};
use std::borrow::Cow;

/// What a packed gazetteer starts with; the last byte is the version of the layout.
const MARK: [u8; 8] = *b"TRUGAZ\0\x01";

/// Units of latitude and longitude in one degree: 1 cm on the globe, finer than any table of ours.
const PER_DEGREE: f64 = 1e7;

/// Bytes of one key: hash, entry, spelling.
pub(super) const KEY_BYTES: usize = 10;

/// The parts of a packed gazetteer, in the order they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Lines of file name, tab, SHA-256.
    Files,
    /// Offsets of rows, four bytes each.
    Offsets,
    /// The rows.
    Rows,
    /// Every spelling that pages may use, sorted, a line each.
    Names,
    /// Lines of word, tab, kind.
    Kinds,
    /// Lines of country, tab, word for its people.
    Demonyms,
    /// Keys of spellings, sorted, by the step that reaches them.
    Plain,
    Bare,
    Sound,
    Bones,
}

const PARTS: usize = Part::Bones as usize + 1;

/// A packed gazetteer, built in or made from tables.
#[derive(Clone)]
pub(super) struct Packed {
    bytes: Cow<'static, [u8]>,
    ends: [usize; PARTS],
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packed({} places, {} bytes)", self.count(), self.bytes.len())
    }
}

impl Packed {
    /// Takes bytes as they are; `None` when they are no packed gazetteer of this version, or cut off.
    pub(super) fn new(bytes: Cow<'static, [u8]>) -> Option<Self> {
        if !bytes.starts_with(&MARK) {
            return None;
        }
        let mut ends = [0; PARTS];
        let mut before = MARK.len() + 4 * PARTS;
        for (at, end) in ends.iter_mut().enumerate() {
            *end = usize::try_from(u32_at(&bytes, MARK.len() + 4 * at)?).ok()?;
            if *end < before || *end > bytes.len() {
                return None;
            }
            before = *end;
        }
        (before == bytes.len()).then_some(Self { bytes, ends })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn part(&self, part: Part) -> &[u8] {
        let at = part as usize;
        let start = at
            .checked_sub(1)
            .map_or(MARK.len() + 4 * PARTS, |before| self.ends[before]);
        &self.bytes[start..self.ends[at]]
    }

    /// A part that holds text.
    pub(super) fn text(&self, part: Part) -> &str {
        std::str::from_utf8(self.part(part)).unwrap_or_default()
    }

    /// How many places it holds.
    pub(super) fn count(&self) -> usize {
        self.part(Part::Offsets).len() / 4
    }

    /// The place at an index below `count`.
    pub(super) fn entry(&self, at: usize) -> Option<Entry<'_>> {
        let start = usize::try_from(u32_at(self.part(Part::Offsets), 4 * at)?).ok()?;
        let mut row = Reader(self.part(Part::Rows).get(start..)?);
        let kind = Kind::ALL.get(usize::from(*row.take(1)?.first()?))?.0;
        let country = std::str::from_utf8(row.take(2)?).ok()?.trim_end_matches('\0');
        let lat = degrees(row.take(4)?)?;
        let lon = degrees(row.take(4)?)?;
        let population = row.number()?;
        let admin1 = usize::try_from(row.number()?).ok()?.checked_sub(1);
        let radius = row.number()?;
        let file = usize::try_from(row.number()?).ok()?;
        #[expect(clippy::cast_precision_loss, reason = "no radius is longer than 2^52 metres")]
        let radius = match radius {
            0 => super::radius(kind, population),
            metres => Metres(metres as f64),
        };
        Some(Entry {
            kind,
            country,
            at: LatLon { lat, lon },
            population,
            admin1,
            radius,
            from: row.text()?,
            until: row.text()?,
            id: row.text()?,
            files: self.text(Part::Files),
            file,
            count: usize::try_from(row.number()?).ok()?,
            spellings: row,
        })
    }

    /// Entries and the number of their spelling whose key has this hash, from one part of keys.
    pub(super) fn keyed(&self, part: Part, hash: u32) -> impl Iterator<Item = (usize, usize)> + '_ {
        let keys = self.part(part);
        let hash_at = |at: usize| u32_at(keys, at * KEY_BYTES).unwrap_or(u32::MAX);
        let (mut low, mut high) = (0, keys.len() / KEY_BYTES);
        while low < high {
            let middle = usize::midpoint(low, high);
            if hash_at(middle) < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        keys[low * KEY_BYTES..]
            .chunks_exact(KEY_BYTES)
            .take_while(move |key| u32_at(key, 0) == Some(hash))
            .filter_map(|key| {
                let spelling = u16::from_le_bytes(key.get(8..10)?.try_into().ok()?);
                Some((usize::try_from(u32_at(key, 4)?).ok()?, usize::from(spelling)))
            })
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn degrees(bytes: &[u8]) -> Option<f64> {
    Some(f64::from(i32::from_le_bytes(bytes.try_into().ok()?)) / PER_DEGREE)
}

/// What is left of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'g>(&'g [u8]);

impl<'g> Reader<'g> {
    fn take(&mut self, count: usize) -> Option<&'g [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn text(&mut self) -> Option<&'g str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }
}

/// Writes parts one after the other and gives the whole.
#[derive(Default)]
pub(super) struct Writer {
    parts: Vec<Vec<u8>>,
}

impl Writer {
    /// Adds the next part.
    pub(super) fn part(&mut self, part: Part, bytes: Vec<u8>) {
        debug_assert_eq!(self.parts.len(), part as usize, "parts are written in order");
        self.parts.push(bytes);
    }

    /// The packed gazetteer.
    pub(super) fn finish(self) -> Packed {
        let mut bytes = MARK.to_vec();
        let mut ends = [0; PARTS];
        let mut end = MARK.len() + 4 * PARTS;
        for (known, part) in ends.iter_mut().zip(&self.parts) {
            end += part.len();
            *known = end;
            bytes.extend(u32::try_from(end).unwrap_or(u32::MAX).to_le_bytes());
        }
        bytes.extend(self.parts.concat());
        Packed {
            bytes: bytes.into(),
            ends,
        }
    }
}

/// Rows with their provinces, as offsets and bytes.
pub(super) fn rows<'r>(
    rows: impl Iterator<Item = (&'r Row, Option<usize>, &'r [String], usize)>,
) -> (Vec<u8>, Vec<u8>) {
    let (mut offsets, mut out) = (Vec::new(), Vec::new());
    for (row, admin1, spellings, file) in rows {
        offsets.extend(u32::try_from(out.len()).unwrap_or(u32::MAX).to_le_bytes());
        let kind = Kind::ALL.iter().position(|(kind, _)| *kind == row.kind);
        out.push(u8::try_from(kind.unwrap_or_default()).unwrap_or_default());
        let mut country = [0; 2];
        country
            .iter_mut()
            .zip(row.country.bytes())
            .for_each(|(to, from)| *to = from);
        out.extend(country);
        for degrees in [row.at.lat, row.at.lon] {
            #[expect(clippy::cast_possible_truncation, reason = "180 degrees fit into 31 bits")]
            let units = (degrees * PER_DEGREE).round() as i32;
            out.extend(units.to_le_bytes());
        }
        number(&mut out, row.population);
        number(&mut out, admin1.map_or(0, |at| at as u64 + 1));
        // A radius below a metre is one metre; 0 stands for "by kind and population".
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "radii are above 0 and shorter than half way round the globe"
        )]
        number(
            &mut out,
            row.radius.map_or(0, |radius| radius.0.round().max(1.0) as u64),
        );
        number(&mut out, file as u64);
        for day in [row.during.earliest(), row.during.latest()] {
            text(&mut out, &day.map_or_else(String::new, |day| day.to_string()));
        }
        text(&mut out, &row.id);
        number(&mut out, spellings.len() as u64);
        spellings.iter().for_each(|spelling| text(&mut out, spelling));
    }
    (offsets, out)
}

/// Sorted keys as bytes.
pub(super) fn keys(mut keys: Vec<(u32, u32, u16)>) -> Vec<u8> {
    keys.sort_unstable();
    keys.dedup();
    let mut out = Vec::with_capacity(keys.len() * KEY_BYTES);
    for (hash, entry, spelling) in keys {
        out.extend(hash.to_le_bytes());
        out.extend(entry.to_le_bytes());
        out.extend(spelling.to_le_bytes());
    }
    out
}

/// When a row holds, from what was written.
pub(super) fn during(from: &str, until: &str) -> Edtf {
    if from.is_empty() && until.is_empty() {
        return Edtf::unknown();
    }
    let day = |text: &str| Edtf::parse(text);
    Edtf::between(
        day(from).and_then(|day| day.earliest()),
        day(until).and_then(|day| day.latest()),
    )
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u64);
    out.extend(text.as_bytes());
}
