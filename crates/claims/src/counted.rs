//! Who or what is counted in a sentence: numbers with their nouns, one person named by a noun ("a man", "his
//! wife"), several without a number ("civilians"), named people; which of them are parts of others
//! ("including two children"), and which are counted together ("a woman and her two children").

use crate::lexicon::Lexicon;
use crate::names::HitForm;
use crate::reading::Reading;
use language::Tag;
use language::number::Bound;
use model::Count;
use std::ops::Range;

/// What words do beside numbers; the classes of `counting.tsv`.
pub(crate) const ROLES: [&str; 10] = [
    "none",
    "part",
    "part-after",
    "join",
    "of",
    "one",
    "be",
    "rise",
    "stop",
    "age",
];

/// How something counted is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// "five people"
    Number,
    /// "a man", "his wife"
    One,
    /// "civilians"
    Plural,
    /// A person by name.
    Name,
}

/// Something counted.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The number, or what stands for it.
    pub(crate) number: Range<usize>,
    /// With the noun.
    pub(crate) tokens: Range<usize>,
    /// The noun as counted, with what stands between it and the number; empty where there is none.
    pub(crate) unit: Option<Range<usize>>,
    pub(crate) count: Count,
    pub(crate) bound: Bound,
    pub(crate) told: Told,
    /// It is a part of something counted in the same sentence.
    pub(crate) part: bool,
    /// The noun is of persons.
    pub(crate) persons: bool,
    /// It tells where or of what the counted are: "from three generations", "in two houses".
    pub(crate) beside: bool,
}

/// The counted things of a sentence and the words that may be passed over between them and their verb.
pub(crate) struct Counted {
    pub(crate) items: Vec<Item>,
    /// For each token how many words before it are in view: asides are not.
    seen: Vec<usize>,
    aside: Vec<bool>,
    roles: Vec<(Range<usize>, String)>,
}

/// Most words after "said" in which a sentence still ends with its speaker: "said on Sunday evening".
const AFTER_CUE_MAX: usize = 4;

/// Those on whose word a sentence ends, as in ", a doctor and two residents said": they are no part of a count that
/// stands before them.
fn trailing_speakers(reading: &Reading, lexicon: &Lexicon) -> Option<Range<usize>> {
    let end = reading.all().end;
    let cue = lexicon
        .cue_verbs
        .find(&reading.pieces, true)
        .into_iter()
        .map(|hit| hit.tokens)
        .find(|tokens| {
            let rest = tokens.end..end;
            let words = rest
                .clone()
                .filter(|at| reading.lower(*at).chars().any(char::is_alphanumeric));
            words.count() <= AFTER_CUE_MAX && !rest.into_iter().any(|at| reading.is_verb(at))
        })?;
    let comma = (0..cue.start).rev().find(|at| reading.lower(*at) == ",")?;
    let speakers = comma + 1..cue.start;
    let told_before = (0..comma).any(|at| reading.is_verb(at));
    let plain = !speakers.clone().any(|at| reading.is_verb(at));
    (told_before && plain && !speakers.is_empty()).then_some(speakers)
}

impl Counted {
    pub(crate) fn read(reading: &Reading, lexicon: &Lexicon) -> Self {
        let roles: Vec<(Range<usize>, String)> = lexicon
            .counting
            .find(&reading.pieces, false)
            .into_iter()
            .map(|hit| (hit.tokens, hit.value))
            .collect();
        let mut counted = Self {
            items: Vec::new(),
            seen: Vec::new(),
            aside: vec![false; reading.all().end],
            roles,
        };
        counted.items = numbers(reading, lexicon, &counted);
        counted.nobody(reading, lexicon);
        counted.ones(reading, lexicon);
        counted.plurals(reading, lexicon);
        counted.names(reading);
        if let Some(speakers) = trailing_speakers(reading, lexicon) {
            let within = |item: &Item| speakers.start <= item.tokens.start && item.tokens.end <= speakers.end;
            counted.items.retain(|item| !within(item));
        }
        counted.items.sort_by_key(|item| item.tokens.start);
        for time in &reading.times {
            counted.pass_over(time.tokens.clone());
        }
        counted.ages(reading);
        counted.mark_asides(reading);
        let mut total = 0;
        for (at, aside) in counted.aside.iter().enumerate() {
            counted.seen.push(total);
            total += usize::from(!aside && reading.lower(at) != ",");
        }
        counted.seen.push(total);
        counted.appositions(reading);
        counted
    }

