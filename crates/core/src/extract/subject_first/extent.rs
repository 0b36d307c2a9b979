//! How far a content reaches.

use super::Reader;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features, Frame};

/// The token after the clause or phrase that begins at `start`: where the narrator speaks again, or the sentence ends.
pub(super) fn clause_end(reader: &Reader<'_, '_>, start: usize, past: bool) -> usize {
    let tokens = &reader.block.tokens;
    let mut at = start;
    while at < reader.sentence.end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        if at > start && ends_at(reader, at, past) {
            return at;
        }
        at = tokens.after(at);
    }
    reader.sentence.end
}

/// The end of a content that begins with the quotation opened at `open`, and whether it goes on after the marks.
pub(super) fn quotation_end(reader: &Reader<'_, '_>, open: usize, past: bool) -> usize {
    let Some(quotation) = reader.block.quotation_opened_at(open) else { return open };
    let close = quotation.close;
    let sealed = quotation.end.checked_sub(1).and_then(|last| reader.mark(last));
    if close >= reader.sentence.end || matches!(sealed, Some('.' | ',' | '!' | '?')) {
        return close.min(reader.sentence.end.max(open + 1));
    }
    let classes = reader.block.tokens.classes(close);
    let joins = classes.has(C::Coordinator);
    if joins && reader.block.quotation_opened_at(reader.block.tokens.after(close)).is_some() {
        return quotation_end(reader, reader.block.tokens.after(close), past);
    }
    let narrator = WordClasses::of(&[C::Subordinator, C::NarratorReturn, C::Coordinator, C::Time, C::ChannelPhrase]);
    if !reader.block.tokens.is_word(close) || classes.any(narrator) || reader.opens(close, Frame::Quotation) {
        return close;
    }
    clause_end(reader, close, past)
}

/// Whether the narrator speaks again at `at`.
fn ends_at(reader: &Reader<'_, '_>, at: usize, past: bool) -> bool {
    let tokens = &reader.block.tokens;
    match reader.mark(at) {
        Some(';') => true,
        Some(',') => after_comma(reader, at + 1, past),
        Some('—' | '–' | '-') if reader.is_dash(at) => after_comma(reader, at + 1, past),
        Some(_) => false,
        None => tokens.is(at, C::Coordinator) && same_subject_goes_on(reader, tokens.after(at), past),
    }
}

/// Whether the narrator speaks again after a comma or dash, at `at`.
fn after_comma(reader: &Reader<'_, '_>, at: usize, past: bool) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    if classes.has(C::NarratorReturn) {
        return true;
    }
    if classes.has(C::Relative) && !classes.has(C::Complementiser) {
        return true;
    }
    let mut next = at;
    if classes.has(C::Coordinator) {
        next = tokens.after(at);
        if same_subject_goes_on(reader, next, past) {
            return true;
        }
        return new_attribution(reader, next);
    }
    while tokens.is(next, C::Adverb) {
        next = tokens.after(next);
    }
    reader.block.cues(next).any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PARTICIPLE))
}

/// Whether the subject of the cue goes on to say something else at `at`: `and added that …`.
fn same_subject_goes_on(reader: &Reader<'_, '_>, at: usize, past: bool) -> bool {
    let tokens = &reader.block.tokens;
    let mut verb = at;
    let skip = WordClasses::of(&[C::Adverb, C::Auxiliary]);
    while tokens.classes(verb).any(skip) && verb < at + 3 {
        verb = tokens.after(verb);
    }
    let wanted = if past { Features::PAST } else { Features::PRESENT };
    let clause = |frame| reader.opens(verb, frame);
    reader.block.cue_with(verb, wanted).is_some() && (clause(Frame::Clause) || clause(Frame::Nominal))
}

/// Whether somebody else says something soon after `at`: `and officials said …`.
fn new_attribution(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let stops = WordClasses::of(&[C::Verb, C::PassiveAuxiliary, C::Future, C::Complementiser, C::Preposition]);
    let mut verb = at;
    for _ in 0..MOST_SUBJECT_WORDS {
        if tokens.mark(verb).is_some() || tokens.classes(verb).any(stops) {
            return false;
        }
        let speaks = |entry: &crate::language::cue::CueEntry| {
            entry.kind == CueKind::Verb && entry.frames.has(Frame::Clause) && entry.frames.has(Frame::Quotation)
        };
        if verb > at && reader.block.cues(verb).any(|(form, entry)| form.features.any(Features::PAST) && speaks(entry))
        {
            return true;
        }
        verb = tokens.after(verb);
    }
    false
}

/// A subject before a second attribution is short.
const MOST_SUBJECT_WORDS: usize = 7;
