//! What a duty officer wants first, as plain data and in words.

use crate::lookup::{Lookup, weight};
use crate::phrase;
use crate::plain::{clip, visible};
use jiff::civil::Date;
use model::{
    Count, Coverage, Edtf, Incident, IncidentId, Metric, Movement, Picture, Progress, Severity, Sight,
    Verdict,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a duty officer wants first. Every number has its unit in its name or beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The day up to which it speaks.
    pub as_of: Option<Date>,
    /// First and last day it is about.
    pub period: Option<(Date, Date)>,
    /// Printed across it when set.
    pub watermark: String,
    /// Pages read.
    pub pages: usize,
    /// Pages that could not be read.
    pub lost: usize,
    /// Pages read that have no date.
    pub undated: usize,
    /// Incidents reported as news.
    pub new: Vec<IncidentId>,
    /// Incidents recalled as background only.
    pub background: Vec<IncidentId>,
    /// Incidents that rulings archived: kept, and in none of the counts here.
    pub archived: Vec<IncidentId>,
    /// Persons killed and injured in the incidents reported as news; series are left out, because a
    /// series may count single incidents again.
    pub tolls: Vec<TollLine>,
    /// Findings of each agreement and version.
    pub findings: Vec<FindingLine>,
    /// Allegations of breaches without an incident that could be judged.
    pub complaints: usize,
    /// Rounds of talks: name, time, planned or held.
    pub rounds: Vec<(String, Edtf, Progress)>,
    /// Meetings and calls.
    pub meetings: usize,
    /// Positions on proposals.
    pub positions: usize,
    /// Deliveries by how far they have come.
    pub deliveries: BTreeMap<Progress, usize>,
    /// Returns, evacuations and releases by how far they have come.
    pub returns: BTreeMap<Progress, usize>,
    /// Who could be heard, in one sentence; never claims quiet.
    pub coverage: String,
    /// Notes on what could not be read, by how much is missing.
    pub notes: BTreeMap<Severity, usize>,
}

/// Persons counted over the incidents of one summary: one scope, one unit, each incident once.
#[derive(Clone, Debug, PartialEq)]
pub struct TollLine {
    /// Killed or injured.
    pub metric: Metric,
    /// From the least to the most that any account of each incident says.
    pub range: Count,
    /// Incidents that a number was given for.
    pub incidents: Vec<IncidentId>,
    /// Incidents reported as news, other than series, that no number was given for.
    pub untold: usize,
    /// Whose numbers they are, in alphabetical order.
    pub by: Vec<String>,
}

/// Findings under one version of one agreement; a finding is one incident under one term.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingLine {
    /// The agreement's title, or its key when the picture does not hold it.
    pub agreement: String,
    /// Its version.
    pub version: String,
    /// Findings of each verdict, in the order in which a reader must look at them.
    pub verdicts: Vec<(Verdict, usize, Vec<IncidentId>)>,
}

/// The summary of a picture.
///
/// ```
/// let summary = reports::summary(&model::Picture::default());
/// assert!(summary.to_string().contains("no page was read"));
/// ```
pub fn summary(picture: &Picture) -> Summary {
    of(&Lookup::in_use(picture))
}

pub(crate) fn of(lookup: &Lookup<'_>) -> Summary {
    let picture = lookup.picture;
    let (background, news): (Vec<&Incident>, Vec<&Incident>) = lookup
        .incidents
        .iter()
        .copied()
        .partition(|incident| incident.background);
    let ids = |incidents: &[&Incident]| incidents.iter().map(|it| it.id.clone()).collect();
    let tolls = [Metric::Killed, Metric::Injured].map(|metric| toll(&news, metric));
    let mut notes = BTreeMap::new();
    for note in lookup.notes() {
        *notes.entry(note.severity).or_insert(0) += 1;
    }
    let mut rounds: Vec<_> = picture.tracks.rounds.iter().collect();
    rounds.sort_by_key(|it| {
        (
            it.when.earliest().is_none(),
            it.when.earliest(),
            it.when.latest(),
            &it.id,
        )
    });
    Summary {
        as_of: picture.as_of,
        period: picture.period,
        watermark: picture.watermark.clone(),
        pages: picture.coverage.pages,
        lost: picture.coverage.lost,
        undated: picture.coverage.undated,
        new: ids(&news),
        background: ids(&background),
        archived: ids(&lookup.archived),
        tolls: tolls.into_iter().flatten().collect(),
        findings: findings(lookup),
        complaints: picture.tracks.complaints.len(),
        rounds: rounds
            .into_iter()
            .map(|it| (round_name(it), it.when.clone(), it.progress))
            .collect(),
        meetings: picture.tracks.meetings.len(),
        positions: picture.tracks.positions.len(),
        deliveries: by_progress(&picture.tracks.deliveries),
        returns: by_progress(&picture.tracks.returns),
        coverage: coverage(picture),
        notes,
    }
}

