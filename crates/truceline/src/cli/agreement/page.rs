//! `truceline agreement show`: an agreement as a page to read.

use super::super::{Common, print};
use super::{find, wrapped};
use crate::pack::Pack;
use model::{Agreement, Exemption, Register, Term, Ternary, Zone};

pub(super) fn run(id: Option<&str>, common: &Common) -> anyhow::Result<u8> {
    let pack = Pack::load(common.data.as_deref())?;
    let Some(id) = id else {
        let lines = pack
            .agreements
            .iter()
            .map(|agreement| format!("{}\t{}\n", agreement.id, agreement.title));
        print(&lines.collect::<String>())?;
        return Ok(0);
    };
    let agreement = find(&pack, id)?;
    let drafts = pack.drafts.iter().filter(|draft| draft.id == agreement.id);
    print(&page(agreement, &drafts.collect::<Vec<_>>()))?;
    Ok(0)
}

/// A page as it grows.
struct Page(String);

impl Page {
    fn head(&mut self, title: &str) {
        self.0.push_str(&format!("\n{}\n\n", title.to_uppercase()));
    }
    fn line(&mut self, pad: usize, text: &str) {
        self.0.push_str(&wrapped(text, pad));
    }
    /// A line that is left out when there is nothing to say.
    fn some(&mut self, pad: usize, label: &str, text: &str) {
        if !text.is_empty() {
            self.line(pad, &format!("{label} {text}"));
        }
    }
}

fn page(agreement: &Agreement, drafts: &[&Agreement]) -> String {
    let mut page = Page(String::new());
    page.line(0, &agreement.title);
    page.line(0, &format!("{}, version {}", agreement.id, agreement.version));
    page.some(0, "Source:", &agreement.source);
    if agreement.on_request {
        page.line(0, "Judged by only when it is asked for by name.");
    }
    page.head("Dates");
    for anchor in &agreement.anchors {
        page.line(
            2,
            &format!("{}  {} – {}", anchor.date, anchor.name, anchor.source),
        );
    }
    if agreement.until.is_known() {
        page.line(2, &format!("Ends, as the text alone has it: {}", agreement.until));
    }
    page.head("Who");
    for party in &agreement.parties {
        page.line(
            2,
            &format!("{}, {}, bound: {}", party.actor, party.part, party.bound.as_str()),
        );
        page.some(4, "also stands for:", &party.kinds.join(", "));
        page.line(4, &party.source);
    }
    page.head("Terms");
    for (number, term) in agreement.terms.iter().enumerate() {
        self::term(&mut page, number + 1, term, agreement);
    }
    page.head("Exemptions");
    if agreement.exemptions.is_empty() {
        page.line(2, "None.");
    }
    for exemption in &agreement.exemptions {
        self::exemption(&mut page, exemption);
    }
    deadlines(&mut page, "Deadlines", agreement);
    for draft in drafts {
        deadlines(
            &mut page,
            &format!("Deadlines of the version {}", draft.version),
            draft,
        );
    }
    page.head("Zones");
    for zone in &agreement.zones {
        self::zone(&mut page, zone);
    }
    register(&mut page, &agreement.register);
    page.0
}

fn term(page: &mut Page, number: usize, term: &Term, agreement: &Agreement) {
    let limits = &term.limits;
    page.line(
        2,
        &format!(
            "{number}. {} – {}, {}",
            term.id,
            term.duty.as_str(),
            limits.clause.as_str()
        ),
    );
    page.line(5, &term.words);
    page.some(5, "Text:", &term.cites);
    let acts = term.acts.iter().map(|act| act.0.clone());
    let classes = term
        .classes
        .iter()
        .map(|class| format!("all acts of the kind \"{}\"", class.as_str()));
    page.some(5, "Acts:", &classes.chain(acts).collect::<Vec<_>>().join(", "));
    page.some(5, "Done with:", &limits.weapons.join(", "));
    match limits.whoever {
        true => page.line(5, "Binds: the text counts the act, whoever did it"),
        false if term.bearers.is_empty() => page.line(5, "Binds: every party that is bound"),
        false => page.some(5, "Binds:", &term.bearers.join(", ")),
    }
    page.some(5, "Protects:", &limits.protected.join(", "));
    page.line(5, &format!("Where: {}", places(term, agreement)));
    page.line(5, &format!("When: {}", times(term)));
    for condition in &limits.conditions {
        page.line(
            5,
            &format!(
                "Only if {} ({}).",
                condition.words.trim_end_matches('.'),
                condition.cites
            ),
        );
    }
    if let Some(limit) = limits.at_most {
        page.line(
            5,
            &format!("No more than {} in {} day(s).", limit.number, limit.days),
        );
    }
    page.some(5, "Decides:", &limits.decides);
    page.some(5, "Not settled:", &term.unsettled);
    page.0.push('\n');
}

