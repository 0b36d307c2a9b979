//! Scoring: how well the claims found in articles fit those that people annotated.
//!
//! Claims of an article are paired one to one by the words of their content. From the pairs come the figures of the
//! field: exact spans, overlap of words, claims found, speakers, polarity, and claims that are complete.
//!
//! ```
//! use isnad_core::evaluate::{Evaluation, GoldArticle, Options};
//! use isnad_core::{Article, LanguagePack};
//!
//! let gold: GoldArticle = serde_json::from_str(
//!     r#"{"id": 1, "language": "en", "text": "The mayor said that the bridge is safe.",
//!         "claims": [{"content": [[20, 38]], "cue": [10, 14], "source": [0, 9], "polarity": "affirmed"}]}"#,
//! )?;
//! let language = gold.language.ok_or("no language")?;
//! let pack = LanguagePack::builtin(language).ok_or("no pack")?;
//! let claims = isnad_core::extract(&Article::from_text(gold.text.clone(), Some(language)), pack);
//!
//! let mut evaluation = Evaluation::new(Options::default());
//! evaluation.add(&gold, Some(claims.as_slice()));
//! assert_eq!(evaluation.scores().complete.f1, 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compared;
mod figures;
mod gold;
mod name;
mod pair;
mod tally;
mod text;

pub use figures::{ByRole, Figures, Found, ReachedByKind, RuleScore, Scores, Silence};
pub use gold::{GoldArticle, GoldClaim, GoldError};
pub use tally::{Evaluation, Fault, Mistake, Options};
