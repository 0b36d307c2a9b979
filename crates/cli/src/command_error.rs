//! Why a command ended early, sorted by whose fault it is, and the exit status of every end.

use std::error::Error;
use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use isnad_ingest::IngestError;
use isnad_ingest::source::Skipped;
use isnad_report::ReportError;
use isnad_store::StoreError;

/// How a command that ran to its end ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Outcome {
    /// Everything was done.
    #[default]
    Done,
    /// Something changed, and the user asked to be told by the exit status.
    Changed,
    /// A figure lies below what the user asked for.
    FellShort,
    /// Some items were bad; they were reported and left out.
    SomeSkipped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Changed | Outcome::FellShort => Self::from(1),
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
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) cause: String,
    pub(crate) advice: Option<String>,
}

impl Message {
    /// A cause without advice.
    pub(crate) fn new(cause: impl Display) -> Self {
        Self { cause: cause.to_string(), advice: None }
    }

    /// Says what the cause is about.
    pub(crate) fn about(self, name: &str) -> Self {
        Self { cause: format!("{name}: {}", self.cause), ..self }
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

impl From<&IngestError> for Message {
    fn from(error: &IngestError) -> Self {
        let advice = match error {
            IngestError::NotFound { .. } => "check the path",
            IngestError::Directory { .. } => "the files in it, such as FOLDER/*.html",
            IngestError::PermissionDenied { .. } => "ask its owner for the right to read it",
            IngestError::Read { .. } => "the same again, or a copy of the file",
            IngestError::TooLarge { .. } => "its articles one by one, or as JSON Lines",
            IngestError::Empty { .. } => "check that the file was saved whole",
            IngestError::Binary { .. } => "its text saved as plain text (UTF-8) or HTML",
            IngestError::PageTooLarge { .. } | IngestError::PageTooComplex { .. } | IngestError::NoArticle { .. } => {
                "the article's text alone, saved as plain text"
            }
            IngestError::Extractor { .. } => {
                "the article's text alone, saved as plain text; and report the page, please"
            }
            IngestError::Row { .. } => "a line such as {\"id\": \"a1\", \"text\": \"…\"}",
            IngestError::UnknownSource { .. } => "--kind KIND; isnad import --help lists the kinds",
            IngestError::RowTooLong { .. } => "the article as a file of its own",
            _ => return Self::new(error),
        };
        Self::new(error).advise(advice)
    }
}

impl From<&Skipped> for Message {
    fn from(skipped: &Skipped) -> Self {
        let message = Self::from(&skipped.error);
        // Errors of what was opened or read as an article name it themselves.
        match message.cause.starts_with(&skipped.place) {
            true => message,
            false => message.about(&skipped.place),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let message = Message::new(&error);
        let add = "isnad add FILE…, which makes a history, or --db PATH for another one";
        match error {
            StoreError::Missing { .. } | StoreError::Empty { .. } => Self::History(message.advise(add)),
            StoreError::NotADatabase { .. } | StoreError::Foreign { .. } | StoreError::NotAFile { .. } => {
                Self::History(message.advise("--db PATH, where PATH is a history or a file that is not there yet"))
            }
            StoreError::NoFolder { .. } => Self::History(message.advise("make the folder, or give another --db PATH")),
            StoreError::TooNew { .. } => {
                Self::History(message.advise("install the newest isnad; the file was left as it is"))
            }
            StoreError::NoSuchArticle { .. } => Self::Usage(message.advise("isnad articles, which lists them")),
            StoreError::NoSuchVersion { .. } => {
                Self::Usage(message.advise("isnad log ARTICLE, which lists its versions"))
            }
            StoreError::NoSuchClaim { .. } => Self::Usage(message.advise("isnad show VERSION, which lists its claims")),
            StoreError::NoHead | StoreError::UnknownForm { .. } => {
                Self::Input(message.advise("a file that isnad export --format jsonl wrote, or a newer isnad"))
            }
            StoreError::BrokenExport { .. } => {
                Self::Input(message.advise("the history exported again; its articles that are whole are recorded"))
            }
            StoreError::NoSuchThread { .. } => Self::Usage(message.advise("isnad claims, which lists the claims")),
            StoreError::InvalidQuery { .. } => Self::Usage(
                message.advise("words, a \"phrase in marks\", AND, OR, NOT and brackets, as isnad search --help shows"),
            ),
            StoreError::AmbiguousArticle { .. } => Self::Usage(message.advise("the number of the article")),
            StoreError::InvalidReference { .. } => {
                Self::Usage(message.advise("ARTICLE or ARTICLE@N, as isnad articles and isnad log list them"))
            }
            StoreError::NoVersion { .. } => Self::Usage(message.advise("isnad log ARTICLE, which lists its captures")),
            StoreError::NoArticle => Self::Usage(message.advise("--url URL or --article NAME")),
            StoreError::TooOld { .. } => {
                Self::History(message.advise("isnad add, which brings it up to date with the next capture"))
            }
            StoreError::Locked { .. } => Self::History(message.advise("the same again when the other program is done")),
            StoreError::ReadOnly { .. } => {
                Self::History(message.advise("--db PATH in a folder that may be written, or a copy of the file there"))
            }
            StoreError::DiskFull { .. } => {
                Self::History(message.advise("make room and do the same again; what was recorded before is safe"))
            }
            StoreError::Damaged { .. } => Self::History(message.advise("a backup of it; this file was left as it is")),
            StoreError::Sqlite { .. } | StoreError::Io { .. } | StoreError::CannotOpen { .. } => Self::History(
                message.advise("the same again, or on a copy of the file; what was recorded before is safe"),
            ),
            StoreError::Exists { .. } => Self::Usage(message.advise("a file that is not there yet")),
            StoreError::InvalidTime { .. } => Self::Usage(message.advise("--at with the time of capture")),
            _ => Self::History(message),
        }
    }
}

impl From<ReportError> for CommandError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Store(error) => error.into(),
            _ => Self::Output(Message::new(&error).advise("report this, please: what ships with isnad is broken")),
        }
    }
}

/// Every `io::Error` that commands pass on with `?` comes from writing the output.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        if is_broken_pipe(&error) {
            return Self::ReaderGone;
        }
        let message = Message::new(format_args!("cannot write the output: {error}"));
        Self::Output(message.advise("the same again where there is room and leave to write"))
    }
}

/// Whether the reader has gone, though the error came through a library that writes.
fn is_broken_pipe(error: &io::Error) -> bool {
    let is_it = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    let mut cause = error.get_ref().map(|cause| cause as &(dyn Error + 'static));
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(is_it) {
            return true;
        }
        cause = error.source();
    }
    is_it(error)
}
