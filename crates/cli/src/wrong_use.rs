//! Arguments that make no sense, told as every other error is: a line of cause and a line of what to do.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::Cli;
use crate::command_error::{CommandError, Message};
use crate::terminal::{BidiChoice, ColorWhen, Terminal};

/// Prints help where help was asked for, else what is wrong with the arguments; the exit status.
pub(crate) fn tell(error: &clap::Error) -> ExitCode {
    let terminal = Terminal::detect(ColorWhen::Auto, BidiChoice::Auto, false);
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let told = if is_help {
        let help = error.render().ansi().to_string();
        let mut out = terminal.stdout();
        let written = out.write_all(help.as_bytes()).and_then(|()| out.flush());
        written.map_err(CommandError::from)
    } else {
        Err(CommandError::Usage(message(error)))
    };
    let Err(error) = told else { return ExitCode::SUCCESS };
    if let Some(message) = error.message() {
        terminal.complain(&message.cause, message.advice.as_deref());
    }
    error.exit_code()
}

fn message(error: &clap::Error) -> Message {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Message::new("no command was given").advise("isnad --help, which lists the commands");
    }
    let rendered = error.render().to_string();
    // The lines after the first that are set in belong to it: the arguments that are missing.
    let mut lines = rendered.lines();
    let first = lines.next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let missing: Vec<&str> = match error.kind() {
        ErrorKind::MissingRequiredArgument => lines.take_while(|line| line.starts_with("  ")).map(str::trim).collect(),
        _ => Vec::new(),
    };
    let cause = format!("{first} {}", missing.join(" "));
    Message::new(cause.trim_end()).advise(advice(error))
}

/// What to write instead: what comes near to it, what is possible, or where all is listed.
fn advice(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(listed).filter(|words| !words.is_empty());
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    let near = near.into_iter().find_map(context);
    let possible = || context(ContextKind::ValidValue).map(|values| format!("one of {values}"));
    near.or_else(possible).unwrap_or_else(|| match command_in(std::env::args().skip(1)) {
        Some(command) => format!("isnad {command} --help, which explains the arguments"),
        None => "isnad --help, which lists the commands".to_owned(),
    })
}

/// The first of the arguments that names a command.
fn command_in(arguments: impl Iterator<Item = String>) -> Option<String> {
    let cli = Cli::command();
    let is_command = |word: &String| cli.get_subcommands().any(|command| command.get_name() == word);
    arguments.take_while(|word| word != "--").find(is_command)
}

fn listed(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => String::new(),
    }
}
