//! From our acts to the codes of other people's tables, from `data/acts.tsv`.

use model::{ActId, DataFault};
use std::collections::BTreeMap;

/// Codes of other tables for each of our acts; empty where a table has no word for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crosswalk {
    acled: BTreeMap<ActId, (String, String)>,
}

impl Crosswalk {
    /// Reads the columns `id`, `acled_event` and `acled_sub_event` of a table with a head row; other
    /// columns are the business of their own readers.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<DataFault>> {
        let mut lines = text.lines().enumerate();
        let head: Vec<&str> = lines
            .next()
            .map(|(_, line)| line.split('\t').collect())
            .unwrap_or_default();
        let column = |name: &str| {
            let fault = || {
                DataFault::new(file, 1, format!("no column \"{name}\""), RIGHT)
                    .nearest(name, head.iter().copied())
            };
            head.iter().position(|known| *known == name).ok_or_else(fault)
        };
        let columns = [column("id"), column("acled_event"), column("acled_sub_event")];
        let [Ok(id), Ok(event), Ok(sub_event)] = columns else {
            return Err(columns.into_iter().filter_map(Result::err).collect());
        };
        let (mut acled, mut faults) = (BTreeMap::new(), Vec::new());
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |column: usize| cells.get(column).map(|cell| cell.trim());
            let (Some(id), Some(event), Some(sub_event)) = (cell(id), cell(event), cell(sub_event)) else {
                faults.push(DataFault::new(file, index + 1, "too few cells", RIGHT));
                continue;
            };
            if acled
                .insert(ActId::from(id), (event.to_owned(), sub_event.to_owned()))
                .is_some()
            {
                faults.push(DataFault::new(
                    file,
                    index + 1,
                    format!("act \"{id}\" stands twice"),
                    RIGHT,
                ));
            }
        }
        if faults.is_empty() {
            Ok(Self { acled })
        } else {
            Err(faults)
        }
    }
    /// Event type and sub-event type after the ACLED codebook; empty when there is none.
    pub(crate) fn acled(&self, act: &ActId) -> (&str, &str) {
        self.acled
            .get(act)
            .map_or(("", ""), |(event, sub_event)| (event, sub_event))
    }
}

const RIGHT: &str = "id<TAB>class<TAB>parent<TAB>acled_event<TAB>acled_sub_event<TAB>...";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_columns_and_double_acts_are_told() {
        let faults = Crosswalk::parse("acts.tsv", "id\tacled_evnt\n").expect_err("two columns are missing");
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0].nearest.as_deref(), Some("acled_evnt"));
        let text = "id\tacled_event\tacled_sub_event\nx\tBattles\tArmed clash\nx\t\t\n";
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
    }
}
