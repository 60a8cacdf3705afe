//! `truceline serve`: the workspace in a browser, and over HTTP for programs.

use super::{At, Common, demo, print};
use crate::fault::Fault;
use crate::pack::Pack;
use crate::progress::Progress;
use crate::{pipeline, workspace};
use clap::Args;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// One process, nothing else to install. The public reads what is published; the first start prints a link with
/// which the first account is made. Pages may be read into the workspace meanwhile.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen at; only this machine reaches the one that is used when none is given.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    #[command(flatten)]
    at: At,
    /// Address under which browsers reach the server, such as https://desk.example, when it stands behind another.
    #[arg(long, value_name = "URL", value_parser = origin)]
    origin: Option<String>,
    /// Read the demonstration's pages into the workspace first.
    #[arg(long)]
    demo: bool,
}

fn origin(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    let good = host.is_some_and(|host| {
        let named = host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
        !host.is_empty() && named
    });
    let told = || format!("\"{text}\" is not an address such as https://desk.example, without a path");
    good.then(|| text.to_owned()).ok_or_else(told)
}

/// Runs the command until it is stopped.
pub(crate) fn run(command: &Serve, common: Common) -> anyhow::Result<u8> {
    let dir = command.at.workspace.clone();
    if command.demo {
        let pack = Pack::load(common.data.as_deref())?;
        demo::read(&dir, &pack, &Progress::new(common.quiet))?;
    }
    drop(super::show::view(&dir)?);
    let settings = server::Settings {
        listen: command.listen,
        view: dir.join("view.sqlite"),
        desk: dir.join("desk.sqlite"),
        log: dir.join("log"),
        key: workspace::key(&dir)?,
        origin: command.origin.clone(),
    };
    let (data, data_for_trials) = (common.data.clone(), common.data);
    let view = dir.join("view.sqlite");
    let outside = server::Outside {
        now: Box::new(crate::clock::now),
        random: || crate::clock::random().map_err(|error| error.to_string()),
        tell: if common.quiet { |_| () } else { crate::fault::log },
        draw: Box::new(move || draw(&dir, data.clone()).map_err(|error| format!("{error:#}"))),
        try_agreement: Box::new(move |world, id, text| {
            try_agreement(&view, data_for_trials.as_deref(), world, id, text)
                .map_err(|error| format!("{error:#}"))
        }),
    };
    let server = server::Server::start(settings, outside).map_err(|error| {
        Fault::outside(
            "could not start the server",
            "If another one is at work in this workspace or at this address, stop it, or choose another with --listen.",
            error,
        )
    })?;
    let address = command
        .origin
        .clone()
        .unwrap_or_else(|| format!("http://{}", server.address()));
    let setup = match server.setup() {
        Some(word) => format!("make the first account: {address}/setup#{word}\n"),
        None => String::new(),
    };
    print(&format!("serving {address}/\n{setup}"))?;
    server.wait();
    Ok(0)
}

/// The picture that the view shows, read again from as much of the log as the view was made from.
fn draw(dir: &Path, data: Option<PathBuf>) -> anyhow::Result<server::World> {
    let pack = Pack::load(data.as_deref())?;
    let settings = super::rebuild::settings(&dir.join("view.sqlite"))?;
    let checkpoint = super::show::view(dir)?.meta("checkpoint")?.unwrap_or_default();
    let size = checkpoint
        .lines()
        .nth(1)
        .and_then(|line| line.parse().ok())
        .unwrap_or(0);
    let (_, reader) = workspace::reader(dir)?;
    let replay = workspace::replay_first(dir, &reader, &store::Blobs::open(dir)?, size)?;
    Ok(server::World {
        picture: pipeline::run(replay, &pack, &settings, &mut |_, _| {}),
        outline: pack.outlines,
        map: pack.map,
        crosswalk: pack.crosswalk,
        footer: super::assess::footer(&checkpoint),
        entries: workspace::entries(dir, &reader)?,
        texts: texts(data.as_deref())?,
    })
}

/// The text of each agreement.
fn texts(data: Option<&Path>) -> anyhow::Result<BTreeMap<String, String>> {
    let texts = crate::pack::files(data)?.into_iter().filter_map(|(file, text)| {
        let id = file
            .strip_prefix("agreements/")?
            .strip_suffix("/agreement.toml")?;
        Some((id.to_owned(), text))
    });
    Ok(texts.collect())
}

/// Judges the picture's incidents by another text of an agreement. Zones keep their shapes: where an incident lay was
/// decided when the picture was drawn.
fn try_agreement(
    view: &Path,
    data: Option<&Path>,
    world: &server::World,
    id: &str,
    text: &str,
) -> anyhow::Result<server::Tried> {
    let (pack, files) = Pack::read(data)?;
    let folder = format!("agreements/{id}/");
    let own: Vec<(String, String)> = files
        .into_iter()
        .filter_map(|(file, kept)| {
            let name = file.strip_prefix(&folder)?.to_owned();
            let text = if name == "agreement.toml" {
                text.to_owned()
            } else {
                kept
            };
            Some((name, text))
        })
        .collect();
    let (versions, faults) = agreements::parse(id, &own, &pack.known());
    let flaw = |kind: &str, fault: &model::DataFault| {
        let name = fault.file.rsplit('/').next().unwrap_or_default();
        let of = own
            .iter()
            .find(|(file, _)| file == name)
            .map(|(_, text)| text.as_str());
        server::Flaw {
            line: if name == "agreement.toml" { fault.line } else { 0 },
            what: fault.what.clone(),
            picture: super::agreement::picture(kind, fault, Path::new(name), of),
        }
    };
    let mut tried = server::Tried {
        faults: faults.iter().map(|fault| flaw("fault", fault)).collect(),
        ..server::Tried::default()
    };
    let settings = super::rebuild::settings(view)?;
    let (Some(agreement), Some(as_of), true) = (versions.first(), world.picture.as_of, faults.is_empty())
    else {
        return Ok(tried);
    };
    let remarks = agreements::check(agreement, &own);
    tried.remarks = remarks.iter().map(|fault| flaw("remark", fault)).collect();
    let judged = agreements::assess(
        &world.picture.incidents,
        agreement,
        as_of,
        settings.attributing,
        pack.actors(),
    );
    let before: Vec<model::Finding> = world
        .picture
        .findings
        .iter()
        .filter(|it| it.agreement.as_str() == id)
        .cloned()
        .collect();
    let verdicts = |all: &[model::Finding]| -> Vec<(String, model::Verdict)> {
        all.iter()
            .map(|it| (it.incident.to_string(), it.verdict))
            .collect()
    };
    (tried.before, tried.after) = (verdicts(&before), verdicts(&judged.findings));
    tried.turns = super::reassess::told(&before, &judged.findings);
    Ok(tried)
}
