//! How far a content reaches.

use super::super::block::Range;
use super::Reader;
use super::group::{Group, Order};
use super::segment::Opener;
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::cue::{CueKind, Features};

/// The parts of the clause that begins at `start`, up to where the narrator speaks again.
///
/// A second complementiser (`…, und dass …`) begins a part of its own.
pub(super) fn clause(reader: &Reader<'_, '_>, start: usize, group: &Group) -> Vec<Range> {
    let end = end(reader, start, group);
    let mut parts = Vec::new();
    let mut from = start;
    for at in start..end {
        let second = reader.is(at, C::Coordinator)
            && reader.is(at + 1, C::Complementiser)
            && reader.block.quotation_around(at).is_none();
        if second {
            parts.push(Range::new(from, at));
            from = at + 2;
        }
    }
    parts.push(Range::new(from, end));
    parts
}

/// The token after the clause that begins at `start`.
pub(super) fn end(reader: &Reader<'_, '_>, start: usize, group: &Group) -> usize {
    let mut at = start;
    while at < reader.sentence.end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        if at > start {
            let returns = match reader.mark(at) {
                Some(';') => true,
                Some(':') => reader.is_sealed(at + 1),
                Some(',') => {
                    group.order == Order::Last && begins_with_verb(reader, at + 1)
                        || speaks_again(reader, at + 1, group)
                        || same_subject_goes_on(reader, at + 1, group)
                }
                _ => speaks_again(reader, at, group),
            };
            if returns {
                return at;
            }
        }
        at = reader.block.tokens.after(at);
    }
    reader.sentence.end
}

/// The main clause goes on with its verb: `Nachdem er gesagt hatte, dass …, | ging er`.
fn begins_with_verb(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.is_finite(at) && !reader.is_reporting(at)
}

/// Whether the narrator goes on with the subject of the cue and another verb of saying: `sagte, es sei wahr, lehnte aber …`.
fn same_subject_goes_on(reader: &Reader<'_, '_>, at: usize, group: &Group) -> bool {
    let tense = if group.past { Features::PAST } else { Features::PRESENT };
    let part = reader.segment(reader.segment_of(at));
    let verb = reader.block.cue_with(at, tense).is_some_and(|(form, entry)| {
        entry.kind == CueKind::Verb && !form.features.any(Features::JOINED.with(Features::PASSIVE))
    });
    verb && group.order == Order::Second && reader.block.tokens.after(at) < part.end && !reader.is_reporting(at)
}

/// Whether a coordinator at `at` and a verb of saying or doing after it belong to the narrator: `und fügte hinzu`.
fn speaks_again(reader: &Reader<'_, '_>, at: usize, group: &Group) -> bool {
    if !reader.is(at, C::Coordinator) || group.order == Order::Last {
        return false;
    }
    let verb = reader.block.tokens.after(at);
    let tense = if group.past { Features::PAST } else { Features::PRESENT };
    let says = reader.block.cue_with(verb, tense).is_some_and(|(form, entry)| {
        entry.kind == CueKind::Verb && entry.mode != Mode::Thought && !form.features.any(Features::JOINED)
    });
    says && !reader.is_reporting(verb)
}

/// The end of a content that begins with the quotation opened at `open`: what the sentence adds to it belongs to it,
/// unless the narrator speaks again.
pub(super) fn quotation(reader: &Reader<'_, '_>, open: usize, group: &Group) -> usize {
    let Some(quotation) = reader.block.quotation_opened_at(open) else { return open };
    let close = quotation.close;
    let attribution = reader.is_comma(close) || reader.is(close, C::Coordinator);
    if close >= reader.sentence.end || reader.is_sealed(open) || attribution || !reader.block.tokens.is_word(close) {
        return close;
    }
    // `sagte, „…“ und „…“ seien …`
    let goes_on = reader.is_reporting(close) || !reader.is_finite(close);
    if goes_on { end(reader, close, group) } else { close }
}

/// Where the statement begins that an attribution at `lead` closes: the sentence, or what follows a semicolon or colon.
pub(super) fn statement_start(reader: &Reader<'_, '_>, lead: usize) -> usize {
    let number = reader.segment_of(lead);
    let cut = (0..=number).rev().map(|number| reader.segment(number).start).find(|&start| {
        start > reader.sentence.start && start < lead && matches!(reader.mark(start - 1), Some(';' | ':'))
    });
    cut.unwrap_or(reader.sentence.start)
}

/// The clause that holds the token `at`, with the clauses that depend on it: the whole statement if it is a main
/// clause, else the subordinate clause.
pub(super) fn clause_around(reader: &Reader<'_, '_>, at: usize) -> Range {
    let number = reader.segment_of(at);
    let part = reader.segment(number);
    match reader.opener(number) {
        Opener::Main => {
            let end = (at..reader.sentence.end)
                .find(|&at| reader.mark(at) == Some(';') && reader.block.quotation_around(at).is_none());
            Range::new(statement_start(reader, at), end.unwrap_or(reader.sentence.end))
        }
        Opener::Subordinate(from) => Range::new(from, part.end),
        Opener::Relative(_) => part,
    }
}
