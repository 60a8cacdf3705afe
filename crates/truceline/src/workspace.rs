//! The workspace on disk: the log of every input, the bytes beside it, the view made from it.
//!
//! ```text
//! log/        C2SP tiled log: checkpoint, tiles, entry bundles
//! key         the log's signing key, readable by its owner only
//! blobs/      page bytes, content-addressed        salts/    salts of commitments
//! openings/   what the commitments of each batch of entries open to
//! reviewers/  signing keys of people who rule, readable by their owner only
//! seen        newest checkpoint seen here, against a log rolled back under our hands
//! view.sqlite the view; `rebuild` makes it again from the log
//! desk.sqlite accounts, sessions and restrictions of `serve`
//! ```

use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::ruling::{People, Signed};
use anyhow::Context;
use model::{Given, Media, Note, Page, Ruling, Rulings, Severity};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A workspace that is open for writing.
pub(crate) struct Workspace {
    dir: PathBuf,
    ledger: ledger::Ledger,
    blobs: store::Blobs,
}

/// One entry of the log: hashes and salted commitments, no text of any page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Leaf {
    /// Form of this entry.
    pub(crate) schema: String,
    /// `page`, `note`, `ruling`, `table`, `data` or `agreement …`.
    pub(crate) kind: String,
    /// SHA-256 of the bytes it is about, as `sha256:…`.
    pub(crate) content: String,
    /// When it was taken in, UTC to the second.
    pub(crate) captured: String,
    /// Program and version that took it in.
    pub(crate) tool: String,
    /// Salted commitments to what may have to be withheld later, by field.
    pub(crate) commitments: BTreeMap<String, String>,
}

/// What a page's commitment opens to.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Capture {
    name: String,
    media: String,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
}

/// One opening of a batch: the entry, the field, the salt and the value.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opening {
    index: u64,
    field: String,
    salt: String,
    value: String,
}

/// What the log holds already.
#[derive(Default)]
struct Held {
    pages: BTreeSet<model::DocumentId>,
    notes: BTreeSet<String>,
    /// Newest content of each other kind of entry.
    newest: BTreeMap<String, String>,
}

/// The one field that entries commit to.
const FIELD: &str = "capture";

/// Kind of an entry that is a table of others.
const TABLE: &str = "table";

const SCHEMA: &str = "truceline/leaf/1";
const TOOL: &str = concat!("truceline ", env!("CARGO_PKG_VERSION"));

impl Workspace {
    /// Opens the workspace in `dir`, or makes it with a key of its own; says so when it does.
    pub(crate) fn open(dir: &Path, say: &dyn Fn(&str)) -> anyhow::Result<Self> {
        let hint = "Check that the folder can be written to, or choose another with --workspace.";
        let fresh = !dir.join("key").exists();
        if fresh && dir.join("log").join("checkpoint").exists() {
            return Err(Fault::of(
                Kind::Data,
                format!("the workspace \"{}\" has a log but no key", dir.display()),
                "Restore the file \"key\" from a backup; without it nothing can be added.",
            ));
        }
        fs::create_dir_all(dir.join("openings")).map_err(|error| {
            Fault::outside(
                format!("could not make the workspace \"{}\"", dir.display()),
                hint,
                error,
            )
        })?;
        let blobs = store::Blobs::open(dir).map_err(|error| {
            Fault::outside(
                format!("could not open the page store in \"{}\"", dir.display()),
                hint,
                error,
            )
        })?;
        let ledger = if fresh {
            let key = ledger::SigningKey::from_random(&origin(), &crate::clock::random()?)?;
            write_private(&dir.join("key"), key.to_key_string().as_bytes())
                .map_err(|error| Fault::outside("could not write the log's key", hint, error))?;
            say(&format!(
                "made workspace \"{}\" with a log of its own ({})",
                dir.display(),
                key.name()
            ));
            ledger::Ledger::create(&dir.join("log"), key)
        } else {
            let text = fs::read_to_string(dir.join("key"))
                .map_err(|error| Fault::outside("could not read the log's key", hint, error))?;
            let key = ledger::SigningKey::parse(text.trim())?;
            if dir.join("log").join("checkpoint").exists() {
                ledger::Ledger::open(&dir.join("log"), key)
            } else {
                ledger::Ledger::create(&dir.join("log"), key)
            }
        };
        let ledger = ledger.map_err(|error| {
            Fault::outside(
                format!("could not open the log in \"{}\"", dir.display()),
                "If another truceline is at work there, wait for it; otherwise run `truceline log verify`.",
                error,
            )
        })?;
        for path in ledger.set_aside() {
            say(&format!(
                "left over from an interrupted run, set aside: {}",
                path.display()
            ));
        }
        Ok(Self {
            dir: dir.to_owned(),
            ledger,
            blobs,
        })
    }

