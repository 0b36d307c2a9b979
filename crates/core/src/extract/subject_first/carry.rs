//! What begins in one sentence or paragraph and ends in the next.

use super::super::block::{BlockLayers, Range};
use super::super::draft::Draft;

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
