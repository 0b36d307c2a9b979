//! Claims of two versions of an article in, what became of each claim out; claims of many versions in, the life of each out.
//!
//! ```
//! use isnad_core::{Article, Language, LanguagePack, extract};
//! use isnad_diff::{Facet, Status, Version, compare};
//!
//! let pack = LanguagePack::builtin(Language::ENGLISH).ok_or("no English pack")?;
//! let old = Article::from_text("The mayor said more than 100 houses were flooded.", Some(Language::ENGLISH));
//! let new = Article::from_text("The mayor said about 120 houses were flooded.", Some(Language::ENGLISH));
//! let (old_claims, new_claims) = (extract(&old, pack), extract(&new, pack));
//! let comparison =
//!     compare(Version { article: &old, claims: &old_claims }, Version { article: &new, claims: &new_claims }, pack);
//! assert_eq!(comparison.changes[0].status, Status::Changed);
//! assert_eq!(comparison.changes[0].facets, [Facet::Quantity]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The way of a comparison: `key` makes spellings of one content alike; `link` judges which claims are the same and
//! refuses where two fit; `moves` tells what really left its place; `facets` reads in which respects linked claims
//! differ, each from the changed words; `severity` weighs that by a table; [`word_edits`] shows it. [`thread`] follows
//! claims through many versions.

pub mod change;
mod compare;
mod declared;
mod elsewhere;
mod facets;
mod key;
mod link;
mod meaning;
mod moves;
mod severity;
pub mod thread;
mod words;

pub use change::{Change, Comparison, Detail, Facet, Link, Severity, Status, Summary, Version, WordChange, WordOp};
pub use compare::{compare, compare_with};
pub use elsewhere::lines_changed_elsewhere;
pub use severity::SeverityTable;
pub use thread::{EventCounts, EventStatus, thread};
pub use words::{WordEdit, word_edits, words};
