//! Words of Arabic text: where they stand, and the forms under which tables may know them.

use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Its bytes in the passage.
    pub(crate) bytes: Range<usize>,
    /// The forms it may be, the first as written; each with the bytes of the letters taken off its front.
    pub(crate) forms: Vec<(String, usize)>,
    /// A mark or a line's end stands between it and the word before.
    pub(crate) parted: bool,
    /// It opens a hashtag.
    pub(crate) tagged: bool,
}

impl Word {
    /// As written, in plain letters.
    pub(crate) fn plain(&self) -> &str {
        self.forms.first().map_or("", |(form, _)| form)
    }
    /// Whether it can be this plain word, with or without what is attached to it.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.forms.iter().any(|(form, _)| form == word)
    }
    /// Whether it bears the article.
    pub(crate) fn has_article(&self) -> bool {
        ["ال", "وال", "بال", "فال", "كال", "وبال", "لل", "ولل"]
            .iter()
            .any(|front| self.plain().starts_with(front))
    }
    /// The number it writes in digits.
    pub(crate) fn digits(&self) -> Option<u64> {
        let digits: Option<String> = self
            .plain()
            .chars()
            .map(|c| c.to_digit(10).or(eastern_digit(c)))
            .map(|digit| digit.and_then(|digit| char::from_digit(digit, 10)))
            .collect();
        digits.filter(|digits| !digits.is_empty())?.parse().ok()
    }
}

/// `٠` to `٩` and the Persian forms.
fn eastern_digit(c: char) -> Option<u32> {
    match c {
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        _ => None,
    }
}

/// Whether a letter is of the Arabic script.
pub(crate) fn is_arabic(c: char) -> bool {
    ('\u{621}'..='\u{64a}').contains(&c) || ('\u{671}'..='\u{6d3}').contains(&c)
}

/// Plain letters: without vowel marks, stretching and hamza, and with one letter for those that the press writes for one
/// another.
pub(crate) fn fold(word: &str) -> String {
    let letter = |c: char| match c {
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => None,
        // Blanks and stars stand within a word only where its letters were driven apart.
        'ـ' | 'ء' | '\u{200b}'..='\u{200f}' | '.' | ' ' | '*' => None,
        'ٱ' => Some('ا'),
        'ى' | 'ی' => Some('ي'),
        'ة' => Some('ه'),
        'ک' => Some('ك'),
        c => Some(c),
    };
    word.nfd()
        .filter_map(letter)
        .flat_map(char::to_lowercase)
        .collect()
}

/// What may be attached to the front of a word: "and", "so", prepositions, the article, and some in a row.
const FRONTS: [&str; 16] = [
    "و", "ف", "ب", "ل", "ك", "ال", "لل", "وب", "ول", "وك", "وال", "ولل", "بال", "وبال", "فال", "كال",
];

/// Fewest letters left of a word when something is taken off its front.
const LETTERS_LEFT: usize = 2;

fn forms(written: &str) -> Vec<(String, usize)> {
    let plain = fold(written);
    let mut forms = vec![(plain.clone(), 0)];
    for front in FRONTS {
        let Some(rest) = plain
            .strip_prefix(front)
            .filter(|rest| rest.chars().count() >= LETTERS_LEFT)
        else {
            continue;
        };
        let letters = front.chars().count();
        forms.push((rest.to_owned(), bytes_of(written, letters)));
        // "للباب": the article has lost its first letter.
        if front.ends_with("لل") {
            forms.push((format!("ال{rest}"), bytes_of(written, letters - 1)));
        }
    }
    forms
}

/// Bytes that so many plain letters take up at the front of a word as written.
fn bytes_of(written: &str, letters: usize) -> usize {
    let mut left = letters;
    for (at, c) in written.char_indices() {
        if left == 0 {
            return at;
        }
        left -= usize::from(!fold(c.encode_utf8(&mut [0; 4])).is_empty());
    }
    written.len()
}

/// Most words of a sentence: posts without any mark are cut there, so that nothing is tied over a whole page.
const SENTENCE_WORDS_MAX: usize = 60;

/// The sentences of a passage as words.
pub(crate) fn sentences(text: &str) -> Vec<Vec<Word>> {
    let mut sentences = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut end = 0;
    for bytes in spans(text) {
        let between = text.get(end..bytes.start).unwrap_or_default();
        let ends = between
            .chars()
            .any(|c| matches!(c, '\n' | '!' | '?' | '؟' | '|' | '؛') || is_picture(c))
            || between.contains(". ")
            || between.contains("..")
            || between.starts_with('.') && between.len() > 1;
        if (ends && !words.is_empty()) || words.len() >= SENTENCE_WORDS_MAX {
            sentences.push(std::mem::take(&mut words));
        }
        let written = text.get(bytes.clone()).unwrap_or_default();
        words.push(Word {
            forms: forms(written),
            parted: between
                .chars()
                .any(|c| !c.is_whitespace() && !matches!(c, '_' | '#' | '"')),
            tagged: between.ends_with('#'),
            bytes: bytes.clone(),
        });
        end = bytes.end;
    }
    if !words.is_empty() {
        sentences.push(words);
    }
    sentences
}

