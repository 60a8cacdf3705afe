//! Damage in a page: found, quoted, never mended.

use crate::kind::Draft;
use crate::lexicon::Damage;
use crate::words::{Token, fold, tokens};
use encoding_rs::WINDOWS_1252;
use model::{Artefact, ArtefactId, ArtefactKind, Because, DocumentId, PassageKind, Span};

/// Most hidden marks told one by one in a page; a text sewn with marks has thousands, and each tells the
/// same.
const MARKS_MAX: usize = 50;

/// Words that name a person's part, so that "he" may look back on one.
const PERSON_TITLES: [&str; 8] = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "minister",
    "general",
    "envoy",
];

/// All damage of a page, in page order.
pub(crate) fn artefacts(id: &DocumentId, drafts: &[Draft], lexicon: &Damage) -> Vec<Artefact> {
    let mut all = Vec::new();
    let mut marks = 0;
    let mut person_seen = false;
    for draft in drafts {
        phrases(draft, lexicon, &mut all);
        wrong_decoding(draft, &mut all);
        mixed_alphabets(draft, &mut all);
        // A soft hyphen only tells where a word may be broken.
        for (_, span, mark) in draft.piece.marks.iter().filter(|(.., mark)| *mark != '\u{AD}') {
            marks += 1;
            if marks <= MARKS_MAX {
                let what = format!(
                    "The mark U+{:04X} cannot be seen and was left out of the text.",
                    *mark as u32
                );
                all.push(found(
                    ArtefactKind::HiddenMark,
                    *span,
                    mark.to_string(),
                    String::new(),
                    Because::new("hidden-mark", what),
                ));
            }
        }
        if draft.is_title_again {
            let because = Because::new("title-again", "The title stands in the text once more.");
            all.push(found(
                ArtefactKind::RepeatedTitle,
                draft.piece.span(),
                draft.text().to_owned(),
                String::new(),
                because,
            ));
        }
        if draft.is_glued_caption {
            let because = draft
                .because
                .iter()
                .find(|because| because.rule == "glued-caption");
            let because = because.cloned().unwrap_or_else(|| {
                Because::new(
                    "glued-caption",
                    "A caption was glued to the paragraph that follows it.",
                )
            });
            all.push(found(
                ArtefactKind::GluedCaption,
                draft.piece.span(),
                draft.text().to_owned(),
                String::new(),
                because,
            ));
        }
        if draft.kind.is_some_and(PassageKind::is_main) {
            if !person_seen && let Some(word) = lost_antecedent(draft) {
                let because = Because::new(
                    "pronoun-without-person",
                    "The paragraph begins with a pronoun, and no person stands before it on the page.",
                );
                push_at(
                    &mut all,
                    draft,
                    word,
                    ArtefactKind::LostAntecedent,
                    String::new(),
                    because,
                );
            }
            person_seen = person_seen || names_person(draft.text());
        }
    }
    all.sort_by_key(|artefact| (artefact.span, artefact.kind));
    for artefact in &mut all {
        let (start, end) = (artefact.span.start.to_string(), artefact.span.end.to_string());
        artefact.id = ArtefactId::of(&[id.as_str(), artefact.kind.as_str(), &start, &end]);
        artefact.because.span.get_or_insert(artefact.span);
    }
    all
}

fn found(kind: ArtefactKind, span: Span, quote: String, proposed: String, because: Because) -> Artefact {
    Artefact {
        id: ArtefactId::of(&[]),
        kind,
        span,
        quote,
        proposed,
        because,
    }
}

fn push_at(
    all: &mut Vec<Artefact>,
    draft: &Draft,
    at: std::ops::Range<usize>,
    kind: ArtefactKind,
    proposed: String,
    because: Because,
) {
    let span = draft.piece.span_of(at.clone());
    all.push(found(kind, span, draft.text()[at].to_owned(), proposed, because));
}

