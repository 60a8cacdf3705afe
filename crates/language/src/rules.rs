//! One language: its word lists, parsed once.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use crate::analysis::{Relation, Tag};
use crate::fault::Fault;
use crate::hash::{FastMap, FastSet};
use crate::lemma::LemmaTable;
use crate::number::NumberWords;
use crate::parser::{self, ParseModel};
use crate::tagger::{self, TagModel};
use crate::time::TimeWords;
use crate::vectors::{self, VECTOR_WIDTH, WordVectors};

/// The rules and weights of one language. Everything that differs between languages is in here, as data.
#[derive(Debug)]
pub struct Language {
    code: String,
    pub(crate) words: Words,
    pub(crate) lemmas: LemmaTable,
    pub(crate) numbers: NumberWords,
    pub(crate) times: TimeWords,
    tagger: Lazy<TagModel>,
    parser: Lazy<ParseModel>,
    vectors: Lazy<WordVectors>,
}

/// A model that is unpacked when it is first asked for: who only cuts sentences does not wait for it.
#[derive(Debug)]
struct Lazy<M> {
    file: Option<Cow<'static, [u8]>>,
    model: OnceLock<Option<M>>,
}

impl<M> Lazy<M> {
    fn new(file: Option<Cow<'static, [u8]>>) -> Lazy<M> {
        Lazy {
            file,
            model: OnceLock::new(),
        }
    }

    fn get(&self, decode: impl FnOnce(&[u8]) -> Option<M>) -> Option<&M> {
        let model = || self.file.as_deref().and_then(decode);
        self.model.get_or_init(model).as_ref()
    }

    /// There is a file, and it is not of this kind.
    fn is_other(&self, magic: [u8; 4]) -> bool {
        self.file.as_ref().is_some_and(|file| !file.starts_with(&magic))
    }
}

/// The data files of one language, as text.
#[derive(Clone, Debug)]
pub struct LanguageData<'t> {
    /// `words.tsv`
    pub words: &'t str,
    /// `lemmas.tsv`
    pub lemmas: &'t str,
    /// `numbers.tsv`
    pub numbers: &'t str,
    /// `times.tsv`
    pub times: &'t str,
    /// `tagger.bin`, as `cargo xtask train` writes it; without it every tag is [`crate::Tag::X`]
    pub tagger: Option<Cow<'static, [u8]>>,
    /// `parser.bin`, likewise; without it no token has a head
    pub parser: Option<Cow<'static, [u8]>>,
    /// `words.bin`, likewise; without it no word has a class or a vector
    pub vectors: Option<Cow<'static, [u8]>>,
}

impl Language {
    /// English, from the data and models compiled in; read on first use and kept.
    pub fn english() -> &'static Language {
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| {
            Language::read("en", ENGLISH_DATA).expect("the built-in data is checked by a test")
        });
        &ENGLISH
    }

    /// The language's BCP 47 code: `en`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The tags of one sentence cut elsewhere; all [`Tag::X`] without a tagger.
    pub fn tags(&self, words: &[&str]) -> Vec<Tag> {
        self.tag_model().map_or_else(
            || vec![Tag::X; words.len()],
            |model| tagger::tags(words, model, self.word_vectors()),
        )
    }

    /// Head (none for the root) and relation of every word of one sentence cut and tagged elsewhere; nothing
    /// without a parser.
    pub fn tree(&self, words: &[&str], tags: &[Tag]) -> Vec<(Option<usize>, Relation)> {
        self.parse_model().map_or_else(Vec::new, |model| {
            parser::tree(words, tags, model, self.word_vectors())
        })
    }

    /// The classes of a lower-cased word, from coarse to fine: words of one class are used alike, so a rule or a
    /// weight that holds for one may hold for all. `None` for rare words and without `words.bin`. There are
    /// [`vectors::CLASS_COUNTS`] of them.
    pub fn classes(&self, lower: &str) -> Option<[u16; 3]> {
        self.word_vectors()?.classes(lower)
    }

    /// Where a lower-cased word lies among the others: the product of two such vectors, over the square of
    /// [`vectors::VECTOR_LENGTH`], says how alike the words are used, from −1 to 1. `None` as for
    /// [`Language::classes`].
    pub fn vector(&self, lower: &str) -> Option<&[i8; VECTOR_WIDTH]> {
        self.word_vectors()?.vector(lower)
    }

    pub(crate) fn tag_model(&self) -> Option<&TagModel> {
        self.tagger.get(TagModel::decode)
    }

    pub(crate) fn parse_model(&self) -> Option<&ParseModel> {
        self.parser.get(ParseModel::decode)
    }

    pub(crate) fn word_vectors(&self) -> Option<&WordVectors> {
        self.vectors.get(WordVectors::decode)
    }

    /// A language from its data files, or every fault found in them.
    pub fn read(code: &str, data: LanguageData) -> Result<Language, Vec<Fault>> {
        let mut faults = Vec::new();
        let language = Language {
            code: code.to_owned(),
            words: Words::read(data.words, &mut faults),
            lemmas: LemmaTable::read(data.lemmas, &mut faults),
            numbers: NumberWords::read(data.numbers, &mut faults),
            times: TimeWords::read(data.times, &mut faults),
            tagger: Lazy::new(data.tagger),
            parser: Lazy::new(data.parser),
            vectors: Lazy::new(data.vectors),
        };
        let unread = [
            ("tagger.bin", language.tagger.is_other(tagger::MAGIC)),
            ("parser.bin", language.parser.is_other(parser::MAGIC)),
            ("words.bin", language.vectors.is_other(vectors::MAGIC)),
        ];
        for (file, _) in unread.into_iter().filter(|(_, unread)| *unread) {
            let what = "not a model file of this version; cargo xtask train writes one".to_owned();
            faults.push(Fault {
                file: file.to_owned(),
                line: 0,
                what,
            });
        }
        if faults.is_empty() {
            Ok(language)
        } else {
            Err(faults)
        }
    }
}

