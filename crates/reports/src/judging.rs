//! Words that take a side or judge, found in our own prose: a report that uses them is none for the other side.
//! Quotations are left alone: what a page says is kept as it says it.

use crate::block::{Block, Inline, Line};
use crate::lookup::Lookup;
use crate::map::MapOutline;
use crate::{ReportOptions, phrase, report};
use model::{DataFault, Picture};

/// The words, from `data/judging.tsv`, each with what to write instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judging {
    words: Vec<(String, String)>,
}

/// A judging word in our own prose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// Where it stands: the report, an incident, a term or a zone.
    pub place: String,
    /// The word.
    pub word: String,
    /// The words about it.
    pub words: String,
    /// What to write instead.
    pub instead: String,
}

impl Judging {
    /// Reads the table.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<DataFault>> {
        const RIGHT: &str = "word<TAB>instead<TAB>source";
        let (mut words, mut faults) = (Vec::new(), Vec::new());
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, head)| head) != Some("word\tinstead\tsource") {
            faults.push(DataFault::new(file, 1, "another head row", RIGHT));
        }
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            match cells[..] {
                [word, instead, source] if !word.is_empty() && !instead.is_empty() && !source.is_empty() => {
                    words.push((word.to_lowercase(), instead.to_owned()));
                }
                _ => faults.push(DataFault::new(
                    file,
                    index + 1,
                    "not three cells with words",
                    RIGHT,
                )),
            }
        }
        if faults.is_empty() {
            Ok(Self { words })
        } else {
            Err(faults)
        }
    }
    /// The judging words in a piece of prose.
    pub fn find(&self, place: &str, prose: &str) -> Vec<Judged> {
        let spaced = |text: &str| -> String {
            let words: Vec<&str> = text
                .split(|c: char| !(c.is_alphanumeric() || c == '\''))
                .filter(|word| !word.is_empty())
                .collect();
            format!(" {} ", words.join(" ").to_lowercase())
        };
        let lower = spaced(prose);
        let found = self
            .words
            .iter()
            .filter(|(word, _)| lower.contains(&spaced(word)));
        found
            .map(|(word, instead)| Judged {
                place: place.to_owned(),
                word: word.clone(),
                words: crate::plain::clip(&crate::plain::visible(prose), 160),
                instead: instead.clone(),
            })
            .collect()
    }
}

/// Judging words in what we say ourselves of a picture: the words of the report, the sentence of each incident, and
/// the names of zones, and what we say of terms that are not settled. What stands in quotations and labels is the pages' own.
pub fn judging(picture: &Picture, list: &Judging) -> Vec<Judged> {
    let mut found = Vec::new();
    let report = report::build(picture, &MapOutline::default(), &ReportOptions::default());
    let mut say = |line: &Line| {
        for piece in line {
            if let Inline::Text(words) | Inline::Strong(words) = piece {
                found.extend(list.find("report", words));
            }
        }
    };
    report.standfirst.iter().chain(&report.footer).for_each(&mut say);
    walk(&report.sections, &mut say);
    for incident in &Lookup::in_record_order(&crate::Told::whole(picture)).incidents {
        found.extend(list.find(
            &format!("incident {}", incident.id),
            &phrase::act(&incident.act.id),
        ));
    }
    for agreement in &picture.agreements {
        for zone in &agreement.zones {
            let place = format!("zone {}/{}", agreement.id, zone.id);
            found.extend(list.find(&place, &zone.name));
        }
        for term in &agreement.terms {
            let place = format!("term {}/{}", agreement.id, term.id);
            found.extend(list.find(&place, &term.unsettled));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn walk(blocks: &[Block], say: &mut dyn FnMut(&Line)) {
    for block in blocks {
        match block {
            Block::Section { title, blocks, .. } => {
                say(title);
                walk(blocks, say);
            }
            Block::Fold { summary, blocks } => {
                say(summary);
                walk(blocks, say);
            }
            Block::Para(line) | Block::Banner(line) => say(line),
            Block::Bullets(lines) => lines.iter().for_each(&mut *say),
            Block::Facts(facts) => facts.iter().for_each(|(_, line)| say(line)),
            Block::Table(table) => table.rows.iter().flatten().for_each(&mut *say),
            Block::Map(figure) => figure
                .shown
                .iter()
                .chain(&figure.not_shown)
                .for_each(|(_, line)| say(line)),
            Block::Quote(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Judging {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/judging.tsv");
        Judging::parse("judging.tsv", &std::fs::read_to_string(path).expect("the table")).expect("no faults")
    }

    #[test]
    fn whole_words_are_found_whatever_their_letters() {
        let words = |prose: &str| -> Vec<String> {
            list()
                .find("x", prose)
                .into_iter()
                .map(|judged| judged.word)
                .collect()
        };
        assert_eq!(words("The Regime's \"terrorists\"."), ["terrorists"]);
        assert_eq!(words("Of course, REGIME."), ["regime", "of course"]);
        assert!(words("Regiment, counterterrorism, calmly").is_empty());
        assert!(Judging::parse("x", "word\tinstead\tsource\nbad\n").is_err());
    }
}