fn places(term: &Term, agreement: &Agreement) -> String {
    let name = |id: &model::ZoneId| {
        let zone = agreement.zones.iter().find(|zone| zone.id == *id);
        zone.map_or_else(|| id.to_string(), |zone| zone.name.clone())
    };
    let zones = term.zones.iter().map(name);
    let near = term
        .limits
        .near
        .iter()
        .map(|near| format!("within {} km of {}", near.within.0 / 1000.0, name(&near.zone)));
    let mut covered: Vec<String> = zones.chain(near).collect();
    if covered.is_empty() {
        covered.push(format!("all of {}", agreement.countries.join(", ")));
    }
    let except: Vec<String> = term.limits.except.iter().map(name).collect();
    match except.is_empty() {
        true => covered.join("; "),
        false => format!("{}, save {}", covered.join("; "), except.join("; ")),
    }
}

fn times(term: &Term) -> String {
    let mut times = format!("from \"{}\"", term.from);
    for window in &term.limits.during {
        times.push_str(&format!(", in {window}"));
    }
    if !term.limits.by.is_empty() {
        times.push_str(&format!(", once the deadline \"{}\" has passed", term.limits.by));
    }
    times
}

fn exemption(page: &mut Page, exemption: &Exemption) {
    page.line(2, &exemption.id);
    page.line(5, &exemption.words);
    page.some(5, "Text:", &exemption.cites);
    let actors = exemption.actors.iter().map(|actor| actor.0.clone());
    let who: Vec<String> = actors.chain(exemption.kinds.iter().cloned()).collect();
    page.some(5, "Names:", &who.join(", "));
    let limits = &exemption.limits;
    let acts = limits.acts.iter().map(|act| act.0.clone());
    let classes = limits.classes.iter().map(|class| class.as_str().to_owned());
    page.some(5, "Acts:", &acts.chain(classes).collect::<Vec<_>>().join(", "));
    let zones = |zones: &[model::ZoneId]| {
        let names: Vec<&str> = zones.iter().map(model::ZoneId::as_str).collect();
        names.join(", ")
    };
    page.some(5, "Only inside:", &zones(&limits.inside));
    page.some(5, "Only outside:", &zones(&limits.outside));
    if !limits.declared.is_empty() {
        let early = if limits.beforehand { ", beforehand" } else { "" };
        let unknown = limits.unrecorded.unwrap_or(Ternary::No).as_str();
        page.line(
            5,
            &format!(
                "Must be declared as: {}{early}; when nothing is on record: {unknown}",
                limits.declared
            ),
        );
    }
    page.0.push('\n');
}

fn deadlines(page: &mut Page, title: &str, agreement: &Agreement) {
    page.head(title);
    if agreement.deadlines.is_empty() {
        page.line(2, "None.");
    }
    for deadline in &agreement.deadlines {
        let due = deadline
            .due
            .map_or_else(|| "no day".to_owned(), |day| day.to_string());
        page.line(2, &format!("{due}  {} – {}", deadline.id, deadline.words));
        page.line(14, &deadline.cites);
    }
}

fn zone(page: &mut Page, zone: &Zone) {
    page.line(2, &format!("{} – {}", zone.id, zone.name));
    page.line(5, &zone.description);
    page.some(5, "Source:", &zone.source);
    page.some(5, "Touches:", &zone.provinces.join(", "));
    page.some(5, "Inside as a whole:", &zone.whole_provinces.join(", "));
    page.some(5, "Named inside:", &zone.named_inside.join(", "));
    for shape in &zone.shapes {
        let what = if shape.is_line() { "line" } else { "outline" };
        page.line(
            5,
            &format!(
                "Drawn: {what}, {}, give or take {:.0} m, {} ({})",
                shape.status, shape.band.0, shape.during, shape.source
            ),
        );
    }
    if zone.shapes.is_empty() {
        page.line(5, "Drawn: by nobody");
    }
    page.0.push('\n');
}

fn register(page: &mut Page, register: &Register) {
    if *register == Register::default() {
        return;
    }
    page.head("Register");
    for period in &register.periods {
        page.line(
            2,
            &format!("known {}: {} ({})", period.known, period.words, period.source),
        );
    }
    for outcome in &register.outcomes {
        page.line(
            2,
            &format!("known {}: {} ({})", outcome.known, outcome.words, outcome.source),
        );
    }
    for told in &register.circumstances {
        page.line(
            2,
            &format!(
                "known {}: condition \"{}\" held in {}: {} ({})",
                told.known,
                told.condition,
                told.during,
                told.holds.as_str(),
                told.source
            ),
        );
    }
    for declared in &register.declarations {
        page.line(
            2,
            &format!(
                "received {}: {} by {} for {}, accepted: {} ({})",
                declared.received,
                declared.what,
                declared.by,
                declared.during,
                declared.accepted.as_str(),
                declared.source
            ),
        );
    }
    for held in &register.holdings {
        page.line(
            2,
            &format!(
                "known {}: {} held by {} in {} ({})",
                held.known, held.zone, held.actor, held.during, held.source
            ),
        );
    }
}
