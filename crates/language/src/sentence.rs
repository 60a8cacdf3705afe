//! Groups tokens into sentences.
//!
//! A sentence ends at a full stop, question or exclamation mark with its closing quotes, at a blank line, at the
//! end of a line that is not the wrap of a longer one, and, whatever the text, after [`SENTENCE_TOKENS_MAX`]
//! tokens.

use std::ops::Range;

use crate::analysis::{Sentence, Shape, Tag, Token};
use crate::rules::Language;
use crate::token::{is_apostrophe, straight_lower};

/// The most tokens in one sentence. Lists without full stops and text without any are cut here, so that
/// taggers, parsers and rules that look over a whole sentence stay linear in the text. The longest sentence of
/// the UD English treebanks has 159 tokens; raise it and a page without full stops becomes one unit of reading,
/// lower it and long legal sentences are cut in two.
const SENTENCE_TOKENS_MAX: usize = 400;

/// Above this share (in hundredths) of single line ends followed by a lower-case letter, the text is taken to be
/// wrapped at a fixed width and a line end alone ends nothing. A choice, not a measurement: a new line, heading or
/// item seldom begins small, a wrapped one mostly does. Raise it and wrapped text falls into lines; lower it and
/// headlines melt into the text below them.
const WRAPPED_LOWER: usize = 20;

/// Above this share (in hundredths) of lines that the next word would have made too long, the text is taken to be
/// wrapped too; text in capitals shows it in no other way. Of 1,397 wire texts in capitals 95 in 100 lie above 58,
/// of 17 texts of lists and short posts with lines as wide the middle one at 25.
const WRAPPED_FULL: usize = 50;

/// Lines shorter or longer than this, in characters, are not those of a wrapped text: wire and mail wrap at 65 to
/// 80.
const WRAPPED_WIDTH: std::ops::RangeInclusive<usize> = 40..=100;

/// Fewer line ends than this show no width.
const WRAPPED_LINES_MIN: usize = 3;

/// Sentences over the tokens `spans` of `text`; every token lands in exactly one.
pub(crate) fn group(text: &str, spans: &[Range<usize>], language: &Language) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(spans.len() / 18 + 1);
    let wrapped = is_wrapped(text, spans);
    let mut start = 0;
    for i in 0..spans.len() {
        let full = i + 1 - start >= SENTENCE_TOKENS_MAX;
        if i + 1 == spans.len() || full || ends_after(text, spans, start, i, wrapped, language) {
            sentences.push(sentence(text, &spans[start..=i]));
            start = i + 1;
        }
    }
    sentences
}

fn sentence(text: &str, spans: &[Range<usize>]) -> Sentence {
    let tokens: Vec<Token> = spans.iter().map(|span| token(text, span.clone())).collect();
    Sentence {
        span: spans[0].start..spans[spans.len() - 1].end,
        tokens,
    }
}

fn token(text: &str, span: Range<usize>) -> Token {
    let written = &text[span.clone()];
    let lower = straight_lower(written);
    Token {
        text: written.to_owned(),
        lemma: lower.clone(),
        lower,
        shape: shape(written),
        span,
        tag: Tag::X,
        head: None,
        relation: None,
    }
}

/// What the letters of `word` look like.
pub(crate) fn shape(word: &str) -> Shape {
    let (mut upper, mut lower, mut digits) = (0usize, 0usize, 0usize);
    let first = word.chars().next();
    for c in word.chars() {
        if c.is_lowercase() {
            lower += 1;
        } else if c.is_uppercase() {
            upper += 1;
        } else if c.is_numeric() {
            digits += 1;
        } else if c.is_alphabetic() {
            lower += 1;
        }
    }
    match (upper + lower, digits) {
        (0, 0) if is_punctuation(first) => Shape::Punctuation,
        (0, 0) => Shape::Symbol,
        (0, _) => Shape::Number,
        (_, 1..) => Shape::Mixed,
        _ if upper >= 2 && lower == 0 => Shape::AllCaps,
        _ if first.is_some_and(char::is_uppercase) => Shape::Capitalised,
        _ if upper > 0 && !first.is_some_and(char::is_alphabetic) => Shape::Capitalised,
        _ => Shape::Word,
    }
}

fn is_punctuation(first: Option<char>) -> bool {
    first.is_some_and(|c| {
        matches!(c, '!' | '"' | '\'' | '(' | ')' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '[' | ']' | '{' | '}' | '*' | '_' | '`')
            || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '«' | '»' | '¡' | '¿' | '·' | '´')
            || matches!(c, '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
            || matches!(c, '\u{5be}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}')
    })
}

/// Are the lines of this text wrapped at a width, rather than one paragraph to a line?
fn is_wrapped(text: &str, spans: &[Range<usize>]) -> bool {
    let mut before_lower = 0;
    // length of each line that a single line end follows, and that with the next word
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut line_start = 0;
    for pair in spans.windows(2) {
        let ends = line_ends(text, &pair[0], &pair[1]);
        if ends == 0 {
            continue;
        }
        if ends == 1 {
            before_lower += usize::from(text[pair[1].start..].starts_with(char::is_lowercase));
            let length = text[line_start..pair[0].end].chars().count();
            lines.push((length, length + 1 + text[pair[1].clone()].chars().count()));
        }
        line_start = pair[1].start;
    }
    if before_lower * 100 > lines.len() * WRAPPED_LOWER {
        return true;
    }
    let mut lengths: Vec<usize> = lines.iter().map(|(length, _)| *length).collect();
    lengths.sort_unstable();
    // one line in ten may be longer: titles, tables
    let Some(&width) = lengths.get(lengths.len() * 9 / 10) else {
        return false;
    };
    let full = lines.iter().filter(|(_, with_next)| *with_next > width).count();
    lines.len() >= WRAPPED_LINES_MIN
        && WRAPPED_WIDTH.contains(&width)
        && full * 100 > lines.len() * WRAPPED_FULL
}

