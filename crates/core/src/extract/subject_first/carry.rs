//! What begins in one sentence or paragraph and ends in the next.

use super::super::block::{BlockLayers, Range};
use super::super::draft::Draft;
use crate::quotation::Quotation;

/// Joins what the block before left open with the quotation at the beginning of this block: `He went on:` before it,
/// or a quotation whose closing mark did not come.
pub(super) fn into(block: &BlockLayers<'_>, drafts: &mut Vec<Draft>) {
    let announced = drafts.last().is_some_and(|draft| draft.content.is_empty());
    // `“…,” he added`: what has an attribution of its own goes on with nobody else's.
    let comma = |at: usize| block.tokens.mark(at) == Some(',');
    let attributed = |first: &Quotation| first.closed && (comma(first.close) || first.end > 0 && comma(first.end - 1));
    let first = block.quotations.first().filter(|first| first.open == 0 && first.depth == 0 && !attributed(first));
    let Some(span) = first.and_then(|first| block.trimmed(Range::new(first.start, first.end))) else {
        drafts.truncate(drafts.len() - usize::from(announced));
        return;
    };
    let open = match announced {
        true => drafts.last_mut().filter(|draft| draft.block + NEAR >= block.number),
        false => {
            drafts.iter_mut().rev().take_while(|draft| draft.block + 1 >= block.number).find(|d| is_open(block, d))
        }
    };
    if let Some(draft) = open {
        draft.content.push(span);
        draft.block = block.number;
    }
}

/// A quotation may stand so many blocks after the words that announce it.
const NEAR: usize = 1;

/// Whether the content of `draft` is a quotation that had no end before the block begins.
fn is_open(block: &BlockLayers<'_>, draft: &Draft) -> bool {
    let Some(last) = draft.content.last() else { return false };
    let mut before = block.text.get(..last.start).unwrap_or_default().chars().rev();
    let mark = before.next();
    // The apostrophe of an elided word is none: «d'avoir».
    let elided =
        mark.is_some_and(|mark| matches!(mark, '\'' | '’')) && before.next().is_some_and(char::is_alphanumeric);
    let after = block.text.get(last.end..block.span.start).unwrap_or_default();
    !elided
        && mark.is_some_and(is_quotation_mark)
        && !after.chars().any(|character| is_quotation_mark(character) || character.is_alphanumeric())
}

fn is_quotation_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’')
}
