//! The one place of xtask that reads a clock: how long a step took is told to people, never kept.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// When this program first asked for the time.
#[expect(clippy::disallowed_methods, reason = "this is the clock's one home in xtask")]
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Time on the wall since this program first asked.
pub(crate) fn wall() -> Duration {
    START.elapsed()
}

/// Time that the main thread has had on a processor, where the system tells, so that a busy machine does not
/// matter; else time on the wall.
pub(crate) fn processor() -> Duration {
    let schedule = std::fs::read_to_string("/proc/self/schedstat").ok();
    let spent = schedule.and_then(|text| text.split(' ').next()?.parse().ok());
    spent.map_or_else(wall, Duration::from_nanos)
}

/// Does nothing for a while.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever drives or watches another program waits for it"
)]
pub(crate) fn wait(time: Duration) {
    std::thread::sleep(time);
}
