use super::*;
use model::PlacePrecision;

const HEADER: &str = "id\tname\tnames\tarabic\tlat\tlon\tkind\tadmin1\tcountry\tpopulation\tradius_km\tfrom\tuntil\tsource\tlicence";
const GOOD: &str = "x:1\tKarsa\tQarsa\tقرصا\t36.1\t37.2\ttown\t\tSY\t9000\t\t2010\t2012\tmade up\tCC0";

fn parse(name: &str, text: String) -> (Gazetteer, Vec<DataFault>) {
    Gazetteer::parse(&[(name.to_owned(), text)])
}

#[track_caller]
fn check_fault(line: &str, part: &str) {
    let (_, faults) = parse("t.tsv", format!("{HEADER}\n{line}"));
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        told.iter()
            .any(|fault| fault.starts_with("t.tsv:2: ") && fault.contains(part)),
        "{told:?} lacks {part:?}"
    );
}

#[test]
fn every_fault_tells_its_line_and_what_is_wrong() {
    assert!(parse("t.tsv", format!("{HEADER}\n{GOOD}")).1.is_empty());
    check_fault(&GOOD.replace("x:1", ""), "\"id\" is empty");
    check_fault(&GOOD.replace("made up", ""), "\"source\" is empty");
    check_fault(&GOOD.replace("\ttown\t", "\ttowm\t"), "did you mean \"town\"?");
    check_fault(&GOOD.replace("36.1", "136.1"), "degrees");
    check_fault(&GOOD.replace("36.1", "NaN"), "degrees");
    check_fault(&GOOD.replace("\tSY\t", "\tSyria\t"), "ISO 3166-1");
    check_fault(&GOOD.replace("9000", "nine"), "whole number");
    check_fault(&GOOD.replace("2010", "2013"), "before");
    check_fault(&GOOD.replace("2010", "May"), "no date");
    check_fault(&GOOD.replace("town\t\t", "town\tNowhere\t"), "no province of SY");
    check_fault("x:1\tKarsa", "2 fields");
}

#[test]
fn all_faults_of_a_file_come_at_once() {
    let two = format!(
        "{HEADER}\n{}\n{}",
        GOOD.replace("36.1", "x"),
        GOOD.replace("town", "towm")
    );
    assert_eq!(parse("t.tsv", two).1.len(), 2);
    let doubled = format!("{HEADER}\n{GOOD}\n{GOOD}");
    assert!(
        parse("t.tsv", doubled).1[0]
            .what
            .contains("already used at t.tsv:2")
    );
    let unknown = HEADER.replace("radius_km", "radius_m");
    assert!(
        parse("t.tsv", unknown).1[0]
            .to_string()
            .contains("did you mean \"radius_km\"?")
    );
}

#[test]
fn defaults_fill_empty_cells_below_them_only() {
    let bare = GOOD.replace("made up\tCC0", "\t");
    let before = format!("{HEADER}\n{bare}\n#default\tsource\tmade up\n#default\tlicence\tCC0");
    assert_eq!(parse("t.tsv", before).1.len(), 2);
    let after = format!("{HEADER}\n#default\tsource\tmade up\n#default\tlicence\tCC0\n{bare}");
    assert_eq!(parse("t.tsv", after).1, vec![]);
}

#[test]
fn a_gazetteer_is_the_same_whatever_the_order_of_its_files() {
    let a = ("a.tsv".to_owned(), format!("{HEADER}\n{GOOD}"));
    let b = (
        "b.tsv".to_owned(),
        format!("{HEADER}\n{}", GOOD.replace("x:1", "x:2").replace("36.1", "35.1")),
    );
    let (one, _) = Gazetteer::parse(&[a.clone(), b.clone()]);
    let (other, _) = Gazetteer::parse(&[b, a.clone()]);
    assert_eq!(one.version(), other.version());
    assert_eq!(one.find("karsa"), other.find("karsa"));
    assert_ne!(one.version(), Gazetteer::parse(&[a]).0.version());
}

#[test]
fn aliases_and_demonyms_reach_their_place() {
    let files = [
        (
            "t.tsv".to_owned(),
            format!(
                "{HEADER}\n{GOOD}\n{}",
                "x:9\tKarsia\t\t\t36\t37\tcountry\t\tSY\t\t\t\t\tmade up\tCC0"
            ),
        ),
        (
            "aliases.tsv".to_owned(),
            "place\tnames\tsource\nx:1\tThe Old Mill\tmade up\nx:8\tGone\tmade up".to_owned(),
        ),
        (
            "demonyms.tsv".to_owned(),
            "place\twords\tsource\nSY\tKarsian|Karsians\tmade up".to_owned(),
        ),
    ];
    let (gazetteer, faults) = Gazetteer::parse(&files);
    assert_eq!(gazetteer.find("the old mill")[0].name, "Karsa");
    assert_eq!(gazetteer.find("Karsians")[0].because.rule, "name-of-its-people");
    assert!(faults.len() == 1 && faults[0].what.contains("x:8"), "{faults:?}");
    assert!(
        gazetteer.names().all(|name| name != "Karsian"),
        "words for peoples name no place"
    );
}

