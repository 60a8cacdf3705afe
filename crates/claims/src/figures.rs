//! Quantities that count something: metric, interval, bound words, scope, unit of count.
//!
//! Things counted together under one verb are one figure ("a woman and her two children": three); a part of
//! something counted beside it is a figure of its own with no upper bound, and is never added.

use crate::counted::{Counted, Item, Told};
use crate::figure_data::MetricRule;
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use language::Tag;
use language::number::Bound;
use model::{Because, Count, DataFault, Figure, FigureId, Metric, Scope};
use std::ops::Range;

/// A figure as it stands in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct FigureHit {
    pub(crate) tokens: Range<usize>,
    pub(crate) figure: Figure,
}

/// The rule that is named beside a part.
pub(crate) const PART_RULE: &str = "part-of-a-number";

/// How far a counting verb or noun may stand from its number, in words, asides left out.
///
/// 14: "ten people from three generations of the X family who lived there were killed".
const REACH_MAX: usize = 14;

/// What gives a number its metric.
#[derive(Clone)]
struct Anchor {
    distance: usize,
    metric: Metric,
    entry: String,
    tokens: Range<usize>,
}

/// Finds the figures of a sentence.
pub(crate) fn find(reading: &Reading, lexicon: &Lexicon, document: &str) -> Vec<FigureHit> {
    let counted = Counted::read(reading, lexicon);
    if counted.items.is_empty() {
        return Vec::new();
    }
    let finder = Finder {
        reading,
        lexicon,
        counted: &counted,
        document,
        scope: scope(reading, lexicon),
    };
    let mut anchors: Vec<Option<Anchor>> = counted.items.iter().map(|item| finder.anchor(item)).collect();
    for at in 1..anchors.len() {
        if anchors[at].is_none() && counted.goes_on(reading, at) {
            anchors[at] = anchors[at - 1].clone().filter(|anchor| is_harm(anchor.metric));
        }
    }
    let mut hits = Vec::new();
    let mut used = vec![false; counted.items.len()];
    for first in 0..counted.items.len() {
        let item = &counted.items[first];
        if used[first] || item.part {
            continue;
        }
        let together = finder.together(first, &anchors);
        let Some(anchor) = together.iter().find_map(|at| anchors[*at].clone()) else {
            continue;
        };
        for at in &together {
            used[*at] = true;
        }
        hits.extend(finder.whole(&together, &anchor));
        if item.count.high == Some(0) {
            // "Nobody was killed or injured": none of either.
            let others = finder.anchors(item).into_iter().filter(|other| {
                is_harm(other.metric)
                    && other.metric != anchor.metric
                    && other.distance <= anchor.distance + 3
            });
            hits.extend(others.filter_map(|other| finder.whole(&together, &other)));
        }
        if together.len() > 1 {
            let numbered = together
                .iter()
                .map(|at| &counted.items[*at])
                .filter(|item| item.told == Told::Number);
            hits.extend(numbered.map(|item| finder.part(item, &anchor)));
        }
    }
    for (at, item) in counted.items.iter().enumerate() {
        if item.part && matches!(item.told, Told::Number | Told::One) && !used[at] {
            let own = anchors[at].clone();
            // What the part belongs to stands before it: "killed five, including two children, and hurt nine".
            let nearest = hits
                .iter()
                .filter(|hit: &&FigureHit| is_harm(hit.figure.metric) && !is_part(&hit.figure))
                .min_by_key(|hit| {
                    let behind = hit.tokens.start > item.tokens.start;
                    (behind, hit.tokens.start.abs_diff(item.tokens.start))
                });
            let of_whole = nearest.map(|hit| Anchor {
                distance: 0,
                metric: hit.figure.metric,
                entry: hit
                    .figure
                    .because
                    .first()
                    .map_or_else(String::new, |why| why.entry.clone()),
                tokens: hit.tokens.clone(),
            });
            let Some(anchor) = of_whole.or(own) else { continue };
            let part = finder.part(item, &anchor);
            // A whole is no less than its part: "up to nine, including four children".
            let whole = hits
                .iter_mut()
                .filter(|hit| hit.tokens == anchor.tokens && !is_part(&hit.figure))
                .min_by_key(|hit| hit.figure.metric != anchor.metric);
            if let Some(whole) = whole
                && whole.figure.count.high.is_none_or(|high| item.count.low <= high)
            {
                whole.figure.count.low = whole.figure.count.low.max(item.count.low);
            }
            hits.push(part);
        }
    }
    hits.sort_by_key(|hit| (hit.tokens.start, hit.tokens.end));
    hits
}

