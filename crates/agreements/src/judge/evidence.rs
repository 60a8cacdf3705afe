//! Does at least one account say that it happened, and is that as much as the text itself demands?

use super::{Matter, Outcome};
use model::{Demand, Status, Ternary};

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let weight = matter.weight;
    match weight.occurrence {
        Status::Verified => Ternary::Yes,
        Status::Refuted => Ternary::No,
        Status::Contested | Status::Undetermined => Ternary::Undetermined,
        _ if weight.origins == 0 || !is_enough(matter) => Ternary::Undetermined,
        _ => Ternary::Yes,
    }
}

/// Whether what is known reaches what the text demands.
fn is_enough(matter: Matter<'_>) -> bool {
    match matter.term.limits.evidence {
        Demand::Account => true,
        Demand::Independent => matter.weight.independent >= 1,
        Demand::TwoOrigins => matter.weight.origins >= 2,
        Demand::Ruling => false,
    }
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let weight = matter.weight;
    let words = match weight.occurrence {
        Status::Verified => "A ruling holds that it happened.".to_owned(),
        Status::Refuted => "A ruling holds that it did not happen.".to_owned(),
        Status::Contested => "Independent accounts conflict on whether it happened.".to_owned(),
        Status::Undetermined => "What is said does not decide whether it happened.".to_owned(),
        _ if weight.origins == 0 => "No origin is known for any account of it.".to_owned(),
        _ => {
            let rests = format!(
                "It rests on {}, {} of them known to be independent of the parties",
                count(weight.origins),
                weight.independent
            );
            match (is_enough(matter), demanded(matter)) {
                (true, _) => format!("{rests}."),
                (false, demanded) => format!("{rests}; the text demands {demanded}."),
            }
        }
    };
    let open = match matter.term.limits.evidence {
        Demand::Account => "Did it happen?".to_owned(),
        _ => format!(
            "Did it happen, on the evidence that the text demands: {}?",
            demanded(matter)
        ),
    };
    let mut outcome = Outcome::new(answer(matter), words, open).input(format!(
        "{} document(s), {}.",
        weight.documents,
        count(weight.origins)
    ));
    if !matter.term.limits.decides.is_empty() {
        outcome = outcome.input(format!(
            "Who decides under the text: {}; this finding is a proposal.",
            matter.term.limits.decides
        ));
    }
    let labels = weight.labels.iter();
    let mut outcome = outcome.inputs(labels.map(|label| format!("Origin: {label}.")));
    outcome.claims.clone_from(&weight.claims);
    outcome
}

fn demanded(matter: Matter<'_>) -> String {
    match matter.term.limits.evidence {
        Demand::Account => "one account".to_owned(),
        Demand::Independent => "an origin that is independent of the parties".to_owned(),
        Demand::TwoOrigins => "two origins".to_owned(),
        Demand::Ruling if matter.term.limits.decides.is_empty() => "a ruling".to_owned(),
        Demand::Ruling => format!("a ruling by {}", matter.term.limits.decides),
    }
}

fn count(origins: usize) -> String {
    match origins {
        1 => "1 origin".to_owned(),
        n => format!("{n} origins"),
    }
}
