//! Records by kind, with the filters that all lists, maps, counts and exports share.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::record::Record;
use serde_json::{Value, json};
use store::{Filter, Kept, Reader};

use crate::answer::{Answer, Refusal};
use crate::house::House;
use crate::policy::Policy;
use crate::route::{Asked, Parameter, Shape, Trouble, bbox};
use crate::shutter::Shutter;

/// A kind of record with the name that it has in addresses.
pub(crate) struct Noun {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    /// Told to the public too.
    pub(crate) public: bool,
}

const fn public(name: &'static str, kind: &'static str) -> Noun {
    Noun {
        name,
        kind,
        public: true,
    }
}

impl Noun {
    pub(crate) fn policy(&self) -> Policy {
        if self.public {
            Policy::ANYBODY
        } else {
            Policy::SIGNED_IN
        }
    }
}

/// Every kind that is published. Notes name files and folders of whoever runs the server.
pub(crate) const NOUNS: [Noun; 32] = [
    public("incidents", "incident"),
    public("findings", "finding"),
    public("claims", "claim"),
    public("documents", "document"),
    Noun {
        public: false,
        ..public("passages", "passage")
    },
    public("statements", "statement"),
    public("origins", "origin"),
    public("contradictions", "contradiction"),
    public("complaints", "complaint"),
    public("agreements", "agreement"),
    public("zones", "zone"),
    public("deadlines", "deadline"),
    public("rounds", "round"),
    public("meetings", "meeting"),
    public("positions", "position"),
    public("stands", "stand"),
    public("control", "holding"),
    public("control-changes", "control_change"),
    public("deliveries", "delivery"),
    public("returns", "return"),
    public("measures", "measure"),
    public("zone-days", "zone_day"),
    public("outlet-days", "outlet_day"),
    public("unseen", "unseen"),
    public("places", "place"),
    public("figures", "figure"),
    public("times", "time"),
    public("mentions", "actor_mention"),
    public("artefacts", "artefact"),
    Noun {
        public: false,
        ..public("rulings", "ruling")
    },
    Noun {
        public: false,
        ..public("review", "review")
    },
    Noun {
        public: false,
        ..public("notes", "note")
    },
];

/// Most records in one answer, and how many when nothing is asked.
///
/// 1,000: some megabytes. Raise it and one answer holds a turn for long; lower it and reading all takes more
/// requests.
pub(crate) const PAGE_MAX: u64 = 1_000;
const PAGE: usize = 100;

/// Most ids in one question.
const IDS_MAX: usize = 200;

/// Names of the filters that are facets of the store.
const FACETS: [&str; 8] = [
    "act",
    "class",
    "zone",
    "province",
    "agreement",
    "verdict",
    "term",
    "status",
];

/// What a list of records may be narrowed by.
pub(crate) fn filters() -> Vec<Parameter> {
    let list = |name, says| Parameter::new(name, Shape::List, says);
    vec![
        Parameter::new(
            "from",
            Shape::Day,
            "First day; keeps what can lie on it or later.",
        ),
        Parameter::new("to", Shape::Day, "Last day; keeps what can lie on it or earlier."),
        list("act", "Keys of acts; any of them."),
        list("class", "Families of acts; any of them."),
        list(
            "zone",
            "Zones as agreement/zone; keeps what is not told to lie outside.",
        ),
        list(
            "province",
            "Provinces as country/name; keeps what may lie in any of them.",
        ),
        list("agreement", "Keys of agreements; any of them."),
        list("verdict", "Verdicts; any of them."),
        list("term", "Keys of terms; any of them."),
        list("status", "How well the occurrence is established; any of them."),
        Parameter::new(
            "background",
            Shape::OneOf(&["true", "false"]),
            "Reported only as background, or not.",
        ),
        Parameter::new(
            "archived",
            Shape::OneOf(&["false", "true", "any"]),
            "Incidents that rulings archived: left out, only these, or both. Left out when nothing is said.",
        ),
        Parameter::new("document", Shape::Words, "Name of a page."),
        list("on", "Ids of records; keeps what rests on any of them."),
        Parameter::new(
            "text",
            Shape::Words,
            "Words that the quoted words all hold; word* for a beginning.",
        ),
        Parameter::new(
            "bbox",
            Shape::Box,
            "Rectangle in which the middle of the place lies.",
        ),
    ]
}

/// The filters and the page.
pub(crate) fn list_parameters() -> Vec<Parameter> {
    let mut all = filters();
    all.push(Parameter::new(
        "limit",
        Shape::Number(1, PAGE_MAX),
        "How many at most.",
    ));
    all.push(Parameter::new(
        "after",
        Shape::Number(0, 1 << 53),
        "The value of next in the answer before.",
    ));
    all
}

