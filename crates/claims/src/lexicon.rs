//! The words and rules that claims are read with; all of them data, in `data/lexicon/<lang>`, `data/actors`
//! and `data/acts.tsv`.

use crate::arabic;
use crate::figure_data::{CountingExample, MetricRule, ScopeExample, Units};
use crate::phrase::{NameList, Phrases};
use crate::table::{Entry, entries, rows};
use model::{Act, ActClass, ActId, Actor, ActorId, DataFault, ProposalId, Stance};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Everything `extract` reads with.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(crate) acts: BTreeMap<String, ActRow>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) trigger_nouns: Phrases<usize>,
    pub(crate) trigger_verbs: Phrases<usize>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) cue_verbs: Phrases<usize>,
    pub(crate) cue_prepositions: Phrases<usize>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) mark_phrases: Phrases<usize>,
    pub(crate) metrics: Vec<MetricRule>,
    pub(crate) units: Units,
    pub(crate) counting: Phrases<String>,
    pub(crate) scopes: Phrases<String>,
    pub(crate) counting_examples: Vec<CountingExample>,
    pub(crate) scope_examples: Vec<ScopeExample>,
    pub(crate) proposals: Vec<Proposal>,
    pub(crate) proposal_names: Phrases<usize>,
    pub(crate) parts: Vec<Part>,
    pub(crate) stances: Phrases<Stance>,
    pub(crate) place_words: BTreeMap<String, String>,
    /// Common nouns and the kind of thing they stand for.
    pub(crate) nouns: Phrases<Noun>,
    pub(crate) references: Phrases<String>,
    pub(crate) ordinals: BTreeMap<String, u64>,
    /// Words of the language by what they do in a sentence, each with by class.
    classes: BTreeMap<String, HashSet<String>>,
    /// Words of which one must stand in the sentence for a trigger that needs it.
    pub(crate) needs: BTreeSet<(String, String)>,
    /// Words of worlds that borrow the words of war, such as sport.
    pub(crate) figurative: HashMap<String, String>,
    /// Kinds of news, with their examples.
    pub(crate) kinds: Vec<crate::kind::KindRow>,
    /// Types of events, with their examples.
    pub(crate) events: Vec<crate::kind::KindRow>,
    pub(crate) actors: Vec<Actor>,
    pub(crate) aliases: Phrases<Alias>,
    pub(crate) descriptors: Phrases<Descriptor>,
    pub(crate) place_names: NameList,
    /// Names that are both an actor (a state, a capital standing for it) and a place.
    pub(crate) states: BTreeSet<String>,
    /// What Arabic is read with.
    pub(crate) arabic: arabic::Tables,
}

/// A row of `data/acts.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct ActRow {
    pub(crate) class: ActClass,
    pub(crate) parent: String,
    /// Its ACLED sub-event; empty for what is said.
    pub(crate) sub_event: String,
}

/// Words that name an act.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) act: Act,
    pub(crate) entry: String,
    /// Line of the entry in its file.
    pub(crate) line: usize,
    pub(crate) subject: Subject,
    pub(crate) means: bool,
    pub(crate) needs: String,
    pub(crate) before_not: Vec<String>,
    pub(crate) after_not: Vec<String>,
    pub(crate) examples: Vec<String>,
    pub(crate) not: Vec<String>,
}

/// What the grammatical subject of a trigger verb is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Initiator,
    Target,
    Means,
}

/// Words that attribute.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) act: Act,
    pub(crate) entry: String,
    /// Line of the entry in its file.
    pub(crate) line: usize,
    pub(crate) commitment: String,
    pub(crate) denied: bool,
    pub(crate) takes: String,
    pub(crate) before_not: Vec<String>,
    pub(crate) examples: Vec<String>,
    pub(crate) not: Vec<String>,
}

/// A word that changes how far something is said to have happened.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) effect: String,
    pub(crate) entry: String,
}

/// What positions are taken on.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) id: ProposalId,
    pub(crate) weak: bool,
}

/// A part somebody plays in a process.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) part: String,
    pub(crate) entry: String,
    pub(crate) verbs: Phrases<()>,
    pub(crate) nouns: Phrases<()>,
}

/// A name of an actor.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    pub(crate) actor: usize,
    /// The name as written in the data: capitals must match for acronyms.
    pub(crate) written: String,
    pub(crate) form: AliasForm,
}

/// How a name stands for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AliasForm {
    Name,
    Acronym,
    Demonym,
    Metonym,
}

