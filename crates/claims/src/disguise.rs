//! Names written with letters that only look right: a Cyrillic "А" in "Аzaz", a mark of direction inside a word.
//! Whoever writes so may mean the name or may want a machine to miss it or a reader to be misled; the name is
//! offered as a candidate, never taken as read.

use crate::lexicon::Lexicon;
use crate::names::{ActorHit, HitForm};
use crate::phrase::{self, Hit, Piece};
use crate::reading::Reading;
use crate::spots::PlaceHit;
use language::Token;
use model::{ActorId, Because, Document, Note, PlaceRelation, PlaceRole, Resolution, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A word that reads as another once its letters are replaced by those they look like.
#[derive(Clone, Debug)]
pub(crate) struct Disguise {
    /// Usually one token; more where an unseen mark cuts the word.
    tokens: Range<usize>,
    /// The word in plain letters.
    plain: String,
}

/// The disguised words of a sentence. `text` is that of the passage.
pub(crate) fn find(tokens: &[Token], text: &str) -> Vec<Disguise> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() && found.len() < DISGUISES_MAX {
        let start = at;
        at += 1;
        while at < tokens.len() && is_cut_by_marks(text.get(tokens[at - 1].span.end..tokens[at].span.start)) {
            at += 1;
        }
        let words = &tokens[start..at];
        if words.len() == 1 && words[0].text.is_ascii() {
            continue;
        }
        let letters = words.iter().flat_map(|word| word.text.chars());
        let plain: Option<String> = letters.map(plain_letter).collect();
        if let Some(plain) = plain.filter(|plain| plain.chars().any(char::is_alphabetic)) {
            let written: String = words.iter().map(|word| word.text.as_str()).collect();
            if plain != written || words.len() > 1 {
                found.push(Disguise {
                    tokens: start..at,
                    plain,
                });
            }
        }
    }
    found
}

/// Whether two tokens belong together but for marks that nobody sees.
fn is_cut_by_marks(between: Option<&str>) -> bool {
    between.is_some_and(|between| {
        !between.is_empty()
            && between
                .chars()
                .all(|c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}'))
    })
}

/// The plain letter that a letter looks like, itself if it is plain or Latin, and nothing if it looks like none.
fn plain_letter(letter: char) -> Option<char> {
    let latin = letter.is_ascii()
        || ('\u{c0}'..='\u{24f}').contains(&letter)
        || ('\u{1e00}'..='\u{1eff}').contains(&letter);
    if latin {
        return Some(letter);
    }
    let shown = letter.to_string();
    let mut alike = unicode_security::skeleton(&shown);
    match (alike.next(), alike.next()) {
        (Some(plain), None) if plain.is_ascii_alphanumeric() || plain == '-' || plain == '\'' => Some(plain),
        _ => None,
    }
}

/// Most disguised words of a sentence that are looked up: far above any news; a text sewn with them is told of by
/// the page's own notes, and must not take long.
const DISGUISES_MAX: usize = 200;

/// The disguise that a token belongs to.
fn disguise_at<'r>(reading: &'r Reading, token: usize) -> Option<&'r Disguise> {
    let before = reading
        .disguises
        .partition_point(|disguise| disguise.tokens.start <= token);
    let disguise = reading.disguises.get(before.checked_sub(1)?)?;
    disguise.tokens.contains(&token).then_some(disguise)
}

/// The sentence's pieces with the disguised words in plain letters.
fn unmasked(reading: &Reading) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for piece in &reading.pieces {
        match disguise_at(reading, piece.token) {
            None => pieces.push(piece.clone()),
            Some(disguise) if disguise.tokens.start == piece.token => {
                pieces.extend(phrase::plain_pieces(piece.token, &disguise.plain));
            }
            Some(_) => {}
        }
    }
    pieces
}

/// Hits that rest on a disguised word, with the tokens that its name takes up.
fn resting<T: Clone>(reading: &Reading, hits: Vec<Hit<T>>) -> Vec<(Range<usize>, T)> {
    let widened = hits.into_iter().filter_map(|hit| {
        let touched = hit.tokens.clone().filter_map(|token| disguise_at(reading, token));
        let end = touched.last()?.tokens.end.max(hit.tokens.end);
        Some((hit.tokens.start..end, hit.value))
    });
    widened.collect()
}

