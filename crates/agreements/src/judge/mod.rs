//! The judge: six tests in a fixed order, each answered yes, no or undetermined, and the verdict they give.

mod author;
mod bearer;
mod evidence;
mod exemption;
mod in_force;
mod place;
mod subject;

use model::{
    Actor, Agreement, Because, ClaimId, Duty, Finding, FindingId, Incident, MissingFact, Term, Ternary, Test,
    Verdict,
};
use std::collections::BTreeMap;

/// What is judged under what.
#[derive(Clone, Copy)]
pub(crate) struct Matter<'a> {
    pub(crate) incident: &'a Incident,
    pub(crate) agreement: &'a Agreement,
    pub(crate) term: &'a Term,
    pub(crate) actors: &'a BTreeMap<&'a str, &'a Actor>,
}

/// The tests, in the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    InForce,
    Place,
    Subject,
    Bearer,
    Exemption,
    Evidence,
}

impl Question {
    pub(crate) const ALL: [Self; 6] = [
        Self::InForce,
        Self::Place,
        Self::Subject,
        Self::Bearer,
        Self::Exemption,
        Self::Evidence,
    ];
    /// The name that is published and used in worked cases.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Place => "place",
            Self::Subject => "act",
            Self::Bearer => "bearer",
            Self::Exemption => "exemption",
            Self::Evidence => "evidence",
        }
    }
    fn words(self) -> &'static str {
        match self {
            Self::InForce => "Was the term in force when it happened?",
            Self::Place => "Did it happen where the term applies?",
            Self::Subject => "Is the term about such an act?",
            Self::Bearer => "Does the term bind its author?",
            Self::Exemption => "Does an exemption apply?",
            Self::Evidence => "Does at least one account say that it happened?",
        }
    }
    /// The answer under which the term is breached, if every other test says so too.
    fn breach(self) -> Ternary {
        match self {
            Self::Exemption => Ternary::No,
            _ => Ternary::Yes,
        }
    }
}

/// What a test found.
pub(crate) struct Outcome {
    pub(crate) answer: Ternary,
    /// The reason, a full sentence with the values filled in.
    pub(crate) words: String,
    /// What was put in, as short sentences.
    pub(crate) inputs: Vec<String>,
    pub(crate) claims: Vec<ClaimId>,
    /// The fact that would decide the test, as a question whose "yes" is the test's "yes".
    pub(crate) open: String,
}

impl Outcome {
    pub(crate) fn new(answer: Ternary, words: impl Into<String>, open: impl Into<String>) -> Self {
        Self {
            answer,
            words: words.into(),
            inputs: Vec::new(),
            claims: Vec::new(),
            open: open.into(),
        }
    }
    pub(crate) fn input(mut self, words: impl Into<String>) -> Self {
        self.inputs.push(words.into());
        self
    }
}

/// The answers, by test.
pub(crate) type Answers = [Ternary; 6];

/// The verdict that six answers give.
///
/// An agreement that was not in force decides nothing, so nothing is decided until that is known. Then one
/// ground against a violation is enough, whatever the rest; a violation needs every test.
pub(crate) fn verdict(answers: &Answers) -> Verdict {
    let is = |question: Question, answer: Ternary| answers[question as usize] == answer;
    let no = Ternary::No;
    if !is(Question::InForce, Ternary::Yes) {
        Verdict::NotAssessable
    } else if is(Question::Place, no) || is(Question::Evidence, no) {
        Verdict::NoViolation
    } else if is(Question::Exemption, Ternary::Yes) {
        Verdict::Excluded
    } else if is(Question::Bearer, no) || is(Question::Subject, no) {
        Verdict::NoViolation
    } else if Question::ALL
        .iter()
        .all(|question| is(*question, question.breach()))
    {
        Verdict::Violation
    } else {
        Verdict::NotAssessable
    }
}

