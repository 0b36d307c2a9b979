//! From an article to its claims.
//!
//! Block by block: the layers are read, a grammar drafts the claims that cues open, quotations
//! that stand alone join them. Then, over the whole article, speakers are resolved, nested claims
//! are told from outer ones and facets are read.

mod block;
mod content_facets;
mod continuation;
mod dateline;
mod draft;
mod explain;
mod facet;
mod finish;
mod floating;
mod names;
mod resolve;
mod subject_first;
mod verb_first;
mod verb_second;

use crate::language::WordOrder;
use crate::{Article, Claim, LanguagePack};
use block::BlockLayers;
use draft::Draft;
use explain::Grounds;
use facet::Facets;
use finish::Quoted;
use resolve::Mentions;

pub use content_facets::{ContentFacets, content_facets};
pub use explain::{Candidate, Explained, Explanation, UnusedCue, Verdict, extract_explained};

/// The claims of `article`, in the order of the text, with spans in bytes.
///
/// Blocks whose role holds no claims (promotion, related stories, correction notes) are passed over.
/// The same article and pack give the same claims on any machine.
#[must_use]
pub fn extract(article: &Article, pack: &LanguagePack) -> Vec<Claim> {
    find_claims(article, pack, None)
}

/// News holds a claim in so many bytes, or fewer; room for them is made ahead.
const BYTES_PER_CLAIM: usize = 512;

/// The claims of `article`; `grounds` collects why they are as they are, where that is asked for.
fn find_claims(article: &Article, pack: &LanguagePack, mut grounds: Option<&mut Grounds>) -> Vec<Claim> {
    let find = match pack.word_order() {
        WordOrder::VerbFirst => verb_first::find,
        WordOrder::SubjectFirst => subject_first::find,
        WordOrder::VerbSecond => verb_second::find,
    };
    let mut layers = BlockLayers::new(article.text(), pack);
    layers.tokens.reserve(article.blocks().iter().map(|block| block.span.len()).max().unwrap_or_default());
    let mut drafts: Vec<Draft> = Vec::with_capacity(article.text().len() / BYTES_PER_CLAIM);
    let mut facets = Facets::default();
    let mut mentions = Mentions::with_room_for(article.text().len());
    let mut quoted = Quoted::default();
    let mut number = 0;
    while let Some(&block) = article.blocks().get(number) {
        let next = number + 1;
        if !block.role.holds_claims() {
            number = next;
            continue;
        }
        layers.read(number, block);
        let joined = continuation::joined(article, &layers, next);
        if joined > next {
            layers.read(number, continuation::whole(article, number, joined));
        }
        number = joined;
        let first = drafts.len();
        find(&layers, &mut drafts);
        floating::signed(&layers, &mut drafts);
        floating::find(&layers, first, &mut drafts);
        facets.read_for(&layers, drafts.get(first..).unwrap_or_default());
        quoted.read(&layers);
        if let Some(grounds) = grounds.as_deref_mut() {
            grounds.read(&layers);
        }
        mentions.read(&layers, drafts.get(first..).unwrap_or_default());
    }
    drop(layers);
    finish::claims(article, pack, drafts, (&facets, mentions, &quoted), grounds)
}
