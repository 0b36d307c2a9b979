//! Finite verbs: what comes after them, what stands before them, and both.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::channel::Place;
use super::group::Group;
use super::opening::{self, Opening};
use super::phrase::PRONOUNS;
use super::{Reader, Spoken, channel, content, describe, forum, noun, passive, relay, subject, trailing};
use crate::claim::Stance;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame, Requirement};

/// Drafts the claim of a finite verb, if it attributes.
pub(super) fn finite(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if group.passive {
        return passive::passive(reader, group, entry);
    }
    if trailing::verb_subject(reader, group, entry) {
        return true;
    }
    let opening = opening::read(reader, group.end, entry);
    if reader.syntax().is_byname(reader, group, opening) || is_inserted_question(reader, group, entry, opening) {
        return false;
    }
    let found = subject::before(reader, group.start);
    let mut group = *group;
    // `If the minister says that …`: nothing has been said.
    let lead = found.and_then(|found| reader.before(found.start));
    group.realised &= !lead.is_some_and(|lead| reader.block.is(lead, C::Condition));
    // `Neither of them has said`, `nobody said`
    group.negated |= found.is_some_and(|found| reader.block.is(found.start, C::NegativeSubject));
    let group = &group;
    if let Some(found) = found
        && (trailing::subject_verb_before(reader, group, entry, found, opening))
    {
        return true;
    }
    if found.is_some_and(|found| reader.syntax().is_speechless(reader, found.start, group, entry)) {
        return false;
    }
    let Some(subject) = found.map(|found| found.subject).or_else(|| elided(reader, group)) else { return false };
    if entry.frames.has(Frame::Relay) && relay::relayed(reader, group, entry, Some(subject)) {
        return true;
    }
    if entry.requires == Requirement::Forum {
        return forum::heard(reader, group, entry, subject, opening);
    }
    if entry.requires == Requirement::Document && !channel::is_document(reader, subject) {
        return false;
    }
    subject_verb_after(reader, group, entry, subject, opening)
}

/// Whether the verb is what was put to whoever the sentence begins with: `The mayor, | asked if it was safe, | said …`.
fn is_inserted_question(reader: &Reader<'_, '_>, group: &Group, entry: &CueEntry, opening: Opening) -> bool {
    let about = entry.stance == Stance::Ask && matches!(opening, Opening::Phrase(_));
    let asks = entry.frames.has(Frame::Question) && (about || entry.frames.has(Frame::Addressee));
    let put = about || matches!(opening, Opening::Question(_) | Opening::Preposition(_));
    let comma = reader.before(group.start).filter(|&head| reader.is_comma(head));
    let closes = |at: usize| reader.is_comma(at) && reader.opens(at + 1, Frame::Clause);
    reader.syntax().follows_english()
        && asks
        && put
        && comma.is_some()
        && (group.end..reader.horizon(group.end)).any(closes)
}

/// The subject of a verb that has none of its own: `… and added`.
fn elided(reader: &Reader<'_, '_>, group: &Group) -> Option<Subject> {
    let head = reader.before(group.start)?;
    // «a reconnu avoir menti, mais | a nié …»
    let turns = reader.syntax().shares_subject(reader, head);
    if !(reader.block.is(head, C::Coordinator) || reader.is_comma(head) || turns) {
        return None;
    }
    // `said Lee has faith in her and | has asked …`: the subject of what is said goes on.
    let inside =
        reader.spoken.iter().rev().take(MOST_SPOKEN).find(|spoken| spoken.cue < head && group.end < spoken.end);
    if let Some(outer) = inside {
        return subject::of_nearest_clause(reader, outer.cue + 1, group.start).map(|found| found.subject);
    }
    shared_subject(reader, group.start)
}

/// Who speaks where the words before `at` do not say: the speaker of the attribution before, or the subject of the clause
/// that has begun since: `Lee said no, but Roe went on, | asking why`.
pub(super) fn shared_subject(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    let held = |inner: &Spoken| {
        reader
            .spoken
            .iter()
            .rev()
            .take(MOST_SPOKEN)
            .any(|outer| outer.cue < inner.cue && inner.cue < outer.end && outer.end > inner.cue + 1)
    };
    // `with his attacks on the rich` names nobody.
    let owner = |spoken: &Spoken| matches!(spoken.subject, Subject::Pronoun(span, _) if reader.block.is(reader.block.tokens_in(span).start, C::Possessive));
    let mut earlier = reader.spoken.iter().rev().take(MOST_SPOKEN).filter(|spoken| spoken.cue < at);
    let outermost = earlier.clone().find(|spoken| !held(spoken) && !owner(spoken));
    let before = outermost.or_else(|| earlier.next());
    let from = before.map_or(reader.sentence.start, |spoken| spoken.end.max(spoken.cue + 1));
    let since = subject::of_nearest_clause(reader, from, at).map(|found| found.subject);
    since
        .or_else(|| before.map(|spoken| spoken.subject))
        .or_else(|| subject::of_main_clause(reader, at).map(|found| found.subject))
}

