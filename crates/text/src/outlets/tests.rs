use super::*;

fn read(text: &str) -> (Vec<Outlet>, Vec<String>) {
    let (outlets, faults) = outlets(&[("outlets/x.toml".into(), text.into())]);
    (outlets, faults.iter().map(ToString::to_string).collect())
}

const GOOD: &str = "[[outlet]]\nid = \"a\"\nname = \"Wire A\"\nclass = \"agency\"\nsource = \"imprint\"\nfrom = 2017-01-01\n";

#[test]
fn an_outlet_without_a_family_is_its_own() {
    let (outlets, faults) = read(GOOD);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(
        (
            outlets[0].family.as_str(),
            outlets[0].reliability,
            outlets[0].names.len()
        ),
        ("a", 'F', 1)
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let text = format!(
        "{GOOD}[[outlet]]\nid = \"a\"\nname = \"Twin\"\nclas = \"agency\"\nclass = \"agencie\"\nreliability = \"G\"\nrepublishes = [\"aa\"]\nhosts = \"x\"\n[[outlets]]\nid = \"c\"\n"
    );
    let (_, faults) = read(&text);
    for part in [
        "\"clas\" is not a key",
        "\"agencie\" is not a class",
        "\"source\" is missing",
        "\"from\" is missing",
        "reliability letter",
        "not a list",
        "\"outlets\" is not a key",
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(part)),
            "{part}: {faults:#?}"
        );
    }
    let (_, faults) = read(&format!("{GOOD}{GOOD}republishes = [\"aa\"]\n"));
    assert!(
        faults.iter().any(|fault| fault.contains("listed twice")),
        "{faults:#?}"
    );
    assert!(
        faults.iter().any(|fault| fault.contains("no file lists")),
        "{faults:#?}"
    );
}

#[test]
fn the_outlets_of_the_repository_have_no_fault() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/outlets");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: data/outlets is not here yet");
        return;
    };
    let files: Vec<(String, String)> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    let (outlets, faults) = outlets(&files);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(!outlets.is_empty());
}
