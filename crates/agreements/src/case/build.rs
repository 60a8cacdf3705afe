//! Makes the incident of a worked example from its `key: value` lines.

use super::Block;
use crate::{Attributing, Known};
use jiff::civil::Date;
use model::{
    Act, ActorId, ActorMention, Agreement, Attribution, AttributionKind, Because, Candidate, ClaimId, Count,
    DataFault, Edtf, ElementStatus, Incident, IncidentId, LatLon, Location, MentionId, Metres, Metric,
    Origin, OriginId, PlaceId, PlaceMention, PlacePrecision, PlaceRelation, PlaceRole, Region, Resolution,
    Span, Status, Ternary, Toll, ZoneAnswer, ZoneId,
};

/// What the block may hold, with a right line of each.
const KEYS: [(&str, &str); 15] = [
    ("act", "act: shelling"),
    ("when", "when: 2017-05-07"),
    ("place", "place: Rastan (Homs)"),
    ("country", "country: SY"),
    ("zones", "zones: north-homs yes, contact-line at 12 km, others no"),
    ("radius", "radius: 2 km"),
    ("weapon", "weapon: two howitzers"),
    ("author", "author: syrian-army, named by Orontes Agency"),
    ("target", "target: \"residents\" (civilians)"),
    ("killed", "killed: 4-5"),
    ("origins", "origins: independent, party, unknown"),
    ("status", "status: author contested"),
    ("times", "times: 22"),
    ("as of", "as of: 2018-10-09"),
    ("attributing", "attributing: named"),
];

/// What an example says: the incident, and how it is judged.
pub(super) struct Built {
    pub(super) incident: Incident,
    pub(super) times: u64,
    pub(super) as_of: Date,
    pub(super) attributing: Attributing,
}

struct Builder<'a> {
    file: &'a str,
    heading: &'a str,
    agreement: &'a Agreement,
    known: &'a Known,
    faults: &'a mut Vec<DataFault>,
}

pub(super) fn incident(
    file: &str,
    heading: &str,
    block: &Block,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Vec<DataFault>,
) -> Built {
    let mut builder = Builder {
        file,
        heading,
        agreement,
        known,
        faults,
    };
    let mut incident = builder.blank();
    let mut told: Vec<&str> = Vec::new();
    let (mut country, mut place, mut zones) = (String::new(), None, Vec::new());
    let (mut radius, mut times, mut as_of, mut attributing) =
        (Metres(0.0), 1, Date::MAX, Attributing::default());
    for (line, key, value) in &block.rows {
        if told.contains(&key.as_str()) && !["author", "target", "status"].contains(&key.as_str()) {
            builder.fault(*line, format!("\"{key}\" stands here twice"), "one line");
        }
        told.push(key);
        match key.as_str() {
            "act" => incident.act = builder.act(*line, value),
            "when" => incident.when = builder.when(*line, value),
            "country" => country.clone_from(value),
            "place" => place = Some(builder.named(value)),
            "zones" => zones = builder.zones(*line, value),
            "author" => {
                let attribution = builder.attribution(*line, value, incident.attributions.len());
                incident.attributions.extend(attribution);
            }
            "target" => incident.targets.push(builder.target(*line, value, told.len())),
            "killed" => incident.tolls.extend(builder.killed(*line, value)),
            "origins" => incident.origins = builder.origins(*line, value),
            "status" => builder.status(*line, value, &mut incident.status),
            "weapon" => incident.weapon.clone_from(value),
            "radius" => radius = builder.kilometres(*line, value),
            "times" => times = builder.times(*line, value),
            "as of" => as_of = builder.day(*line, value),
            "attributing" => attributing = builder.attributing(*line, value),
            _ => builder.strange_key(*line, key),
        }
    }
    for must in ["act", "when", "origins"] {
        if !told.contains(&must) {
            let right = KEYS
                .iter()
                .find(|(key, _)| *key == must)
                .map_or("", |(_, right)| right);
            builder.fault(block.line, format!("this incident has no \"{must}\""), right);
        }
    }
    incident.location = place.map(|(name, province)| {
        let mut location = location(&name, &province, &country, zones);
        location.region = location.chosen.as_ref().map(|place| Region {
            centre: place.at,
            radius,
        });
        location
    });
    if incident.location.is_some() && country.is_empty() {
        builder.fault(
            block.line,
            "this incident has a place and no country",
            "country: SY",
        );
    }
    spread(&mut incident);
    Built {
        incident,
        times,
        as_of,
        attributing,
    }
}

