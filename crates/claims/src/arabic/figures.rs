//! How many were harmed, in Arabic: "killing of five civilians", "7 martyrs", "two girls", "20 dead and wounded".

use super::Sentence;
use super::data::{Class, Harm, Told};
use super::words::Found;
use crate::figures::PART_RULE;
use model::{Because, Count, Figure, FigureId, Metric, Scope};
use std::ops::Range;

/// Words behind "killing of" within which the number or the persons must stand: a bound, a number and its noun, with an
/// adjective or two between.
const REACH: usize = 7;

/// Words before "met their death" within which they must stand.
const BACK: usize = 5;

/// A figure and the words it stands on.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) words: Range<usize>,
    pub(crate) figure: Figure,
}

/// A number with what bounds it and whom it counts.
struct Counted {
    words: Range<usize>,
    count: Count,
    bound: String,
    unit: String,
}

/// Finds the harmed of a sentence, and how often it says that fire came down.
pub(crate) fn find(sentence: &Sentence, scope: &Scope) -> Vec<Hit> {
    let harms = sentence.tables.harm.find(&sentence.words);
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while let Some(hit) = harms.get(at) {
        at += 1;
        if sentence.is_negated(hit.words.start) {
            continue;
        }
        let mut metric = hit.value.metric;
        let mut words = hit.words.clone();
        let mut told = hit.value.told;
        // "killing and wounding of 20", "20 dead and wounded": not told apart.
        if let Some(next) = harms.get(at).filter(|next| is_joined(sentence, hit, next)) {
            metric = Metric::Casualties;
            words.end = next.words.end;
            told = if told == Told::Takes {
                next.value.told
            } else {
                told
            };
            at += 1;
        }
        let until = harms
            .get(at)
            .map_or(sentence.words.len(), |next| next.words.start);
        let counted = match told {
            Told::Takes => behind(sentence, &words, until),
            Told::Back => {
                let before = hits
                    .last()
                    .filter(|last| last.figure.metric == metric && last.words.end + BACK >= words.start);
                if before.is_some() {
                    continue;
                }
                before_it(sentence, &words)
            }
            told => by_itself(sentence, &words, told),
        };
        let Some(counted) = counted else { continue };
        let told_before = hits
            .last()
            .is_some_and(|last| last.figure.metric == metric && counted.words.start < last.words.end);
        if !told_before {
            let end = counted.words.end;
            hits.push(figure(sentence, metric, counted, scope));
            hits.extend(parts(sentence, metric, end, scope));
        }
    }
    hits.sort_by_key(|hit| hit.words.start);
    hits
}

/// Whether two words for harm share one number.
fn is_joined(sentence: &Sentence, hit: &Found<'_, Harm>, next: &Found<'_, Harm>) -> bool {
    let joined = next.words.start == hit.words.end && sentence.has_front(next.words.start, 'و');
    let alike = matches!(
        (hit.value.told, next.value.told),
        (Told::Takes, Told::Takes) | (Told::Several, Told::Several)
    );
    // "dead and wounded" without a number are several of each.
    let counted = hit.value.told == Told::Takes || number_before(sentence, hit.words.start).is_some();
    joined && alike && counted && hit.value.metric != next.value.metric
}

/// "five martyrs", "a martyr", "dozens of wounded", "wounded".
fn by_itself(sentence: &Sentence, words: &Range<usize>, told: Told) -> Option<Counted> {
    if let Some((from, count, bound)) = number_before(sentence, words.start) {
        return Some(Counted {
            words: from..words.end,
            count,
            bound,
            unit: String::new(),
        });
    }
    let count = match told {
        Told::One => Count::exactly(1),
        Told::Two => Count::exactly(2),
        _ => Count::at_least(2),
    };
    Some(Counted {
        words: words.clone(),
        count,
        bound: String::new(),
        unit: String::new(),
    })
}

/// The number that ends right before a word, where it begins, and what bounds it.
fn number_before(sentence: &Sentence, at: usize) -> Option<(usize, Count, String)> {
    (at.saturating_sub(4)..at).find_map(|from| {
        let number = number(sentence, from)?;
        (number.words.end == at).then_some((number.words.start, number.count, number.bound))
    })
}

/// What "killing of" counts: numbers and persons behind it, added where they are listed.
fn behind(sentence: &Sentence, words: &Range<usize>, until: usize) -> Option<Counted> {
    let end = until.min(words.end + REACH).min(sentence.words.len());
    let mut found: Option<Counted> = None;
    let mut at = words.end;
    while at < end {
        if sentence
            .class(at)
            .is_some_and(|(class, ..)| matches!(class, Class::Part | Class::At | Class::By))
        {
            break;
        }
        let next = item(sentence, at).filter(|item| item.words.end <= until);
        match (&mut found, next) {
            (None, Some(item)) => {
                at = item.words.end;
                found = Some(item);
            }
            (Some(sum), Some(item)) if sentence.has_front(item.words.start, 'و') && !item.unit.is_empty() => {
                at = item.words.end;
                sum.count = sum.count.plus(item.count);
                sum.words.end = at;
                if sum.unit != item.unit {
                    "people".clone_into(&mut sum.unit);
                }
            }
            (Some(_), _) => break,
            (None, None) => at += 1,
        }
    }
    if let Some(sum) = &mut found {
        sum.words.start = words.start;
    }
    // "wounding of others", "his killing": somebody, and no number.
    found.or_else(|| {
        Some(Counted {
            words: words.clone(),
            count: Count::at_least(1),
            bound: String::new(),
            unit: String::new(),
        })
    })
}

