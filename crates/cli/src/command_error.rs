//! Why a command ended early, sorted by whose fault it is, and the exit status of every end.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// How a command that ran to its end ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Outcome {
    /// Everything was done.
    #[default]
    Done,
    /// Something changed, and the user asked to be told by the exit status.
    Changed,
    /// Some items were bad; they were reported and left out.
    SomeSkipped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Changed => Self::from(1),
            Outcome::SomeSkipped => Self::from(2),
        }
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum CommandError {
    /// The user asked for what makes no sense or is not there.
    Usage(Message),
    /// What was given to read cannot be read.
    Input(Message),
    /// The history cannot be opened, read or written.
    History(Message),
    /// The output cannot be written.
    Output(Message),
    /// The reader of the output has gone: nobody's fault.
    ReaderGone,
}

/// A line of cause and, where there is one, a line of what to do.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) cause: String,
    pub(crate) advice: Option<String>,
}

impl Message {
    /// A cause without advice.
    pub(crate) fn new(cause: impl Display) -> Self {
        Self { cause: cause.to_string(), advice: None }
    }

    /// Adds what to do.
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl CommandError {
    /// What to tell the user; nothing if nobody reads.
    pub(crate) fn message(&self) -> Option<&Message> {
        match self {
            Self::Usage(message) | Self::Input(message) | Self::History(message) | Self::Output(message) => {
                Some(message)
            }
            Self::ReaderGone => None,
        }
    }

    /// The exit status.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::Input(_) | Self::History(_) | Self::Output(_) => ExitCode::from(2),
            Self::ReaderGone => ExitCode::SUCCESS,
        }
    }
}

/// Every `io::Error` that commands pass on with `?` comes from writing the output.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::Output(Message::new(format_args!("cannot write the output: {error}"))),
        }
    }
}