    /// How many words in view lie between two places.
    pub(crate) fn gap(&self, from: usize, to: usize) -> usize {
        let at = |index: usize| self.seen.get(index).or(self.seen.last()).copied().unwrap_or(0);
        at(to).saturating_sub(at(from))
    }

    /// Whether a token lies in an aside.
    pub(crate) fn is_aside(&self, index: usize) -> bool {
        self.aside.get(index).copied().unwrap_or(false)
    }

    /// Whether a role's words begin at a token; gives where they end.
    pub(crate) fn role_at(&self, role: &str, start: usize) -> Option<usize> {
        self.roles
            .iter()
            .find(|(tokens, known)| tokens.start == start && known == role)
            .map(|(tokens, _)| tokens.end)
    }

    /// Whether a token is in words of a role.
    pub(crate) fn is_role(&self, role: &str, index: usize) -> bool {
        self.roles
            .iter()
            .any(|(tokens, known)| known == role && tokens.contains(&index))
    }

    /// Whether another counted thing that is no part stands between two places.
    pub(crate) fn other_between(&self, from: usize, to: usize) -> bool {
        self.items.iter().any(|item| {
            !item.part
                && item.told != Told::Plural
                && !item.beside
                && from <= item.tokens.start
                && item.tokens.end <= to
                && !self.is_aside(item.tokens.start)
        })
    }

    fn overlaps(&self, tokens: &Range<usize>) -> bool {
        self.items
            .iter()
            .any(|item| item.tokens.start < tokens.end && tokens.start < item.tokens.end)
    }

    /// "nobody", "no civilians", "no casualties".
    fn nobody(&mut self, reading: &Reading, lexicon: &Lexicon) {
        for start in reading.all() {
            let Some(end) = self.role_at("none", start) else {
                continue;
            };
            let alone = end - start > 1 || reading.token(start).is_some_and(|token| token.tag == Tag::Pron);
            // "none of the guards"
            let mut from = self.role_at("of", end).unwrap_or(end);
            if from > end {
                from = self.role_at("one", from).unwrap_or(from);
            }
            let noun = noun_after(reading, from, |at| {
                let word = reading.lower(at);
                lexicon.units.is_person(word) && lexicon.units.contains(word) || lexicon.is_harm_noun(word)
            });
            let tokens = start..noun.map_or(end, |noun| noun + 1);
            if !alone && noun.is_none() || self.overlaps(&tokens) {
                continue;
            }
            let person = noun.filter(|at| lexicon.units.contains(reading.lower(*at)));
            self.items.push(Item {
                number: start..end,
                tokens: start..person.map_or(end, |at| at + 1),
                unit: person.map(|at| end..at + 1),
                count: Count::exactly(0),
                bound: Bound::Exact,
                told: Told::Number,
                part: false,
                persons: true,
                beside: false,
            });
        }
    }

    /// "a man", "his wife", "another civilian".
    fn ones(&mut self, reading: &Reading, lexicon: &Lexicon) {
        for start in reading.all() {
            let Some(end) = self.role_at("one", start) else {
                continue;
            };
            let Some(noun) = noun_after(reading, end, |at| {
                lexicon.units.is_one(reading.lower(at)) && lexicon.units.is_person(reading.lower(at))
            }) else {
                continue;
            };
            let tokens = start..noun + 1;
            // "the other side's wife": a possessive inside belongs to the next noun.
            if self.overlaps(&tokens) {
                continue;
            }
            self.items.push(Item {
                number: start..end,
                unit: Some(end..noun + 1),
                tokens,
                count: Count::exactly(1),
                bound: Bound::Exact,
                told: Told::One,
                part: false,
                persons: true,
                beside: false,
            });
        }
    }

    /// "civilians": more than one, and nobody says how many.
    fn plurals(&mut self, reading: &Reading, lexicon: &Lexicon) {
        for at in reading.all() {
            let word = reading.lower(at);
            let tokens = at..at + 1;
            // "the lives of twelve people": the twelve are counted.
            let counted_after = self
                .role_at("of", at + 1)
                .is_some_and(|end| self.items.iter().any(|item| item.tokens.start == end));
            if lexicon.units.is_person(word)
                && !lexicon.units.is_one(word)
                && !counted_after
                && !self.overlaps(&tokens)
            {
                self.items.push(Item {
                    number: at..at,
                    unit: Some(tokens.clone()),
                    tokens,
                    count: Count::at_least(2),
                    bound: Bound::Vague,
                    told: Told::Plural,
                    part: false,
                    persons: true,
                    beside: false,
                });
            }
        }
    }

