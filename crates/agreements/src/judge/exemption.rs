//! Does an exemption apply? Acts by or against an actor that an exemption names fall outside the agreement,
//! once that is established; an allegation, or the word of one side alone, does not establish it. Where no
//! account tells the target, silence is not taken as a hint; a target that is named and not known is one.
//! An exemption may be limited to some acts, to some places, and to what was declared.

use super::{Matter, Outcome, in_force, place};
use crate::author::{Author, Standing};
use crate::brief::Target;
use crate::words;
use model::{Declaration, Exemption, Ternary};

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let exemptions = matter.frame.agreement.exemptions.iter();
    let answers = exemptions.map(|exemption| applies(exemption, matter));
    answers.fold(Ternary::No, Ternary::or)
}

fn applies(exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    let narrow = narrowed(exemption, matter);
    if narrow == Ternary::No {
        return narrow;
    }
    who(exemption, matter).and(narrow)
}

/// Whether it speaks of those who took part.
fn who(exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    if exemption.actors.is_empty() && exemption.kinds.is_empty() {
        return Ternary::Yes;
    }
    let sides = by_author(exemption, matter).or(by_target(exemption, matter).answer());
    match sides {
        Ternary::No if exemption.areas && !both_sides_known(matter) => Ternary::Undetermined,
        sides => sides,
    }
}

/// Whether it speaks of the act, the place and what was declared; yes where it does not limit them.
fn narrowed(exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    let limits = &exemption.limits;
    let any_act = limits.classes.is_empty() && limits.acts.is_empty();
    if !any_act && !limits.acts.contains(&matter.act.id) && !limits.classes.contains(&matter.act.class) {
        return Ternary::No;
    }
    let inside = limits.inside.iter().map(|zone| place::in_zone(zone, matter));
    let inside = match limits.inside.is_empty() {
        true => Ternary::Yes,
        false => inside.fold(Ternary::No, Ternary::or),
    };
    let outside = limits.outside.iter().map(|zone| place::in_zone(zone, matter));
    let placed = inside.and(outside.fold(Ternary::No, Ternary::or).negate());
    let placed = match matter.site.told && !matter.site.contested {
        true => placed,
        false if limits.inside.is_empty() && limits.outside.is_empty() => Ternary::Yes,
        false => Ternary::Undetermined,
    };
    placed.and(declared(exemption, matter))
}

/// Whether it was declared as the exemption asks, as far as was known on the day of judgement.
fn declared(exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    if exemption.limits.declared.is_empty() {
        return Ternary::Yes;
    }
    let answers = declarations(exemption, matter).map(|declaration| covers(declaration, exemption, matter));
    let best = answers.fold(Ternary::No, Ternary::or);
    match best {
        Ternary::No => exemption.limits.unrecorded.unwrap_or(Ternary::No),
        best => best,
    }
}

fn declarations<'a>(exemption: &'a Exemption, matter: Matter<'a>) -> impl Iterator<Item = &'a Declaration> {
    let all = matter.frame.agreement.register.declarations.iter();
    all.filter(move |declaration| {
        declaration.what == exemption.limits.declared && declaration.received <= matter.frame.as_of
    })
}

/// Whether one declaration covers the incident: its time, its place, whoever declared it not being surely
/// somebody else than the author, received beforehand where that is asked, and accepted by whoever decides.
fn covers(declaration: &Declaration, exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    let (earliest, latest) = match matter.when.uncertain {
        true => (None, None),
        false => in_force::bounds(matter.when),
    };
    let timed = in_force::covers(&declaration.during, earliest, latest);
    let zones = declaration.zones.iter();
    let placed = match declaration.zones.is_empty() {
        true => Ternary::Yes,
        false => zones
            .map(|zone| place::in_zone(zone, matter))
            .fold(Ternary::No, Ternary::or),
    };
    let early = match (exemption.limits.beforehand, earliest, latest) {
        (false, _, _) => Ternary::Yes,
        (true, Some(first), _) if declaration.received < first => Ternary::Yes,
        (true, _, Some(last)) if declaration.received >= last => Ternary::No,
        (true, _, _) => Ternary::Undetermined,
    };
    let own = by_declarer(declaration, matter);
    timed.and(placed).and(early).and(own).and(declaration.accepted)
}

/// Whether whoever declared it was the author, as far as an author is established; where none is, the one who
/// declares it speaks of its own act.
fn by_declarer(declaration: &Declaration, matter: Matter<'_>) -> Ternary {
    let authors = &matter.who.authors;
    let is_declarer = |author: &Author| {
        author.identity.holds(
            |face| Ternary::from(face.belongs_to(declaration.by.as_str())),
            |_| false,
        )
    };
    let reported = authors
        .iter()
        .filter(|author| author.standing == Standing::Reported);
    match (settled(authors), authors.is_empty()) {
        (true, _) => words::agreed(reported.map(is_declarer)),
        (false, true) => Ternary::Yes,
        (false, false) => Ternary::Undetermined,
    }
}

