use jiff::civil::{Date, date};

use super::{Anchor, Tense, TimeOfDay, expressions, resolve, tense_near, timex3};
use crate::{Language, analyse_shallow};

/// A Friday.
const PUBLISHED: Date = date(2017, 5, 5);

/// Each expression as `words = edtf`, or `words = -` where it does not resolve.
fn read(text: &str, anchor: Anchor) -> Vec<String> {
    let analysis = analyse_shallow(text, Language::english());
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        for expression in expressions(sentence, text) {
            let resolved = resolve(&expression.value, anchor);
            let days = resolved.map_or("-".to_owned(), |r| r.edtf);
            found.push(format!("{} = {days}", &text[expression.span]));
        }
    }
    found
}

#[track_caller]
fn check_in(tense: Tense, text: &str, expected: &[&str]) {
    assert_eq!(read(text, Anchor::on(PUBLISHED, tense)), expected, "{text}");
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_in(Tense::Past, text, expected);
}

#[test]
fn dates_are_read_in_every_order() {
    for text in [
        "4 May 2017",
        "May 4, 2017",
        "4th of May 2017",
        "the 4th of May, 2017",
        "2017-05-04",
        "May 4th 2017",
    ] {
        check(
            &format!("It began on {text}."),
            &[&format!("{text} = 2017-05-04")],
        );
    }
    check("It began on 04.05.2017.", &["04.05.2017 = 2017-05-04"]);
    check("It began on 05/04/2017.", &["05/04/2017 = 2017-05-04"]);
    check("It began on 25/04/2017.", &["25/04/2017 = 2017-04-25"]);
    check("It began on Thursday, May 4.", &["Thursday, May 4 = 2017-05-04"]);
    check("It began on Dec. 12.", &["Dec. 12 = 2016-12-12"]);
    check(
        "It lasted from 3-5 May.",
        &["3 = 2017-05-03", "5 May = 2017-05-05"],
    );
    check(
        "on May 3 and 4, it rained",
        &["May 3 = 2017-05-03", "4 = 2017-05-04"],
    );
}

#[test]
fn weekdays_are_anchored_on_the_publication() {
    check("He came on Wednesday.", &["Wednesday = 2017-05-03"]);
    check("He came on Friday.", &["Friday = 2017-05-05"]);
    check("He came last Friday.", &["last Friday = 2017-04-28"]);
    check(
        "He came on Monday of last week.",
        &["Monday of last week = 2017-04-24"],
    );
    check_in(
        Tense::Future,
        "He will come on Wednesday.",
        &["Wednesday = 2017-05-10"],
    );
    check_in(
        Tense::Future,
        "He will come next Friday.",
        &["next Friday = 2017-05-12"],
    );
}

#[test]
fn a_day_with_a_time_is_one_expression() {
    check("It fell on Monday night.", &["Monday night = 2017-05-01"]);
    check(
        "It fell at 10:30 a.m. on Monday.",
        &["10:30 a.m. on Monday = 2017-05-01"],
    );
    check(
        "It fell on Monday at 10 p.m. local time.",
        &["Monday at 10 p.m. local time = 2017-05-01"],
    );
    check("It fell at noon Thursday.", &["noon Thursday = 2017-05-04"]);
    let text = "It fell at 10 p.m. on Monday.";
    let analysis = analyse_shallow(text, Language::english());
    let found = expressions(&analysis.sentences[0], text);
    let resolved = resolve(&found[0].value, Anchor::on(PUBLISHED, Tense::Past)).unwrap();
    assert_eq!(
        resolved.time_of_day,
        Some(TimeOfDay::Clock { hour: 22, minute: 0 })
    );
}

#[test]
fn offsets_count_from_the_publication() {
    check("It rained yesterday.", &["yesterday = 2017-05-04"]);
    check("It rained three days ago.", &["three days ago = 2017-05-02"]);
    check(
        "It rained the day before yesterday.",
        &["the day before yesterday = 2017-05-03"],
    );
    check("It rained last week.", &["last week = 2017-04-24/2017-04-30"]);
    check("It rained last month.", &["last month = 2017-04"]);
    check("It rained this year.", &["this year = 2017"]);
    check("It rained six years ago.", &["six years ago = 2011~"]);
    check("It rained last night.", &["last night = 2017-05-04"]);
    check(
        "It rained over the weekend.",
        &["the weekend = 2017-05-06/2017-05-07"],
    );
    check("He comes later this month.", &["later this month = 2017-05"]);
}

