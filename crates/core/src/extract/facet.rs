//! What a content holds beside its words: quantities and hedges.

use crate::claim::{Hedge, Quantity};
use crate::span::Span;
use crate::{Article, LanguagePack};

/// The quantities in `spans`, in the order of the text.
pub(super) fn quantities(_article: &Article, _pack: &LanguagePack, _spans: &[Span]) -> Vec<Quantity> {
    Vec::new()
}

/// The hedges in `spans`, in the order of the text.
pub(super) fn hedges(_article: &Article, _pack: &LanguagePack, _spans: &[Span]) -> Vec<Hedge> {
    Vec::new()
}
