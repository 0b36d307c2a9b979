//! Nouns and adjectives that attribute: `die Ankündigung, dass …`, `mit den Worten: „…“`, `ist überzeugt, dass …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::group::{Group, Order};
use super::opening::{self, Opening};
use super::phrase::{self, Tail};
use super::{Reader, subject, verb};
use crate::claim::{Mode, Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame};

/// Drafts what the noun or adjective at `at` opens.
pub(super) fn reporting(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let noun = entry.lemma.chars().next().is_some_and(char::is_uppercase);
    if noun != reader.is_capitalised(at) {
        return false;
    }
    let tokens = &reader.block.tokens;
    let end = tokens.after(at);
    let owner = owner(reader, at, end);
    let from = owner.as_ref().map_or(end, |(_, range)| range.end.max(end));
    let opening = opening::read(reader, from, entry);
    // Only what stands right behind the noun, or behind the verb that closes its clause, is its own.
    let start = match opening {
        Opening::Clause(start) | Opening::Bare(start) | Opening::Question(start) | Opening::Infinitive(start) => start,
        Opening::Quotation(start) | Opening::Colon(start) => start,
        Opening::Nothing => return false,
    };
    let most = if matches!(opening, Opening::Bare(_)) { MOST_BEFORE_BARE } else { MOST_BETWEEN };
    let near = (from..start).filter(|&at| tokens.is_word(at)).count() <= most;
    if !near || (matches!(opening, Opening::Bare(_)) && !reader.is_subjunctive(start)) {
        return false;
    }
    let main = main_verb(reader, at);
    // `In einer Erklärung gab er an, …`: the verb after the noun opens what follows.
    let verb_after =
        |group: &Group| group.finite > at && reader.block.cue_with(group.finite, Features::FINITE).is_some();
    // `bezeichnete den Vorschlag als „…“` describes the noun.
    let described = |group: &Group| {
        let mut readings = reader.block.cues(group.finite);
        group.finite < at && readings.any(|(_, entry)| entry.frames.has(Frame::Describe))
    };
    if main.as_ref().is_some_and(|main| verb_after(main) || described(main)) {
        return false;
    }
    let clause_subject = main
        .as_ref()
        .and_then(|group| subject::of(reader, group))
        .filter(|found| !(found.range.start <= at && at < found.range.end))
        .filter(|found| !subject::is_nobody(reader, found.range));
    let Some(subject) = owner
        .map(|(subject, _)| subject)
        .or(clause_subject.map(|found| found.subject))
        .or_else(|| main.as_ref().and_then(|group| verb::elided(reader, group)))
        .or_else(|| nobody(entry).filter(|_| !points_back(reader, at) && !is_governed(reader, at)))
    else {
        return false;
    };
    let group = main.unwrap_or_else(|| alone(reader, at, end));
    let Some((_, contents, confidence)) = verb::opened(reader, &group, entry, opening) else { return false };
    let cue = Range::new(determined(reader, at), end);
    let spans = reader.spans(&contents);
    let verb_span = clause_subject
        .filter(|_| group.order == Order::Second && group.finite != at)
        .map(|_| reader.block.tokens.span(group.finite, reader.block.tokens.after(group.finite)));
    let mut cues: Vec<_> = verb_span.into_iter().chain([reader.block.tokens.span(cue.start, cue.end)]).collect();
    cues.sort_unstable();
    let mut draft = Draft::new("reporting-noun", entry, cues, spans, reader.block.number);
    if is_rejected(reader, &group, Range::new(end, start)) {
        (draft.stance, draft.polarity) = (Stance::Deny, Polarity::Denied);
    }
    draft.polarity = if group.negated { Polarity::Denied } else { draft.polarity };
    draft.confidence = confidence - 0.2;
    reader.push(draft, subject, at)
}

/// Between a noun and what it opens stand fewer words: its owner, or the verb of its clause.
const MOST_BETWEEN: usize = 4;
/// Before a clause without a complementiser only the verb: `die Auffassung vertreten, das Verfahren sei …`.
const MOST_BEFORE_BARE: usize = 2;

