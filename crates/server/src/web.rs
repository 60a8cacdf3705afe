//! The pages for people, built into the program.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use rust_embed::RustEmbed;

use crate::answer::{Code, Refusal, put};

/// What was built of `web/` when the program was built; empty when it was not.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

const START: &str = "index.html";

/// A page for people when there is none to show; plain HTML without any style.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Truceline</title>\n\
    <h1>The pages for people are not in this program</h1>\n\
    <p>It was built before <code>web/</code> was. Run <code>npm ci</code> and <code>npm run build</code> in \
    <code>web/</code>, then build the program again.\n\
    <p>Programs can read everything now: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>.\n</html>\n";

/// Media types of what a build holds, by the ending of the name.
const KINDS: [(&str, &str); 16] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("geojson", "application/geo+json; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("wasm", "application/wasm"),
    ("pbf", "application/x-protobuf"),
    ("ftl", "text/plain; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
];

/// The file under this path; the start page for addresses of the pages' own.
pub(crate) fn page(method: &Method, path: &str) -> Response<Body> {
    let is_api = ["/api/", "/health", "/metrics", "/ogc/", "/feeds/"]
        .iter()
        .any(|start| path.starts_with(start))
        || path == "/api";
    if is_api {
        return Refusal::not_found().response();
    }
    if method != Method::GET && method != Method::HEAD {
        let mut response = Refusal::new(
            Code::WrongMethod,
            "this is not done here",
            "See the header Allow.",
        )
        .response();
        put(&mut response, header::ALLOW, "GET, HEAD");
        return response;
    }
    let name = path.trim_start_matches('/');
    if let Some(file) = Built::get(name) {
        return sent(name, file.data.into_owned());
    }
    // A last part with an ending names a file, and there is none.
    if name.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return Refusal::not_found().response();
    }
    match Built::get(START) {
        Some(file) => sent(START, file.data.into_owned()),
        None => {
            let mut response = sent(START, NOT_BUILT.as_bytes().to_vec());
            *response.status_mut() = StatusCode::OK;
            response
        }
    }
}

fn sent(name: &str, bytes: Vec<u8>) -> Response<Body> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let known = KINDS.iter().find(|(known, _)| *known == ending);
    let kind = known.map_or("application/octet-stream", |(_, kind)| kind);
    let mut response = Response::new(Body::from(bytes));
    put(&mut response, header::CONTENT_TYPE, kind);
    // Names under assets/ hold a hash of what is in them.
    let keep = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
