//! What every call works with: the view, the accounts, the log, and what the binary hands in.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use model::record::DecisionForm;
use model::{ForeignVersions, Picture};
use sha2::{Digest as _, Sha256};
use store::{Desk, Place, Reader, Restriction, StoreError, Tables};
use tokio::sync::watch;

use crate::answer::Refusal;
use crate::gate::Gate;
use crate::imports::{Kept, Looked, Unread, Upload};
use crate::metrics::Metrics;
use crate::policy::Role;
use crate::record::Privacy;
use crate::review::Foreseen;
use crate::route::Trouble;
use crate::shutter::Shutter;
use crate::trial::Tried;

/// What is served, and where it lies.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address to listen at.
    pub listen: SocketAddr,
    /// Where the view lies.
    pub view: Place,
    /// Where accounts, sessions and restrictions lie; made when they are not there.
    pub desk: Place,
    /// The folder of the log.
    pub log: PathBuf,
    /// The log's public key.
    pub key: ledger::VerifierKey,
    /// Address under which browsers reach the server, such as `https://desk.example`, when it stands behind
    /// another one; nothing when they reach it directly.
    pub origin: Option<String>,
    /// Kinds of decision for which people must show again who they are.
    pub proven: BTreeSet<String>,
}

/// Logs a decision: who makes it, the decision, the reason; gives the id of the ruling.
pub type Rule = dyn Fn(&str, &DecisionForm, &str) -> Result<String, Unruled> + Send + Sync;

/// What a decision would change: who makes it, the decision, the reason. Nothing is logged.
pub type Foresee = dyn Fn(&str, &DecisionForm, &str) -> Result<Foreseen, Unruled> + Send + Sync;

/// Rows of tables of others that the log holds.
pub type Rows = dyn Fn() -> Result<ForeignVersions, String> + Send + Sync;

