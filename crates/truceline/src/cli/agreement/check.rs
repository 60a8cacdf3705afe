//! `truceline agreement check`: every fault with its line in view, and remarks that refuse nothing.

use super::super::{Common, print};
use crate::fault::{Fault, Kind};
use crate::pack::{self, Pack};
use model::DataFault;
use std::path::{Path, PathBuf};

pub(super) fn run(file: &Path, common: &Common) -> anyhow::Result<u8> {
    let folder = folder(file)?;
    let id = folder.file_name().map_or_else(
        || "agreement".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let files = texts(&folder)?;
    let pack = Pack::load(common.data.as_deref())?;
    let (versions, mut faults) = agreements::parse(&id, &files, &pack.known());
    let text_of = |name: &str| {
        let found = files.iter().find(|(file, _)| file == name);
        found.map(|(_, text)| text.as_str())
    };
    if let (true, Some(text)) = (faults.is_empty(), text_of("cases.md")) {
        let name = format!("agreements/{id}/cases.md");
        faults.extend(pack::run_cases(
            &name,
            text,
            &versions,
            &pack.known(),
            pack.actors(),
        ));
    }
    let remarks = match versions.first() {
        Some(agreement) if faults.is_empty() => agreements::check(agreement, &files),
        _ => Vec::new(),
    };
    let mut out = String::new();
    for (kind, list) in [("fault", &faults), ("remark", &remarks)] {
        for fault in list {
            let name = fault.file.rsplit('/').next().unwrap_or_default();
            out.push_str(&picture(kind, fault, &folder.join(name), text_of(name)));
        }
    }
    out.push_str(&ending(&id, faults.len(), remarks.len()));
    print(&out)?;
    Ok(if faults.is_empty() { 0 } else { Kind::SaysNo as u8 })
}

fn ending(id: &str, faults: usize, remarks: usize) -> String {
    let count = |number: usize, one: &str| match number {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    let then = match (faults, remarks) {
        (0, _) => "It can be judged by.",
        _ => "No finding is made from it until every fault is mended.",
    };
    format!(
        "{id}: {}, {}. {then}\n",
        count(faults, "fault"),
        count(remarks, "remark")
    )
}

/// The folder that holds the agreement.
fn folder(file: &Path) -> anyhow::Result<PathBuf> {
    let told = |source| {
        Fault::outside(
            format!("could not find \"{}\"", file.display()),
            "Name the folder of an agreement, or a file in it such as agreement.toml.",
            source,
        )
    };
    let whole = std::fs::canonicalize(file).map_err(told)?;
    match whole.parent() {
        Some(parent) if !whole.is_dir() => Ok(parent.to_owned()),
        _ => Ok(whole),
    }
}

/// Every file of the folder that is text, by name.
fn texts(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let told = |source| {
        Fault::outside(
            format!("could not read \"{}\"", folder.display()),
            "Check that the folder can be read.",
            source,
        )
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if let (Some(name), Ok(text)) = (path.file_name(), std::fs::read_to_string(&path)) {
            files.push((name.to_string_lossy().into_owned(), text));
        }
    }
    files.sort();
    Ok(files)
}

/// A fault with a picture of its line and the next step.
pub(in super::super) fn picture(kind: &str, fault: &DataFault, path: &Path, text: Option<&str>) -> String {
    let mut out = format!("{kind}: {}\n", fault.what);
    let line = text.and_then(|text| text.lines().nth(fault.line.checked_sub(1)?));
    match line {
        None => out.push_str(&format!("  --> {}\n", path.display())),
        Some(line) => {
            let number = fault.line.to_string();
            let margin = " ".repeat(number.len());
            let (start, length) = spot(line, &fault.what);
            out.push_str(&format!("{margin}--> {}:{number}\n{margin} |\n", path.display()));
            out.push_str(&format!("{number} | {line}\n"));
            out.push_str(&format!(
                "{margin} | {}{}\n",
                " ".repeat(start),
                "^".repeat(length)
            ));
        }
    }
    if let Some(nearest) = &fault.nearest {
        out.push_str(&format!("  = did you mean \"{nearest}\"?\n"));
    }
    if !fault.right.is_empty() {
        out.push_str(&format!("  = right: {}\n", fault.right));
    }
    out.push('\n');
    out
}

/// What to underline in a line, in characters: the first word in quotation marks of the fault that stands in it, or
/// else all of it. Tabs count as one character, as they are printed as they are.
fn spot(line: &str, what: &str) -> (usize, usize) {
    let words = what.split('"').skip(1).step_by(2).filter(|word| !word.is_empty());
    let found = words
        .filter_map(|word| Some((line.find(word)?, word.chars().count())))
        .next();
    let bare = line.trim();
    let (at, length) = found.unwrap_or_else(|| (line.len() - line.trim_start().len(), bare.chars().count()));
    (line[..at].chars().count(), length.max(1))
}

#[cfg(test)]
mod tests {
    use super::{picture, spot};
    use model::DataFault;
    use std::path::Path;

    #[test]
    fn the_word_that_is_wrong_is_underlined_and_else_the_whole_line() {
        assert_eq!(spot("actor = \"irann\"", "actor \"irann\" is not known"), (9, 5));
        assert_eq!(
            spot("from = \"operativ\"", "anchor \"operativ\" is not known"),
            (8, 8)
        );
        assert_eq!(spot("  days = 3", "this is not right"), (2, 8));
        assert_eq!(spot("", "nothing"), (0, 1));
    }

    #[test]
    fn a_fault_is_told_with_its_line_in_view_and_the_next_step() {
        let fault = DataFault::new(
            "agreements/x/agreement.toml",
            2,
            "zone \"idleb\" is not known",
            "one of: idlib",
        )
        .nearest("idleb", ["idlib"]);
        let text = picture(
            "fault",
            &fault,
            Path::new("x/agreement.toml"),
            Some("a\nzones = [\"idleb\"]\n"),
        );
        let expected = "fault: zone \"idleb\" is not known\n --> x/agreement.toml:2\n  |\n2 | zones = [\"idleb\"]\n  |           ^^^^^\n  = did you mean \"idlib\"?\n  = right: one of: idlib\n\n";
        assert_eq!(text, expected);
    }
}
