//! The one place of xtask that reads a clock: how long a step took is told to people, never kept.

use std::time::{Duration, Instant};

/// A stop-watch that runs from now on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "this is the clock's one home in xtask")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
