//! A made-up war for measuring: pages of many places and days with the claims that a reader finds in them. Half are
//! reports of their own, the rest carry an earlier page whole, cut, reordered or with its words swapped, and a few are
//! daily lists of many acts. The longer the war, the more pages: the density of places and days stays what it is.

use crate::train::Dice;
use jiff::civil::Date;
use model::{
    Act, ActClass, ActorMention, Because, Candidate, Claim, ClaimId, Count, Document, Edtf, Figure, FigureId,
    Given, LatLon, LocatedClaim, Location, Media, MentionId, Metres, Metric, Modality, Page, PlaceMention,
    PlacePrecision, PlaceRelation, PlaceRole, Polarity, Reference, Region, Resolution, Scope, SourceKind,
    SourceLink, Span, TimeAnchor, When, add_days,
};

/// Towns, their provinces, and days of the war for a hundred pages.
const TOWNS: usize = 2_000;
const PROVINCES: usize = 14;
const PAGES_A_DAY: usize = 100;
/// Acts of one day: one for each page, and more in the lists.
const ACTS_A_DAY: usize = 120;
/// Words of the made-up language, and how many of them the swapping of words knows another for.
const WORDS: usize = 4_000;
const SYNONYMS: usize = 3_000;
/// Pages back that a copy is taken from: two days.
const COPIED_BACK: usize = 200;
/// Acts of a daily list.
const LISTED: usize = 8;
/// First day of the war.
const FIRST_DAY: Date = Date::constant(2031, 1, 1);

const ACTS: [(&str, &str); 8] = [
    ("shelling", "shells"),
    ("mortar", "mortar rounds"),
    ("artillery", "artillery"),
    ("air-strike", "aircraft"),
    ("car-bomb", "a car bomb"),
    ("armed-clash", ""),
    ("small-arms-fire", "machine guns"),
    ("killing", ""),
];
const SIDES: [&str; 5] = ["", "red-army", "blue-force", "green-front", "grey-council"];
const SYLLABLES: [&str; 20] = [
    "ka", "ra", "bi", "tel", "qu", "sa", "mar", "den", "ash", "zi", "un", "hal", "fo", "ner", "du", "il",
    "mo", "ves", "ty", "gar",
];

/// Pages with their claims.
pub(crate) struct Made {
    pub(crate) documents: Vec<Document>,
    /// The claims of each document, by its position.
    pub(crate) claims: Vec<Vec<LocatedClaim>>,
}

impl Made {
    /// The claims of the first pages in one list.
    pub(crate) fn claims_of_first(&self, pages: usize) -> Vec<LocatedClaim> {
        self.claims[..pages].iter().flatten().cloned().collect()
    }
}

/// What happened.
#[derive(Clone)]
struct Happened {
    act: usize,
    town: usize,
    day: Date,
    killed: u64,
    injured: u64,
    side: usize,
}

/// What a paragraph claims.
#[derive(Clone)]
enum Says {
    Nothing,
    Act(Happened),
    Toll(Happened, usize),
    Blame(usize),
}

#[derive(Clone)]
struct Report {
    title: String,
    paragraphs: Vec<(Vec<String>, Says)>,
    day: Date,
    outlet: usize,
}

struct Town {
    name: String,
    province: usize,
    at: LatLon,
}

struct War {
    dice: Dice,
    words: Vec<String>,
    towns: Vec<Town>,
}

/// So many pages and their claims, the same on every machine.
pub(crate) fn war(pages: usize) -> Made {
    let mut war = War::new();
    let reports = war.reports(pages);
    let mut made = Made {
        documents: Vec::with_capacity(pages),
        claims: Vec::with_capacity(pages),
    };
    for (number, report) in reports.iter().enumerate() {
        let (document, claims) = war.read(report, number);
        made.documents.push(document);
        made.claims.push(claims);
    }
    made
}

