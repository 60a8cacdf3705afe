use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = dates(text, &Calendar::for_tests());
    let got: Vec<String> = found.found.iter().map(|date| date.edtf.to_string()).collect();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn the_usual_ways_to_write_a_date_are_read() {
    for text in [
        "2017-05-06",
        "2017/5/6",
        "06.05.2017",
        "Sat, May 06, 2017",
        "Published: Saturday, May 6th 2017",
        "6 May 2017",
        "6th of May, 2017",
        "06-May-2017",
        "6. May 2017",
        "6 мая 2017 года",
        "6 Mayıs 2017 Cumartesi",
        "السبت ٦ أيار ٢٠١٧",
        "6 مايو، 2017",
        "6 أيار/مايو 2017",
        "May. 6, 2017",
    ] {
        check(text, &["2017-05-06"]);
    }
}

#[test]
fn a_clock_rides_along() {
    check("3 May 2017, 19:30 GMT", &["2017-05-03T19:30"]);
    check("2017-05-04T06:05:00Z", &["2017-05-04T06:05"]);
    check("May 4, 2017 at 7:05 pm", &["2017-05-04T19:05"]);
    check("Mon, 08 May 2017 07:10:00 +0300", &["2017-05-08T07:10"]);
}

#[test]
fn a_date_that_can_be_read_two_ways_is_an_interval() {
    check("04/05/2017", &["2017-04-05/2017-05-04"]);
    check("Sunday 7/5/2017", &["2017-05-07"]);
    check("13/05/2017", &["2017-05-13"]);
    check("05/13/2017", &["2017-05-13"]);
}

#[test]
fn what_no_page_can_bear_is_refused() {
    for text in ["0025-01-01", "31 February 2017", "2017-13-01", "May 40, 2017"] {
        let found = dates(text, &Calendar::for_tests());
        assert_eq!((found.found.len(), found.refused.len()), (0, 1), "{text}");
    }
    check("may 2000 people; 17 people; version 1.2.3; call 2017", &[]);
}

#[test]
fn an_address_may_carry_the_day() {
    let day = |address: &str| address_date(address).map(|date| date.to_string());
    assert_eq!(
        day("https://a.example/2017/05/04/x").as_deref(),
        Some("2017-05-04")
    );
    assert_eq!(
        day("https://a.example/x-2017-05-04-y").as_deref(),
        Some("2017-05-04")
    );
    assert_eq!(day("https://a.example/20170504/x").as_deref(), Some("2017-05-04"));
    assert_eq!(day("https://a.example/2017/5/4").as_deref(), Some("2017-05-04"));
    assert_eq!(day("https://a.example/story/148231919.html"), None);
}

#[test]
fn the_number_of_a_post_tells_its_day() {
    let day = |address: &str| address_date(address).map(|date| date.to_string());
    // One millisecond after midnight, UTC, of 4 May 2017.
    let number = (1_493_856_000_001_u64 - POSTS_SINCE_MS) << POST_BITS;
    for host in ["twitter.com", "x.com", "mobile.twitter.com", "www.X.com"] {
        for rest in ["", "?s=20", "/photo/1"] {
            let address = format!("https://{host}/somebody/status/{number}{rest}");
            assert_eq!(day(&address).as_deref(), Some("2017-05-04"), "{address}");
        }
    }
    let none = [
        "https://twitter.com/somebody/status/20".to_owned(),
        "https://twitter.com/somebody".to_owned(),
        "https://twitter.com/somebody/status/".to_owned(),
        format!("https://a.example/somebody/status/{number}"),
        format!("https://twitter.com/somebody/status/{}", u64::MAX),
        "https://twitter.com/somebody/status/99999999999999999999999999".to_owned(),
    ];
    for address in none {
        assert_eq!(day(&address), None, "{address}");
    }
}
