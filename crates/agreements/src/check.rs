//! What is wrong with an agreement beyond its spelling: terms that can never fire, words that contradict each
//! other, zones nobody drew. A file may be read without a fault and still say nothing.

use jiff::civil::Date;
use model::{Agreement, DataFault, Deadline, Duty, Exemption, Term, Ternary, Zone};

/// Remarks on the version that is judged by, each with file, line and next step, in order of file and line.
///
/// `files` are those of the agreement's folder, as (name within the folder, text): the lines are found there. A
/// remark refuses nothing; whether it is a slip or the text itself is for a person to say.
pub fn check(agreement: &Agreement, files: &[(String, String)]) -> Vec<DataFault> {
    let page = Page { agreement, files };
    let mut remarks = Vec::new();
    for term in &agreement.terms {
        remarks.extend(never_fires(term, agreement).map(|why| page.term(term, why)));
        remarks.extend(contradictions(term, agreement).map(|(what, right)| page.term(term, (what, right))));
    }
    remarks.extend(agreement.zones.iter().filter_map(|zone| page.zone(zone)));
    remarks.extend(
        agreement
            .exemptions
            .iter()
            .filter_map(|exemption| page.exemption(exemption)),
    );
    remarks.extend(
        agreement
            .deadlines
            .iter()
            .filter_map(|deadline| page.deadline(deadline)),
    );
    remarks.extend(page.parties());
    remarks.sort();
    remarks
}

/// What is wrong, and the next step.
type Remark = (String, &'static str);

/// The agreement with the texts it was read from.
struct Page<'a> {
    agreement: &'a Agreement,
    files: &'a [(String, String)],
}

impl Page<'_> {
    /// A remark at the line of a file that holds an entry's key.
    fn at(&self, file: &str, entry: &str, (what, right): Remark) -> DataFault {
        let text = self.files.iter().find(|(name, _)| name == file);
        let wanted = [format!("id = \"{entry}\""), format!("actor = \"{entry}\"")];
        let line = text.and_then(|(_, text)| {
            text.lines()
                .position(|line| wanted.iter().any(|wanted| line.trim() == wanted))
        });
        DataFault::new(
            format!("agreements/{}/{file}", self.agreement.id),
            line.map_or(0, |line| line + 1),
            what,
            right,
        )
    }

    fn term(&self, term: &Term, remark: Remark) -> DataFault {
        self.at("agreement.toml", term.id.as_str(), remark)
    }

    fn zone(&self, zone: &Zone) -> Option<DataFault> {
        let at = |remark| Some(self.at("zones.toml", zone.id.as_str(), remark));
        let used = self.agreement.terms.iter().any(|term| uses(term, zone))
            || self.agreement.exemptions.iter().any(|exemption| {
                exemption.limits.inside.contains(&zone.id) || exemption.limits.outside.contains(&zone.id)
            });
        let in_words = !zone.whole_provinces.is_empty() || !zone.named_inside.is_empty();
        if zone.shapes.is_empty() && !in_words {
            at((
                format!(
                    "nobody drew the zone \"{}\", and no place is named inside it: no place is ever inside",
                    zone.id
                ),
                "[[zone.inside]] with a place and its source, or an outline in zones.geojson",
            ))
        } else if !used {
            at((
                format!("no term and no exemption speaks of the zone \"{}\"", zone.id),
                "name it under \"zones\" of a term, or take it out",
            ))
        } else {
            None
        }
    }

    fn exemption(&self, exemption: &Exemption) -> Option<DataFault> {
        let at = |remark| Some(self.at("agreement.toml", &exemption.id, remark));
        let bound = self
            .agreement
            .parties
            .iter()
            .filter(|party| party.bound == Ternary::Yes)
            .find(|party| exemption.actors.contains(&party.actor));
        if let Some(party) = bound.filter(|_| exemption.limits == model::ExemptionLimits::default()) {
            return at((
                format!(
                    "\"{}\" is bound by the agreement and exempt from it: no act by or against it is ever a violation",
                    party.actor
                ),
                "bound = \"no\" for the party, or take it out of the exemption",
            ));
        }
        let declared = &exemption.limits.declared;
        let told = self
            .agreement
            .register
            .declarations
            .iter()
            .any(|declaration| declaration.what == *declared);
        (!declared.is_empty() && !told && exemption.limits.unrecorded.is_none())
            .then(|| {
                at((
                    format!("no \"{declared}\" is on record, so this exemption never applies"),
                    "[[declaration]] in register.toml, or unrecorded = \"undetermined\"",
                ))
            })
            .flatten()
    }

    fn deadline(&self, deadline: &Deadline) -> Option<DataFault> {
        let signed = self
            .agreement
            .accounts("signed")
            .map(|anchor| anchor.date)
            .min()?;
        let due = deadline.due?;
        (due < signed).then(|| {
            self.at(
                "agreement.toml",
                &deadline.id,
                (
                    format!("this deadline falls on {due}, before signature on {signed}"),
                    "a later date, or days counted from an anchor",
                ),
            )
        })
    }

    fn parties(&self) -> Option<DataFault> {
        let nobody = !self
            .agreement
            .parties
            .iter()
            .any(|party| party.bound != Ternary::No);
        let whoever = self.agreement.terms.iter().any(|term| term.limits.whoever);
        (nobody && !whoever).then(|| {
            DataFault::new(
                format!("agreements/{}/agreement.toml", self.agreement.id),
                1,
                "nobody is bound by this agreement, so nothing is ever a violation",
                "[[party]] with bound = \"yes\" or \"undetermined\"",
            )
        })
    }
}

