//! Keys of spellings, for look-up. Gets entries, gives the entries behind a name.
//!
//! A key is the hash of a folded spelling with the entry and the spelling it came from; what a hash finds is
//! folded again and compared, so two names that share a hash are never taken for one.

use super::packed::{self, Packed, Part};
use super::{Match, Step, is_romanised};
use crate::fold;
use std::collections::BTreeMap;

/// How many letters two names with the same consonants may differ in by sound.
///
/// Letters. With 2, "Irbin" and "Arbin" meet and "Harim" and "Haramiya" do not; with 3, one Syrian name in
/// nine meets a stranger.
const BONES_APART_MAX: usize = 2;

/// Keys of all spellings, by step.
#[derive(Default)]
pub(super) struct Keys {
    plain: Vec<(u32, u32, u16)>,
    bare: Vec<(u32, u32, u16)>,
    sound: Vec<(u32, u32, u16)>,
    bones: Vec<(u32, u32, u16)>,
}

impl Keys {
    /// Adds the spellings of one entry.
    pub(super) fn add(&mut self, entry: usize, country: &str, spellings: &[String]) {
        let Ok(at) = u32::try_from(entry) else { return };
        for (spelling, nth) in spellings.iter().zip(0_u16..) {
            let plain = fold::plain(spelling);
            if plain.is_empty() {
                continue;
            }
            self.plain.push((hash(&plain), at, nth));
            let bare = fold::bare(&plain);
            // A spelling that is bare already is found among the plain ones.
            if bare != plain && !bare.is_empty() {
                self.bare.push((hash(&bare), at, nth));
            }
            if is_romanised(country) {
                let sound = fold::sound(&plain);
                if let Some(bones) = fold::bones(&sound) {
                    self.bones.push((hash(&bones), at, nth));
                }
                if !sound.is_empty() {
                    self.sound.push((hash(&sound), at, nth));
                }
            }
        }
    }

    /// The parts, in the order they are written.
    pub(super) fn parts(self) -> [(Part, Vec<u8>); 4] {
        [
            (Part::Plain, packed::keys(self.plain)),
            (Part::Bare, packed::keys(self.bare)),
            (Part::Sound, packed::keys(self.sound)),
            (Part::Bones, packed::keys(self.bones)),
        ]
    }
}

/// Entries behind a name, each with the nearest step that reaches it, in entry order. `people` holds words for
/// peoples.
pub(super) fn matches(packed: &Packed, people: &BTreeMap<String, Vec<usize>>, name: &str) -> Vec<Match> {
    let mut found: BTreeMap<usize, Step> = BTreeMap::new();
    let plain = fold::plain(name);
    let bare = fold::bare(name);
    add(packed, &mut found, Part::Plain, &plain, Step::Plain, fold::plain);
    add(packed, &mut found, Part::Plain, &bare, Step::Bare, fold::plain);
    add(packed, &mut found, Part::Bare, &bare, Step::Bare, |spelling| {
        fold::bare(&fold::plain(spelling))
    });
    // Articles and doubled letters are a matter of romanisation: elsewhere "Iraan" is not "Iran".
    if found.values().any(|step| *step == Step::Plain) {
        let romanised = |at: usize| packed.entry(at).is_some_and(|entry| is_romanised(entry.country));
        found.retain(|at, step| *step == Step::Plain || romanised(*at));
    }
    if found.is_empty()
        && let Some(countries) = people.get(&plain)
    {
        found.extend(countries.iter().map(|at| (*at, Step::Demonym)));
    }
    if found.values().all(|step| *step != Step::Demonym) {
        let sound = fold::sound(name);
        add(packed, &mut found, Part::Sound, &sound, Step::Sound, |spelling| {
            fold::sound(&fold::plain(spelling))
        });
        if found.is_empty() {
            add_bones(packed, name, &sound, &mut found);
        }
        let by_sound = |step: Step| matches!(step, Step::Sound | Step::Bones);
        if fold::is_arabic(name) {
            found.retain(|at, step| !by_sound(*step) || is_spelt_near(packed, *at, name));
        }
    }
    found
        .into_iter()
        .map(|(entry, step)| Match { entry, step })
        .collect()
}

fn add(
    packed: &Packed,
    found: &mut BTreeMap<usize, Step>,
    part: Part,
    key: &str,
    step: Step,
    fold: impl Fn(&str) -> String,
) {
    if key.is_empty() {
        return;
    }
    for (at, nth) in packed.keyed(part, hash(key)) {
        let spelling = packed.entry(at).and_then(|entry| entry.spellings().nth(nth));
        if !found.contains_key(&at) && spelling.is_some_and(|spelling| fold(spelling) == key) {
            found.insert(at, step);
        }
    }
}

/// Same consonants: in the same script the vowels must be close too; across scripts there are none.
fn add_bones(packed: &Packed, name: &str, sound: &str, found: &mut BTreeMap<usize, Step>) {
    let Some(bones) = fold::bones(sound) else {
        return;
    };
    let arabic = fold::is_arabic(name);
    for (at, nth) in packed.keyed(Part::Bones, hash(&bones)) {
        let Some(spelling) = packed.entry(at).and_then(|entry| entry.spellings().nth(nth)) else {
            continue;
        };
        let other = fold::sound(&fold::plain(spelling));
        let near = || arabic != fold::is_arabic(spelling) || letters_apart(sound, &other) <= BONES_APART_MAX;
        if fold::bones(&other).as_deref() == Some(bones.as_str()) && near() {
            found.entry(at).or_insert(Step::Bones);
        }
    }
}

/// Letters of Arabic script per letter in which two spellings of one name may differ: one in four, and one at least.
const ARABIC_LETTERS_PER_SLIP: usize = 4;

/// Whether a name in Arabic script is spelt like the entry's own Arabic name, when it has one. Romanisations drop ayn and
/// write one letter for several, so that by sound alone "al-'Attal" is "Ett Tell".
fn is_spelt_near(packed: &Packed, at: usize, name: &str) -> bool {
    let own = fold::bare(name);
    let slips = (own.chars().count() / ARABIC_LETTERS_PER_SLIP).max(1);
    let Some(entry) = packed.entry(at) else {
        return false;
    };
    let mut arabic = entry
        .spellings()
        .filter(|spelling| fold::is_arabic(spelling))
        .peekable();
    arabic.peek().is_none() || arabic.any(|spelling| letters_apart(&own, &fold::bare(spelling)) <= slips)
}

/// FNV-1a, folded to 32 bits.
fn hash(key: &str) -> u32 {
    let long = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    (long >> 32) as u32 ^ (long & 0xffff_ffff) as u32
}

/// Letters that must be put in, taken out or changed to make one of the other.
fn letters_apart(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
