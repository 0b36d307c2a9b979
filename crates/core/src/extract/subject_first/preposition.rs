//! Prepositions that attribute: `according to the police`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::extent::{self, Shape};
use super::{Reader, following};
use crate::language::WordClass as C;
use crate::language::cue::CueEntry;

/// `According to X, …`, `…, according to X`, `…, according to X, …`.
pub(super) fn attribution(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let end = tokens.after(at);
    let Some(who) = following::after(reader, end) else { return false };
    let Some(source) = reader.block.trimmed(who) else { return false };
    let before = clause_start(reader, at);
    let words = (before..at).filter(|&at| tokens.is_word(at)).take(2).count();
    let mut contents = Vec::new();
    let rest = who.end + usize::from(reader.is_comma(who.end));
    if words < 2 {
        contents.push(Range::new(rest, extent::clause_end(reader, rest, Shape::default())));
    } else {
        contents.push(Range::new(before, at));
        let parenthetical = reader.is_comma(at.saturating_sub(1)) && reader.is_comma(who.end);
        if parenthetical && goes_on(reader, rest) {
            contents.push(Range::new(rest, extent::clause_end(reader, rest, Shape::default())));
        }
    }
    let spans = reader.spans(&contents);
    if spans.is_empty() {
        return false;
    }
    let cue = vec![tokens.span(at, end)];
    let mut draft = Draft::new("attribution-preposition", entry, cue, spans, reader.block.number);
    draft.confidence = 0.9;
    let upto = contents.last().map_or(end, |range| range.end.max(end));
    reader.push(draft, Subject::Written(source), at, upto)
}

/// Where the clause begins that the preposition at `at` attributes.
fn clause_start(reader: &Reader<'_, '_>, at: usize) -> usize {
    let floor = reader.sentence.start.max(at.saturating_sub(super::REACH));
    let mut start = at;
    while start > floor {
        let before = start - 1;
        if reader.mark(before) == Some(';') {
            return start;
        }
        let joined = reader.block.is(before, C::Coordinator) && before > floor && reader.is_comma(before - 1);
        if joined && start == at {
            return start;
        }
        start = before;
    }
    start
}

/// Whether the statement goes on after the attribution, at `at`.
fn goes_on(reader: &Reader<'_, '_>, at: usize) -> bool {
    let classes = reader.block.tokens.classes(at);
    at < reader.sentence.end
        && !classes.has(C::Relative)
        && !classes.has(C::NarratorReturn)
        && !classes.has(C::Coordinator)
}
