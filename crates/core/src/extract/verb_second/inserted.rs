//! Attributions that stand beside what they attribute: `„…“, sagte X`, `…, so X`, `wie X mitteilte, …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::group::{Group, Order};
use super::phrase::{self, PRONOUNS, Tail};
use super::segment::Opener;
use super::{Reader, extent, subject, verb};
use crate::claim::{Mode, Polarity, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame, Requirement};

/// Whether the verb can stand beside a statement that is no object of its own.
fn speaks(entry: &CueEntry) -> bool {
    (entry.frames.has(Frame::Quotation) || entry.frames.has(Frame::BareClause))
        && entry.requires != Requirement::Complementiser
}

/// `„…“, sagte der Minister`, `…, sagte der Minister, …`: the verb comes first after what was said.
pub(super) fn after_content(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let lead = group.finite;
    if group.order == Order::Last || lead == reader.sentence.start {
        return false;
    }
    let quoted = reader.block.quotation_closed_before(lead).map(|quotation| quotation.open).or_else(|| {
        let comma = lead.checked_sub(1).filter(|&at| reader.is_comma(at) || reader.mark(at) == Some('–'))?;
        reader.block.quotation_closed_before(comma).map(|quotation| quotation.open)
    });
    let separate = reader.segment(group.segment).start == lead;
    // `„Bild“ berichtete`: a name in marks is the subject.
    let named = quoted.is_some_and(|open| !reader.is_sealed(open) && !separate);
    if named || !(separate || quoted.is_some()) {
        return false;
    }
    if !speaks(entry) && !(quoted.is_some_and(|open| reader.is_sealed(open))) {
        return false;
    }
    let Some(found) = subject::nominative(reader, reader.block.tokens.after(lead), limit(reader, group))
        .filter(|found| !subject::is_nobody(reader, found.range))
    else {
        return false;
    };
    let start = extent::statement_start(reader, lead);
    let before = Range::new(start, lead);
    if quoted.is_none() && !(is_statement(reader, before, group) && is_reported(reader, before, entry)) {
        return false;
    }
    let mut contents = vec![before];
    let close = found.range.end.max(group.end);
    contents.extend(resumed(reader, close, group, quoted.is_some()));
    let rule = match (quoted.is_some(), contents.len()) {
        (true, 1) => "quotation-verb-subject",
        (true, _) => "split-quotation",
        (false, 1) => "clause-verb-subject",
        (false, _) => "parenthetical",
    };
    let subject = subject::agreeing(reader, found.subject, lead);
    verb::add(reader, group, entry, subject, &contents, rule, if quoted.is_some() { 0.95 } else { 0.85 })
}

/// Where the subject after a verb must have ended.
fn limit(reader: &Reader<'_, '_>, group: &Group) -> usize {
    match group.parts.last() {
        Some(last) if !group.is_whole() => last.start,
        _ => reader.horizon(group.end),
    }
}

/// Whether the words before an attribution are a statement: they hold a finite verb of their own, or are many.
fn is_statement(reader: &Reader<'_, '_>, range: Range, group: &Group) -> bool {
    let main = (0..group.segment).filter(|&number| reader.segment(number).start >= range.start);
    let mut verbs = main.filter(|&number| reader.opener(number) == Opener::Main);
    verbs.any(|number| {
        let part = reader.segment(number);
        (part.start..part.end).any(|at| reader.is_finite(at) && reader.block.quotation_around(at).is_none())
    }) || (group.segment == 1 && range.len() >= LONG_STATEMENT && reader.opener(0) == Opener::Main)
}

/// `…, fand er`: a thought stands beside its words only in the mood of reported speech; else something was found.
fn is_reported(reader: &Reader<'_, '_>, range: Range, entry: &CueEntry) -> bool {
    entry.mode != Mode::Thought || (range.start..range.end).any(|at| reader.is_reporting(at))
}

/// A statement of as many tokens holds a verb, known or not.
const LONG_STATEMENT: usize = 9;

/// What goes on with the statement after an inserted attribution: the next quotation, or the rest of the clause.
fn resumed(reader: &Reader<'_, '_>, from: usize, group: &Group, quoted: bool) -> Option<Range> {
    let mark = (from..reader.horizon(from)).find(|&at| reader.ends_at(at))?;
    let next = match reader.mark(mark) {
        Some(',' | ':' | '–' | '—') => mark + 1,
        _ if reader.block.quotation_opened_at(mark).is_some() => mark,
        _ => return None,
    };
    if reader.block.quotation_opened_at(next).is_some() {
        return Some(Range::new(next, extent::quotation(reader, next, group)));
    }
    let number = reader.segment_of(next);
    let narrator = WordClasses::of(&[C::NarratorReturn, C::Coordinator]);
    let goes_on = next < reader.sentence.end
        && !reader.classes(next).any(narrator)
        && !matches!(reader.opener(number), Opener::Relative(_));
    (goes_on && !quoted).then(|| Range::new(next, extent::end(reader, next, group)))
}

