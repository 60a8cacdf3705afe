//! Words for comparing: cut, lower-cased, with their place in the text.

/// A word or one other visible character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'t> {
    /// As written.
    pub(crate) text: &'t str,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// Letters or digits; otherwise one other character.
    pub(crate) is_word: bool,
}

/// Cuts text into words (letters, digits, inner apostrophes) and single other characters.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    first_tokens(text, usize::MAX)
}

/// The first of the tokens of a text.
pub(crate) fn first_tokens(text: &str, most: usize) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut spaced = true;
    let mut chars = text.char_indices().peekable();
    while all.len() < most
        && let Some((start, c)) = chars.next()
    {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        let is_word = c.is_alphanumeric();
        if is_word {
            while let Some(&(at, next)) = chars.peek() {
                let joins = next.is_alphanumeric()
                    || is_mark(next)
                    || (matches!(next, '\'' | '\u{2019}')
                        && text[at + next.len_utf8()..].starts_with(|after: char| after.is_alphabetic()));
                if !joins {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        all.push(Token {
            text: &text[start..end],
            start,
            end,
            spaced,
            is_word,
        });
        spaced = false;
    }
    all
}

/// Vowel signs and accents that stand on the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{200C}' | '\u{200D}')
}

/// Lower case with straight apostrophes.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A number for a word (FNV-1a over its folded letters): equal for words that fold alike, and made without a copy
/// where all letters are plain ones.
pub(crate) fn fold_key(word: &str) -> u64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        word.bytes()
            .map(|byte| byte.to_ascii_lowercase())
            .fold(START, hash)
    } else {
        fold(word).bytes().fold(START, hash)
    }
}

/// How many words a text has. Two letters of a script that writes no spaces between words count as one word.
pub(crate) fn count_words(text: &str) -> usize {
    let mut count = 0;
    for part in text.split_whitespace() {
        let unspaced = match part.is_ascii() {
            true => 0,
            false => part.chars().filter(|c| is_unspaced(*c)).count(),
        };
        count += (unspaced / 2).max(1);
    }
    count
}

/// Letters of scripts that write no spaces between words: Han, kana, Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// Only the words, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    tokens(text)
        .iter()
        .filter(|token| token.is_word)
        .map(|token| fold(token.text))
        .collect()
}

/// Words joined by one space: equal for texts that differ only in case, punctuation and spacing.
pub(crate) fn key(text: &str) -> String {
    words(text).join(" ")
}

/// Lower case, straight quotes, single spaces, no space at the ends; punctuation stays.
pub(crate) fn folded_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(
            part.chars()
                .map(|c| match c {
                    '\u{2018}' | '\u{2019}' => '\'',
                    '\u{201C}' | '\u{201D}' => '"',
                    c => c,
                })
                .flat_map(char::to_lowercase),
        );
    }
    line
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | '\u{201D}' | '\u{2019}' | '\u{BB}' | ')' | ']' | '\u{300D}' | '\u{FF09}'
            )
    });
    text.ends_with([
        '.', '!', '?', '\u{2026}', '\u{61F}', '\u{6D4}', '\u{964}', '\u{104B}', '\u{3002}', '\u{FF01}',
        '\u{FF1F}',
    ])
}
