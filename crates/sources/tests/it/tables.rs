//! Tables of others: told apart, mapped, read within bounds, each row kept or rejected with its reason.

use model::{Edtf, Foreign};
use sources::{Column, Columns, DayOrder, Family, Field, Opened, Plan, Refused, Rejected, Wanted};

fn known() -> Columns {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/columns.tsv");
    Columns::parse("columns.tsv", &std::fs::read_to_string(path).expect("the table")).expect("no faults")
}

fn wanted(family: Option<Family>) -> Wanted {
    Wanted {
        family,
        source: "test".into(),
        ..Wanted::default()
    }
}

fn plan(bytes: &[u8], wanted: &Wanted) -> Result<Plan, Refused> {
    Plan::of(&Opened::new(bytes, "")?, &known(), wanted)
}

#[track_caller]
fn check(text: impl AsRef<[u8]>) -> (Plan, Vec<Foreign>, Vec<Rejected>) {
    let opened = Opened::new(text.as_ref(), "").expect("a table");
    let plan = Plan::of(&opened, &known(), &wanted(None)).expect("a plan");
    let (mut kept, mut rejected) = (Vec::new(), Vec::new());
    for row in plan.rows(&opened) {
        match row {
            Ok(row) => kept.push(row),
            Err(row) => rejected.push(row),
        }
    }
    (plan, kept, rejected)
}

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities\r\n";

#[test]
fn acled_is_told_by_its_columns_and_its_codes_widen_the_time() {
    let rows = "SYR1,03 May 2017,2017,1,Political violence,Battles,Armed clash,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X; Y,\"On 3 May, \"\"A\"\" and B.\",5\r\n\
        SYR2,2017-05-03,2017,2,Political violence,Battles,Armed clash,A,,Syria,Aleppo,Azaz,36.58,37.04,2,X,w,0\r\n\
        SYR3,2017-05-03,2017,3,Political violence,Battles,Armed clash,A,,Syria,Aleppo,Azaz,36.58,37.04,3,X,m,\r\n";
    let text = format!("{ACLED}{rows}");
    let (plan, kept, rejected) = check(&text);
    assert_eq!((plan.family, rejected.len(), kept.len()), (Family::Acled, 0, 3));
    assert_eq!(kept[0].notes, "On 3 May, \"A\" and B.");
    assert_eq!(kept[0].actors, ["A", "B"]);
    assert_eq!(
        (kept[0].deaths.low, kept[0].deaths.best, kept[0].deaths.high),
        (Some(5), None, None)
    );
    assert_eq!(kept[2].deaths.low, None, "an empty cell is not 0");
    assert_eq!(kept[0].when.to_string(), "2017-05-03");
    assert_eq!(
        kept[1].when,
        Edtf::parse("2017-04-27/2017-05-09").expect("an interval")
    );
    assert_eq!(kept[2].when, Edtf::parse("2017-05").expect("a month"));
    // The span is the row, byte for byte.
    let span = kept[0].span;
    assert!(text[span.start..span.end].starts_with("SYR1,") && text[span.start..span.end].ends_with(",5"));
    assert_eq!(kept[1].line, 3);
}

#[test]
fn ucdp_is_told_by_its_columns_and_keeps_its_bounds() {
    let text = "id\ttype_of_violence\tside_a\tside_b\tsource_article\twhere_prec\twhere_coordinates\tadm_1\tlatitude\tlongitude\tcountry\tdate_prec\tdate_start\tdate_end\tbest\thigh\tlow\n\
        7\t1\tGovernment\tGroup\tAgency\t4\tHama province\tHama\t35.1\t36.7\tSyria\t2\t2017-05-01 00:00:00.000\t2017-05-04 00:00:00.000\t5\t7\t4\n";
    let (plan, kept, rejected) = check(text);
    assert_eq!((plan.family, rejected.len()), (Family::Ucdp, 0));
    assert_eq!(kept[0].when.to_string(), "2017-05-01/2017-05-04");
    assert_eq!(
        (kept[0].deaths.low, kept[0].deaths.best, kept[0].deaths.high),
        (Some(4), Some(5), Some(7))
    );
    assert_eq!(kept[0].place_code, "4");
}

#[test]
fn hxl_is_told_by_its_tags_wherever_the_names_stand() {
    let text = "Publisher,,\nRef;,When,Where\n#meta+id,#date+start+i_en,#loc +name\n1,2017-05-03,Azaz\n";
    let (plan, kept, _) = check(text);
    assert_eq!((plan.family, kept.len()), (Family::Hxl, 1));
    assert_eq!((&*kept[0].key, &*kept[0].place), ("1", "Azaz"));
}

