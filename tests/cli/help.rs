//! The whole help of every command: the reference, held by snapshots.

use crate::sandbox::Sandbox;

/// The commands, as the help of the whole lists them.
fn commands(sandbox: &Sandbox) -> Vec<String> {
    let help = sandbox.run(&["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).expect("a list of commands");
    let names = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_help_of_the_whole_and_of_each_command_is_as_reviewed() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!("help", sandbox.run(&["--help"]));
    for command in commands(&sandbox) {
        insta::assert_snapshot!(format!("help-{command}"), sandbox.run(&[&command, "--help"]));
    }
}

#[test]
fn every_command_shows_two_to_four_worked_examples() {
    let sandbox = Sandbox::new();
    for command in commands(&sandbox) {
        let help = sandbox.run(&[&command, "--help"]).stdout;
        let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
        let is_example = |line: &&str| line.starts_with("  ") && !line.starts_with("   ") && line.contains("isnad ");
        let worked = examples.lines().filter(is_example).count();
        assert!((2..=4).contains(&worked), "{command}: {worked} examples");
    }
}

#[test]
fn examples_are_not_broken_on_a_terminal_of_eighty_columns() {
    let sandbox = Sandbox::new();
    let commands = commands(&sandbox);
    for command in std::iter::once(None).chain(commands.iter().map(Some)) {
        let args: Vec<&str> = command.map(String::as_str).into_iter().chain(["--help"]).collect();
        let after = |columns: &str| {
            let output = sandbox.command(&args).env("COLUMNS", columns).output().expect("the command runs");
            let help = String::from_utf8_lossy(&output.stdout).into_owned();
            help.split("Examples:\n").nth(1).unwrap_or_default().to_owned()
        };
        assert_eq!(after("80"), after("100"), "{command:?}");
    }
}

#[test]
fn completions_parse_in_the_shells_that_are_here() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        sandbox.write(shell, sandbox.run(&["completions", shell]).stdout);
        let Ok(checked) = std::process::Command::new(shell).arg("-n").arg(sandbox.path(shell)).output() else {
            continue;
        };
        assert!(checked.status.success(), "{shell}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}

#[test]
fn the_version_is_told() {
    let run = Sandbox::new().run(&["--version"]);
    assert_eq!(run.stdout, concat!("isnad ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_name_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.run(&["completions", shell]).stdout;
        for command in commands(&sandbox) {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
}
