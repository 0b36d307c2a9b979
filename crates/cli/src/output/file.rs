//! Files that commands write: whole or not at all, and none that is there already unless the user says so.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use isnad_store::NewFile;

use crate::command_error::{CommandError, Message};

/// A file under way.
#[derive(Debug)]
pub(crate) struct OutputFile {
    path: PathBuf,
    out: Out,
}

#[derive(Debug)]
enum Out {
    /// A file that has its name only once it is finished.
    New(BufWriter<NewFile>),
    /// A device or a pipe: nothing can take its place.
    Open(BufWriter<File>),
}

impl OutputFile {
    /// A file that will be at `path`. What is there already is replaced if `force` says so.
    pub(crate) fn at(path: &Path, force: bool) -> Result<Self, CommandError> {
        if !force {
            refuse_if_there(path)?;
        }
        let out = match fs::metadata(path).ok() {
            Some(there) if !there.is_file() => {
                fs::OpenOptions::new().write(true).open(path).map(|file| Out::Open(BufWriter::new(file)))
            }
            // Whoever makes the file meanwhile keeps it.
            None => NewFile::create(path).map(|file| Out::New(BufWriter::new(file))),
            Some(_) => NewFile::replace(path).map(|file| Out::New(BufWriter::new(file))),
        };
        Ok(Self { out: out.map_err(|error| cannot_write(path, &error))?, path: path.to_owned() })
    }

    /// Gives the file its name.
    pub(crate) fn finish(self) -> Result<(), CommandError> {
        let finished = match self.out {
            Out::New(out) => out.into_inner().map_err(io::IntoInnerError::into_error).and_then(NewFile::finish),
            Out::Open(mut out) => out.flush(),
        };
        finished.map_err(|error| cannot_write(&self.path, &error))
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Out::New(out) => out.write(bytes),
            Out::Open(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::New(out) => out.flush(),
            Out::Open(out) => out.flush(),
        }
    }
}

/// Refuses a path where a file is already. Who writes several files asks for all of them before writing any.
pub(crate) fn refuse_if_there(path: &Path) -> Result<(), CommandError> {
    if !path.is_file() {
        return Ok(());
    }
    let message = Message::new(format_args!("{} is there already", path.display()));
    Err(CommandError::Output(message.advise("another path, or --force to replace it")))
}

/// That a file or folder cannot be written.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> CommandError {
    let message = Message::new(format_args!("{}: cannot be written: {error}", path.display()));
    CommandError::Output(message.advise("-o with a path in a folder that is there and may be written to"))
}