/// The English data compiled in.
const ENGLISH_DATA: LanguageData = LanguageData {
    words: include_str!("../data/en/words.tsv"),
    lemmas: include_str!("../data/en/lemmas.tsv"),
    numbers: include_str!("../data/en/numbers.tsv"),
    times: include_str!("../data/en/times.tsv"),
    tagger: Some(Cow::Borrowed(include_bytes!("../../../models/en/tagger.bin"))),
    parser: Some(Cow::Borrowed(include_bytes!("../../../models/en/parser.bin"))),
    vectors: Some(Cow::Borrowed(include_bytes!("../../../models/en/words.bin"))),
};

/// The word lists of `words.tsv`, by class. All lower case.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) titles: FastSet<String>,
    pub(crate) abbreviations: FastSet<String>,
    pub(crate) before_number: FastSet<String>,
    /// Longest first, so that the first match is the right one.
    pub(crate) clitics: Vec<String>,
    pub(crate) splits: FastMap<String, usize>,
    pub(crate) prefixes: FastSet<String>,
    pub(crate) elided: FastSet<String>,
    pub(crate) units: FastSet<String>,
    pub(crate) starters: FastSet<String>,
}

impl Words {
    fn read(tsv: &str, faults: &mut Vec<Fault>) -> Words {
        const FILE: &str = "words.tsv";
        let mut words = Words::default();
        for (line, [class, word, value]) in rows::<3>(FILE, tsv, faults) {
            let word = word.to_owned();
            let new = match class {
                "title" => words.titles.insert(word),
                "abbreviation" => words.abbreviations.insert(word),
                "before-number" => words.before_number.insert(word),
                "prefix" => words.prefixes.insert(word),
                "elided" => words.elided.insert(word),
                "unit" => words.units.insert(word),
                "starter" => words.starters.insert(word),
                "clitic" => {
                    words.clitics.push(word);
                    true
                }
                "split" => match value.parse() {
                    Ok(at) if word.is_char_boundary(at) && at > 0 && at < word.len() => {
                        words.splits.insert(word, at).is_none()
                    }
                    _ => {
                        let what = format!("\"{value}\" is not a length inside \"{word}\"");
                        faults.push(Fault {
                            file: FILE.to_owned(),
                            line,
                            what,
                        });
                        true
                    }
                },
                _ => {
                    let what = format!("\"{class}\" is not a class named at the top of the file");
                    faults.push(Fault {
                        file: FILE.to_owned(),
                        line,
                        what,
                    });
                    true
                }
            };
            if !new {
                let what = format!("\"{class}\" is given twice for this word");
                faults.push(Fault {
                    file: FILE.to_owned(),
                    line,
                    what,
                });
            }
        }
        words
            .clitics
            .sort_by_key(|clitic| std::cmp::Reverse(clitic.len()));
        words
    }
}

/// The rows of a TSV text with exactly `N` columns: line number and cells. Lines that begin with `#` and empty
/// lines are skipped; one of the `#` lines must name the `source:`. Faults go to `faults`.
pub(crate) fn rows<'t, const N: usize>(
    file: &str,
    tsv: &'t str,
    faults: &mut Vec<Fault>,
) -> Vec<(usize, [&'t str; N])> {
    let mut rows = Vec::new();
    let mut sourced = false;
    for (index, line) in tsv.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            sourced |= line.contains("source:");
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        match <[&str; N]>::try_from(cells) {
            Ok(cells) if cells.iter().all(|cell| !cell.is_empty() && cell.trim() == *cell) => {
                rows.push((index + 1, cells));
            }
            _ => faults.push(Fault {
                file: file.to_owned(),
                line: index + 1,
                what: format!(
                    "expected {N} cells without blanks round them, parted by single tabs: \"{line}\""
                ),
            }),
        }
    }
    if !sourced {
        let what = "no \"# source:\" line says where this comes from".to_owned();
        faults.push(Fault {
            file: file.to_owned(),
            line: 0,
            what,
        });
    }
    rows
}

#[cfg(test)]
mod tests;
