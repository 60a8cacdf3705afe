//! Pages in two languages about one occurrence: one incident, with figures of both side by side.

use crate::{of_kind, records, told};
use std::fs;

const ARABIC: &str = "وكالة الشمال\n4 أيار 2017\n\nقتل خمسة مدنيين بينهم طفلان وأصيب 11 آخرون، اليوم الخميس، جراء قصف مدفعي لقوات النظام \
    السوري على بلدة كفر سجنة في ريف إدلب الجنوبي.\n\nوأفاد الدفاع المدني السوري بأن القصف استهدف السوق وسط البلدة.\n";
const ENGLISH: &str = "Northern Post\nMay 4, 2017\n\nFour people were killed when government artillery shelled the town of Kafr \
    Sijna in southern Idlib countryside on Thursday, the observatory said.\n";
const ELSEWHERE: &str = "Eastern Post\nMay 4, 2017\n\nTwo people were killed when artillery shelled the town of Kafr Tarma in \
    southern Idlib countryside on Thursday, the observatory said.\n";
const WALL: &str = "One moment, please...\n\nPlease wait while your request is being verified...\n";

#[test]
fn pages_in_two_languages_tell_one_incident_and_another_village_is_another() {
    let folder = tempfile::tempdir().unwrap();
    // The workspace lies among the pages: its own files are none.
    let (pages, workspace) = (folder.path().join("pages"), folder.path().join("pages/ws"));
    fs::create_dir(&pages).unwrap();
    for (name, text) in [
        ("a.txt", ARABIC),
        ("b.txt", ENGLISH),
        ("c.txt", ELSEWHERE),
        ("d.txt", WALL),
    ] {
        fs::write(pages.join(name), text).unwrap();
    }
    told(&[
        "-q",
        "assess",
        pages.to_str().unwrap(),
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    let all = records(&workspace);
    assert_eq!(of_kind(&all, "document").len(), 4);
    let incidents = of_kind(&all, "incident");
    assert_eq!(incidents.len(), 2, "{incidents:#?}");
    let both = incidents
        .iter()
        .find(|incident| incident["fields"]["pages"] == 2)
        .expect("one incident of two pages");
    let killed = both["fields"]["tolls"].to_string();
    assert!(killed.contains("killed"), "{killed}");
    let lost = of_kind(&all, "note")
        .into_iter()
        .any(|note| note.to_string().contains("in place of the article"));
    assert!(lost, "a wall is a lost page");
}
