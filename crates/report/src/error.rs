//! What can go wrong while a page or a document is made.

use isnad_store::StoreError;

/// Why a page or a document could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The history could not be read, or does not have what was asked for.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nobody of that name is quoted in the history.
    #[error("nobody called `{name}` is quoted in this history")]
    NoSuchSpeaker {
        /// The name that was asked for.
        name: String,
    },
    /// There are no interface texts in that language.
    #[error("there are no interface texts in `{language}`")]
    NoTexts {
        /// The language that was asked for.
        language: String,
    },
    /// The interface texts that ship cannot be read.
    #[error("the interface texts cannot be read: {reason}")]
    Texts {
        /// Which file, and what is wrong with it.
        reason: String,
    },
    /// A template that ships cannot be rendered.
    #[error("the page cannot be made from its template: {0}")]
    Template(#[from] minijinja::Error),
    /// A document cannot be written as data.
    #[error("the document cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}
