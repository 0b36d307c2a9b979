//! Finite verbs: what comes after them, what stands before them, and both.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::Reader;
use super::extent::{self, Shape};
use super::group::Group;
use super::opening::{self, Opening};
use super::subject::{self, Found};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame, Requirement};
use crate::span::Span;

/// Drafts the claim of a finite verb, if it attributes.
pub(super) fn finite(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if group.passive {
        return passive(reader, group, entry);
    }
    if verb_subject(reader, group, entry) {
        return true;
    }
    let opening = opening::read(reader, group.end, entry);
    let found = subject::before(reader, group.start);
    if let Some(found) = found
        && (subject_verb_before(reader, group, entry, found, opening))
    {
        return true;
    }
    let Some(subject) = found.map(|found| found.subject).or_else(|| elided(reader, group)) else { return false };
    subject_verb_after(reader, group, entry, subject, opening)
}

/// The subject of a verb that has none of its own: `… and added`.
fn elided(reader: &Reader<'_, '_>, group: &Group) -> Option<Subject> {
    let head = reader.before(group.start)?;
    if !(reader.block.is(head, C::Coordinator) || reader.is_comma(head)) {
        return None;
    }
    shared_subject(reader, group.start)
}

/// Who speaks where the words before `at` do not say: the speaker of the attribution before, or the main clause's subject.
pub(super) fn shared_subject(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    let before = reader.spoken.iter().rev().find(|spoken| spoken.cue < at).map(|spoken| spoken.subject);
    before.or_else(|| subject::of_main_clause(reader, at).map(|found| found.subject))
}

/// `The minister said that …`, `said: “…”`, `asked whether …`, `denied the plan`, `promised to …`.
fn subject_verb_after(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    subject: Subject,
    opening: Opening,
) -> bool {
    let Some((rule, content, confidence)) = content_after(reader, group, entry, opening) else { return false };
    push(reader, group, entry, subject, &[content], rule, confidence)
}

/// The content that a cue opens, with the rule's name and its confidence.
pub(super) fn content_after(
    reader: &Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    opening: Opening,
) -> Option<(&'static str, Range, f32)> {
    let has = |frame| entry.frames.has(frame);
    let marked_only = entry.requires != Requirement::Nothing;
    let mut shape = Shape::of(reader, group);
    let opening = match opening {
        Opening::End(start) if reader.block.is(start, C::Subordinator) && has(Frame::BareClause) => {
            Opening::Phrase(start)
        }
        other => other,
    };
    let (rule, start, confidence) = match opening {
        Opening::Clause(start) if has(Frame::Clause) => ("subject-verb-clause", start, 0.9),
        Opening::Quotation(open) if has(Frame::Quotation) || has(Frame::Nominal) => {
            let end = extent::quotation_end(reader, open, shape);
            return (entry.requires != Requirement::Complementiser).then_some((
                "subject-verb-quotation",
                Range::new(open, end),
                0.92,
            ));
        }
        Opening::Colon(start) if has(Frame::Quotation) => ("subject-verb-colon", start, 0.8),
        Opening::Question(start) if has(Frame::Question) => ("reported-question", start, 0.85),
        Opening::Infinitive(start) if has(Frame::Infinitive) || has(Frame::Addressee) => ("infinitive", start, 0.8),
        Opening::Preposition(start) => ("prepositional-object", start, 0.75),
        Opening::Phrase(start) if !marked_only && has(Frame::BareClause) => ("subject-verb-bare-clause", start, 0.8),
        Opening::Phrase(start) if !marked_only && has(Frame::Nominal) => ("nominal-object", start, 0.7),
        Opening::Phrase(start) if !marked_only && has(Frame::Addressee) => ("subject-verb-bare-clause", start, 0.7),
        _ => return None,
    };
    let fits = match entry.requires {
        Requirement::Complementiser => matches!(opening, Opening::Clause(_)),
        Requirement::Quotation => matches!(opening, Opening::Quotation(_) | Opening::Colon(_)),
        Requirement::Marker => matches!(opening, Opening::Clause(_) | Opening::Quotation(_) | Opening::Colon(_)),
        _ => true,
    };
    if rule == "nominal-object" || rule == "prepositional-object" {
        shape = shape.nominal();
    }
    let range = Range::new(start, extent::clause_end(reader, start, shape));
    (fits && !range.is_empty()).then_some((rule, range, confidence))
}

