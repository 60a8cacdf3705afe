//! The language of the article.

use crate::words::{first_tokens, fold_key};
use model::{Because, Document, Note, PassageKind, Severity};
use std::collections::{BTreeSet, HashMap};

/// Letters below which the language is not guessed: under 60 letters short texts of related languages are
/// told apart no better than by chance in most trials with `whatlang`.
const LETTERS_MIN: usize = 60;

/// Bytes of text after which more does not change the guess.
const LETTERS_ENOUGH: usize = 1_500;

/// The BCP 47 code of the article's language; `None` when there is too little text. What the page states of
/// itself decides only where the text leaves doubt.
pub(crate) fn language(document: &Document, stated: Option<&str>) -> Option<String> {
    let is_read = |kind: PassageKind| {
        matches!(
            kind,
            PassageKind::Body | PassageKind::Lead | PassageKind::Quotation | PassageKind::Title
        )
    };
    let mut text = String::new();
    for passage in document.passages.iter().filter(|passage| is_read(passage.kind)) {
        text.push_str(&passage.text);
        text.push(' ');
        if text.len() > LETTERS_ENOUGH {
            break;
        }
    }
    if text.chars().filter(|c| c.is_alphabetic()).count() < LETTERS_MIN {
        return None;
    }
    let info = whatlang::detect(&text)?;
    let guessed = code(info.lang());
    let stated = stated.map(|lang| lang.split(['-', '_']).next().unwrap_or(lang).to_ascii_lowercase());
    let stated = stated.filter(|lang| matches!(lang.len(), 2 | 3) && !info.is_reliable());
    Some(stated.unwrap_or_else(|| guessed.to_owned()))
}

/// Rule of the reason that a passage bears when it is in another language than its page; its entry is the language.
pub const OTHER_LANGUAGE_RULE: &str = "other-language";
/// Words of a paragraph that are looked at.
const HEAD_WORDS: usize = 40;
/// Share of those words, in per cent, that must be common on the page; ordinary prose has 20 and more.
const COMMON_MIN: usize = 8;

/// Marks the paragraphs that are in another language than the page, and says so in one note. They stay in the
/// document as they are; who reads the page's language leaves them alone.
///
/// A paragraph is only asked for its language when it holds hardly any of the words that the other paragraphs
/// share.
pub(crate) fn mark_other_languages(document: &mut Document) {
    let Some(own) = document.language.clone() else {
        return;
    };
    let heads: Vec<Vec<u64>> = document.main().map(|passage| head(&passage.text)).collect();
    // In how many paragraphs a word stands: one paragraph in another language makes none common.
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for word in heads.iter().flatten() {
        *counts.entry(*word).or_insert(0) += 1;
    }
    let least = (heads.len() / 5).max(2);
    let is_common = |word: &&u64| counts.get(*word).is_some_and(|count| *count >= least);
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let main = document
        .passages
        .iter_mut()
        .filter(|passage| passage.kind.is_main());
    for (passage, head) in main.zip(&heads) {
        let known = head.iter().filter(is_common).count();
        let letters = || passage.text.chars().filter(|c| c.is_alphabetic()).count();
        if known * 100 > head.len() * COMMON_MIN || letters() < LETTERS_MIN {
            continue;
        }
        let Some(info) = whatlang::detect(&passage.text) else {
            continue;
        };
        let other = code(info.lang());
        if other != own && info.is_reliable() {
            met.insert(other);
            let words = format!("The paragraph is in \"{other}\", the page in \"{own}\".");
            let because = Because::new(OTHER_LANGUAGE_RULE, words).entry(other);
            passage.because.push(because);
        }
    }
    if !met.is_empty() {
        let names: Vec<&str> = met.into_iter().collect();
        let names = names.join("\", \"");
        let what = format!(
            "paragraphs in \"{names}\" stand on a page in \"{own}\"; they are read only where that language is"
        );
        let note = Note::new(Severity::Partial, "text", &document.name, what);
        document.notes.push(note);
    }
}

/// The first words of a paragraph, each once.
fn head(text: &str) -> Vec<u64> {
    let tokens = first_tokens(text, HEAD_WORDS);
    let words = tokens.iter().filter(|token| token.is_word);
    let mut all: Vec<u64> = words.map(|token| fold_key(token.text)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Two-letter codes where BCP 47 has them.
fn code(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match lang {
        Lang::Eng => "en",
        Lang::Ara => "ar",
        Lang::Rus => "ru",
        Lang::Tur => "tr",
        Lang::Pes => "fa",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Ukr => "uk",
        Lang::Heb => "he",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Pol => "pl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Aze => "az",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Ind => "id",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Bel => "be",
        other => other.code(),
    }
}
