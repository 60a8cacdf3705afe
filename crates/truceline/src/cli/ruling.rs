//! `truceline ruling`: a decision of a person, signed and logged, with what it changes.

use super::{At, Common, print, reassess, rebuild, show};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::pipeline;
use crate::ruling::log;
use crate::workspace::Workspace;
use clap::{Args, Subcommand};
use model::record::DecisionForm;
use model::{Claim, ClaimId, Decision, Incident, IncidentId, Metric, Picture, Polarity, RulingId, Standing};
use std::collections::{BTreeMap, BTreeSet};

/// Decides about claims and incidents. An incident stands for the claims that tell it; a ruling about a claim goes
/// for every page that has it in the same words.
#[derive(Debug, Args)]
pub(crate) struct Ruling {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// These claims or incidents are one incident.
    Same {
        /// Claims or incidents, two or more.
        #[arg(required = true, num_args = 2.., value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// None of these claims is about what any of the others is about.
    Apart {
        /// Claims or incidents.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// The others.
        #[arg(long, required = true, num_args = 1.., value_name = "ID")]
        from: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Each group of claims is one incident, and none is what another group is about; one decision for any number.
    Split {
        /// Claims or incidents of one group, between commas; once for each group.
        #[arg(long = "group", required = true, value_name = "ID,ID…")]
        groups: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// The claim belongs to another incident, or stands alone.
    Move {
        /// The claim.
        #[arg(value_name = "CLAIM")]
        claim: String,
        /// The incident, or a claim that tells it; left out, the claim stands alone.
        #[arg(long, value_name = "ID")]
        to: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// The claims were misread; nothing rests on them any more.
    Reject {
        /// Claims.
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// The claims or incidents were read over and stand as they are.
    Accept {
        /// Claims or incidents.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// The incidents are kept, and left out of lists, maps, counts and the queue until something new is told of them.
    Archive {
        /// Incidents, or claims: all accounts of an incident.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// What the claim says of an element is so.
    Verify {
        /// A claim, or an incident whose accounts agree on the element.
        #[arg(value_name = "ID")]
        id: String,
        /// One of: occurrence, place, time, means, toll, author.
        #[arg(value_name = "ELEMENT")]
        element: String,
        #[command(flatten)]
        who: Who,
    },
    /// What the claim or incident tells did not happen so.
    Refute {
        /// A claim or an incident.
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        who: Who,
    },
    /// How reliable a source is, after the Admiralty code.
    Grade {
        /// Name of the source, as `explain` shows origins.
        #[arg(value_name = "SOURCE")]
        source: String,
        /// A completely reliable to E unreliable; F cannot be judged.
        #[arg(value_name = "LETTER")]
        reliability: String,
        #[command(flatten)]
        who: Who,
    },
    /// How credible a claim or incident is, after the Admiralty code.
    Credit {
        /// A claim or an incident.
        #[arg(value_name = "ID")]
        id: String,
        /// 1 confirmed by other sources to 5 improbable; 6 cannot be judged.
        #[arg(value_name = "NUMBER")]
        credibility: u8,
        #[command(flatten)]
        who: Who,
    },
    /// Take an earlier ruling back.
    Undo {
        /// The ruling.
        #[arg(value_name = "RULING")]
        ruling: String,
        #[command(flatten)]
        who: Who,
    },
}

/// Who decides, and why.
#[derive(Clone, Debug, Args)]
struct Who {
    /// Name of the person who decides; the first ruling under a name binds it to a key of this workspace.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The reason.
    #[arg(long, value_name = "WHY")]
    because: String,
    /// Log nothing; say what it would change.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    at: At,
}

impl What {
    fn who(&self) -> &Who {
        match self {
            Self::Same { who, .. }
            | Self::Apart { who, .. }
            | Self::Split { who, .. }
            | Self::Archive { who, .. }
            | Self::Move { who, .. }
            | Self::Reject { who, .. }
            | Self::Accept { who, .. }
            | Self::Verify { who, .. }
            | Self::Refute { who, .. }
            | Self::Grade { who, .. }
            | Self::Credit { who, .. }
            | Self::Undo { who, .. } => who,
        }
    }

    fn form(&self, known: &Known<'_>) -> Result<DecisionForm, String> {
        let each = |ids: &[String]| ids.iter().map(|id| known.one(id)).collect::<Result<Vec<_>, _>>();
        let every = |ids: &[String]| -> Result<Vec<String>, String> {
            let all = ids
                .iter()
                .map(|id| known.all(id))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(all.into_iter().flatten().collect())
        };
        Ok(match self {
            Self::Same { ids, .. } => DecisionForm::Same { claims: each(ids)? },
            Self::Apart { ids, from, .. } => DecisionForm::Apart {
                claims: every(ids)?,
                from: every(from)?,
            },
            Self::Move { claim, to, .. } => DecisionForm::Move {
                claim: known.claim(claim)?,
                to: to.as_deref().map(|id| known.one(id)).transpose()?,
            },
            Self::Reject { claims, .. } => DecisionForm::Reject {
                claims: claims
                    .iter()
                    .map(|id| known.claim(id))
                    .collect::<Result<_, _>>()?,
            },
            Self::Split { groups, .. } => DecisionForm::Split {
                groups: groups
                    .iter()
                    .map(|group| every(&group.split(',').map(str::to_owned).collect::<Vec<_>>()))
                    .collect::<Result<_, _>>()?,
            },
            Self::Archive { ids, .. } => DecisionForm::Archive { claims: every(ids)? },
            Self::Accept { ids, .. } => DecisionForm::Accept { claims: every(ids)? },
            Self::Verify { id, element, .. } => DecisionForm::Verify {
                claim: known.telling(id, element)?,
                element: element.clone(),
            },
            Self::Refute { id, .. } => DecisionForm::Refute {
                claim: known.one(id)?,
            },
            Self::Grade {
                source, reliability, ..
            } => DecisionForm::Grade {
                source: source.clone(),
                reliability: reliability.to_uppercase(),
            },
            Self::Credit { id, credibility, .. } => DecisionForm::Credit {
                claim: known.one(id)?,
                credibility: *credibility,
            },
            Self::Undo { ruling, .. } => DecisionForm::Undo {
                ruling: ruling.clone(),
            },
        })
    }
}

/// The ids that a decision may name.
struct Known<'a> {
    claims: BTreeMap<&'a str, &'a Claim>,
    incidents: BTreeMap<&'a str, &'a Incident>,
}

impl<'a> Known<'a> {
    fn of(picture: &'a Picture) -> Self {
        let claims = picture.claims.iter();
        let incidents = picture.incidents.iter();
        Self {
            claims: claims.map(|it| (it.claim.id.as_str(), &it.claim)).collect(),
            incidents: incidents
                .map(|incident| (incident.id.as_str(), incident))
                .collect(),
        }
    }

    fn claim(&self, id: &str) -> Result<String, String> {
        match self.claims.contains_key(id) {
            true => Ok(id.to_owned()),
            false => Err(format!("there is no claim \"{id}\"")),
        }
    }

    /// Every claim of an incident, or the claim itself.
    fn all(&self, id: &str) -> Result<Vec<String>, String> {
        match self.incidents.get(id) {
            Some(incident) => Ok(incident.claims.iter().map(ClaimId::to_string).collect()),
            None if self.claims.contains_key(id) => Ok(vec![id.to_owned()]),
            None => Err(format!("there is no claim and no incident \"{id}\"")),
        }
    }

    /// A claim that tells the incident as something that happened, or the claim itself.
    fn one(&self, id: &str) -> Result<String, String> {
        let all = self.all(id)?;
        let tells = |id: &&String| {
            let claim = self.claims.get(id.as_str());
            claim.is_some_and(|claim| claim.act.class.is_incident() && claim.polarity != Polarity::Denied)
        };
        let first = all.iter().find(tells).or(all.first());
        first.cloned().ok_or_else(|| format!("\"{id}\" has no claim"))
    }

    /// A claim that tells an element; of an incident any, when its accounts agree about it.
    fn telling(&self, id: &str, element: &str) -> Result<String, String> {
        let Some(incident) = self.incidents.get(id) else {
            return self.claim(id);
        };
        let status = &incident.status;
        let (status, tells): (_, fn(&Claim) -> bool) = match element {
            "place" => (status.place, |claim| !claim.places.is_empty()),
            "time" => (status.time, |claim| claim.when.edtf.is_known()),
            "means" => (status.means, |claim| !claim.weapon.is_empty()),
            "toll" => (status.toll, |claim| !claim.figures.is_empty()),
            "author" => (status.author, |claim| !claim.initiators.is_empty()),
            _ => (status.occurrence, |_| true),
        };
        if status == model::Status::Contested && element != "occurrence" {
            let claims: Vec<&str> = incident.claims.iter().map(ClaimId::as_str).collect();
            return Err(format!(
                "the accounts of {id} conflict about the {element}; name the claim that is right: {}",
                claims.join(", ")
            ));
        }
        let all = incident
            .claims
            .iter()
            .filter_map(|id| self.claims.get(id.as_str()));
        let told = all
            .filter(|claim| claim.act.class.is_incident() && tells(claim))
            .map(|claim| claim.id.to_string());
        told.min().map_or_else(|| self.one(id), Ok)
    }
}

/// Runs the command.
pub(crate) fn run(command: &Ruling, common: &Common) -> anyhow::Result<u8> {
    let who = command.what.who();
    drop(show::view(&who.at.workspace)?);
    let pack = Pack::load(common.data.as_deref())?;
    let mut workspace = Workspace::open(&who.at.workspace, &|_| {})?;
    let settings = rebuild::settings(workspace.view_path())?;
    let replay = workspace.replay()?;
    let mut rulings = replay.rulings(&pack);
    let reading = pipeline::reading(&replay.pages, replay.notes, &pack, &settings, &mut |_, _| {});
    let before = reading.clone().judged(&pack, &settings, &rulings);
    let refuse = |why: String| {
        Fault::of(
            Kind::Usage,
            why,
            "`truceline review`, `truceline incidents` and `truceline rulings` show the ids.",
        )
    };
    let form = command.what.form(&Known::of(&before)).map_err(refuse)?;
    let decision = form.read().map_err(refuse)?;
    if let Decision::Undo { ruling } = &decision
        && !rulings.list.iter().any(|earlier| earlier.id == *ruling)
    {
        return Err(refuse(format!("there is no ruling \"{ruling}\"")));
    }
    let words = reading.words(&decision);
    let ruling = match who.dry_run {
        true => crate::ruling::unsigned(&who.by, &who.because, decision, words)?,
        false => log(&mut workspace, &who.by, &who.because, decision, words)?,
    };
    rulings.list.push(ruling.clone());
    let after = reading.judged(&pack, &settings, &rulings);
    if !who.dry_run {
        rebuild::write_view(
            workspace.view_path(),
            &after,
            &pack,
            &settings,
            &workspace.checkpoint(),
        )?;
    }
    let first = match who.dry_run {
        true => format!("would rule: {}\n", ruling.decision.kind()),
        false => format!("{} {}\n", ruling.id, ruling.decision.kind()),
    };
    let ruled = after.ruled.iter().find(|ruled| ruled.ruling.id == ruling.id);
    let standing = ruled.map_or(String::new(), |ruled| match ruled.standing {
        Standing::InForce => String::new(),
        standing => format!("{}: {}\n", standing.as_str(), ruled.why),
    });
    print(&format!("{first}{standing}{}", changed(&before, &after)))?;
    Ok(0)
}

/// What is not as it was, as records with the verdict of each.
pub(super) fn foreseen(before: &Picture, after: &Picture, ruling: &RulingId) -> server::Foreseen {
    let by_id = |picture: &Picture| -> BTreeMap<IncidentId, Incident> {
        let all = picture.incidents.iter();
        all.map(|incident| (incident.id.clone(), incident.clone()))
            .collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let differ = |ids: &BTreeMap<IncidentId, Incident>, others: &BTreeMap<IncidentId, Incident>| {
        let differ = ids
            .iter()
            .filter(|(id, incident)| others.get(id) != Some(incident));
        differ.map(|(id, _)| id.clone()).collect::<BTreeSet<_>>()
    };
    let told = |picture: &Picture, ids: &BTreeSet<IncidentId>| -> Vec<server::Told> {
        let verdict = |id: &str| {
            let own = picture.findings.iter().filter(|it| it.incident.as_str() == id);
            own.map(|it| it.verdict)
                .min_by_key(|verdict| reports::weight(*verdict))
        };
        let records = reports::incident_records(picture, ids).into_iter();
        records
            .map(|incident| server::Told {
                verdict: verdict(&incident.id),
                incident,
            })
            .collect()
    };
    let (mut gone, mut came) = (
        told(before, &differ(&old, &new)),
        told(after, &differ(&new, &old)),
    );
    let is_there = |told: &server::Told, others: &[server::Told]| {
        others
            .iter()
            .position(|other| other.incident.id == told.incident.id)
    };
    let mut changed = Vec::new();
    let mut at = 0;
    while at < gone.len() {
        match is_there(&gone[at], &came) {
            Some(other) => changed.push((gone.remove(at), came.remove(other))),
            None => at += 1,
        }
    }
    let ruled = after.ruled.iter().find(|ruled| ruled.ruling.id == *ruling);
    server::Foreseen {
        standing: ruled.map_or_else(String::new, |it| it.standing.as_str().to_owned()),
        why: ruled.map_or_else(String::new, |it| it.why.clone()),
        gone,
        new: came,
        changed,
    }
}

/// What is not as it was: incidents gone, new and changed, and the findings that turn.
fn changed(before: &Picture, after: &Picture) -> String {
    fn by_id(picture: &Picture) -> BTreeMap<&IncidentId, &Incident> {
        picture
            .incidents
            .iter()
            .map(|incident| (&incident.id, incident))
            .collect()
    }
    let (old, new) = (by_id(before), by_id(after));
    let mut out = String::new();
    for (id, incident) in &old {
        if !new.contains_key(id) {
            out.push_str(&format!("gone: {}\n", line(incident)));
        }
    }
    for (id, incident) in &new {
        match old.get(id) {
            None => {
                out.push_str(&format!("new: {}\n", line(incident)));
                for finding in after.findings.iter().filter(|it| it.incident == **id) {
                    let verdict = finding.verdict.as_str();
                    out.push_str(&format!(
                        "     {verdict} under \"{}\" of {}\n",
                        finding.term, finding.agreement
                    ));
                }
            }
            Some(was) if line(was) != line(incident) => {
                out.push_str(&format!("was: {}\nis:  {}\n", line(was), line(incident)));
            }
            Some(_) => {}
        }
    }
    if out.is_empty() {
        out.push_str("no incident changes\n");
    }
    out + &reassess::turned(before, after, &|id| old.contains_key(id) && new.contains_key(id))
}

fn line(incident: &Incident) -> String {
    let place = match incident
        .location
        .as_ref()
        .map(|location| location.mention.name.as_str())
    {
        None => "a place nobody tells",
        Some("") => "a place without a name",
        Some(name) => name,
    };
    let toll = incident
        .toll(Metric::Killed)
        .map(|toll| format!(", {} killed", toll.best))
        .unwrap_or_default();
    let status = &incident.status;
    let statuses: Vec<String> = [
        ("occurrence", status.occurrence),
        ("place", status.place),
        ("time", status.time),
        ("means", status.means),
        ("toll", status.toll),
        ("author", status.author),
    ]
    .iter()
    .map(|(element, status)| format!("{element} {}", status.as_str()))
    .collect();
    format!(
        "{}{} {} at {place}, {}{toll}; {}; credibility {}; origins {}",
        if incident.archived { "(archived) " } else { "" },
        incident.id,
        incident.act.id,
        incident.when,
        statuses.join(", "),
        incident.credibility,
        incident
            .origins
            .iter()
            .map(|origin| format!("{} ({})", origin.label, origin.reliability))
            .collect::<Vec<_>>()
            .join(", ")
    )
}
