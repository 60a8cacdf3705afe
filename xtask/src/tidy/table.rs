//! Markdown tables as data: the page people read and the check that runs are one.

/// Cells of the first table after a heading, without its head line; backticks are taken off.
///
/// ```text
/// ## Who may know whom
/// | crate | may know |
/// |---|---|
/// | `model` | – |
/// ```
pub(crate) fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    page.lines()
        .skip_while(|line| line.trim_start_matches('#').trim() != heading || !line.starts_with('#'))
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(cells)
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    line.trim()
        .trim_matches('|')
        .split('|')
        .map(|cell| cell.replace('`', "").trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn the_table_under_the_heading_is_read_and_no_other() {
        let page = "# A\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n## B\n\nProse.\n\n| x | y |\n|--|--|\n| `3` | 4 |\n\n| 5 | 6 |\n";
        assert_eq!(rows(page, "B"), [["3", "4"]]);
        assert!(rows(page, "C").is_empty());
    }
}
