//! What a content holds, for contents that were found by other means than [`extract`](super::extract).

use super::block::{BlockLayers, Range};
use super::facet::Facets;
use super::finish::{self, Quoted};
use crate::claim::{Hedge, Kind, Quantity};
use crate::date::DateExpression;
use crate::span::Span;
use crate::{Article, LanguagePack};

/// What is read from the words of a content.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentFacets {
    /// How much of it stands in quotation marks.
    pub kind: Kind,
    /// The parts of it inside quotation marks, without the marks, in bytes.
    pub quoted: Vec<Span>,
    /// Its numbers with what they count.
    pub quantities: Vec<Quantity>,
    /// Its words that tell when.
    pub dates: Vec<DateExpression>,
    /// Its words of doubt.
    pub hedges: Vec<Hedge>,
}

/// Reads a content that somebody else marked: an annotator, or a caller for whom a whole headline is one claim.
///
/// `spans` are bytes of the article's text, in its order, on character boundaries; parts outside all blocks hold nothing.
#[must_use]
pub fn content_facets(article: &Article, pack: &LanguagePack, spans: &[Span]) -> ContentFacets {
    let mut layers = BlockLayers::new(article.text(), pack);
    let mut facets = Facets::default();
    let holds = |block: Span| {
        let next = spans.partition_point(|span| span.end <= block.start);
        spans.get(next).is_some_and(|span| span.start < block.end)
    };
    let mut quoted = Quoted::default();
    for (number, &block) in article.blocks().iter().enumerate().filter(|(_, block)| holds(block.span)) {
        layers.read(number, block);
        facets.read(&layers, Range::new(0, layers.tokens.len()));
        quoted.read(&layers);
    }
    let quoted = quoted.inside(spans);
    ContentFacets {
        kind: finish::kind(article.text(), spans, &quoted),
        quoted,
        quantities: facets.quantities(spans),
        dates: facets.dates(spans),
        hedges: facets.hedges(spans),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn a_content_that_no_rule_found_is_read_as_any_other() {
        let article = Article::from_text("Perhaps \"40 boats\" sank.\nAt least 12 did.", Some(Language::ENGLISH));
        let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
        let facets = content_facets(&article, pack, &[Span::new(0, 24)]);
        assert_eq!(facets.kind, Kind::Mixed);
        assert_eq!(facets.quantities.iter().map(|quantity| quantity.value).collect::<Vec<_>>(), [40.0]);
        assert_eq!(facets.hedges.len(), 1);
        assert_eq!(facets.quoted.len(), 1);
    }
}
