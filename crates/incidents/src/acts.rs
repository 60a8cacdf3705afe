//! Which acts may be names for one occurrence: by the hierarchy of `data/acts.tsv` and by the pairs of
//! `data/acts-together.tsv`.

use model::DataFault;
use std::collections::{BTreeMap, BTreeSet};

/// How well two acts fit as names for one occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// They exclude each other: an air strike is no car bomb.
    Distinct,
    /// Parts of one occurrence when one page tells both together.
    OnePage,
    /// Different in kind, yet used for one occurrence by different pages.
    Allied,
    /// Siblings below a common act that is itself specific: mortar and artillery.
    Cousin,
    /// One is a more general word for the other.
    Kin,
    /// The same act.
    Same,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Anywhere,
    /// The first act only by its own name: what is below it excludes the second.
    ByName,
    OnePage,
}

/// The acts with their hierarchy and the pairs that go together.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    parents: BTreeMap<String, Option<String>>,
    together: Vec<(String, String, Reach)>,
    means_not_told: BTreeSet<String>,
    pointers: BTreeSet<String>,
}

const ACTS_FILE: &str = "acts.tsv";
const TOGETHER_FILE: &str = "acts-together.tsv";
const REFERENCES_FILE: &str = "references.tsv";
const TOGETHER_RIGHT: &str =
    "a<tab>b<tab>anywhere | by-name | one-page | means-not-told<tab>meaning<tab>example<tab>source";

