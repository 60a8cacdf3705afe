//! Cuts a text into tokens: where each begins and ends, nothing more.
//!
//! One pass, left to right, no look-back further than the current run of non-blank characters.

use std::ops::Range;

use crate::rules::Language;

/// The longest token in bytes. Longer runs (encoded blobs, text without spaces) are cut, so that every later
/// step costs a bounded amount per token. Raise it and a page of base64 becomes one "word" in every feature;
/// lower it and long web addresses fall apart. 256: the longest of 709 web
/// addresses in the throughput articles has 164.
const TOKEN_BYTES_MAX: usize = 256;

/// The byte ranges of the tokens of `text`, in order, without overlap and without blanks in them.
pub(crate) fn cut(text: &str, language: &Language) -> Vec<Range<usize>> {
    let mut cutter = Cutter {
        text,
        language,
        spans: Vec::with_capacity(text.len() / 5 + 4),
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphabetic() {
            // the plain word between blanks: nine runs in ten
            let mut end = at + 1;
            while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
                end += 1;
            }
            if end == bytes.len() || bytes[end].is_ascii_whitespace() {
                cutter.plain_word(at..end);
                at = end;
                continue;
            }
        } else if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let run = run_end(text, at);
        if run == at {
            at += char_at(text, at).map_or(1, char::len_utf8);
            continue;
        }
        cutter.run(at..run);
        at = run;
    }
    cutter.spans
}

/// Blanks between tokens: Unicode white space, and the marks that show nothing and direct nothing we read.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn run_end(text: &str, at: usize) -> usize {
    text[at..]
        .char_indices()
        .find(|&(_, c)| is_blank(c))
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// The straight apostrophe and the typographic ones that stand for it.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´')
}

/// Hyphens that join words: ASCII, Unicode hyphen, non-breaking hyphen.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '–' | '—' | '―' | '\u{2212}')
}

/// Letters, and what may stand on or between them without ending a word.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '_' | '\u{5b0}'..='\u{5c7}')
}

struct Cutter<'t> {
    text: &'t str,
    language: &'t Language,
    spans: Vec<Range<usize>>,
}

