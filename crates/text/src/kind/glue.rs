//! Parting what was glued: a title behind a share prompt, a caption in front of body text.

use super::Draft;
use crate::lexicon::{Damage, LineKind, Place};
use crate::words::{Token, ends_sentence, first_tokens, fold, tokens};
use model::Because;
use std::cell::OnceCell;

/// Words of a passage in which a caption's verb must stand: captions name people and titles first.
const CAPTION_HEAD_WORDS: usize = 40;
/// Words after the caption's verb in which the new sentence must begin.
const CAPTION_TAIL_WORDS: usize = 12;
/// Fewest words that make body text behind a caption.
const BODY_WORDS_MIN: usize = 5;

/// Parts drafts that hold two things.
pub(super) fn part(drafts: Vec<Draft>, lexicon: &Damage) -> Vec<Draft> {
    let mut parted = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        if let Some(at) = share_prompt(draft, lexicon) {
            let (mut prompt, mut rest) = split(draft, at);
            prompt.because.push(Because::new(
                "glued-title",
                "A prompt to share was glued to what follows.",
            ));
            rest.because.push(Because::new(
                "glued-title",
                "The words stood glued to a prompt to share.",
            ));
            parted.extend([prompt, rest]);
        } else if let Some((at, key)) = glued_caption(draft, lexicon, &drafts) {
            let (mut caption, rest) = split(draft, at);
            caption.is_glued_caption = true;
            caption.kind = Some(model::PassageKind::Caption);
            caption.because.push(
                Because::new(
                    "glued-caption",
                    "A caption was glued to the paragraph that follows it.",
                )
                .entry(key),
            );
            parted.extend([caption, rest]);
        } else {
            parted.push(draft.clone());
        }
    }
    parted
}

fn split(draft: &Draft, at: usize) -> (Draft, Draft) {
    let half = |range| {
        let mut half = draft.clone();
        half.piece = draft.piece.part(range);
        half.count = OnceCell::new();
        half.piece.trim();
        half
    };
    (half(0..at), half(at..draft.text().len()))
}

/// Where the words begin that a share prompt was glued to.
fn share_prompt(draft: &Draft, lexicon: &Damage) -> Option<usize> {
    if draft.words() > 40 {
        return None;
    }
    if !draft.text().contains(':') {
        return None;
    }
    let rules = lexicon.line_rules(draft.text(), draft.words());
    let (rule, _) = rules
        .iter()
        .find(|(rule, _)| rule.kind == LineKind::Share && rule.place == Place::Starts)?;
    let prompt = tokens(&rule.words).len();
    let own = tokens(draft.text());
    let after = own.get(prompt)?;
    let rest = own[prompt..].iter().filter(|token| token.is_word).count();
    (rest >= 3).then_some(after.start)
}

/// Whether the page writes a word in lower case somewhere: then it is no proper name.
fn is_common(word: &str, drafts: &[Draft]) -> bool {
    drafts.iter().any(|draft| {
        draft.text().match_indices(word).any(|(at, _)| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !is_letter(draft.text()[..at].chars().next_back())
                && !is_letter(draft.text()[at + word.len()..].chars().next())
        })
    })
}

/// Where body text begins behind a caption, and the data entry that knows the caption.
fn glued_caption(draft: &Draft, lexicon: &Damage, drafts: &[Draft]) -> Option<(usize, String)> {
    if draft.flags.caption || draft.flags.heading > 0 || !draft.is_main {
        return None;
    }
    let text = draft.text();
    let tokens = first_tokens(text, CAPTION_HEAD_WORDS + CAPTION_TAIL_WORDS + 1);
    let head = &tokens[..tokens.len().min(CAPTION_HEAD_WORDS)];
    let rules = lexicon.caption_words(head);
    if rules.is_empty() {
        return None;
    }
    let first_end = sentence_ends(text).next().unwrap_or(text.len());
    for (rule, after) in rules {
        if tokens[after - 1].end > first_end {
            continue;
        }
        let join = unstopped_join(&tokens, after, drafts).filter(|at| is_body(&text[*at..]));
        if let Some(at) = join {
            return Some((at, rule.key.clone()));
        }
        // A caption with its full stop, and body text behind it.
        if rule.kind == LineKind::Caption && first_end < text.len() && is_body(&text[first_end..]) {
            return Some((first_end, rule.key.clone()));
        }
    }
    None
}

fn is_body(text: &str) -> bool {
    text.split_whitespace().count() >= BODY_WORDS_MIN && ends_sentence(text)
}

/// Where a new sentence begins without a full stop before it: a capital on a word that the page elsewhere
/// writes in lower case, right after a lower-case word.
fn unstopped_join(tokens: &[Token<'_>], after: usize, drafts: &[Draft]) -> Option<usize> {
    let last = tokens.len().min(after + CAPTION_TAIL_WORDS);
    (after..last)
        .find(|index| {
            let (before, token) = (&tokens[index - 1], &tokens[*index]);
            token.is_word
                && token.spaced
                && token.text.starts_with(char::is_uppercase)
                && before.is_word
                && before.text.starts_with(char::is_lowercase)
                && is_common(&fold(token.text), drafts)
        })
        .map(|index| tokens[index].start)
}

/// Where sentences end that are followed by another: after the stop and its closing marks, at a space
/// before a capital or an opening quote. Initials do not end sentences.
pub(crate) fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter_map(move |(at, c)| {
        if !matches!(c, '.' | '!' | '?' | '\u{61F}') {
            return None;
        }
        let before = &text[..at];
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
        let is_title = matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Gen"
                | "Col"
                | "Lt"
                | "Capt"
                | "Sgt"
                | "St"
                | "Sen"
                | "Gov"
                | "Prof"
        );
        let rest = text[at + c.len_utf8()..].trim_start_matches(['"', '\u{201D}', '\u{2019}', '\'', ')']);
        let next = rest.trim_start();
        let starts = next.starts_with(|c: char| {
            c.is_uppercase() || matches!(c, '"' | '\u{201C}') || c.is_alphabetic() && !c.is_lowercase()
        });
        (!is_initial && !is_title && next.len() < rest.len() && starts).then(|| text.len() - rest.len())
    })
}
