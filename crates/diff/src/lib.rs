//! Claims of two versions of an article in, what became of each claim out.

pub mod change;

pub use change::{Change, Comparison, Detail, Facet, Link, Severity, Status, Summary, Version, WordChange, WordOp};
use isnad_core::LanguagePack;

/// What became of each claim of `old` in `new`.
#[must_use]
pub fn compare(_old: Version<'_>, _new: Version<'_>, _pack: &LanguagePack) -> Comparison {
    Comparison::default()
}