fn uses(term: &Term, zone: &Zone) -> bool {
    let near = term.limits.near.iter().any(|near| near.zone == zone.id);
    near || term.zones.contains(&zone.id) || term.limits.except.contains(&zone.id)
}

/// Why a term that seems to judge incidents can never find a violation.
fn never_fires(term: &Term, agreement: &Agreement) -> impl Iterator<Item = Remark> {
    let judges = term.duty != Duty::Permission && !(term.acts.is_empty() && term.classes.is_empty());
    let reasons = [
        no_bearer(term, agreement),
        no_time(term, agreement),
        no_place(term, agreement),
    ];
    reasons.into_iter().flatten().filter(move |_| judges)
}

fn no_bearer(term: &Term, agreement: &Agreement) -> Option<Remark> {
    let bearers = &term.bearers;
    let bound = agreement
        .parties
        .iter()
        .filter(|party| party.bound != Ternary::No);
    let any = bound.clone().any(|party| {
        bearers.contains(&party.actor.0) || party.kinds.iter().any(|kind| bearers.contains(kind))
    });
    let keys = bearers
        .iter()
        .all(|word| agreement.parties.iter().any(|party| party.actor.as_str() == word));
    (!term.limits.whoever && !bearers.is_empty() && keys && !any).then(|| {
        (
            format!(
                "nobody whom the term \"{}\" names is bound, so it can never fire",
                term.id
            ),
            "bound = \"yes\" for one of its bearers, or other bearers",
        )
    })
}

fn no_time(term: &Term, agreement: &Agreement) -> Option<Remark> {
    let start = agreement.accounts(&term.from).map(|anchor| anchor.date).min()?;
    let end = agreement.until.latest();
    let never = |what: &str| {
        Some((
            format!("{what}, so the term \"{}\" can never fire", term.id),
            "an earlier start, or a later end",
        ))
    };
    if end.is_some_and(|end| end <= start) {
        return never("the agreement ends before the term begins");
    }
    let during = &term.limits.during;
    let open = |last: Option<Date>| last.is_none_or(|last| last >= start);
    if !during.is_empty() && !during.iter().any(|window| open(window.latest())) {
        return never("every period of the term ends before it begins");
    }
    None
}

fn no_place(term: &Term, agreement: &Agreement) -> Option<Remark> {
    let start = agreement.accounts(&term.from).map(|anchor| anchor.date).min()?;
    let zone = |id| agreement.zones.iter().find(|zone| zone.id == id);
    let gone = |id: &model::ZoneId| {
        zone(id.clone()).is_some_and(|zone| zone.during.latest().is_some_and(|last| last < start))
    };
    let all_left_out = term.zones.iter().all(|id| term.limits.except.contains(id));
    if term.zones.is_empty() {
        None
    } else if all_left_out {
        Some((
            format!(
                "the term \"{}\" leaves out every zone that it covers, so it can never fire",
                term.id
            ),
            "other zones under \"except\"",
        ))
    } else if term.zones.iter().all(gone) {
        Some((
            format!(
                "every zone of the term \"{}\" ends before the term begins, so it can never fire",
                term.id
            ),
            "zones that exist while the term holds",
        ))
    } else {
        None
    }
}

/// Terms that forbid, and terms that allow, the same act to the same actors on the same ground.
fn contradictions<'a>(term: &'a Term, agreement: &'a Agreement) -> impl Iterator<Item = Remark> + 'a {
    let forbids = term.duty == Duty::Prohibition;
    let allowing = agreement
        .terms
        .iter()
        .filter(move |other| forbids && other.duty == Duty::Permission);
    allowing.filter_map(move |other| {
        let act = term
            .acts
            .iter()
            .find(|act| other.acts.contains(act))
            .map(|act| act.as_str());
        let class = term.classes.iter().find(|class| other.classes.contains(class));
        let shared = act.or(class.map(|class| class.as_str()))?;
        let apart = !term.zones.is_empty()
            && !other.zones.is_empty()
            && !term.zones.iter().any(|zone| other.zones.contains(zone));
        let others = !term.bearers.is_empty()
            && !other.bearers.is_empty()
            && !term.bearers.iter().any(|bearer| other.bearers.contains(bearer));
        (!apart && !others).then(|| {
            (
                format!(
                    "the term \"{}\" forbids \"{shared}\", and the term \"{}\" allows it on the same ground",
                    term.id, other.id
                ),
                "an [[exemption]] for what is allowed, or zones that keep the two apart",
            )
        })
    })
}