impl Builder<'_> {
    fn fault(&mut self, line: usize, what: impl Into<String>, right: &str) {
        self.faults.push(DataFault::new(self.file, line, what, right));
    }
    fn strange_key(&mut self, line: usize, key: &str) {
        let known = KEYS.iter().map(|(known, _)| *known);
        let right = known.clone().collect::<Vec<_>>().join(", ");
        let what = format!("an incident has no \"{key}\"");
        self.faults
            .push(DataFault::new(self.file, line, what, format!("one of: {right}")).nearest(key, known));
    }
    fn blank(&self) -> Incident {
        Incident {
            id: IncidentId::of(&["case", self.agreement.id.as_str(), self.heading]),
            act: Act {
                id: "attack".into(),
                class: model::ActClass::Force,
            },
            when: Edtf::unknown(),
            location: None,
            claims: Vec::new(),
            attributions: Vec::new(),
            targets: Vec::new(),
            weapon: String::new(),
            tolls: Vec::new(),
            documents: Vec::new(),
            origins: Vec::new(),
            status: ElementStatus {
                occurrence: Status::Reported,
                place: Status::Reported,
                time: Status::Reported,
                means: Status::Undetermined,
                toll: Status::Undetermined,
                author: Status::Undetermined,
            },
            background: false,
            series: false,
            because: Vec::new(),
            archived: false,
            credibility: 6,
            rulings: Vec::new(),
        }
    }
    fn act(&mut self, line: usize, word: &str) -> Act {
        let found = self
            .known
            .acts
            .iter()
            .find(|act| act.id.as_str() == word)
            .cloned();
        found.unwrap_or_else(|| {
            let known = self.known.acts.iter().map(|act| act.id.as_str());
            let fault = DataFault::new(
                self.file,
                line,
                format!("act \"{word}\" is not known"),
                "act: shelling",
            );
            self.faults.push(fault.nearest(word, known));
            self.blank().act
        })
    }
    fn when(&mut self, line: usize, value: &str) -> Edtf {
        let time = Edtf::parse(value);
        if time.is_none() {
            self.fault(
                line,
                format!("\"{value}\" is no time"),
                "when: 2017-05-07, or 2017-05-06/2017-05-08",
            );
        }
        time.unwrap_or_else(Edtf::unknown)
    }
    /// `12 km`, in whole or broken kilometres.
    fn kilometres(&mut self, line: usize, value: &str) -> Metres {
        let number = value
            .strip_suffix("km")
            .and_then(|number| number.trim().parse::<f64>().ok());
        let number = number.filter(|km| km.is_finite() && *km >= 0.0);
        if number.is_none() {
            self.fault(line, format!("\"{value}\" is no distance"), "radius: 2 km");
        }
        Metres(number.unwrap_or(0.0) * 1000.0)
    }
    fn times(&mut self, line: usize, value: &str) -> u64 {
        // More than any day of the busiest mission.
        const MOST: u64 = 10_000;
        let number = value.parse().ok().filter(|number| (1..=MOST).contains(number));
        if number.is_none() {
            self.fault(line, format!("\"{value}\" is no number of times"), "times: 22");
        }
        number.unwrap_or(1)
    }
    fn day(&mut self, line: usize, value: &str) -> Date {
        let day = Edtf::parse(value).and_then(|time| time.single_day());
        if day.is_none() {
            self.fault(line, format!("\"{value}\" is no day"), "as of: 2018-10-09");
        }
        day.unwrap_or(Date::MAX)
    }
    fn attributing(&mut self, line: usize, value: &str) -> Attributing {
        let policy = Attributing::read(value);
        if policy.is_none() {
            let known = Attributing::ALL.iter().map(|(word, _)| *word);
            let right = known.clone().collect::<Vec<_>>().join(", ");
            let what = format!("\"{value}\" is no way of attributing");
            self.faults.push(
                DataFault::new(self.file, line, what, format!("one of: {right}")).nearest(value, known),
            );
        }
        policy.unwrap_or_default()
    }
    /// `NAME (DETAIL)`: both parts.
    fn named(&self, value: &str) -> (String, String) {
        let cut = value.strip_suffix(')').and_then(|value| value.rsplit_once('('));
        let (name, detail) = cut.unwrap_or((value, ""));
        (name.trim().to_owned(), detail.trim().to_owned())
    }
    /// A known actor's key, or a label in quotation marks with a kind in brackets.
    fn who(&mut self, line: usize, value: &str) -> (String, Resolution<ActorId>, String) {
        let (name, kind) = self.named(value);
        if let Some(label) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
            return (label.to_owned(), Resolution::Unresolved, kind);
        }
        let actors = &self.known.actors;
        let found = actors.iter().find(|actor| actor.id.as_str() == name).cloned();
        if let Some(actor) = found {
            return (actor.name.clone(), Resolution::Resolved(actor.id), actor.kind);
        }
        let known = actors.iter().map(|actor| actor.id.as_str());
        let right = "the key of an actor, or \"words as written\" (kind)";
        let what = format!("actor \"{name}\" is not known");
        self.faults
            .push(DataFault::new(self.file, line, what, right).nearest(&name, known));
        (name, Resolution::Unresolved, kind)
    }
    /// `WHO, named by WHOM`, `alleged by WHOM`, `denied by WHOM` or `claimed`.
    fn attribution(&mut self, line: usize, value: &str, n: usize) -> Option<Attribution> {
        let ways = [
            ("named by ", AttributionKind::Named),
            ("alleged by ", AttributionKind::Allegation),
            ("denied by ", AttributionKind::Denial),
            ("claimed", AttributionKind::ClaimOfResponsibility),
        ];
        let read = value.rsplit_once(',').and_then(|(who, how)| {
            let how = how.trim();
            let (way, kind) = ways.iter().find(|(way, _)| how.starts_with(way))?;
            Some((who.trim(), *kind, how[way.len()..].trim().to_owned()))
        });
        let Some((who, kind, by)) = read else {
            let right = "author: syrian-army, named by Orontes Agency; or alleged by, denied by, claimed";
            self.fault(line, "this line does not say who and on whose word", right);
            return None;
        };
        let (label, actor, actor_kind) = self.who(line, who);
        Some(Attribution {
            kind,
            label,
            actor,
            actor_kind,
            by,
            claim: ClaimId::of(&["case", self.heading, "author", &n.to_string()]),
            set_aside: false,
        })
    }
    fn target(&mut self, line: usize, value: &str, n: usize) -> ActorMention {
        let (label, actor, kind) = self.who(line, value);
        ActorMention {
            id: MentionId::of(&["case", self.heading, &n.to_string()]),
            label,
            span: Span { start: 0, end: 0 },
            actor,
            kind,
            because: Vec::new(),
        }
    }
    /// `ZONE ANSWER` for each, `LINE at 12 km` for how far a line lies, and `others ANSWER` for the rest.
    fn zones(&mut self, line: usize, value: &str) -> Vec<ZoneAnswer> {
        let mut told: Vec<(String, Ternary, Option<Metres>)> = Vec::new();
        let mut others = None;
        for part in value.split(',').map(str::trim) {
            let known = |zone: &str| self.agreement.zones.iter().any(|known| known.id.as_str() == zone);
            let answer = part
                .rsplit_once(' ')
                .and_then(|(zone, word)| Some((zone.trim(), ternary(word)?)));
            match (answer, part.split_once(" at ")) {
                (Some(("others" | "all", answer)), _) => others = Some(answer),
                (Some((zone, answer)), _) if known(zone) => told.push((zone.to_owned(), answer, None)),
                (None, Some((zone, distance))) if known(zone.trim()) => {
                    let distance = self.kilometres(line, distance.trim());
                    told.push((zone.trim().to_owned(), Ternary::No, Some(distance)));
                }
                _ => self.fault(
                    line,
                    format!("\"{part}\" is no zone with its answer"),
                    "zones: north-homs yes, contact-line at 12 km, others no",
                ),
            }
        }
        let zones = self.agreement.zones.iter();
        zones
            .filter_map(|zone| {
                let here = told.iter().find(|(id, _, _)| id == zone.id.as_str());
                Some(ZoneAnswer {
                    agreement: self.agreement.id.clone(),
                    zone: ZoneId(zone.id.as_str().to_owned()),
                    name: zone.name.clone(),
                    inside: here.map(|(_, answer, _)| *answer).or(others)?,
                    distance: here.and_then(|(_, _, distance)| *distance),
                    because: Because::new("worked-example", "The example says so."),
                })
            })
            .collect()
    }
    fn killed(&mut self, line: usize, value: &str) -> Option<Toll> {
        let (low, high) = value.split_once('-').unwrap_or((value, value));
        let Some((low, high)) = low.trim().parse().ok().zip(high.trim().parse().ok()) else {
            self.fault(line, format!("\"{value}\" is no count"), "killed: 4-5");
            return None;
        };
        let range = Count::between(low, high);
        Some(Toll {
            metric: Metric::Killed,
            range,
            best: range,
            accounts: Vec::new(),
            because: Because::new("worked-example", "The example says so."),
        })
    }
    /// One word for each origin: `independent`, `party` or `unknown`; `none` for no origin.
    fn origins(&mut self, line: usize, value: &str) -> Vec<Origin> {
        let mut origins = Vec::new();
        for (n, word) in value
            .split(',')
            .map(str::trim)
            .enumerate()
            .filter(|(_, word)| *word != "none")
        {
            let independent = match word {
                "independent" => Ternary::Yes,
                "party" => Ternary::No,
                "unknown" => Ternary::Undetermined,
                _ => {
                    self.fault(
                        line,
                        format!("\"{word}\" is no origin"),
                        "origins: independent, party, unknown",
                    );
                    continue;
                }
            };
            origins.push(Origin {
                id: OriginId::of(&["case", self.heading, &n.to_string()]),
                label: format!("origin {}", n + 1),
                documents: Vec::new(),
                claims: vec![ClaimId::of(&["case", self.heading, "origin", &n.to_string()])],
                links: Vec::new(),
                independent,
                because: Vec::new(),
                reliability: 'F',
            });
        }
        origins
    }
    fn status(&mut self, line: usize, value: &str, status: &mut ElementStatus) {
        let words = [
            ("contested", Status::Contested),
            ("refuted", Status::Refuted),
            ("verified", Status::Verified),
            ("undetermined", Status::Undetermined),
        ];
        let read = value.split_once(' ').and_then(|(element, word)| {
            let (_, value) = words.iter().find(|(known, _)| *known == word.trim())?;
            match element {
                "occurrence" => status.occurrence = *value,
                "place" => status.place = *value,
                "author" => status.author = *value,
                _ => return None,
            }
            Some(())
        });
        if read.is_none() {
            let right =
                "status: occurrence, place or author, then contested, refuted, verified or undetermined";
            self.fault(line, format!("\"{value}\" is no status"), right);
        }
    }
}