/// Actors that the disguised words look like, as candidates.
pub(crate) fn actors(reading: &Reading, lexicon: &Lexicon) -> Vec<ActorHit> {
    if reading.disguises.is_empty() {
        return Vec::new();
    }
    let mut by_place: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (tokens, alias) in resting(reading, lexicon.aliases.find(&unmasked(reading), false)) {
        by_place
            .entry((tokens.start, tokens.end))
            .or_default()
            .push(alias.actor);
    }
    let hits = by_place.into_iter().map(|((start, end), mut known)| {
        known.sort_unstable();
        known.dedup();
        let ids: Vec<ActorId> = known
            .iter()
            .map(|&actor| lexicon.actor_at(actor).clone())
            .collect();
        let names: Vec<&str> = known
            .iter()
            .map(|&actor| lexicon.actors()[actor].name.as_str())
            .collect();
        ActorHit {
            label: reading.words(&(start..end)),
            because: because(reading, &(start..end), &names.join(" or ")),
            tokens: start..end,
            kind: lexicon.actors()[known[0]].kind.clone(),
            actor: Resolution::Candidates(ids),
            form: HitForm::Name,
        }
    });
    hits.collect()
}

/// Places that the disguised words look like; the name stays as written, so that no place is found for it.
pub(crate) fn places(reading: &Reading, lexicon: &Lexicon) -> Vec<PlaceHit> {
    if reading.disguises.is_empty() {
        return Vec::new();
    }
    let pieces = unmasked(reading);
    let known = resting(reading, lexicon.place_names.find(&pieces));
    let hits = known.into_iter().map(|(tokens, ())| {
        let plain: Vec<&str> = pieces
            .iter()
            .filter(|piece| tokens.contains(&piece.token))
            .map(|piece| piece.lower.as_str())
            .collect();
        PlaceHit {
            name: reading.words(&tokens),
            kind: String::new(),
            role: PlaceRole::Unknown,
            relation: PlaceRelation::At,
            because: because(reading, &tokens, &plain.join(" ")),
            name_tokens: tokens.clone(),
            tokens,
        }
    });
    hits.collect()
}

/// A note for every disguised name of a page, each once.
pub(crate) fn notes(document: &Document, readings: &[Reading]) -> Vec<Note> {
    let of = |reading: &Reading| -> Vec<String> {
        let actors = reading.actors.iter().map(|hit| &hit.because);
        let places = reading.places.iter().map(|hit| &hit.because);
        let told = actors.chain(places).filter(|because| because.rule == RULE);
        told.map(|because| because.words.clone()).collect()
    };
    let told: BTreeSet<String> = readings.iter().flat_map(of).collect();
    let note = |what: String| {
        Note::new(Severity::Partial, "claims", document.name.clone(), what)
            .next("Look at the page: if the name is meant, say so with a ruling; if not, somebody misleads.")
            .document(&document.id)
    };
    told.into_iter().map(note).collect()
}

/// The rule under which disguised names are told.
pub(crate) const RULE: &str = "look-alike-letters";

fn because(reading: &Reading, tokens: &Range<usize>, name: &str) -> Because {
    let words = reading.words(tokens);
    Because::new(
        RULE,
        format!("\"{words}\" looks like \"{name}\", written with letters of another script or unseen marks"),
    )
    .span(reading.span(tokens))
}

#[cfg(test)]
mod tests {
    use super::plain_letter;

    #[test]
    fn letters_of_other_scripts_show_the_letter_they_look_like() {
        let plain = |word: &str| word.chars().map(plain_letter).collect::<Option<String>>();
        assert_eq!(plain("\u{410}zaz").as_deref(), Some("Azaz"));
        assert_eq!(plain("H\u{430}m\u{430}").as_deref(), Some("Hama"));
        assert_eq!(
            plain("Erdo\u{11f}an").as_deref(),
            Some("Erdo\u{11f}an"),
            "Latin letters are no disguise"
        );
        assert_eq!(
            plain("\u{414}\u{430}\u{43c}\u{430}\u{441}\u{43a}"),
            None,
            "a name in its own script is none"
        );
    }
}
