//! `truceline serve`: the workspace in a browser, and over HTTP for programs.

use super::{At, Common, demo, print};
use crate::fault::Fault;
use crate::pack::Pack;
use crate::pipeline::{self, Reading, Settings};
use crate::progress::Progress;
use crate::workspace::{self, Replay, Workspace};
use clap::Args;
use model::record::DecisionForm;
use model::{Decision, Rulings};
use server::Unruled;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;
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
pub(super) fn database(text: &str) -> Result<Place, String> {
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
        take_over(&file, &view).map_err(|error| {
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
        proven: Pack::load(common.data.as_deref())?.rulings.proven,
    };
    let (apart, taken) = (command.database.is_some(), Mutex::default());
    let work = Arc::new(Work {
        dir,
        data: common.data,
        view: view.clone(),
        read: Mutex::default(),
        deciding: Mutex::default(),
    });
    let (changed, waiting) = mpsc::channel();
    let tell: fn(&str) = if common.quiet { |_| () } else { crate::fault::log };
    follow(Arc::clone(&work), waiting, tell);
    let (drawing, ruling, trying) = (Arc::clone(&work), Arc::clone(&work), Arc::clone(&work));
    let foreseeing = Arc::clone(&work);
    let (listing, looking, keeping) = (Arc::clone(&work), Arc::clone(&work), work);
    let outside = server::Outside {
        now: Box::new(crate::clock::now),
        random: || crate::clock::random().map_err(|error| error.to_string()),
        tell,
        follow: Box::new(move || match apart {
            true => take_over_changes(&file, &view, &taken)
                .map_err(|error| format!("{:#}", anyhow::Error::from(error))),
            false => Ok(()),
        }),
        rule: Box::new(move |who, decision, because| {
            let id = ruling.rule(who, decision, because)?;
            // Nobody waits only when the program ends.
            changed.send(()).ok();
            Ok(id)
        }),
        foresee: Box::new(move |who, decision, because| foreseeing.foresee(who, decision, because)),
        foreign: Box::new(move || {
            let versions = crate::tables::versions(&listing.dir);
            versions
                .map(|(versions, _)| versions)
                .map_err(|error| format!("{error:#}"))
        }),
        look_at_table: Box::new(move |upload| super::upload::look(upload, looking.data.as_deref())),
        keep_table: Box::new(move |upload| {
            let _one_at_a_time = keeping.deciding.lock().unwrap_or_else(PoisonError::into_inner);
            super::upload::keep(upload, &keeping.dir, keeping.data.as_deref())
        }),
        draw: Box::new(move || drawing.draw().map_err(|error| format!("{error:#}"))),
        try_agreement: Box::new(move |world, id, text| {
            let view = trying.dir.join("view.sqlite");
            super::trial::try_agreement(&view, trying.data.as_deref(), world, id, text)
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

/// Fills the view on a server from that of the workspace, unless it holds the same already.
fn take_over(file: &Path, to: &Place) -> Result<(), StoreError> {
    let from = store::Reader::open(file)?;
    store::View::open(to)?.replace_with(&from).map(drop)
}

/// The same, asking the server only when the workspace's view is in another state than it was.
fn take_over_changes(file: &Path, to: &Place, taken: &Mutex<Option<String>>) -> Result<(), StoreError> {
    let state = store::Reader::open(file)?.state()?;
    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    if *taken != state {
        take_over(file, to)?;
        *taken = state;
    }
    Ok(())
}

/// Whether something else is at work on the log.
pub(super) fn is_in_use(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        matches!(
            cause.downcast_ref::<ledger::LedgerError>(),
            Some(ledger::LedgerError::InUse { .. })
        )
    })
}

/// Fills the view anew after rulings, all that came meanwhile at once.
fn follow(work: Arc<Work>, waiting: mpsc::Receiver<()>, tell: fn(&str)) {
    std::thread::spawn(move || {
        while waiting.recv().is_ok() {
            // Another at work on the log is done before long; it does not read what is not in the log yet.
            for _ in 0..REFILLS_MAX {
                while waiting.try_recv().is_ok() {}
                match work.refill() {
                    Ok(false) => break,
                    Ok(true) => {}
                    Err(error) => {
                        tell(&serde_json::json!({ "level": "error", "what": format!("the view does not follow yet: {error:#}") }).to_string());
                        waiting.recv_timeout(REFILL_WAIT).ok();
                    }
                }
            }
        }
    });
}

/// How often the view is filled anew when that fails, and how long between.
///
/// 120 times a second apart: a large set of pages is read in within two minutes. What is not in the view by then
/// comes with the next ruling, or with `truceline rebuild`.
const REFILLS_MAX: usize = 120;
const REFILL_WAIT: Duration = Duration::from_secs(1);

/// The workspace as the server works with it.
struct Work {
    dir: PathBuf,
    data: Option<PathBuf>,
    /// The view that is served: that of the workspace, or one on a server that follows it.
    view: Place,
    /// What was read last, and from what: it is read again only when that changes.
    read: Mutex<Option<(String, Reading)>>,
    /// Held while a decision is logged.
    deciding: Mutex<()>,
}

impl Work {
    /// What the first entries of the log tell, and the rulings among them.
    fn reading(&self, replay: Replay, pack: &Pack, settings: &Settings) -> (Reading, Rulings) {
        let rulings = replay.rulings(pack);
        let mut key = format!("{} {settings:?} {:?}", pack.hash, replay.notes);
        for page in &replay.pages {
            key.push_str(page.id().as_str());
        }
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((from, reading)) if *from == key => (reading.clone(), rulings),
            _ => {
                let reading = pipeline::reading(&replay.pages, replay.notes, pack, settings, &mut |_, _| {});
                *kept = Some((key, reading.clone()));
                (reading, rulings)
            }
        }
    }

    /// The picture that the view shows, from as much of the log as the view was made from.
    fn draw(&self) -> anyhow::Result<server::World> {
        let pack = Pack::load(self.data.as_deref())?;
        let settings = super::rebuild::settings(&self.view)?;
        let checkpoint = store::Reader::open(&self.view)?
            .meta("checkpoint")?
            .unwrap_or_default();
        let size = checkpoint
            .lines()
            .nth(1)
            .and_then(|line| line.parse().ok())
            .unwrap_or(0);
        let (_, reader) = workspace::reader(&self.dir)?;
        let replay = workspace::replay_first(&self.dir, &reader, &store::Blobs::open(&self.dir)?, size)?;
        let (reading, rulings) = self.reading(replay, &pack, &settings);
        Ok(server::World {
            picture: reading.judged(&pack, &settings, &rulings),
            outline: pack.outlines,
            map: pack.map,
            crosswalk: pack.crosswalk,
            footer: super::assess::footer(&checkpoint),
            entries: workspace::entries(&self.dir, &reader)?,
            texts: super::trial::texts(self.data.as_deref())?,
        })
    }

    /// What a decision would change in what the log tells now.
    fn foresee(
        &self,
        who: &str,
        decision: &DecisionForm,
        because: &str,
    ) -> Result<server::Foreseen, Unruled> {
        let failed = |error: anyhow::Error| Unruled::Failed(format!("{error:#}"));
        let decision = decision.read().map_err(Unruled::Refused)?;
        let pack = Pack::load(self.data.as_deref()).map_err(failed)?;
        let view = self.dir.join("view.sqlite");
        let settings = super::rebuild::settings(&view).map_err(failed)?;
        let replay = || {
            let (_, reader) = workspace::reader(&self.dir)?;
            workspace::replay(&self.dir, &reader, &store::Blobs::open(&self.dir)?)
        };
        let (reading, mut rulings) = self.reading(replay().map_err(failed)?, &pack, &settings);
        let before = reading.clone().judged(&pack, &settings, &rulings);
        let words = reading.words(&decision);
        let ruling = crate::ruling::unsigned(who, because, decision, words).map_err(failed)?;
        rulings.list.push(ruling.clone());
        let after = reading.judged(&pack, &settings, &rulings);
        Ok(super::ruling::foreseen(&before, &after, &ruling.id))
    }

    /// Logs a decision; the view is to follow.
    fn rule(&self, who: &str, decision: &DecisionForm, because: &str) -> Result<String, Unruled> {
        let failed = |error: anyhow::Error| match is_in_use(&error) {
            true => Unruled::Busy,
            false => Unruled::Failed(format!("{error:#}")),
        };
        let _one_at_a_time = self.deciding.lock().unwrap_or_else(PoisonError::into_inner);
        let decision = decision.read().map_err(Unruled::Refused)?;
        let pack = Pack::load(self.data.as_deref()).map_err(failed)?;
        let mut workspace = Workspace::open(&self.dir, &|_| {}).map_err(failed)?;
        let settings = super::rebuild::settings(workspace.view_path()).map_err(failed)?;
        let replay = workspace.replay().map_err(failed)?;
        let (reading, rulings) = self.reading(replay, &pack, &settings);
        if let Decision::Undo { ruling } = &decision
            && !rulings.list.iter().any(|earlier| earlier.id == *ruling)
        {
            return Err(Unruled::Refused(format!("there is no ruling {ruling}")));
        }
        let words = reading.words(&decision);
        let ruling = crate::ruling::log(&mut workspace, who, because, decision, words).map_err(failed)?;
        Ok(ruling.id.to_string())
    }

    /// Fills the view with everything that the log holds; whether it held more when that was done.
    fn refill(&self) -> anyhow::Result<bool> {
        let pack = Pack::load(self.data.as_deref())?;
        let view = self.dir.join("view.sqlite");
        let settings = super::rebuild::settings(&view)?;
        // Only read: whoever takes in pages, or decides, is not held up.
        let (_, reader) = workspace::reader(&self.dir)?;
        let replay = workspace::replay(&self.dir, &reader, &store::Blobs::open(&self.dir)?)?;
        let (reading, rulings) = self.reading(replay, &pack, &settings);
        let picture = reading.judged(&pack, &settings, &rulings);
        super::rebuild::write_view(&view, &picture, &pack, &settings, &reader.signed_checkpoint())?;
        Ok(workspace::reader(&self.dir)?.1.size() > reader.size())
    }
}