    /// People by name.
    fn names(&mut self, reading: &Reading) {
        for actor in &reading.actors {
            let person = actor.kind == "person" || actor.form == HitForm::Stranger && actor.kind.is_empty();
            // "the X family", "X Street": a name in front of a noun names no person.
            let tag = |at: usize| reading.token(at).map(|token| token.tag);
            let before = actor.tokens.start.checked_sub(1).and_then(tag);
            let person = person && before != Some(Tag::Det) && tag(actor.tokens.end) != Some(Tag::Noun);
            // "his son Ali Nasr" is one person.
            let same = self
                .items
                .iter()
                .any(|item| item.told == Told::One && item.tokens.end == actor.tokens.start);
            if person && !same && actor.tokens.len() >= 2 && !self.overlaps(&actor.tokens) {
                self.items.push(Item {
                    number: actor.tokens.clone(),
                    tokens: actor.tokens.clone(),
                    unit: None,
                    count: Count::exactly(1),
                    bound: Bound::Exact,
                    told: Told::Name,
                    part: false,
                    persons: true,
                    beside: false,
                });
            }
        }
    }

    /// Marks parts, and the words that may be passed over: brackets, dashes, "including …".
    fn mark_asides(&mut self, reading: &Reading) {
        let all = reading.all();
        let mut opened: Option<usize> = None;
        let mut dashed: Option<usize> = None;
        for at in all.clone() {
            match reading.lower(at) {
                "(" | "[" => opened = Some(at),
                ")" | "]" => {
                    if let Some(start) = opened.take() {
                        self.pass_over(start..at + 1);
                    }
                }
                "\u{2013}" | "\u{2014}" | "--" => match dashed.take() {
                    Some(start) if at - start <= ASIDE_MAX => self.pass_over(start..at + 1),
                    _ => dashed = Some(at),
                },
                _ => {}
            }
        }
        for start in all.clone() {
            let Some(end) = self.role_at("part", start) else {
                continue;
            };
            let close = self.part_end(reading, end);
            for item in &mut self.items {
                item.part |= end <= item.tokens.start && item.tokens.end <= close;
            }
            let comma = usize::from(reading.lower(close) == ",");
            let before = usize::from(start > 0 && reading.lower(start - 1) == "," && comma == 1);
            self.pass_over(start - before..close + comma);
        }
        for index in 0..self.items.len() {
            let end = self.items[index].tokens.end;
            // A part has a whole in the sentence; "two of them were killed" alone counts two.
            let whole = self.items.iter().enumerate().any(|(other, item)| {
                other != index && !item.part && matches!(item.told, Told::Number | Told::Plural | Told::Name)
            });
            let after =
                self.role_at("part-after", end).is_some() || self.role_at("part-after", end + 1).is_some();
            if after
                && (whole
                    || !reading.lower(end).starts_with("of")
                    || self.role_at("part-after", end + 1).is_some())
            {
                self.items[index].part = true;
            }
        }
    }

    /// Where the words behind "including" end: before a verb, or at a comma after which no further one is listed.
    fn part_end(&self, reading: &Reading, from: usize) -> usize {
        let mut at = from;
        while at < reading.all().end {
            let tag = reading.token(at).map(|token| token.tag);
            let inside = self.items.iter().any(|item| item.tokens.contains(&at));
            if !inside && (matches!(tag, Some(Tag::Verb | Tag::Aux)) || self.is_role("stop", at)) {
                return at;
            }
            if matches!(
                reading.lower(at),
                "," | ";" | ":" | "\u{2013}" | "\u{2014}" | "." | ")" | "]"
            ) {
                let mut next = at + 1;
                while let Some(end) = self.role_at("join", next) {
                    next = end;
                }
                let listed = reading.lower(at) == ","
                    && self.items.iter().any(|item| {
                        item.tokens.start == next
                            && !self.is_role("be", item.tokens.end)
                            && item.told != Told::Plural
                    });
                if !listed {
                    return at;
                }
            }
            at += 1;
        }
        at
    }

