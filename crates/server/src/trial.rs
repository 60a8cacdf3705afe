//! What past incidents would be judged if an agreement read otherwise. Nothing is kept. Reading the text and judging
//! by it is the binary's; here is only who may see the answer.

use model::Verdict;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Filter;

use crate::answer::{Answer, Refusal};
use crate::house::{House, busy};
use crate::records::{found, head, state_and_shutter};
use crate::route::{Asked, Trouble};
use crate::searches::label;

/// Most turned findings in one answer.
///
/// 1,000: more than anybody reads; the counts beside are of all.
const TURNS_MAX: usize = 1_000;

/// An agreement's text as tried: what is wrong with it, or which findings turn.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// Every fault; nothing was judged when there is one.
    pub faults: Vec<Flaw>,
    /// Remarks that refuse nothing.
    pub remarks: Vec<Flaw>,
    /// Findings whose verdict is not what it was.
    pub turns: Vec<Turned>,
    /// The verdict of every finding under the agreement as it stands, and as tried, with its incident.
    pub before: Vec<(String, Verdict)>,
    /// The same, as tried.
    pub after: Vec<(String, Verdict)>,
}

/// Something wrong in a text.
#[derive(Clone, Debug)]
pub struct Flaw {
    /// Line, counted from 1; 0 when it is about the whole text.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// It, with its line in view and the next step, as a terminal shows it.
    pub picture: String,
}

/// A finding that turns.
#[derive(Clone, Debug)]
pub struct Turned {
    /// The incident.
    pub incident: String,
    /// The term.
    pub term: String,
    /// What it is now; nothing when no term is about the incident.
    pub before: Option<Verdict>,
    /// What it would be.
    pub after: Option<Verdict>,
    /// The tests that turn it, as sentences.
    pub because: Vec<String>,
}

fn all_of(kind: &str) -> Filter {
    Filter {
        kind: kind.to_owned(),
        ..Filter::default()
    }
}

/// Whether the role may see the agreement of this key.
fn seen(house: &House, asked: &Asked) -> Result<(), Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let all = all_of("agreement");
        let agreements = reader.at(&found(reader, &shutter, &all)?)?;
        let known = agreements
            .iter()
            .any(|it| it.fields["agreement"] == asked.part("id"));
        if shutter.hides_parts() {
            return Err(
                Refusal::forbidden("The text holds parts that may be withheld from your role.").into(),
            );
        }
        known.then_some(()).ok_or_else(|| Refusal::not_found().into())
    })
}

/// The text of an agreement, as it is judged by.
pub(crate) fn text(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    seen(house, asked)?;
    house.look(|reader| {
        let state = reader.state()?.unwrap_or_default();
        let world = house.world(&state)?;
        let key = asked.part("id");
        let text = world.texts.get(key).ok_or_else(Refusal::not_found)?;
        let mut value = head(reader)?;
        value["agreement"] = json!(key);
        value["text"] = json!(text);
        Ok(Answer::Json(value))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    text: String,
}

/// Judges past incidents by a changed text.
pub(crate) fn try_text(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: Form = asked.form()?;
    seen(house, asked)?;
    // One at a time: judging everything anew keeps a processor busy.
    let Ok(_turn) = house.trying.try_lock() else {
        return Err(busy().into());
    };
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        let world = house.world(&state)?;
        let key = asked.part("id");
        if !world.texts.contains_key(key) {
            return Err(Refusal::not_found().into());
        }
        let tried = (house.outside.try_agreement)(&world, key, &form.text).map_err(Trouble::Ours)?;
        let all = all_of("incident");
        let mut ords = found(reader, &shutter, &all)?;
        let unfilterable: std::collections::BTreeSet<i64> = shutter.unfilterable().collect();
        ords.retain(|ord| !unfilterable.contains(ord));
        let open: std::collections::BTreeMap<String, String> = reader
            .at(&ords)?
            .into_iter()
            .map(|it| (it.id.clone(), label(&it.fields)))
            .collect();
        let counts = |findings: &[(String, Verdict)]| -> Value {
            let of = |verdict: Verdict| {
                let same = |it: &&(String, Verdict)| it.1 == verdict && open.contains_key(&it.0);
                findings.iter().filter(same).count()
            };
            Verdict::ALL
                .into_iter()
                .map(|(verdict, word)| (word.to_owned(), json!(of(verdict))))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let turns: Vec<Value> = tried
            .turns
            .iter()
            .filter_map(|it| {
                let label = open.get(&it.incident)?;
                Some(json!({
                    "incident": it.incident, "label": label, "term": it.term,
                    "before": it.before.map(Verdict::as_str), "after": it.after.map(Verdict::as_str),
                    "because": it.because,
                }))
            })
            .collect();
        let flaws = |all: &[Flaw]| -> Value {
            all.iter()
                .map(|it| json!({ "line": it.line, "what": it.what, "picture": it.picture }))
                .collect()
        };
        let mut value = head(reader)?;
        value["agreement"] = json!(key);
        value["faults"] = flaws(&tried.faults);
        value["remarks"] = flaws(&tried.remarks);
        value["before"] = counts(&tried.before);
        value["after"] = counts(&tried.after);
        value["total"] = json!(turns.len());
        value["turns"] = turns.into_iter().take(TURNS_MAX).collect();
        Ok(Answer::Json(value))
    })
}
