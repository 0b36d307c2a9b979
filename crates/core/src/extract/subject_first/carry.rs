//! What begins in one sentence or paragraph and ends in the next.

use super::super::block::{BlockLayers, Range};
use super::super::draft::Draft;
use crate::quotation::Quotation;

/// Joins what the block before left open with the quotation at the beginning of this block: `He went on:` before it,
/// or a quotation whose closing mark did not come.
pub(super) fn into(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>, found: &mut Vec<Draft>) {
    let open = drafts.pop_if(|draft| draft.content.is_empty());
    let Some(first) = block.quotations.first().filter(|first| first.open == 0 && first.depth == 0) else { return };
    let Some(span) = block.trimmed(Range::new(first.start, first.end)) else { return };
    if let Some(mut draft) = open.filter(|draft| draft.block + NEAR >= block.number) {
        draft.content.push(span);
        draft.block = block.number;
        found.push(draft);
        return;
    }
    let near = drafts.iter().rposition(|draft| draft.block + 1 == block.number && is_open(block, draft));
    if let Some(near) = near {
        let mut draft = drafts.remove(near);
        draft.content.push(span);
        draft.block = block.number;
        found.push(draft);
    }
}

/// A quotation may stand so many blocks after the words that announce it.
const NEAR: usize = 1;

/// Whether the content of `draft` is a quotation that had no end before the block begins.
fn is_open(block: &BlockLayers<'_>, draft: &Draft) -> bool {
    let Some(last) = draft.content.last() else { return false };
    let before = block.text.get(..last.start).and_then(|text| text.chars().next_back());
    let after = block.text.get(last.end..block.span.start).unwrap_or_default();
    before.is_some_and(is_quotation_mark)
        && !after.chars().any(|character| is_quotation_mark(character) || character.is_alphanumeric())
}

fn is_quotation_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’')
}

/// Adds to a quotation the ones that follow its sentence in the same block: `“…,” she said. “…”`.
pub(super) fn join(block: &BlockLayers<'_>, found: &mut [Draft]) {
    let mut speaker: Option<usize> = None;
    let mut sentences = block.sentences().peekable();
    for quotation in block.quotations.iter().filter(|quotation| quotation.depth == 0) {
        let mut before = None;
        while let Some(sentence) = sentences.next_if(|sentence| sentence.end <= quotation.open) {
            before = Some(sentence);
        }
        if let Some(before) = before {
            speaker = attribution_in(block, found, before).or(speaker.filter(|_| is_only_marks(block, before)));
        }
        let Some(span) = block.trimmed(Range::new(quotation.start, quotation.end)) else { continue };
        if !is_sentence(block, quotation) || found.iter().any(|draft| draft.extent().overlaps(span)) {
            continue;
        }
        if let Some(draft) = speaker.and_then(|speaker| found.get_mut(speaker)) {
            draft.content.push(span);
        }
    }
}

/// The outermost draft whose cue stands in `sentence`.
fn attribution_in(block: &BlockLayers<'_>, found: &[Draft], sentence: Range) -> Option<usize> {
    let whole = block.tokens.span(sentence.start, sentence.end);
    let inside = |draft: &&Draft| draft.cue.first().is_some_and(|cue| whole.contains(*cue));
    let size = |draft: &Draft| draft.extent().end - draft.extent().start;
    let widest = found.iter().filter(inside).map(size).max()?;
    found.iter().position(|draft| inside(&draft) && size(draft) == widest)
}

fn is_only_marks(block: &BlockLayers<'_>, range: Range) -> bool {
    (range.start..range.end).all(|at| block.tokens.mark(at).is_some() || block.quotation_around(at).is_some())
}

/// Whether the quotation is a sentence of its own.
fn is_sentence(block: &BlockLayers<'_>, quotation: &Quotation) -> bool {
    let first = block.sentence(quotation.open);
    let last = block.sentence(quotation.close.saturating_sub(1).max(quotation.open));
    let marks = |mut range: std::ops::Range<usize>| range.all(|at| block.tokens.mark(at).is_some());
    marks(first.start..quotation.open) && marks(quotation.close..last.end.max(quotation.close))
}
