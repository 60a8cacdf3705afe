//! Parting what was glued: a title behind a share prompt, a caption in front of body text.

use super::Draft;
use crate::lexicon::{Damage, LineKind, LineRule, Place};
use crate::words::{Token, ends_sentence, fold, tokens};
use model::Because;
use std::collections::BTreeSet;

/// Words of a passage in which a caption's verb must stand: captions name people and titles first.
const CAPTION_HEAD_WORDS: usize = 40;
/// Words after the caption's verb in which the new sentence must begin.
const CAPTION_TAIL_WORDS: usize = 12;
/// Fewest words that make body text behind a caption.
const BODY_WORDS_MIN: usize = 5;

/// Parts drafts that hold two things.
pub(super) fn part(drafts: Vec<Draft>, lexicon: &Damage) -> Vec<Draft> {
    let common = common_words(&drafts);
    let mut parted = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(at) = share_prompt(&draft, lexicon) {
            let (mut prompt, mut rest) = split(&draft, at);
            prompt.because.push(Because::new("glued-title", "A prompt to share was glued to what follows."));
            rest.because.push(Because::new("glued-title", "The words stood glued to a prompt to share."));
            parted.extend([prompt, rest]);
        } else if let Some((at, key)) = glued_caption(&draft, lexicon, &common) {
            let (mut caption, rest) = split(&draft, at);
            caption.is_glued_caption = true;
            caption.kind = Some(model::PassageKind::Caption);
            caption.because.push(
                Because::new("glued-caption", "A caption was glued to the paragraph that follows it.").entry(key),
            );
            parted.extend([caption, rest]);
        } else {
            parted.push(draft);
        }
    }
    parted
}

fn split(draft: &Draft, at: usize) -> (Draft, Draft) {
    let half = |range| {
        let mut half = draft.clone();
        half.piece = draft.piece.part(range);
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

/// Words that the page writes in lower case somewhere: no proper names.
fn common_words(drafts: &[Draft]) -> BTreeSet<String> {
    drafts
        .iter()
        .flat_map(|draft| tokens(draft.text()))
        .filter(|token| token.is_word && token.text.starts_with(char::is_lowercase))
        .map(|token| fold(token.text))
        .collect()
}

/// Where body text begins behind a caption, and the data entry that knows the caption.
fn glued_caption(draft: &Draft, lexicon: &Damage, common: &BTreeSet<String>) -> Option<(usize, String)> {
    if draft.flags.caption || draft.flags.heading > 0 || !draft.is_main {
        return None;
    }
    let text = draft.text();
    let first_end = sentence_ends(text).next().unwrap_or(text.len());
    let tokens = tokens(text);
    let rules = lexicon
        .lines
        .iter()
        .filter(|rule| matches!(rule.kind, LineKind::Caption | LineKind::CaptionVerb));
    for rule in rules {
        let Some(after) = phrase_end(&tokens, rule) else { continue };
        let is_early = after <= CAPTION_HEAD_WORDS && tokens[after - 1].end <= first_end;
        if !is_early {
            continue;
        }
        let join = unstopped_join(&tokens, after, common).filter(|at| is_body(&text[*at..]));
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

/// One past the token with which the rule's words end.
fn phrase_end(tokens: &[Token<'_>], rule: &LineRule) -> Option<usize> {
    let words: Vec<&str> = rule.words.split(' ').collect();
    let bare = |word: &str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = words.into_iter().map(bare).collect();
    let head = &tokens[..tokens.len().min(CAPTION_HEAD_WORDS + words.len())];
    head.windows(words.len())
        .position(|window| window.iter().zip(&words).all(|(token, word)| fold(token.text) == *word))
        .map(|at| at + words.len())
}

/// Where a new sentence begins without a full stop before it: a capital on a word that the page elsewhere
/// writes in lower case, right after a lower-case word.
fn unstopped_join(tokens: &[Token<'_>], after: usize, common: &BTreeSet<String>) -> Option<usize> {
    let last = tokens.len().min(after + CAPTION_TAIL_WORDS);
    (after..last)
        .find(|index| {
            let (before, token) = (&tokens[index - 1], &tokens[*index]);
            token.is_word
                && token.spaced
                && token.text.starts_with(char::is_uppercase)
                && before.is_word
                && before.text.starts_with(char::is_lowercase)
                && common.contains(&fold(token.text))
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
        let is_title = matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Gen" | "Col" | "Lt" | "Capt" | "Sgt" | "St" | "Sen" | "Gov" | "Prof");
        let rest = text[at + c.len_utf8()..].trim_start_matches(['"', '\u{201D}', '\u{2019}', '\'', ')']);
        let next = rest.trim_start();
        let starts = next.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '\u{201C}') || c.is_alphabetic() && !c.is_lowercase());
        (!is_initial && !is_title && next.len() < rest.len() && starts).then(|| text.len() - rest.len())
    })
}
