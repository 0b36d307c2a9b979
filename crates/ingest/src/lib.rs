//! Bytes of any origin in, articles out.
//!
//! ```
//! use isnad_core::BlockRole;
//! use isnad_ingest::{Options, read_bytes};
//!
//! let bytes = "Mayor opens bridge\nThe mayor said the bridge was safe.\nSign up for our newsletter\n";
//! let ingested = read_bytes(bytes.as_bytes(), "bridge.txt", &Options::default())?;
//! let roles: Vec<BlockRole> = ingested.article.blocks().iter().map(|block| block.role).collect();
//! assert_eq!(roles, [BlockRole::Headline, BlockRole::Body, BlockRole::Promo]);
//! assert_eq!(ingested.article.metadata.title.as_deref(), Some("Mayor opens bridge"));
//! # Ok::<(), isnad_ingest::IngestError>(())
//! ```
//!
//! The way of an input:
//!
//! 1. `sniff` judges whether it is a page or plain text.
//! 2. [`decode()`] finds the encoding and refuses what is not text.
//! 3. Pages: `page` bounds the tree, reads the metadata, has an `ArticleText` find the paragraphs, or two, and tells what
//!    speaks against its being the article.
//!    Plain text stays exactly as it is, so that offsets fit the user's file.
//! 4. `lines` tells headline, story, promotion and links to other stories apart, with the word lists under
//!    `data/`.
//! 5. `language` decides the language from what caller, page and text say.
//!
//! [`rows`] reads many articles from JSON Lines; [`source`] streams the captures of collections of every kind;
//! [`http`] gets pages from the web, and nothing else here asks the network; [`listing`] reads the feeds and sitemaps that name
//! articles, and [`watch`] tells how soon each is to be looked at again. Nothing prints.

mod address;
mod charset;
mod decode;
mod error;
pub mod http;
mod ingest;
mod language;
mod lines;
pub mod listing;
mod moment;
mod page;
pub mod rows;
mod sniff;
pub mod source;
mod warning;
pub mod watch;

pub use address::canonical_url;
pub use decode::{Decoded, EncodingOrigin, decode};
pub use error::IngestError;
pub use ingest::{
    Encoding, Extractor, Ingested, MAX_FILE_BYTES, Options, load, load_file, open_file, read_bytes, read_file,
    read_text,
};
pub use language::LanguageOrigin;
pub use moment::{day, moment, moment_or_day};
pub use page::{MAX_PAGE_BYTES, PageDoubt};
pub use rows::{Row, RowError, Rows, read_rows};
pub use sniff::Kind;
pub use warning::Warning;
