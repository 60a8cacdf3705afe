//! The judge: tests in a fixed order, each answered yes, no or undetermined, and the verdict they give.
//!
//! Every test has two halves that share their parts: `answer`, which makes no words and is what a year of
//! incidents is judged with, and `ask`, which tells a reader why.

mod bearer;
mod condition;
mod count;
mod due;
mod evidence;
mod exemption;
mod in_force;
mod place;
mod protected;
mod subject;

pub(crate) use count::{Tally, tallies};

use crate::Attributing;
use crate::brief::{Actors, Brief, Site, Weight, Who};
use jiff::civil::Date;
use model::{
    Act, Agreement, Because, ClaimId, Duty, Edtf, Finding, FindingId, Incident, MissingFact, Term, Ternary,
    Test, Verdict,
};

/// What every judgement under one agreement has in common.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) agreement: &'a Agreement,
    pub(crate) actors: &'a Actors<'a>,
    pub(crate) attributing: Attributing,
    pub(crate) as_of: Date,
}

/// What is judged under what.
#[derive(Clone, Copy)]
pub(crate) struct Matter<'a> {
    pub(crate) frame: &'a Frame<'a>,
    pub(crate) term: &'a Term,
    pub(crate) act: &'a Act,
    pub(crate) weapon: &'a str,
    pub(crate) when: &'a Edtf,
    pub(crate) site: &'a Site,
    pub(crate) who: &'a Who,
    pub(crate) weight: &'a Weight,
    /// How often the act was done, for a term that counts.
    pub(crate) tally: Option<Tally>,
}

impl<'a> Matter<'a> {
    pub(crate) fn new(brief: &'a Brief, term: &'a Term, frame: &'a Frame<'a>) -> Self {
        Self {
            frame,
            term,
            act: &brief.act,
            weapon: &brief.weapon,
            when: &brief.when,
            site: &brief.site,
            who: &brief.who,
            weight: &brief.weight,
            tally: None,
        }
    }
}

/// The tests, in the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    InForce,
    Due,
    Place,
    Subject,
    Bearer,
    Protected,
    Condition,
    Exemption,
    Evidence,
    Count,
}

impl Question {
    pub(crate) const ALL: [Self; 10] = [
        Self::InForce,
        Self::Due,
        Self::Place,
        Self::Subject,
        Self::Bearer,
        Self::Protected,
        Self::Condition,
        Self::Exemption,
        Self::Evidence,
        Self::Count,
    ];
    /// The name that is published and used in worked cases.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Due => "due",
            Self::Place => "place",
            Self::Subject => "act",
            Self::Bearer => "bearer",
            Self::Protected => "protected",
            Self::Condition => "condition",
            Self::Exemption => "exemption",
            Self::Evidence => "evidence",
            Self::Count => "count",
        }
    }
    fn words(self) -> &'static str {
        match self {
            Self::InForce => "Was the term in force when it happened?",
            Self::Due => "Had the day passed by which it was due?",
            Self::Place => "Did it happen where the term applies?",
            Self::Subject => "Is the term about such an act?",
            Self::Bearer => "Does the term bind its author?",
            Self::Protected => "Did it hit somebody whom the term protects?",
            Self::Condition => "Did the conditions of the term hold?",
            Self::Exemption => "Does an exemption apply?",
            Self::Evidence => "Does at least one account say that it happened?",
            Self::Count => "Did it happen more often than the term allows?",
        }
    }
    /// The answer under which the term is breached, if every other test says so too.
    fn breach(self) -> Ternary {
        match self {
            Self::Exemption => Ternary::No,
            _ => Ternary::Yes,
        }
    }
    /// Whether a term asks it; the others are taken as answered.
    fn is_asked(self, term: &Term) -> bool {
        match self {
            Self::Due => !term.limits.by.is_empty(),
            Self::Protected => !term.limits.protected.is_empty(),
            Self::Condition => !term.limits.conditions.is_empty(),
            Self::Count => term.limits.at_most.is_some(),
            _ => true,
        }
    }
    fn answer(self, matter: Matter<'_>) -> Ternary {
        match self {
            Self::InForce => in_force::answer(matter),
            Self::Due => due::answer(matter),
            Self::Place => place::answer(matter),
            Self::Subject => subject::answer(matter),
            Self::Bearer => bearer::answer(matter),
            Self::Protected => protected::answer(matter),
            Self::Condition => condition::answer(matter),
            Self::Exemption => exemption::answer(matter),
            Self::Evidence => evidence::answer(matter),
            Self::Count => count::answer(matter),
        }
    }
    fn ask(self, matter: Matter<'_>) -> Outcome {
        match self {
            Self::InForce => in_force::ask(matter),
            Self::Due => due::ask(matter),
            Self::Place => place::ask(matter),
            Self::Subject => subject::ask(matter),
            Self::Bearer => bearer::ask(matter),
            Self::Protected => protected::ask(matter),
            Self::Condition => condition::ask(matter),
            Self::Exemption => exemption::ask(matter),
            Self::Evidence => evidence::ask(matter),
            Self::Count => count::ask(matter),
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
    pub(crate) fn inputs(mut self, all: impl IntoIterator<Item = String>) -> Self {
        self.inputs.extend(all);
        self
    }
}

/// The answers, by test, and whether what is due is still open on the day of judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) of: [Ternary; 10],
    pub(crate) still_open: bool,
}

impl Answers {
    fn is(&self, question: Question, answer: Ternary) -> bool {
        self.of[question as usize] == answer
    }
    fn with(mut self, question: Question, answer: Ternary) -> Self {
        self.of[question as usize] = answer;
        self
    }
}

