//! What stands in front of every call: limits, who asks, whether the policy admits them, whether the request
//! comes from our own pages; and behind it: headers, a line for the log, a count.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, RawPathParams, Request};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::routing::{MethodFilter, MethodRouter};
use axum::{RequestExt as _, http};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::answer::{Code, Refusal, put};
use crate::house::{House, busy};
use crate::policy::Role;
use crate::route::{Asked, Care, Route, Takes, Verb, checked};
use crate::{session, web};

/// Longest body of a request, in bytes.
///
/// 64 KiB: the longest form is a hundred times shorter. Raise it and a flood of bodies costs memory.
const BODY_BYTES_MAX: usize = 65_536;

/// Longest file that is sent as a body, in bytes, and how long it may take to arrive.
///
/// 64 MiB and ten minutes: 100,000 rows of ACLED have some 40 MB, and a slow line carries 1 Mbit/s. It is held in
/// memory, so raise it only where there is some; larger tables are taken in with `truceline import`.
pub(crate) const FILE_BYTES_MAX: usize = 64 << 20;
const FILE_WAIT_MAX: Duration = Duration::from_secs(600);

/// Files that arrive or are read at once; whoever comes third is asked to come again.
const FILES_MAX: usize = 2;

/// How long a body may take to arrive, and a call to answer.
///
/// 10 s and 30 s: far beyond what any call takes on a small machine; whoever waits longer has gone away.
const BODY_WAIT_MAX: Duration = Duration::from_secs(10);
const CALL_WAIT_MAX: Duration = Duration::from_secs(30);

/// Calls at work at once, and how long one more waits for its turn.
///
/// 32 and 2 s: the work is done by the processor and one disk, so more at once only makes all slower.
pub(crate) const CALLS_MAX: usize = 32;
const TURN_WAIT_MAX: Duration = Duration::from_secs(2);

/// What every page of ours may load: only what we serve. No exceptions.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; \
    manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Address of whoever asks, as the connection says; headers that claim another are not believed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From(pub(crate) SocketAddr);

/// The router made from the declared routes, and nothing else.
pub(crate) fn router(house: &Arc<House>, routes: &'static [Route]) -> Router {
    let turns = Turns {
        calls: Arc::new(Semaphore::new(CALLS_MAX)),
        files: Arc::new(Semaphore::new(FILES_MAX)),
    };
    let mut router = Router::new();
    let mut paths: Vec<&'static str> = routes.iter().map(|route| route.path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let mut methods = MethodRouter::new();
        for route in routes.iter().filter(|route| route.path == path) {
            let (house, turns) = (Arc::clone(house), turns.clone());
            let filter = match route.verb {
                Verb::Get => MethodFilter::GET,
                Verb::Post => MethodFilter::POST,
                Verb::Put => MethodFilter::PUT,
                Verb::Delete => MethodFilter::DELETE,
            };
            methods = methods.on(filter, move |request: Request| {
                admit(Arc::clone(&house), turns.clone(), route, request)
            });
        }
        let known = Arc::clone(house);
        methods = methods.fallback(move |request: Request| {
            let allowed: Vec<_> = routes
                .iter()
                .filter(|route| route.path == path)
                .map(|route| route.verb.as_str())
                .collect();
            let refusal = Refusal::new(
                Code::WrongMethod,
                "this is not done here",
                "See the header Allow.",
            );
            let mut response = refusal.response();
            put(&mut response, header::ALLOW, &allowed.join(", "));
            let done = done(
                &known,
                &request,
                "(method)",
                response,
                None,
                (known.outside.now)(),
            );
            async move { done }
        });
        router = router.route(path, methods);
    }
    let known = Arc::clone(house);
    router.fallback(move |request: Request| {
        let begun = (known.outside.now)();
        let response = web::page(request.method(), request.uri().path());
        let done = done(&known, &request, "(page)", response, None, begun);
        async move { done }
    })
}

/// Checks a request against its route, calls, and dresses the answer.
async fn admit(
    house: Arc<House>,
    turns: Turns,
    route: &'static Route,
    mut request: Request,
) -> Response<Body> {
    let begun = (house.outside.now)();
    let (response, role) = match answer(&house, &turns, route, &mut request).await {
        Err(refusal) => (refusal.response(), None),
        Ok(answered) => answered,
    };
    done(&house, &request, route.path, response, role, begun)
}

/// Places for what is at work at once.
#[derive(Clone)]
struct Turns {
    calls: Arc<Semaphore>,
    files: Arc<Semaphore>,
}