/// The paragraphs of so many pages, without reading them.
pub(crate) fn articles(pages: usize) -> Vec<Vec<String>> {
    let mut war = War::new();
    let reports = war.reports(pages);
    reports.iter().map(Report::texts).collect()
}

impl Report {
    fn texts(&self) -> Vec<String> {
        let sentence = |words: &[String]| {
            let text = words.join(" ");
            format!("{}{}.", text[..1].to_uppercase(), &text[1..])
        };
        self.paragraphs.iter().map(|(words, _)| sentence(words)).collect()
    }
}

impl War {
    fn new() -> Self {
        let mut dice = Dice::new();
        let mut word = |least: usize| -> String {
            let parts = (0..least + dice.below(2)).map(|_| SYLLABLES[dice.below(SYLLABLES.len())]);
            parts.collect::<Vec<_>>().concat()
        };
        let words = (0..WORDS).map(|_| word(2)).collect();
        let names: Vec<String> = (0..TOWNS).map(|_| word(3)).collect();
        let mut degrees = |from: f64, width: f64| from + width * f64::from(dice.real()).midpoint(1.0);
        let towns = names.into_iter().enumerate().map(|(number, name)| Town {
            name: format!("{}{}", name[..1].to_uppercase(), &name[1..]),
            province: number % PROVINCES,
            at: LatLon {
                lat: degrees(32.5, 4.5),
                lon: degrees(35.5, 6.5),
            },
        });
        let towns = towns.collect();
        Self { dice, words, towns }
    }