    /// Logs pages and data that are not in the log yet; gives how many were new. Everything is on disk before
    /// the log names it.
    pub(crate) fn add(
        &mut self,
        pages: &[Page],
        notes: &[Note],
        inputs: &[(String, String)],
    ) -> anyhow::Result<usize> {
        let mut held = self.held()?;
        let mut batch = self.batch();
        let mut new = 0;
        for (kind, content) in inputs {
            let content = format!("sha256:{content}");
            if held.newest.get(kind) != Some(&content) {
                batch.bare(kind, content)?;
            }
        }
        for page in pages {
            if held.pages.insert(page.id()) {
                new += 1;
                let hash = self.blobs.put(&page.bytes).map_err(disk)?;
                batch.sealed(
                    "page",
                    format!("sha256:{hash}"),
                    serde_json::to_string(&Capture::of(page))?,
                )?;
            }
        }
        // What could not be read is an input too: a lost page must never look like a quiet day.
        for note in notes {
            let value = serde_json::to_string(&Lost::of(note))?;
            if held.notes.insert(value.clone()) {
                batch.sealed("note", String::new(), value)?;
            }
        }
        self.append(batch)?;
        Ok(new)
    }

    /// Logs a ruling that was signed.
    pub(crate) fn rule(&mut self, signed: &Signed) -> anyhow::Result<()> {
        let mut batch = self.batch();
        let content = format!("sha256:{}", model::sha256_hex(signed.note.as_bytes()));
        batch.sealed("ruling", content, serde_json::to_string(signed)?)?;
        self.append(batch)
    }

    fn batch(&self) -> Batch {
        Batch {
            first: self.ledger.checkpoint().size,
            captured: crate::clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            leaves: Vec::new(),
            openings: Vec::new(),
        }
    }

    /// Puts a batch on disk, and then into the log.
    fn append(&mut self, batch: Batch) -> anyhow::Result<()> {
        if batch.leaves.is_empty() {
            return Ok(());
        }
        self.write_openings(batch.first, &batch.openings).map_err(disk)?;
        self.ledger.append(&batch.leaves).map_err(disk)?;
        write_whole(&self.dir.join("seen"), self.ledger.signed_checkpoint().as_bytes()).map_err(disk)
    }

    /// Logs a table of others with how it was read, as one entry: all of it or nothing. Gives the entry's number;
    /// `None` when the log holds this very table, read in this very way.
    pub(crate) fn add_table(&mut self, bytes: &[u8], value: String) -> anyhow::Result<Option<u64>> {
        let content = format!("sha256:{}", store::BlobHash::of(bytes));
        let openings = read_openings(&self.dir)?;
        for entry in self.ledger.reader()?.entries(0) {
            let (index, leaf) = entry?;
            let leaf: Leaf = serde_json::from_slice(&leaf)?;
            let same = openings.get(&index).is_some_and(|opening| opening.value == value);
            if leaf.kind == TABLE && leaf.content == content && same {
                return Ok(None);
            }
        }
        self.blobs.put(bytes).map_err(disk)?;
        let mut batch = self.batch();
        let first = batch.first;
        batch.sealed(TABLE, content, value)?;
        self.append(batch)?;
        Ok(Some(first))
    }

    /// What the log holds already, without reading any page.
    fn held(&self) -> anyhow::Result<Held> {
        let openings = read_openings(&self.dir)?;
        let mut held = Held::default();
        for entry in self.ledger.reader()?.entries(0) {
            let (index, bytes) = entry?;
            let leaf: Leaf = serde_json::from_slice(&bytes)?;
            let opening = openings.get(&index);
            match leaf.kind.as_str() {
                "page" => {
                    let capture =
                        opening.and_then(|opening| serde_json::from_str::<Capture>(&opening.value).ok());
                    let hash = leaf.content.trim_start_matches("sha256:");
                    held.pages
                        .extend(capture.map(|capture| model::document_id(hash, &capture.given())));
                }
                "note" => held.notes.extend(opening.map(|opening| opening.value.clone())),
                _ => {
                    held.newest.insert(leaf.kind, leaf.content);
                }
            }
        }
        Ok(held)
    }

