//! From an article to its claims.

use crate::{Article, Claim, LanguagePack};

/// The claims of `article`, in the order of the text.
#[must_use]
pub fn extract(_article: &Article, _pack: &LanguagePack) -> Vec<Claim> {
    Vec::new()
}
