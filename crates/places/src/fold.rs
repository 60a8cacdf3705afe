//! Folding keys: spellings of one name give one key. Gets any text, gives a key; never looks a place up.
//!
//! Four keys, each coarser than the one before, so that a match can say how far it had to bend the name:
//! `plain` (case, marks, apostrophes), `bare` (articles, spaces, doubled letters), `sound` (one letter for
//! what romanisations of Arabic, Kurdish and Persian write in several ways) and `bones` (its consonants).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Passes over a key before it is taken as settled. Each pass only removes or merges letters, so a key
/// settles in two or three; the cap keeps hostile input linear.
const PASSES_MAX: usize = 8;

/// Longest name that is folded, in characters. The longest spelling in our data has 58; what is longer is
/// no name, and folding a page as one name would be slow.
const NAME_CHARS_MAX: usize = 120;

/// Fewest consonants that make `bones` a key. With two, a third of Syrian names would share one.
const BONES_MIN: usize = 3;

/// Case, marks, apostrophes and punctuation folded; words kept, joined by one space.
pub(crate) fn plain(name: &str) -> String {
    settle(name, plain_once)
}

/// As `plain`, without articles, doubled letters and spaces: "As-Safira" and "Safirah" differ only by sound.
pub(crate) fn bare(name: &str) -> String {
    settle(name, |text| {
        squeeze(&without_articles(&plain_once(text)).concat())
    })
}

/// As `bare`, with one letter for each sound that romanisations write in several ways.
pub(crate) fn sound(name: &str) -> String {
    settle(name, |text| {
        let plain = plain_once(text);
        let words = without_articles(&plain);
        squeeze(&words.iter().map(|word| word_sound(word)).collect::<String>())
    })
}

/// The consonants of a `sound`, with `a` in front where the name starts with a vowel; `None` when too few.
/// Arabic script writes no short vowels, so this is the key on which both scripts can meet.
pub(crate) fn bones(sound: &str) -> Option<String> {
    let vowel = |letter: char| matches!(letter, 'a' | 'i' | 'u');
    let mut bones: String = sound.chars().filter(|letter| !vowel(*letter)).collect();
    if bones.chars().count() < BONES_MIN {
        return None;
    }
    if sound.starts_with(vowel) {
        bones.insert(0, 'a');
    }
    Some(squeeze(&bones))
}

/// The name in plain Latin letters with its case, for readers and word lists: "I‘zāz" becomes "I'zaz".
pub(crate) fn ascii(name: &str) -> String {
    name.nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| {
            if is_apostrophe(letter) {
                '\''
            } else {
                special(letter)
            }
        })
        .collect()
}

/// Whether a letter stands for hamza, ayn or a soft sign in romanisations.
pub(crate) fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '′' | '＇'
    )
}

/// Whether a name is written in Arabic script.
pub(crate) fn is_arabic(name: &str) -> bool {
    name.chars()
        .any(|letter| matches!(letter, '\u{0620}'..='\u{06ff}' | '\u{0750}'..='\u{077f}'))
}

fn settle(name: &str, fold: impl Fn(&str) -> String) -> String {
    let short: String = name.chars().take(NAME_CHARS_MAX).collect();
    let mut key = fold(&short);
    for _ in 0..PASSES_MAX {
        let next = fold(&key);
        if next == key {
            break;
        }
        key = next;
    }
    key
}