/// `wie der Minister mitteilte`, before, inside or after the statement.
pub(super) fn wie(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let Opener::Subordinate(from) = reader.opener(group.segment) else { return false };
    let part = Range::new(reader.segment(group.segment).start, reader.segment(group.segment).end.max(group.end));
    let first = from.saturating_sub(1);
    if group.order != Order::Last || !reader.is(first, C::Comparative) || entry.requires == Requirement::Complementiser
    {
        return false;
    }
    let Some(found) = subject::nominative(reader, from, group.start()).or_else(|| relayed(reader, from, group)) else {
        return false;
    };
    let contents = around(reader, part);
    let cue: Vec<_> = [Range::new(first, from)].into_iter().chain(group.parts.iter().copied()).collect();
    let group = Group { parts: cue, ..group.clone() };
    let subject = subject::agreeing(reader, found.subject, group.finite);
    verb::add(reader, &group, entry, subject, &contents, "as-subject-verb", 0.85)
}

/// `wie aus Kreisen verlautete`: who speaks stands in a phrase.
fn relayed(reader: &Reader<'_, '_>, from: usize, group: &Group) -> Option<subject::Found> {
    if !reader.is(from, C::Preposition) {
        return None;
    }
    let start = reader.block.tokens.after(from);
    let end =
        phrase::end(reader, start, Tail { genitives: true, appositions: false }).filter(|&end| end <= group.start())?;
    let range = Range::new(start, end);
    Some(subject::Found { subject: reader.written(range)?, range, front: None })
}

/// The statement around the inserted part of the sentence.
pub(super) fn around(reader: &Reader<'_, '_>, part: Range) -> Vec<Range> {
    let start = extent::statement_start(reader, part.start);
    let mut contents = vec![Range::new(start, part.start)];
    if reader.is_comma(part.end) || matches!(reader.mark(part.end), Some('–' | '—')) {
        contents.push(Range::new(part.end + 1, reader.sentence.end));
    }
    contents
}

/// `…, so der Minister`, `„…“, so X weiter`.
pub(super) fn so(reader: &mut Reader<'_, '_>) {
    for number in 0..reader.segments.len() {
        let part = reader.segment(number);
        let tokens = &reader.block.tokens;
        if !reader.is(part.start, C::AttributedLabel)
            || part.start == reader.sentence.start && reader.block.quotation_closed_before(part.start).is_none()
        {
            continue;
        }
        let mut at = tokens.after(part.start);
        let pronoun = reader.classes(at).any(PRONOUNS) && !reader.is(at, C::Demonstrative);
        let start = at;
        if pronoun {
            at = tokens.after(at);
        } else if let Some(end) = phrase::end(reader, at, Tail { genitives: true, appositions: true }) {
            at = end;
        } else {
            continue;
        }
        let who = Range::new(start, at);
        let inside = part.end.max(who.end);
        if (at..inside).any(|at| reader.is_finite(at)) || reader.is(start, C::Oblique) {
            continue;
        }
        let whole = Range::new(part.start, inside_end(reader, who.end));
        let contents = around(reader, whole);
        let subject = match pronoun {
            true => subject::nominative(reader, start, reader.sentence.end).map(|found| found.subject),
            false => reader.written(who),
        };
        let Some(subject) = subject else { continue };
        let content = reader.spans(&contents);
        let cue = vec![tokens.span(part.start, tokens.after(part.start))];
        let lemma = tokens.word(part.start).to_owned();
        let draft = Draft {
            rule: "so-subject",
            content,
            cue,
            lemma,
            stance: Stance::Report,
            mode: Mode::Speech,
            polarity: Polarity::Affirmed,
            realised: true,
            source: Subject::Nobody,
            channel: None,
            confidence: 0.85,
            block: reader.block.number,
        };
        reader.push(draft, subject, part.start);
    }
}

/// The mark that closes the attribution whose subject ends before `from`.
fn inside_end(reader: &Reader<'_, '_>, from: usize) -> usize {
    (from..reader.sentence.end).find(|&at| reader.ends_at(at)).unwrap_or(reader.sentence.end)
}
