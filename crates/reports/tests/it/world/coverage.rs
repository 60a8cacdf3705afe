//! Who could be heard in the world: two zones, one day of each sort.

use super::pages::*;
use jiff::civil::{Date, date};
use model::*;

fn sight(day: i8, sight: Sight, surely: &[&Incident], heard: &[&str]) -> DaySight {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    DaySight {
        day: date(2031, 5, day),
        sight,
        surely: surely.iter().map(|incident| incident.id.clone()).collect(),
        perhaps: vec![],
        heard: names(heard),
        silent: vec!["State Journal".into()],
        pages: if heard.is_empty() {
            vec![]
        } else {
            vec![id_of("wire-1.txt")]
        },
        hindered: vec![],
    }
}

pub(crate) fn coverage(incidents: &[Incident]) -> Coverage {
    let zone = |id: &str, name: &str, days: Vec<DaySight>| ZoneCoverage {
        agreement: if id.is_empty() {
            "".into()
        } else {
            "lake-accord".into()
        },
        zone: id.into(),
        name: name.into(),
        days,
        undated: vec![incidents[3].id.clone()],
        unseen: vec![Unseen {
            place: "Serai crossing".into(),
            why: "access denied or jammed".into(),
            when: day("2031-05-05"),
            claims: incidents[0].claims[..1].to_vec(),
        }],
    };
    Coverage {
        outlets: vec![
            ("Lake Wire".into(), 4, day("2031-05-05")),
            ("State Journal".into(), 1, day("2031-05-03")),
            ("Radio Brenn".into(), 0, Edtf::unknown()),
        ],
        pages: 7,
        lost: 1,
        undated: 1,
        blind_days: vec![Date::constant(2031, 5, 6)],
        by_day: vec![OutletDay {
            day: date(2031, 5, 5),
            alive: vec!["Lake Wire".into()],
            silent: vec!["State Journal".into()],
        }],
        zones: vec![
            zone(
                "north",
                "Northern zone",
                vec![
                    sight(3, Sight::Incidents, &[&incidents[0]], &["Lake Wire"]),
                    sight(4, Sight::NothingTold, &[], &["Lake Wire"]),
                    sight(5, Sight::Hindered, &[], &[]),
                    sight(6, Sight::Blind, &[], &[]),
                ],
            ),
            zone(
                "",
                "outside the zones, or place not told",
                vec![
                    sight(3, Sight::Unwatched, &[], &[]),
                    sight(4, Sight::Unwatched, &[], &[]),
                    sight(5, Sight::NothingTold, &[], &["Lake Wire"]),
                    sight(6, Sight::Blind, &[], &[]),
                ],
            ),
        ],
    }
}
