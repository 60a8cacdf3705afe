//! `truceline explain`: how a sentence is read, or how a record came to be, down to the quoted words.

use super::{At, Common, day, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use clap::Args;
use jiff::civil::Date;
use model::record::Record;
use model::{Because, Claim, Given, Media, Page};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A sentence in quotation marks, or the id of anything that was read.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A sentence, or an id such as inc_0123456789abcdef.
    #[arg(value_name = "SENTENCE|ID")]
    what: String,
    #[command(flatten)]
    at: At,
    /// The day a sentence was published, for words such as "yesterday".
    #[arg(long, value_name = "TIME", value_parser = day)]
    published: Option<Date>,
    /// Of an id, everything it rests on, field by field, instead of one screen.
    #[arg(long)]
    all: bool,
}

/// Runs the command.
pub(crate) fn run(command: &Explain, common: &Common) -> anyhow::Result<u8> {
    let text = if is_id(&command.what) {
        of_record(command)?
    } else {
        of_sentence(command, common)?
    };
    print(&text)?;
    Ok(0)
}

fn is_id(text: &str) -> bool {
    text.split_once('_').is_some_and(|(kind, hash)| {
        kind.len() == 3 && !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// Most records of one explanation that are told in full; the rest are counted.
const RECORDS_MAX: usize = 60;

fn of_record(command: &Explain) -> anyhow::Result<String> {
    let view = super::show::view(&command.at.workspace)?;
    let first = view.by_id(&command.what)?;
    if first.is_empty() {
        return Err(Fault::of(
            Kind::Usage,
            format!(
                "nothing in \"{}\" has the id \"{}\"",
                command.at.workspace.display(),
                command.what
            ),
            "`truceline incidents`, `findings` and `claims` list ids.",
        ));
    }
    if let (false, [record]) = (command.all, &first[..])
        && let Some(story) = reports::story(record, &around(&view, record)?)
    {
        let more = format!(
            "\nEverything it rests on: truceline explain {} --all\n",
            record.id
        );
        return Ok(story + &more);
    }
    let mut out = String::new();
    let mut told = BTreeSet::new();
    let mut queue: Vec<(usize, Record)> = first.into_iter().map(|record| (0, record)).collect();
    while let Some((depth, record)) = queue.pop() {
        if !told.insert((record.kind.clone(), record.id.clone())) {
            continue;
        }
        if told.len() > RECORDS_MAX {
            writeln!(
                out,
                "… more of what it rests on is left out; ask for a single id above."
            )?;
            break;
        }
        tell(&mut out, depth, &record)?;
        for id in record.basis.iter().rev() {
            for next in view.by_id(id)?.into_iter().rev() {
                // Down to the claims and their words; documents and passages are named in them.
                if !matches!(
                    next.kind.as_str(),
                    "passage" | "document" | "statement" | "time" | "place" | "actor_mention"
                ) {
                    queue.push((depth + 1, next));
                }
            }
        }
    }
    Ok(out)
}

/// The records that a story is told with.
fn around(view: &store::Reader, record: &Record) -> anyhow::Result<Vec<Record>> {
    let resting = |kind: &str, id: &str| -> anyhow::Result<Vec<Record>> {
        let filter = store::Filter {
            kind: kind.to_owned(),
            facets: vec![("basis", vec![id.to_owned()])],
            ..store::Filter::default()
        };
        Ok(view.at(&view.ords(&filter)?)?)
    };
    let mut others = Vec::new();
    for kind in ["finding", "figure", "incident"] {
        others.extend(resting(kind, &record.id)?);
    }
    let named =
        ["origins", "rulings"].map(|field| record.fields[field].as_array().cloned().unwrap_or_default());
    let named = named.into_iter().flatten();
    let ids: BTreeSet<String> = named
        .filter_map(|id| id.as_str().map(str::to_owned))
        .chain(record.basis.iter().cloned())
        .collect();
    for id in ids {
        others.extend(view.by_id(&id)?);
    }
    let mut seen = BTreeSet::new();
    for claim in record.basis.iter().filter(|_| record.kind == "incident") {
        let found = resting("contradiction", claim)?;
        others.extend(found.into_iter().filter(|it| seen.insert(it.id.clone())));
    }
    Ok(others)
}

fn tell(out: &mut String, depth: usize, record: &Record) -> anyhow::Result<()> {
    let pad = "  ".repeat(depth);
    writeln!(out, "{pad}{} {}", record.kind, record.id)?;
    if let (Some(quote), Some(document)) = (&record.quote, &record.document) {
        let span = record
            .start
            .zip(record.end)
            .map(|(start, end)| format!(", bytes {start}–{end}"))
            .unwrap_or_default();
        writeln!(out, "{pad}  “{}”", quote.replace('\n', " "))?;
        writeln!(out, "{pad}  — {document}{span}")?;
    }
    if let Value::Object(fields) = &record.fields {
        for (name, value) in fields
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "quotes" | "documents"))
        {
            let text = plain(value);
            if !text.is_empty() {
                writeln!(out, "{pad}  {name}: {text}")?;
            }
        }
    }
    for reason in &record.because {
        let entry = if reason.entry.is_empty() {
            String::new()
        } else {
            format!(" [{}]", reason.entry)
        };
        writeln!(out, "{pad}  because {}: {}{entry}", reason.rule, reason.words)?;
    }
    Ok(())
}

/// A field as one line.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".into(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values
            .iter()
            .map(plain)
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key, plain(value)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, text)| format!("{key}={text}"))
            .collect::<Vec<_>>()
            .join(" "),
    }
}