/// How many attributions of a sentence are looked at, so that time stays linear in a line without sentence ends.
const MOST_SPOKEN: usize = 12;

/// `The minister said that …`, `said: “…”`, `asked whether …`, `denied the plan`, `promised to …`.
fn subject_verb_after(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    subject: Subject,
    opening: Opening,
) -> bool {
    if entry.frames.has(Frame::Describe) && describe::of_relative(reader, group, entry, subject) {
        return true;
    }
    if entry.frames.has(Frame::Describe)
        && let Opening::Phrase(start) = opening
        && (describe::described(reader, group, entry, subject, start) || !entry.frames.has(Frame::Nominal))
    {
        return true;
    }
    if entry.frames.has(Frame::Describe) && reader.syntax().describes_by_link(entry, opening) {
        return describe::described(reader, group, entry, subject, group.end);
    }
    if matches!(opening, Opening::End(_) | Opening::Comma(_))
        && let Some(object) = reader.syntax().fronted_object(reader, subject, entry)
    {
        return push(reader, group, entry, subject, &[object], "fronted-object", 0.7);
    }
    let Some((rule, mut content, confidence)) = content::after(reader, group, entry, opening) else { return false };
    // `Many who backed the dike | say now …`: the verb of the sentence ends what the relative clause says.
    if matches!(subject, Subject::Relative { .. }) && matches!(rule, "nominal-object" | "infinitive") {
        let infinitive = (content.start..content.end).find(|&at| reader.block.is(at, C::InfinitiveMarker));
        let start = infinitive.filter(|_| rule == "infinitive").map_or(content.start, |marker| marker + 1);
        content.end = noun::main_verb(reader, Range::new(start, content.end), false).unwrap_or(content.end);
    }
    let mut contents = coordinated(reader, content);
    if rule == "subject-verb-bare-clause"
        && let Some(pronoun) = content::fronted(reader, subject, content.start)
    {
        contents.insert(0, pronoun);
    }
    push(reader, group, entry, subject, &contents, rule, confidence)
}

/// The clauses of a content that the complementiser joins: `that | …, and that | …`.
///
/// After a first complementiser a second `that` is one as well; else it may be a demonstrative.
pub(super) fn coordinated(reader: &Reader<'_, '_>, content: Range) -> Vec<Range> {
    let tokens = &reader.block.tokens;
    let marked = reader.before(content.start).is_some_and(|head| reader.block.is(head, C::Complementiser))
        || reader.block.quotation_opened_at(content.start).is_some();
    let mut clauses = Vec::new();
    let mut start = content.start;
    let mut at = content.start;
    while at < content.end {
        let next = reader.block.step(at).max(at + 1);
        let joins = tokens.is(at, C::Coordinator) || reader.syntax().joins_clauses(reader, at);
        if at > start && joins && opens_clause(reader, next, marked) {
            clauses.push(Range::new(start, at));
            start = tokens.after(next);
        }
        at = next;
    }
    clauses.push(Range::new(start, content.end));
    clauses
}

/// Whether the complementiser at `at`, if there is one, stands before a subject: `that | the …`, not `that | location is`.
pub(super) fn opens_clause(reader: &Reader<'_, '_>, at: usize, marked: bool) -> bool {
    let next = reader.block.tokens.after(at);
    let opener =
        WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative, C::Adverb, C::Subordinator, C::Group]);
    let subject = reader.block.tokens.classes(next).any(opener.with(PRONOUNS));
    let unambiguous = marked || !reader.block.is(at, C::Demonstrative) || subject || reader.is_capitalised(next);
    reader.block.is(at, C::Complementiser) && unambiguous
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
    channel::add(reader, &mut draft, Place { from: group.end, upto, end: upto.map(|_| end), subject }, entry);
    reader.push(draft, subject, group.start, end)
}