#[test]
fn a_better_point_moves_a_place_and_its_disc_still_holds_it() {
    let table = format!("{HEADER}\n{}", GOOD.replace("9000\t\t", "9000\t5\t"));
    let points = "place\tlat\tlon\tsource\nx:1\t37.1\t37.2\tmade up\nx:1\t91\t0\tmade up\nx:7\t1\t1\t";
    let files = [
        ("t.tsv".to_owned(), table),
        ("points.tsv".to_owned(), points.to_owned()),
    ];
    let (gazetteer, faults) = Gazetteer::parse(&files);
    let entry = gazetteer.entry(0);
    assert!((entry.at.lat - 37.1).abs() < 1e-6);
    // A degree of latitude is 111 km.
    assert!((entry.radius.0 - 116_000.0).abs() < 200.0, "{:?}", entry.radius);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].contains("points.tsv:4") || told[1].contains("points.tsv:4"),
        "{told:?}"
    );
}

#[test]
fn places_of_a_small_table_answer_but_prose_is_not_searched_for_them() {
    let (gazetteer, _) = parse("x-small.tsv", format!("{HEADER}\n{GOOD}"));
    assert_eq!(gazetteer.find("Qarsa").len(), 1);
    assert_eq!(gazetteer.names().count(), 0);
}

#[test]
fn the_largest_place_of_a_name_comes_first_and_shares_add_up() {
    let twin = GOOD.replace("x:1", "x:2").replace("9000", "900000");
    let (gazetteer, _) = parse("t.tsv", format!("{HEADER}\n{GOOD}\n{twin}"));
    let found = gazetteer.find("Karsa");
    assert_eq!(found[0].place.as_str(), "x:2");
    let total: f64 = found.iter().map(|candidate| candidate.share).sum();
    assert!((total - 1.0).abs() < 1e-9);
    assert_eq!(found[0].precision, PlacePrecision::Town);
    assert!(gazetteer.find("").is_empty() && gazetteer.find("—").is_empty());
}

#[test]
fn a_country_file_of_geonames_becomes_a_table_that_parses() {
    let line = |id: u32, name: &str, class: &str, code: &str, admin: &str, people: u32| {
        format!(
            "{id}\t{name}\t{name}\tOther,مدينة\t36.1\t37.2\t{class}\t{code}\tSY\t\t{admin}\t\t\t\t{people}\t\t500\tAsia/Damascus\t2020-01-01"
        )
    };
    let text = [
        line(1, "Karsa Province", "A", "ADM1", "09", 0),
        line(2, "Karsa", "P", "PPL", "09", 9_000),
        line(3, "Karsa Hill", "T", "HLL", "09", 0),
    ];
    let alternates = "77\t2\tku\tQersa\n78\t2\tlink\thttps://example.org";
    let file = format!("{}\nbroken", text.join("\n"));
    let mut looks = Vec::new();
    let (table, faults) = Gazetteer::geonames_country_file(&file, Some(alternates), &mut |read, all| {
        looks.push((read, all));
    });
    assert_eq!(faults.len(), 1);
    assert!(looks.len() > 1 && looks.is_sorted(), "{looks:?}");
    assert!(looks.iter().all(|(read, all)| read <= all), "{looks:?}");
    let (gazetteer, faults) = parse("sy-full.tsv", table);
    assert_eq!(faults, vec![]);
    assert_eq!(gazetteer.count(), 2, "hills are left out");
    assert_eq!(gazetteer.find("Qersa")[0].province, "Karsa Province");
    assert!(gazetteer.find("https://example.org").is_empty());
}

#[test]
fn a_p_code_list_becomes_a_table_that_parses() {
    let list = "admin1Name_en,admin1Name_ar,admin1Pcode,latitude,longitude\n#adm1+name,#adm1+name+ar,#adm1+code,#lat,#lon\n\"Karsa, Rural\",ريف قرصا,SY99,36.1,37.2\n,,SY98,1,1\n";
    let (table, faults) = Gazetteer::pcodes(list, &mut |_, _| {});
    assert_eq!(faults.len(), 1, "{faults:?}");
    let (gazetteer, faults) = parse("pcodes.tsv", table);
    assert_eq!(faults, vec![]);
    assert_eq!(gazetteer.find("SY99")[0].name, "Karsa, Rural");
    assert_eq!(gazetteer.find("ريف قرصا")[0].precision, PlacePrecision::Province);
    assert_eq!(Gazetteer::pcodes("a,b\n1,2", &mut |_, _| {}).1.len(), 1);
}

#[test]
fn a_name_in_arabic_script_is_not_found_by_sound_alone() {
    let table = "id\tname\tnames\tarabic\tlat\tlon\tkind\tadmin1\tadmin2\tcountry\tpopulation\tradius_km\tfrom\tuntil\tsource\tlicence\n\
        a\tAt Tall\tEtt Tell\tالتل\t33.6\t36.3\ttown\t\t\tSY\t55561\t\t\t\tby hand\tCC0\n\
        b\tAfrin\t\tعفرين\t36.5\t36.9\ttown\t\t\tSY\t40000\t\t\t\tby hand\tCC0\n";
    let (gazetteer, faults) = Gazetteer::parse(&[("gazetteer/t.tsv".to_owned(), table.to_owned())]);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(gazetteer.find("العتال").is_empty());
    assert_eq!(gazetteer.find("عفرين").len(), 1);
    assert_eq!(gazetteer.find("عفرن").len(), 1);
}
