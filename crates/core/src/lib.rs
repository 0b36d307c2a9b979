//! Text in, claims out: the quoted and reported claims of a news article, each with its attribution.

pub mod article;
pub mod claim;
pub mod evaluate;
pub mod extract;
pub mod fold;
pub mod language;
mod pieces;
mod quotation;
mod sentence;
pub mod span;
mod token;

pub use article::{Article, Block, BlockRole, Metadata};
pub use claim::{
    Claim, Comparison, Cue, Hedge, Kind, Mode, Passage, Polarity, Quantity, ResolvedBy, Source, SourceKind, Stance,
};
pub use extract::{ContentFacets, content_facets, extract, extract_explained};
pub use language::{Direction, Language, LanguagePack, PackError, WordClass, WordClasses};
pub use span::{OffsetMap, OffsetUnit, Span};

/// The version of the extractor; the same version finds the same claims in the same text.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");