/// A picture, an arrow or a bullet: posts open each part of a list with one. Unicode's blocks from arrows to
/// miscellaneous symbols, and those of pictographs.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2022}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Where words stand. Letters that were driven apart to escape a filter ("قـ.ـصف", "غا..رة") are one word.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut is_latin = false;
    for (at, c) in text.char_indices() {
        let part = c.is_alphanumeric() || c == 'ـ' || ('\u{64b}'..='\u{65f}').contains(&c) || c == '\u{670}';
        if !part {
            continue;
        }
        let width = c.len_utf8();
        // "أطمةpic.twitter.com": what is glued to a word in Latin letters is another word.
        let latin = c.is_ascii_alphabetic() || is_latin && !is_arabic(c);
        match spans.last_mut() {
            Some(last) if last.end == at && latin == is_latin => last.end = at + width,
            _ => spans.push(at..at + width),
        }
        is_latin = latin;
    }
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if driven_apart(text, last, &span) => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

/// Most letters of a piece of a word that was cut by dots alone, without a stretched letter beside them.
const PIECE_LETTERS_MAX: usize = 3;

/// Whether two pieces are of one word: a stretched letter beside a dot or a blank, or short pieces with nothing but dots
/// between them.
fn driven_apart(text: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    let piece = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let (left_text, right_text) = (piece(left), piece(right));
    let between = piece(&(left.end..right.start));
    if !left_text.chars().any(is_arabic) || !right_text.chars().any(is_arabic) {
        return false;
    }
    let stretched = left_text.ends_with('ـ') || right_text.starts_with('ـ');
    if stretched && left_text.ends_with('ـ') && right_text.starts_with('ـ') {
        return matches!(between, "." | ".." | " " | "*" | "");
    }
    let letters = |text: &str| text.chars().filter(|c| is_arabic(*c)).count();
    let short = letters(left_text).min(letters(right_text)) <= PIECE_LETTERS_MAX;
    matches!(between, "." | "..") && (stretched || short)
}

/// Phrases of plain words, each with a value.
#[derive(Clone, Debug)]
pub(crate) struct Table<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            by_first: HashMap::new(),
        }
    }
}

/// Words at which a phrase stands, how many bytes of its first word are not its own, and its value.
#[derive(Clone, Debug)]
pub(crate) struct Found<'t, T> {
    pub(crate) words: Range<usize>,
    pub(crate) skipped: usize,
    pub(crate) value: &'t T,
}

impl<T> Table<T> {
    /// Adds a phrase.
    pub(crate) fn add(&mut self, phrase: &str, value: T) {
        let words: Vec<String> = phrase
            .split(|c: char| c.is_whitespace() || c == '-')
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        if let Some(first) = words.first() {
            self.by_first
                .entry(first.clone())
                .or_default()
                .push((words, value));
        }
    }

    /// The longest phrases at a word, best first: of the word as written before its parts.
    pub(crate) fn at<'t>(&'t self, words: &[Word], start: usize) -> Option<Found<'t, T>> {
        let word = words.get(start)?;
        let mut best: Option<(usize, usize, &T)> = None;
        for (form, skipped) in &word.forms {
            for (phrase, value) in self.by_first.get(form).into_iter().flatten() {
                let rest = phrase.iter().skip(1).enumerate();
                let fits = rest.clone().all(|(step, part)| {
                    words
                        .get(start + 1 + step)
                        .is_some_and(|next| !next.parted && next.is(part))
                });
                if fits && best.as_ref().is_none_or(|(longest, ..)| phrase.len() > *longest) {
                    best = Some((phrase.len(), *skipped, value));
                }
            }
        }
        best.map(|(length, skipped, value)| Found {
            words: start..start + length,
            skipped,
            value,
        })
    }

    /// All phrases of a sentence, left to right, none within another.
    pub(crate) fn find<'t>(&'t self, words: &[Word]) -> Vec<Found<'t, T>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.at(words, at) {
                Some(hit) => {
                    at = hit.words.end;
                    found.push(hit);
                }
                None => at += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_with_what_is_attached_to_it() {
        let sentences = sentences("وبالقصف على إدلب، للباب");
        let words = &sentences[0];
        assert!(words[0].is("قصف") && words[2].is("ادلب") && words[3].is("الباب"));
        assert!(words[3].parted && !words[2].parted);
    }

    #[test]
    fn letters_driven_apart_are_one_word() {
        let sentences = sentences("قـ.ـصف الإسـ.ـرائيـ.ـلي بغا..رة، استـ.شهاد");
        assert_eq!(sentences[0].len(), 4);
        assert!(sentences[0][0].is("قصف") && sentences[0][1].is("اسراييلي"));
        assert!(sentences[0][2].is("غاره") && sentences[0][3].is("استشهاد"));
    }

    #[test]
    fn the_bytes_of_what_is_attached_are_told() {
        let mut table = Table::default();
        table.add("سرمين", ());
        let sentences = sentences("قصف بسرمين");
        let found = table.find(&sentences[0]);
        let word = &sentences[0][found[0].words.start];
        let written = "قصف بسرمين";
        assert_eq!(
            &written[word.bytes.start + found[0].skipped..word.bytes.end],
            "سرمين"
        );
    }

    #[test]
    fn digits_of_both_kinds_are_numbers() {
        let sentences = sentences("٧ شهداء و15 جريحا");
        assert_eq!(sentences[0][0].digits(), Some(7));
        assert!(sentences[0].iter().any(|word| word.plain() == "و15"));
    }
}
