//! Words that have no place in the repository: paths of somebody's machine, hosts of somebody's network,
//! switched-off tests, and talk about how the project is made instead of what it does.

use super::files::Tree;
use super::{Fault, source};

/// A word, as two halves so that this file does not hold it, and what to do about it.
const WORDS: &[(&str, &str, Kind)] = &[
    ("/wo", "rk/", Kind::Machine),
    ("/ro", "ot/", Kind::Machine),
    ("/ho", "me/", Kind::Machine),
    ("/Use", "rs/", Kind::Machine),
    ("C:\\Use", "rs", Kind::Machine),
    ("artifac", "tory", Kind::Host),
    (".inter", "nal/", Kind::Host),
    ("regis", "try = \"", Kind::Host),
    ("replace", "-with", Kind::Host),
    ("clau", "de", Kind::Making),
    ("anthro", "pic", Kind::Making),
    ("open", "ai", Kind::Making),
    ("chat", "gpt", Kind::Making),
    ("github copi", "lot", Kind::Making),
    ("large language", " model", Kind::Making),
    ("ai-gene", "rated", Kind::Making),
    ("ai assi", "stant", Kind::Making),
    ("sub", "agent", Kind::Making),
    ("sub-", "agent", Kind::Making),
    ("coding ", "agent", Kind::Making),
    ("generated ", "with ai", Kind::Making),
    ("co-auth", "ored-by", Kind::Making),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Machine,
    Host,
    Making,
}

/// Tables of names out in the world: a town may be called anything.
const NAMES: &str = "data/gazetteer/";

/// Attribute that switches a test off, in two halves for the same reason.
const OFF: (&str, &str) = ("#[ign", "ore");

pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts() {
        let is_names = path.starts_with(NAMES);
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{path}:{}", number + 1);
            let lower = line.to_lowercase();
            for (first, second, kind) in WORDS
                .iter()
                .filter(|(_, _, kind)| !is_names || *kind == Kind::Machine)
            {
                let word = format!("{first}{second}");
                if holds(&lower, &word.to_lowercase()) {
                    faults.push(Fault::new(
                        place(),
                        format!("it holds \"{word}\", {}", kind.what()),
                        kind.next(),
                    ));
                }
            }
        }
        if path.ends_with(".rs") {
            faults.extend(switched_off(path, text));
        }
        if path.ends_with(".md") {
            faults.extend(left_open(path, text));
        }
    }
    faults
}

fn switched_off(path: &str, text: &str) -> Vec<Fault> {
    let off = format!("{}{}", OFF.0, OFF.1);
    let lines = source::blank(text);
    let next = "Assert the wrong behaviour and say FIXME, or take the test out.";
    let found = lines.lines().enumerate().filter(|(_, line)| line.contains(&off));
    found
        .map(|(number, _)| Fault::new(format!("{path}:{}", number + 1), "a test is switched off", next))
        .collect()
}

/// Lines of a page, or their ends, that were to be filled in later: a word in capitals, alone or behind a colon.
fn left_open(path: &str, text: &str) -> Vec<Fault> {
    let next = "Fill in what belongs there, or take the line out.";
    let is_gap = |line: &str| {
        let word = line.rsplit(": ").next().unwrap_or(line).trim();
        word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let prose = |line: &&str| !line.starts_with(' ');
    let found = text
        .lines()
        .enumerate()
        .filter(|(_, line)| prose(line) && is_gap(line));
    found
        .map(|(number, _)| {
            Fault::new(
                format!("{path}:{}", number + 1),
                "a gap that was to be filled",
                next,
            )
        })
        .collect()
}

/// Whether a word stands in a line and is not part of a longer one, nor of an address on the web.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let is_path = word.starts_with('/');
        let joins =
            |c: char| c.is_alphanumeric() || is_path && matches!(c, '.' | '/' | '-' | '_' | '>' | '}');
        let goes_on = |c: char| c.is_alphanumeric() && word.ends_with(char::is_alphanumeric);
        !before.is_some_and(joins) && !after.is_some_and(goes_on)
    })
}

impl Kind {
    fn what(self) -> &'static str {
        match self {
            Self::Machine => "a path of one machine",
            Self::Host => "a place on one network",
            Self::Making => "talk about how the project is made",
        }
    }

    fn next(self) -> &'static str {
        match self {
            Self::Machine => "Write the path from the root of the repository.",
            Self::Host => "Leave registries and hosts to each machine's own settings.",
            Self::Making => "Say what the program does; who typed it is nobody's concern.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OFF, WORDS, check};
    use crate::tidy::files::Tree;

    #[test]
    fn every_word_on_the_list_is_found() {
        for (first, second, _) in WORDS {
            let text = format!("see {first}{second} x");
            let faults = check(&Tree::of(&[("docs/a.md", &text)]));
            assert_eq!(faults.len(), 1, "{first}{second}");
        }
    }

    #[test]
    fn longer_words_and_addresses_are_left_alone() {
        let path = format!(
            "https://example.org{}{}x and src{}{}y",
            WORDS[0].0, WORDS[0].1, WORDS[2].0, WORDS[2].1
        );
        let longer = format!("{}{}tte", WORDS[9].0, WORDS[9].1);
        assert_eq!(
            check(&Tree::of(&[("docs/a.md", &path), ("docs/b.md", &longer)])),
            []
        );
    }

    #[test]
    fn a_town_may_be_called_anything() {
        let town = format!("saint-{}{}", WORDS[9].0, WORDS[9].1);
        assert_eq!(check(&Tree::of(&[("data/gazetteer/world.tsv", &town)])), []);
    }

    #[test]
    fn a_switched_off_test_is_a_fault_but_not_in_a_comment() {
        let off = format!("{}{}]\nfn a() {{}}\n", OFF.0, OFF.1);
        let comment = format!("// {off}");
        assert_eq!(check(&Tree::of(&[("a.rs", &off)])).len(), 1);
        assert_eq!(check(&Tree::of(&[("a.rs", &comment)])), []);
    }

    #[test]
    fn a_gap_left_in_a_page_is_found() {
        let gaps = |text: &str| check(&Tree::of(&[("docs/a.md", text)])).len();
        assert_eq!(gaps("# Scores\n\nSCORES\n"), 1);
        assert_eq!(gaps("It took so long: FIGURES\n"), 1);
        assert_eq!(gaps("Ask ACLED and UCDP.\nNATO talks\n    CODE\nUN\n"), 0);
    }
}