/// How many line ends part two neighbouring tokens.
fn line_ends(text: &str, left: &Range<usize>, right: &Range<usize>) -> usize {
    if right.start - left.end <= 1 {
        return usize::from(text.as_bytes()[left.end..right.start].first() == Some(&b'\n'));
    }
    let gap = &text[left.end..right.start];
    gap.chars().filter(|&c| matches!(c, '\n' | '\u{2028}')).count() + 2 * gap.matches('\u{2029}').count()
}

/// Does a sentence that began at token `start` end after token `i`?
fn ends_after(
    text: &str,
    spans: &[Range<usize>],
    start: usize,
    i: usize,
    wrapped: bool,
    language: &Language,
) -> bool {
    let next = &spans[i + 1];
    let gap = next.start - spans[i].end;
    let lines = if gap == 0 {
        0
    } else {
        line_ends(text, &spans[i], next)
    };
    if lines >= 2 {
        return true;
    }
    if lines == 1 && !wrapped && !text[next.clone()].starts_with(char::is_lowercase) {
        return true;
    }
    // back over closing quotes and brackets to the mark they follow
    let mut mark = i;
    while mark > start && closes(text, &spans[mark], next, i == mark) && touches(spans, mark) {
        mark -= 1;
    }
    if gap == 0 && mark == i {
        return ends_without_blank(text, spans, i);
    }
    if gap == 0 && !opens_or_letters(&text[next.clone()]) {
        return false;
    }
    let end = &text[spans[mark].clone()];
    match end.chars().next_back() {
        Some('!' | '?' | '؟' | '。' | '۔' | '！' | '？') => begins_sentence(&text[next.start..]),
        Some('.' | '…') if end.starts_with(['.', '…']) => {
            begins_sentence(&text[next.start..]) && !is_numbering(text, spans, start, mark)
        }
        Some('.') => mark == i && lines + gap > 0 && ends_abbreviation(end, &text[next.clone()], language),
        _ => false,
    }
}

fn touches(spans: &[Range<usize>], i: usize) -> bool {
    i > 0 && spans[i - 1].end == spans[i].start
}

/// Is this a quote or bracket that closes, as it stands before `next`?
fn closes(text: &str, span: &Range<usize>, next: &Range<usize>, is_last: bool) -> bool {
    let Some(c) = text[span.clone()].chars().next() else {
        return false;
    };
    match c {
        ')' | ']' | '}' | '”' | '»' => true,
        '"' | '\u{201f}' => !is_last || span.end < next.start,
        _ => is_apostrophe(c) && span.len() <= 3 && (!is_last || span.end < next.start),
    }
}

/// `stopped.Then` and `stopped."He`: a full stop, and a capital glued to it, as scraped pages have it.
fn ends_without_blank(text: &str, spans: &[Range<usize>], i: usize) -> bool {
    let is_stop = matches!(
        &text[spans[i].clone()],
        "." | "!" | "?" | "。" | "！" | "？" | "؟" | "۔"
    );
    let word_before = i > 0
        && text[spans[i - 1].clone()]
            .chars()
            .next_back()
            .is_some_and(char::is_lowercase);
    let wide = matches!(&text[spans[i].clone()], "。" | "！" | "？");
    wide && !closes_any(&text[spans[i + 1].clone()])
        || is_stop && word_before && {
            let mut next = text[spans[i + 1].clone()].chars();
            next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase)
        }
}

fn closes_any(token: &str) -> bool {
    token.starts_with([')', ']', '}', '”', '»', '"', '\'', '’', '」', '』', '）'])
}

fn opens_or_letters(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '(' | '[' | '«' | '‘'))
}

/// Can what follows begin a sentence? Not with a small letter or a mark that continues one.
fn begins_sentence(rest: &str) -> bool {
    let first = rest
        .chars()
        .find(|&c| !matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '„' | '¿' | '¡'));
    match first {
        None => true,
        Some(c) if c.is_lowercase() => false,
        Some(c) => !matches!(c, ',' | ';' | ':' | ')' | ']' | '.' | '!' | '?' | '%'),
    }
}

/// `1.` or `a)` before an item is not a sentence.
fn is_numbering(text: &str, spans: &[Range<usize>], start: usize, mark: usize) -> bool {
    mark == start + 1
        && spans[start].len() <= 3
        && text[spans[start].clone()].bytes().all(|b| b.is_ascii_digit())
}

/// An abbreviation with its own full stop ends the sentence when a word follows that begins sentences.
fn ends_abbreviation(end: &str, next: &str, language: &Language) -> bool {
    let words = &language.words;
    let lower = straight_lower(end);
    if words.titles.contains(&lower) || words.before_number.contains(&lower) {
        return false;
    }
    let Some(first) = next.chars().next() else {
        return true;
    };
    if matches!(first, '"' | '“' | '«' | '‘') {
        return words.abbreviations.contains(&lower);
    }
    let is_initial = end.chars().count() == 2;
    let is_name = first.is_uppercase();
    is_name && !is_initial && words.starters.contains(&straight_lower(next))
}
