//! Tables of others that people send: a look before anything is kept, the rows turned down, and keeping. The binary
//! reads the table, in the way of `truceline import`; nothing of it is written down before it is kept.

use axum::http::header;
use serde_json::{Value, json};

use crate::answer::{Answer, Refusal};
use crate::house::House;
use crate::route::{Asked, Parameter, Shape, Trouble};

/// A table as it was sent, and how it is asked to be read; what is not said is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload<'a> {
    /// Name of the file.
    pub name: String,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The kind of table.
    pub family: Option<String>,
    /// Whose table it is.
    pub source: String,
    /// The sheet of a workbook.
    pub sheet: String,
    /// Fields and the numbers of their columns, counted from 0; `None` for a field that is read from no column.
    pub columns: Vec<(String, Option<usize>)>,
    /// Order of day and month.
    pub dates: Option<String>,
}

/// A table as it would be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// The kind of table.
    pub family: String,
    /// Why it is taken for that.
    pub because: String,
    /// Whose table it is; empty when nobody says.
    pub source: String,
    /// The sheet that is read, and all of them; empty when it is no workbook.
    pub sheet: String,
    /// Names of its sheets.
    pub sheets: Vec<String>,
    /// Order of day and month, where one was found or asked for.
    pub dates: Option<String>,
    /// Every field that a column can be.
    pub fields: Vec<String>,
    /// Columns with the field that each is taken for.
    pub columns: Vec<(String, Option<String>)>,
    /// Cells of the first rows, as written.
    pub first: Vec<Vec<String>>,
    /// The first rows that would be kept, as read: field and value.
    pub read: Vec<Vec<(String, String)>>,
    /// How many rows would be kept.
    pub kept: usize,
    /// How many would be turned down.
    pub rejected: usize,
    /// Reasons, each with how many rows it turns down and the first line.
    pub reasons: Vec<(String, usize, usize)>,
    /// The first rows turned down: line, reason, the row.
    pub turned_down: Vec<(usize, String, String)>,
    /// All of them as a table.
    pub rejected_csv: String,
    /// What is wrong and the next step, when the table cannot be kept so.
    pub lacks: Option<(String, String)>,
}

/// A table that was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Number of the log's entry; `None` when the log holds the table already.
    pub entry: Option<u64>,
    /// Rows that are kept.
    pub rows: usize,
    /// Of those, rows that are new.
    pub new: usize,
    /// Of those, rows that say something else than before.
    pub changed: usize,
    /// Rows that were turned down.
    pub rejected: usize,
}

/// Why a table was not read or not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// What is wrong with it, and the next step.
    Refused(String, String),
    /// Something else is at work on the log.
    Busy,
    /// Something on our side, in words for the server's log.
    Failed(String),
}

/// Media type of the rows turned down.
pub(crate) const CSV: &str = "text/csv; charset=utf-8";

/// Kinds of table that may be asked for.
const FAMILIES: [&str; 4] = ["acled", "ucdp", "hxl", "csv"];

/// Orders of day and month that may be asked for.
const DATES: [&str; 2] = ["day-first", "month-first"];

/// Longest name of a file, a source, a sheet, in characters.
///
/// 200: names of files end at 255 bytes. Raise it and lists of sources no longer fit a line.
const NAME_CHARS_MAX: usize = 200;

/// How a table is asked to be read.
pub(crate) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::new("name", Shape::Words, "Name of the file.").needed(),
        Parameter::new(
            "kind",
            Shape::OneOf(&FAMILIES),
            "The kind of table; told by its columns when not given.",
        ),
        Parameter::new(
            "source",
            Shape::Words,
            "Whose table it is: rows with one id of one source are versions of one another.",
        ),
        Parameter::new(
            "sheet",
            Shape::Words,
            "The sheet of a workbook; the first that holds a table when not given.",
        ),
        Parameter::new(
            "columns",
            Shape::List,
            "Fields and the numbers of their columns, counted from 0, such as id=0,date=3; \"notes=\" is read from none.",
        ),
        Parameter::new(
            "dates",
            Shape::OneOf(&DATES),
            "Order of day and month where both are numbers.",
        ),
    ]
}