fn plain_once(name: &str) -> String {
    if name.is_ascii() {
        return plain_ascii(name);
    }
    let mut key = String::with_capacity(name.len());
    for letter in name.nfkd().flat_map(char::to_lowercase).nfkd() {
        let letter = special(letter);
        if is_dropped(letter) {
            continue;
        }
        if letter.is_alphanumeric() {
            key.push(letter);
        } else if !key.ends_with(' ') && !key.is_empty() {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The same for plain ASCII, which most names are, without Unicode tables.
fn plain_ascii(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter.to_ascii_lowercase());
        } else if !is_apostrophe(letter) && !key.ends_with(' ') && !key.is_empty() {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Marks, apostrophes, hamza on the line, tatweel and direction marks vanish; everything else that is no
/// letter parts words.
fn is_dropped(letter: char) -> bool {
    is_combining_mark(letter)
        || is_apostrophe(letter)
        || is_tatweel(letter)
        || letter == 'ء'
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn is_tatweel(letter: char) -> bool {
    letter == 'ـ'
}

/// Letters that NFKD leaves alone but that are written for one another.
fn special(letter: char) -> char {
    match letter {
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ə' => 'e',
        'ß' => 's',
        'æ' => 'a',
        'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ێ' => 'ي',
        'ة' | 'ہ' | 'ە' | 'ھ' | 'ۀ' => 'ه',
        'ک' => 'ك',
        'ۆ' | 'ۇ' => 'و',
        'ء' => '\'',
        other => other,
    }
}

/// Articles of romanised Arabic; before a sun letter they take its sound, so those count only there.
fn is_article(word: &str, next: &str) -> bool {
    match word {
        "al" | "el" | "ul" | "il" | "l" => true,
        "ash" | "esh" | "ech" | "ach" | "ush" => next.starts_with("sh") || next.starts_with("ch"),
        "adh" | "edh" => next.starts_with("dh") || next.starts_with('z'),
        "ath" | "eth" => next.starts_with("th"),
        "as" | "es" | "us" | "ar" | "er" | "ur" | "ad" | "ed" | "ud" | "an" | "en" | "un" | "at" | "et"
        | "ut" | "az" | "ez" | "uz" => next.starts_with(&word[1..]),
        "ej" | "aj" => next.starts_with('j'),
        _ => false,
    }
}

fn without_articles(plain: &str) -> Vec<&str> {
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let mut kept = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let article = words.get(at + 1).is_some_and(|next| is_article(word, next));
        if !article {
            kept.push(short_form(without_arabic_article(word)));
        }
    }
    kept
}

/// Words that names write out or cut short: "Saint John" and "St. John", "Mount Vernon" and "Mt. Vernon".
fn short_form(word: &str) -> &str {
    match word {
        "saint" => "st",
        "sainte" => "ste",
        "mount" => "mt",
        "fort" => "ft",
        other => other,
    }
}

/// The article of Arabic script is written with its word; three letters must be left to be a name.
fn without_arabic_article(mut word: &str) -> &str {
    while let Some(rest) = word.strip_prefix("ال")
        && rest.chars().count() >= 3
    {
        word = rest;
    }
    word
}

/// Doubled letters once.
fn squeeze(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for letter in text.chars() {
        if !key.ends_with(letter) || letter.is_numeric() {
            key.push(letter);
        }
    }
    key
}

/// What romanisations write in several ways, longest first: French, German, Turkish and Kurdish habits
/// beside English ones.
const SPELLINGS: [(&str, &str); 24] = [
    ("tch", "ʃ"),
    ("sch", "ʃ"),
    ("sh", "ʃ"),
    ("ch", "ʃ"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("dj", "j"),
    ("zh", "j"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("q", "k"),
    ("c", "k"),
    ("x", "h"),
    ("w", "u"),
    ("v", "u"),
    ("y", "i"),
    ("e", "a"),
    ("o", "u"),
    ("ş", "ʃ"),
    ("p", "b"),
];

fn word_sound(word: &str) -> String {
    let word = fused_article_off(word);
    let mut key = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        if let Some((from, to)) = SPELLINGS.iter().find(|(from, _)| rest.starts_with(from)) {
            key.push_str(to);
            rest = &rest[from.len()..];
        } else {
            match arabic_sound(letter) {
                Some(sound) => key.push_str(sound),
                None => key.push(letter),
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    let mut key = squeeze(&squeeze(&key).replace("ai", "i").replace("au", "u"));
    let open = ['a', 'i', 'u'];
    if key.ends_with('h') && key[..key.len() - 1].ends_with(open) && key.chars().count() > 2 {
        key.pop();
    }
    match key.as_str() {
        "kafar" | "kafr" | "kfar" | "kufr" | "kufar" => "kafr".to_owned(),
        _ => key,
    }
}

/// "Assafira" is "as-Safira" written as one word. Six letters, so that "Azzaz" and "Anna" keep theirs.
fn fused_article_off(word: &str) -> &str {
    let letters: Vec<char> = word.chars().take(6).collect();
    let fused = letters.len() == 6
        && matches!(letters[0], 'a' | 'e')
        && letters[1] == letters[2]
        && matches!(letters[1], 's' | 'z' | 'r' | 'd' | 't' | 'n' | 'l');
    if fused { &word[2..] } else { word }
}

/// Letters of Arabic script by the sound that romanisations give them.
fn arabic_sound(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ا' => "a",
        'ب' | 'پ' => "b",
        'ت' | 'ث' | 'ط' => "t",
        'ج' => "j",
        'چ' | 'ش' => "ʃ",
        'ح' | 'خ' => "h",
        'ه' => "h",
        'د' | 'ذ' | 'ض' => "d",
        'ر' | 'ڕ' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "j",
        'س' | 'ص' => "s",
        'ع' => "a",
        'غ' | 'گ' => "g",
        'ف' => "f",
        'ڤ' => "u",
        'ق' | 'ك' => "k",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "u",
        'ي' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
