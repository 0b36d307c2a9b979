//! A git repository of snapshots: each commit that changes a file is a capture of it, made when the commit was written.
//!
//! The `git` program reads the repository: wherever there is one, it is there, and a library would bring a hundred crates.
//! It is asked for nothing but the log and the contents; hooks, filters and the network are off.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::folder::{is_snapshot, named, none_fits};
use super::kind::SourceKind;
use super::{Capture, Content, Progress, Skipped, Source, SourceOptions, broken};
use crate::error::IngestError;
use crate::ingest::{MAX_FILE_BYTES, Options, read_bytes};
use crate::moment::moment;

pub(super) const KIND: SourceKind = SourceKind::new(
    "git",
    "a git repository of snapshots, a changed file of a commit a capture",
    |path, _| path.join(".git").exists() || (path.join("HEAD").is_file() && path.join("objects").is_dir()),
    |path, options| Ok(Box::new(Repository::open(path, options)?)),
);

/// The most bytes of a path.
const MAX_PATH: u64 = 64 * 1024;

struct Repository {
    name: String,
    root: PathBuf,
    log: Running<BufReader<ChildStdout>>,
    contents: Running<(ChildStdin, BufReader<ChildStdout>)>,
    /// The commit whose files are being listed, and when it was written.
    commit: Option<(String, String)>,
    done: u64,
    total: Option<u64>,
    options: SourceOptions,
    /// Whether a file was a snapshot.
    has_given: bool,
    is_done: bool,
}

/// A program that runs as long as its output is wanted.
struct Running<T> {
    child: Child,
    pipes: T,
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// git on a repository, with everything off that could run a program or ask the network.
fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]);
    command.args(["-c", "protocol.allow=never", "-c", "log.showSignature=false"]);
    // Set inside a hook, these would have another repository read.
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"].iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

impl Repository {
    fn open(path: &Path, options: &SourceOptions) -> Result<Self, IngestError> {
        let name = path.to_string_lossy().into_owned();
        let failed = |reason: String| IngestError::Malformed { name: name.clone(), reason };
        let count = git(path).args(["rev-list", "--count", "HEAD"]).output();
        let count = count.map_err(|error| failed(format!("git cannot be run: {error}")))?;
        if !count.status.success() {
            return Err(failed("git finds no commits here".to_owned()));
        }
        let run =
            |command: &mut Command| command.spawn().map_err(|error| failed(format!("git cannot be run: {error}")));
        let no_pipe = || failed("git cannot be listened to".to_owned());
        // A NUL and a line of hash and time before the files of each commit, each file behind modes, status and a NUL.
        let log = ["log", "--reverse", "--no-renames", "--raw", "-z", "-m", "--first-parent", "--format=%x00%H %aI"];
        let mut log = run(git(path).args(log))?;
        let pipes = BufReader::new(log.stdout.take().ok_or_else(no_pipe)?);
        let log = Running { child: log, pipes };
        let mut contents = run(git(path).args(["cat-file", "--batch"]).stdin(Stdio::piped()))?;
        let pipes = contents.stdin.take().zip(contents.stdout.take()).ok_or_else(no_pipe)?;
        let contents = Running { child: contents, pipes: (pipes.0, BufReader::new(pipes.1)) };
        let total = String::from_utf8_lossy(&count.stdout).trim().parse().ok();
        let (root, options) = (path.to_owned(), options.clone());
        Ok(Self { name, root, log, contents, commit: None, done: 0, total, options, has_given: false, is_done: false })
    }

    /// The next word of the log, without the NUL behind it.
    fn word(&mut self) -> std::io::Result<Option<String>> {
        let mut word = Vec::new();
        let read = self.log.pipes.by_ref().take(MAX_PATH).read_until(0, &mut word)?;
        let word = word.strip_suffix(&[0]).unwrap_or(&word);
        Ok((read > 0).then(|| String::from_utf8_lossy(word).trim_matches('\n').to_owned()))
    }