fn is_harm(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::Killed | Metric::Injured | Metric::Casualties | Metric::Missing | Metric::Detained
    )
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    counted: &'a Counted,
    document: &'a str,
    scope: Option<(Scope, Because)>,
}

impl Finder<'_> {
    /// The things counted as one with the first: in one list, and no other metric among them.
    fn together(&self, first: usize, anchors: &[Option<Anchor>]) -> Vec<usize> {
        if !self.counted.items[first].persons || self.counted.items[first].told == Told::Plural {
            return vec![first];
        }
        let listed = self.counted.listed(self.reading, first, false);
        let metric = listed
            .iter()
            .find_map(|at| anchors[*at].as_ref().map(|anchor| anchor.metric));
        if !metric.is_some_and(is_harm) {
            return vec![first];
        }
        let same = |at: &usize| {
            anchors[*at]
                .as_ref()
                .is_none_or(|anchor| Some(anchor.metric) == metric)
        };
        let together: Vec<usize> = listed.into_iter().take_while(same).collect();
        if together.is_empty() {
            vec![first]
        } else {
            together
        }
    }

    fn whole(&self, together: &[usize], anchor: &Anchor) -> Option<FigureHit> {
        let items: Vec<&Item> = together.iter().map(|at| &self.counted.items[*at]).collect();
        let (first, last) = (items.first()?, items.last()?);
        let named = items.iter().filter(|item| item.told == Told::Name).count();
        if !is_harm(anchor.metric) && items.iter().any(|item| item.told != Told::Number) {
            return None;
        }
        let mut count = items
            .iter()
            .skip(1)
            .fold(first.count, |sum, item| sum.plus(item.count));
        // Who is named is sure; whether all are named is not.
        if named > 1 {
            count.high = None;
        }
        let bounded = items
            .iter()
            .find(|item| !matches!(item.bound, Bound::Exact | Bound::Range));
        let bound = bounded.map_or_else(String::new, |item| self.reading.words(&item.number));
        let tokens = first.tokens.start..last.tokens.end;
        let unit = first.unit.clone().filter(|_| items.len() == 1);
        let mut hit = self.figure(tokens, anchor, count, bound, unit);
        if items.len() > 1 {
            let words = format!("\"{}\" are counted together", hit.figure.quote);
            hit.figure
                .because
                .push(Because::new("counted-together", words).span(hit.figure.span));
        }
        Some(hit)
    }

    /// A part: at least as many, whatever the whole is.
    fn part(&self, item: &Item, anchor: &Anchor) -> FigureHit {
        let mut hit = self.figure(
            item.tokens.clone(),
            anchor,
            Count::at_least(item.count.low),
            String::new(),
            item.unit.clone(),
        );
        hit.figure.id = FigureId::of(&[
            self.document,
            &hit.figure.span.start.to_string(),
            anchor.metric.as_str(),
            "part",
        ]);
        let words = format!(
            "\"{}\" are part of a larger number and are not added to it",
            hit.figure.quote
        );
        hit.figure
            .because
            .push(Because::new(PART_RULE, words).span(hit.figure.span));
        hit
    }

    fn figure(
        &self,
        tokens: Range<usize>,
        anchor: &Anchor,
        count: Count,
        bound: String,
        unit: Option<Range<usize>>,
    ) -> FigureHit {
        let (reading, metric) = (self.reading, anchor.metric);
        let span = reading.span(&tokens);
        let quote = reading.words(&tokens);
        let words = format!(
            "\"{}\" counts {} beside \"{}\"",
            quote,
            metric.as_str(),
            reading.words(&anchor.tokens)
        );
        let mut because = vec![
            Because::new("number-beside-word", words)
                .entry(anchor.entry.clone())
                .span(span),
        ];
        let scope = match (&self.scope, metric) {
            (
                Some((scope, why)),
                Metric::Killed
                | Metric::Injured
                | Metric::Casualties
                | Metric::Missing
                | Metric::Detained
                | Metric::Displaced
                | Metric::Acts
                | Metric::Complaints,
            ) => {
                because.push(why.clone());
                scope.clone()
            }
            (_, Metric::Goods | Metric::Persons | Metric::Other) => Scope::Unknown,
            _ => Scope::Incident,
        };
        FigureHit {
            figure: Figure {
                id: FigureId::of(&[self.document, &span.start.to_string(), metric.as_str()]),
                metric,
                count,
                bound,
                scope,
                unit: unit.map(|unit| reading.words(&unit)).unwrap_or_default(),
                span,
                quote,
                because,
            },
            tokens,
        }
    }

    /// The metric of a counted thing, the data entry, and the tokens of the word that gives it.
    fn anchor(&self, item: &Item) -> Option<Anchor> {
        let mut best: Option<Anchor> = None;
        for anchor in self.anchors(item) {
            if best.as_ref().is_none_or(|known| anchor.distance < known.distance) {
                best = Some(anchor);
            }
        }
        best
    }

    /// Every metric that words beside a counted thing could give it.
    fn anchors(&self, item: &Item) -> Vec<Anchor> {
        let mut all: Vec<Anchor> = Vec::new();
        for rule in &self.lexicon.metrics {
            let found = match item.told {
                Told::Number => [
                    self.noun(rule, item),
                    self.tolls(rule, item),
                    self.verb(rule, item),
                ],
                _ => [self.nouns_of(rule, item), None, self.verb(rule, item)],
            };
            for (distance, tokens) in found.into_iter().flatten() {
                if distance <= REACH_MAX {
                    all.push(Anchor {
                        distance,
                        metric: rule.metric,
                        entry: rule.entry.clone(),
                        tokens,
                    });
                }
            }
        }
        all
    }

    /// "12 more civilian deaths", "dozens of injuries", "the deaths of 12".
    fn noun(&self, rule: &MetricRule, item: &Item) -> Option<(usize, Range<usize>)> {
        let hits = rule.nouns.find(&self.reading.pieces, false);
        let after = hits.iter().filter_map(|hit| {
            let gap = hit.tokens.start.checked_sub(item.number.end)?;
            let plain = self.plain(item.number.end..hit.tokens.start);
            (gap <= 3 && plain).then(|| (gap, hit.tokens.clone()))
        });
        after
            .min_by_key(|(gap, _)| *gap)
            .or_else(|| self.nouns_of(rule, item))
    }

    /// "the death of a woman", "the deaths of at least ten people".
    fn nouns_of(&self, rule: &MetricRule, item: &Item) -> Option<(usize, Range<usize>)> {
        let hits = rule.nouns.find(&self.reading.pieces, false);
        let before = hits.iter().find(|hit| {
            self.counted
                .role_at("of", hit.tokens.end)
                .is_some_and(|end| end == item.tokens.start)
        });
        before.map(|hit| (1, hit.tokens.clone()))
    }

    /// "a death toll of 12", "the toll rose to 12".
    fn tolls(&self, rule: &MetricRule, item: &Item) -> Option<(usize, Range<usize>)> {
        let hits = rule.tolls.find(&self.reading.pieces, false);
        let before = hits.into_iter().filter(|hit| {
            hit.tokens.end <= item.number.start
                && !self.counted.other_between(hit.tokens.end, item.number.start)
        });
        before
            .map(|hit| {
                (
                    self.counted.gap(hit.tokens.end, item.number.start) + 1,
                    hit.tokens,
                )
            })
            .min_by_key(|(gap, _)| *gap)
    }

    /// "killed five", "five were killed", "five killed", "five died".
    fn verb(&self, rule: &MetricRule, item: &Item) -> Option<(usize, Range<usize>)> {
        let pieces = &self.reading.pieces;
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        if item.beside && is_harm(rule.metric) {
            return None;
        }
        for hit in rule.verbs.find(pieces, true) {
            let form = rule.participles.contains(self.reading.lower(hit.tokens.start));
            if !form && !self.reading.is_verb(hit.tokens.start) {
                continue;
            }
            let passive = self.passive(hit.tokens.start);
            if hit.tokens.end <= item.number.start {
                if !passive
                    && self.reaches(hit.tokens.end, item.number.start)
                    && !self.headed(hit.tokens.start, item)
                {
                    found.push((
                        self.counted.gap(hit.tokens.end, item.number.start) + 1,
                        hit.tokens,
                    ));
                }
            } else if item.tokens.end <= hit.tokens.start {
                // "five killed": nothing between the noun and the participle.
                let close = form && self.counted.gap(item.tokens.end, hit.tokens.start) <= 1;
                if (passive && form || close && item.told == Told::Number)
                    && !self.counted.other_between(item.tokens.end, hit.tokens.start)
                {
                    found.push((
                        self.counted.gap(item.tokens.end, hit.tokens.start) + 1,
                        hit.tokens,
                    ));
                }
            } else if form && item.number.end <= hit.tokens.start && hit.tokens.end <= item.tokens.end {
                // "12 injured people".
                found.push((1, hit.tokens));
            }
        }
        for hit in rule.subjects.find(pieces, true) {
            if item.tokens.end <= hit.tokens.start
                && !self.counted.other_between(item.tokens.end, hit.tokens.start)
            {
                found.push((
                    self.counted.gap(item.tokens.end, hit.tokens.start) + 1,
                    hit.tokens,
                ));
            }
        }
        // Who is only described must stand right beside the verb.
        let reach = match item.told {
            Told::Number | Told::One => REACH_MAX,
            Told::Plural | Told::Name => 3,
        };
        found
            .into_iter()
            .filter(|(gap, _)| *gap <= reach)
            .min_by_key(|(gap, _)| *gap)
    }

    /// "five killed and nine": a participle that follows its own number takes no other.
    fn headed(&self, verb: usize, item: &Item) -> bool {
        self.counted.items.iter().any(|other| {
            other.tokens != item.tokens
                && other.told == Told::Number
                && (other.tokens.end == verb || other.number.end == verb)
        }) && !self.is_active_form(verb)
    }

    /// A verb before its object: an article, number or noun comes next.
    fn is_active_form(&self, verb: usize) -> bool {
        self.reading
            .token(verb)
            .is_some_and(|token| token.tag == Tag::Verb)
            && self
                .counted
                .items
                .iter()
                .any(|item| item.tokens.start == verb + 1)
    }

    /// Nothing between verb and number that belongs to another clause or number.
    fn reaches(&self, from: usize, to: usize) -> bool {
        !self.counted.other_between(from, to)
            && (from..to).all(|at| {
                !matches!(self.reading.lower(at), ";" | ".")
                    && !self.counted.is_role("stop", at)
                    && !self.counted.is_role("be", at)
            })
    }

    /// Only words that describe, no verb and no mark; "of" is let through.
    fn plain(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().all(|index| {
            self.counted.is_role("of", index)
                || self.reading.token(index).is_some_and(|token| {
                    !matches!(
                        token.tag,
                        Tag::Verb | Tag::Punct | Tag::Aux | Tag::Adp | Tag::Cconj
                    )
                })
        })
    }

    /// A form of "be" stands close before the verb.
    fn passive(&self, verb: usize) -> bool {
        (verb.saturating_sub(3)..verb).any(|index| self.counted.is_role("be", index))
    }
}

