//! What a pipe brings, kept until it has ended: a history is not held for writing while a pipe is waited for.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::interrupt::Stop;

/// How many bytes are asked of a pipe at once.
const CHUNK: usize = 1 << 16;

/// How many chunks may wait for the disk.
const MOST_WAITING: usize = 16;

/// How often it is looked whether the user wants to stop while nothing comes.
const TICK: Duration = Duration::from_millis(100);

/// All that `pipe` brings, or what came before the user stopped it, in a file without a name in `folder`.
pub(super) fn spool(pipe: impl Read + Send + 'static, folder: &Path, stop: &Stop) -> io::Result<File> {
    let mut file = tempfile::tempfile_in(folder)?;
    let (send, arrived) = sync_channel(MOST_WAITING);
    // Nothing but the end of the process ends a read that waits: then the thread is left to that.
    thread::spawn(move || pass_on(pipe, &send));
    while !stop.is_set() {
        match arrived.recv_timeout(TICK) {
            Ok(chunk) => file.write_all(&chunk?)?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    file.rewind()?;
    Ok(file)
}

/// Reads until the pipe ends or nobody takes what is read.
fn pass_on(mut pipe: impl Read, send: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut chunk = vec![0; CHUNK];
        let chunk = match pipe.read(&mut chunk) {
            Ok(0) => return,
            Ok(bytes) => {
                chunk.truncate(bytes);
                Ok(chunk)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let is_broken = chunk.is_err();
        if send.send(chunk).is_err() || is_broken {
            return;
        }
    }
}
