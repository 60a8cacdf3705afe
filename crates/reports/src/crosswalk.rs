//! From our words to the codes of other people's tables, from `data/acts.tsv` and `data/codes.tsv`.

use model::{ActId, DataFault};
use std::collections::BTreeMap;

/// Codes of other tables for our words; empty where a table has no word for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crosswalk {
    acts: BTreeMap<ActId, ActCodes>,
    /// By scheme, field and our word.
    codes: BTreeMap<(String, String, String), String>,
}

/// What other tables call an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ActCodes {
    acled: (String, String),
    plover: String,
}

impl Crosswalk {
    /// Reads the columns `id`, `acled_event`, `acled_sub_event` and `plover` of a table with a head row;
    /// other columns are the business of their own readers.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<DataFault>> {
        let (rows, mut faults) = columns(
            file,
            text,
            ["id", "acled_event", "acled_sub_event", "plover"],
            RIGHT,
        );
        let mut acts = BTreeMap::new();
        for (line, [id, event, sub_event, plover]) in rows {
            let codes = ActCodes {
                acled: (event, sub_event),
                plover,
            };
            if acts.insert(ActId::from(id.as_str()), codes).is_some() {
                let what = format!("act \"{id}\" stands twice");
                faults.push(DataFault::new(file, line, what, RIGHT));
            }
        }
        if faults.is_empty() {
            Ok(Self {
                acts,
                codes: BTreeMap::new(),
            })
        } else {
            Err(faults)
        }
    }
    /// Adds a table of codes: scheme, field, our word, theirs, and where that is written down.
    ///
    /// # Errors
    /// Every fault of the table.
    pub fn with_codes(mut self, file: &str, text: &str) -> Result<Self, Vec<DataFault>> {
        let names = ["scheme", "field", "ours", "theirs", "source"];
        let (rows, mut faults) = columns(file, text, names, RIGHT_CODE);
        for (line, cells) in rows {
            if cells.iter().any(String::is_empty) {
                faults.push(DataFault::new(file, line, "an empty cell", RIGHT_CODE));
            }
            let [scheme, field, ours, theirs, _] = cells;
            let what = format!("{scheme} {field} of \"{ours}\" stands twice");
            if self.codes.insert((scheme, field, ours), theirs).is_some() {
                faults.push(DataFault::new(file, line, what, RIGHT_CODE));
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
    /// Event type and sub-event type after the ACLED codebook; empty when there is none.
    pub(crate) fn acled(&self, act: &ActId) -> (&str, &str) {
        self.acts
            .get(act)
            .map_or(("", ""), |codes| (&codes.acled.0, &codes.acled.1))
    }
    /// Event after the PLOVER 2.0 draft; empty when there is none.
    pub(crate) fn plover(&self, act: &ActId) -> &str {
        self.acts.get(act).map_or("", |codes| &codes.plover)
    }
    /// What a scheme writes in a field for our word; empty when it has nothing that fits.
    pub(crate) fn code(&self, scheme: &str, field: &str, ours: &str) -> &str {
        let key = (scheme.to_owned(), field.to_owned(), ours.to_owned());
        self.codes.get(&key).map_or("", String::as_str)
    }
    /// Our word for what a scheme writes in a field; empty when there is none, or more than one.
    pub(crate) fn ours(&self, scheme: &str, field: &str, theirs: &str) -> &str {
        let mut found = self.codes.iter().filter(|((known, name, _), code)| {
            known == scheme && name == field && !theirs.is_empty() && *code == theirs
        });
        match (found.next(), found.next()) {
            (Some(((_, _, ours), _)), None) => ours,
            _ => "",
        }
    }
}

/// The named cells of each line with the line's number, and what is wrong.
fn columns<const N: usize>(
    file: &str,
    text: &str,
    names: [&str; N],
    right: &str,
) -> (Vec<(usize, [String; N])>, Vec<DataFault>) {
    let mut lines = text.lines().enumerate();
    let head: Vec<&str> = lines
        .next()
        .map(|(_, line)| line.split('\t').collect())
        .unwrap_or_default();
    let mut faults = Vec::new();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        match head.iter().position(|known| *known == name) {
            Some(at) => *place = at,
            None => faults.push(
                DataFault::new(file, 1, format!("no column \"{name}\""), right)
                    .nearest(name, head.iter().copied()),
            ),
        }
    }
    let mut rows = Vec::new();
    if faults.is_empty() {
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            if places.iter().any(|place| *place >= cells.len()) {
                faults.push(DataFault::new(file, index + 1, "too few cells", right));
                continue;
            }
            rows.push((index + 1, places.map(|place| cells[place].trim().to_owned())));
        }
    }
    (rows, faults)
}

const RIGHT_CODE: &str = "scheme<TAB>field<TAB>ours<TAB>theirs<TAB>source";

const RIGHT: &str = "id<TAB>class<TAB>parent<TAB>acled_event<TAB>acled_sub_event<TAB>...";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_columns_and_double_acts_are_told() {
        let faults = Crosswalk::parse("acts.tsv", "id\tacled_evnt\n").expect_err("two columns are missing");
        assert_eq!(faults.len(), 3);
        assert_eq!(faults[0].nearest.as_deref(), Some("acled_evnt"));
        let text = "id\tacled_event\tacled_sub_event\tplover\nx\tBattles\tArmed clash\t\nx\t\t\t\n";
        assert_eq!(
            Crosswalk::parse("acts.tsv", text)
                .expect_err("a double")
                .first()
                .map(|it| it.line),
            Some(3)
        );
    }

    #[test]
    fn the_table_of_acts_is_read() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/acts.tsv");
        let text = std::fs::read_to_string(path).expect("the table of acts");
        let crosswalk = Crosswalk::parse("acts.tsv", &text).expect("no faults");
        assert_eq!(crosswalk.acled(&"armed-clash".into()), ("Battles", "Armed clash"));
        assert_eq!(crosswalk.plover(&"call".into()), "CONSULT");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/codes.tsv");
        let text = std::fs::read_to_string(path).expect("the table of codes");
        let crosswalk = crosswalk.with_codes("codes.tsv", &text).expect("no faults");
        assert_eq!(crosswalk.code("ucdp", "where_prec", "province"), "4");
        assert_eq!(crosswalk.code("cap", "certainty", "corroborated"), "Likely");
        assert_eq!(crosswalk.code("ucdp", "where_prec", "unresolved"), "");
        let twice = text + "cap\tcertainty\tverified\tObserved\tx\n";
        assert!(crosswalk.with_codes("codes.tsv", &twice).is_err());
    }
}