impl Acts {
    /// Reads `acts.tsv` (its id and parent columns), `acts-together.tsv` and every `references.tsv` among
    /// the files, each a path and its text; other files are left alone. All faults come back at once, and
    /// what could be read is kept.
    pub fn parse(files: &[(String, String)]) -> (Self, Vec<DataFault>) {
        let mut acts = Self::default();
        let mut faults = Vec::new();
        let named = |wanted: &'static str| {
            files
                .iter()
                .filter(move |(path, _)| path.rsplit(['/', '\\']).next() == Some(wanted))
        };
        for (path, text) in named(ACTS_FILE) {
            acts.read_acts(path, text, &mut faults);
        }
        for (path, text) in named(TOGETHER_FILE) {
            acts.read_together(path, text, &mut faults);
        }
        for (path, text) in named(REFERENCES_FILE) {
            acts.read_pointers(path, text, &mut faults);
        }
        (acts, faults)
    }

    fn read_acts(&mut self, path: &str, text: &str, faults: &mut Vec<DataFault>) {
        let right = "a header with the columns id and parent, then one act a line";
        let mut lines = numbered(text);
        let header: Vec<&str> = lines
            .next()
            .map_or_else(Vec::new, |(_, line)| line.split('\t').collect());
        let column = |name: &str| header.iter().position(|cell| *cell == name);
        let (Some(id_column), Some(parent_column)) = (column("id"), column("parent")) else {
            faults.push(DataFault::new(path, 1, "the header lacks id or parent", right));
            return;
        };
        let mut at = BTreeMap::new();
        for (number, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(parent)) = (cells.get(id_column), cells.get(parent_column)) else {
                faults.push(DataFault::new(path, number, "too few columns", right));
                continue;
            };
            let parent = (!parent.is_empty()).then(|| (*parent).to_owned());
            if self.parents.insert((*id).to_owned(), parent).is_some() {
                faults.push(DataFault::new(
                    path,
                    number,
                    format!("act \"{id}\" stands twice"),
                    right,
                ));
            }
            at.insert((*id).to_owned(), number);
        }
        self.check_parents(path, &at, faults);
    }

    fn check_parents(&mut self, path: &str, at: &BTreeMap<String, usize>, faults: &mut Vec<DataFault>) {
        let mut broken = Vec::new();
        for (id, number) in at {
            let Some(Some(parent)) = self.parents.get(id) else {
                continue;
            };
            if !self.parents.contains_key(parent) {
                let what = format!("parent \"{parent}\" of \"{id}\" is no act");
                let fault = DataFault::new(path, *number, what, "the id of an act in this file, or nothing");
                faults.push(fault.nearest(parent, self.parents.keys().map(String::as_str)));
                broken.push(id.clone());
            } else if self.ancestors(parent).contains(&id.as_str()) {
                let what = format!("\"{id}\" is its own ancestor");
                faults.push(DataFault::new(
                    path,
                    *number,
                    what,
                    "a parent that is not below the act",
                ));
                broken.push(id.clone());
            }
        }
        for id in broken {
            self.parents.insert(id, None);
        }
    }

    fn read_together(&mut self, path: &str, text: &str, faults: &mut Vec<DataFault>) {
        for (number, line) in numbered(text).skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [a, b, reach, meaning, example, source] = cells[..] else {
                faults.push(DataFault::new(path, number, "not six columns", TOGETHER_RIGHT));
                continue;
            };
            if meaning.is_empty() || example.is_empty() || source.is_empty() {
                let what = "meaning, example or source is empty";
                faults.push(DataFault::new(path, number, what, TOGETHER_RIGHT));
            }
            for act in [a, b] {
                if !act.is_empty() && !self.parents.contains_key(act) {
                    let fault = DataFault::new(path, number, format!("\"{act}\" is no act"), TOGETHER_RIGHT);
                    faults.push(fault.nearest(act, self.parents.keys().map(String::as_str)));
                }
            }
            match (reach, b.is_empty()) {
                ("anywhere", false) => self.together.push((a.into(), b.into(), Reach::Anywhere)),
                ("by-name", false) => self.together.push((a.into(), b.into(), Reach::ByName)),
                ("one-page", false) => self.together.push((a.into(), b.into(), Reach::OnePage)),
                ("means-not-told", true) => drop(self.means_not_told.insert(a.into())),
                _ => {
                    let fault = DataFault::new(
                        path,
                        number,
                        format!("reach \"{reach}\" does not fit"),
                        TOGETHER_RIGHT,
                    );
                    faults.push(fault.nearest(reach, ["anywhere", "by-name", "one-page", "means-not-told"]));
                }
            }
        }
    }

    fn read_pointers(&mut self, path: &str, text: &str, faults: &mut Vec<DataFault>) {
        for (number, line) in numbered(text).skip(1) {
            let mut cells = line.split('\t');
            match (cells.next(), cells.next()) {
                (Some(words), Some("act")) => drop(self.pointers.insert(words.to_lowercase())),
                (Some(_), Some(_)) => {}
                _ => faults.push(DataFault::new(
                    path,
                    number,
                    "too few columns",
                    "words<tab>points_to<tab>example",
                )),
            }
        }
    }

    /// The act itself, its parent, and so on up to the root.
    pub fn ancestors<'a>(&'a self, act: &'a str) -> Vec<&'a str> {
        let mut chain = vec![act];
        let mut at = act;
        while let Some(Some(parent)) = self.parents.get(at) {
            if chain.contains(&parent.as_str()) {
                break;
            }
            chain.push(parent);
            at = parent;
        }
        chain
    }

    /// How well two acts fit as names for one occurrence.
    pub fn compatible(&self, a: &str, b: &str) -> Fit {
        if a == b {
            return Fit::Same;
        }
        let (above_a, above_b) = (self.ancestors(a), self.ancestors(b));
        if above_a.contains(&b) || above_b.contains(&a) {
            return Fit::Kin;
        }
        let common = above_a.iter().find(|act| above_b.contains(act));
        if common.is_some_and(|act| !self.is_means_not_told(act)) {
            return Fit::Cousin;
        }
        let paired = |reach: Reach| {
            self.together.iter().any(|(x, y, at)| {
                let (x, y) = (x.as_str(), y.as_str());
                let of_first = |act: &str, above: &[&str]| match at {
                    Reach::ByName => act == x,
                    _ => above.contains(&x),
                };
                *at == reach
                    && ((of_first(a, &above_a) && above_b.contains(&y))
                        || (of_first(b, &above_b) && above_a.contains(&y)))
            })
        };
        if paired(Reach::Anywhere) || paired(Reach::ByName) {
            Fit::Allied
        } else if paired(Reach::OnePage) {
            Fit::OnePage
        } else {
            Fit::Distinct
        }
    }

    /// Whether the act says that something happened and not by what means.
    pub fn is_means_not_told(&self, act: &str) -> bool {
        self.means_not_told.contains(act)
    }

    /// Whether these words point at an act told elsewhere ("the blast"), after `references.tsv`; where no
    /// such table was read, any words that point at a claim are taken to do so.
    pub(crate) fn points_at_act(&self, words: &str) -> bool {
        self.pointers.is_empty() || self.pointers.contains(&words.to_lowercase())
    }

    /// Whether these words name an act: by `references.tsv`, or because they end in the key of an act.
    pub(crate) fn names_an_act(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let last = words.rsplit(' ').next().unwrap_or_default();
        self.pointers.contains(&words) || self.parents.contains_key(last)
    }

    /// How far below its root an act stands; 0 for a root.
    pub(crate) fn depth(&self, act: &str) -> usize {
        self.ancestors(act).len() - 1
    }
}

/// Lines with their numbers from 1, without empty lines and comments.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}