/// Whether the verb of the clause denies what the noun tells of, with a particle or participle in `behind` the noun:
/// `wies den Vorwurf | zurück, sie habe …`.
fn is_rejected(reader: &Reader<'_, '_>, group: &Group, behind: Range) -> bool {
    let words = || behind.start..behind.end;
    let denies = |entry: &CueEntry| entry.polarity == Polarity::Denied && entry.frames.has(Frame::Nominal);
    let whole = |entry: &CueEntry| {
        let closes = |particle: &String| words().any(|at| reader.block.tokens.word(at) == particle);
        entry.particle.as_ref().is_none_or(closes)
    };
    reader.block.cues(group.finite).any(|(_, entry)| denies(entry) && whole(entry))
        || words().any(|at| reader.block.cues(at).any(|(_, entry)| denies(entry)))
}

/// A statement that nobody is said to have made is one; a hope or belief is the narrator's.
fn nobody(entry: &CueEntry) -> Option<Subject> {
    (entry.mode != Mode::Thought).then_some(Subject::Nobody)
}

/// `bei diesen Drohungen`: what was said stands somewhere before.
fn points_back(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.before(at).is_some_and(|head| reader.is(head, C::Demonstrative))
}

/// `stolz von der | Nachricht, dass …`: a noun behind a preposition is told of, and nobody is said to tell it.
fn is_governed(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.before(determined(reader, at)).is_some_and(|head| reader.is(head, C::Preposition))
}

/// Whose statement it is: `Merkels Ankündigung`, `seine Ankündigung`, `die Ankündigung der Regierung`.
fn owner(reader: &Reader<'_, '_>, at: usize, end: usize) -> Option<(Subject, Range)> {
    if reader.classes(end).any(WordClasses::of(&[C::Genitive, C::Link])) {
        let start = if reader.is(end, C::Link) { reader.block.tokens.after(end) } else { end };
        let close = phrase::end(reader, start, Tail { genitives: true, appositions: true })?;
        let range = Range::new(start, close);
        return Some((reader.written(range)?, range));
    }
    let head = reader.before(at)?;
    let classes = reader.classes(head);
    if classes.has(C::Possessive) {
        let features = if classes.has(C::PossessiveMasculine) { Features::MASCULINE } else { Features::NONE };
        let range = Range::new(head, at);
        return Some((Subject::Pronoun(reader.block.tokens.span(head, at), features), range));
    }
    None
}

/// The finite verb of the clause that holds the noun.
fn main_verb(reader: &Reader<'_, '_>, at: usize) -> Option<Group> {
    let number = reader.segment_of(at);
    let part = reader.segment(number);
    let finite = |&verb: &usize| reader.is_finite(verb) && reader.block.quotation_around(verb).is_none();
    let finite = (part.start..at).rev().find(finite).or_else(|| (at + 1..part.end).find(finite))?;
    let mut group = alone(reader, finite, reader.block.tokens.after(finite));
    group.negated = (finite..at).any(|at| reader.is(at, C::Negation) && !reader.is(at, C::Indefinite));
    Some(group)
}

/// A group of one word.
fn alone(reader: &Reader<'_, '_>, finite: usize, end: usize) -> Group {
    Group {
        finite,
        parts: vec![Range::new(finite, end)],
        end,
        segment: reader.segment_of(finite),
        order: Order::Second,
        negated: false,
        realised: true,
        passive: false,
        past: true,
    }
}

/// The determiner before the noun belongs to the cue.
fn determined(reader: &Reader<'_, '_>, at: usize) -> usize {
    let determiner = WordClasses::of(&[C::Determiner, C::Indefinite, C::Oblique]);
    reader
        .before(at)
        .filter(|&head| reader.classes(head).any(determiner) && !reader.is(head, C::Preposition))
        .unwrap_or(at)
}
