//! Laws of the judge that hold for every incident, whatever it is.

use crate::made::{incident, location, widen, widening};
use crate::world;
use agreements::{Attributing, Docket};
use jiff::civil::{Date, date};
use model::{
    ActorId, Agreement, Assessed, Attribution, AttributionKind, ClaimId, DeadlineOutcome, Edtf, Exemption,
    ExemptionLimits, Finding, Incident, Period, Resolution, Status, Ternary, Verdict,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const AS_OF: Date = date(2020, 1, 1);

fn assess(incidents: &[Incident], agreement: &Agreement) -> Assessed {
    under(incidents, agreement, Attributing::Named)
}

fn under(incidents: &[Incident], agreement: &Agreement, attributing: Attributing) -> Assessed {
    agreements::assess(incidents, agreement, AS_OF, attributing, world::few_actors())
}

/// The findings of one incident, by term.
fn of_one(incident: &Incident, agreement: &Agreement) -> Vec<Finding> {
    assess(std::slice::from_ref(incident), agreement).findings
}

/// Findings that are violations, as incident and term.
fn violations(incidents: &[Incident], agreement: &Agreement, attributing: Attributing) -> BTreeSet<String> {
    let findings = under(incidents, agreement, attributing).findings;
    let breaches = findings
        .into_iter()
        .filter(|finding| finding.verdict == Verdict::Violation);
    breaches
        .map(|finding| format!("{} {}", finding.incident, finding.term))
        .collect()
}

fn several() -> impl Strategy<Value = Vec<Incident>> {
    prop::collection::vec(incident(), 1..7)
}

fn policy() -> impl Strategy<Value = Attributing> {
    prop::sample::select(Attributing::ALL.map(|(_, policy)| policy).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_finding_names_what_is_missing_exactly_when_it_cannot_be_made(incidents in several(), policy in policy()) {
        for agreement in world::looked_at() {
            for finding in under(&incidents, &agreement, policy).findings {
                prop_assert_eq!(!finding.missing.is_empty(), finding.verdict == Verdict::NotAssessable);
                prop_assert!(!finding.reasons.is_empty());
                prop_assert!(finding.tests.len() >= 6);
                prop_assert!(finding.reasons.iter().all(|reason| reason.ends_with('.')), "{:?}", finding.reasons);
                prop_assert!(finding.missing.iter().all(|fact| fact.question.ends_with('?')), "{:?}", finding.missing);
            }
        }
    }

    #[test]
    fn knowing_less_never_decides_what_was_open(incidents in several(), which in any::<prop::sample::Index>(), how in widening()) {
        let mut wider = incidents.clone();
        let at = which.index(wider.len());
        wider[at] = widen(wider[at].clone(), &how);
        for agreement in world::looked_at() {
            let (before, after) = (assess(&incidents, &agreement).findings, assess(&wider, &agreement).findings);
            for before in before {
                let after = after.iter().find(|after| after.id == before.id).expect("the act is the same");
                if before.verdict == Verdict::NotAssessable {
                    prop_assert_eq!(after.verdict, Verdict::NotAssessable, "{:?}: {:?}", how, after.reasons);
                }
                let appeared = after.verdict == Verdict::Violation && before.verdict != Verdict::Violation;
                prop_assert!(!appeared, "{:?}: {:?}", how, before.reasons);
            }
        }
    }

    #[test]
    fn knowing_more_turns_a_violation_only_through_the_fact_that_changed(precise in incident(), how in widening()) {
        for agreement in world::looked_at() {
            let wider = of_one(&widen(precise.clone(), &how), &agreement);
            for (now, before) in of_one(&precise, &agreement).iter().zip(&wider) {
                let changed = now.tests.iter().zip(&before.tests).filter(|(now, before)| now.answer != before.answer);
                for (test, _) in changed {
                    prop_assert!(how.tests().contains(&test.name.as_str()), "{:?} changed {}", how, test.name);
                }
                if before.verdict == Verdict::Violation {
                    prop_assert!(now.verdict != Verdict::NotAssessable, "{:?}: {:?}", how, now.reasons);
                }
            }
        }
    }

    #[test]
    fn an_exemption_never_adds_a_violation(
        incidents in several(),
        exempt in prop::sample::subsequence(vec!["syrian-state-forces", "faylaq-al-sham", "southern-front"], 0..3),
        areas in any::<bool>(),
        act in prop::sample::select(vec!["", "overflight", "shelling"]),
    ) {
        for agreement in world::looked_at() {
            let mut more = agreement.clone();
            more.exemptions.push(Exemption {
                id: "more".to_owned(),
                words: "More are exempt.".to_owned(),
                cites: "test".to_owned(),
                actors: exempt.iter().map(|id| ActorId::from(*id)).collect(),
                kinds: vec!["population".to_owned()],
                areas,
                limits: ExemptionLimits {
                    acts: Some(act).filter(|act| !act.is_empty()).map(|act| act.into()).into_iter().collect(),
                    ..ExemptionLimits::default()
                },
            });
            let named = Attributing::Named;
            prop_assert!(violations(&incidents, &more, named).is_subset(&violations(&incidents, &agreement, named)));
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(incidents in several()) {
        for agreement in world::looked_at() {
            let mut turned = incidents.clone();
            turned.reverse();
            for incident in &mut turned {
                incident.attributions.reverse();
                incident.targets.reverse();
                incident.origins.reverse();
                if let Some(location) = &mut incident.location {
                    location.zones.reverse();
                }
            }
            let mut actors = world::few_actors().to_vec();
            actors.reverse();
            let forward = assess(&incidents, &agreement);
            let backward = agreements::assess(&turned, &agreement, AS_OF, Attributing::Named, &actors);
            prop_assert_eq!(forward, backward);
        }
    }

    #[test]
    fn a_mission_that_names_nobody_finds_no_more_and_one_that_attributes_by_control_no_less(incidents in several()) {
        for agreement in world::looked_at() {
            let found = |policy| violations(&incidents, &agreement, policy);
            let (none, named) = (found(Attributing::None), found(Attributing::Named));
            // A count may rest on acts that only control attributes, so its term is left aside.
            let control = found(Attributing::AreaOfControl);
            prop_assert!(none.is_subset(&named));
            prop_assert!(named.is_subset(&control), "{:?} {:?}", named, control);
        }
    }

    #[test]
    fn what_became_known_after_the_day_changes_nothing(incidents in several()) {
        for agreement in world::looked_at() {
            let mut later = agreement.clone();
            let known = AS_OF.tomorrow().expect("a day");
            later.register.periods.push(Period {
                until: Some(date(2017, 5, 5)),
                known,
                words: "It ended early.".to_owned(),
                source: "test".to_owned(),
            });
            for deadline in &agreement.deadlines {
                later.register.outcomes.push(DeadlineOutcome {
                    deadline: deadline.id.clone(),
                    done: Some(date(2017, 5, 5)),
                    extended: None,
                    known,
                    words: "It was done.".to_owned(),
                    source: "test".to_owned(),
                });
            }
            prop_assert_eq!(assess(&incidents, &agreement), assess(&incidents, &later));
        }
    }

    #[test]
    fn the_docket_rules_as_the_findings_do(incidents in several(), policy in policy(), threads in 1..4_usize) {
        let mut docket = Docket::default();
        docket.fill(incidents.iter().map(|incident| (incident, 0)), world::few_actors());
        for agreement in world::looked_at() {
            let mut found: Vec<(String, String, Verdict)> = under(&incidents, &agreement, policy)
                .findings
                .into_iter()
                .map(|finding| (finding.incident.to_string(), finding.term.to_string(), finding.verdict))
                .collect();
            let rulings = docket.judge(&agreement, AS_OF, policy, world::few_actors(), threads);
            let mut ruled: Vec<(String, String, Verdict)> = rulings
                .iter()
                .map(|ruling| {
                    let id = docket.id(ruling.incident).expect("an incident").to_string();
                    (id, agreement.terms[usize::from(ruling.term)].id.to_string(), ruling.verdict)
                })
                .collect();
            found.sort();
            ruled.sort();
            ruled.dedup();
            prop_assert_eq!(found, ruled);
        }
    }

    #[test]
    fn a_docket_with_a_redrawn_zone_rules_as_a_fresh_one(incidents in several(), answers in prop::collection::vec(0..3_usize, 7)) {
        let inside = [Ternary::Yes, Ternary::No, Ternary::Undetermined];
        let mut redrawn = incidents.clone();
        for (incident, answer) in redrawn.iter_mut().zip(&answers) {
            if let Some(location) = &mut incident.location {
                location.zones[4].inside = inside[*answer];
            }
        }
        let agreement = world::lakes();
        let fill = |incidents: &[Incident]| {
            let mut docket = Docket::default();
            docket.fill((0..).zip(incidents).map(|(spot, incident)| (incident, spot)), world::few_actors());
            docket
        };
        let judge = |docket: &Docket| docket.judge(&agreement, AS_OF, Attributing::Named, world::few_actors(), 1);
        let (mut docket, fresh) = (fill(&incidents), judge(&fill(&redrawn)));
        let before = judge(&docket);
        let changed = docket.redraw(|spot, _| {
            let location = redrawn[spot as usize].location.as_ref().expect("a place");
            location.zones[4].clone()
        });
        let turned = docket.turned(&changed, &before, &agreement, AS_OF, Attributing::Named, world::few_actors());
        prop_assert_eq!(&judge(&docket), &fresh);
        let expected: Vec<_> = fresh.into_iter().filter(|ruling| !before.contains(ruling)).collect();
        prop_assert_eq!(turned, expected);
    }

    #[test]
    fn a_missing_fact_decides_as_it_was_told(incident in incident()) {
        let agreement = world::agreement(world::IDS[0]);
        for finding in of_one(&incident, &agreement) {
            for missing in &finding.missing {
                for (yes, told) in [(true, missing.if_yes), (false, missing.if_no)] {
                    if let Some(supplied) = supply(incident.clone(), &missing.test, yes) {
                        let all = of_one(&supplied, &agreement);
                        let found = all.iter().find(|other| other.id == finding.id).expect("the act is the same");
                        prop_assert_eq!(found.verdict, told, "{} {}: {:?}", missing.test, yes, found.reasons);
                    }
                }
            }
        }
    }

    #[test]
    fn all_missing_facts_together_decide(incident in incident()) {
        let agreement = world::agreement(world::IDS[0]);
        for finding in of_one(&incident, &agreement) {
            let mut known = Some(incident.clone());
            for missing in &finding.missing {
                known = known.and_then(|incident| supply(incident, &missing.test, missing.test != "exemption"));
            }
            if let Some(known) = known.filter(|_| !finding.missing.is_empty()) {
                let all = of_one(&known, &agreement);
                let found = all.iter().find(|other| other.id == finding.id).expect("the act is the same");
                prop_assert!(found.verdict != Verdict::NotAssessable, "{:?}", found.reasons);
            }
        }
    }
}

/// The incident with one missing fact told; `None` where the fact cannot be told without telling another.
fn supply(mut incident: Incident, test: &str, yes: bool) -> Option<Incident> {
    match test {
        "in-force" => incident.when = Edtf::day(if yes { date(2017, 5, 20) } else { date(2017, 4, 1) }),
        "place" => {
            let rest = Ternary::No;
            incident.location = Some(location(
                [rest, yes.into(), rest, rest, rest, rest, rest],
                1,
                "SY",
            ));
            incident.status.place = Status::Reported;
        }
        "bearer" => {
            if !incident.attributions.is_empty() || incident.status.author == Status::Contested {
                return None;
            }
            let id = if yes {
                "syrian-state-forces"
            } else {
                "us-armed-forces"
            };
            incident.attributions.push(Attribution {
                kind: AttributionKind::Named,
                label: id.to_owned(),
                actor: Resolution::Resolved(id.into()),
                actor_kind: String::new(),
                by: "a source".to_owned(),
                claim: ClaimId::of(&["told"]),
                set_aside: false,
            });
        }
        "exemption" => {
            let by_author = incident
                .attributions
                .iter()
                .any(|attribution| match &attribution.actor {
                    Resolution::Resolved(id) => id.as_str() == "nusra-front",
                    _ => true,
                });
            if by_author {
                return None;
            }
            for target in &mut incident.targets {
                target.actor = if yes {
                    Resolution::Resolved("isil".into())
                } else {
                    Resolution::Unresolved
                };
                target.kind = if yes { "excluded-group" } else { "population" }.to_owned();
            }
            if yes && incident.independent_origins() == 0 {
                incident.origins.first_mut()?.independent = Ternary::Yes;
            }
        }
        "evidence" => {
            incident.status.occurrence = if yes { Status::Verified } else { Status::Refuted };
        }
        _ => return None,
    }
    Some(incident)
}

#[test]
fn an_incident_after_the_cut_off_is_noted_and_not_judged() {
    let agreement = world::agreement(world::IDS[0]);
    let files = world::files(world::IDS[0]);
    let (_, text) = files
        .iter()
        .find(|(name, _)| name == "cases.md")
        .expect("cases.md");
    let (cases, _) = agreements::cases("cases.md", text, &agreement, &world::known());
    let incident = cases[0]
        .incident
        .clone()
        .expect("the first example is about an incident");
    let assessed = agreements::assess(
        &[incident],
        &agreement,
        date(2017, 5, 6),
        Attributing::Named,
        &world::actors(),
    );
    assert!(assessed.findings.is_empty());
    assert_eq!(assessed.notes.len(), 1);
    assert!(
        assessed.notes[0].what.contains("after the cut-off on 6 May 2017"),
        "{:?}",
        assessed.notes
    );
}