/// Who "met their death".
fn before_it(sentence: &Sentence, words: &Range<usize>) -> Option<Counted> {
    let from = words.start.saturating_sub(BACK);
    let mut item = (from..words.start).find_map(|at| item(sentence, at))?;
    item.words.end = words.end;
    Some(item)
}

/// A number with its noun, or persons without one, at a place.
fn item(sentence: &Sentence, at: usize) -> Option<Counted> {
    if let Some(mut number) = number(sentence, at) {
        let end = number.words.end;
        // "5 civilians", "5 of the civilians", "5 other persons".
        for place in end..(end + 2).min(sentence.words.len()) {
            if let Some(people) = sentence.tables.people.at(&sentence.words, place) {
                number.unit.clone_from(&people.value.unit);
                number.words.end = people.words.end;
                break;
            }
        }
        return Some(number);
    }
    let people = sentence.tables.people.at(&sentence.words, at)?;
    let count = match people.value.told {
        Told::One => Count::exactly(1),
        Told::Two => Count::exactly(2),
        Told::Several => Count::at_least(2),
        _ => return None,
    };
    Some(Counted {
        words: people.words.clone(),
        count,
        bound: String::new(),
        unit: people.value.unit.clone(),
    })
}

/// A number at a place, with the words that bound it.
fn number(sentence: &Sentence, at: usize) -> Option<Counted> {
    let (mut next, mut bound, mut low) = (at, String::new(), false);
    if let Some((Class::Bound, value, end)) = sentence.class(at) {
        bound = sentence.text_of(&(at..end));
        low = value == "low";
        next = end;
    }
    if let Some((Class::Tens, value, end)) = sentence.class(next) {
        return Some(Counted {
            words: at..end,
            count: Count::at_least(value.parse().ok()?),
            bound: sentence.text_of(&(at..end)),
            unit: String::new(),
        });
    }
    let (value, mut end) = value(sentence, next)?;
    // "5 at least"
    if let Some((Class::Bound, "low", after)) = sentence.class(end + 1).filter(|_| bound.is_empty()) {
        bound = sentence.text_of(&(end + 1..after));
        low = true;
    }
    end = end.max(next + 1);
    let count = if low {
        Count::at_least(value)
    } else {
        Count::exactly(value)
    };
    Some(Counted {
        words: at..end,
        count,
        bound,
        unit: String::new(),
    })
}

/// Largest number that is taken for a count of persons or shells; beyond it stand years and telephone numbers.
const VALUE_MAX: u64 = 1_000_000;

/// The value of digits or number words at a place, and where they end: "15", "five", "five and twenty".
fn value(sentence: &Sentence, at: usize) -> Option<(u64, usize)> {
    let word = sentence.words.get(at)?;
    let digits = word.digits().or_else(|| joined_digits(word.plain()));
    if let Some(digits) = digits {
        let date = sentence.times.iter().any(|time| time.words.contains(&at));
        return (digits <= VALUE_MAX && !date).then_some((digits, at + 1));
    }
    let found = sentence.tables.numbers.at(&sentence.words, at)?;
    let (mut value, mut end) = (*found.value, found.words.end);
    while let Some(next) = sentence.tables.numbers.at(&sentence.words, end) {
        let smaller_first = value < 10 && (20..100).contains(next.value);
        let hundreds = value >= 100 && *next.value < 100;
        let joined = sentence.has_front(end, 'و') && !sentence.words[end].parted;
        if !(joined && (smaller_first || hundreds)) {
            break;
        }
        value += next.value;
        end = next.words.end;
    }
    Some((value, end))
}

/// "و15": digits with "and" attached.
fn joined_digits(plain: &str) -> Option<u64> {
    let digits = plain.strip_prefix('و')?;
    digits
        .chars()
        .all(|c| c.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// "among them two children": a part of the number before it.
fn parts(sentence: &Sentence, metric: Metric, from: usize, scope: &Scope) -> Vec<Hit> {
    let until = (from + REACH).min(sentence.words.len());
    let Some(word) = (from..until).find(|at| matches!(sentence.class(*at), Some((Class::Part, ..)))) else {
        return Vec::new();
    };
    let Some(part) = item(sentence, word + 1) else {
        return Vec::new();
    };
    let mut hit = figure(sentence, metric, part, scope);
    let words = format!(
        "\"{}\" are part of a larger number and are not added to it",
        hit.figure.quote
    );
    let span = hit.figure.span;
    hit.figure.id = FigureId::of(&[
        sentence.document.id.as_str(),
        &span.start.to_string(),
        metric.as_str(),
        "part",
    ]);
    hit.figure.because.push(Because::new(PART_RULE, words).span(span));
    vec![hit]
}

/// How often fire came down.
pub(super) fn acts(sentence: &Sentence, words: Range<usize>, value: u64, scope: &Scope) -> Figure {
    let counted = Counted {
        words,
        count: Count::exactly(value),
        bound: String::new(),
        unit: String::new(),
    };
    figure(sentence, Metric::Acts, counted, scope).figure
}

fn figure(sentence: &Sentence, metric: Metric, counted: Counted, scope: &Scope) -> Hit {
    let span = sentence.span(&counted.words);
    let quote = sentence.text_of(&counted.words);
    let words = format!("\"{quote}\" counts {}: {}", metric.as_str(), counted.count);
    Hit {
        words: counted.words,
        figure: Figure {
            id: FigureId::of(&[
                sentence.document.id.as_str(),
                &span.start.to_string(),
                metric.as_str(),
            ]),
            metric,
            count: counted.count,
            bound: counted.bound,
            scope: scope.clone(),
            unit: counted.unit,
            span,
            quote,
            because: vec![
                Because::new("figure-arabic", words)
                    .entry("lexicon/ar/harm.tsv")
                    .span(span),
            ],
        },
    }
}
