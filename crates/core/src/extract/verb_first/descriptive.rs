//! Verbs with two objects: «وصف الرئيس الوضع بأنه …», «اتهمت المعارضة الحكومة بـ…».

use super::is_comma;
use crate::extract::block::{BlockLayers, Range};
use crate::language::WordClass as C;
use crate::language::arabic::is_definite;

/// Where a second noun phrase begins in the words from `from` to `end`: after a name, the next definite noun;
/// after a definite noun, the next one that cannot be its adjective.
pub(super) fn split(block: &BlockLayers<'_>, from: usize, end: usize) -> Option<usize> {
    let mut named = false;
    let mut heads = 0;
    let mut at = from;
    while at < end {
        if block.quotation_opened_at(at).is_some() || is_comma(block, at) {
            return None;
        }
        let word = block.tokens.word(at);
        let definite = is_definite(word);
        let classes = block.tokens.classes(at);
        let noun = classes.has(C::Organisation) || classes.has(C::Person) || classes.has(C::Group) || classes.has(C::Place);
        let starts_second = at > from && (classes.has(C::Demonstrative) || (definite && (named || (heads > 0 && noun && is_head_noun(block, at)))) || (classes.has(C::Place) && heads > 0));
        if starts_second {
            return Some(at);
        }
        if noun {
            heads += 1;
        }
        named = (!definite && classes.is_empty() && at > from) || (named && !definite);
        at = block.tokens.after(at);
    }
    None
}

/// Whether a definite noun begins a phrase: the word before it is definite too, so that it owns nothing.
fn is_head_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    at > 0 && (is_definite(block.tokens.word(at - 1)) || block.is(at - 1, C::Place))
}

/// Where the clause that ends at `verb` begins: after the last comma, conjunction or particle before it.
pub(super) fn clause_start(block: &BlockLayers<'_>, sentence: Range, verb: usize) -> usize {
    let mut start = sentence.start;
    let mut at = sentence.start.max(verb.saturating_sub(24));
    while at < verb {
        let classes = block.tokens.classes(at);
        let next = block.step(at);
        let boundary = is_boundary_mark(block, at)
            || classes.has(C::NarratorReturn)
            || classes.has(C::FalseComplementiser)
            || classes.has(C::Complementiser)
            || classes.has(C::Subordinator)
            || classes.has(C::Turn)
            || classes.has(C::NarratorFormula);
        if boundary {
            start = next;
        }
        at = next;
    }
    start.min(verb)
}

fn is_boundary_mark(block: &BlockLayers<'_>, at: usize) -> bool {
    matches!(block.tokens.mark(at), Some('،' | ',' | '؛' | ';' | ':' | '-' | '–' | '.' | '|'))
}
