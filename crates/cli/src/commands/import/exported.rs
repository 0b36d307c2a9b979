//! A history that `isnad export` wrote: it is taken as it is, with its claims and changes, and nothing is read anew.

use std::io;
use std::path::Path;

use isnad_ingest::IngestError;
use isnad_ingest::source::{Lines, beginning};
use isnad_store::{History, Imported, Record, Refused, StoreError};

use super::spool::spool;
use super::tally::Tally;
use crate::command_error::{CommandError, Message};
use crate::commands::Context;
use crate::interrupt::Stop;
use crate::output::json::json_reason;
use crate::progress::Progress;

/// What the kind is called.
pub(super) const NAME: &str = "history";

/// What it is.
pub(super) const ABOUT: &str = "all of a history, as isnad export --format jsonl writes it";

/// What stands for the standard input: nothing but a history is read of it, since others are looked at before they are read.
const STDIN: &str = "-";

/// Whether the first line of a file says that it is such a history.
pub(super) fn is_one(path: &Path) -> bool {
    if path.as_os_str() == STDIN {
        return true;
    }
    let start = beginning(path);
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    matches!(serde_json::from_slice(first), Ok(Record::History(_)))
}

/// The records of a file, up to where they end, the user stops, or one cannot be read.
pub(super) struct Exported<'e> {
    lines: Lines,
    stop: &'e Stop,
    progress: Progress,
}

/// Why not all records were taken.
enum Halt {
    /// The user stopped.
    Stopped,
    /// A record cannot be read.
    Broken(Message),
    /// The history did not take them.
    Store(StoreError),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<'e> Exported<'e> {
    /// Opens a file. Of the standard input all is taken first, beside the history, so that nobody who writes the history
    /// waits for what a pipe brings.
    pub(super) fn open(
        path: &Path,
        context: &Context,
        stop: &'e Stop,
    ) -> Result<Result<Self, IngestError>, CommandError> {
        let lines = match path.as_os_str() == STDIN {
            true => {
                let folder = context.db.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                let taken = spool(io::stdin(), folder, stop).map_err(|error| {
                    let cause = format_args!("the standard input cannot be kept in {}: {error}", folder.display());
                    CommandError::Input(
                        Message::new(cause)
                            .advise("a --db in a folder that is there and has room for it, or a file in its place"),
                    )
                })?;
                Lines::new(taken, STDIN)
            }
            false => Lines::open(path),
        };
        Ok(lines.map(|lines| Self { lines, stop, progress: Progress::measured(&context.terminal) }))
    }

    /// Takes all articles that are not there yet.
    pub(super) fn run(
        mut self,
        history: &mut History,
        context: &Context,
        tally: &mut Tally,
    ) -> Result<(), CommandError> {
        let mut imported = Imported::default();
        let taken = history.import(std::iter::from_fn(|| self.record().transpose()), &mut imported);
        drop(self);
        tally.took(&imported);
        for Refused { key, problem, there } in &imported.refused {
            let message = Message::new(format_args!("{key}: {problem}"));
            let advice = match there {
                Some(_) => "another --db PATH, which takes the whole history; this article was left as it is",
                None => "the history exported again; nothing of this article was recorded",
            };
            tally.broke(context, message.about(tally.source()).advise(advice));
        }
        let message = match taken {
            Ok(()) | Err(Halt::Stopped) => return Ok(()),
            Err(Halt::Broken(message)) => message,
            Err(Halt::Store(error)) => match CommandError::from(error) {
                CommandError::Input(message) => message,
                error => return Err(error),
            },
        };
        tally.broke(context, message.about(tally.source()));
        Ok(())
    }

    fn record(&mut self) -> Result<Option<Record>, Halt> {
        if self.stop.is_set() {
            return Err(Halt::Stopped);
        }
        let position = self.lines.progress();
        self.progress.measure(position.done, position.total, "of the history");
        let (line, at) = (self.lines.next_line().map(|line| line.map(serde_json::from_slice)), self.lines.number());
        let broken = |message: Message| Halt::Broken(message.about(&format!("line {at}")));
        match line {
            Ok(None) => Ok(None),
            Ok(Some(Ok(record))) => Ok(Some(record)),
            Ok(Some(Err(_))) if at == 1 => Err(Halt::Store(StoreError::NoHead)),
            Ok(Some(Err(error))) => Err(broken(
                Message::new(json_reason(&error))
                    .advise("the history exported again; the articles that ended before this line are recorded"),
            )),
            Err(error) => Err(broken(Message::from(&error))),
        }
    }
}
