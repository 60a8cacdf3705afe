use super::{Articles, quantities_in};
use crate::{Language, analyse_shallow};

/// Each quantity as `words = low..high bound`, high `*` where open.
#[track_caller]
fn check_with(text: &str, articles: Articles, expected: &[&str]) {
    let language = Language::english();
    let analysis = analyse_shallow(text, language);
    let found: Vec<String> = analysis
        .sentences
        .iter()
        .flat_map(|s| quantities_in(language, s, articles))
        .map(|q| {
            let high = q.high.map_or("*".to_owned(), |high| high.to_string());
            format!("{} = {}..{high} {:?}", &text[q.words.clone()], q.low, q.bound)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_with(text, Articles::Ignored, expected);
}

#[test]
fn figures_and_words_are_read() {
    check(
        "30 men and 1,500 cows",
        &["30 = 30..30 Exact", "1,500 = 1500..1500 Exact"],
    );
    check("twenty-one boats", &["twenty-one = 21..21 Exact"]);
    check(
        "two hundred and five boats",
        &["two hundred and five = 205..205 Exact"],
    );
    check(
        "one hundred and twenty-five thousand boats",
        &["one hundred and twenty-five thousand = 125000..125000 Exact"],
    );
    check(
        "two thousand three hundred boats",
        &["two thousand three hundred = 2300..2300 Exact"],
    );
    check("1.5 million people", &["1.5 million = 1500000..1500000 Exact"]);
    check(
        "half a million people",
        &["half a million = 500000..500000 Exact"],
    );
    check("half a dozen people", &["half a dozen = 6..6 Exact"]);
    check("a dozen people", &["a dozen = 12..12 Exact"]);
    check("two dozen people", &["two dozen = 24..24 Exact"]);
}

#[test]
fn neighbours_are_not_added_up() {
    check("five ten boats", &["five = 5..5 Exact", "ten = 10..10 Exact"]);
    check("one man and two women", &["two = 2..2 Exact"]);
    check("12 and 5 boats", &["12 = 12..12 Exact", "5 = 5..5 Exact"]);
}

#[test]
fn bounds_are_kept() {
    check("at least five boats", &["at least five = 5..* AtLeast"]);
    check("no fewer than 12 boats", &["no fewer than 12 = 12..* AtLeast"]);
    check("up to 30 boats", &["up to 30 = 0..30 AtMost"]);
    check("as many as 30 boats", &["as many as 30 = 0..30 AtMost"]);
    check("some 400,000 people", &["some 400,000 = 400000..400000 About"]);
    check("nearly a hundred people", &["nearly a hundred = 100..100 About"]);
    check(
        "more than a hundred people",
        &["more than a hundred = 101..* MoreThan"],
    );
    check("over two dozen people", &["over two dozen = 25..* MoreThan"]);
    check("fewer than 10 people", &["fewer than 10 = 0..9 FewerThan"]);
    check("10 or more people", &["10 or more = 10..* AtLeast"]);
    check("at least one man", &["at least one = 1..* AtLeast"]);
    check("at least some 30 men", &["at least some 30 = 30..* AtLeast"]);
}

#[test]
fn ranges_have_two_ends() {
    check("between 3 and 5 boats", &["between 3 and 5 = 3..5 Range"]);
    check("three to five boats", &["three to five = 3..5 Range"]);
    check("3-5 boats", &["3-5 = 3..5 Range"]);
    check("two or three boats", &["two or three = 2..3 Range"]);
    check(
        "20 to 30 thousand boats",
        &["20 to 30 thousand = 20000..30000 Range"],
    );
    check("5 to 3 boats", &["5 = 5..5 Exact", "3 = 3..3 Exact"]);
}

#[test]
fn vague_words_have_a_floor_and_no_ceiling() {
    check("dozens of boats", &["dozens = 12..* Vague"]);
    check(
        "tens of thousands of boats",
        &["tens of thousands = 10000..* Vague"],
    );
    check(
        "hundreds and thousands of boats",
        &["hundreds and thousands = 100..* Vague"],
    );
    check("several hundred boats", &["several hundred = 200..* Vague"]);
    check(
        "several boats and a few cars",
        &["several = 2..* Vague", "a few = 2..* Vague"],
    );
    check("at least dozens of boats", &["at least dozens = 12..* Vague"]);
}

#[test]
fn shares_money_dates_and_times_are_no_counts() {
    check("20% of them, 5 percent, two-thirds", &[]);
    check("$5 million and € 300", &[]);
    check("in 2011-2016", &[]);
    check("3.5 on the scale", &[]);
}

#[test]
fn articles_count_only_when_asked() {
    check("a man and one woman", &[]);
    check_with(
        "a man and one woman",
        Articles::Counted,
        &["a = 1..1 Exact", "one = 1..1 Exact"],
    );
    check_with("no one came", Articles::Counted, &[]);
}