    fn write_openings(&self, first: u64, openings: &[Opening]) -> anyhow::Result<()> {
        let mut text = String::new();
        for opening in openings {
            text.push_str(&serde_json::to_string(opening)?);
            text.push('\n');
        }
        write_whole(
            &self.dir.join("openings").join(format!("{first:012}.jsonl")),
            text.as_bytes(),
        )?;
        Ok(())
    }

    /// Folder of the workspace.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Everything the log holds, opened.
    pub(crate) fn replay(&self) -> anyhow::Result<Replay> {
        self.replay_first(u64::MAX)
    }

    /// What the log held when it had that many entries, opened.
    pub(crate) fn replay_first(&self, size: u64) -> anyhow::Result<Replay> {
        replay_first(&self.dir, &self.ledger.reader()?, &self.blobs, size)
    }

    /// The view's path.
    pub(crate) fn view_path(&self) -> PathBuf {
        self.dir.join("view.sqlite")
    }

    /// The signed head of the log.
    pub(crate) fn checkpoint(&self) -> String {
        self.ledger.signed_checkpoint()
    }

    /// Entries in the log.
    pub(crate) fn size(&self) -> u64 {
        self.ledger.checkpoint().size
    }
}

/// Entries on their way into the log.
struct Batch {
    first: u64,
    captured: String,
    leaves: Vec<Vec<u8>>,
    openings: Vec<Opening>,
}

impl Batch {
    /// An entry that holds a hash only.
    fn bare(&mut self, kind: &str, content: String) -> anyhow::Result<()> {
        self.leaves
            .push(leaf(kind, content, &self.captured, BTreeMap::new())?);
        Ok(())
    }

    /// An entry that commits to a value, which lies beside the log.
    fn sealed(&mut self, kind: &str, content: String, value: String) -> anyhow::Result<()> {
        let salt = crate::clock::random()?;
        let commitment = hex(&ledger::commit(FIELD, &salt, value.as_bytes()));
        self.openings.push(Opening {
            index: self.first + self.leaves.len() as u64,
            field: FIELD.into(),
            salt: hex(&salt),
            value,
        });
        let commitments = BTreeMap::from([(FIELD.to_owned(), commitment)]);
        self.leaves
            .push(leaf(kind, content, &self.captured, commitments)?);
        Ok(())
    }
}

/// What the log gave back.
pub(crate) struct Replay {
    /// The pages, in order of the log.
    pub(crate) pages: Vec<Page>,
    /// The rulings, in order of the log.
    pub(crate) rulings: Vec<Ruling>,
    /// What could not be read when it was taken in, and what cannot be opened now.
    pub(crate) notes: Vec<Note>,
    /// How many entries cannot be opened now.
    pub(crate) closed: Vec<Note>,
    /// Hash of the data pack that was logged last.
    pub(crate) data: Option<String>,
}