/// Reads a table of others, and keeps nothing.
pub type Look = dyn Fn(&Upload<'_>) -> Result<Looked, Unread> + Send + Sync;

/// Reads a table of others, and logs it.
pub type Keep = dyn Fn(&Upload<'_>) -> Result<Kept, Unread> + Send + Sync;

/// Judges the incidents of a picture by another text of the agreement of a key.
pub type Trial = dyn Fn(&World, &str, &str) -> Result<Tried, String> + Send + Sync;

/// What the server cannot do itself: it reads no clock, makes no randomness, prints nothing, and reads no pages.
pub struct Outside {
    /// Now.
    pub now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Thirty-two random bytes.
    pub random: fn() -> Result<[u8; 32], String>,
    /// Takes a line of the server's log, a JSON object.
    pub tell: fn(&str),
    /// Brings the view up to what the workspace holds, where the two lie apart. Called once a second.
    pub follow: Box<dyn Fn() -> Result<(), String> + Send + Sync>,
    /// Logs a decision. The view follows by itself.
    pub rule: Box<Rule>,
    /// What a decision would change.
    pub foresee: Box<Foresee>,
    /// Rows of tables of others.
    pub foreign: Box<Rows>,
    /// How a table of others would be read.
    pub look_at_table: Box<Look>,
    /// Takes in a table of others.
    pub keep_table: Box<Keep>,
    /// The picture that the view now shows, drawn from the log.
    pub draw: Box<dyn Fn() -> Result<World, String> + Send + Sync>,
    /// Judges the incidents of a picture by another text of the agreement of this key; keeps nothing.
    pub try_agreement: Box<Trial>,
}

/// Why a decision was not logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unruled {
    /// It cannot be made, in words for whoever makes it.
    Refused(String),
    /// Something else is at work on the log.
    Busy,
    /// Something on our side, in words for the server's log.
    Failed(String),
}

/// The picture, and what the forms of it need beside.
#[derive(Debug)]
pub struct World {
    /// The picture.
    pub picture: Picture,
    /// Outlines to draw on, as a GeoJSON feature collection.
    pub outline: String,
    /// The same, as the report draws it.
    pub map: reports::MapOutline,
    /// Codes of other tables for our acts.
    pub crosswalk: reports::Crosswalk,
    /// Lines at the end of the report.
    pub footer: Vec<String>,
    /// Number of the log's entry of each document, by the document's id.
    pub entries: BTreeMap<String, u64>,
    /// The text of each agreement that is judged by, by its key.
    pub texts: BTreeMap<String, String>,
}

/// Everything that is withheld, and what is made coarser.
type Withheld = (Vec<Restriction>, Option<Privacy>);

/// Shutters by role, for one state of the view and one set of restrictions.
type Shutters = (String, BTreeMap<Role, Arc<Shutter>>);

/// Everything behind the routes.
pub(crate) struct House {
    pub(crate) settings: Settings,
    pub(crate) outside: Outside,
    pub(crate) gate: Gate,
    pub(crate) metrics: Metrics,
    pub(crate) states: watch::Sender<String>,
    /// The OpenAPI document.
    pub(crate) description: String,
    /// Hash of the one-time word of the set-up link, until it is used.
    pub(crate) setup: Mutex<Option<[u8; 32]>>,
    /// A password hash that no password has, so that a name that is not known takes as long as one that is.
    pub(crate) nobody: String,
    desk: Mutex<Desk>,
    readers: Mutex<Vec<Reader>>,
    tables: Arc<Tables>,
    world: Mutex<Option<(String, Arc<World>)>>,
    drawing: Mutex<()>,
    /// Rows of tables of others, and how long the log was that they were read from.
    foreign: Mutex<Option<(u64, Arc<ForeignVersions>)>>,
    shutters: Mutex<Shutters>,
    /// Everything that is withheld, until something changes it or a second has gone by.
    restrictions: Mutex<Option<Arc<Withheld>>>,
    /// Held while an agreement or a decision is tried.
    pub(crate) trying: Mutex<()>,
}

/// How many idle connections to the view are kept: one for each call that may be at work.
///
/// Lower it and a busy desk makes connections and lets them go all the time, which on a server takes longer than most
/// answers; more would never be used.
const READERS_KEPT_MAX: usize = crate::guard::CALLS_MAX;

impl House {
    pub(crate) fn new(
        settings: Settings,
        outside: Outside,
        desk: Desk,
        description: String,
        states: watch::Sender<String>,
    ) -> Result<Self, String> {
        let salt = (outside.random)()?;
        let nobody = crate::password::hash(&hex(&(outside.random)()?), &salt)?;
        Ok(Self {
            settings,
            outside,
            gate: Gate::default(),
            metrics: Metrics::default(),
            states,
            description,
            setup: Mutex::new(None),
            nobody,
            desk: Mutex::new(desk),
            readers: Mutex::default(),
            tables: Arc::default(),
            world: Mutex::default(),
            drawing: Mutex::default(),
            foreign: Mutex::default(),
            shutters: Mutex::default(),
            restrictions: Mutex::default(),
            trying: Mutex::default(),
        })
    }

    pub(crate) fn now_s(&self) -> i64 {
        (self.outside.now)().as_second()
    }

    pub(crate) fn random(&self) -> Result<[u8; 32], Trouble> {
        (self.outside.random)().map_err(Trouble::Ours)
    }

    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        locked(&self.desk)
    }

    /// Asks several things of one state of the view.
    pub(crate) fn look<T>(
        &self,
        questions: impl FnOnce(&Reader) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let kept = locked(&self.readers).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => Reader::sharing(&self.settings.view, &self.tables)?,
        };
        let answer = reader.at_once(questions);
        // A connection on which something failed may be a broken one.
        let mut readers = locked(&self.readers);
        if readers.len() < READERS_KEPT_MAX && !matches!(answer, Err(Trouble::Store(_))) {
            readers.push(reader);
        }
        answer
    }

    /// Lets go of the connections to the view, once nothing serves any more.
    pub(crate) fn close(&self) {
        locked(&self.readers).clear();
    }

    /// Everything that is withheld. Every call asks for it, and all share one connection to the desk.
    fn restrictions(&self) -> Result<Arc<Withheld>, Trouble> {
        // Held while reading: what somebody withholds meanwhile is forgotten here after it is written there.
        let mut kept = locked(&self.restrictions);
        if let Some(restrictions) = &*kept {
            return Ok(Arc::clone(restrictions));
        }
        let restrictions = {
            let desk = self.desk();
            Arc::new((desk.restrictions()?, crate::settings::of(&desk)?.privacy))
        };
        *kept = Some(Arc::clone(&restrictions));
        Ok(restrictions)
    }

    /// From now on what is withheld is read anew.
    pub(crate) fn forget_restrictions(&self) {
        *locked(&self.restrictions) = None;
    }

    /// What the role does not see in the state that the reader looks at.
    pub(crate) fn shutter(&self, reader: &Reader, role: Role) -> Result<Arc<Shutter>, Trouble> {
        let restrictions = self.restrictions()?;
        let key = format!("{:?} {restrictions:?}", reader.state()?);
        {
            let mut kept = locked(&self.shutters);
            if kept.0 != key {
                *kept = (key.clone(), BTreeMap::new());
            }
            if let Some(shutter) = kept.1.get(&role) {
                return Ok(Arc::clone(shutter));
            }
        }
        let shutter = Arc::new(Shutter::of(
            reader,
            &restrictions.0,
            restrictions.1.as_ref(),
            role,
        )?);
        let mut kept = locked(&self.shutters);
        if kept.0 == key {
            kept.1.insert(role, Arc::clone(&shutter));
        }
        Ok(shutter)
    }

    /// The picture behind the state of the view now, drawn when it is first asked for.
    pub(crate) fn world(&self, state: &str) -> Result<Arc<World>, Trouble> {
        let known = |kept: &Option<(String, Arc<World>)>| {
            let of_state = kept.as_ref().filter(|(drawn, _)| drawn == state);
            of_state.map(|(_, world)| Arc::clone(world))
        };
        if let Some(world) = known(&locked(&self.world)) {
            return Ok(world);
        }
        // Held while drawing: a second asker waits for the same picture instead of drawing it again.
        let _drawing = locked(&self.drawing);
        if let Some(world) = known(&locked(&self.world)) {
            return Ok(world);
        }
        let world = Arc::new((self.outside.draw)().map_err(Trouble::Ours)?);
        *locked(&self.world) = Some((state.to_owned(), Arc::clone(&world)));
        Ok(world)
    }

    /// The newest picture that is drawn already; a newer one may be under way.
    pub(crate) fn drawn(&self) -> Option<Arc<World>> {
        let kept = locked(&self.world);
        kept.as_ref().map(|(_, world)| Arc::clone(world))
    }

    /// Rows of tables of others; read again when the log has grown.
    pub(crate) fn foreign(&self) -> Result<Arc<ForeignVersions>, Trouble> {
        let size = self.log()?.size();
        let mut kept = locked(&self.foreign);
        if let Some((_, versions)) = kept.as_ref().filter(|(of, _)| *of == size) {
            return Ok(Arc::clone(versions));
        }
        let versions = Arc::new((self.outside.foreign)().map_err(Trouble::Ours)?);
        *kept = Some((size, Arc::clone(&versions)));
        Ok(versions)
    }

    /// The log, for reading.
    pub(crate) fn log(&self) -> Result<ledger::Reader, Trouble> {
        Ok(ledger::Reader::open(&self.settings.log, &self.settings.key)?)
    }

    /// A line for the server's log.
    pub(crate) fn tell(&self, line: &serde_json::Value) {
        (self.outside.tell)(&line.to_string());
    }

    /// What a trouble looks like from outside; what only we should know goes to the log.
    pub(crate) fn refusal(&self, trouble: Trouble) -> Refusal {
        let (words, refusal) = match trouble {
            Trouble::Refused(refusal) => return refusal,
            Trouble::Store(error @ StoreError::InUse { .. }) => (chain(&error), busy()),
            Trouble::Store(error) => (chain(&error), Refusal::internal()),
            Trouble::Ledger(error) => (chain(&error), Refusal::internal()),
            Trouble::Ours(words) => (words, Refusal::internal()),
        };
        self.tell(&serde_json::json!({ "level": "error", "what": words }));
        refusal
    }
}

pub(crate) fn busy() -> Refusal {
    Refusal::new(
        crate::answer::Code::Busy,
        "the server has its hands full",
        "Ask again after the time in Retry-After.",
    )
    .wait(2)
}

/// A lock, also after somebody panicked while holding it: what lies behind ours is whole between calls.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut at = error.source();
    while let Some(cause) = at {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        at = cause.source();
    }
    words
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Random bytes as a word for an address or a cookie.
pub(crate) fn word(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
