//! How far a content reaches.

use super::super::block::Range;
use super::group::Group;
use super::{Reader, phrase, subject};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};

/// What is known of a content before its end is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// The cue is in a past tense.
    pub(super) past: bool,
    /// The content is a noun phrase, not a clause.
    pub(super) nominal: bool,
    /// The content is an infinitive: it has no finite verb of its own either.
    pub(super) infinitive: bool,
    /// The cue stands in a subordinate or relative clause, which a comma ends.
    pub(super) subordinate: bool,
}

impl Shape {
    /// The shape of a clause that a verb opens.
    pub(super) fn of(reader: &Reader<'_, '_>, group: &Group) -> Self {
        Self { past: group.past, subordinate: is_subordinate(reader, group.start), ..Self::default() }
    }

    pub(super) fn nominal(self) -> Self {
        Self { nominal: true, ..self }
    }

    pub(super) fn infinitive(self) -> Self {
        Self { infinitive: true, ..self }
    }
}

/// A content in one sentence has fewer tokens.
const MOST_TOKENS: usize = 600;

/// The token after the clause or phrase that begins at `start`: where the narrator speaks again, or the sentence ends.
pub(super) fn clause_end(reader: &Reader<'_, '_>, start: usize, shape: Shape) -> usize {
    let tokens = &reader.block.tokens;
    let finite = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future]);
    let end = reader.sentence.end.min(start.saturating_add(MOST_TOKENS));
    let mut complete = reader.syntax().is_whole(shape);
    let mut at = start;
    while at < end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        if at > start && ends_at(reader, Range::new(start, at), shape, complete) {
            return at;
        }
        complete |= tokens.classes(at).any(finite) || is_finite_cue(reader, at);
        at = tokens.after(at);
    }
    end
}

fn is_finite_cue(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader
        .block
        .cues(at)
        .any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PAST.with(Features::PRESENT)))
}

/// The end of a content that begins with the quotation opened at `open`.
pub(super) fn quotation_end(reader: &Reader<'_, '_>, open: usize, shape: Shape) -> usize {
    let Some(quotation) = reader.block.quotation_opened_at(open) else { return open };
    let close = quotation.close;
    if close >= reader.sentence.end || phrase::is_sealed(reader, quotation.end) {
        return close;
    }
    let classes = reader.block.tokens.classes(close);
    let after = reader.block.tokens.after(close);
    if classes.has(C::Coordinator) && reader.block.quotation_opened_at(after).is_some() {
        return quotation_end(reader, after, shape);
    }
    let narrator = WordClasses::of(&[C::Subordinator, C::NarratorReturn, C::Coordinator, C::Time, C::ChannelPhrase]);
    if !reader.block.tokens.is_word(close) || classes.any(narrator) || reader.opens(close, Frame::Quotation) {
        return close;
    }
    clause_end(reader, close, shape)
}

/// Whether the narrator speaks again at the end of `content`, which is `complete` once it holds a finite verb.
fn ends_at(reader: &Reader<'_, '_>, content: Range, shape: Shape, complete: bool) -> bool {
    let tokens = &reader.block.tokens;
    let at = content.end;
    match reader.mark(at) {
        Some(';') => true,
        Some(':') => complete,
        Some(',') => (complete && after_comma(reader, at + 1, shape)) || (!complete && resumes(reader, at + 1)),
        Some('—' | '–' | '-') if reader.is_dash(at) => complete && !closes_later(reader, at),
        Some(_) => false,
        None if tokens.is(at, C::Coordinator) => {
            let next = tokens.after(at);
            same_subject_goes_on(reader, next, shape.past) || reader.syntax().ends_object(reader, at, shape)
        }
        // «a exclu cette option | à plusieurs reprises»
        None => reader.syntax().ends_object(reader, at, shape),
    }
}

/// Whether an attribution begins at `at`, after a comma: `…, saying that`, `…, officials said`.
fn resumes(reader: &Reader<'_, '_>, at: usize) -> bool {
    let participle = |features: Features| features.any(Features::PARTICIPLE);
    let says = reader
        .block
        .cues(at)
        .any(|(form, entry)| entry.kind == CueKind::Verb && entry.mode != Mode::Thought && participle(form.features));
    says || new_attribution(reader, at) || reader.syntax().begins_attribution(reader, at)
}

