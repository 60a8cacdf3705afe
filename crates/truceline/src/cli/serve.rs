//! `truceline serve`: the workspace in a browser, and over HTTP for programs.

use super::{At, Common, demo, print};
use crate::fault::Fault;
use crate::pack::Pack;
use crate::progress::Progress;
use crate::{pipeline, workspace};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use store::{Place, StoreError};

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
    /// Keep records and accounts in this PostgreSQL database, such as postgres://truceline@localhost/monitor, or in the
    /// one whose address stands in this file. The log and the pages stay in the workspace.
    #[arg(long, value_name = "ADDRESS|FILE", value_parser = database)]
    database: Option<Place>,
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

/// A file keeps a password out of the list of processes.
fn database(text: &str) -> Result<Place, String> {
    let is_address = text.contains("://");
    let address = match is_address {
        true => text.to_owned(),
        false => std::fs::read_to_string(text).map_err(|error| format!("{text}: {error}"))?,
    };
    address
        .trim()
        .parse()
        .map_err(|error: StoreError| error.to_string())
}

/// Runs the command until it is stopped.
pub(crate) fn run(command: &Serve, common: Common) -> anyhow::Result<u8> {
    let dir = command.at.workspace.clone();
    if command.demo {
        let pack = Pack::load(common.data.as_deref())?;
        demo::read(&dir, &pack, &Progress::new(common.quiet))?;
    }
    drop(super::show::view(&dir)?);
    let file = dir.join("view.sqlite");
    let (view, desk) = match &command.database {
        Some(place) => (place.clone(), place.clone()),
        None => (Place::from(&file), Place::from(dir.join("desk.sqlite"))),
    };
    if command.database.is_some() {
        follow(&file, &view).map_err(|error| {
            Fault::outside(
                format!("could not fill the database {view}"),
                "See that the server runs, that the database is there, and that its user may make a schema in it.",
                error,
            )
        })?;
    }
    let settings = server::Settings {
        listen: command.listen,
        view: view.clone(),
        desk,
        log: dir.join("log"),
        key: workspace::key(&dir)?,
        origin: command.origin.clone(),
    };
    let data = common.data;
    let (apart, to) = (command.database.is_some(), view.clone());
    let taken = Mutex::default();
    let outside = server::Outside {
        now: crate::clock::now,
        random: || crate::clock::random().map_err(|error| error.to_string()),
        tell: if common.quiet { |_| () } else { crate::fault::log },
        follow: Box::new(move || match apart {
            true => follow_changes(&file, &to, &taken)
                .map_err(|error| format!("{:#}", anyhow::Error::from(error))),
            false => Ok(()),
        }),
        draw: Box::new(move || draw(&dir, &view, data.clone()).map_err(|error| format!("{error:#}"))),
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

/// Fills the view on a server from that of the workspace, unless it holds the same already.
fn follow(file: &Path, to: &Place) -> Result<(), StoreError> {
    let from = store::Reader::open(file)?;
    store::View::open(to)?.replace_with(&from).map(drop)
}

/// The same, asking the server only when the workspace's view is in another state than it was.
fn follow_changes(file: &Path, to: &Place, taken: &Mutex<Option<String>>) -> Result<(), StoreError> {
    let state = store::Reader::open(file)?.state()?;
    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    if *taken != state {
        follow(file, to)?;
        *taken = state;
    }
    Ok(())
}

/// The picture that the view shows, read again from as much of the log as the view was made from.
fn draw(dir: &Path, view: &Place, data: Option<PathBuf>) -> anyhow::Result<server::World> {
    let pack = Pack::load(data.as_deref())?;
    let settings = super::rebuild::settings(view)?;
    let checkpoint = store::Reader::open(view)?.meta("checkpoint")?.unwrap_or_default();
    let size = checkpoint
        .lines()
        .nth(1)
        .and_then(|line| line.parse().ok())
        .unwrap_or(0);
    let (_, reader) = workspace::reader(dir)?;
    let replay = workspace::replay_first(dir, &reader, &store::Blobs::open(dir)?, size)?;
    Ok(server::World {
        picture: pipeline::run(&replay.pages, replay.notes, &pack, &settings, &mut |_, _| {}),
        outline: pack.outlines,
        map: pack.map,
        crosswalk: pack.crosswalk,
        footer: super::assess::footer(&checkpoint),
        entries: workspace::entries(dir, &reader)?,
    })
}
