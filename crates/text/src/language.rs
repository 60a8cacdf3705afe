//! The language of the article.

use model::{Document, PassageKind};

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