/// Whether an author is reported and none is disputed.
fn settled(authors: &[Author]) -> bool {
    let is = |standing: Standing| authors.iter().any(|author| author.standing == standing);
    is(Standing::Reported) && !is(Standing::Disputed)
}

/// Acts by an exempt actor. Once another author is reported and undisputed, a mere allegation changes nothing.
fn by_author(exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    let authors = matter.who.authors.iter();
    let counts = authors.map(|author| author_counts(author, exemption, matter));
    counts.fold(Ternary::No, Ternary::or)
}

fn author_counts(author: &Author, exemption: &Exemption, matter: Matter<'_>) -> Ternary {
    let covered = is_exempt_author(author, exemption);
    let settled = settled(&matter.who.authors);
    match author.standing {
        Standing::Reported if settled => covered,
        Standing::Alleged if settled => Ternary::No,
        _ if covered == Ternary::No => Ternary::No,
        _ => Ternary::Undetermined,
    }
}

fn is_exempt_author(author: &Author, exemption: &Exemption) -> Ternary {
    author.identity.holds(
        |face| is_exempt(face, exemption),
        |kind| exemption.kinds.iter().any(|word| word == kind),
    )
}

fn is_exempt_target(target: &Target, exemption: &Exemption) -> Ternary {
    target.identity.holds(
        |face| is_exempt(face, exemption),
        |kind| exemption.kinds.iter().any(|word| word == kind),
    )
}

fn is_exempt(face: &crate::brief::Face, exemption: &Exemption) -> Ternary {
    let named = exemption
        .actors
        .iter()
        .any(|actor| face.belongs_to(actor.as_str()));
    Ternary::from(named || exemption.kinds.contains(&face.kind))
}

/// How the targets stand to an exemption.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hit {
    /// None of them is exempt.
    None,
    /// Which of them are exempt has not been established.
    Unknown,
    /// Some are exempt and some are not, or not surely.
    Mixed,
    /// All are exempt, on enough word.
    Exempt,
    /// All are exempt, on the word of one origin that may be a party's.
    OneWord,
}

impl Hit {
    fn answer(self) -> Ternary {
        match self {
            Self::None => Ternary::No,
            Self::Exempt => Ternary::Yes,
            Self::Unknown | Self::Mixed | Self::OneWord => Ternary::Undetermined,
        }
    }
}

/// Acts against an exempt actor. Who was hit is established by an origin independent of the parties, or by two
/// origins; the word of one side that it hit an exempt group takes the protection from nobody.
fn by_target(exemption: &Exemption, matter: Matter<'_>) -> Hit {
    let answers = || {
        let targets = matter.who.targets.iter();
        targets.map(|target| is_exempt_target(target, exemption))
    };
    if answers().all(|answer| answer == Ternary::No) {
        Hit::None
    } else if answers().all(|answer| answer != Ternary::Yes) {
        Hit::Unknown
    } else if answers().any(|answer| answer != Ternary::Yes) {
        Hit::Mixed
    } else if matter.weight.independent >= 1 || matter.weight.origins >= 2 {
        Hit::Exempt
    } else {
        Hit::OneWord
    }
}

/// Whether it is known who fought whom: an undisputed author and at least one target, each of a known kind.
fn both_sides_known(matter: Matter<'_>) -> bool {
    let (authors, targets) = (&matter.who.authors, &matter.who.targets);
    let author_known = settled(authors)
        && authors
            .iter()
            .all(|author| author.standing == Standing::Alleged || author.identity.is_known());
    author_known && !targets.is_empty() && targets.iter().all(|target| target.identity.is_known())
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let exemptions = &matter.frame.agreement.exemptions;
    if exemptions.is_empty() {
        return Outcome::new(
            Ternary::No,
            "The agreement exempts nobody.",
            "Does an exemption apply?",
        );
    }
    let mut sentences: Vec<String> = exemptions
        .iter()
        .flat_map(|exemption| sentences(exemption, matter))
        .collect();
    if sentences.is_empty() {
        sentences.push("No account says that somebody whom the agreement exempts took part.".to_owned());
    }
    let mut outcome = Outcome::new(answer(matter), sentences.join(" "), open(matter));
    for exemption in exemptions {
        let words = exemption.words.trim_end_matches('.');
        outcome.inputs.push(format!(
            "Exemption \"{}\": {words} ({}).",
            exemption.id, exemption.cites
        ));
        outcome
            .inputs
            .extend(declarations(exemption, matter).map(|declaration| told(declaration, exemption, matter)));
    }
    let targets = matter.who.targets.iter();
    let mut names: Vec<String> = targets.map(|target| target.name.clone()).collect();
    names.sort();
    outcome.inputs(names.into_iter().map(|name| format!("Target: {name}.")))
}