    fn reports(&mut self, pages: usize) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::with_capacity(pages);
        let mut today: Vec<Happened> = Vec::new();
        for number in 0..pages {
            if number % PAGES_A_DAY == 0 {
                let day = add_days(FIRST_DAY, i64::try_from(number / PAGES_A_DAY).unwrap_or(0));
                today = (0..ACTS_A_DAY).map(|_| self.happening(day)).collect();
            }
            let back = reports.len().min(COPIED_BACK);
            let report = match self.dice.below(100) {
                0..50 => self.report(&today),
                50..60 => self.list(&today),
                kind if back == 0 => self.report(&today[kind % today.len()..]),
                kind => {
                    let original = reports[reports.len() - 1 - self.dice.below(back)].clone();
                    self.copy(original, kind)
                }
            };
            reports.push(report);
        }
        reports
    }

    /// Some towns see much, most see little.
    fn happening(&mut self, day: Date) -> Happened {
        let (a, b) = (self.dice.below(TOWNS), self.dice.below(TOWNS));
        Happened {
            act: self.dice.below(ACTS.len()),
            town: a.min(b),
            day,
            killed: self.dice.below(9) as u64,
            injured: self.dice.below(30) as u64,
            side: self.dice.below(SIDES.len()),
        }
    }

    fn some_words(&mut self, count: usize) -> Vec<String> {
        (0..count)
            .map(|_| {
                // Of three draws the least: few words are said often, many seldom, as in any language.
                let draws = [
                    self.dice.below(WORDS),
                    self.dice.below(WORDS),
                    self.dice.below(WORDS),
                ];
                self.words[draws.into_iter().min().unwrap_or(0)].clone()
            })
            .collect()
    }

    fn told(&mut self, happened: &Happened) -> (Vec<String>, Says) {
        let mut words = self.some_words(9);
        words.insert(2, ACTS[happened.act].0.replace('-', " "));
        words.insert(4, self.towns[happened.town].name.clone());
        if happened.killed > 0 {
            words.push(format!("killed {}", happened.killed));
        }
        words.push(happened.day.to_string());
        (words, Says::Act(happened.clone()))
    }

    fn report(&mut self, today: &[Happened]) -> Report {
        let happened = today[self.dice.below(today.len())].clone();
        let mut paragraphs = vec![self.told(&happened)];
        let mut toll = self.some_words(11);
        toll.insert(3, format!("injured {}", happened.injured));
        let speaker = self.dice.below(60);
        paragraphs.push((toll, Says::Toll(happened.clone(), speaker)));
        for _ in 0..2 + self.dice.below(4) {
            let length = 14 + self.dice.below(20);
            paragraphs.push((self.some_words(length), Says::Nothing));
        }
        if self.dice.below(10) == 0 {
            let blamed = 1 + self.dice.below(SIDES.len() - 1);
            paragraphs.push((self.some_words(8), Says::Blame(blamed)));
        }
        Report {
            title: self.some_words(7).join(" "),
            paragraphs,
            day: happened.day,
            outlet: self.dice.below(300),
        }
    }

    fn list(&mut self, today: &[Happened]) -> Report {
        let first = self.dice.below(today.len());
        let listed: Vec<Happened> = (0..LISTED)
            .map(|next| today[(first + next * 7) % today.len()].clone())
            .collect();
        Report {
            title: format!("daily list {}", self.some_words(4).join(" ")),
            paragraphs: listed.iter().map(|happened| self.told(happened)).collect(),
            day: listed[0].day,
            outlet: self.dice.below(300),
        }
    }

    /// Carried by another outlet: whole, cut, reordered, or with every third word swapped for another.
    fn copy(&mut self, mut report: Report, kind: usize) -> Report {
        report.outlet = self.dice.below(300);
        match kind {
            60..78 => {}
            78..85 => report
                .paragraphs
                .truncate(report.paragraphs.len().div_ceil(2).max(2)),
            85..90 => report.paragraphs.rotate_left(1),
            _ => {
                report.title = self.some_words(7).join(" ");
                for word in report.paragraphs.iter_mut().flat_map(|(words, _)| words) {
                    let known = self.words[..SYNONYMS].iter().position(|other| other == word);
                    if let Some(at) = known.filter(|_| self.dice.below(3) == 0) {
                        word.clone_from(&self.words[SYNONYMS - 1 - at]);
                    }
                }
            }
        }
        report
    }

    fn read(&self, report: &Report, number: usize) -> (Document, Vec<LocatedClaim>) {
        let texts = report.texts();
        let page = Page {
            name: format!("page-{number}"),
            bytes: format!("{}\n\n{}", texts.join("\n\n"), number).into_bytes(),
            media: Media::Text,
            given: Given {
                url: None,
                outlet: Some(format!("Made-up Outlet {}", report.outlet)),
                title: Some(report.title.clone()),
                published: Some(add_days(report.day, 1).to_string()),
            },
        };
        let document = text::clean(&page, &[], &text::Damage::default());
        let mut claims: Vec<LocatedClaim> = Vec::new();
        for (text, (_, says)) in texts.iter().zip(&report.paragraphs) {
            let Some(passage) = document.passages.iter().find(|passage| passage.text == *text) else {
                continue;
            };
            let last = claims.last().map(|located| located.claim.id.clone());
            if let Some(located) = self.claim(says, &document, passage, last) {
                claims.push(located);
            }
        }
        (document, claims)
    }

    fn claim(
        &self,
        says: &Says,
        document: &Document,
        passage: &model::Passage,
        last: Option<ClaimId>,
    ) -> Option<LocatedClaim> {
        let (act, class, happened) = match says {
            Says::Nothing => return None,
            Says::Act(happened) => (ACTS[happened.act].0, ActClass::Force, Some(happened)),
            Says::Toll(happened, _) => ("attack", ActClass::Force, Some(happened)),
            Says::Blame(_) => ("accusation", ActClass::Speech, None),
        };
        let mut located = plain_claim(act, class, document, passage);
        let claim = &mut located.claim;
        match says {
            Says::Act(happened) => {
                claim.weapon = ACTS[happened.act].1.to_owned();
                claim.figures.extend(figure(Metric::Killed, happened.killed));
                claim.initiators.extend(mention(happened.side));
            }
            Says::Toll(happened, speaker) => {
                claim.figures.extend(figure(Metric::Injured, happened.injured));
                claim.modality = Modality::Reported;
                claim.sources.push(source(
                    SourceKind::Organisation,
                    &format!("Speaker {}", self.words[*speaker]),
                ));
            }
            Says::Blame(side) => claim.targets.extend(mention(*side)),
            Says::Nothing => {}
        }
        if !matches!(says, Says::Act(_))
            && let Some(to) = last
        {
            claim.references.push(Reference {
                words: "the attack".into(),
                span: Span::new(2, 2),
                to: Resolution::Resolved("the attack".into()),
                claim: Some(to),
                because: because(),
            });
        }
        if let Some(happened) = happened {
            claim.when.edtf = Edtf::day(happened.day);
            claim.when.words = happened.day.to_string();
            let location = self.location(&self.towns[happened.town], happened.town);
            claim.places.push(location.mention.clone());
            located.locations.push(location);
        }
        Some(located)
    }

    fn location(&self, town: &Town, number: usize) -> Location {
        let mention = PlaceMention {
            name: town.name.clone(),
            kind: String::new(),
            span: Span::new(1, 1),
            role: PlaceRole::Event,
            relation: PlaceRelation::At,
            because: vec![],
        };
        let candidate = Candidate {
            place: format!("made:{number}").as_str().into(),
            name: town.name.clone(),
            province: format!("Province {}", town.province),
            country: "XX".into(),
            at: town.at,
            precision: PlacePrecision::Town,
            share: 1.0,
            because: because(),
        };
        Location {
            mention,
            chosen: Some(candidate.clone()),
            candidates: vec![candidate],
            precision: PlacePrecision::Town,
            region: Some(Region {
                centre: town.at,
                radius: Metres(2_500.0),
            }),
            zones: vec![],
            because: vec![],
        }
    }
}

