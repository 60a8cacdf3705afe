//! `truceline rebuild`: the view, made again from the log.

use super::{At, Common, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::pipeline::{self, Settings};
use crate::progress::Progress;
use crate::workspace::Workspace;
use clap::Args;
use model::Picture;
use store::{Place, Reader};

/// Reads every page in the log again and writes the view anew.
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    at: At,
    /// Change nothing; say whether the view in use is byte-identical to one made from the log.
    #[arg(long)]
    verify: bool,
    /// The view in use is that in this PostgreSQL database, or in the one whose address stands in this file.
    #[arg(long, value_name = "ADDRESS|FILE", value_parser = super::serve::database)]
    database: Option<Place>,
}

/// Settings a view was made with, kept in it so that it can be made again.
const SETTINGS: [&str; 5] = ["as_of", "since", "agreement", "watermark", "attribution"];

/// Runs the command. Exit code 1 when the views differ.
pub(crate) fn run(command: &Rebuild, common: &Common) -> anyhow::Result<u8> {
    let pack = Pack::load(common.data.as_deref())?;
    let progress = Progress::new(common.quiet);
    let path = command.at.workspace.join("view.sqlite");
    match super::show::view(&command.at.workspace) {
        // An older layout: opening it for writing empties it, to be filled from the log.
        Err(_) if path.exists() => drop(store::View::open(&path)?),
        view => drop(view?),
    }
    let workspace = Workspace::open(&command.at.workspace, &|line| progress.say(line))?;
    let settings = settings(&path)?;
    let replay = workspace.replay()?;
    let all = replay.pages.len();
    let same_data = replay.data.as_ref() == Some(&pack.hash);
    let picture = pipeline::run(replay, &pack, &settings, &mut |index, document| {
        progress.page(
            index + 1,
            all,
            &format!("[{}/{all}] {}", index + 1, document.name),
        );
    });
    progress.finish();
    if !command.verify {
        for place in [Some(Place::from(&path)), command.database.clone()]
            .into_iter()
            .flatten()
        {
            write_view(place, &picture, &pack, &settings, &workspace.checkpoint())?;
        }
        print(&format!(
            "view rebuilt from {} log entries, {all} pages\n",
            workspace.size()
        ))?;
        return Ok(0);
    }
    let folder = tempfile::tempdir_in(&command.at.workspace)?;
    let fresh_path = folder.path().join("view.sqlite");
    write_view(&fresh_path, &picture, &pack, &settings, &workspace.checkpoint())?;
    let used = command.database.clone().unwrap_or_else(|| Place::from(&path));
    let hint = "See that the server runs; `truceline serve` with --database fills it, and so does `truceline rebuild`.";
    let refused = |error| Fault::outside(format!("could not read the view in {used}"), hint, error);
    let (used, fresh) = (Reader::open(&used).map_err(refused)?, Reader::open(&fresh_path)?);
    let digest = hex(&fresh.digest()?);
    if used.digest()? == fresh.digest()? {
        print(&format!("identical: {all} pages, view digest sha256:{digest}\n"))?;
        return Ok(0);
    }
    let difference = used.first_difference(&fresh)?;
    let place = difference.map_or_else(
        || "what it is filtered by".to_owned(),
        |(kind, id)| format!("{kind} {id}"),
    );
    let why = if same_data {
        "The data is the same: somebody changed the view, or the program changed."
    } else {
        "The data pack changed since the log's last entry."
    };
    print(&format!(
        "different: the first difference is at {place}\n{why} Run the same without --verify to make the view again.\n"
    ))?;
    Ok(Kind::SaysNo as u8)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn settings(place: impl Into<store::Place>) -> anyhow::Result<Settings> {
    let view = store::Reader::open(place)?;
    let [as_of, since, agreement, watermark, attribution] = SETTINGS.map(|key| view.meta(key));
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Ok(Settings {
        as_of: day(as_of?),
        since: day(since?),
        agreement: agreement?.filter(|id| !id.is_empty()),
        watermark: watermark?.unwrap_or_default(),
        attributing: attribution?
            .and_then(|word| agreements::Attributing::read(&word))
            .unwrap_or_default(),
    })
}

/// Writes the view: every record, then what it was made from, the checkpoint last.
pub(crate) fn write_view(
    place: impl Into<Place>,
    picture: &Picture,
    pack: &Pack,
    settings: &Settings,
    checkpoint: &str,
) -> anyhow::Result<()> {
    let hint = "Free some space, or run `truceline rebuild` once the cause is gone; the log is untouched.";
    let told = |error: store::StoreError| Fault::outside("could not write the view", hint, error);
    let mut view = store::View::open(place).map_err(told)?;
    view.replace_all(reports::records(picture)).map_err(told)?;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let values = [
        day(settings.as_of),
        day(settings.since),
        settings.agreement.clone().unwrap_or_default(),
        settings.watermark.clone(),
        settings.attributing.as_str().to_owned(),
    ];
    for (key, value) in SETTINGS.iter().zip(values) {
        view.set_meta(key, &value).map_err(told)?;
    }
    view.set_meta("data", &pack.hash).map_err(told)?;
    view.sign(checkpoint).map_err(told)?;
    Ok(())
}