fn upload(asked: &Asked) -> Result<Upload<'_>, Refusal> {
    let words = |name: &str| -> Result<String, Refusal> {
        let words = asked.value(name).unwrap_or_default();
        let good = words.chars().count() <= NAME_CHARS_MAX && !words.chars().any(char::is_control);
        let told = || {
            Refusal::bad(format!(
                "\"{name}\" is longer than {NAME_CHARS_MAX} characters, or holds what is no letter"
            ))
        };
        good.then(|| words.trim().to_owned()).ok_or_else(told)
    };
    let column = |pair: &str| -> Result<(String, Option<usize>), Refusal> {
        let told = || Refusal::bad(format!("\"{pair}\" is not a field and the number of its column"));
        let (field, at) = pair.split_once('=').ok_or_else(told)?;
        match at {
            "" => Ok((field.to_owned(), None)),
            at => Ok((field.to_owned(), Some(at.parse().map_err(|_| told())?))),
        }
    };
    let pairs = asked.value("columns").map(|list| list.split(','));
    let name = words("name")?;
    Ok(Upload {
        // A name of a file, and never a path.
        name: name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        bytes: &asked.body,
        family: asked.value("kind").map(str::to_owned),
        source: words("source")?,
        sheet: words("sheet")?,
        columns: pairs
            .into_iter()
            .flatten()
            .map(column)
            .collect::<Result<_, _>>()?,
        dates: asked.value("dates").map(str::to_owned),
    })
}

fn refused(unread: Unread) -> Trouble {
    match unread {
        Unread::Refused(what, next) => Refusal::new(crate::answer::Code::BadRequest, what, next).into(),
        Unread::Busy => crate::house::busy().into(),
        Unread::Failed(words) => Trouble::Ours(words),
    }
}

/// How the table would be read.
pub(crate) fn look(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let found = (house.outside.look_at_table)(&upload(asked)?).map_err(refused)?;
    Ok(Answer::Json(shown(&found)))
}

fn shown(found: &Looked) -> Value {
    let columns = found
        .columns
        .iter()
        .map(|(name, field)| json!({ "name": name, "field": field }));
    let read = found.read.iter().map(|row| {
        let cells = row.iter().map(|(field, value)| (field.clone(), json!(value)));
        Value::Object(cells.collect())
    });
    let reasons = found
        .reasons
        .iter()
        .map(|(why, rows, line)| json!({ "why": why, "rows": rows, "line": line }));
    let turned_down = found
        .turned_down
        .iter()
        .map(|(line, why, row)| json!({ "line": line, "why": why, "row": row }));
    json!({
        "kind": found.family, "because": found.because, "source": found.source,
        "sheet": found.sheet, "sheets": found.sheets, "dates": found.dates,
        "fields": found.fields, "kinds": FAMILIES,
        "columns": columns.collect::<Vec<_>>(), "first": found.first, "read": read.collect::<Vec<_>>(),
        "kept": found.kept, "rejected": found.rejected,
        "reasons": reasons.collect::<Vec<_>>(), "turned_down": turned_down.collect::<Vec<_>>(),
        "lacks": found.lacks.as_ref().map(|(what, next)| json!({ "what": what, "next": next })),
    })
}

/// The rows turned down, as a file.
pub(crate) fn rejected(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let found = (house.outside.look_at_table)(&upload(asked)?).map_err(refused)?;
    Ok(Answer::Bytes {
        kind: CSV,
        bytes: found.rejected_csv.into_bytes(),
        headers: vec![(
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"rejected.csv\"".to_owned(),
        )],
    })
}

/// Keeps the table.
pub(crate) fn keep(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let kept = (house.outside.keep_table)(&upload(asked)?).map_err(refused)?;
    Ok(Answer::Json(json!({
        "entry": kept.entry, "rows": kept.rows, "new": kept.new, "changed": kept.changed,
        "rejected": kept.rejected,
    })))
}