/// Tests whose "no" means that the term says nothing against the act.
const GROUNDS: [Question; 5] = [
    Question::Subject,
    Question::Bearer,
    Question::Protected,
    Question::Condition,
    Question::Count,
];

/// The verdict that the answers give.
///
/// An agreement that was not in force decides nothing, so nothing is decided until that is known. Then one
/// ground against a violation is enough, whatever the rest; a violation needs every test.
pub(crate) fn verdict(answers: &Answers) -> Verdict {
    let no = Ternary::No;
    if !answers.is(Question::InForce, Ternary::Yes) {
        Verdict::NotAssessable
    } else if answers.is(Question::Place, no) || answers.is(Question::Evidence, no) {
        Verdict::NoViolation
    } else if answers.is(Question::Exemption, Ternary::Yes) {
        Verdict::Excluded
    } else if GROUNDS.iter().any(|question| answers.is(*question, no)) {
        Verdict::NoViolation
    } else if answers.is(Question::Due, no) {
        if answers.still_open {
            Verdict::Pending
        } else {
            Verdict::NoViolation
        }
    } else if Question::ALL
        .iter()
        .all(|question| answers.is(*question, question.breach()))
    {
        Verdict::Violation
    } else {
        Verdict::NotAssessable
    }
}

/// The verdict alone, without words: stops as soon as the rest cannot change it.
pub(crate) fn quick(matter: Matter<'_>) -> Verdict {
    let mut answers = blank(matter);
    // In this order one answer can settle the verdict, whatever the rest; see `verdict`.
    for question in [Question::InForce, Question::Place, Question::Evidence] {
        let answer = question.answer(matter);
        answers = answers.with(question, answer);
        if answer == Ternary::No || (question == Question::InForce && answer == Ternary::Undetermined) {
            return verdict(&answers);
        }
    }
    for question in Question::ALL {
        let settled = matches!(question, Question::InForce | Question::Place | Question::Evidence);
        if !settled && question.is_asked(matter.term) {
            answers = answers.with(question, question.answer(matter));
        }
    }
    verdict(&answers)
}

/// Every test answered as a breach would need it.
fn blank(matter: Matter<'_>) -> Answers {
    Answers {
        of: Question::ALL.map(Question::breach),
        still_open: !matter.term.limits.by.is_empty() && due::is_open(matter),
    }
}

/// Whether a term was in force at the time and the place of an incident, whatever the act.
pub(crate) fn covers(matter: Matter<'_>) -> Ternary {
    in_force::answer(matter).and(place::answer(matter))
}

/// Whether an act falls under a term at all: it names the act, or the act's class, and demands or forbids
/// something. A permission and a term without acts judge nothing.
pub(crate) fn is_about(term: &Term, act: &Act) -> bool {
    term.duty != Duty::Permission && (term.acts.contains(&act.id) || term.classes.contains(&act.class))
}

/// Judges one incident under one term.
pub(crate) fn judge(incident: &Incident, matter: Matter<'_>) -> Finding {
    let agreement = matter.frame.agreement;
    let outcomes: Vec<(Question, Outcome)> = Question::ALL
        .into_iter()
        .filter(|question| question.is_asked(matter.term))
        .map(|question| (question, question.ask(matter)))
        .collect();
    let mut answers = blank(matter);
    for (question, outcome) in &outcomes {
        answers = answers.with(*question, outcome.answer);
    }
    let verdict = verdict(&answers);
    Finding {
        id: FindingId::of(&[
            incident.id.as_str(),
            agreement.id.as_str(),
            &agreement.version,
            matter.term.id.as_str(),
        ]),
        incident: incident.id.clone(),
        agreement: agreement.id.clone(),
        version: agreement.version.clone(),
        term: matter.term.id.clone(),
        verdict,
        missing: missing(verdict, &answers, &outcomes),
        reasons: reasons(verdict, &outcomes),
        strength: bearer::strength(matter).to_owned(),
        tests: outcomes
            .into_iter()
            .map(|(question, outcome)| test(question, outcome, matter))
            .collect(),
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
    open.map(|(question, outcome)| MissingFact {
        test: question.name().to_owned(),
        question: outcome.open.clone(),
        if_yes: verdict(&answers.with(*question, Ternary::Yes)),
        if_no: verdict(&answers.with(*question, Ternary::No)),
    })
    .collect()
}

/// The sentences that carry the verdict: every test for a violation; the decisive grounds when there is none;
/// everything that stands in the way when it cannot be told.
fn reasons(verdict: Verdict, outcomes: &[(Question, Outcome)]) -> Vec<String> {
    let carries = |question: Question, answer: Ternary| match verdict {
        Verdict::Violation => true,
        Verdict::Excluded => question == Question::Exemption,
        Verdict::Pending => question == Question::Due,
        Verdict::NoViolation => {
            (question != Question::Exemption && answer == Ternary::No)
                || (question == Question::Exemption && answer == Ternary::Yes)
        }
        Verdict::NotAssessable => answer != question.breach(),
    };
    let carried = outcomes
        .iter()
        .filter(|(question, outcome)| carries(*question, outcome.answer));
    carried.map(|(_, outcome)| outcome.words.clone()).collect()
}

fn test(question: Question, outcome: Outcome, matter: Matter<'_>) -> Test {
    let entry = format!(
        "agreements/{}/agreement.toml#{}",
        matter.frame.agreement.id, matter.term.id
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