    /// "28 year old", "4-month-old": says nothing of how many.
    fn ages(&mut self, reading: &Reading) {
        for start in reading.all() {
            if let Some(end) = self.role_at("age", start) {
                let numeral = start
                    .checked_sub(1)
                    .and_then(|at| reading.token(at))
                    .is_some_and(|token| token.tag == Tag::Num);
                self.pass_over(start - usize::from(numeral)..end);
            }
        }
    }

    fn pass_over(&mut self, tokens: Range<usize>) {
        for index in tokens {
            if let Some(aside) = self.aside.get_mut(index) {
                *aside = true;
            }
        }
    }

    /// "five children, two boys and three girls": what adds up to the number before it says it again.
    fn appositions(&mut self, reading: &Reading) {
        for first in 0..self.items.len() {
            let whole = &self.items[first];
            if whole.part || whole.told != Told::Number {
                continue;
            }
            let listed = self.listed(reading, first, true);
            let sum = listed
                .iter()
                .skip(1)
                .map(|at| self.items[*at].count.low)
                .sum::<u64>();
            if listed.len() > 2 && sum == self.items[first].count.low {
                for at in listed.into_iter().skip(1) {
                    self.items[at].part = true;
                }
            }
        }
    }

    /// The things counted together with one, itself first: joined by "and", or by commas where an "and" ends
    /// the list. With `spread` words of origin may stand between the first and the others.
    pub(crate) fn listed(&self, reading: &Reading, first: usize, spread: bool) -> Vec<usize> {
        let mut list = vec![first];
        let mut firm = 1;
        for at in first + 1..self.items.len() {
            let item = &self.items[at];
            if item.part || item.told == Told::Plural || self.is_aside(item.tokens.start) {
                continue;
            }
            let last = &self.items[list[list.len() - 1]];
            if !item.persons || !last.persons {
                break;
            }
            match self.joins(reading, last.tokens.end..item.tokens.start, spread) {
                Some(true) => {
                    list.push(at);
                    firm = list.len();
                }
                Some(false) => list.push(at),
                None => break,
            }
        }
        list.truncate(firm);
        list
    }

    /// "two people in A and three in B": a bare number that goes on counting what the one before it counts.
    pub(crate) fn goes_on(&self, reading: &Reading, at: usize) -> bool {
        let (before, item) = (&self.items[at - 1], &self.items[at]);
        let start = item.number.start;
        let place = reading
            .places
            .iter()
            .any(|place| (before.tokens.end..start).contains(&place.tokens.start));
        item.told == Told::Number
            && (item.unit.is_none() || item.persons && place)
            && before.told == Told::Number
            && before.persons
            && !item.part
            && start > 0
            && (self.is_role("join", start - 1) || reading.lower(start - 1) == ",")
            && reading
                .token(item.tokens.end)
                .is_some_and(|token| token.tag == Tag::Adp)
            && !self.is_role("of", item.tokens.end)
            && !self.is_role("part", start)
            && !(before.tokens.end..start).any(|index| reading.is_verb(index))
    }

    /// Whether words only join: `true` with "and", `false` with a comma alone.
    fn joins(&self, reading: &Reading, between: Range<usize>, spread: bool) -> Option<bool> {
        let visible: Vec<usize> = between.filter(|at| !self.is_aside(*at)).collect();
        let last = visible.last()?;
        // "a father and his four sons"
        let end = if self.is_role("one", *last) && visible.len() > 1 {
            visible[visible.len() - 2]
        } else {
            *last
        };
        let join = self.is_role("join", end);
        if !join && reading.lower(end) != "," {
            return None;
        }
        let mut belonging = false;
        for at in &visible {
            let word = reading.lower(*at);
            let tag = reading.token(*at).map(|token| token.tag)?;
            belonging |= self.is_role("of", *at);
            let named = matches!(tag, Tag::Propn | Tag::Noun | Tag::Adj | Tag::Det);
            let owner = *at == *last && self.is_role("one", *at);
            let fine = owner
                || self.is_role("join", *at)
                || self.is_role("of", *at)
                || word == ","
                || named && belonging
                || tag == Tag::Part && belonging;
            if !fine {
                return None;
            }
        }
        let place = reading.places.iter().any(|place| {
            visible.first().is_some_and(|first| *first <= place.tokens.start) && place.tokens.end <= *last
        });
        (visible.len() <= if spread { BETWEEN_MAX + 4 } else { BETWEEN_MAX } && (!place || belonging))
            .then_some(join)
    }
}

