//! The commands on the front page: every line of its `sh` blocks.

/// Lines of the fenced `sh` blocks of a Markdown page, without comments.
pub(crate) fn commands(page: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut inside = false;
    for line in page.lines().map(str::trim) {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            commands.push(line.to_owned());
        }
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn only_lines_of_sh_blocks_are_commands() {
        let page = "Run it:\n\n```sh\n# the demonstration\ncargo run -- demo\n```\n\n```text\ncargo is not run here\n```\n";
        assert_eq!(commands(page), ["cargo run -- demo"]);
        assert!(commands("no block").is_empty());
    }
}
