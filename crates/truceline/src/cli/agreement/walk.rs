//! `truceline agreement explain`: one incident through every term, each test with its inputs and quoted words.

use super::super::{At, Common, print, show};
use super::{find, wrapped};
use crate::fault::{Fault, Kind};
use agreements::{Attributing, Step};
use jiff::civil::Date;
use model::{Agreement, ClaimId, Finding, Incident, Picture, Term, Ternary};
use std::collections::BTreeSet;

pub(super) fn run(incident: &str, agreement: Option<&str>, at: &At, common: &Common) -> anyhow::Result<u8> {
    let (picture, pack) = show::picture(&at.workspace, common)?;
    let attributing = super::super::rebuild::settings(at.workspace.join("view.sqlite"))?.attributing;
    let incident = one(&picture, incident)?;
    let Some(as_of) = picture.as_of else {
        return Err(Fault::of(
            Kind::Data,
            "nothing was judged, because no page has a date and no day was given",
            "Run `truceline assess` again with --as-of.",
        ));
    };
    let walked: Vec<Agreement> = match agreement {
        Some(id) => vec![find(&pack, id)?.clone()],
        None => picture.agreements.clone(),
    };
    let walk = Walk {
        picture: &picture,
        incident,
        as_of,
        attributing,
        actors: pack.actors(),
    };
    let mut out = walk.opening();
    for agreement in &walked {
        out.push_str(&walk.agreement(agreement));
    }
    out.push_str(&walk.overlaps(&walked));
    print(&out)?;
    Ok(0)
}

/// The one incident whose id begins so.
fn one<'p>(picture: &'p Picture, id: &str) -> anyhow::Result<&'p Incident> {
    let mut found = picture
        .incidents
        .iter()
        .filter(|incident| incident.id.as_str().starts_with(id));
    match (found.next(), found.next()) {
        (Some(incident), None) => Ok(incident),
        (None, _) => Err(Fault::of(
            Kind::Usage,
            format!("there is no incident \"{id}\""),
            "`truceline incidents` lists ids.",
        )),
        (Some(_), Some(_)) => Err(Fault::of(
            Kind::Usage,
            format!("several incidents begin with \"{id}\""),
            "Give more characters of the id.",
        )),
    }
}

struct Walk<'a> {
    picture: &'a Picture,
    incident: &'a Incident,
    as_of: Date,
    attributing: Attributing,
    actors: &'a [model::Actor],
}

impl Walk<'_> {
    fn opening(&self) -> String {
        let incident = self.incident;
        let place = incident
            .location
            .as_ref()
            .map(|location| location.mention.name.as_str())
            .filter(|name| !name.is_empty())
            .unwrap_or("a place that is not known");
        wrapped(
            &format!(
                "{}: {} at {place}, {}; judged as of {}, attribution {}.",
                incident.id,
                incident.act.id,
                incident.when,
                self.as_of,
                self.attributing.as_str()
            ),
            0,
        )
    }

    fn agreement(&self, agreement: &Agreement) -> String {
        let mut out = format!("\n{}\n", wrapped(&agreement.title, 0).trim_end());
        let steps = agreements::walk(
            self.incident,
            &self.picture.incidents,
            agreement,
            self.as_of,
            self.attributing,
            self.actors,
        );
        for (term, step) in agreement.terms.iter().zip(steps) {
            out.push_str(&self.step(term, &step));
        }
        out
    }

    fn step(&self, term: &Term, step: &Step) -> String {
        let mut out = format!("\n  {} ({})\n", term.id, term.duty.as_str());
        out.push_str(&wrapped(&format!("{} – {}", term.words, term.cites), 4));
        match step {
            Step::Silent(_, why) => out.push_str(&wrapped(&format!("No finding: {why}"), 4)),
            Step::Judged(finding) => out.push_str(&self.finding(finding)),
        }
        out
    }

    fn finding(&self, finding: &Finding) -> String {
        let mut out = format!(
            "    {}, rests on: {}  [{}]\n",
            finding.verdict.as_str().to_uppercase(),
            finding.strength,
            finding.id
        );
        for test in &finding.tests {
            out.push_str(&wrapped(
                &format!(
                    "{:<12} {} {}",
                    test.answer.as_str(),
                    test.question,
                    test.because.words
                ),
                6,
            ));
            for input in &test.inputs {
                out.push_str(&wrapped(&format!("· {input}"), 10));
            }
            out.push_str(&self.quotes(&test.claims));
        }
        for fact in &finding.missing {
            out.push_str(&wrapped(
                &format!(
                    "missing: {} If yes: {}. If no: {}.",
                    fact.question,
                    fact.if_yes.as_str(),
                    fact.if_no.as_str()
                ),
                6,
            ));
        }
        out
    }

    /// The words that a test used, each once, with the page they stand on.
    fn quotes(&self, claims: &[ClaimId]) -> String {
        let mut told = BTreeSet::new();
        let mut out = String::new();
        for located in &self.picture.claims {
            let claim = &located.claim;
            if claims.contains(&claim.id) && told.insert((&claim.document, claim.span)) {
                let page = self
                    .picture
                    .document(&claim.document)
                    .map_or(claim.document.as_str(), |document| document.name.as_str());
                out.push_str(&wrapped(
                    &format!(
                        "“{}” – {page}, bytes {}–{}",
                        claim.quote, claim.span.start, claim.span.end
                    ),
                    10,
                ));
            }
        }
        out
    }

    /// Which agreements meet at the place, when more than one does.
    fn overlaps(&self, agreements: &[Agreement]) -> String {
        let met = agreements::overlaps(
            self.incident,
            agreements,
            self.as_of,
            self.attributing,
            self.actors,
        );
        if met.len() < 2 {
            return String::new();
        }
        let mut out = "\nAgreements that meet at this place and time\n".to_owned();
        for (id, covered, guarantors) in met {
            let surely = match covered {
                Ternary::Yes => "covers it",
                _ => "may cover it",
            };
            let guarantors = match guarantors.is_empty() {
                true => "no guarantor is named".to_owned(),
                false => format!("guarantors: {}", guarantors.join(", ")),
            };
            out.push_str(&wrapped(&format!("{id} {surely}; {guarantors}."), 2));
        }
        out.push_str(&wrapped(
            "Each is judged by its own words: a finding under one says nothing under the other, and each has its own \
             guarantors to answer for it.",
            2,
        ));
        out
    }
}
