//! A folder of snapshots: a file a capture, named or dated by its path, a pattern or a sidecar.
//!
//! What tells the time is asked in this order: the sidecar, the caller's patterns, a time in the path, and when the file was
//! last written where the caller trusts that. The files are listed first and come in the order of their times.

use std::path::{Path, PathBuf};
use std::vec;

use chrono::{DateTime, Utc};
use walkdir::{DirEntry, WalkDir};

use super::kind::SourceKind;
use super::pattern::Told;
use super::sidecar::{self, Sidecar};
use super::stamp;
use super::{Capture, Content, Progress, Skipped, Source, SourceOptions, broken};
use crate::error::IngestError;
use crate::ingest::load_file;
use crate::language;
use crate::moment::moment_or_day;

pub(super) const KIND: SourceKind = SourceKind::new(
    "folder",
    "a folder of snapshots, a file a capture",
    |path, _| path.is_dir(),
    |path, options| Ok(Box::new(Folder::open(path, options)?)),
);

/// How the names of files end that are captures, where no pattern says which are.
const ENDINGS: [&str; 8] = ["html", "htm", "xhtml", "xht", "shtml", "txt", "text", "md"];

/// The most folders inside one another that are entered.
const MAX_DEPTH: usize = 64;

struct Folder {
    files: vec::IntoIter<Result<Listed, Skipped>>,
    total: u64,
}

/// A file that is a capture, with what is known of it before it is read.
struct Listed {
    path: PathBuf,
    capture: Capture,
    /// Why nothing was got, where the sidecar says so.
    failed: Option<String>,
    charset: Option<String>,
}

impl Folder {
    fn open(root: &Path, options: &SourceOptions) -> Result<Self, IngestError> {
        let mut files = Vec::new();
        // Links are not followed: they may lead out of the folder, or in a circle.
        for entry in WalkDir::new(root).max_depth(MAX_DEPTH).sort_by_file_name() {
            match entry {
                Ok(entry) => files.extend(list(root, &entry, options)),
                Err(error) if error.depth() == 0 => {
                    return Err(IngestError::read(&root.to_string_lossy(), error.into()));
                }
                Err(error) => {
                    let place = error.path().unwrap_or(root).to_string_lossy().into_owned();
                    files.push(Err(Skipped::new(place, broken(error))));
                }
            }
        }
        if files.is_empty() {
            return Err(IngestError::Malformed {
                name: root.to_string_lossy().into_owned(),
                reason: none_fits(options),
            });
        }
        files.sort_by_key(|file| file.as_ref().ok().and_then(|file| file.capture.time));
        Ok(Self { total: files.len() as u64, files: files.into_iter() })
    }
}

/// That there is no snapshot among files.
pub(super) fn none_fits(options: &SourceOptions) -> String {
    match options.patterns.is_empty() {
        true => format!("no file in it is a snapshot, whose name ends with one of .{}", ENDINGS.join(", .")),
        false => "the path of no file in it fits a pattern".to_owned(),
    }
}

/// The capture that an entry of the folder is, if it is one.
fn list(root: &Path, entry: &DirEntry, options: &SourceOptions) -> Option<Result<Listed, Skipped>> {
    if !entry.file_type().is_file() {
        return None;
    }
    let path = entry.path();
    let within = slashed(path.strip_prefix(root).ok()?);
    let told = is_snapshot(&within, options)?;
    let place = path.to_string_lossy().into_owned();
    let sidecar = match sidecar::of(path) {
        Ok(sidecar) => sidecar.unwrap_or_default(),
        Err(error) => return Some(Err(Skipped::new(place, error))),
    };
    let written = sidecar.captured.or_else(|| told.time.clone());
    let capture = named(root, &within, told, options);
    let time = match written {
        Some(written) => moment_or_day(&written, options.clock),
        None => capture.time.or_else(|| written_last(entry, options)),
    };
    let Sidecar { article, url, published, title, status, content_type, .. } = sidecar;
    Some(Ok(Listed {
        path: path.to_owned(),
        failed: status.filter(|status| !(200..300).contains(status)).map(|status| format!("HTTP {status}")),
        charset: content_type,
        capture: Capture {
            time,
            url: url.or(capture.url),
            article: article.or(capture.article),
            language: sidecar.language.as_deref().and_then(language::parse).or(capture.language),
            published,
            title,
            place,
            ..capture
        },
    }))
}

/// What the caller's patterns tell of a path, if that is one of a capture.
pub(super) fn is_snapshot(within: &str, options: &SourceOptions) -> Option<Told> {
    let told = options.patterns.iter().find_map(|pattern| pattern.read(within));
    let ending = Path::new(within).extension().and_then(|ending| ending.to_str());
    let has_ending = ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)));
    told.or_else(|| (options.patterns.is_empty() && has_ending).then(Told::default))
}

/// A capture as its path names it.
pub(super) fn named(root: &Path, within: &str, told: Told, options: &SourceOptions) -> Capture {
    let bare = stem(within);
    let stamped = stamp::find(bare, options.clock);
    let under = |name: &str| slashed(&root.join(name));
    Capture {
        time: stamped.as_ref().and_then(|stamped| stamped.time),
        url: told.url,
        article: told.article.as_deref().map(under),
        name: Some(under(stamped.as_ref().map_or(bare, |stamped| &*stamped.rest))),
        language: told.language.as_deref().and_then(language::parse),
        ..Capture::default()
    }
}

/// When the file was last written, where that is to be trusted.
fn written_last(entry: &DirEntry, options: &SourceOptions) -> Option<DateTime<Utc>> {
    let metadata = entry.metadata().ok().filter(|_| options.trusts_file_times)?;
    metadata.modified().ok().map(DateTime::from)
}

/// A path with `/` between its parts, on every system.
fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
        .replacen("//", "/", 1)
}

/// A path without the ending of its name.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let end = path.rfind('.').filter(|&dot| dot >= name).unwrap_or(path.len());
    path.get(..end).unwrap_or(path).trim_end_matches('/')
}

impl Iterator for Folder {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.files.next()?.and_then(|listed| {
            let Listed { path, mut capture, failed, charset } = listed;
            capture.content = match failed {
                Some(reason) => Content::Failed { reason },
                None => {
                    let bytes = load_file(&path).map_err(|error| Skipped::new(&capture.place, error))?;
                    Content::Bytes { bytes, charset, kind: None }
                }
            };
            Ok(capture)
        }))
    }
}

impl Source for Folder {
    fn progress(&self) -> Progress {
        let left = self.files.len() as u64;
        Progress { done: self.total.saturating_sub(left), total: Some(self.total) }
    }
}