pub(crate) fn round_name(round: &model::Round) -> String {
    let track = if round.track.is_empty() {
        "place not told".to_owned()
    } else {
        phrase::capital(&round.track)
    };
    match round.number {
        Some(number) => format!("{track}, round {number}"),
        None => format!("{track}, round of which the number is not told"),
    }
}

fn toll(news: &[&Incident], metric: Metric) -> Option<TollLine> {
    let mut line: Option<TollLine> = None;
    let mut by = BTreeSet::new();
    let mut untold = 0;
    for incident in news.iter().filter(|incident| !incident.series) {
        let Some(toll) = incident.toll(metric) else {
            untold += 1;
            continue;
        };
        by.extend(toll.accounts.iter().map(|(by, _, _)| by.clone()));
        let sum = line.get_or_insert_with(|| TollLine {
            metric,
            range: Count::exactly(0),
            incidents: Vec::new(),
            untold: 0,
            by: Vec::new(),
        });
        sum.range = sum.range.plus(toll.range);
        sum.incidents.push(incident.id.clone());
    }
    line.map(|line| TollLine {
        untold,
        by: by.into_iter().collect(),
        ..line
    })
}

fn findings(lookup: &Lookup<'_>) -> Vec<FindingLine> {
    let mut counted: BTreeMap<_, BTreeMap<_, (Verdict, usize, Vec<IncidentId>)>> = BTreeMap::new();
    for finding in lookup.findings_in_order() {
        let of_agreement = counted.entry((&finding.agreement, &finding.version)).or_default();
        let entry = of_agreement
            .entry(weight(finding.verdict))
            .or_insert((finding.verdict, 0, Vec::new()));
        entry.1 += 1;
        if !entry.2.contains(&finding.incident) {
            entry.2.push(finding.incident.clone());
        }
    }
    let line = |((id, version), verdicts): ((&model::AgreementId, &String), BTreeMap<u8, _>)| FindingLine {
        agreement: lookup
            .agreement(id, version)
            .map_or_else(|| id.to_string(), |it| it.title.clone()),
        version: version.clone(),
        verdicts: verdicts.into_values().collect(),
    };
    counted.into_iter().map(line).collect()
}

fn by_progress(movements: &[Movement]) -> BTreeMap<Progress, usize> {
    let mut counted = BTreeMap::new();
    for movement in movements {
        *counted.entry(movement.progress).or_insert(0) += 1;
    }
    counted
}

/// Who could be heard. Says what was read and what was not; never that it was quiet.
pub(crate) fn coverage(picture: &Picture) -> String {
    let coverage = &picture.coverage;
    let lost = match coverage.lost {
        0 => String::new(),
        lost => format!("; {} could not be read", phrase::number(lost, "page", "pages")),
    };
    if coverage.pages == 0 {
        return format!(
            "No outlet was heard: no page was read{lost}. Nothing can be said about what happened."
        );
    }
    let heard = coverage.outlets.iter().filter(|(_, pages, _)| *pages > 0).count();
    let mut words = format!(
        "{} of {} heard in {}{lost}",
        heard,
        phrase::number(coverage.outlets.len(), "outlet", "outlets"),
        phrase::number(coverage.pages, "page", "pages"),
    );
    if coverage.undated > 0 {
        words.push_str(&format!("; {} without a date", coverage.undated));
    }
    match coverage.blind_days.len() {
        0 => {}
        1 => words.push_str("; 1 day of the period that no page speaks of"),
        days => words.push_str(&format!("; {days} days of the period that no page speaks of")),
    }
    words.push_str(&zone_days(coverage));
    words.push_str(". What nobody reported is not known.");
    words
}

/// "; of 28 zone-days, 3 with incidents, 5 with nothing told, 20 that nobody could see".
fn zone_days(coverage: &Coverage) -> String {
    let zones = coverage
        .zones
        .iter()
        .filter(|zone| !zone.zone.as_str().is_empty());
    let (mut told, mut nothing, mut unseen) = (0_usize, 0_usize, 0_usize);
    for day in zones.flat_map(|zone| &zone.days) {
        match day.sight {
            Sight::Incidents => told += 1,
            Sight::NothingTold => nothing += 1,
            Sight::Hindered | Sight::Unwatched | Sight::Blind => unseen += 1,
        }
    }
    match told + nothing + unseen {
        0 => String::new(),
        all => format!(
            "; of {}, {told} with incidents, {nothing} with nothing told though somebody watched, {unseen} that nobody \
             could see",
            phrase::number(all, "zone-day", "zone-days")
        ),
    }
}