/// Damaged fixed phrases, and articles that clash with the word behind them.
fn phrases(draft: &Draft, lexicon: &Damage, all: &mut Vec<Artefact>) {
    let tokens = tokens(draft.text());
    let hits = lexicon.phrases.find_in(&tokens, &lexicon.calendar);
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    for hit in hits {
        let entry = &lexicon.entries[hit.entry];
        let why = if entry.why.is_empty() {
            "The phrase is not one that writers use; a word of it was replaced."
        } else {
            &entry.why
        };
        let because = Because::new("fixed-phrase", why).entry(&entry.key);
        taken.push(hit.start..hit.end);
        push_at(all, draft, hit.start..hit.end, entry.kind, hit.proposed, because);
    }
    for pair in tokens.windows(2).filter(|pair| pair[0].text == "a") {
        let at = pair[0].start..pair[1].end;
        let is_known = taken
            .iter()
            .any(|range| range.start < at.end && at.start < range.end);
        if !is_known && clashes(&pair[0], &pair[1]) {
            let because = Because::new(
                "article-clash",
                "The article does not fit the word behind it, which was probably put in place of another.",
            );
            push_at(all, draft, at, ArtefactKind::SpunWord, String::new(), because);
        }
    }
}

/// "a" before a vowel that is spoken as one: a word was replaced and its article left.
fn clashes(article: &Token<'_>, word: &Token<'_>) -> bool {
    article.text == "a"
        && word.is_word
        && word.spaced
        && word.text.len() >= 4
        && word.text.bytes().all(|byte| byte.is_ascii_lowercase())
        && word.text.starts_with(['a', 'e', 'i', 'o'])
        && !["eu", "one", "once", "ewe"]
            .iter()
            .any(|start| word.text.starts_with(start))
}

/// Runs of letters that are UTF-8 read as windows-1252.
fn wrong_decoding(draft: &Draft, all: &mut Vec<Artefact>) {
    let text = draft.text();
    if text.is_ascii() {
        return;
    }
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        match (c.is_ascii(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                start = None;
                let run = &text[from..at];
                let (bytes, _, lossy) = WINDOWS_1252.encode(run);
                let Some(right) = std::str::from_utf8(&bytes)
                    .ok()
                    .filter(|_| !lossy && bytes.len() >= 2)
                else {
                    continue;
                };
                let because = Because::new(
                    "decoded-twice",
                    "The letters are UTF-8 that was read in another charset.",
                );
                push_at(
                    all,
                    draft,
                    from..at,
                    ArtefactKind::Other,
                    right.to_owned(),
                    because,
                );
            }
            _ => {}
        }
    }
}

/// Letters of other alphabets that look like Latin ones, after the confusables of Unicode TR39; a word that mixes
/// them is no word of any language.
const LOOK_ALIKES: [(char, char); 44] = [
    ('\u{0430}', 'a'),
    ('\u{0435}', 'e'),
    ('\u{043E}', 'o'),
    ('\u{0440}', 'p'),
    ('\u{0441}', 'c'),
    ('\u{0443}', 'y'),
    ('\u{0445}', 'x'),
    ('\u{0456}', 'i'),
    ('\u{0458}', 'j'),
    ('\u{0455}', 's'),
    ('\u{04BB}', 'h'),
    ('\u{0501}', 'd'),
    ('\u{0410}', 'A'),
    ('\u{0412}', 'B'),
    ('\u{0415}', 'E'),
    ('\u{041A}', 'K'),
    ('\u{041C}', 'M'),
    ('\u{041D}', 'H'),
    ('\u{041E}', 'O'),
    ('\u{0420}', 'P'),
    ('\u{0421}', 'C'),
    ('\u{0422}', 'T'),
    ('\u{0423}', 'Y'),
    ('\u{0425}', 'X'),
    ('\u{0406}', 'I'),
    ('\u{0408}', 'J'),
    ('\u{0405}', 'S'),
    ('\u{0391}', 'A'),
    ('\u{0392}', 'B'),
    ('\u{0395}', 'E'),
    ('\u{0396}', 'Z'),
    ('\u{0397}', 'H'),
    ('\u{0399}', 'I'),
    ('\u{039A}', 'K'),
    ('\u{039C}', 'M'),
    ('\u{039D}', 'N'),
    ('\u{039F}', 'O'),
    ('\u{03A1}', 'P'),
    ('\u{03A4}', 'T'),
    ('\u{03A5}', 'Y'),
    ('\u{03A7}', 'X'),
    ('\u{03BF}', 'o'),
    ('\u{0131}', 'i'),
    ('\u{217C}', 'l'),
];

