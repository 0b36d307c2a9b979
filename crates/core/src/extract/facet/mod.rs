//! What a content holds beside its words: quantities, dates and hedges.
//!
//! They are read once per block, beside the grammar, and dealt out to the claims whose content holds them:
//! nested and overlapping claims cost nothing more.

mod calendar;
mod date;
mod digits;
mod hedge;
mod number;
mod quantity;

use super::block::{BlockLayers, Range};
use super::draft::Draft;
use crate::claim::{Hedge, Quantity};
use crate::date::DateExpression;
use crate::span::Span;

/// The quantities, dates and hedges of an article, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Facets {
    quantities: Vec<Quantity>,
    dates: Vec<DateExpression>,
    hedges: Vec<Hedge>,
    /// What the contents of the block at hand cover.
    contents: Vec<Span>,
}

impl Facets {
    /// Reads sentences of a block; blocks come in the order of the text.
    pub(super) fn read(&mut self, block: &BlockLayers<'_>, sentences: Range) {
        let first = self.quantities.len();
        quantity::find(block, sentences, &mut self.quantities);
        date::find(block, sentences, self.quantities.get(first..).unwrap_or_default(), &mut self.dates);
        hedge::find(block, sentences, &mut self.hedges);
    }

    /// The same, keeping only what lies in a content of `drafts`, which are those of the block: most of what news counts and
    /// dates, its narrator does.
    pub(super) fn read_for(&mut self, block: &BlockLayers<'_>, drafts: &[Draft]) {
        join(&mut self.contents, drafts.iter().flat_map(|draft| &draft.content).copied());
        let (Some(from), Some(upto)) = (self.contents.first(), self.contents.last()) else { return };
        let held = block.tokens_in(Span::new(from.start, upto.end));
        let sentences = Range::new(block.sentence(held.start).start, block.sentence(held.end.max(1) - 1).end);
        let (quantities, dates, hedges) = (self.quantities.len(), self.dates.len(), self.hedges.len());
        self.read(block, sentences);
        let outside = |start: usize, end: usize| {
            let near = self.contents.partition_point(|content| content.end < end);
            !self.contents.get(near).is_some_and(|content| content.contains(Span::new(start, end)))
        };
        self.quantities.extract_if(quantities.., |quantity| outside(quantity.start, quantity.end)).for_each(drop);
        self.dates.extract_if(dates.., |date| outside(date.start, date.end)).for_each(drop);
        self.hedges.extract_if(hedges.., |hedge| outside(hedge.start, hedge.end)).for_each(drop);
    }

    /// The quantities that lie wholly in one of `spans`.
    pub(super) fn quantities(&self, spans: &[Span]) -> Vec<Quantity> {
        within(&self.quantities, spans, |quantity| Span::new(quantity.start, quantity.end))
    }

    /// The dates that lie wholly in one of `spans`.
    pub(super) fn dates(&self, spans: &[Span]) -> Vec<DateExpression> {
        within(&self.dates, spans, |date| Span::new(date.start, date.end))
    }

    /// The hedges that lie wholly in one of `spans`.
    pub(super) fn hedges(&self, spans: &[Span]) -> Vec<Hedge> {
        within(&self.hedges, spans, |hedge| Span::new(hedge.start, hedge.end))
    }
}

/// Fills `joined` with what `spans` cover, in order, overlapping ones as one.
fn join(joined: &mut Vec<Span>, spans: impl Iterator<Item = Span>) {
    joined.clear();
    joined.extend(spans);
    joined.sort_unstable();
    joined.dedup_by(|later, earlier| {
        let overlaps = later.start <= earlier.end;
        earlier.end = if overlaps { earlier.end.max(later.end) } else { earlier.end };
        overlaps
    });
}

/// The items of a list in text order that lie wholly in one of `spans`.
fn within<T: Clone>(items: &[T], spans: &[Span], place: impl Fn(&T) -> Span) -> Vec<T> {
    let mut found = Vec::new();
    for span in spans {
        let from = items.partition_point(|item| place(item).start < span.start);
        let near = items.iter().skip(from).take_while(|item| place(item).start < span.end);
        found.extend(near.filter(|item| place(item).end <= span.end).cloned());
    }
    found
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{Article, Language, LanguagePack};

    /// The facets of a whole text, all of it taken as one content per block.
    pub(super) fn facets(language: Language, text: &str) -> (Vec<Quantity>, Vec<Hedge>) {
        let article = Article::from_text(text, Some(language));
        let mut block = BlockLayers::new(article.text(), LanguagePack::builtin(language).unwrap());
        let mut facets = Facets::default();
        for (number, &lines) in article.blocks().iter().enumerate() {
            block.read(number, lines);
            facets.read(&block, Range::new(0, block.tokens.len()));
        }
        let all = [Span::new(0, text.len())];
        (facets.quantities(&all), facets.hedges(&all))
    }

    #[test]
    fn only_what_lies_in_the_content_is_given() {
        let text = "About 20 people came, perhaps 30 people.";
        let article = Article::from_text(text, Some(Language::ENGLISH));
        let mut block = BlockLayers::new(article.text(), LanguagePack::builtin(Language::ENGLISH).unwrap());
        let mut facets = Facets::default();
        block.read(0, article.blocks()[0]);
        facets.read(&block, Range::new(0, block.tokens.len()));
        let tail = [Span::new(20, text.len())];
        assert_eq!(facets.quantities(&tail).iter().map(|q| q.value).collect::<Vec<_>>(), [30.0]);
        assert_eq!(facets.hedges(&tail).len(), 1);
        assert_eq!(facets.hedges(&[Span::new(0, 20)]).len(), 0);
    }
}