/// `“…,” the minister said`, `…, officials said.`, `…, officials said, …`, `“…,” he said, “…”`, `As he put it, …`.
fn subject_verb_before(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    found: Found,
    opening: Opening,
) -> bool {
    if !speaks(entry) {
        return false;
    }
    let mut lead = found.start;
    let introduced = reader.before(lead).filter(|&head| reader.block.is(head, C::Subordinator));
    lead = introduced.unwrap_or(lead);
    let quoted = quoted_before(reader, lead);
    let ends = match opening {
        Opening::End(_) | Opening::Comma(_) => true,
        Opening::Preposition(_) => quoted,
        Opening::Quotation(_) | Opening::Colon(_) => quoted,
        _ => false,
    };
    if !ends {
        return false;
    }
    if lead == reader.sentence.start && introduced.is_some() {
        let Opening::Comma(comma) = opening else { return false };
        let content = Range::new(comma + 1, extent::clause_end(reader, comma + 1, Shape::of(reader, group)));
        return push(reader, group, entry, found.subject, &[content], "as-subject-verb", 0.7);
    }
    let bounded = quoted || reader.before(lead).is_some_and(|head| reader.is_comma(head) || reader.is_dash(head));
    let Some(before) = content_before(reader, lead, matches!(opening, Opening::Comma(_)))
        .filter(|_| bounded || lead == reader.sentence.start)
    else {
        return false;
    };
    let mut contents = vec![before];
    let rule = match opening {
        Opening::Quotation(open) => {
            contents.push(Range::new(open, extent::quotation_end(reader, open, Shape::of(reader, group))));
            "split-quotation"
        }
        Opening::Comma(comma) if !quoted && goes_on(reader, comma + 1) => {
            contents.push(Range::new(comma + 1, extent::clause_end(reader, comma + 1, Shape::of(reader, group))));
            "parenthetical"
        }
        _ if quoted => "quotation-subject-verb",
        _ => "clause-then-attribution",
    };
    push(reader, group, entry, found.subject, &contents, rule, if quoted { 0.95 } else { 0.85 })
}

/// `“…,” said the minister`, `…, said the minister`.
fn verb_subject(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if !speaks(entry) || group.cue != group.verb || entry.frames.has(Frame::Addressee) {
        return false;
    }
    let quoted = quoted_before(reader, group.start);
    let comma = reader.before(group.start).is_some_and(|head| reader.is_comma(head));
    if !quoted && !comma {
        return false;
    }
    let Some(who) = subject::stands_alone(reader, group.end) else { return false };
    let Some(before) = content_before(reader, group.start, false) else { return false };
    if !quoted && !has_verb(reader, before) && (before.len() < LONG_STATEMENT || who.end < reader.sentence.end - 1) {
        return false;
    }
    let pronoun = subject::before(reader, who.end).map(|found| found.subject);
    let subject = match pronoun {
        Some(subject @ Subject::Pronoun(..)) if who.len() == 1 => subject,
        _ => match reader.block.trimmed(who) {
            Some(span) => Subject::Written(span),
            None => return false,
        },
    };
    let mut contents = vec![before];
    let next = who.end + usize::from(reader.is_comma(who.end));
    if quoted && reader.block.quotation_opened_at(next).is_some() {
        contents.push(Range::new(next, extent::quotation_end(reader, next, Shape::of(reader, group))));
    } else if !quoted && reader.is_comma(who.end) && goes_on(reader, next) {
        contents.push(Range::new(next, extent::clause_end(reader, next, Shape::of(reader, group))));
    }
    let rule = if quoted { "quotation-verb-subject" } else { "clause-verb-subject" };
    push(reader, group, entry, subject, &contents, rule, if quoted { 0.95 } else { 0.75 })
}

/// A statement of as many tokens holds a verb, known or not.
const LONG_STATEMENT: usize = 9;

/// Whether the verb can stand beside a quotation or statement that is no object of its own.
fn speaks(entry: &CueEntry) -> bool {
    (entry.frames.has(Frame::Quotation) || (entry.frames.has(Frame::Clause) && entry.frames.has(Frame::BareClause)))
        && entry.requires != Requirement::Complementiser
}

/// Whether a quotation ends right before `at`, or before a comma there.
pub(super) fn quoted_before(reader: &Reader<'_, '_>, at: usize) -> bool {
    quotation_before(reader, at).is_some()
}

/// The quotation that ends right before `at`, or before a comma there, in this sentence or right before it.
fn quotation_before(reader: &Reader<'_, '_>, at: usize) -> Option<Range> {
    let comma = at.checked_sub(1).filter(|&before| reader.is_comma(before));
    let end = comma.unwrap_or(at);
    let quotation = reader.block.quotation_closed_before(end)?;
    let sealed = subject::is_sealed(reader, quotation.end);
    (comma.is_some() || sealed).then_some(Range::new(quotation.open, quotation.close))
}

/// The statement or quotation before an attribution that begins at `lead`.
pub(super) fn content_before(reader: &Reader<'_, '_>, lead: usize, goes_on: bool) -> Option<Range> {
    if lead == reader.sentence.start {
        return quotation_before(reader, lead);
    }
    let mut start = reader.sentence.start;
    if let Some(spoken) = reader.spoken.iter().rev().find(|spoken| spoken.cue < lead && spoken.end < lead) {
        let resumes = reader.mark(spoken.end) == Some(';')
            || (reader.is_comma(spoken.end)
                && reader
                    .block
                    .tokens
                    .classes(spoken.end + 1)
                    .any(WordClasses::of(&[C::Coordinator, C::NarratorReturn])));
        if resumes {
            start = spoken.end + 1;
        }
    }
    if let Some(quotation) = quotation_before(reader, lead) {
        let opens_statement = quotation.start.checked_sub(1).and_then(|before| reader.mark(before));
        if matches!(opens_statement, Some(':' | ';')) {
            start = start.max(quotation.start);
        }
    }
    let words = (start..lead).filter(|&at| reader.block.tokens.is_word(at)).take(FEWEST_WORDS).count();
    let enough = words >= FEWEST_WORDS || (goes_on && words > 0) || quoted_before(reader, lead);
    (start < lead && enough).then(|| Range::new(start, lead))
}

