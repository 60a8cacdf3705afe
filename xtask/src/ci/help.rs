//! Whether `docs/cli.md` names every command and option that the binary offers.

/// Names of the commands that a help text lists, without `help` itself.
pub(crate) fn commands(help: &str) -> Vec<String> {
    section(help, "Commands:")
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Long options that a help text lists, without those every program has.
pub(crate) fn options(help: &str) -> Vec<String> {
    section(help, "Options:")
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
        .map(|word| word.trim_end_matches(',').to_owned())
        .filter(|name| name != "--help" && name != "--version")
        .collect()
}

/// Entries of a section: lines set in less than their explanations are.
fn section<'a>(help: &'a str, heading: &'a str) -> impl Iterator<Item = &'a str> {
    help.lines()
        .skip_while(move |line| *line != heading)
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .filter(|line| line.len() - line.trim_start().len() <= 6)
}

/// What the page does not name: `truceline COMMAND`, and options in backticks.
pub(crate) fn missing(page: &str, command: &str, options: &[String]) -> Vec<String> {
    let mut missing = Vec::new();
    if !page.contains(&format!("`{command}")) {
        missing.push(command.to_owned());
    }
    let is_named =
        |option: &String| page.contains(&format!("`{option}`")) || page.contains(&format!("`{option} "));
    missing.extend(
        options
            .iter()
            .filter(|option| !is_named(option))
            .map(|option| format!("{command} {option}")),
    );
    missing
}

#[cfg(test)]
mod tests {
    use super::{commands, missing, options};

    const HELP: &str = "Does a thing\n\nUsage: x [OPTIONS] <COMMAND>\n\nCommands:\n  verify  Check --all of it\n  help    Print this\n\n\
                        Options:\n      --data <DIR>  Read --more from here\n  -q, --quiet       Print nothing\n  -h, --help        Print help\n";

    #[test]
    fn commands_and_options_are_read_from_help() {
        assert_eq!(commands(HELP), ["verify"]);
        assert_eq!(options(HELP), ["--data", "--quiet"]);
        assert!(commands("").is_empty());
    }

    #[test]
    fn what_the_page_does_not_name_is_told() {
        let page = "| `truceline log verify` | and `--data DIR` |";
        let options = ["--data".to_owned(), "--quiet".to_owned()];
        assert_eq!(
            missing(page, "truceline log verify", &options),
            ["truceline log verify --quiet"]
        );
        assert_eq!(missing(page, "truceline demo", &[]), ["truceline demo"]);
    }
}
