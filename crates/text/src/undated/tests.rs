use super::*;
use crate::tests_support::{kinds, page};
use model::{Given, Media};

const TITLE: &str = "Blast shakes market in border town";

fn dated(day: &str) -> Document {
    kinds(&format!(
        "Published: {day}\n\n{TITLE}\n\nA bomb went off in the market on Wednesday, killing two people, the council said."
    ))
}

fn undated(words: &str) -> Document {
    kinds(&format!("{TITLE}\n\n{words}"))
}

const WORDS: &str = "Traders swept up glass after yesterday's bomb attack on the market of the town.\n\nWednesday's explosion broke forty windows, they said.";

#[track_caller]
fn check(words: &str, siblings: &[&str], expected: &str) {
    let mut documents = vec![undated(words)];
    documents.extend(siblings.iter().map(|day| dated(day)));
    let there = date_undated(documents.clone());
    assert_eq!(
        there[0].published.edtf.to_string(),
        expected,
        "{:#?}",
        there[0].published.because
    );
    documents.reverse();
    let back = date_undated(documents);
    assert_eq!(
        back.last().unwrap().published,
        there[0].published,
        "order does not matter"
    );
}

#[test]
fn yesterday_and_wednesday_of_one_occurrence_make_a_thursday() {
    check(WORDS, &["Sat, May 06, 2017"], "2017-05-04/2017-05-06");
    check(WORDS, &["May 4, 2017"], "2017-05-04");
    check(WORDS, &["May 5, 2017", "May 6, 2017"], "2017-05-04/2017-05-06");
}

#[test]
fn without_a_dated_sibling_the_date_stays_unknown_and_the_weekday_is_told() {
    let there = date_undated(vec![undated(WORDS)]);
    assert_eq!(there[0].published.how, PublishedHow::None);
    let told: Vec<&str> = there[0]
        .published
        .because
        .iter()
        .map(|because| because.rule.as_str())
        .collect();
    assert!(told.contains(&WEEKDAY_RULE), "{told:?}");
}

#[test]
fn two_occurrences_make_no_weekday() {
    check(
        "Traders swept up glass after yesterday's bomb.\n\nOn Monday a memorandum was signed in the capital.",
        &["May 6, 2017"],
        "XXXX",
    );
    check(
        "Yesterday a bomb went off in the market.\n\nThe bombing will be marked until Wednesday.",
        &["May 6, 2017"],
        "XXXX",
    );
}

#[test]
fn a_page_is_no_older_than_what_it_links_to() {
    let other = page(
        "a",
        &format!("Glass is swept up at the market\n\n{WORDS}\n\nRead also: {TITLE}"),
        Media::Text,
        Given::default(),
    );
    let there = date_undated(vec![other, dated("May 3, 2017")]);
    assert_eq!(there[0].published.edtf.to_string(), "2017-05-04");
}

#[test]
fn a_date_told_in_the_text_bounds_it_from_below() {
    check(
        &format!("{WORDS}\n\nA list was made on 5 May 2017 by the council."),
        &["May 6, 2017"],
        "2017-05-05/2017-05-06",
    );
}