/// A statement without quotation marks before its attribution has at least so many words.
const FEWEST_WORDS: usize = 3;

/// Whether the statement before a parenthetical attribution goes on at `at`.
fn goes_on(reader: &Reader<'_, '_>, at: usize) -> bool {
    let classes = reader.block.tokens.classes(at);
    let narrator = WordClasses::of(&[C::NarratorReturn, C::Relative, C::Subordinator, C::Time, C::Coordinator]);
    let participle =
        |features: crate::language::cue::Features| features.any(crate::language::cue::Features::PARTICIPLE);
    at < reader.sentence.end
        && !classes.any(narrator)
        && !reader.block.cues(at).any(|(form, _)| participle(form.features))
}

/// Whether a finite verb stands in `range`.
fn has_verb(reader: &Reader<'_, '_>, range: Range) -> bool {
    let finite = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future]);
    (range.start..range.end).any(|at| reader.block.tokens.classes(at).any(finite))
}

/// `was accused of …`, `is said to …`, `it was reported that …`, `was asked whether …`.
fn passive(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let opening = opening::read(reader, group.end, entry);
    let tokens = &reader.block.tokens;
    let by = (group.end..reader.horizon(group.end).min(group.end + 3)).find(|&at| tokens.is(at, C::Agent));
    if let Some(by) = by
        && let Some(who) = subject::after(reader, tokens.after(by))
        && let Some(span) = reader.block.trimmed(who)
        && let Some(found) = subject::before(reader, group.start)
    {
        let topic = Range::new(found.start, group.start);
        let rest = Range::new(who.end, extent::clause_end(reader, who.end, Shape::of(reader, group)));
        return push(reader, group, entry, Subject::Written(span), &[topic, rest], "passive-agent", 0.6);
    }
    let Opening::Clause(start) = opening else { return false };
    let impersonal = reader.before(group.start).is_some_and(|head| reader.block.is(head, C::PronounNeuter));
    if !impersonal || !entry.frames.has(Frame::Clause) || entry.mode == Mode::Thought {
        return false;
    }
    let content = Range::new(start, extent::clause_end(reader, start, Shape::of(reader, group)));
    push(reader, group, entry, Subject::Nobody, &[content], "passive-clause", 0.7)
}

/// Adds the draft of a verb group.
pub(super) fn push(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    subject: Subject,
    contents: &[Range],
    rule: &'static str,
    confidence: f32,
) -> bool {
    let content = reader.spans(contents);
    if content.is_empty() {
        return false;
    }
    let end = contents.iter().map(|range| range.end).filter(|&end| end > group.end).max().unwrap_or(group.end);
    let cue = vec![reader.block.tokens.span(group.cue, group.end)];
    let mut draft = Draft::new(rule, entry, cue, content, reader.block.number);
    draft.polarity = group.polarity(entry);
    draft.realised = group.realised;
    draft.confidence = confidence;
    let upto = contents.iter().map(|range| range.start).find(|&start| start >= group.end);
    add_channel(reader, &mut draft, group.end, upto);
    reader.push(draft, subject, group.start, end)
}

/// Adds to the draft the channel named between a verb and its content, or in what follows if no content does.
pub(super) fn add_channel(reader: &Reader<'_, '_>, draft: &mut Draft, from: usize, upto: Option<usize>) {
    if let Some((channel, written)) = channel(reader, from, upto) {
        draft.channel = Some(channel);
        if written && draft.mode == Mode::Speech {
            draft.mode = Mode::Writing;
        }
    }
}

/// The channel named between a verb and its content (or, without one after it, in what follows): its bytes, and
/// whether it is a writing.
fn channel(reader: &Reader<'_, '_>, from: usize, upto: Option<usize>) -> Option<(Span, bool)> {
    let tokens = &reader.block.tokens;
    let end =
        upto.unwrap_or(reader.sentence.end).min(from.saturating_add(MOST_BEFORE_CHANNEL)).min(reader.sentence.end);
    let mut at = from;
    while at < end {
        if reader.block.quotation_opened_at(at).is_some() || reader.is_comma(at) {
            return None;
        }
        let classes = tokens.classes(at);
        let written = classes.has(C::WrittenChannel);
        if written || classes.has(C::ChannelPhrase) {
            let stops = WordClasses::of(&[C::Time, C::Complementiser, C::Subordinator, C::Relative]);
            let mut last = tokens.after(at);
            while last < end && tokens.mark(last).is_none() && !tokens.classes(last).any(stops) {
                last = tokens.after(last);
            }
            return Some((reader.block.trimmed(Range::new(at, last))?, written));
        }
        at = tokens.after(at);
    }
    None
}

/// The channel stands near the verb.
const MOST_BEFORE_CHANNEL: usize = 24;