/// A table of others as the log holds it.
pub(crate) struct Table {
    /// Number of the log's entry.
    pub(crate) entry: u64,
    /// When it was taken in.
    pub(crate) taken_in: String,
    /// How it was read.
    pub(crate) value: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Every table in the log, in its order; a note for each that cannot be opened.
pub(crate) fn tables(dir: &Path, reader: &ledger::Reader) -> anyhow::Result<(Vec<Table>, Vec<Note>)> {
    let (openings, blobs) = (read_openings(dir)?, store::Blobs::open(dir)?);
    let (mut tables, mut closed) = (Vec::new(), Vec::new());
    for entry in reader.entries(0) {
        let (index, bytes) = entry?;
        let leaf: Leaf = serde_json::from_slice(&bytes)?;
        if leaf.kind != TABLE {
            continue;
        }
        let opening = openings.get(&index);
        let found = opening
            .ok_or_else(|| "how it was read is not in the workspace".to_owned())
            .and_then(|opening| opened(&leaf, opening))
            .and_then(|opening| Ok((opening, fetched(&leaf, &blobs)?)));
        match found {
            Ok((opening, bytes)) => tables.push(Table {
                entry: index,
                taken_in: leaf.captured,
                value: opening.value.clone(),
                bytes,
            }),
            Err(why) => closed.push(
                Note::new(Severity::Lost, "log", format!("entry {index}"), why)
                    .next("Restore the workspace from a backup."),
            ),
        }
    }
    Ok((tables, closed))
}

/// Number of the log's entry of each page that can be opened, by the id of its document.
pub(crate) fn entries(dir: &Path, reader: &ledger::Reader) -> anyhow::Result<BTreeMap<String, u64>> {
    let openings = read_openings(dir)?;
    let mut entries = BTreeMap::new();
    for entry in reader.entries(0) {
        let (index, bytes) = entry?;
        let leaf: Leaf = serde_json::from_slice(&bytes)?;
        if leaf.kind == "page"
            && let Some(opening) = openings.get(&index)
            && let Ok(capture) = serde_json::from_str::<Capture>(&opening.value)
        {
            let hash = leaf.content.trim_start_matches("sha256:");
            entries.insert(model::document_id(hash, &capture.given()).to_string(), index);
        }
    }
    Ok(entries)
}

/// Reads a log to its end and opens every entry.
pub(crate) fn replay(dir: &Path, reader: &ledger::Reader, blobs: &store::Blobs) -> anyhow::Result<Replay> {
    replay_first(dir, reader, blobs, u64::MAX)
}

/// Reads the first entries of a log, as many as `size`, and opens them.
pub(crate) fn replay_first(
    dir: &Path,
    reader: &ledger::Reader,
    blobs: &store::Blobs,
    size: u64,
) -> anyhow::Result<Replay> {
    let openings = read_openings(dir)?;
    let mut people = People::default();
    let mut replay = Replay {
        pages: Vec::new(),
        rulings: Vec::new(),
        notes: Vec::new(),
        closed: Vec::new(),
        data: None,
    };
    for entry in reader
        .entries(0)
        .take(usize::try_from(size).unwrap_or(usize::MAX))
    {
        let (index, bytes) = entry?;
        let leaf: Leaf = serde_json::from_slice(&bytes)
            .with_context(|| format!("entry {index} of the log is not readable"))?;
        match leaf.kind.as_str() {
            "page" => match open_page(&leaf, openings.get(&index), blobs) {
                Ok(page) => replay.pages.push(page),
                Err(why) => replay.closed.push(
                    Note::new(Severity::Lost, "log", format!("entry {index}"), why)
                        .next("If it was withheld on purpose, nothing is to be done; otherwise restore the workspace from a backup."),
                ),
            },
            "ruling" => match open_ruling(&leaf, openings.get(&index), &mut people) {
                Ok(ruling) => replay.rulings.push(ruling),
                Err(why) => replay.closed.push(
                    Note::new(Severity::Lost, "log", format!("entry {index}"), format!("a ruling is not applied: {why}"))
                        .next("If it was withheld on purpose, nothing is to be done; otherwise restore the workspace from a backup."),
                ),
            },
            "note" => replay.notes.extend(openings.get(&index).and_then(|opening| opened(&leaf, opening).ok()?.lost())),
            "data" => replay.data = Some(leaf.content.trim_start_matches("sha256:").to_owned()),
            _ => {}
        }
    }
    replay.notes.extend(replay.closed.iter().cloned());
    Ok(replay)
}

/// The value that an entry commits to; it must fit the log.
fn opened<'a>(leaf: &Leaf, opening: &'a Opening) -> Result<&'a Opening, String> {
    let salt = unhex(&opening.salt).ok_or("the salt of its capture facts is damaged")?;
    let commitment = leaf
        .commitments
        .get(FIELD)
        .and_then(|text| unhex(text))
        .ok_or("its entry holds no commitment")?;
    if ledger::open(&commitment, FIELD, &salt, opening.value.as_bytes()) {
        Ok(opening)
    } else {
        Err("its capture facts were changed: they do not fit the log".into())
    }
}

/// Opens a page's commitment and fetches its bytes; both must fit the log.
fn open_page(leaf: &Leaf, opening: Option<&Opening>, blobs: &store::Blobs) -> Result<Page, String> {
    let opening = opened(leaf, opening.ok_or("its capture facts are not in the workspace")?)?;
    let capture: Capture = serde_json::from_str(&opening.value)
        .map_err(|error| format!("its capture facts are damaged: {error}"))?;
    Ok(capture.page(fetched(leaf, blobs)?))
}

/// The bytes that an entry names, checked against their hash.
fn fetched(leaf: &Leaf, blobs: &store::Blobs) -> Result<Vec<u8>, String> {
    let hash = leaf
        .content
        .strip_prefix("sha256:")
        .and_then(store::BlobHash::parse)
        .ok_or("its entry names no content")?;
    blobs
        .fetch(hash)
        .map_err(|error| format!("its bytes could not be read: {error}"))
}

/// Opens a ruling's commitment and checks whose it is.
fn open_ruling(leaf: &Leaf, opening: Option<&Opening>, people: &mut People) -> Result<Ruling, String> {
    let opening = opened(leaf, opening.ok_or("its text is not in the workspace")?)?;
    let signed: Signed =
        serde_json::from_str(&opening.value).map_err(|error| format!("its text is damaged: {error}"))?;
    people.check(&signed)
}