impl Cutter<'_> {
    fn push(&mut self, span: Range<usize>) {
        let Range { mut start, end } = span;
        while end - start > TOKEN_BYTES_MAX {
            let mut cut = start + TOKEN_BYTES_MAX;
            while !self.text.is_char_boundary(cut) {
                cut -= 1;
            }
            self.spans.push(start..cut);
            start = cut;
        }
        if start < end {
            self.spans.push(start..end);
        }
    }

    /// ASCII letters only.
    fn plain_word(&mut self, span: Range<usize>) {
        let word = &self.text[span.clone()];
        // the words to be split are short
        if (5..=6).contains(&word.len())
            && let Some(&at) = self.language.words.splits.get(word.to_ascii_lowercase().as_str())
        {
            self.push(span.start..span.start + at);
            self.push(span.start + at..span.end);
            return;
        }
        self.push(span);
    }

    /// A run without blanks.
    fn run(&mut self, run: Range<usize>) {
        let mut at = run.start;
        if let Some(end) = self.address_end(run.clone()) {
            self.push(at..end);
            at = end;
        }
        while at < run.end {
            let c = char_at(self.text, at).expect("inside the run");
            let next = at + c.len_utf8();
            at = if c.is_numeric() {
                self.number(at, run.end)
            } else if is_letter(c) {
                self.word(at, run.end)
            } else if c == '.'
                && char_at(self.text, next).is_some_and(|d| d.is_ascii_digit())
                && at == run.start
            {
                self.number(at, run.end)
            } else if is_apostrophe(c) {
                self.apostrophe(at, run.end)
            } else if matches!(c, '@' | '#') && at == run.start {
                let end = self.while_chars(next, run.end, |c| c.is_alphanumeric() || c == '_');
                self.push(at..end);
                end
            } else {
                self.mark(c, at, run.end)
            };
        }
    }

    /// Where a web or mail address that begins the run ends; trailing marks stay outside.
    fn address_end(&self, run: Range<usize>) -> Option<usize> {
        let word = &self.text[run.clone()];
        let begins = |prefix: &str| {
            word.len() > prefix.len()
                && word.is_char_boundary(prefix.len())
                && word[..prefix.len()].eq_ignore_ascii_case(prefix)
        };
        let is_web = begins("http://") || begins("https://") || begins("www.") || begins("ftp://");
        let is_mail = || {
            let Some((user, host)) = word.split_once('@') else {
                return false;
            };
            user.len() <= TOKEN_BYTES_MAX
                && user.chars().next().is_some_and(char::is_alphanumeric)
                && user
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
                && host.contains('.')
                && host.chars().next().is_some_and(char::is_alphanumeric)
        };
        if !is_web && !is_mail() {
            return None;
        }
        let trimmed = word.trim_end_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '"' | '”' | '’' | '\'' | '>' | '»'
            )
        });
        let close = trimmed
            .find(['<', '>', '"', '”', '“', '|'])
            .unwrap_or(trimmed.len());
        Some(run.start + close)
    }

    fn while_chars(&self, at: usize, end: usize, mut keep: impl FnMut(char) -> bool) -> usize {
        self.text[at..end]
            .char_indices()
            .find(|&(_, c)| !keep(c))
            .map_or(end, |(offset, _)| at + offset)
    }

    fn char_in(&self, at: usize, end: usize) -> Option<char> {
        if at < end { char_at(self.text, at) } else { None }
    }

    /// Digits with inner points, commas, colons and slashes; dates and telephone numbers with inner hyphens;
    /// ordinals and decades (`5th`, `1990s`); a unit glued on is cut off (`10|km`).
    fn number(&mut self, start: usize, end: usize) -> usize {
        let mut at = self.digits(start, end);
        at = self.hyphenated_digits(start, at, end);
        match self.char_in(at, end) {
            Some('%') | None => {}
            Some(c) if is_letter(c) => {
                let letters = self.while_chars(at, end, |c| is_letter(c) || c.is_numeric());
                let suffix = self.text[at..letters].to_lowercase();
                if self.language.words.units.contains(&suffix) || self.is_clock_suffix(&suffix, letters, end)
                {
                    self.push(start..at);
                    return at;
                }
                at = letters;
            }
            Some(_) => {}
        }
        self.push(start..at);
        at
    }

    /// `a` of a glued `a.m.`, `p` of `p.m.`
    fn is_clock_suffix(&self, suffix: &str, at: usize, end: usize) -> bool {
        matches!(suffix, "a" | "p") && matches!(&self.text.as_bytes()[at..end], [b'.', b'm' | b'M', ..])
    }

    fn digits(&self, start: usize, end: usize) -> usize {
        let mut at = self.while_chars(start, end, char::is_numeric);
        loop {
            let Some(c) = self.char_in(at, end) else { return at };
            let next = at + c.len_utf8();
            let follows_digit = self.char_in(next, end).is_some_and(|d| d.is_ascii_digit());
            let joins = match c {
                ',' => follows_digit && self.exactly_three_digits(next, end),
                '.' | ':' | '/' | '٬' | '٫' | '\'' => follows_digit,
                _ => false,
            };
            if !joins {
                return at.max(start + char_at(self.text, start).map_or(1, char::len_utf8));
            }
            at = self.while_chars(next, end, char::is_numeric);
        }
    }

    fn exactly_three_digits(&self, at: usize, end: usize) -> bool {
        self.while_chars(at, end, |c| c.is_ascii_digit()) == at + 3
    }

    /// `2016-05-04` and `212-555-0100` stay whole, `2011-2016` and `3-5` do not: a range is two numbers.
    fn hyphenated_digits(&self, start: usize, at: usize, end: usize) -> usize {
        let mut groups = 1;
        let mut last = at;
        while self.char_in(last, end).is_some_and(is_hyphen) {
            let group = last + char_at(self.text, last).map_or(1, char::len_utf8);
            let stop = self.while_chars(group, end, |c| c.is_ascii_digit());
            if stop == group {
                break;
            }
            groups += 1;
            last = stop;
        }
        let plain = self.text[start..last]
            .chars()
            .all(|c| c.is_ascii_digit() || is_hyphen(c));
        if groups >= 3 && plain { last } else { at }
    }

    /// A word with inner apostrophes, points, ampersands and hyphens, cut into its parts.
    fn word(&mut self, start: usize, end: usize) -> usize {
        let mut at = self.letters(start, end);
        // T-72, F-16, COVID-19: a short capitalised name, a hyphen, a number
        if let Some(code) = self.code_end(start, at, end) {
            self.push(start..code);
            return code;
        }
        at = self.with_points(start, at, end);
        if self.char_in(at, end) == Some('$') && self.text[start..at].chars().all(char::is_uppercase) {
            self.push(start..at + 1);
            return at + 1;
        }
        if self.char_in(at, end).is_some_and(is_hyphen) && self.keeps_hyphen(&self.text[start..at]) {
            let next = at + char_at(self.text, at).map_or(1, char::len_utf8);
            if self.char_in(next, end).is_some_and(is_letter) {
                at = self.letters(next, end);
            }
        }
        self.push_word(start..at);
        at
    }

    /// Letters and digits with inner apostrophes and ampersands.
    fn letters(&self, start: usize, end: usize) -> usize {
        let mut at = self.while_chars(start, end, |c| is_letter(c) || c.is_numeric());
        while let Some(c) = self.char_in(at, end) {
            let next = at + c.len_utf8();
            let inner = is_apostrophe(c) && c != '`' || c == '&' && self.is_short_capitals(start..at);
            if !inner || !self.char_in(next, end).is_some_and(is_letter) {
                break;
            }
            at = self.while_chars(next, end, |c| is_letter(c) || c.is_numeric());
        }
        at
    }

    /// `AT` of `AT&T`; the cap on its length keeps endless `A&A&A` from costing more than its length.
    fn is_short_capitals(&self, span: Range<usize>) -> bool {
        span.len() <= 8 && self.text[span].chars().all(char::is_uppercase)
    }

    /// Letters before the hyphen of a code such as `T-72`: more, and `Paris-2024` would be one word.
    const CODE_LETTERS_MAX: usize = 5;

    fn code_end(&self, start: usize, at: usize, end: usize) -> Option<usize> {
        let name = &self.text[start..at];
        let hyphen = self.char_in(at, end).filter(|&c| is_hyphen(c))?;
        let next = at + hyphen.len_utf8();
        let is_code = name.chars().count() <= Self::CODE_LETTERS_MAX
            && name.chars().next().is_some_and(char::is_uppercase)
            && self.char_in(next, end).is_some_and(|c| c.is_ascii_digit());
        is_code.then(|| self.while_chars(next, end, char::is_alphanumeric))
    }

    /// `U.S.`, `a.m.`, `Gen.`: the end including the points that belong to the word.
    fn with_points(&self, start: usize, at: usize, end: usize) -> usize {
        if self.char_in(at, end) != Some('.') {
            return at;
        }
        let mut stop = at;
        let mut letters = 0;
        let mut point = start;
        // single letters (or Ph, al) each with a point
        while let Some(c) = self.char_in(point, end).filter(|&c| is_letter(c)) {
            let next = point + c.len_utf8();
            if self.char_in(next, end) != Some('.') {
                break;
            }
            point = next + 1;
            stop = point;
            letters += 1;
        }
        if letters >= 2 {
            let last = self.char_in(stop, end);
            // U.S -> no last point: take the letter
            if let Some(c) = last.filter(|&c| is_letter(c)) {
                let next = stop + c.len_utf8();
                if !self.char_in(next, end).is_some_and(is_letter) {
                    return next;
                }
            }
            return stop;
        }
        let with_point = at + 1;
        let written = &self.text[start..with_point];
        let lower = written.to_lowercase();
        let words = &self.language.words;
        let first_upper = written.chars().next().is_some_and(char::is_uppercase);
        if words.titles.contains(&lower) || words.abbreviations.contains(&lower) && first_upper {
            return with_point;
        }
        if words.before_number.contains(&lower) {
            let rest = self.text[with_point..].trim_start_matches([' ', '\u{a0}']);
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return with_point;
            }
        }
        // Ph.D.
        if let Some(c) = self.char_in(with_point, end)
            && is_letter(c)
            && let Some('.') = self.char_in(with_point + c.len_utf8(), end)
        {
            let stop = with_point + c.len_utf8() + 1;
            if words
                .abbreviations
                .contains(&self.text[start..stop].to_lowercase())
            {
                return stop;
            }
        }
        if words.abbreviations.contains(&lower) && with_point == end && !self.ends_text(with_point) {
            return with_point;
        }
        // an initial: one capital, and a name after it
        if letters == 1 && first_upper {
            let rest = self.text[with_point..].trim_start_matches([' ', '\u{a0}']);
            if rest.starts_with(char::is_uppercase) && !written.starts_with('I') {
                return with_point;
            }
        }
        at
    }

    fn ends_text(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_none_or(|c| c == '\n')
    }

    fn keeps_hyphen(&self, word: &str) -> bool {
        word.len() <= 8 && self.language.words.prefixes.contains(&word.to_lowercase())
    }

    /// Cuts clitics off the end: `did|n't`, `Syria|'s`.
    fn push_word(&mut self, span: Range<usize>) {
        let word = &self.text[span.clone()];
        if !word.contains(is_apostrophe) {
            if word.is_ascii() {
                self.plain_word(span);
            } else {
                self.push(span);
            }
            return;
        }
        let lower = straight_lower(word);
        for clitic in &self.language.words.clitics {
            if lower.len() > clitic.len() && lower.ends_with(clitic.as_str()) {
                let letters = clitic.chars().count();
                let cut = word
                    .char_indices()
                    .rev()
                    .nth(letters - 1)
                    .map_or(0, |(offset, _)| offset);
                if cut > 0 {
                    self.push(span.start..span.start + cut);
                    self.push(span.start + cut..span.end);
                    return;
                }
            }
        }
        self.push(span);
    }

    /// A clitic standing alone, an elided word, a decade (`'90s`), or a quotation mark.
    fn apostrophe(&mut self, start: usize, end: usize) -> usize {
        let first = char_at(self.text, start).map_or(1, char::len_utf8);
        let next = start + first;
        if self.char_in(next, end).is_some_and(|c| c.is_ascii_digit()) {
            let digits = self.while_chars(next, end, |c| c.is_ascii_digit());
            let stop = self.while_chars(digits, end, |c| c == 's');
            if digits == next + 2 {
                self.push(start..stop);
                return stop;
            }
        }
        let letters = self.while_chars(next, end, is_letter);
        if letters > next {
            let lower = straight_lower(&self.text[start..letters]);
            let words = &self.language.words;
            if words.elided.contains(&lower) || words.clitics.contains(&lower) {
                self.push(start..letters);
                return letters;
            }
        }
        // '' and `` are one mark
        let twice = self.char_in(next, end) == char_at(self.text, start);
        let stop = if twice { next + first } else { next };
        self.push(start..stop);
        stop
    }

    /// Everything that is neither letter nor digit: runs of points, dashes, `!` and `?` are one token.
    fn mark(&mut self, c: char, start: usize, end: usize) -> usize {
        let next = start + c.len_utf8();
        let stop = match c {
            '.' => self.while_chars(next, end, |d| d == '.'),
            '!' | '?' => self.while_chars(next, end, |d| matches!(d, '!' | '?')),
            '*' | '=' | '_' | '~' => self.while_chars(next, end, |d| d == c),
            _ if is_dash(c) => self.while_chars(next, end, |d| d == c),
            // one sign with its variation selectors, skin tones and joiners
            _ => self.while_chars(next, end, |d| {
                matches!(d, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{20e3}')
            }),
        };
        self.push(start..stop);
        stop
    }
}

/// Lower case, with every apostrophe straight and soft hyphens gone.
pub(crate) fn straight_lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase().replace('`', "'");
    }
    let mut lower = String::with_capacity(word.len());
    for c in word.chars() {
        if is_apostrophe(c) {
            lower.push('\'');
        } else if c != '\u{ad}' {
            lower.extend(c.to_lowercase());
        }
    }
    lower
}
