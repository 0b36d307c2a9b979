//! The kinds of sources, and which of them a path holds.

use std::path::Path;

use super::input::beginning;
use super::{Source, SourceOptions, cdx, database, folder, git, json_lines, mediawiki, table, wacz, warc};
use crate::error::IngestError;

/// A kind of source: how it is known and how it is opened.
#[derive(Debug, Clone, Copy)]
pub struct SourceKind {
    /// What people call it: `jsonl`, `warc`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its captures are HTTP responses, as the web gave them.
    pub is_web_archive: bool,
    /// Whether a path is one, judged by the path and by how the file begins when it is expanded.
    is_one: fn(&Path, &[u8]) -> bool,
    /// Opens it.
    open: Open,
}

/// Opens a source of one kind.
type Open = fn(&Path, &SourceOptions) -> Result<Box<dyn Source>, IngestError>;

impl SourceKind {
    pub(super) const fn new(
        name: &'static str,
        about: &'static str,
        is_one: fn(&Path, &[u8]) -> bool,
        open: Open,
    ) -> Self {
        Self { name, about, is_web_archive: false, is_one, open }
    }

    /// The same kind, whose captures are HTTP responses.
    pub(super) const fn of_the_web(self) -> Self {
        Self { is_web_archive: true, ..self }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// What `path` is, by its name and how it begins.
    #[must_use]
    pub fn of(path: &Path) -> Option<&'static Self> {
        let start = beginning(path);
        KINDS.iter().find(|kind| (kind.is_one)(path, &start))
    }
}

/// All kinds, in the order in which a path is tried against them.
pub const KINDS: &[SourceKind] = &[
    git::KIND,
    folder::KIND,
    json_lines::KIND,
    table::KIND,
    mediawiki::KIND,
    warc::KIND,
    wacz::KIND,
    cdx::KIND,
    database::KIND,
];

/// Opens the source at `path`, as one of `kind`, or as what it is by its name and how it begins.
///
/// # Errors
///
/// [`IngestError::UnknownSource`] if it is none that is known, and what keeps it from being opened:
/// [`IngestError::NotFound`], [`IngestError::PermissionDenied`], [`IngestError::Read`].
pub fn open(path: &Path, kind: Option<&SourceKind>, options: &SourceOptions) -> Result<Box<dyn Source>, IngestError> {
    let name = || path.to_string_lossy().into_owned();
    if let Err(error) = path.metadata() {
        return Err(IngestError::read(&name(), error));
    }
    let kind = kind.or_else(|| SourceKind::of(path)).ok_or_else(|| IngestError::UnknownSource { name: name() })?;
    (kind.open)(path, options)
}

/// Whether the name of a file ends with one of `endings`, be it compressed or not.
pub(super) fn ends_with(path: &Path, endings: &[&str]) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let bare = [".gz", ".bz2"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    endings.iter().any(|ending| bare.ends_with(ending))
}
