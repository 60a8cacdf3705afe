//! What a page tells about its places as a whole. Gets every place mention of the page, gives the places
//! they may mean, for weighing one against the other.

use crate::choose;
use crate::fold;
use crate::gazetteer::Gazetteer;
use model::{Edtf, PlaceMention, PlaceRole, Span};

/// Places kept for one mention: beyond the fifth, shares are too small to weigh.
const PLACES_MAX: usize = 5;

/// What is known around a claim: the other places of its page and the countries of the agreements.
#[derive(Clone, Debug, Default)]
pub struct Context {
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) countries: Vec<String>,
}

/// A mention on the page with the places it may mean.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub(crate) span: Span,
    /// The name without case and marks.
    pub(crate) name: String,
    /// Entries with their shares, best first.
    pub(crate) places: Vec<(usize, f64)>,
}

impl Context {
    /// Reads the place mentions of a page in any role, and the ISO codes of the countries that the
    /// agreements at hand are about. Built once a page.
    pub fn new<'a>(
        places: impl IntoIterator<Item = &'a PlaceMention>,
        countries: &[String],
        gazetteer: &Gazetteer,
    ) -> Self {
        let mut mentions: Vec<&PlaceMention> = places.into_iter().collect();
        mentions.sort_by(|a, b| (a.span, &a.name, a.role).cmp(&(b.span, &b.name, b.role)));
        mentions.dedup_by(|a, b| a.span == b.span && a.name == b.name);
        let mut page = Self {
            anchors: Vec::new(),
            countries: countries.to_vec(),
        };
        // Twice: first each name alone, then each among the others, so that a clear name helps a vague one.
        for _ in 0..2 {
            page.anchors = mentions
                .iter()
                .filter(|mention| !mention.name.is_empty() && mention.role != PlaceRole::Unknown)
                .map(|mention| anchor(gazetteer, mention, &page))
                .collect();
        }
        page
    }
}

fn anchor(gazetteer: &Gazetteer, mention: &PlaceMention, page: &Context) -> Anchor {
    let scored = choose::choose(gazetteer, mention, &mention.name, &Edtf::unknown(), page).scored;
    let best = scored.first().map_or(0.0, |(_, score)| *score);
    let total: f64 = scored.iter().map(|(_, score)| (score - best).exp()).sum();
    let shares = scored
        .iter()
        .map(|(found, score)| (found.entry, (score - best).exp() / total));
    Anchor {
        span: mention.span,
        name: fold::plain(&mention.name),
        places: shares.take(PLACES_MAX).collect(),
    }
}
