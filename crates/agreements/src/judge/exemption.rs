//! Does an exemption apply? Acts by or against an actor that an exemption names fall outside the agreement,
//! once that is established; an allegation, or the word of one side alone, does not establish it. Where no
//! account tells the target, silence is not taken as a hint; a target that is named and not known is one.

use super::author::{self, Author, Standing};
use super::{Matter, Outcome};
use crate::words;
use model::{ActorId, ActorMention, Exemption, Resolution, Ternary};

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let exemptions = &matter.agreement.exemptions;
    if exemptions.is_empty() {
        return Outcome::new(
            Ternary::No,
            "The agreement exempts nobody.",
            "Does an exemption apply?",
        );
    }
    let authors = author::authors(matter);
    let mut answer = Ternary::No;
    let mut sentences = Vec::new();
    for exemption in exemptions {
        let sides = [
            by_author(exemption, &authors, matter),
            by_target(exemption, matter),
        ];
        let mut here = sides.iter().fold(Ternary::No, |all, (one, _)| all.or(*one));
        sentences.extend(sides.into_iter().filter_map(|(_, words)| words));
        if here == Ternary::No && exemption.areas && !both_sides_known(&authors, matter) {
            here = Ternary::Undetermined;
            sentences.push(
                "The agreement also exempts areas of combat that nobody has drawn, and who fought whom is not known."
                    .to_owned(),
            );
        }
        answer = answer.or(here);
    }
    if sentences.is_empty() {
        sentences.push("No account says that somebody whom the agreement exempts took part.".to_owned());
    }
    let names = names(exemptions, matter);
    let area = match exemptions.iter().any(|exemption| exemption.areas) {
        true => ", or was this an area of combat against them",
        false => "",
    };
    let open = format!("Was the author or the target one whom the agreement exempts ({names}){area}?");
    let mut outcome = Outcome::new(answer, sentences.join(" "), open);
    for exemption in exemptions {
        let words = exemption.words.trim_end_matches('.');
        outcome.inputs.push(format!(
            "Exemption \"{}\": {words} ({}).",
            exemption.id, exemption.cites
        ));
    }
    let targets = matter.incident.targets.iter();
    let mut names: Vec<String> = targets
        .map(|target| words::actor_name(&target.actor, &target.label, matter.actors))
        .collect();
    names.sort();
    outcome
        .inputs
        .extend(names.into_iter().map(|name| format!("Target: {name}.")));
    outcome
}

/// Whom the exemptions name, for readers.
fn names(exemptions: &[Exemption], matter: Matter<'_>) -> String {
    let actors = exemptions.iter().flat_map(|exemption| &exemption.actors);
    let names: Vec<String> = actors.map(|id| words::known_name(id, matter.actors)).collect();
    words::list(&names)
}

/// Whether an exemption names this actor; undetermined when nothing is known of it but a label.
fn covers(exemption: &Exemption, actor: &Resolution<ActorId>, kind: &str, matter: Matter<'_>) -> Ternary {
    let one = |id: &ActorId| {
        let resolved = Resolution::Resolved(id.clone());
        let kind = author::kind_of(&resolved, kind, matter);
        let named = author::bodies(id, matter)
            .iter()
            .any(|body| exemption.actors.contains(body));
        Ternary::from(named || exemption.kinds.iter().any(|word| word == kind))
    };
    match actor {
        Resolution::Resolved(id) => one(id),
        Resolution::Candidates(several) if !several.is_empty() => words::agreed(several.iter().map(one)),
        _ if kind.is_empty() => Ternary::Undetermined,
        _ => Ternary::from(exemption.kinds.iter().any(|word| word == kind)),
    }
}

/// Acts by an exempt actor. Once another author is reported and undisputed, a mere allegation changes nothing.
fn by_author(exemption: &Exemption, authors: &[Author], matter: Matter<'_>) -> (Ternary, Option<String>) {
    let settled = authors.iter().any(|author| author.standing == Standing::Reported)
        && !authors.iter().any(|author| author.standing == Standing::Disputed);
    let mut answer = Ternary::No;
    let mut sentences = Vec::new();
    for author in authors {
        let covered = covers(exemption, &author.actor, &author.kind, matter);
        let counts = match author.standing {
            Standing::Reported if settled => covered,
            Standing::Alleged if settled => Ternary::No,
            _ if covered == Ternary::No => Ternary::No,
            _ => Ternary::Undetermined,
        };
        answer = answer.or(counts);
        match counts {
            Ternary::No => {}
            Ternary::Yes => sentences.push(format!("{} The agreement exempts it.", author.words())),
            Ternary::Undetermined => sentences.push(open_author(author, covered)),
        }
    }
    (answer, (!sentences.is_empty()).then(|| sentences.join(" ")))
}

/// Why it is open whether an exempt actor was the author.
fn open_author(author: &Author, covered: Ternary) -> String {
    let by = words::list(&author.by);
    if covered == Ternary::Yes {
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

/// Acts against an exempt actor. Who was hit is established by an origin independent of the parties, or by two
/// origins; the word of one side that it hit an exempt group takes the protection from nobody.
fn by_target(exemption: &Exemption, matter: Matter<'_>) -> (Ternary, Option<String>) {
    let targets = &matter.incident.targets;
    let covered: Vec<(&ActorMention, Ternary)> = targets
        .iter()
        .map(|target| (target, covers(exemption, &target.actor, &target.kind, matter)))
        .collect();
    if covered.iter().all(|(_, answer)| *answer == Ternary::No) {
        return (Ternary::No, None);
    }
    let unknown = covered.iter().all(|(_, answer)| *answer != Ternary::Yes);
    let hit = covered.iter().filter(|(_, answer)| *answer != Ternary::No);
    let mut names: Vec<String> = hit
        .map(|(target, _)| words::actor_name(&target.actor, &target.label, matter.actors))
        .collect();
    names.sort();
    names.dedup();
    let names = words::list(&names);
    if unknown {
        let words = format!(
            "Whether the target, {names}, is one whom the agreement exempts has not been established."
        );
        return (Ternary::Undetermined, Some(words));
    }
    if covered.iter().any(|(_, answer)| *answer != Ternary::Yes) {
        let words = format!(
            "{} is among several targets; whether only exempt actors were hit is undetermined.",
            words::sentence(&names)
        );
        return (Ternary::Undetermined, Some(words));
    }
    let origins = &matter.incident.origins;
    if matter.incident.independent_origins() >= 1 || origins.len() >= 2 {
        return (
            Ternary::Yes,
            Some(format!("The target was {names}, which the agreement exempts.")),
        );
    }
    let words = format!(
        "That the target was {names}, which the agreement exempts, rests on one origin that is not known to be \
         independent of the parties."
    );
    (Ternary::Undetermined, Some(words))
}

/// Whether it is known who fought whom: an undisputed author and at least one target, each of a known kind.
fn both_sides_known(authors: &[Author], matter: Matter<'_>) -> bool {
    let is_known = |actor: &Resolution<ActorId>, kind: &str| {
        actor.resolved().is_some() || !author::kind_of(actor, kind, matter).is_empty()
    };
    let targets = &matter.incident.targets;
    let author_known = authors.iter().any(|author| author.standing == Standing::Reported)
        && authors.iter().all(|author| {
            author.standing != Standing::Disputed
                && (author.standing == Standing::Alleged || is_known(&author.actor, &author.kind))
        });
    author_known && !targets.is_empty() && targets.iter().all(|target| is_known(&target.actor, &target.kind))
}
