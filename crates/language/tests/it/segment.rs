//! Tokens and sentences.

use language::{Language, segment};

/// Sentences parted by `|`, tokens by blanks.
#[track_caller]
fn check(text: &str, expected: &str) {
    let analysis = segment(text, Language::english());
    let sentences: Vec<String> = analysis
        .sentences
        .iter()
        .map(|s| {
            s.tokens
                .iter()
                .map(|t| t.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(sentences.join(" | "), expected);
}

#[test]
fn clitics_are_words_of_their_own() {
    check(
        "He didn't say it’s Syria's. We cannot.",
        "He did n't say it ’s Syria 's . | We can not .",
    );
    check(
        "The boys' toys and O'Brien's dog",
        "The boys ' toys and O'Brien 's dog",
    );
}

#[test]
fn an_abbreviation_keeps_its_stop_and_does_not_end_the_sentence() {
    check(
        "Gen. J. Smith met Mr. Jones in the U.S. on Jan. 5.",
        "Gen. J. Smith met Mr. Jones in the U.S. on Jan. 5 .",
    );
    check(
        "He left at 10 p.m. The guard stayed.",
        "He left at 10 p.m. | The guard stayed .",
    );
    check(
        "It is in the U.S. He said so.",
        "It is in the U.S. | He said so .",
    );
    check(
        "Resolution No. 5 was no. The vote failed.",
        "Resolution No. 5 was no . | The vote failed .",
    );
}

#[test]
fn quotes_after_the_stop_belong_to_the_sentence() {
    check("“We will go.” He left.", "“ We will go . ” | He left .");
    check(
        "\"Go!\" he said. (They went.) Later, rain.",
        "\" Go ! \" he said . | ( They went . ) | Later , rain .",
    );
    check(
        "\"It is over,\" she said. \"Go home.\"",
        "\" It is over , \" she said . | \" Go home . \"",
    );
}

#[test]
fn a_line_without_a_stop_is_a_sentence_unless_lines_are_wrapped() {
    check(
        "Talks open in Geneva\nDelegates met on Monday.",
        "Talks open in Geneva | Delegates met on Monday .",
    );
    check("Talks open\n\ndelegates met", "Talks open | delegates met");
    check(
        "The delegates met on\nMonday in the old hall\nof the palace and they\ntalked until it was\ndark.",
        "The delegates met on Monday in the old hall of the palace and they talked until it was dark .",
    );
}

#[test]
fn wrapped_capitals_are_one_sentence() {
    check(
        "THE DELEGATES OF BOTH SIDES MET YESTERDAY IN THE OLD HALL OF THE\nPALACE AND TALKED ABOUT WATER, ROADS, SCHOOLS AND THE PRICE OF GRAIN\nUNTIL IT WAS DARK AND EVERYONE HAD GONE HOME TO THE VILLAGES IN THE\nVALLEY. RAIN FELL.",
        "THE DELEGATES OF BOTH SIDES MET YESTERDAY IN THE OLD HALL OF THE PALACE AND TALKED ABOUT WATER , ROADS , SCHOOLS AND THE PRICE OF GRAIN UNTIL IT WAS DARK AND EVERYONE HAD GONE HOME TO THE VILLAGES IN THE VALLEY . | RAIN FELL .",
    );
    check(
        "Rain in the north\nSnow in the hills of the west\nSun\nWind on all the coasts of the islands",
        "Rain in the north | Snow in the hills of the west | Sun | Wind on all the coasts of the islands",
    );
}

#[test]
fn numbers_times_and_codes_stay_whole() {
    check(
        "At 10:30am 1,500 men, 3-5 T-72s",
        "At 10:30 am 1,500 men , 3 - 5 T-72s",
    );
    check(
        "$5.5m and 20% of 2016-05-04, in 2011-2016",
        "$ 5.5 m and 20 % of 2016-05-04 , in 2011 - 2016",
    );
    check("The 1990s, the '90s, the 5th", "The 1990s , the '90s , the 5th");
}

#[test]
fn hyphens_part_words_except_after_prefixes() {
    check(
        "a car-maker, non-aligned, mid-June",
        "a car - maker , non-aligned , mid-June",
    );
    check(
        "the town - besieged - fell -- again",
        "the town - besieged - fell -- again",
    );
}

#[test]
fn addresses_stay_whole() {
    check(
        "See https://example.org/a?b=c. Or ask a.b@c.org!",
        "See https://example.org/a?b=c . | Or ask a.b@c.org !",
    );
}

#[test]
fn a_capital_glued_to_a_stop_begins_a_sentence() {
    check(
        "They stopped.Then it rained.",
        "They stopped . | Then it rained .",
    );
}