/// Words in which letters of another alphabet stand among Latin ones.
fn mixed_alphabets(draft: &Draft, all: &mut Vec<Artefact>) {
    let text = draft.text();
    if text.is_ascii() {
        return;
    }
    let twin = |c: char| {
        LOOK_ALIKES
            .iter()
            .find(|(alike, _)| *alike == c)
            .map(|(_, latin)| *latin)
    };
    // Turkish writes its dotless letter among Latin ones.
    let is_foreign = |c: char| c != '\u{0131}' && twin(c).is_some();
    for token in tokens(text) {
        let word = token.text;
        let is_mixed = word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(is_foreign);
        let is_known =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '\u{2019}') || twin(c).is_some();
        if is_mixed && word.chars().all(is_known) {
            let right: String = word.chars().map(|c| twin(c).unwrap_or(c)).collect();
            let because = Because::new(
                "mixed-alphabets",
                "Letters of another alphabet stand in for Latin ones that look alike.",
            );
            push_at(
                all,
                draft,
                token.start..token.end,
                ArtefactKind::Other,
                right,
                because,
            );
        }
    }
}

/// The pronoun with which a paragraph of speech begins.
fn lost_antecedent(draft: &Draft) -> Option<std::ops::Range<usize>> {
    if !matches!(draft.kind, Some(PassageKind::Body | PassageKind::Lead)) {
        return None;
    }
    let tokens = tokens(draft.text());
    let first = tokens.first()?;
    (matches!(first.text, "He" | "She") && tokens.len() > 3).then_some(first.start..first.end)
}

/// Whether a text could name a person: two capitalised words in a row, a title, a capitalised word by a
/// verb of speech, or a word for a role ("official", "commander", "worker").
fn names_person(text: &str) -> bool {
    let tokens = tokens(text);
    let is_capital = |token: &Token<'_>| token.is_word && token.text.starts_with(char::is_uppercase);
    tokens.windows(2).enumerate().any(|(index, pair)| {
        let second = fold(pair[1].text);
        let first = fold(pair[0].text);
        (index > 0 && is_capital(&pair[0]) && is_capital(&pair[1]))
            || (PERSON_TITLES.contains(&first.as_str()) && is_capital(&pair[1]))
            || (matches!(first.as_str(), "said" | "says" | "added" | "told") && is_capital(&pair[1]))
            || (is_capital(&pair[0])
                && matches!(second.as_str(), "said" | "says" | "added" | "told" | "tells"))
            || is_role(&first)
            || is_role(&second)
    })
}

/// Words for people by what they do end in these ways more often than not; a wrong yes only keeps silent.
fn is_role(word: &str) -> bool {
    [
        "man",
        "woman",
        "official",
        "officer",
        "minister",
        "commander",
        "leader",
        "spokesperson",
        "activist",
        "doctor",
        "resident",
        "witness",
        "diplomat",
        "worker",
        "employee",
        "brother",
        "sister",
        "father",
        "mother",
        "boy",
        "girl",
        "fighter",
        "soldier",
        "ambassador",
        "envoy",
        "president",
        "chief",
        "head",
        "journalist",
        "analyst",
        "trader",
    ]
    .iter()
    .any(|role| word.ends_with(role))
}