/// The open question about the exemptions that are not out of play already.
fn open(matter: Matter<'_>) -> String {
    let exemptions = matter.frame.agreement.exemptions.iter();
    let in_play: Vec<&Exemption> = exemptions
        .filter(|exemption| narrowed(exemption, matter) != Ternary::No)
        .collect();
    let actors = in_play.iter().flat_map(|exemption| &exemption.actors);
    let names: Vec<String> = actors
        .map(|id| words::known_name(id, matter.frame.actors))
        .collect();
    let area = match in_play.iter().any(|exemption| exemption.areas) {
        true => ", or was this an area of combat against them",
        false => "",
    };
    let mut questions = Vec::new();
    if !names.is_empty() {
        questions.push(format!(
            "Was the author or the target one whom the agreement exempts ({}){area}?",
            words::list(&names)
        ));
    }
    let others = in_play.iter().filter(|exemption| exemption.actors.is_empty());
    questions.extend(others.map(|exemption| {
        format!(
            "Does this exemption apply: {}?",
            exemption.words.trim_end_matches('.')
        )
    }));
    match questions.is_empty() {
        true => "Does an exemption apply?".to_owned(),
        false => questions.join(" Or: "),
    }
}

fn sentences(exemption: &Exemption, matter: Matter<'_>) -> Vec<String> {
    let narrow = narrowed(exemption, matter);
    if narrow == Ternary::No {
        return out_of_play(exemption, matter).into_iter().collect();
    }
    let mut all = Vec::new();
    if exemption.actors.is_empty() && exemption.kinds.is_empty() {
        all.push(match narrow {
            Ternary::Yes => format!(
                "The agreement exempts it: {}.",
                exemption.words.trim_end_matches('.')
            ),
            _ => format!(
                "Whether the agreement exempts it is undetermined: {}.",
                exemption.words.trim_end_matches('.')
            ),
        });
        return all;
    }
    for author in &matter.who.authors {
        match author_counts(author, exemption, matter) {
            Ternary::No => {}
            Ternary::Yes => all.push(format!("{} The agreement exempts it.", author.words())),
            Ternary::Undetermined => all.push(open_author(author, exemption)),
        }
    }
    all.extend(target_words(exemption, matter));
    let sides = by_author(exemption, matter).or(by_target(exemption, matter).answer());
    if sides == Ternary::No && exemption.areas && !both_sides_known(matter) {
        all.push(
            "The agreement also exempts areas of combat that nobody has drawn, and who fought whom is not known."
                .to_owned(),
        );
    }
    all
}

/// Why an exemption for such acts is out of play all the same.
fn out_of_play(exemption: &Exemption, matter: Matter<'_>) -> Option<String> {
    let limits = &exemption.limits;
    let by_class = limits.classes.contains(&matter.act.class);
    let told = declarations(exemption, matter).next().is_some();
    let speaks = limits.acts.contains(&matter.act.id) || (by_class && told);
    speaks.then(|| {
        format!(
            "The exemption does not reach it: {}.",
            exemption.words.trim_end_matches('.')
        )
    })
}

/// One declaration, and whether it covers the incident.
fn told(declaration: &Declaration, exemption: &Exemption, matter: Matter<'_>) -> String {
    format!(
        "Declared as {} by {} for {}, received on {}: {} ({}).",
        declaration.what,
        words::known_name(&declaration.by, matter.frame.actors),
        declaration.during,
        declaration.received,
        covers(declaration, exemption, matter).as_str(),
        declaration.source
    )
}

/// Why it is open whether an exempt actor was the author.
fn open_author(author: &Author, exemption: &Exemption) -> String {
    let by = words::list(&author.by);
    if is_exempt_author(author, exemption) == Ternary::Yes {
        let name = &author.name;
        format!(
            "Whether {name}, whom the agreement exempts, was the author is undetermined: no more than the word of \
             {by} says so."
        )
    } else {
        format!(
            "Whether {} is one whom the agreement exempts has not been established.",
            author.name
        )
    }
}

fn target_words(exemption: &Exemption, matter: Matter<'_>) -> Option<String> {
    let targets = matter.who.targets.iter();
    let hit = targets.filter(|target| is_exempt_target(target, exemption) != Ternary::No);
    let mut names: Vec<String> = hit.map(|target| target.name.clone()).collect();
    names.sort();
    names.dedup();
    let names = words::list(&names);
    match by_target(exemption, matter) {
        Hit::None => None,
        Hit::Unknown => Some(format!(
            "Whether the target, {names}, is one whom the agreement exempts has not been established."
        )),
        Hit::Mixed => Some(format!(
            "{} is among several targets; whether only exempt actors were hit is undetermined.",
            words::sentence(&names)
        )),
        Hit::Exempt => Some(format!("The target was {names}, which the agreement exempts.")),
        Hit::OneWord => Some(format!(
            "That the target was {names}, which the agreement exempts, rests on one origin that is not known to \
             be independent of the parties."
        )),
    }
}