/// What the query asks for.
pub(crate) fn filter(asked: &Asked, kind: &str) -> Filter {
    let text = |name| asked.value(name).map(str::to_owned);
    let mut facets: Vec<(&'static str, Vec<String>)> = FACETS
        .iter()
        .filter_map(|name| {
            let wanted = asked.value(name)?;
            Some((*name, wanted.split(',').map(str::to_owned).collect()))
        })
        .collect();
    facets.extend(
        asked
            .value("background")
            .map(|value| ("background", vec![value.to_owned()])),
    );
    facets.extend(
        asked
            .value("on")
            .map(|value| ("basis", value.split(',').map(str::to_owned).collect())),
    );
    let mut without = Vec::new();
    if kind == "incident" {
        match asked.value("archived") {
            Some("any") => {}
            Some("true") => facets.push(archived()),
            _ => without.push(archived()),
        }
    }
    Filter {
        kind: kind.to_owned(),
        from: text("from"),
        to: text("to"),
        facets,
        without,
        document: text("document"),
        text: text("text"),
        bbox: asked.value("bbox").and_then(bbox),
    }
}

/// The facet of incidents that rulings archived.
pub(crate) fn archived() -> (&'static str, Vec<String>) {
    ("archived", vec!["true".to_owned()])
}

/// The records that a filter keeps and the role may find.
pub(crate) fn kept(reader: &Reader, shutter: &Shutter, filter: &Filter) -> Result<Kept, Trouble> {
    let mut filter = filter.clone();
    // Where it is withheld which incidents are archived, leaving them out would tell.
    if shutter.hides_archived() {
        filter.without.clear();
    }
    let everything = Filter {
        kind: filter.kind.clone(),
        without: filter.without.clone(),
        ..Filter::default()
    };
    let mut kept = reader.keep(&filter)?;
    if let Some(privacy) = shutter.privacy()
        && (shutter.hides_kind(&filter.kind) || (filter.kind == "incident" && !privacy.admits(&filter)))
    {
        kept.clear();
    }
    for ord in shutter.hidden() {
        kept.leave_out(ord);
    }
    if filter != everything {
        for ord in shutter.unfilterable() {
            kept.leave_out(ord);
        }
    }
    Ok(kept)
}

/// Their places in the replay, in order.
pub(crate) fn found(reader: &Reader, shutter: &Shutter, filter: &Filter) -> Result<Vec<i64>, Trouble> {
    Ok(kept(reader, shutter, filter)?.ords().collect())
}

/// What every answer about the view begins with.
pub(crate) fn head(reader: &Reader) -> Result<Value, Trouble> {
    let meta = |key| {
        reader
            .meta(key)
            .map(|value| value.filter(|value| !value.is_empty()))
    };
    Ok(json!({
        "checkpoint": reader.state()?.unwrap_or_default(),
        "as_of": meta("as_of")?,
        "since": meta("since")?,
        "watermark": meta("watermark")?,
    }))
}

pub(crate) fn list(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let filter = filter(asked, asked.route.kind);
        let kept = kept(reader, &shutter, &filter)?;
        let limit = asked
            .value("limit")
            .and_then(|it| it.parse().ok())
            .unwrap_or(PAGE);
        let after = asked
            .value("after")
            .and_then(|it| it.parse::<i64>().ok())
            .unwrap_or(-1);
        let (page, more) = kept.page(after, limit);
        let mut value = head(reader)?;
        value["total"] = json!(kept.count());
        if filter.kind == "incident" {
            // Told beside the total, so that what is archived never looks like nothing.
            let mut archived = filter;
            archived.without.clear();
            archived.facets.push(self::archived());
            value["archived"] = json!(self::kept(reader, &shutter, &archived)?.count());
        }
        value["next"] = json!(page.last().filter(|_| more).map(ToString::to_string));
        value["items"] = reader
            .at(&page)?
            .iter()
            .map(|record| shutter.show(record))
            .collect();
        Ok(Answer::Json(value))
    })
}

pub(crate) fn item(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let record = one(reader, &shutter, asked.route.kind, asked.part("id"))?;
        let mut value = head(reader)?;
        value["item"] = shutter.show(&record);
        Ok(Answer::Json(value))
    })
}

/// A record that the role may see; what it may not see is as if it were not there.
pub(crate) fn one(reader: &Reader, shutter: &Shutter, kind: &str, id: &str) -> Result<Record, Trouble> {
    let found = reader.with_ords(id)?;
    let seen = found
        .into_iter()
        .find(|(ord, record)| record.kind == kind && shutter.admits(*ord));
    Ok(seen.map(|(_, record)| record).ok_or_else(Refusal::not_found)?)
}

/// Records of any kind that the role may read, by their ids.
pub(crate) fn by_ids(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let ids: Vec<&str> = asked
        .value("ids")
        .into_iter()
        .flat_map(|ids| ids.split(','))
        .collect();
    if ids.len() > IDS_MAX {
        return Err(Refusal::bad(format!("at most {IDS_MAX} ids at once")).into());
    }
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        for (ord, record) in reader.named(&ids)? {
            if shutter.admits(ord) && may_read(asked, &record.kind) && seen.insert(ord) {
                items.push(shutter.show(&record));
            }
        }
        let mut value = head(reader)?;
        value["items"] = items.into();
        Ok(Answer::Json(value))
    })
}

/// Whether the policy of the kind's own routes admits the role.
pub(crate) fn may_read(asked: &Asked, kind: &str) -> bool {
    let noun = NOUNS.iter().find(|noun| noun.kind == kind);
    noun.is_some_and(|noun| noun.policy().admits(asked.role))
}

/// The state and the shutter of a reader, for calls that need no more of it.
pub(crate) fn state_and_shutter(
    house: &House,
    reader: &Reader,
    asked: &Asked,
) -> Result<(String, Arc<Shutter>), Trouble> {
    let state = reader.state()?.unwrap_or_default();
    Ok((state, house.shutter(reader, asked.role)?))
}