/// What a noun stands for.
#[derive(Clone, Debug)]
pub(crate) struct Noun {
    /// `person`, `group`, `organisation`, `place`, `weapon`, `platform`.
    pub(crate) kind: &'static str,
    /// Written with a capital in the data: the page must have one too ("Reaper", "reaper").
    pub(crate) proper: bool,
}

/// A description of a kind of actor.
#[derive(Clone, Debug)]
pub(crate) struct Descriptor {
    pub(crate) kind: String,
}

const STANCES: [(&str, Stance); 4] = [
    ("support", Stance::Support),
    ("conditional", Stance::Conditional),
    ("reservation", Stance::Reservation),
    ("reject", Stance::Reject),
];

impl Lexicon {
    /// Reads `acts.tsv`, `lexicon/en/*` and `actors/*` from the given files, each a path relative to the data
    /// folder and its text, and takes in the place names. Tells every fault; keeps what is right.
    pub fn parse<'a>(
        files: &[(String, String)],
        place_names: impl Iterator<Item = &'a str>,
    ) -> (Self, Vec<DataFault>) {
        let mut lexicon = Self::default();
        let mut faults = Vec::new();
        // Acts and kinds first: the other tables name them.
        for (file, text) in files {
            match file.as_str() {
                "acts.tsv" => lexicon.read_acts(file, text, &mut faults),
                "kinds.tsv" => crate::kind::read_table(&mut lexicon, file, text, &mut faults),
                _ => {}
            }
        }
        for (file, text) in files {
            lexicon.read(file, text, &mut faults);
        }
        lexicon.drop_twins();
        lexicon.check_needs(&mut faults);
        let arabic = &mut lexicon.arabic;
        let names = place_names.inspect(|name| {
            if arabic::is_written(name) {
                arabic.places.add(name, ());
            }
        });
        lexicon.place_names = NameList::new(names);
        (lexicon, faults)
    }

    /// Tells the triggers that ask for something that `needs.tsv` does not know.
    fn check_needs(&self, faults: &mut Vec<DataFault>) {
        let mut known: BTreeSet<&str> = self.needs.iter().map(|(need, _)| need.as_str()).collect();
        known.extend(["force", "harm"]);
        for trigger in self.triggers.iter().filter(|trigger| !trigger.needs.is_empty()) {
            let (part, class) = trigger
                .needs
                .split_once(':')
                .unwrap_or(("target", &trigger.needs));
            if matches!(part, "subject" | "target") && known.contains(class) {
                continue;
            }
            let file = trigger.entry.split('#').next().unwrap_or_default();
            let what = format!(
                "{} needs \"{}\", which no line of needs.tsv has",
                trigger.act.id, trigger.needs
            );
            let right = "a need of needs.tsv, or subject: or target: before one";
            faults
                .push(DataFault::new(file, trigger.line, what, right).nearest(class, known.iter().copied()));
        }
    }

    /// Whether a word shows a need of `needs.tsv`.
    pub(crate) fn shows(&self, need: &str, word: &str) -> bool {
        self.needs.contains(&(need.to_owned(), word.to_owned()))
    }

    /// The actors, by order of the data.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// Every act.
    pub fn acts(&self) -> impl Iterator<Item = Act> {
        self.acts.iter().map(|(id, row)| Act {
            id: ActId::from(id.as_str()),
            class: row.class,
        })
    }

    /// The act of this key.
    pub fn act(&self, id: &str) -> Option<Act> {
        self.acts.get(id).map(|row| Act {
            id: ActId::from(id),
            class: row.class,
        })
    }

    /// Every rule's examples and counter-examples: the data entry, its line, the act, the sentence, and whether the act
    /// must be read from it.
    pub fn examples(&self) -> Vec<(String, usize, ActId, String, bool)> {
        let mut all = Vec::new();
        for trigger in &self.triggers {
            let add = |sentence: &String, is| {
                (
                    trigger.entry.clone(),
                    trigger.line,
                    trigger.act.id.clone(),
                    sentence.clone(),
                    is,
                )
            };
            all.extend(trigger.examples.iter().map(|sentence| add(sentence, true)));
            all.extend(trigger.not.iter().map(|sentence| add(sentence, false)));
        }
        for cue in &self.cues {
            let add = |sentence: &String, is| {
                (
                    cue.entry.clone(),
                    cue.line,
                    cue.act.id.clone(),
                    sentence.clone(),
                    is,
                )
            };
            all.extend(cue.examples.iter().map(|sentence| add(sentence, true)));
            all.extend(cue.not.iter().map(|sentence| add(sentence, false)));
        }
        all
    }

    /// Whether a word is of a class of `words.tsv`.
    pub(crate) fn word(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(word))
    }

    /// Whether `act` is `ancestor` or below it.
    pub(crate) fn is_a(&self, act: &str, ancestor: &str) -> bool {
        let mut at = act;
        // Bounded: a faulty table may hold a circle.
        for _ in 0..8 {
            if at == ancestor {
                return true;
            }
            match self.acts.get(at) {
                Some(row) if !row.parent.is_empty() => at = &row.parent,
                _ => return false,
            }
        }
        false
    }

    fn read(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        match file {
            "lexicon/en/acts.toml" => self.read_triggers(file, text, faults),
            "lexicon/en/cues.toml" => self.read_cues(file, text, faults),
            "lexicon/en/commitment.tsv" => {
                for (line, cells) in rows(file, text, &["words", "effect", "example", "not"], faults) {
                    if !EFFECTS.contains(&cells[1].as_str()) {
                        let fault = DataFault::new(
                            file,
                            line,
                            format!("\"{}\" is not an effect", cells[1]),
                            EFFECTS.join(" | "),
                        );
                        faults.push(fault.nearest(&cells[1], EFFECTS));
                        continue;
                    }
                    self.mark_phrases.add(&cells[0], self.marks.len());
                    self.marks.push(Mark {
                        effect: cells[1].clone(),
                        entry: format!("{file}#{}", cells[0]),
                    });
                }
            }
            "lexicon/en/figures.toml"
            | "lexicon/en/units.tsv"
            | "lexicon/en/counting.tsv"
            | "lexicon/en/scopes.tsv" => self.read_figures(file, text, faults),
            "lexicon/en/stances.tsv" => {
                for (line, cells) in rows(file, text, &["words", "stance", "example", "not"], faults) {
                    match STANCES.iter().find(|(word, _)| *word == cells[1]) {
                        Some((_, stance)) => self.stances.add(&cells[0], *stance),
                        None => faults.push(
                            DataFault::new(
                                file,
                                line,
                                format!("\"{}\" is not a stance", cells[1]),
                                "support | conditional | reservation | reject",
                            )
                            .nearest(&cells[1], STANCES.map(|(word, _)| word)),
                        ),
                    }
                }
            }
            "lexicon/en/proposals.toml" => self.read_proposals(file, text, faults),
            "lexicon/en/events.toml" => crate::event::read_examples(self, file, text, faults),
            "lexicon/en/kinds.toml" => crate::kind::read_examples(self, file, text, faults),
            "lexicon/en/parts.toml" => self.read_parts(file, text, faults),
            "lexicon/en/words.tsv" => self.read_words(file, text, faults),
            "lexicon/en/place-words.tsv" => self.place_words = words(file, text, "kind", faults),
            "lexicon/en/needs.tsv" => {
                let read = rows(file, text, &["words", "need", "example"], faults);
                self.needs = read
                    .into_iter()
                    .map(|(_, cells)| (cells[1].clone(), cells[0].clone()))
                    .collect();
            }
            "lexicon/en/figurative.tsv" => {
                self.figurative = words(file, text, "world", faults).into_iter().collect()
            }
            "lexicon/en/ordinals.tsv" => {
                for (line, cells) in rows(file, text, &["words", "number", "example"], faults) {
                    match cells[1].parse() {
                        Ok(number) => {
                            self.ordinals.insert(cells[0].clone(), number);
                        }
                        Err(_) => faults.push(DataFault::new(
                            file,
                            line,
                            format!("\"{}\" is not a whole number", cells[1]),
                            "fourth<tab>4<tab>…",
                        )),
                    }
                }
            }
            "lexicon/en/references.tsv" => {
                for (_, cells) in rows(file, text, &["words", "points_to", "example"], faults) {
                    self.references.add(&cells[0], cells[1].clone());
                }
            }
            _ if file.starts_with("lexicon/ar/") => {
                let mut arabic = std::mem::take(&mut self.arabic);
                arabic.read(file, text, |id| self.act(id), faults);
                self.arabic = arabic;
            }
            _ => crate::actor_data::read(self, file, text, faults),
        }
    }

    fn read_words(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        for (line, cells) in rows(file, text, &["words", "class", "example"], faults) {
            if WORD_CLASSES.contains(&cells[1].as_str()) {
                let class = self.classes.entry(cells[1].clone()).or_default();
                class.insert(cells[0].clone());
                continue;
            }
            let fault = DataFault::new(
                file,
                line,
                format!("\"{}\" is not a class of words", cells[1]),
                WORD_CLASSES.join(" | "),
            );
            faults.push(fault.nearest(&cells[1], WORD_CLASSES));
        }
    }

    fn read_acts(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        let columns = [
            "id",
            "class",
            "parent",
            "acled_event",
            "acled_sub_event",
            "plover",
            "meaning",
            "source",
        ];
        let read = rows(file, text, &columns, faults);
        for (line, cells) in &read {
            match ActClass::read(&cells[1]) {
                Some(class) => {
                    self.acts.insert(
                        cells[0].clone(),
                        ActRow {
                            class,
                            parent: cells[2].clone(),
                            sub_event: cells[4].clone(),
                        },
                    );
                }
                None => faults.push(
                    DataFault::new(
                        file,
                        *line,
                        format!("\"{}\" is not a class of acts", cells[1]),
                        "force, air, forces …",
                    )
                    .nearest(&cells[1], ActClass::ALL.map(|(_, word)| word)),
                ),
            }
        }
        for (line, cells) in read
            .iter()
            .filter(|(_, cells)| !cells[2].is_empty() && !self.acts.contains_key(&cells[2]))
        {
            let fault = DataFault::new(
                file,
                *line,
                format!("the parent \"{}\" is not an act", cells[2]),
                "the id of another row",
            );
            faults.push(fault.nearest(&cells[2], self.acts.keys().map(String::as_str)));
        }
    }

    /// An outlet that is an actor too keeps the actor's entry.
    fn drop_twins(&mut self) {
        let actors: BTreeSet<ActorId> = self
            .actors
            .iter()
            .filter(|actor| actor.kind != "media")
            .map(|actor| actor.id.clone())
            .collect();
        let twin: Vec<bool> = self
            .actors
            .iter()
            .map(|actor| actor.kind == "media" && actors.contains(&actor.id))
            .collect();
        self.aliases.retain(|alias| !twin[alias.actor]);
    }

    /// The one actor that goes by this name.
    pub(crate) fn actor_named(&self, name: &str) -> Option<&ActorId> {
        let mut found: Vec<usize> = self
            .aliases
            .exactly(name)
            .into_iter()
            .map(|alias| alias.actor)
            .collect();
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [one] => Some(self.actor_at(*one)),
            _ => None,
        }
    }

    fn known_act(&self, entry: &Entry, faults: &mut Vec<DataFault>) -> Option<Act> {
        let id = entry.need("act", faults);
        let act = self.act(&id);
        if act.is_none() && !id.is_empty() {
            let fault = entry.fault(format!("\"{id}\" is not an act"), "an id of data/acts.tsv");
            faults.push(fault.nearest(&id, self.acts.keys().map(String::as_str)));
        }
        act
    }

    fn read_triggers(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        let keys = [
            "act",
            "nouns",
            "verbs",
            "subject",
            "means",
            "needs",
            "before_not",
            "after_not",
            "examples",
            "not",
        ];
        for entry in entries(file, text, "trigger", faults) {
            entry.allow(&keys, faults);
            let (examples, not) = entry.examples(faults);
            let Some(act) = self.known_act(&entry, faults) else {
                continue;
            };
            let (nouns, verbs) = (entry.list("nouns", faults), entry.list("verbs", faults));
            if nouns.is_empty() && verbs.is_empty() {
                faults.push(entry.fault(
                    "no words: `nouns` and `verbs` are both empty",
                    "nouns = [\"car bomb\"]",
                ));
            }
            let subject = match entry.text("subject", faults).as_str() {
                "" | "initiator" => Subject::Initiator,
                "target" => Subject::Target,
                "means" | "none" => Subject::Means,
                other => {
                    let known = ["initiator", "target", "means", "none"];
                    let fault = entry.fault(
                        format!("\"{other}\" is not what a subject can be"),
                        known.join(" | "),
                    );
                    faults.push(fault.nearest(other, known));
                    Subject::Means
                }
            };
            let index = self.triggers.len();
            nouns.iter().for_each(|noun| self.trigger_nouns.add(noun, index));
            verbs.iter().for_each(|verb| self.trigger_verbs.add(verb, index));
            self.triggers.push(Trigger {
                entry: format!("{file}#{}", act.id),
                line: entry.line,
                act,
                subject,
                means: entry.flag("means", faults),
                needs: entry.text("needs", faults),
                before_not: entry.list("before_not", faults),
                after_not: entry.list("after_not", faults),
                examples,
                not,
            });
        }
    }

    fn read_cues(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        let keys = [
            "act",
            "commitment",
            "polarity",
            "takes",
            "verbs",
            "nouns",
            "prepositions",
            "before_not",
            "examples",
            "not",
        ];
        for entry in entries(file, text, "cue", faults) {
            entry.allow(&keys, faults);
            let Some(act) = self.known_act(&entry, faults) else {
                continue;
            };
            let index = self.cues.len();
            entry
                .list("verbs", faults)
                .iter()
                .for_each(|verb| self.cue_verbs.add(verb, index));
            entry
                .list("nouns", faults)
                .iter()
                .for_each(|noun| self.cue_verbs.add(noun, index));
            entry
                .list("prepositions", faults)
                .iter()
                .for_each(|words| self.cue_prepositions.add(words, index));
            let (examples, not) = entry.examples(faults);
            self.cues.push(Cue {
                entry: format!("{file}#{}", act.id),
                line: entry.line,
                act,
                commitment: entry.need("commitment", faults),
                denied: entry.text("polarity", faults) == "denied",
                takes: entry.need("takes", faults),
                before_not: entry.list("before_not", faults),
                examples,
                not,
            });
        }
    }

    fn read_proposals(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        for entry in entries(file, text, "proposal", faults) {
            entry.allow(
                &["id", "name", "names", "weak", "source", "examples", "not"],
                faults,
            );
            let id = entry.need("id", faults);
            let _ = (
                entry.need("name", faults),
                entry.need("source", faults),
                entry.examples(faults),
            );
            for name in entry.list("names", faults) {
                self.proposal_names.add(&name, self.proposals.len());
            }
            let weak = entry.flag("weak", faults);
            self.proposals.push(Proposal {
                id: ProposalId(id),
                weak,
            });
        }
    }

    fn read_parts(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        for entry in entries(file, text, "part", faults) {
            entry.allow(&["part", "verbs", "nouns", "examples", "not"], faults);
            let _ = entry.examples(faults);
            let part = entry.need("part", faults);
            self.parts.push(Part {
                entry: format!("{file}#{part}"),
                part,
                verbs: phrases(&entry.list("verbs", faults)),
                nouns: phrases(&entry.list("nouns", faults)),
            });
        }
    }

    /// Takes in a name of an actor.
    pub(crate) fn add_alias(&mut self, written: &str, alias: Alias) {
        if arabic::is_written(written) {
            self.arabic.actors.add(written, alias.clone());
        }
        self.aliases.add(written, alias);
    }

    pub(crate) fn add_actor(&mut self, actor: Actor) -> usize {
        self.actors.push(actor);
        self.actors.len() - 1
    }

    pub(crate) fn actor_at(&self, index: usize) -> &ActorId {
        &self.actors[index].id
    }
}

/// What words do in a sentence; the classes of `words.tsv`, which tells what each is for.
const WORD_CLASSES: [&str; 19] = [
    "does",
    "relative",
    "goes-on",
    "among",
    "beside",
    "recording",
    "put-out",
    "day-from-now",
    "speaks-for-itself",
    "body",
    "anyone",
    "purpose",
    "factual",
    "joins",
    "cause",
    "answer",
    "first-person",
    "condition",
    "wide-place",
];

/// What a commitment word can do.
const EFFECTS: [&str; 10] = [
    "topic",
    "hope",
    "plan",
    "conditional",
    "negation",
    "end",
    "hedge",
    "series",
    "total",
    "background",
];

pub(crate) fn phrases(list: &[String]) -> Phrases<()> {
    let mut phrases = Phrases::default();
    list.iter().for_each(|words| phrases.add(words, ()));
    phrases
}

/// A flat table of words, what each stands for, and an example.
fn words(file: &str, text: &str, column: &str, faults: &mut Vec<DataFault>) -> BTreeMap<String, String> {
    rows(file, text, &["words", column, "example"], faults)
        .into_iter()
        .map(|(_, cells)| (cells[0].clone(), cells[1].clone()))
        .collect()
}