/// Judges one incident; `None` when no term is about such an act.
pub(crate) fn judge(
    incident: &Incident,
    agreement: &Agreement,
    actors: &BTreeMap<&str, &Actor>,
) -> Option<Finding> {
    let term = applicable(incident, agreement)?;
    let matter = Matter {
        incident,
        agreement,
        term,
        actors,
    };
    let outcomes: Vec<(Question, Outcome)> = Question::ALL
        .iter()
        .map(|question| (*question, ask(*question, matter)))
        .collect();
    let mut answers: Answers = [Ternary::Undetermined; 6];
    for (question, outcome) in &outcomes {
        answers[*question as usize] = outcome.answer;
    }
    let verdict = verdict(&answers);
    Some(Finding {
        id: FindingId::of(&[
            incident.id.as_str(),
            agreement.id.as_str(),
            &agreement.version,
            term.id.as_str(),
        ]),
        incident: incident.id.clone(),
        agreement: agreement.id.clone(),
        version: agreement.version.clone(),
        term: term.id.clone(),
        verdict,
        missing: missing(verdict, &answers, &outcomes),
        reasons: reasons(verdict, &outcomes),
        strength: evidence::strength(incident).to_owned(),
        tests: outcomes
            .into_iter()
            .map(|(question, outcome)| test(question, outcome, matter))
            .collect(),
    })
}

/// The most specific term that the act falls under: one that names the act itself before one that names its
/// class, and of those the first in the agreement. Permissions and terms without acts judge nothing.
fn applicable<'a>(incident: &Incident, agreement: &'a Agreement) -> Option<&'a Term> {
    let judged = || {
        agreement
            .terms
            .iter()
            .filter(|term| term.duty != Duty::Permission)
    };
    let by_act = judged().find(|term| term.acts.contains(&incident.act.id));
    by_act.or_else(|| judged().find(|term| term.classes.contains(&incident.act.class)))
}

fn ask(question: Question, matter: Matter<'_>) -> Outcome {
    match question {
        Question::InForce => in_force::ask(matter),
        Question::Place => place::ask(matter),
        Question::Subject => subject::ask(matter),
        Question::Bearer => bearer::ask(matter),
        Question::Exemption => exemption::ask(matter),
        Question::Evidence => evidence::ask(matter),
    }
}

/// For a finding that cannot be made, every open test with the fact that would decide it; the time too when
/// the agreement was not in force at the time that is told.
fn missing(verdict_now: Verdict, answers: &Answers, outcomes: &[(Question, Outcome)]) -> Vec<MissingFact> {
    if verdict_now != Verdict::NotAssessable {
        return Vec::new();
    }
    let is_open = |question: Question, answer: Ternary| {
        answer == Ternary::Undetermined || (question == Question::InForce && answer == Ternary::No)
    };
    let open = outcomes
        .iter()
        .filter(|(question, outcome)| is_open(*question, outcome.answer));
    open.map(|(question, outcome)| {
        let with = |answer: Ternary| {
            let mut answers = *answers;
            answers[*question as usize] = answer;
            verdict(&answers)
        };
        MissingFact {
            test: question.name().to_owned(),
            question: outcome.open.clone(),
            if_yes: with(Ternary::Yes),
            if_no: with(Ternary::No),
        }
    })
    .collect()
}

/// The sentences that carry the verdict: every test for a violation; the decisive grounds when there is none;
/// everything that stands in the way when it cannot be told.
fn reasons(verdict: Verdict, outcomes: &[(Question, Outcome)]) -> Vec<String> {
    let carries = |question: Question, answer: Ternary| match verdict {
        Verdict::Violation => true,
        Verdict::Excluded => question == Question::Exemption,
        Verdict::NoViolation => {
            (question != Question::Exemption && answer == Ternary::No)
                || (question == Question::Exemption && answer == Ternary::Yes)
        }
        Verdict::NotAssessable | Verdict::Pending => answer != question.breach(),
    };
    let carried = outcomes
        .iter()
        .filter(|(question, outcome)| carries(*question, outcome.answer));
    carried.map(|(_, outcome)| outcome.words.clone()).collect()
}

fn test(question: Question, outcome: Outcome, matter: Matter<'_>) -> Test {
    let entry = format!(
        "agreements/{}/agreement.toml#{}",
        matter.agreement.id, matter.term.id
    );
    Test {
        name: question.name().to_owned(),
        question: question.words().to_owned(),
        answer: outcome.answer,
        inputs: outcome.inputs,
        claims: outcome.claims,
        because: Because::new(question.name(), outcome.words).entry(entry),
    }
}

#[cfg(test)]
mod tests;