fn ternary(word: &str) -> Option<Ternary> {
    [Ternary::Yes, Ternary::No, Ternary::Undetermined]
        .into_iter()
        .find(|answer| answer.as_str() == word)
}

fn location(name: &str, province: &str, country: &str, zones: Vec<ZoneAnswer>) -> Location {
    let because = || Because::new("worked-example", "The example says so.");
    let place = Candidate {
        place: PlaceId(format!("case:{name}")),
        name: name.to_owned(),
        province: province.to_owned(),
        country: country.to_owned(),
        at: LatLon { lat: 0.0, lon: 0.0 },
        precision: PlacePrecision::Town,
        share: 1.0,
        because: because(),
    };
    Location {
        mention: PlaceMention {
            name: name.to_owned(),
            kind: String::new(),
            span: Span { start: 0, end: 0 },
            role: PlaceRole::Event,
            relation: PlaceRelation::At,
            because: Vec::new(),
        },
        chosen: Some(place.clone()),
        candidates: vec![place],
        precision: PlacePrecision::Town,
        region: None,
        zones,
        because: vec![because()],
    }
}

/// Spreads the claims about the author over the origins, one each in turn.
fn spread(incident: &mut Incident) {
    let origins = incident.origins.len();
    for (n, attribution) in incident.attributions.iter().enumerate() {
        if let Some(origin) = n.checked_rem(origins).and_then(|at| incident.origins.get_mut(at)) {
            origin.claims.push(attribution.claim.clone());
        }
    }
    incident.claims = incident
        .origins
        .iter()
        .flat_map(|origin| origin.claims.clone())
        .collect();
    if origins > 1 && incident.status.occurrence == Status::Reported {
        incident.status.occurrence = Status::Corroborated;
    }
}