#[test]
fn columns_of_any_table_are_guessed_by_their_names_and_may_be_named() {
    let text = "Ref;Date of event;Governorate;Village;Killed;Narrative\n1;3/5/2017;Aleppo;Azaz;5;x\n2;13/5/2017;Aleppo;Azaz;6;y\n";
    let refused = plan(text.as_bytes(), &wanted(None)).expect_err("no known name of a day");
    assert!(
        refused.what.contains("day") && refused.next.contains("Date of event"),
        "{refused:?}"
    );
    let mut asked = wanted(None);
    asked.columns = vec![(Field::Date, Column::Named("Date of evnt".into()))];
    let refused = plan(text.as_bytes(), &asked).expect_err("no such column");
    assert!(refused.next.contains("Date of event"), "{refused:?}");
    asked.columns = vec![(Field::Date, Column::At(9))];
    assert!(plan(text.as_bytes(), &asked).is_err(), "there is no tenth column");
    asked.columns = vec![
        (Field::Date, Column::Named("Date of event".into())),
        (Field::Notes, Column::None),
        (Field::Place, Column::At(2)),
    ];
    let plan = plan(text.as_bytes(), &asked).expect("a plan");
    assert_eq!(plan.order, Some(DayOrder::DayFirst), "13 is no month");
    assert!(!plan.has(Field::Notes) && !plan.has(Field::Province), "{plan:?}");
    let opened = Opened::new(text.as_bytes(), "").expect("text");
    let rows: Vec<Foreign> = plan.rows(&opened).map(|row| row.expect("a row")).collect();
    assert_eq!(rows[0].when.to_string(), "2017-05-03");
    assert_eq!(
        (&*rows[0].key, &*rows[0].place, rows[0].deaths.best),
        ("1", "Aleppo", Some(5))
    );
}

#[test]
fn rows_that_cannot_be_kept_say_why_and_the_others_stay() {
    let rows = "\
        ,2017-05-03,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,5\r\n\
        A,,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,5\r\n\
        B,2017-13-03,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,5\r\n\
        C,2017-05-03,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,136.58,37.04,1,X,n,5\r\n\
        D,2017-05-03,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,many\r\n\
        E,2017-05-03,too few\r\n\
        F,2017-05-03,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,5\r\n\
        F,2017-05-04,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,5\r\n";
    let (_, kept, rejected) = check(format!("{ACLED}{rows}"));
    assert_eq!(kept.len(), 1);
    let why: Vec<(usize, &str)> = rejected.iter().map(|row| (row.line, row.why.as_str())).collect();
    let words = [
        "no id",
        "no day",
        "calendar",
        "globe",
        "whole number",
        "3 cells",
        "earlier row",
    ];
    assert_eq!(why.len(), words.len(), "{why:?}");
    for ((line, why), word) in why.iter().zip(words) {
        assert!(why.contains(word), "line {line}: {why} has no {word}");
    }
    assert_eq!(
        why.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        [2, 3, 4, 5, 6, 7, 9]
    );
}

#[test]
fn hostile_rows_cost_their_own_length_and_the_table_goes_on() {
    let good = "OK,2017-05-03,2017,1,P,B,S,A,B,Syria,Aleppo,Azaz,36.58,37.04,1,X,n,5\n";
    let commas = ",".repeat(50_000_000);
    let (_, kept, rejected) = check(format!("{ACLED}{commas}\n{good}"));
    assert_eq!((kept.len(), rejected.len()), (1, 1));
    assert_eq!(rejected[0].line, 2);
    // A quotation mark that is never closed loses its row and no other.
    let mut text = format!("{ACLED}\"open,2017-05-03\n");
    for n in 0..20_000 {
        text.push_str(&good.replacen("OK", &format!("OK{n}"), 1));
    }
    let (_, kept, rejected) = check(&text);
    assert_eq!(
        (kept.len(), rejected.len()),
        (20_000, 1),
        "{:?}",
        rejected.first()
    );
    // Rows that each open one: reading stops before it has cost much, and says so.
    let lines = "a\"b,\"c\n".repeat(1 << 20);
    let (_, kept, rejected) = check(format!("{ACLED}{lines}"));
    assert!(kept.is_empty());
    assert!(
        rejected.last().is_some_and(|row| row.why.contains("do not end")),
        "{:?}",
        rejected.last()
    );
}

#[test]
fn bytes_that_are_no_table_are_refused_with_a_next_step() {
    for (bytes, word) in [
        (&b"PK\x03\x04rest"[..], "workbook"),
        (b"", "names"),
        (b"one line of prose", "names"),
        (b"a,b\n1,2\n", "day"),
    ] {
        let refused = plan(bytes, &wanted(None)).expect_err("no table");
        assert!(
            refused.what.contains(word) && !refused.next.is_empty(),
            "{refused:?}"
        );
    }
    let refused = plan(b"a,b\n1,2\n", &wanted(Some(Family::Hxl))).expect_err("no tags");
    assert!(refused.what.contains("HXL"));
}

#[test]
fn old_spreadsheets_are_read_in_their_charset() {
    let (_, kept, _) = check(b"id,date,location\n1,2017-05-03,Ch\xe2teau\n");
    assert_eq!(kept[0].place, "Ch\u{e2}teau");
    let (_, kept, _) = check("\u{feff}id,date,location\n1,2017-05-03,Ch\u{e2}teau\n");
    assert_eq!(kept[0].key, "1");
}

#[test]
fn a_table_without_ids_makes_a_row_of_what_it_says() {
    let (plan, kept, rejected) = check("date,location\n2017-05-03,Azaz\n2017-05-03,Azaz\n2017-05-04,Azaz\n");
    assert!(!plan.has(Field::Id));
    assert_eq!((kept.len(), rejected.len()), (2, 1), "the same row twice");
    assert_ne!(kept[0].key, kept[1].key);
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_rows_within_the_file(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let mut text = b"id,date,location\n".to_vec();
        text.extend(bytes);
        let opened = Opened::new(&text, "").unwrap();
        if let Ok(plan) = Plan::of(&opened, &known(), &wanted(Some(Family::Csv))) {
            let mut from = 0;
            for row in plan.rows(&opened) {
                let span = match row { Ok(row) => row.span, Err(row) => row.span };
                proptest::prop_assert!(span.start >= from && span.end <= text.len());
                from = span.start;
            }
        }
    }
}
