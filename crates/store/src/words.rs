//! Words as the index of quotations knows them: cut and folded here, so that every database finds the same.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longest word in bytes; what stands beyond does not count.
///
/// 240: no word of any language is longer, and a kilobyte of letters without a space is no word. A server takes
/// no more than 2,046.
const WORD_BYTES_MAX: usize = 240;

/// The words of a text in order: letters, digits and the marks that make other letters of them. Letter case and
/// accents are folded away, and so are the vowel signs of Arabic and Hebrew, which most texts leave out.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    for letter in text.nfd().flat_map(char::to_lowercase) {
        if is_accent(letter) {
            continue;
        }
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            if word.len() + letter.len_utf8() <= WORD_BYTES_MAX {
                word.push(letter);
            }
        } else if !word.is_empty() {
            all.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}

/// What is asked for: a phrase for each part between spaces, and whether its last word is only a beginning.
pub(crate) fn phrases(question: &str) -> Vec<(Vec<String>, bool)> {
    let parts = question
        .split_whitespace()
        .map(|part| (words(part), part.ends_with('*')));
    parts.filter(|(words, _)| !words.is_empty()).collect()
}

/// Accents of Latin, Greek and Cyrillic letters; vowel signs and the lengthening stroke of Arabic; points of Hebrew.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{610}'..='\u{61a}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_vowel_signs_do_not_matter() {
        assert_eq!(words("Zümrüt, KARSA-5"), ["zumrut", "karsa", "5"]);
        assert_eq!(words("قَصْفٌ"), words("قصف"));
        assert_eq!(words("أحمد"), words("احمد"));
        assert_eq!(words(" \u{300}!\0"), [] as [&str; 0]);
        assert_eq!(words(&"x".repeat(1_000))[0].len(), WORD_BYTES_MAX);
    }

    #[test]
    fn a_question_is_phrases_and_beginnings() {
        let phrase = |words: &[&str], star| {
            (
                words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(),
                star,
            )
        };
        assert_eq!(
            phrases("Air-strikes on* \" *"),
            [phrase(&["air", "strikes"], false), phrase(&["on"], true)]
        );
    }
}
