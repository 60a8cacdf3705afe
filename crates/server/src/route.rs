//! A route as it is declared: where, who may, what it takes, what it gives, and the function behind it. The
//! router, the checks in front of every call, and the OpenAPI document are all made from these.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::{Answer, Code, Refusal};
use crate::house::House;
use crate::policy::{Policy, Role};

/// The function behind a route.
pub(crate) type Call = fn(&House, &Asked) -> Result<Answer, Trouble>;

/// A route. It can be written down only with a policy: there is no default and no other way to make one.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) policy: Policy,
    /// What it does, in one sentence.
    pub(crate) says: &'static str,
    /// What may stand in the query; anything else is refused.
    pub(crate) takes: Vec<Parameter>,
    /// What the body holds.
    pub(crate) body: Takes,
    /// Media type and JSON schema of a good answer.
    pub(crate) gives: (&'static str, fn() -> Value),
    /// Refusals of its own, beside those that any route may give.
    pub(crate) refuses: &'static [Code],
    /// What it asks of a session beyond the role.
    pub(crate) care: Care,
    /// Kind of record that it is about; empty when none.
    pub(crate) kind: &'static str,
    pub(crate) call: Call,
}

/// What a route takes as a body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// Nothing: no body is read.
    Nothing,
    /// JSON of this schema.
    Form(fn() -> Value),
    /// The bytes of a file; read only once it is known that whoever asks may send one.
    File,
}

impl Takes {
    pub(crate) fn is_any(self) -> bool {
        !matches!(self, Self::Nothing)
    }

    pub(crate) fn is_file(self) -> bool {
        matches!(self, Self::File)
    }
}

/// What a route asks of a session beyond the role.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Care {
    /// Nothing.
    Plain,
    /// That its owner has shown who he is within the last minutes.
    Fresh,
    /// The same, for bodies of which this function says so.
    FreshFor(fn(&House, &[u8]) -> bool),
    /// Nothing, not even the second factor that the role must have: for the routes that set one up.
    Enrolling,
}

/// What is done to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

impl Verb {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Something that a query may hold, once.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    pub(crate) shape: Shape,
    pub(crate) needed: bool,
}

/// What a value may look like.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// Any words.
    Words,
    /// One or more words between commas.
    List,
    /// A day of the calendar, such as 2017-05-06.
    Day,
    /// A whole number within bounds.
    Number(u64, u64),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// West, south, east and north in degrees.
    Box,
}

/// Longest value of a query, in characters.
///
/// 10,000: 200 ids with room to spare. Raise it and one address can hold a whole search program.
const VALUE_MAX: usize = 10_000;

impl Parameter {
    pub(crate) fn new(name: &'static str, shape: Shape, says: &'static str) -> Self {
        Self {
            name,
            says,
            shape,
            needed: false,
        }
    }

    pub(crate) fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    fn check(&self, value: &str) -> Result<(), Refusal> {
        let good = value.chars().count() <= VALUE_MAX
            && match &self.shape {
                Shape::Words => !value.is_empty(),
                Shape::List => value.split(',').all(|part| !part.is_empty()),
                Shape::Day => value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok(),
                Shape::Number(low, high) => {
                    value.bytes().all(|byte| byte.is_ascii_digit())
                        && value.parse().is_ok_and(|number| (*low..=*high).contains(&number))
                }
                Shape::OneOf(words) => words.contains(&value),
                Shape::Box => bbox(value).is_some(),
            };
        let told = || {
            Refusal::bad(format!(
                "\"{}\" of the query has not the form it must have",
                self.name
            ))
        };
        good.then_some(()).ok_or_else(told)
    }

    pub(crate) fn schema(&self) -> Value {
        match &self.shape {
            Shape::Words => json!({ "type": "string", "minLength": 1, "maxLength": VALUE_MAX }),
            Shape::List => json!({ "type": "string", "pattern": "^[^,]+(,[^,]+)*$", "maxLength": VALUE_MAX }),
            Shape::Day => json!({ "type": "string", "format": "date" }),
            Shape::Number(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Shape::OneOf(words) => json!({ "type": "string", "enum": words }),
            Shape::Box => {
                let number = "-?[0-9]{1,3}(\\.[0-9]{1,9})?";
                json!({ "type": "string", "pattern": format!("^{number},{number},{number},{number}$"),
                    "description": "west,south,east,north in degrees", "example": "35.5,32,42.5,37.5" })
            }
        }
    }
}

/// West, south, east and north, when they are on the globe.
pub(crate) fn bbox(value: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = value
        .split(',')
        .map(|part| part.parse().ok().filter(|number: &f64| number.is_finite()))
        .collect::<Option<_>>()?;
    let edges: [f64; 4] = numbers.try_into().ok()?;
    let [west, south, east, north] = edges;
    let on_globe = west.abs() <= 180.0 && east.abs() <= 180.0 && south >= -90.0 && north <= 90.0;
    (on_globe && south <= north).then_some(edges)
}

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The answer is no.
    Refused(Refusal),
    /// The store said no.
    Store(store::StoreError),
    /// The log said no.
    Ledger(ledger::LedgerError),
    /// Something else on our side, in words for the server's log.
    Ours(String),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::StoreError> for Trouble {
    fn from(error: store::StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ledger::LedgerError> for Trouble {
    fn from(error: ledger::LedgerError) -> Self {
        Self::Ledger(error)
    }
}

/// A request that has passed every check of its route.
pub(crate) struct Asked {
    pub(crate) route: &'static Route,
    pub(crate) role: Role,
    pub(crate) session: Option<store::Session>,
    pub(crate) path: BTreeMap<String, String>,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    pub(crate) address: IpAddr,
}

impl Asked {
    /// A part of the address; the router gives one for every name in the route's path.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A value of the query.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// The body in its form; unknown and repeated keys are refused.
    pub(crate) fn form<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal::bad(format!("the body has not the form it must have: {error}")))
    }
}

/// The query as pairs, checked against what may stand in it.
pub(crate) fn checked(
    takes: &[Parameter],
    pairs: Vec<(String, String)>,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut query = BTreeMap::new();
    for (name, value) in pairs {
        let Some(parameter) = takes.iter().find(|it| it.name == name) else {
            return Err(Refusal::bad("the query holds a name that is not taken here"));
        };
        parameter.check(&value)?;
        if query.insert(name, value).is_some() {
            return Err(Refusal::bad(format!(
                "\"{}\" stands twice in the query",
                parameter.name
            )));
        }
    }
    match takes.iter().find(|it| it.needed && !query.contains_key(it.name)) {
        Some(missing) => Err(Refusal::bad(format!("the query must hold \"{}\"", missing.name))),
        None => Ok(query),
    }
}