/// Whether the dash at `at` opens an insertion that another dash closes.
fn closes_later(reader: &Reader<'_, '_>, at: usize) -> bool {
    (at + 2..reader.horizon(at)).any(|later| reader.is_dash(later))
}

/// Whether the narrator speaks again after a comma, at `at`.
fn after_comma(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    // «…, mais que …» goes on with what is said.
    let goes_on = reader.syntax().joins_clauses(reader, at);
    if shape.subordinate || (classes.has(C::NarratorReturn) && !goes_on) {
        return true;
    }
    if classes.has(C::Relative) && !classes.has(C::Complementiser) {
        return true;
    }
    let mut next = at;
    if classes.has(C::Coordinator) {
        next = tokens.after(at);
        return same_subject_goes_on(reader, next, shape.past) || new_attribution(reader, next);
    }
    while tokens.is(next, C::Adverb) {
        next = tokens.after(next);
    }
    // «…, tout en reconnaissant que …»
    next = reader.syntax().before_gerund(reader, next);
    let participle = |features: Features| features.any(Features::PARTICIPLE);
    reader.block.cues(next).any(|(form, entry)| entry.kind == CueKind::Verb && participle(form.features))
        || new_attribution(reader, at)
        || reader.syntax().begins_attribution(reader, at)
        || (shape.nominal && !tokens.classes(at).any(WordClasses::of(&[C::Adjective, C::Adverb])))
}

/// Whether the subject of the cue goes on to say something else at `at`: `and added that …`.
fn same_subject_goes_on(reader: &Reader<'_, '_>, at: usize, past: bool) -> bool {
    if let Some(goes_on) = reader.syntax().same_subject_goes_on(reader, at) {
        return goes_on;
    }
    let tokens = &reader.block.tokens;
    let mut verb = at;
    let skip = WordClasses::of(&[C::Adverb, C::Auxiliary]);
    while tokens.classes(verb).any(skip) && verb < at + 3 {
        verb = tokens.after(verb);
    }
    let wanted = if past { Features::PAST } else { Features::PRESENT };
    let clause = |frame| reader.opens(verb, frame);
    reader.block.cue_with(verb, wanted).is_some()
        && (clause(Frame::Clause) || clause(Frame::Nominal) || clause(Frame::Describe))
}

/// Whether somebody else says something soon after `at`: `and officials said …`.
pub(super) fn new_attribution(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let stops = WordClasses::of(&[C::Verb, C::PassiveAuxiliary, C::Future, C::Complementiser]);
    let speaks = |entry: &CueEntry| {
        entry.kind == CueKind::Verb && entry.frames.has(Frame::Clause) && entry.frames.has(Frame::Quotation)
    };
    // «…, | ne convenait pas»: the clause goes on with its own verb.
    if reader.syntax().begins_with_verb(reader, at) {
        return false;
    }
    let mut verb = at;
    for _ in 0..MOST_SUBJECT_WORDS {
        if tokens.mark(verb).is_some_and(|mark| mark != '.') || tokens.classes(verb).any(stops) {
            return false;
        }
        let next = tokens.after(verb);
        if verb > at && reader.block.cues(verb).any(|(form, entry)| form.features.any(Features::PAST) && speaks(entry))
        {
            return tokens.mark(next).is_none() || reader.block.quotation_opened_at(next).is_some();
        }
        verb = next;
    }
    false
}

/// A subject before a second attribution is short.
const MOST_SUBJECT_WORDS: usize = 7;

/// Whether the clause whose verb group begins at `start` is subordinate: `If he says …, …`, `…, who says …, …`.
fn is_subordinate(reader: &Reader<'_, '_>, start: usize) -> bool {
    let Some(found) = subject::before(reader, start) else { return false };
    if reader.block.is(found.start, C::Relative) {
        return true;
    }
    let Some(lead) = reader.before(found.start) else { return false };
    let first = lead == reader.sentence.start || reader.before(lead).is_some_and(|head| reader.mark(head).is_some());
    first && reader.block.is(lead, C::Subordinator)
}
