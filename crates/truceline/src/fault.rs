//! What goes wrong, told to people: what, why, the next step, and an exit code for scripts.

use std::fmt;

/// Exit codes, as `docs/cli.md` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A check said no: the log is not intact, the view differs, the data has faults.
    SaysNo = 1,
    /// The command was called wrongly.
    Usage = 2,
    /// Data or input could not be used.
    Data = 3,
    /// The world outside failed: disk, permissions.
    Outside = 4,
    /// Our own bug.
    Ours = 70,
}

/// An error with its kind and its next step.
#[derive(Debug)]
pub(crate) struct Fault {
    kind: Kind,
    what: String,
    hint: String,
    source: Option<anyhow::Error>,
}

impl Fault {
    /// A fault without a cause behind it.
    pub(crate) fn of(kind: Kind, what: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Self {
            kind,
            what: what.into(),
            hint: hint.into(),
            source: None,
        })
    }
    /// A fault of the world outside, with its cause.
    pub(crate) fn outside(
        what: impl Into<String>,
        hint: impl Into<String>,
        source: impl Into<anyhow::Error>,
    ) -> anyhow::Error {
        anyhow::Error::new(Self {
            kind: Kind::Outside,
            what: what.into(),
            hint: hint.into(),
            source: Some(source.into()),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_ref()
            .map(|error| &**error as &(dyn std::error::Error + 'static))
    }
}

/// The exit code of an error.
pub(crate) fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<Fault>() {
        Some(fault) => fault.kind as u8,
        None if error.chain().any(|cause| cause.is::<std::io::Error>()) => Kind::Outside as u8,
        None => Kind::Ours as u8,
    }
}

/// Prints an error with its causes and its next step.
#[expect(clippy::print_stderr, reason = "the binary speaks to people")]
pub(crate) fn tell(error: &anyhow::Error) {
    eprintln!("error: {error}");
    let mut told = error.to_string();
    for cause in error.chain().skip(1) {
        let words = cause.to_string();
        if !told.contains(&words) {
            eprintln!("  because: {words}");
            told = words;
        }
    }
    if let Some(fault) = error.downcast_ref::<Fault>()
        && !fault.hint.is_empty()
    {
        eprintln!("  hint: {}", fault.hint);
    }
}

/// A line of the server's log.
#[expect(clippy::print_stderr, reason = "the binary speaks to people")]
pub(crate) fn log(line: &str) {
    eprintln!("{line}");
}