fn of_sentence(command: &Explain, common: &Common) -> anyhow::Result<String> {
    let pack = Pack::load(common.data.as_deref())?;
    let given = Given {
        published: command.published.map(|day| day.to_string()),
        ..Given::default()
    };
    let page = Page {
        name: "sentence".into(),
        bytes: command.what.clone().into_bytes(),
        media: Media::Text,
        given,
    };
    let mut document = text::clean(&page, &pack.outlets, &pack.damage);
    // One sentence is too little text to tell a language by; whoever asks wants it read as English.
    document.language = Some("en".into());
    for passage in &mut document.passages {
        passage.kind = model::PassageKind::Body;
    }
    let mut out = String::new();
    for sentence in claims::explain(&document, &pack.lexicon) {
        writeln!(out, "“{}”\n", sentence.sentence)?;
        words(&mut out, &sentence.tokens)?;
        section(
            &mut out,
            "found",
            sentence
                .found
                .iter()
                .map(|(what, because)| format!("{what}: {}", reason(because))),
        )?;
        section(
            &mut out,
            "who says what",
            sentence
                .frames
                .iter()
                .map(|(who, cue, content)| format!("{who} — {cue} — “{content}”")),
        )?;
        section(
            &mut out,
            "words of commitment",
            sentence
                .marks
                .iter()
                .map(|(words, effect)| format!("“{words}”: {effect}")),
        )?;
    }
    let extracted = claims::extract(&document, &pack.lexicon);
    if extracted.claims.is_empty() {
        writeln!(out, "no claim")?;
    }
    let agreements = crate::pipeline::chosen(&pack.agreements, &crate::pipeline::Settings::default(), None);
    let countries: Vec<String> = agreements
        .iter()
        .flat_map(|agreement| agreement.countries.clone())
        .collect();
    let zones: Vec<places::ReadyZone> = agreements
        .iter()
        .flat_map(|agreement| agreement.zones.iter().cloned().map(places::ReadyZone::new))
        .collect();
    let context = places::Context::new(
        extracted.claims.iter().flat_map(|claim| &claim.places),
        &countries,
        &pack.gazetteer,
    );
    for claim in extracted.claims {
        tell_claim(
            &mut out,
            &places::locate(claim, &context, &pack.gazetteer, &zones),
        )?;
    }
    section(&mut out, "turned down", extracted.rejected.iter().map(reason))?;
    section(
        &mut out,
        "damage",
        document.artefacts.iter().map(|artefact| {
            format!(
                "{} “{}”: {}",
                artefact.kind.as_str(),
                artefact.quote,
                reason(&artefact.because)
            )
        }),
    )?;
    Ok(out)
}