/// Longest aside between dashes, in words. 25: a full relative clause; a dash further off opens another aside.
const ASIDE_MAX: usize = 25;

/// Most words between two things counted together: "members of the X family and".
const BETWEEN_MAX: usize = 8;

/// Most words from an article to its noun: "a 13 year - old schoolgirl".
const NOUN_AFTER_MAX: usize = 7;

/// The numbers of the sentence with what they count.
fn numbers(reading: &Reading, lexicon: &Lexicon, counted: &Counted) -> Vec<Item> {
    let mut items = Vec::new();
    for quantity in &reading.quantities {
        let unit = unit(reading, lexicon, quantity.tokens.end, counted);
        let end = unit.as_ref().map_or(quantity.tokens.end, |unit| unit.end);
        let mut count = Count {
            low: quantity.low,
            high: quantity.high,
        };
        // "rose from four to five": five.
        let risen = quantity.bound == Bound::Range
            && (1..=2).any(|back| {
                quantity
                    .tokens
                    .start
                    .checked_sub(back)
                    .is_some_and(|at| counted.is_role("rise", at))
            });
        if let Some(high) = quantity.high.filter(|_| risen) {
            count = Count::exactly(high);
        }
        let persons = unit
            .as_ref()
            .is_none_or(|unit| lexicon.units.is_person(reading.lower(unit.end - 1)));
        let before = quantity.tokens.start.checked_sub(1);
        let adposition = before
            .and_then(|at| reading.token(at))
            .is_some_and(|token| token.tag == Tag::Adp);
        // "two of the three guards": two.
        let inside = |item: &Item| item.tokens.start < end && quantity.tokens.start < item.tokens.end;
        if items.last().is_some_and(inside) {
            continue;
        }
        if unit.is_none() && is_age(reading, &quantity.tokens) {
            continue;
        }
        items.push(Item {
            beside: adposition && !persons,
            number: quantity.tokens.clone(),
            tokens: quantity.tokens.start..end,
            unit,
            count,
            bound: if risen { Bound::Exact } else { quantity.bound },
            told: Told::Number,
            part: false,
            persons,
        });
    }
    items
}

/// "Name (44)", "Name, 44,": a bare number set off behind a name is an age, no count.
fn is_age(reading: &Reading, number: &Range<usize>) -> bool {
    let Some(before) = number.start.checked_sub(1) else {
        return false;
    };
    let closed = |marks: &[&str]| marks.contains(&reading.lower(number.end));
    match reading.lower(before) {
        "(" => closed(&[")"]),
        "," => {
            closed(&[",", ".", ";", ""])
                && before
                    .checked_sub(1)
                    .and_then(|at| reading.token(at))
                    .is_some_and(|token| token.tag == Tag::Propn)
        }
        _ => false,
    }
}

/// The first token after a place that passes, with only words that describe before it.
fn noun_after(reading: &Reading, from: usize, is: impl Fn(usize) -> bool) -> Option<usize> {
    let end = (from + NOUN_AFTER_MAX).min(reading.all().end);
    let mut found = None;
    for at in from..end {
        if is(at) {
            found = Some(at);
            continue;
        }
        let tag = reading.token(at)?.tag;
        if found.is_some()
            || !matches!(tag, Tag::Adj | Tag::Noun | Tag::Num | Tag::X) && reading.lower(at) != "-"
        {
            break;
        }
    }
    found
}

/// The counted noun after the number.
fn unit(reading: &Reading, lexicon: &Lexicon, after: usize, counted: &Counted) -> Option<Range<usize>> {
    let mut at = counted.role_at("of", after).unwrap_or(after);
    let limit = (at + 4).min(reading.all().end);
    while at < limit {
        let token = reading.token(at)?;
        let known =
            lexicon.units.contains(&token.lower) || lexicon.units.contains(&token.lemma.to_lowercase());
        let next_known = reading
            .token(at + 1)
            .is_some_and(|next| lexicon.units.contains(&next.lower));
        if known && !next_known
            || (token.tag == Tag::Noun && reading.token(at + 1).is_none_or(|next| next.tag != Tag::Noun))
        {
            return Some(after..at + 1);
        }
        if !matches!(
            token.tag,
            Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num | Tag::Det | Tag::X
        ) {
            return None;
        }
        at += 1;
    }
    None
}