/// Reads a request in steps, so that nobody's file is taken in before it is known that they may send one.
async fn answer(
    house: &Arc<House>,
    turns: &Turns,
    route: &'static Route,
    request: &mut Request,
) -> Result<(Response<Body>, Option<Role>), Refusal> {
    let mut raw = read(house, route, request).await?;
    let mut _place = None;
    if route.body.is_file() {
        let (at_work, head) = (Arc::clone(house), raw.clone());
        let checked = tokio::task::spawn_blocking(move || asked(&at_work, route, head, &mut None).map(drop));
        checked.await.map_err(|_| Refusal::internal())??;
        _place = Some(Arc::clone(&turns.files).try_acquire_owned().map_err(|_| busy())?);
    }
    raw.body = body(route, request).await?;
    Ok(call(house, &turns.calls, route, raw).await)
}

/// A request as it came in.
#[derive(Clone)]
struct Raw {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Vec<u8>,
    address: IpAddr,
}

async fn read(house: &House, route: &Route, request: &mut Request) -> Result<Raw, Refusal> {
    let address = address(request);
    house.gate.pass(address, (house.outside.now)().as_millisecond())?;
    right_host(house, request.headers())?;
    if route.verb != Verb::Get {
        same_origin(house, request.headers())?;
    }
    let path: RawPathParams = request
        .extract_parts()
        .await
        .map_err(|_| Refusal::bad("the address is not UTF-8"))?;
    let path = path
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let query: Query<Vec<(String, String)>> =
        Query::try_from_uri(request.uri()).map_err(|_| Refusal::bad("the query does not read"))?;
    Ok(Raw {
        path,
        query: query.0,
        headers: request.headers().clone(),
        body: Vec::new(),
        address,
    })
}

/// The body that the route takes.
async fn body(route: &Route, request: &mut Request) -> Result<Vec<u8>, Refusal> {
    let (media, most, wait) = match route.body {
        Takes::Nothing => return Ok(Vec::new()),
        Takes::Form(_) => ("application/json", BODY_BYTES_MAX, BODY_WAIT_MAX),
        Takes::File => ("application/octet-stream", FILE_BYTES_MAX, FILE_WAIT_MAX),
    };
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some(media) {
        return Err(Refusal::new(
            Code::WrongType,
            match route.body {
                Takes::File => "the body must be the bytes of a file",
                _ => "the body must be JSON",
            },
            format!("Send it with \"Content-Type: {media}\"."),
        ));
    }
    let whole = std::mem::take(request.body_mut());
    let read = tokio::time::timeout(wait, axum::body::to_bytes(whole, most)).await;
    let too_large = |_| Refusal::new(Code::TooLarge, "the body is too long", "Send less at once.");
    let read = read.map_err(|_| Refusal::bad("the body did not arrive in time"))?;
    Ok(read.map_err(too_large)?.to_vec())
}

/// Runs the call where it may block; gives the answer and who it was for.
async fn call(
    house: &Arc<House>,
    turns: &Arc<Semaphore>,
    route: &'static Route,
    raw: Raw,
) -> (Response<Body>, Option<Role>) {
    let turn = tokio::time::timeout(TURN_WAIT_MAX, Arc::clone(turns).acquire_owned()).await;
    let Ok(Ok(turn)) = turn else {
        return (busy().response(), None);
    };
    let at_work = Arc::clone(house);
    // The call keeps its turn until it is done, also when nobody waits for it any more.
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut role = None;
        let answer = asked(&at_work, route, raw, &mut role)
            .and_then(|asked| (route.call)(&at_work, &asked).map_err(|trouble| at_work.refusal(trouble)));
        (answer, role)
    });
    match tokio::time::timeout(CALL_WAIT_MAX, work).await {
        Ok(Ok((Ok(answer), role))) => (answer.response(), role),
        Ok(Ok((Err(refusal), role))) => (refusal.response(), role),
        Ok(Err(broken)) => {
            house.tell(&json!({ "level": "error", "what": format!("a call broke off: {broken}") }));
            (Refusal::internal().response(), None)
        }
        Err(_late) => (busy().response(), None),
    }
}

