//! Starting the server, the connections that come in, and the watch for new states of the view.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, watch};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_service::Service as _;

use crate::house::{House, Outside, Settings, locked, sha256, word};
use crate::{guard, hooks, openapi, routes};

/// Connections at once, and from one address.
///
/// 1,024 and 256: open files of an ordinary limit, and a room of people behind one address. A flood from one
/// address leaves three quarters to the others.
const CONNECTIONS_MAX: usize = 1_024;
const CONNECTIONS_FROM_ONE_MAX: usize = 256;

/// How long the head of a request may take to arrive.
///
/// 10 s: a slow line needs one. Raise it and a few hundred idle connections shut everybody out.
const HEAD_WAIT_MAX: Duration = Duration::from_secs(10);

/// How often the view is looked at for a new state.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened at.
    #[error("could not listen at {listen}")]
    Listen {
        /// The address.
        listen: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The view or the accounts cannot be read.
    #[error("could not open the view or the accounts")]
    Store(#[from] store::StoreError),
    /// Something that the binary was asked for.
    #[error("{0}")]
    Outside(String),
}

/// A server at work. It stops when this value goes.
pub struct Server {
    /// Goes first: what waits for a database must not be dropped by what serves.
    runtime: Option<Runtime>,
    house: Arc<House>,
    address: SocketAddr,
    setup: Option<String>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(STOP_WAIT_MAX);
        }
        self.house.close();
    }
}

/// How long calls at work may go on after the server was told to stop.
///
/// 2 s: far longer than nearly all take; whoever asked for more has gone away with the server.
const STOP_WAIT_MAX: Duration = Duration::from_secs(2);

impl Server {
    /// Starts serving.
    ///
    /// # Errors
    /// When the address, the view or the accounts cannot be opened.
    pub fn start(settings: Settings, outside: Outside) -> Result<Self, ServeError> {
        let listen = settings.listen;
        let wrong = |source| ServeError::Listen { listen, source };
        let state = store::Reader::open(&settings.view)?.state()?.unwrap_or_default();
        let desk = store::Desk::open(&settings.desk)?;
        let is_new = desk.accounts()?.is_empty();
        let (states, _) = watch::channel(state);
        let house =
            House::new(settings, outside, desk, description(), states).map_err(ServeError::Outside)?;
        let setup = match is_new {
            true => Some(word(&(house.outside.random)().map_err(ServeError::Outside)?)),
            false => None,
        };
        *locked(&house.setup) = setup.as_ref().map(|word| sha256(word.as_bytes()));
        let house = Arc::new(house);
        let runtime = Builder::new_multi_thread().enable_all().build().map_err(wrong)?;
        let listener = runtime.block_on(TcpListener::bind(listen)).map_err(wrong)?;
        let address = listener.local_addr().map_err(wrong)?;
        runtime.spawn(watch_view(Arc::clone(&house)));
        runtime.spawn(hooks::watch(Arc::clone(&house)));
        runtime.spawn(take_in(Arc::clone(&house), listener));
        Ok(Self {
            runtime: Some(runtime),
            house,
            address,
            setup,
        })
    }

    /// The address that it listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The one-time word with which the first account is made; nothing once there is one.
    pub fn setup(&self) -> Option<&str> {
        self.setup.as_deref()
    }

    /// Serves until the program is asked to stop.
    pub fn wait(self) {
        let Some(runtime) = &self.runtime else {
            return;
        };
        runtime.block_on(async {
            // Where the system gives no such signal, it ends the program by itself.
            let _ = tokio::signal::ctrl_c().await;
        });
    }
}

/// The OpenAPI document.
pub fn description() -> String {
    openapi::document(routes::all()).to_string()
}

/// A route with those who may use it, for tests and for whoever reviews them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The method.
    pub method: &'static str,
    /// The path, with names between braces.
    pub path: &'static str,
    /// The roles that may use it.
    pub roles: Vec<&'static str>,
    /// Whether it takes a body.
    pub body: bool,
    /// Kind of record that it is about; empty when none.
    pub kind: &'static str,
}

/// Every route there is.
pub fn declared() -> Vec<Declared> {
    let all = routes::all().iter().map(|route| Declared {
        method: route.verb.as_str(),
        path: route.path,
        roles: route.policy.roles().collect(),
        body: route.body.is_any(),
        kind: route.kind,
    });
    all.collect()
}

/// Tells whoever listens when the view is in a new state.
async fn watch_view(house: Arc<House>) {
    loop {
        let looking = Arc::clone(&house);
        let state = tokio::task::spawn_blocking(move || {
            // Only this server writes them; should another have come in its place, that is known within a second.
            looking.forget_restrictions();
            looking.desk().forget_read();
            // Told and tried again: readers go on with what the view holds.
            if let Err(words) = (looking.outside.follow)() {
                looking.tell(&serde_json::json!({ "level": "error", "what": words }));
            }
            let state = looking.look(|reader| Ok(reader.state()?.unwrap_or_default()))?;
            // Read and drawn before anybody asks for it, so that a new state comes at once.
            let incidents = store::Filter {
                kind: "incident".to_owned(),
                ..store::Filter::default()
            };
            looking.look(|reader| Ok(reader.keep(&incidents).map(drop)?))?;
            looking.world(&state).map(|_| state)
        });
        let state = state.await;
        // A view that is being written, or cannot be read now, is looked at again.
        if let Ok(Ok(state)) = state {
            house.states.send_if_modified(|known| {
                let is_new = *known != state;
                *known = state;
                is_new
            });
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Connections by address.
type Counts = Arc<Mutex<BTreeMap<IpAddr, usize>>>;

/// A connection's place among those of its address, given back when it ends.
struct Place(Counts, IpAddr);

impl Place {
    fn taken(counts: &Counts, address: IpAddr) -> Option<Self> {
        let mut all = locked(counts);
        let count = all.entry(address).or_default();
        if *count >= CONNECTIONS_FROM_ONE_MAX {
            return None;
        }
        *count += 1;
        Some(Self(Arc::clone(counts), address))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = locked(&self.0);
        if let Some(count) = all.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.1);
            }
        }
    }
}

/// Least bytes of an answer that is sent packed. Answers with a secret of a session are shorter: a packed one would
/// tell by its length how like something else it is.
const PACKED_MIN: u64 = 1_024;

/// Packs texts for those who take them packed; never pictures and never a stream of events.
fn packing() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(PACKED_MIN)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE);
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth_it)
}

async fn take_in(house: Arc<House>, listener: TcpListener) {
    let router = guard::router(&house, routes::all()).layer(packing());
    let open = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let counts = Counts::default();
    loop {
        // Whoever finds no place waits in the system's queue.
        let Ok(permit) = Arc::clone(&open).acquire_owned().await else {
            return;
        };
        let Ok((stream, from)) = listener.accept().await else {
            // Out of files, most likely: let some go first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Some(place) = Place::taken(&counts, from.ip()) else {
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            serve(router, stream, from).await;
            drop((permit, place));
        });
    }
}

async fn serve(router: axum::Router, stream: TcpStream, from: SocketAddr) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(guard::From(from));
        router.clone().call(request)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WAIT_MAX)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the other side's affair.
    let _ = connection.await;
}
