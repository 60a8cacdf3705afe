//! A stream of server-sent events: the name of the state on coming in and each time it changes, and a line
//! of comment now and then so that a dead connection is noticed.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::json;
use tokio::sync::{mpsc, watch};

/// How often a quiet stream says that it lives.
///
/// 15 s: below the minute after which proxies cut quiet connections. Lower it and idle readers cost more;
/// raise it and connections are cut.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// The bytes of the events.
pub(crate) struct Stream(mpsc::Receiver<String>);

impl Stream {
    pub(crate) fn new(mut states: watch::Receiver<String>) -> Self {
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            loop {
                let state = states.borrow_and_update().clone();
                let event = format!("event: checkpoint\ndata: {}\n\n", json!({ "checkpoint": state }));
                if sender.send(event).await.is_err() {
                    return;
                }
                while let Err(_quiet) = tokio::time::timeout(SIGN_OF_LIFE, states.changed()).await {
                    if sender.send(": alive\n\n".to_owned()).await.is_err() {
                        return;
                    }
                }
                // The sender goes only when the server ends.
                if states.has_changed().is_err() {
                    return;
                }
            }
        });
        Self(receiver)
    }
}

impl futures_core::Stream for Stream {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
