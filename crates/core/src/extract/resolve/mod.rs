//! Who speaks: from the source as written, a pronoun or nothing at all to the fullest name the article gives.
//!
//! Mentions are collected beside the grammar, block by block; then the whole article's mentions are gathered into
//! a register of who is who, and the drafts are gone through in the order of the text with the speaker in force in
//! mind. Where two people fit equally well nobody is named: a wrong speaker is worse than none.

mod agreement;
mod antecedent;
mod arabic;
mod capitals;
mod cased;
mod discourse;
mod mention;
mod phrase;
mod register;
#[cfg(test)]
mod tests;
mod trace;
mod words;
mod written;

use super::draft::Draft;
use crate::claim::Source;
use crate::{Article, LanguagePack};
use discourse::Discourse;
pub(super) use mention::Mentions;
pub(super) use trace::Considered;
use trace::Trace;

/// The source of each draft, in the order of the drafts.
pub(super) fn sources(
    article: &Article,
    pack: &LanguagePack,
    drafts: &[Draft],
    mentions: &Mentions,
) -> Vec<Option<Source>> {
    Discourse::new(article, pack, drafts, mentions).resolve()
}

/// The source of each draft, with whom else the resolver considered.
pub(super) fn sources_considered(
    article: &Article,
    pack: &LanguagePack,
    drafts: &[Draft],
    mentions: &Mentions,
) -> (Vec<Option<Source>>, Vec<Considered>) {
    let mut discourse = Discourse::new(article, pack, drafts, mentions);
    discourse.trace = Trace::on();
    let sources = discourse.resolve();
    (sources, discourse.considered())
}
