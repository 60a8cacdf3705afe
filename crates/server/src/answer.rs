//! What a route answers: JSON, bytes, a stream of events, or a refusal with its reason.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};
use tokio::sync::watch;

/// A good answer.
pub(crate) enum Answer {
    /// A JSON value.
    Json(Value),
    /// JSON, and a cookie to set.
    Signed(Value, String),
    /// Bytes of some kind.
    Bytes {
        /// Media type.
        kind: &'static str,
        /// The bytes.
        bytes: Vec<u8>,
        /// Headers beside.
        headers: Vec<(HeaderName, String)>,
    },
    /// Names of the newest state, one after another, until the reader goes away.
    Events(watch::Receiver<String>),
}

/// Why a route does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    message: String,
    hint: String,
    /// Seconds after which to come again.
    wait_s: Option<i64>,
}

/// Every kind of refusal with its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    BadRequest,
    Unauthenticated,
    /// The password fits; a code of the second factor is missing or does not.
    FactorNeeded,
    Forbidden,
    /// Who asks must show again who he is.
    ProofNeeded,
    NotFound,
    WrongMethod,
    Conflict,
    Gone,
    TooLarge,
    WrongType,
    TooMany,
    Internal,
    Busy,
}

impl Code {
    pub(crate) const ALL: [(Self, u16, &'static str); 14] = [
        (Self::BadRequest, 400, "bad-request"),
        (Self::Unauthenticated, 401, "unauthenticated"),
        (Self::FactorNeeded, 401, "code-needed"),
        (Self::Forbidden, 403, "forbidden"),
        (Self::ProofNeeded, 403, "proof-needed"),
        (Self::NotFound, 404, "not-found"),
        (Self::WrongMethod, 405, "wrong-method"),
        (Self::Conflict, 409, "conflict"),
        (Self::Gone, 410, "gone"),
        (Self::TooLarge, 413, "too-large"),
        (Self::WrongType, 415, "wrong-type"),
        (Self::TooMany, 429, "too-many"),
        (Self::Internal, 500, "internal"),
        (Self::Busy, 503, "busy"),
    ];

    fn row(self) -> (Self, u16, &'static str) {
        Self::ALL
            .into_iter()
            .find(|(code, ..)| *code == self)
            .expect("every code has a row")
    }

    pub(crate) fn status(self) -> u16 {
        self.row().1
    }
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: hint.into(),
            wait_s: None,
        }
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(
            Code::BadRequest,
            message,
            "See /api/v1/openapi.json for what is taken.",
        )
    }

    pub(crate) fn not_found() -> Self {
        Self::new(
            Code::NotFound,
            "there is nothing here for you",
            "Check the address.",
        )
    }

    pub(crate) fn forbidden(hint: &str) -> Self {
        Self::new(Code::Forbidden, "your role may not do this", hint)
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            Code::Internal,
            "this failed on our side",
            "The server's log says why.",
        )
    }

    pub(crate) fn wait(self, seconds: i64) -> Self {
        Self {
            wait_s: Some(seconds.max(1)),
            ..self
        }
    }

    pub(crate) fn response(&self) -> Response<Body> {
        let (_, status, code) = self.code.row();
        let body = json!({ "error": { "code": code, "message": self.message, "hint": self.hint } });
        let mut response = typed(JSON, body.to_string().into_bytes());
        *response.status_mut() = StatusCode::from_u16(status).expect("a status of the table");
        if let Some(seconds) = self.wait_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
        }
        response
    }
}

pub(crate) const JSON: &str = "application/json; charset=utf-8";

impl Answer {
    pub(crate) fn response(self) -> Response<Body> {
        match self {
            Self::Json(value) => typed(JSON, value.to_string().into_bytes()),
            Self::Signed(value, cookie) => {
                let mut response = typed(JSON, value.to_string().into_bytes());
                put(&mut response, header::SET_COOKIE, &cookie);
                response
            }
            Self::Bytes { kind, bytes, headers } => {
                let mut response = typed(kind, bytes);
                for (name, value) in headers {
                    put(&mut response, name, &value);
                }
                response
            }
            Self::Events(states) => {
                let body = Body::from_stream(crate::events::Stream::new(states));
                let mut response = Response::new(body);
                put(&mut response, header::CONTENT_TYPE, "text/event-stream");
                response
            }
        }
    }
}

fn typed(kind: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    put(&mut response, header::CONTENT_TYPE, kind);
    response
}

/// Sets a header; what no header can hold is left out.
pub(crate) fn put(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
