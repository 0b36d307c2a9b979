//! Prepositions that attribute: `nach Angaben der Polizei`, `laut X`, `X zufolge`, `meiner Meinung nach`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::phrase::{self, Tail};
use super::segment::Opener;
use super::{Reader, extent, run_on};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame, Requirement};

const STATEMENTS: WordClasses = WordClasses::of(&[C::Statement, C::Opinion, C::Medium]);

/// Drafts what the preposition at `at` attributes to its noun phrase: the clause around it.
pub(super) fn attribution(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let cue = Range::new(at, tokens.after(at));
    if entry.frames.has(Frame::Elliptical) {
        return in_force(reader, cue, entry);
    }
    if entry.frames.has(Frame::Postposed) && entry.frames.has(Frame::Clause) {
        return relative(reader, cue, entry);
    }
    if reader.is(cue.end, C::Relative) && !entry.frames.has(Frame::Postposed) {
        return relative(reader, Range::new(cue.start, tokens.after(cue.end)), entry);
    }
    let following = || following(reader, cue.end, entry);
    let source = match entry.frames.has(Frame::Postposed) {
        true => phrase::start(reader, at).map(|start| Range::new(start, at)),
        false => following().or_else(|| preceding(reader, at, entry)),
    };
    let Some(source) = source else { return false };
    if reader.is_address(source.start) || (entry.requires == Requirement::Statement && is_measured(reader, at)) {
        return false;
    }
    let taken = Range::new(source.start.min(cue.start), source.end.max(cue.end));
    let clause = extent::clause_around(reader, taken.start);
    let after = after_relative(reader, taken.end).unwrap_or_else(|| {
        taken.end + usize::from(reader.is_comma(taken.end) && reader.is_comma(taken.start.wrapping_sub(1)))
    });
    let contents = [Range::new(clause.start, taken.start), Range::new(after, clause.end)];
    let words = |range: &Range| (range.start..range.end).any(|at| tokens.is_word(at));
    let contents: Vec<Range> = contents.into_iter().filter(words).collect();
    let opinion = (source.start..source.end).any(|at| reader.is(at, C::Opinion));
    let Some(subject) = speaker(reader, source) else { return false };
    let spans = reader.spans(&contents);
    let cue_span = vec![tokens.span(cue.start, cue.end)];
    let mut draft = Draft::new("attribution-preposition", entry, cue_span, spans, reader.block.number);
    draft.confidence = 0.9;
    if opinion {
        draft.mode = Mode::Thought;
    } else if reader.is(phrase::head(reader, source), C::Document) {
        draft.mode = Mode::Writing;
    }
    reader.push(draft, subject, at)
}

/// `Berichte, wonach …`: the clause after it is what the noun phrase before the comma says.
fn relative(reader: &mut Reader<'_, '_>, cue: Range, entry: &CueEntry) -> bool {
    let comma = reader.before(cue.start).filter(|&head| reader.is_comma(head));
    let source = comma.and_then(|comma| Some(Range::new(phrase::start(reader, comma)?, comma)));
    let Some(subject) = source.and_then(|source| reader.written(source)) else { return false };
    let part = reader.segment(reader.segment_of(cue.start));
    let spans = reader.spans(&[Range::new(cue.end, part.end)]);
    let cue_span = vec![reader.block.tokens.span(cue.start, cue.end)];
    let mut draft = Draft::new("relative-attribution", entry, cue_span, spans, reader.block.number);
    draft.confidence = 0.8;
    reader.push(draft, subject, cue.start)
}

/// `Demnach …`: the sentence goes on with whoever was the source before it.
fn in_force(reader: &mut Reader<'_, '_>, cue: Range, entry: &CueEntry) -> bool {
    let content = [Range::new(reader.sentence.start, cue.start), Range::new(cue.end, reader.sentence.end)];
    let spans = reader.spans(&content);
    let Some(first) = spans.first() else { return false };
    let subject = run_on::in_force(reader, first.start, run_on::NEAR).unwrap_or(Subject::Elliptical(Features::NONE));
    let cue_span = vec![reader.block.tokens.span(cue.start, cue.end)];
    let mut draft = Draft::new("attribution-goes-on", entry, cue_span, spans, reader.block.number);
    draft.confidence = 0.7;
    reader.push(draft, subject, cue.start)
}

/// The token after the relative clause that follows a source at the comma `at`: `nach Angaben der Polizei, die …, | ist …`.
fn after_relative(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let number = reader.segment_of(at + 1);
    let relative = reader.is_comma(at) && matches!(reader.opener(number), Opener::Relative(_));
    let end = reader.segment(number).end;
    (relative && reader.is_comma(end)).then_some(end + 1)
}

/// The noun phrase after the preposition that ends before `from`.
fn following(reader: &Reader<'_, '_>, from: usize, entry: &CueEntry) -> Option<Range> {
    let mut end = phrase::end(reader, from, Tail { genitives: true, appositions: false })?;
    let range = Range::new(from, end);
    if entry.requires == Requirement::Statement && !is_statement(reader, range) {
        return None;
    }
    // `nach Angaben von Anna Roth, einer Managerin der Firma, …`: what is added agrees with the name.
    if reader.is_comma(end)
        && reader.classes(end + 1).any(WordClasses::of(&[C::Oblique, C::Genitive]))
        && let Some(close) = phrase::end(reader, from, Tail { genitives: true, appositions: true })
        && reader.is_comma(close)
    {
        return Some(Range::new(from, close));
    }
    while reader
        .block
        .quotation_opened_at(end)
        .is_some_and(|quotation| quotation.len() < 6 && reader.block.tokens.is_word(quotation.close))
        && !reader.is_sealed(end)
    {
        end = reader
            .block
            .tokens
            .after(end)
            .max(reader.block.quotation_opened_at(end).map_or(end + 1, |quotation| quotation.close));
    }
    Some(Range::new(from, end))
}

/// Whether a span of time before the preposition makes it one of time: `zwei Monate nach dem Urteil`, `kurz nach …`.
fn is_measured(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.before(at).is_some_and(|head| {
        reader.classes(head).any(WordClasses::of(&[C::Unit, C::Circumstance]))
            || (reader.is(head, C::Adverb) && !reader.is_finite(head) && reader.before(head).is_none())
    })
}

/// The noun phrase before a preposition that can follow it: `seiner Meinung nach`.
fn preceding(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<Range> {
    if entry.requires != Requirement::Statement {
        return None;
    }
    let start = phrase::start(reader, at)?;
    let range = Range::new(start, at);
    let oblique = reader.classes(start).any(WordClasses::of(&[C::Possessive, C::Oblique]));
    (oblique && is_statement(reader, range) && !reader.is_capitalised(reader.block.tokens.after(at))).then_some(range)
}

/// Whether the head of the noun phrase is a statement or opinion.
fn is_statement(reader: &Reader<'_, '_>, range: Range) -> bool {
    let head = phrase::head(reader, range);
    let classes = reader.classes(head);
    classes.any(STATEMENTS)
}

/// Who speaks: the phrase as written, or the one its possessive stands for.
fn speaker(reader: &Reader<'_, '_>, source: Range) -> Option<Subject> {
    let classes = reader.classes(source.start);
    let features = match (classes.has(C::PossessiveMasculine), classes.has(C::PossessiveFeminine)) {
        (true, false) => Features::MASCULINE,
        (false, true) => Features::NONE,
        _ => return reader.written(source),
    };
    let span = reader.block.trimmed(source)?;
    Some(Subject::Pronoun(span, features))
}