impl Replay {
    /// The rulings, with the kinds of decision that need two people.
    pub(crate) fn rulings(&self, pack: &Pack) -> Rulings {
        Rulings {
            list: self.rulings.clone(),
            two_people: pack.rulings.two_people.clone(),
        }
    }
}

impl Opening {
    fn lost(&self) -> Option<Note> {
        serde_json::from_str::<Lost>(&self.value).ok().map(Lost::note)
    }
}

/// An input that could not be read, as it is kept.
#[derive(Serialize, Deserialize)]
struct Lost {
    severity: u8,
    stage: String,
    about: String,
    what: String,
    next: String,
}

impl Lost {
    fn of(note: &Note) -> Self {
        let severity = match note.severity {
            Severity::Hint => 0,
            Severity::Partial => 1,
            Severity::Lost => 2,
        };
        let Note {
            stage,
            about,
            what,
            next,
            ..
        } = note.clone();
        Self {
            severity,
            stage,
            about,
            what,
            next,
        }
    }
    fn note(self) -> Note {
        let severity = match self.severity {
            0 => Severity::Hint,
            1 => Severity::Partial,
            _ => Severity::Lost,
        };
        Note::new(severity, &self.stage, self.about, self.what).next(self.next)
    }
}

impl Capture {
    fn of(page: &Page) -> Self {
        let Given {
            url,
            outlet,
            title,
            published,
        } = page.given.clone();
        let media = match page.media {
            Media::Text => "text",
            Media::Html => "html",
        };
        Self {
            name: page.name.clone(),
            media: media.into(),
            url,
            outlet,
            title,
            published,
        }
    }
    fn given(&self) -> Given {
        let Self {
            url,
            outlet,
            title,
            published,
            ..
        } = self.clone();
        Given {
            url,
            outlet,
            title,
            published,
        }
    }
    fn page(self, bytes: Vec<u8>) -> Page {
        let media = if self.media == "html" {
            Media::Html
        } else {
            Media::Text
        };
        Page {
            given: self.given(),
            name: self.name,
            bytes,
            media,
        }
    }
}

/// Opens the log of a workspace for reading; takes no lock.
pub(crate) fn reader(dir: &Path) -> anyhow::Result<(ledger::VerifierKey, ledger::Reader)> {
    let key = key(dir)?;
    let reader = ledger::Reader::open(&dir.join("log"), &key).map_err(|error| {
        Fault::outside(
            format!("could not read the log in \"{}\"", dir.display()),
            "Run `truceline log verify` to see what is wrong.",
            error,
        )
    })?;
    Ok((key, reader))
}

/// The public half of a workspace's key.
pub(crate) fn key(dir: &Path) -> anyhow::Result<ledger::VerifierKey> {
    let text = fs::read_to_string(dir.join("key")).map_err(|error| {
        Fault::outside(
            format!("there is no workspace in \"{}\"", dir.display()),
            "Run `truceline assess PATH…` first, or name the workspace with --workspace.",
            error,
        )
    })?;
    Ok(ledger::SigningKey::parse(text.trim())?.verifier())
}

/// The newest checkpoint that was seen in this workspace, for finding a log that was rolled back.
pub(crate) fn seen(dir: &Path) -> Option<Vec<u8>> {
    fs::read(dir.join("seen")).ok()
}

fn leaf(
    kind: &str,
    content: String,
    captured: &str,
    commitments: BTreeMap<String, String>,
) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Leaf {
        schema: SCHEMA.into(),
        kind: kind.into(),
        content,
        captured: captured.into(),
        tool: TOOL.into(),
        commitments,
    })?)
}

fn read_openings(dir: &Path) -> anyhow::Result<BTreeMap<u64, Opening>> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir.join("openings"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    files.sort();
    let mut openings = BTreeMap::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "jsonl"))
    {
        for line in fs::read_to_string(file)?.lines() {
            // A damaged line is a page that cannot be opened, and is told as such.
            if let Ok(opening) = serde_json::from_str::<Opening>(line) {
                openings.insert(opening.index, opening);
            }
        }
    }
    Ok(openings)
}

fn disk(error: impl Into<anyhow::Error>) -> anyhow::Error {
    Fault::outside(
        "could not store the new pages",
        "Free some space and run the same command again; nothing stored before is lost.",
        error,
    )
}

/// A name for a new log. Only the key tells logs apart; the name is for people.
fn origin() -> String {
    "truceline.local/workspace".into()
}

fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let draft = path.with_extension("part");
    let mut file = fs::File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}