    /// The next file that a commit changed.
    fn next_file(&mut self) -> std::io::Result<Option<(String, bool)>> {
        while let Some(word) = self.word()? {
            if let Some((hash, time)) = word.split_once(' ').filter(|(hash, _)| hash.len() >= 40) {
                self.commit = Some((hash.to_owned(), time.to_owned()));
                self.done += 1;
            } else if !word.is_empty() {
                let Some(path) = self.word()? else { return Ok(None) };
                if let Some(is_gone) = change(&word) {
                    return Ok(Some((path, is_gone)));
                }
            }
        }
        Ok(None)
    }

    /// A file as it was in a commit.
    fn content(&mut self, hash: &str, path: &str) -> Result<Vec<u8>, IngestError> {
        // The protocol is by lines.
        if path.contains('\n') {
            return Err(broken("the name of the file holds a line break"));
        }
        let (ask, answer) = &mut self.contents.pipes;
        writeln!(ask, "{hash}:{path}").and_then(|()| ask.flush()).map_err(broken)?;
        let mut header = String::new();
        answer.by_ref().take(MAX_PATH).read_line(&mut header).map_err(broken)?;
        let mut words = header.trim_end().rsplit(' ');
        let (size, kind) = (words.next().and_then(|size| size.parse::<u64>().ok()), words.next());
        let Some(size) = size.filter(|_| kind == Some("blob")) else {
            return Err(broken("git does not have the content of this file"));
        };
        let mut content = Vec::new();
        let kept = size.min(MAX_FILE_BYTES);
        answer.by_ref().take(kept).read_to_end(&mut content).map_err(broken)?;
        let rest = size - kept + 1;
        std::io::copy(&mut answer.by_ref().take(rest), &mut std::io::sink()).map_err(broken)?;
        match size > MAX_FILE_BYTES {
            true => Err(broken(format_args!("more than {MAX_FILE_BYTES} bytes"))),
            false => Ok(content),
        }
    }

    fn capture(&mut self, path: &str, is_gone: bool) -> Option<Result<Capture, Skipped>> {
        let told = is_snapshot(path, &self.options)?;
        let (hash, time) = self.commit.clone()?;
        let place = format!("{}: {}:{path}", self.name, hash.get(..12)?);
        let content = match is_gone {
            true => Content::Failed { reason: "the file is gone from the repository".to_owned() },
            false => match self.content(&hash, path) {
                Ok(bytes) => Content::Bytes { bytes, charset: None, kind: None },
                Err(error) => return Some(Err(Skipped::new(place, error))),
            },
        };
        let mut capture = named(&self.root, path, told, &self.options);
        if is_gone && capture.url.is_none() {
            // The page may have named its article itself while it was there.
            let before = self.content(&format!("{hash}^"), path).ok();
            let page = before.and_then(|page| read_bytes(&page, path, &Options::default()).ok());
            capture.url = page.and_then(|page| page.article.metadata.url);
        }
        Some(Ok(Capture { place, time: moment(&time), content, ..capture }))
    }
}

/// Whether a change, `:100644 100644 1a2b… 3c4d… M`, took a file away; `None` if it is of no file: links to other places and
/// other repositories hold no page.
fn change(raw: &str) -> Option<bool> {
    let mut words = raw.strip_prefix(':')?.split(' ');
    let (old, new, status) = (words.next()?, words.next()?, words.next_back()?);
    let is_gone = status == "D";
    (if is_gone { old } else { new }).starts_with("100").then_some(is_gone)
}

impl Iterator for Repository {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.next_file() {
                Ok(None) => {
                    self.is_done = true;
                    if !self.has_given {
                        return Some(Err(Skipped::new(self.name.clone(), broken(none_fits(&self.options)))));
                    }
                }
                Ok(Some((path, is_gone))) => {
                    if let Some(item) = self.capture(&path, is_gone) {
                        self.has_given = true;
                        return Some(item);
                    }
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(Skipped::new(self.name.clone(), broken(error))));
                }
            }
        }
        None
    }
}

impl Source for Repository {
    fn progress(&self) -> Progress {
        Progress { done: self.done, total: self.total }
    }
}
