//! Text in, claims out: the quoted and reported claims of a news article, each with its attribution.
//!
//! A **claim** is what an article attributes to somebody other than its own narrator: said, written, denied,
//! demanded, hoped. This crate finds them by rules and words, without a model, a network, a clock or a file: the same
//! text and the same [`LanguagePack`] give the same claims on any machine, in time linear in the text.
//!
//! # A first article
//!
//! An [`Article`] is a text with its blocks; [`extract`] gives its [`Claim`]s in the order of the text.
//!
//! ```
//! use isnad_core::{Article, Language, LanguagePack, Polarity, extract};
//!
//! let text = "The harbour minister, Anna Berg, said that about 40 passengers were hurt.\n\
//!             She denied that the crew had been warned.\n";
//! let article = Article::from_text(text, Some(Language::ENGLISH));
//! let pack = LanguagePack::builtin(Language::ENGLISH).ok_or("there is no such pack")?;
//! let claims = extract(&article, pack);
//!
//! assert_eq!(claims.len(), 2);
//! assert_eq!(claims[0].content.text, "about 40 passengers were hurt");
//! assert_eq!(claims[1].polarity, Polarity::Denied);
//! # Ok::<(), &str>(())
//! ```
//!
//! # Who says it, and how that is known
//!
//! The words that attribute are the [`Cue`]; the [`Source`] is whom they name, as written, and its `speaker` the fullest
//! name that the article has for them. Where two fit equally well the speaker is `None`: a wrong one is worse.
//! [`extract_explained`] gives the grounds, too: whom the resolver passed over and why, and which words could have
//! attributed but did not.
//!
//! ```
//! # use isnad_core::{Article, Language, LanguagePack, ResolvedBy, extract_explained};
//! # let text = "The harbour minister, Anna Berg, said that about 40 passengers were hurt.\n\
//! #             She denied that the crew had been warned.\n";
//! # let article = Article::from_text(text, Some(Language::ENGLISH));
//! # let pack = LanguagePack::builtin(Language::ENGLISH).ok_or("there is no such pack")?;
//! let explanation = extract_explained(&article, pack);
//! let second = &explanation.claims[1];
//! let source = second.claim.source.as_ref().ok_or("no source")?;
//! assert_eq!(source.text, "She");
//! assert_eq!(source.speaker.as_deref(), Some("The harbour minister, Anna Berg"));
//! assert_eq!(source.resolved_by, ResolvedBy::Pronoun);
//! assert_eq!(second.named_at.map(|span| span.of(text)), Some("The harbour minister, Anna Berg"));
//! # Ok::<(), &str>(())
//! ```
//!
//! # Where it stands
//!
//! Every part of a claim points at the text with [`Span`]s in bytes. Other programs count otherwise: an [`OffsetMap`]
//! converts to code points (Python) or UTF-16 (JavaScript, Java), and back.
//!
//! ```
//! # use isnad_core::{Article, Language, LanguagePack, extract};
//! use isnad_core::{OffsetMap, OffsetUnit};
//!
//! let article = Article::from_text("قالت الوزيرة إن الجسر آمن.", Some(Language::ARABIC));
//! let pack = LanguagePack::builtin(Language::ARABIC).ok_or("there is no such pack")?;
//! let claim = &extract(&article, pack)[0];
//! let span = claim.content.spans[0];
//! assert_eq!(span.of(article.text()), "الجسر آمن");
//!
//! let code_points = OffsetMap::new(article.text(), OffsetUnit::CodePoints);
//! let span = claim.with_offsets(&code_points).content.spans[0];
//! assert_eq!((span.start, span.end), (16, 25));
//! # Ok::<(), &str>(())
//! ```
//!
//! # Other languages, other words
//!
//! What is particular to a language is data. A pack ships for each of [`LanguagePack::builtin_languages`]; a pack of your
//! own teaches another language, or adds to one that ships. A mistake in it is told with file, line, entry and reason.
//!
//! ```
//! # use isnad_core::{Article, Language, LanguagePack, extract};
//! let own = r#"
//!     extends = "en"
//!     [[cue]]
//!     lemma = "blurt out"
//!     stance = "reveal"
//!     frames = ["clause"]
//!     past = ["blurted out"]
//! "#;
//! let pack = LanguagePack::from_toml("own.toml", own)?;
//! let article = Article::from_text("Berg blurted out that it was late.", Some(pack.language()));
//! assert_eq!(extract(&article, &pack)[0].content.text, "it was late");
//!
//! let wrong = LanguagePack::from_toml("own.toml", "extends = \"en\"\n[words]\ntitel = [\"Dr\"]\n");
//! let said = wrong.map(|_| ()).map_err(|error| error.to_string());
//! let told = "own.toml:3: `titel = [\"Dr\"]`: unknown variant `titel`";
//! assert!(said.is_err_and(|said| said.starts_with(told)));
//! # Ok::<(), isnad_core::PackError>(())
//! ```
//!
//! # How good it is
//!
//! [`evaluate`] scores claims against articles that people annotated, in the metrics of the field.
//!
//! Comparing the claims of two versions is the business of `isnad-diff`, reading pages that of `isnad-ingest`.

pub mod article;
pub mod claim;
pub mod date;
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
pub use date::{DateExpression, DateUnit, DateValue, Relative};
pub use extract::{ContentFacets, content_facets, extract, extract_explained};
pub use language::{Direction, Language, LanguagePack, LookUp, PackError, WordClass, WordClasses};
pub use span::{OffsetMap, OffsetUnit, Span};

/// The version of the extractor; the same version finds the same claims in the same text.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// A pack is read by many threads at once, articles and claims go from one to another.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<LanguagePack>();
    shared::<PackError>();
    shared::<Article>();
    shared::<Claim>();
    shared::<extract::Explanation>();
    shared::<OffsetMap<'_>>();
};
