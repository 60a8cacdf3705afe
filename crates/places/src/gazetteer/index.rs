//! Spellings folded and sorted, for look-up by key. Gets entries, gives the entries behind a name.

use super::{Entry, Match, Step, is_romanised};
use crate::fold;
use std::collections::BTreeMap;

/// How many letters two names with the same consonants may differ in by sound.
///
/// Letters. With 2, "Irbin" and "Arbin" meet and "Harim" and "Haramiya" do not; with 3, one Syrian name in
/// nine meets a stranger.
const BONES_APART_MAX: usize = 2;

/// Consonants, entry, sound and whether the spelling is in Arabic script.
type Bones = (Box<str>, u32, Box<str>, bool);

/// Sorted pairs of key and entry for each step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    plain: Vec<(Box<str>, u32)>,
    bare: Vec<(Box<str>, u32)>,
    sound: Vec<(Box<str>, u32)>,
    bones: Vec<Bones>,
    demonyms: Vec<(Box<str>, u32)>,
}

impl Index {
    pub(crate) fn build(entries: &[Entry], demonyms: &[(String, String)]) -> Self {
        let mut index = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            let romanised = is_romanised(&entry.country);
            for spelling in &entry.spellings {
                let plain = fold::plain(spelling);
                index.bare.push((fold::bare(&plain).into(), at));
                if romanised {
                    let sound = fold::sound(&plain);
                    if let Some(bones) = fold::bones(&sound) {
                        let arabic = fold::is_arabic(spelling);
                        index.bones.push((bones.into(), at, sound.clone().into(), arabic));
                    }
                    index.sound.push((sound.into(), at));
                }
                index.plain.push((plain.into(), at));
            }
            for (_, word) in demonyms
                .iter()
                .filter(|(country, _)| entry.kind == crate::kind::Kind::Country && *country == entry.country)
            {
                index.demonyms.push((fold::plain(word).into(), at));
            }
        }
        for keys in [
            &mut index.plain,
            &mut index.bare,
            &mut index.sound,
            &mut index.demonyms,
        ] {
            keys.retain(|(key, _)| !key.is_empty());
            keys.sort_unstable();
            keys.dedup();
        }
        index.bones.sort_unstable();
        index.bones.dedup();
        index
    }

    /// Entries behind a name, each with the nearest step that reaches it, in entry order.
    pub(crate) fn matches(&self, name: &str, entries: &[Entry]) -> Vec<Match> {
        let mut found: BTreeMap<usize, Step> = BTreeMap::new();
        let plain = fold::plain(name);
        add(&mut found, &self.plain, &plain, Step::Plain);
        add(&mut found, &self.bare, &fold::bare(name), Step::Bare);
        if found.is_empty() {
            add(&mut found, &self.demonyms, &plain, Step::Demonym);
        }
        if found.values().all(|step| *step != Step::Demonym) {
            let sound = fold::sound(name);
            add(&mut found, &self.sound, &sound, Step::Sound);
            if found.is_empty() {
                self.add_bones(name, &sound, &mut found);
            }
        }
        let matches = found.into_iter().filter(|(entry, _)| *entry < entries.len());
        matches.map(|(entry, step)| Match { entry, step }).collect()
    }

    /// Same consonants: in the same script the vowels must be close too; across scripts there are none.
    fn add_bones(&self, name: &str, sound: &str, found: &mut BTreeMap<usize, Step>) {
        let Some(bones) = fold::bones(sound) else {
            return;
        };
        let arabic = fold::is_arabic(name);
        let start = self.bones.partition_point(|(key, ..)| **key < *bones);
        let same = self.bones[start..].iter().take_while(|(key, ..)| **key == *bones);
        for (_, at, other, other_arabic) in same {
            if arabic != *other_arabic || letters_apart(sound, other) <= BONES_APART_MAX {
                found.entry(*at as usize).or_insert(Step::Bones);
            }
        }
    }
}

fn add(found: &mut BTreeMap<usize, Step>, keys: &[(Box<str>, u32)], key: &str, step: Step) {
    for at in behind(keys, key) {
        found.entry(at).or_insert(step);
    }
}

fn behind<'a>(keys: &'a [(Box<str>, u32)], key: &str) -> impl Iterator<Item = usize> + 'a {
    let start = keys.partition_point(|(known, _)| **known < *key);
    let end = start + keys[start..].partition_point(|(known, _)| **known <= *key);
    keys[start..end].iter().map(|(_, at)| *at as usize)
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