/// The zones a place lies in, each with its reason; the others by name.
fn zones(out: &mut String, zones: &[model::ZoneAnswer]) -> anyhow::Result<()> {
    for zone in zones.iter().filter(|zone| zone.inside == model::Ternary::Yes) {
        writeln!(
            out,
            "    in zone {} of {}: {}",
            zone.zone, zone.agreement, zone.because.words
        )?;
    }
    for (inside, what) in [
        (model::Ternary::Undetermined, "perhaps in"),
        (model::Ternary::No, "not in"),
    ] {
        let names: Vec<String> = zones
            .iter()
            .filter(|zone| zone.inside == inside)
            .map(|zone| format!("{} of {}", zone.zone, zone.agreement))
            .collect();
        if !names.is_empty() {
            writeln!(out, "    {what} {}", names.join(", "))?;
        }
    }
    Ok(())
}

/// The words of a sentence as a table: what each is, and which word it hangs on.
fn words(out: &mut String, words: &[claims::Word]) -> anyhow::Result<()> {
    let head = ["word", "tag", "dictionary form", "clause", "hangs on"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(head)
        .chain(words.iter().map(|word| {
            [
                word.text.clone(),
                word.tag.to_lowercase(),
                word.lemma.clone(),
                (word.clause + 1).to_string(),
                word.hangs.clone(),
            ]
        }))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; 4] = [0, 1, 2, 3].map(width);
    for row in &rows {
        let cells: Vec<String> = (0..4)
            .map(|column| {
                let pad = widths[column].saturating_sub(row[column].chars().count());
                format!("{}{}", row[column], " ".repeat(pad))
            })
            .collect();
        writeln!(out, "  {}  {}", cells.join("  "), row[4])?;
    }
    writeln!(out)?;
    Ok(())
}

fn tell_claim(out: &mut String, located: &model::LocatedClaim) -> anyhow::Result<()> {
    let claim: &Claim = &located.claim;
    let labels = |list: &[model::ActorMention]| {
        list.iter()
            .map(|mention| mention.label.clone())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let sources: Vec<&str> = claim.sources.iter().map(|link| link.label.as_str()).collect();
    writeln!(
        out,
        "claim: {} ({}), {}, {}",
        claim.act.id,
        claim.act.class.as_str(),
        claim.modality.as_str(),
        claim.polarity.as_str()
    )?;
    writeln!(out, "  source: {}", sources.join(" > "))?;
    let lines = [
        ("by", labels(&claim.initiators)),
        ("to", labels(&claim.targets)),
        ("means", claim.weapon.clone()),
        ("hedged", claim.hedges.join(", ")),
    ];
    for (name, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        writeln!(out, "  {name}: {text}")?;
    }
    writeln!(out, "  when: {} ({})", claim.when.edtf, claim.when.because.words)?;
    for location in &located.locations {
        let chosen = location.chosen.as_ref().map_or_else(
            || "unresolved".to_owned(),
            |place| format!("{} ({}, {})", place.name, place.place, place.province),
        );
        writeln!(
            out,
            "  where: “{}” → {chosen}, precision {}",
            location.mention.name,
            location.precision.as_str()
        )?;
        for candidate in location.candidates.iter().take(4) {
            writeln!(
                out,
                "    candidate {:.0} %: {} ({}, {}): {}",
                candidate.share * 100.0,
                candidate.name,
                candidate.province,
                candidate.country,
                candidate.because.words
            )?;
        }
        zones(out, &location.zones)?;
    }
    for figure in &claim.figures {
        writeln!(
            out,
            "  figure: {} {}, “{}”",
            figure.metric.as_str(),
            figure.count,
            figure.quote
        )?;
    }
    for reference in &claim.references {
        writeln!(out, "  reference: {}", reference.because.words)?;
    }
    if let Some(utterance) = &claim.utterance {
        let about = utterance
            .about
            .as_ref()
            .map(|about| format!(", about {about}"))
            .unwrap_or_default();
        let stance = utterance
            .stance
            .map(|stance| format!(", {}", stance.as_str()))
            .unwrap_or_default();
        writeln!(out, "  said: “{}”{about}{stance}", utterance.content)?;
    }
    for because in &claim.because {
        writeln!(out, "  because {}", reason(because))?;
    }
    writeln!(out)?;
    Ok(())
}

fn reason(because: &Because) -> String {
    let entry = if because.entry.is_empty() {
        String::new()
    } else {
        format!(" [{}]", because.entry)
    };
    format!("{}: {}{entry}", because.rule, because.words)
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    writeln!(out)?;
    Ok(())
}
