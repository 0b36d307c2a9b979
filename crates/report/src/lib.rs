//! Pages and exchange formats of the history: what people look at and other tools take in.
//!
//! A [`Dossier`] is all that the history knows of one article, read once. [`Pages`] makes pages of it: each is one
//! self-contained HTML file without a request to anywhere, that needs no script.
//!
//! Everything in an article is hostile input. Templates escape every text; what would turn the reading order or hide
//! text is shown instead; only `http` and `https` addresses become links; endless texts are cut and say so; and each page
//! forbids by its Content-Security-Policy every script and style but its own.
//!
//! A [`Site`](site::Site) answers whole addresses, as a server would be asked for them.
//!
//! The crate prints nothing and reads no clock: what it makes is a function of the history.
//!
//! ```no_run
//! use isnad_report::{Dossier, Pages};
//! use isnad_store::{ArticleId, History, OpenOptions};
//!
//! let history = History::open("isnad.db", OpenOptions::read())?;
//! let dossier = Dossier::read(&history, ArticleId(1))?;
//! let html = Pages::in_language("ar")?.report(&dossier)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod dossier;
mod error;
pub mod export;
mod feed;
mod page;
mod pattern;
mod phrase;
mod policy;
pub mod shown;
pub mod site;
mod texts;
mod view;
pub mod when;

pub use dossier::Dossier;
pub use error::ReportError;
pub use feed::FeedHead;
pub use page::Pages;
pub use texts::Texts;
