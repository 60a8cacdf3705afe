//! Counts as intervals, and figures: a count with its metric, bound words, scope and unit of count.

use crate::{Because, Edtf, FigureId, Span};

/// A whole number known to lie between two bounds, both included; `high` is `None` when nothing bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count {
    /// Least it can be.
    pub low: u64,
    /// Most it can be.
    pub high: Option<u64>,
}

impl Count {
    /// Known exactly.
    pub fn exactly(value: u64) -> Self {
        Self {
            low: value,
            high: Some(value),
        }
    }
    /// No less than this.
    pub fn at_least(low: u64) -> Self {
        Self { low, high: None }
    }
    /// Between two bounds; bounds in the wrong order are swapped.
    pub fn between(a: u64, b: u64) -> Self {
        Self {
            low: a.min(b),
            high: Some(a.max(b)),
        }
    }
    /// Whether both may be true at once.
    pub fn agrees(self, other: Self) -> bool {
        self.high.is_none_or(|high| other.low <= high) && other.high.is_none_or(|high| self.low <= high)
    }
    /// The smallest interval that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
        }
    }
    /// The sum, for counts of different things of one scope and unit; saturates.
    pub fn plus(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(a, b)| a.saturating_add(b));
        Self {
            low: self.low.saturating_add(other.low),
            high,
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.high {
            Some(high) if high == self.low => write!(f, "{high}"),
            Some(high) => write!(f, "{}\u{2013}{high}", self.low),
            None => write!(f, "at least {}", self.low),
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Persons killed.
    Killed,
    /// Persons injured.
    Injured,
    /// Persons killed or injured, not told apart.
    Casualties,
    /// Persons detained or arrested.
    Detained,
    /// Persons abducted or missing.
    Missing,
    /// Persons displaced.
    Displaced,
    /// Persons or fighters present or taking part.
    Persons,
    /// Acts of fire, explosions, strikes.
    Acts,
    /// Complaints or alleged breaches.
    Complaints,
    /// Goods: trucks, parcels, tonnes.
    Goods,
    /// Anything else; the words say what.
    Other,
}

impl Metric {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Casualties => "casualties",
            Self::Detained => "detained",
            Self::Missing => "missing",
            Self::Displaced => "displaced",
            Self::Persons => "persons",
            Self::Acts => "acts",
            Self::Complaints => "complaints",
            Self::Goods => "goods",
            Self::Other => "other",
        }
    }
}

/// What a figure covers; figures of different scopes are never added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One incident.
    Incident,
    /// Everything within a period and an area.
    Period(Edtf),
    /// The whole conflict so far.
    War,
    /// Not told.
    Unknown,
}

impl Scope {
    /// The word that is published.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Period(_) => "period",
            Self::War => "war",
            Self::Unknown => "unknown",
        }
    }
}

/// One quantity as claimed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// Its id.
    pub id: FigureId,
    /// What it counts.
    pub metric: Metric,
    /// The interval claimed.
    pub count: Count,
    /// The words that bound it, such as "at least"; empty when none.
    pub bound: String,
    /// What it covers.
    pub scope: Scope,
    /// Unit of count as written, such as "people", "civilians", "trucks".
    pub unit: String,
    /// Where it stands.
    pub span: Span,
    /// The words.
    pub quote: String,
    /// Why it was read so.
    pub because: Vec<Because>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_five_agrees_with_seven_and_four_does_not() {
        assert!(Count::at_least(5).agrees(Count::exactly(7)));
        assert!(!Count::at_least(5).agrees(Count::exactly(4)));
        assert!(Count::between(3, 6).agrees(Count::between(6, 9)));
        assert_eq!(Count::exactly(4).hull(Count::exactly(5)), Count::between(4, 5));
    }
}
