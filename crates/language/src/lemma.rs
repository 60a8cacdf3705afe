//! The dictionary form of a word, by a table of irregular forms and ending rules.

use crate::analysis::{Sentence, Shape, Tag};
use crate::fault::Fault;
use crate::hash::{FastMap, FastSet};
use crate::rules::{Language, rows};
use crate::sentence::shape;
use crate::token::straight_lower;

/// Irregular forms and ending rules of one language.
#[derive(Debug, Default)]
pub(crate) struct LemmaTable {
    /// word class letter and form → lemma
    irregular: FastMap<(Class, String), String>,
    /// ending rules per class, in the order of the file: the first that fits is taken
    endings: FastMap<Class, Vec<Ending>>,
    /// known stems, to choose between `hope` and `hop` for `hoping`
    stems_in_e: FastSet<String>,
}

/// The word classes that inflect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    Noun,
    Verb,
    Adjective,
    /// Determiners, pronouns and the like: the table only.
    Other,
}

#[derive(Debug)]
struct Ending {
    cut: String,
    put: String,
    /// letters that must be left before the ending
    stem_min: usize,
}

impl LemmaTable {
    /// Reads `lemmas.tsv`: class, form or ending, lemma or replacement.
    pub(crate) fn read(tsv: &str, faults: &mut Vec<Fault>) -> LemmaTable {
        const FILE: &str = "lemmas.tsv";
        let mut table = LemmaTable::default();
        for (line, [class, form, lemma]) in rows::<3>(FILE, tsv, faults) {
            let mut fault = |what: String| {
                faults.push(Fault {
                    file: FILE.to_owned(),
                    line,
                    what,
                })
            };
            let (name, is_ending) = class
                .strip_suffix("-ending")
                .map_or((class, false), |name| (name, true));
            let class = match name {
                "noun" => Class::Noun,
                "verb" => Class::Verb,
                "adjective" => Class::Adjective,
                "other" => Class::Other,
                "stem-in-e" => {
                    table.stems_in_e.insert(form.to_owned());
                    continue;
                }
                _ => {
                    fault(format!(
                        "\"{class}\" is not one of noun, verb, adjective, other, stem-in-e"
                    ));
                    continue;
                }
            };
            if is_ending {
                let put = if lemma == "-" { "" } else { lemma };
                // a rule must leave a stem of three letters, or two where it puts letters back
                let stem_min = if put.is_empty() { 3 } else { 2 };
                let ending = Ending {
                    cut: form.to_owned(),
                    put: put.to_owned(),
                    stem_min,
                };
                table.endings.entry(class).or_default().push(ending);
            } else if table
                .irregular
                .insert((class, form.to_owned()), lemma.to_owned())
                .is_some()
            {
                fault(format!("\"{form}\" is given twice"));
            }
        }
        table
    }

    /// The lemma of a lower-cased word of that class.
    fn lemma(&self, class: Class, lower: &str) -> String {
        if let Some(lemma) = self.irregular.get(&(class, lower.to_owned())) {
            return lemma.clone();
        }
        let Some(endings) = self.endings.get(&class) else {
            return lower.to_owned();
        };
        let fits = |e: &&Ending| {
            lower.strip_suffix(e.cut.as_str()).is_some_and(|stem| {
                let is_vowel_needed = e.put == "?";
                stem.chars().count() >= e.stem_min
                    && (!is_vowel_needed || stem.contains(['a', 'e', 'i', 'o', 'u', 'y']))
            })
        };
        let Some(ending) = endings.iter().find(fits) else {
            return lower.to_owned();
        };
        let stem = &lower[..lower.len() - ending.cut.len()];
        if ending.put == "?" {
            self.restored(stem)
        } else {
            format!("{stem}{}", ending.put)
        }
    }

    /// The stem before `-ed` or `-ing`, with a doubled letter undone or a lost `e` put back.
    fn restored(&self, stem: &str) -> String {
        let letters: Vec<char> = stem.chars().collect();
        if self.stems_in_e.contains(stem) {
            return format!("{stem}e");
        }
        let [.., before, one, two] = letters[..] else {
            return stem.to_owned();
        };
        let doubled = one == two && !is_vowel(two) && !matches!(two, 'l' | 's' | 'z' | 'f');
        if doubled || one == two && two == 'l' && letters.len() > 4 && self.doubles_l(stem) {
            return letters[..letters.len() - 1].iter().collect();
        }
        let needs_e = match two {
            'v' | 'u' => true,
            'c' => true,
            'z' => one != 'z' && !is_vowel(before),
            's' if stem.ends_with("is") || stem.ends_with("ys") => letters.len() > 4,
            's' => is_vowel(one) && is_vowel(before) || one == 'r' || one == 'n' || one == 'l',
            'g' => {
                matches!(one, 'd' | 'r' | 'n') && stem.ends_with("dg")
                    || stem.ends_with("rg")
                    || stem.ends_with("ng") && stem.ends_with("ang") && letters.len() > 4
            }
            'l' => !is_vowel(one) && one != 'l' && one != 'r' && one != 'w',
            _ => false,
        };
        if needs_e {
            format!("{stem}e")
        } else {
            stem.to_owned()
        }
    }

    /// `cancelled`, `travelled`: a doubled l that British spelling adds.
    fn doubles_l(&self, stem: &str) -> bool {
        stem.ends_with("ell") && stem.chars().filter(|&c| is_vowel(c)).count() >= 2
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Writes the lemma of every token, by its tag. A token without tag is read as the likeliest class it fits.
pub(crate) fn write_lemmas(sentence: &mut Sentence, language: &Language) {
    for (i, token) in sentence.tokens.iter_mut().enumerate() {
        token.lemma = of(
            &token.text,
            &token.lower,
            token.shape,
            token.tag,
            i == 0,
            language,
        );
    }
}

/// The lemma of a word with a known tag, as it stands inside a sentence.
pub fn lemma_of(word: &str, tag: Tag, language: &Language) -> String {
    of(word, &straight_lower(word), shape(word), tag, false, language)
}

fn of(word: &str, lower: &str, shape: Shape, tag: Tag, is_first: bool, language: &Language) -> String {
    let table = &language.lemmas;
    match tag {
        Tag::Noun => table.lemma(Class::Noun, lower),
        Tag::Verb | Tag::Aux => table.lemma(Class::Verb, lower),
        // a capital inside a sentence marks a name's adjective: Syrian, United
        Tag::Adj if shape == Shape::Capitalised && !is_first => word.to_owned(),
        Tag::Adj | Tag::Adv => table.lemma(Class::Adjective, lower),
        Tag::Propn | Tag::Sym | Tag::Punct => word.to_owned(),
        Tag::X if shape == Shape::Word => untagged(table, lower),
        _ => table.lemma(Class::Other, lower),
    }
}

/// Without a tag: the table of any class, then the verb endings.
fn untagged(table: &LemmaTable, lower: &str) -> String {
    for class in [Class::Other, Class::Verb, Class::Noun] {
        let lemma = table.lemma(class, lower);
        if lemma != lower {
            return lemma;
        }
    }
    lower.to_owned()
}
