//! Another text of an agreement, tried on the incidents that the server shows.

use crate::pack::Pack;
use std::collections::BTreeMap;
use std::path::Path;

/// The text of each agreement.
pub(super) fn texts(data: Option<&Path>) -> anyhow::Result<BTreeMap<String, String>> {
    let texts = crate::pack::files(data)?.into_iter().filter_map(|(file, text)| {
        let id = file
            .strip_prefix("agreements/")?
            .strip_suffix("/agreement.toml")?;
        Some((id.to_owned(), text))
    });
    Ok(texts.collect())
}

/// Judges the picture's incidents by another text of an agreement. Zones keep their shapes: where an incident lay was
/// decided when the picture was drawn.
pub(super) fn try_agreement(
    view: &Path,
    data: Option<&Path>,
    world: &server::World,
    id: &str,
    text: &str,
) -> anyhow::Result<server::Tried> {
    let (pack, files) = Pack::read(data)?;
    let folder = format!("agreements/{id}/");
    let own: Vec<(String, String)> = files
        .into_iter()
        .filter_map(|(file, kept)| {
            let name = file.strip_prefix(&folder)?.to_owned();
            let text = if name == "agreement.toml" {
                text.to_owned()
            } else {
                kept
            };
            Some((name, text))
        })
        .collect();
    let (versions, faults) = agreements::parse(id, &own, &pack.known());
    let flaw = |kind: &str, fault: &model::DataFault| {
        let name = fault.file.rsplit('/').next().unwrap_or_default();
        let of = own
            .iter()
            .find(|(file, _)| file == name)
            .map(|(_, text)| text.as_str());
        server::Flaw {
            line: if name == "agreement.toml" { fault.line } else { 0 },
            what: fault.what.clone(),
            picture: super::agreement::picture(kind, fault, Path::new(name), of),
        }
    };
    let mut tried = server::Tried {
        faults: faults.iter().map(|fault| flaw("fault", fault)).collect(),
        ..server::Tried::default()
    };
    let settings = super::rebuild::settings(view)?;
    let (Some(agreement), Some(as_of), true) = (versions.first(), world.picture.as_of, faults.is_empty())
    else {
        return Ok(tried);
    };
    let remarks = agreements::check(agreement, &own);
    tried.remarks = remarks.iter().map(|fault| flaw("remark", fault)).collect();
    let judged = agreements::assess(
        &world.picture.incidents,
        agreement,
        as_of,
        settings.attributing,
        pack.actors(),
    );
    let before: Vec<model::Finding> = world
        .picture
        .findings
        .iter()
        .filter(|it| it.agreement.as_str() == id)
        .cloned()
        .collect();
    let verdicts = |all: &[model::Finding]| -> Vec<(String, model::Verdict)> {
        all.iter()
            .map(|it| (it.incident.to_string(), it.verdict))
            .collect()
    };
    (tried.before, tried.after) = (verdicts(&before), verdicts(&judged.findings));
    tried.turns = super::reassess::told(&before, &judged.findings);
    Ok(tried)
}