fn scope(reading: &Reading, lexicon: &Lexicon) -> Option<(Scope, Because)> {
    let hit = lexicon.scopes.find(&reading.pieces, false).into_iter().next()?;
    let words = reading.words(&hit.tokens);
    let scope = if hit.value == "war" {
        Scope::War
    } else {
        Scope::Period(model::Edtf::unknown())
    };
    let because = Because::new(
        "scope-word",
        format!("\"{words}\" says that the figure covers more than one incident"),
    )
    .entry(format!("lexicon/en/scopes.tsv#{}", words.to_lowercase()))
    .span(reading.span(&hit.tokens));
    Some((scope, because))
}

/// Runs the examples of everything that figures are read with; one that is read otherwise is a fault.
pub(crate) fn check_examples(lexicon: &Lexicon) -> Vec<DataFault> {
    let mut faults = Vec::new();
    for (entry, line, metric, sentence, expected) in lexicon.figure_examples() {
        let read = read_alone(&sentence, lexicon)
            .iter()
            .any(|figure| figure.metric == metric);
        if read != expected {
            faults.push(crate::example_fault(
                &entry,
                line,
                &sentence,
                metric.as_str(),
                expected,
            ));
        }
    }
    for example in &lexicon.counting_examples {
        let mut read: Vec<String> = read_alone(&example.sentence, lexicon)
            .iter()
            .filter(|figure| is_harm(figure.metric) && !is_part(figure))
            .map(|figure| format!("{} {}", figure.metric.as_str(), short(figure.count)))
            .collect();
        let mut wanted: Vec<String> = example
            .reads
            .split(';')
            .map(|one| one.trim().to_owned())
            .filter(|one| !one.is_empty())
            .collect();
        read.sort();
        wanted.sort();
        if read != wanted {
            let nothing = |list: &[String]| {
                if list.is_empty() {
                    "nothing".to_owned()
                } else {
                    list.join("; ")
                }
            };
            faults.push(DataFault::new(
                example.file.clone(),
                example.line,
                format!(
                    "the example \"{}\" is read as {}",
                    example.sentence,
                    nothing(&read)
                ),
                format!(
                    "{}; `truceline explain` shows how the sentence is read",
                    nothing(&wanted)
                ),
            ));
        }
    }
    for example in &lexicon.scope_examples {
        let read = read_alone(&example.sentence, lexicon);
        let wide = read.iter().any(|figure| figure.scope.as_str() == example.scope);
        let what = match (read.is_empty(), wide == example.is) {
            (false, true) => continue,
            (true, _) => "holds no figure".to_owned(),
            (false, false) if example.is => format!("is not read with scope {}", example.scope),
            (false, false) => format!("is read with scope {}", example.scope),
        };
        faults.push(DataFault::new(
            example.file.clone(),
            example.line,
            format!("the example \"{}\" {what}", example.sentence),
            "a sentence with a toll of several incidents, and one with the toll of a single incident",
        ));
    }
    faults
}

fn read_alone(sentence: &str, lexicon: &Lexicon) -> Vec<Figure> {
    let document = crate::explain::page_of(sentence);
    let (readings, _) = crate::reading::read(&document, lexicon);
    readings
        .iter()
        .flat_map(|reading| find(reading, lexicon, document.id.as_str()))
        .map(|hit| hit.figure)
        .collect()
}

/// Whether the figure is a part of another one.
fn is_part(figure: &Figure) -> bool {
    figure.because.iter().any(|why| why.rule == PART_RULE)
}

fn short(count: Count) -> String {
    match count.high {
        Some(high) if high == count.low => high.to_string(),
        Some(high) => format!("{}..{high}", count.low),
        None => format!("{}+", count.low),
    }
}
