//! What can go wrong between bytes and an article.

use std::io;

/// Why something could not be read as an article. `name` is what the caller calls the input: a path, a
/// URL, `-`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// No file has that name.
    #[error("{name}: there is no such file")]
    NotFound {
        /// The path.
        name: String,
    },
    /// The name is a folder's.
    #[error("{name}: this is a folder")]
    Directory {
        /// The path.
        name: String,
    },
    /// The system does not let the user read the file.
    #[error("{name}: no permission to read this file")]
    PermissionDenied {
        /// The path.
        name: String,
    },
    /// Reading failed for another reason.
    #[error("{name}: reading failed: {source}")]
    Read {
        /// The path or the stream's name.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is larger than [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES).
    #[error("{name}: more than {limit} bytes")]
    TooLarge {
        /// The path.
        name: String,
        /// The most bytes that are read.
        limit: u64,
    },
    /// There is no text: no bytes, or white space only.
    #[error("{name}: holds no text")]
    Empty {
        /// What was read.
        name: String,
    },
    /// The bytes are not text in any encoding.
    #[error("{name}: not a text but {what}")]
    Binary {
        /// What was read.
        name: String,
        /// What it seems to be: `a PDF file`, `binary data`.
        what: &'static str,
    },
    /// The page is larger than [`MAX_PAGE_BYTES`](crate::MAX_PAGE_BYTES).
    #[error("{name}: a page of {size} bytes; pages of up to {limit} are read")]
    PageTooLarge {
        /// What was read.
        name: String,
        /// The page's size in bytes of UTF-8.
        size: usize,
        /// The most bytes a page can have.
        limit: usize,
    },
    /// The page would cost unbounded time or memory: nested too deep, or too many elements or attributes.
    #[error("{name}: the page has {what}; {limit} is the most that is read")]
    PageTooComplex {
        /// What was read.
        name: String,
        /// What there is too much of.
        what: &'static str,
        /// The most there can be.
        limit: usize,
    },
    /// The page holds no article text, or none that was found.
    #[error("{name}: no article text was found on this page")]
    NoArticle {
        /// What was read.
        name: String,
    },
    /// The extractor gave up.
    #[error("{name}: the extractor {extractor} failed: {reason}")]
    Extractor {
        /// What was read.
        name: String,
        /// The extractor's name.
        extractor: &'static str,
        /// What it said.
        reason: String,
    },
    /// A line of JSON Lines is not a row.
    #[error("not a row: {reason}")]
    Row {
        /// What is wrong with it.
        reason: String,
    },
    /// An item of a collection cannot be read; where it stands is told beside it.
    #[error("{reason}")]
    Item {
        /// What is wrong with it.
        reason: String,
    },
    /// The file as a whole is not what it is taken for.
    #[error("{name}: {reason}")]
    Malformed {
        /// The path.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The attempt to get the article had failed when it was made: there is nothing to read.
    #[error("{name}: nothing was captured: {reason}")]
    NotCaptured {
        /// Where the capture stands.
        name: String,
        /// Why nothing was got.
        reason: String,
    },
    /// The file or folder is no collection of captures of a kind that is known.
    #[error("{name}: no collection of captures that is known")]
    UnknownSource {
        /// The path.
        name: String,
    },
    /// A line of JSON Lines is longer than [`MAX_ROW_BYTES`](crate::rows::MAX_ROW_BYTES).
    #[error("a row of more than {limit} bytes")]
    RowTooLong {
        /// The most bytes a row can have.
        limit: usize,
    },
}

impl IngestError {
    /// The error of reading the file `name`.
    pub(crate) fn read(name: &str, source: io::Error) -> Self {
        let name = name.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { name },
            io::ErrorKind::IsADirectory => Self::Directory { name },
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { name },
            _ => Self::Read { name, source },
        }
    }
}