fn because() -> Because {
    Because::new("made", "made for measuring")
}

fn source(kind: SourceKind, label: &str) -> SourceLink {
    SourceLink {
        kind,
        label: label.to_owned(),
        actor: Resolution::Unresolved,
        cue: String::new(),
        span: None,
    }
}

fn mention(side: usize) -> Option<ActorMention> {
    let label = SIDES[side];
    (!label.is_empty()).then(|| ActorMention {
        id: MentionId::of(&[label]),
        label: label.to_owned(),
        span: Span::new(0, 0),
        actor: Resolution::Resolved(label.into()),
        kind: String::new(),
        because: vec![],
    })
}

fn figure(metric: Metric, count: u64) -> Option<Figure> {
    (count > 0).then(|| Figure {
        id: FigureId::of(&[metric.as_str(), &count.to_string()]),
        metric,
        count: Count::exactly(count),
        bound: String::new(),
        scope: Scope::Incident,
        unit: "people".into(),
        span: Span::new(0, 0),
        quote: count.to_string(),
        because: vec![],
    })
}

fn plain_claim(act: &str, class: ActClass, document: &Document, passage: &model::Passage) -> LocatedClaim {
    let claim = Claim {
        id: ClaimId::of(&[document.id.as_str(), passage.id.as_str(), act]),
        document: document.id.clone(),
        passage: passage.id.clone(),
        span: passage.span,
        quote: passage.text.clone(),
        sources: vec![source(SourceKind::Page, "page")],
        modality: Modality::Asserted,
        polarity: Polarity::Affirmed,
        hedges: vec![],
        act: Act {
            id: act.into(),
            class,
        },
        trigger: passage.span,
        initiators: vec![],
        targets: vec![],
        weapon: String::new(),
        when: When {
            edtf: Edtf::unknown(),
            words: String::new(),
            span: None,
            anchor: TimeAnchor::None,
            because: because(),
        },
        places: vec![],
        figures: vec![],
        references: vec![],
        utterance: None,
        part: String::new(),
        background: false,
        series: false,
        because: vec![],
    };
    LocatedClaim {
        claim,
        locations: vec![],
    }
}