/// Who asks, and whether they may.
fn asked(house: &House, route: &'static Route, raw: Raw, told: &mut Option<Role>) -> Result<Asked, Refusal> {
    let signed = session::of(house, &raw.headers).map_err(|trouble| house.refusal(trouble))?;
    let enrols = signed.as_ref().is_some_and(|it| it.must_enrol);
    let role = signed
        .as_ref()
        .filter(|it| !it.must_enrol || matches!(route.care, Care::Enrolling))
        .map_or(Role::Public, |it| it.role);
    let session = signed.map(|it| it.session);
    *told = Some(role);
    if !route.policy.admits(role) {
        return Err(if enrols {
            Refusal::forbidden("Set up a second factor first: your role must have one.")
        } else if role == Role::Public {
            Refusal::new(
                Code::Unauthenticated,
                "this is for people who have signed in",
                "Sign in.",
            )
        } else {
            Refusal::forbidden("Ask an administrator for another role.")
        });
    }
    if let (Some(session), true) = (&session, route.verb != Verb::Get) {
        let given = raw.headers.get("x-csrf-token").map(|value| value.as_bytes());
        if given != Some(session.csrf.as_bytes()) {
            return Err(Refusal::forbidden("Send the session's word as X-CSRF-Token."));
        }
    }
    let is_careful = match route.care {
        Care::Fresh => true,
        Care::FreshFor(decides) => decides(house, &raw.body),
        Care::Plain | Care::Enrolling => false,
    };
    if is_careful && !session.as_ref().is_some_and(|it| session::is_fresh(house, it)) {
        return Err(Refusal::new(
            Code::ProofNeeded,
            "show again who you are",
            "Give your password or a code of your second factor to POST /api/v1/session/proof, and ask again.",
        ));
    }
    let query = checked(&route.takes, raw.query)?;
    Ok(Asked {
        route,
        role,
        session,
        path: raw.path.into_iter().collect(),
        query,
        body: raw.body,
        address: raw.address,
    })
}

fn address(request: &Request) -> IpAddr {
    let from = request.extensions().get::<From>();
    from.map_or(IpAddr::from([0, 0, 0, 0]), |from| from.0.ip())
}

/// A server on this machine answers to the names of this machine only: a page of another host that has been
/// pointed here must not read it.
fn right_host(house: &House, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let right = match &house.settings.origin {
        Some(origin) => host_of(origin) == host,
        None if house.settings.listen.ip().is_loopback() => {
            matches!(name, "localhost" | "127.0.0.1" | "[::1]")
        }
        None => !host.is_empty(),
    };
    let told = || Refusal::bad("the server does not go by this name");
    right.then_some(()).ok_or_else(told)
}

/// Whatever changes something must come from our own pages, or from a program that is no browser.
fn same_origin(house: &House, headers: &HeaderMap) -> Result<(), Refusal> {
    let word = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = word("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = word("origin").is_none_or(|origin| match &house.settings.origin {
        Some(ours) => origin == ours,
        None => origin.starts_with("http") && Some(host_of(origin)) == word("host"),
    });
    let told = || Refusal::forbidden("Send it from the desk's own pages.");
    (site && origin).then_some(()).ok_or_else(told)
}

fn host_of(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// Headers that go with every answer, a line for the log, a count.
fn done(
    house: &House,
    request: &Request,
    path: &'static str,
    mut response: Response<Body>,
    role: Option<Role>,
    begun: jiff::Timestamp,
) -> Response<Body> {
    // Scripts have the policy of pages: a worker is held to that of its own file.
    let may_load = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"text/javascript")
    });
    let policy = if may_load {
        CONTENT_POLICY
    } else {
        "default-src 'none'; frame-ancestors 'none'"
    };
    let mut headers = vec![
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
        (
            http::HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            http::HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            http::HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    if house
        .settings
        .origin
        .as_ref()
        .is_some_and(|origin| origin.starts_with("https:"))
    {
        headers.push((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    }
    for (name, value) in headers {
        if !response.headers().contains_key(&name) {
            put(&mut response, name, value);
        }
    }
    let now = (house.outside.now)();
    let took_ms = now.as_millisecond() - begun.as_millisecond();
    let status = response.status();
    let verb = match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "other",
    };
    house.metrics.count(verb, path, status.as_u16(), took_ms);
    let level = if status >= StatusCode::INTERNAL_SERVER_ERROR {
        "error"
    } else {
        "info"
    };
    // The route and not the address: what people look for is theirs.
    house.tell(&json!({
        "level": level, "at": now.to_string(), "method": verb, "route": path, "status": status.as_u16(),
        "ms": took_ms, "from": address(request).to_string(), "role": role.map(Role::as_str),
    }));
    response
}
