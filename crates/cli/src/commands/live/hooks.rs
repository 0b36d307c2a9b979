//! Telling other programs of changes: a command that reads them, an address that takes them.

use std::io::Write;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use isnad_ingest::http::Webhook;
use isnad_store::Event;

use super::web::{WebArgs, address};
use crate::command_error::Message;
use crate::commands::change_filter::{Filter, FilterArgs};

/// The most time that a command takes; one that hangs must not end the watch.
const MOST_TIME: Duration = Duration::from_secs(60);

/// How often it is looked whether a command has ended.
const LOOK: Duration = Duration::from_millis(20);

/// Who is told of changes, and of which.
#[derive(Debug, Args)]
pub(in crate::commands) struct HookArgs {
    /// Run this in the shell for each version that brings changes, with them as JSON on its standard input
    #[arg(long, value_name = "COMMAND")]
    on_change: Option<String>,
    /// Post the same JSON to this address
    #[arg(long, value_name = "URL", value_parser = address)]
    webhook: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Those who are told.
#[derive(Debug)]
pub(in crate::commands) struct Hooks {
    command: Option<String>,
    webhook: Option<Webhook>,
    filter: Filter,
}

impl HookArgs {
    /// Those who are told; webhooks are asked as `web` says.
    pub(in crate::commands) fn hooks(&self, web: &WebArgs) -> Hooks {
        let webhook = |url: &String| Webhook::new(url.clone(), &web.user_agent(), web.timeout());
        Hooks {
            command: self.on_change.clone(),
            webhook: self.webhook.as_ref().map(webhook),
            filter: self.filter.filter(),
        }
    }
}

impl Hooks {
    /// Whether there is anybody to tell.
    pub(in crate::commands) const fn is_any(&self) -> bool {
        self.command.is_some() || self.webhook.is_some()
    }

    /// Whether an event is one of those that are shown and told.
    pub(in crate::commands) fn want(&self, event: &Event) -> bool {
        self.filter.shows(event.severity, &event.facets)
    }

    /// Tells all of them; what went wrong with which.
    pub(in crate::commands) fn tell(&self, json: &str) -> Vec<Message> {
        let command = self.command.as_ref().and_then(|command| {
            let failed = run(command, json).err()?;
            Some(
                Message::new(format_args!("--on-change {command}: {failed}"))
                    .advise("the command by hand, with `{}` as its input"),
            )
        });
        let webhook = self.webhook.as_ref().and_then(|webhook| {
            let failed = webhook.send(json).err()?;
            let message = Message::new(format_args!("--webhook {}: {failed}", webhook.url()));
            Some(message.advise("isnad log ARTICLE --changes, which has the change all the same"))
        });
        command.into_iter().chain(webhook).collect()
    }
}

/// Runs a command with `input`, for as long as it may take; why it failed.
fn run(command: &str, input: &str) -> Result<(), String> {
    let mut child = shell(command).stdin(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    let stdin = child.stdin.take();
    // A command need not read its input, and what it started may hold the pipe open: nobody waits for that.
    let input = input.to_owned();
    thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
    match wait(&mut child)? {
        status if status.success() => Ok(()),
        status => Err(status.to_string()),
    }
}

fn wait(child: &mut Child) -> Result<ExitStatus, String> {
    let start = Instant::now();
    while start.elapsed() < MOST_TIME {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status);
        }
        thread::sleep(LOOK);
    }
    // What cannot be ended is left alone.
    let _ = child.kill().and_then(|()| child.wait());
    Err(format!("did not end within {} seconds", MOST_TIME.as_secs()))
}

fn shell(command: &str) -> Command {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(shell);
    shell.args([flag, command]);
    shell
}