/// "2 done, 1 planned".
pub(crate) fn progress_words(counted: &BTreeMap<Progress, usize>) -> String {
    let order = [
        Progress::Done,
        Progress::Attempted,
        Progress::Planned,
        Progress::Refused,
    ];
    // What is planned must not be read as done: the count of the done is printed even when it is none.
    let told = |progress: &&Progress| **progress == Progress::Done || counted.contains_key(progress);
    let words = order
        .iter()
        .filter(told)
        .filter(|_| !counted.is_empty())
        .map(|progress| format!("{} {}", counted.get(progress).unwrap_or(&0), progress.as_str()));
    let words: Vec<_> = words.collect();
    if words.is_empty() {
        "none reported".to_owned()
    } else {
        words.join(", ")
    }
}

/// "3–5 persons killed in 2 incidents, on the word of A and B; no number given for 1 incident".
pub(crate) fn toll_words(line: &TollLine) -> String {
    let mut words = format!(
        "{} in {}, as reported, on the word of {}",
        phrase::tally(line.range, line.metric),
        phrase::number(line.incidents.len(), "incident", "incidents"),
        phrase::list(
            &line
                .by
                .iter()
                .map(|by| clip(&visible(by), NAME_MAX))
                .collect::<Vec<_>>()
        ),
    );
    if line.untold > 0 {
        let untold = phrase::number(line.untold, "incident", "incidents");
        words.push_str(&format!("; no number given for {untold}"));
    }
    words
}

/// Characters of a name in a summary line: names in the news are shorter; what is longer is damage.
const NAME_MAX: usize = 120;

/// "2 incidents reported as news, 1 recalled as background; 1 archived and not counted".
pub(crate) fn incident_words(summary: &Summary) -> String {
    let archived = match summary.archived.len() {
        0 => String::new(),
        archived => format!("; {archived} archived by rulings and not counted"),
    };
    format!(
        "{} reported as news, {} recalled as background{archived}",
        phrase::number(summary.new.len(), "incident", "incidents"),
        summary.background.len()
    )
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.watermark.is_empty() {
            writeln!(f, "*** {} ***", visible(&self.watermark))?;
        }
        if let Some((from, to)) = self.period {
            writeln!(f, "Period:     {from} to {to}")?;
        }
        if let Some(day) = self.as_of {
            writeln!(f, "As of:      {day}")?;
        }
        writeln!(
            f,
            "Pages:      {} read, {} lost, {} without a date",
            self.pages, self.lost, self.undated
        )?;
        writeln!(f, "Coverage:   {}", self.coverage)?;
        writeln!(f, "Incidents:  {}", incident_words(self))?;
        for line in &self.tolls {
            writeln!(f, "Toll:       {}", toll_words(line))?;
        }
        for line in &self.findings {
            let words = line
                .verdicts
                .iter()
                .map(|(verdict, count, _)| format!("{count} {}", verdict.as_str()));
            let words: Vec<_> = words.collect();
            let agreement = clip(&visible(&line.agreement), NAME_MAX);
            writeln!(
                f,
                "Findings:   {} (incident under term) \u{2013} {agreement}, {}",
                words.join(", "),
                visible(&line.version)
            )?;
        }
        writeln!(
            f,
            "Complaints: {} without an incident that could be judged",
            self.complaints
        )?;
        for (name, when, progress) in &self.rounds {
            writeln!(
                f,
                "Round:      {}, {}, {}",
                clip(&visible(name), NAME_MAX),
                phrase::when(when),
                progress.as_str()
            )?;
        }
        writeln!(
            f,
            "Process:    {}, {}",
            phrase::number(self.meetings, "meeting or call", "meetings and calls"),
            phrase::number(self.positions, "position", "positions")
        )?;
        writeln!(f, "Deliveries: {}", progress_words(&self.deliveries))?;
        writeln!(f, "Returns:    {}", progress_words(&self.returns))?;
        let notes = |severity| self.notes.get(&severity).copied().unwrap_or(0);
        writeln!(
            f,
            "Notes:      {} lost, {} partial, {}",
            notes(Severity::Lost),
            notes(Severity::Partial),
            phrase::number(notes(Severity::Hint), "hint", "hints")
        )
    }
}