#[test]
fn months_and_longer_units_take_the_year_from_the_tense() {
    check("It began in January.", &["January = 2017-01"]);
    check("It began in December.", &["December = 2016-12"]);
    check("It began in May 2011.", &["May 2011 = 2011-05"]);
    check("It began in early May.", &["early May = 2017-05~"]);
    check("It began in mid-August.", &["mid-August = 2016-08~"]);
    check("It began at the end of 2016.", &["the end of 2016 = 2016~"]);
    check("It has lasted since 2011.", &["2011 = 2011/.."]);
    check("It began in the 1990s.", &["the 1990s = 199X"]);
    check(
        "It began in the summer of 2015.",
        &["the summer of 2015 = 2015-22~"],
    );
    check(
        "It began in the third quarter of 2016.",
        &["the third quarter of 2016 = 2016-07/2016-09"],
    );
    check_in(
        Tense::Future,
        "It will begin in December.",
        &["December = 2017-12"],
    );
}

#[test]
fn durations_sets_and_vague_words_have_no_day() {
    check("It lasted for six years.", &["six years = -"]);
    check("It rained every day.", &["every day = -"]);
    check("It rained recently.", &["recently = -"]);
    check("It had rained two days earlier.", &["two days earlier = -"]);
    check(
        "It rained in the past three days.",
        &["the past three days = 2017-05-02/2017-05-05"],
    );
}

#[test]
fn counts_and_verbs_are_no_times() {
    check("In the town 2,016 people may march.", &[]);
    check("About 2000 people came.", &[]);
    check("May I march?", &[]);
    check("They won 3-1 in a second vote.", &[]);
}

#[test]
fn without_an_anchor_only_written_dates_resolve() {
    let unknown = Anchor::unknown();
    assert_eq!(
        read("on Wednesday, 3 May 2017, or May 2017", unknown),
        ["Wednesday, 3 May 2017 = 2017-05-03", "May 2017 = 2017-05"]
    );
    assert_eq!(
        read("on Wednesday, in May and yesterday", unknown),
        ["Wednesday = -", "May = -", "yesterday = -"]
    );
}

#[test]
fn an_interval_anchor_gives_the_hull() {
    let anchor = Anchor::between(date(2017, 5, 5), date(2017, 5, 8), Tense::Past);
    assert_eq!(
        read("He came yesterday.", anchor),
        ["yesterday = 2017-05-04/2017-05-07"]
    );
    assert_eq!(read("He came on Wednesday.", anchor), ["Wednesday = 2017-05-03"]);
    assert_eq!(read("He came last month.", anchor), ["last month = 2017-04"]);
}

#[test]
fn days_that_do_not_exist_resolve_to_nothing() {
    check("It began on 31 February 2016.", &["31 February 2016 = -"]);
    check("It began on 31 February.", &["31 February = -"]);
    check("It began on 29 February.", &["29 February = 2016-02-29"]);
}

#[test]
fn the_tense_is_that_of_the_nearest_verb() {
    for (text, expected) in [
        ("They met on Monday.", Tense::Past),
        ("They will meet on Monday.", Tense::Future),
        ("Talks were to resume on Monday.", Tense::Future),
        ("On Monday the talks ended.", Tense::Past),
    ] {
        let analysis = analyse_shallow(text, Language::english());
        let sentence = &analysis.sentences[0];
        let found = expressions(sentence, text);
        assert_eq!(
            tense_near(sentence, &found[0].span, Language::english()),
            expected,
            "{text}"
        );
    }
}

#[test]
fn values_are_written_as_timex3() {
    for (text, expected) in [
        ("It began in the third quarter.", "1989-Q3"),
        ("It began a year ago.", "1988"),
        ("It began last week.", "1989-W43"),
        ("It began on Friday evening.", "1989-10-27TEV"),
        ("It took two and a half hours.", "PT2.5H"),
        ("It is now.", "PRESENT_REF"),
    ] {
        let analysis = analyse_shallow(text, Language::english());
        let found = expressions(&analysis.sentences[0], text);
        assert_eq!(
            timex3(&found[0].value, Some(date(1989, 11, 2)), Tense::Past).1,
            expected,
            "{text}"
        );
    }
}

#[test]
fn where_business_is_reported_the_quarter_is_the_one_just_over() {
    check(
        "Profit for the quarter rose to 3 million from 2 million a year earlier.",
        &[
            "the quarter = 2017-01/2017-03",
            "a year earlier = 2016-01/2016-03",
        ],
    );
    check(
        "Sales fell from the year-ago period.",
        &["the year-ago period = 2016-01/2016-03"],
    );
    check(
        "Earnings grew in the latest quarter.",
        &["the latest quarter = 2017-01/2017-03"],
    );
    check("They fled the quarter a year ago.", &["a year ago = 2016~"]);
    check(
        "Sales in the 2016 third quarter fell.",
        &["the 2016 third quarter = 2016-07/2016-09"],
    );
}

#[test]
fn days_earlier_are_in_the_past() {
    check("Days earlier, the bridge had been shut.", &["Days earlier = -"]);
    check(
        "It rained in the first week of May.",
        &["the first week of May = 2017-05~"],
    );
}

#[test]
fn a_couple_is_two() {
    check(
        "She left a couple of days ago.",
        &["a couple of days ago = 2017-05-03"],
    );
}
