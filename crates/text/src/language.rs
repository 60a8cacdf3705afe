//! The language of the article.

use crate::words::{fold, words};
use model::{Because, Document, Note, PassageKind, Severity};
use std::collections::{BTreeMap, BTreeSet};

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
/// The page's own commonest words: one of them stands in nearly every paragraph of its language.
const COMMON_WORDS: usize = 24;
/// Share of words, in per cent, that must be common ones; ordinary prose has 30 and more.
const COMMON_MIN: usize = 8;

/// Marks the paragraphs that are in another language than the page, and says so in one note. They stay in the
/// document as they are; who reads the page's language leaves them alone.
pub(crate) fn mark_other_languages(document: &mut Document) {
    let Some(own) = document.language.clone() else {
        return;
    };
    let common = common_words(document);
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for passage in document
        .passages
        .iter_mut()
        .filter(|passage| passage.kind.is_main())
    {
        let all = words(&passage.text);
        let known = all.iter().filter(|word| common.contains(*word)).count();
        if known * 100 > all.len() * COMMON_MIN
            || passage.text.chars().filter(|c| c.is_alphabetic()).count() < LETTERS_MIN
        {
            continue;
        }
        let Some(info) = whatlang::detect(&passage.text) else {
            continue;
        };
        let other = code(info.lang());
        if other != own && info.is_reliable() {
            met.insert(other);
            let words = format!("The paragraph is in \"{other}\", the page in \"{own}\".");
            passage
                .because
                .push(Because::new(OTHER_LANGUAGE_RULE, words).entry(other));
        }
    }
    if !met.is_empty() {
        let names: Vec<&str> = met.into_iter().collect();
        let what = format!(
            "paragraphs in \"{}\" stand on a page in \"{own}\"; they were not read",
            names.join("\", \"")
        );
        document
            .notes
            .push(Note::new(Severity::Partial, "text", &document.name, what));
    }
}

/// The commonest words of the article; all of them when it is short.
fn common_words(document: &Document) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for passage in document.passages.iter().filter(|passage| passage.kind.is_main()) {
        // A word counts once a paragraph, so that one paragraph in another language makes none common.
        let own: BTreeSet<String> = words(&passage.text).iter().map(|word| fold(word)).collect();
        for word in own {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    let mut ranked: Vec<(usize, String)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked
        .into_iter()
        .filter(|(count, _)| *count > 1)
        .take(COMMON_WORDS)
        .map(|(_, word)| word)
        .collect()
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
