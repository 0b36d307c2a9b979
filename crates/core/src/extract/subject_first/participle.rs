//! Participles: `…, saying that …`, `by calling it …`, `a letter warning of …`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::group::Group;
use super::opening::{self, Opening};
use super::verb;
use super::{content, describe, finite, phrase, subject};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame};

/// Drafts the claim of a participle, said by the subject of the main clause or by the noun before it.
pub(super) fn participle(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let opening = opening::read(reader, group.end, entry);
    if entry.frames.has(Frame::Describe)
        && let Opening::Phrase(start) = opening
    {
        // `a group calling itself “Grey Lantern”` names itself.
        let several = WordClasses::of(&[C::PronounNeuter, C::PronounPlural]);
        if reader.block.is(start, C::Reflexive) && reader.block.tokens.classes(start).any(several) {
            return false;
        }
        let Some(subject) = speaker(reader, group.start, true) else { return false };
        return describe::described(reader, group, entry, subject, start);
    }
    let Some((_, content, confidence)) = content::after(reader, group, entry, opening) else { return false };
    let marked = matches!(opening, Opening::Clause(_) | Opening::Quotation(_) | Opening::Question(_));
    // «Et d'ajouter : «…»»
    let same = || reader.syntax().goes_on(reader, group.start).then_some(Subject::Elliptical(Features::NONE));
    let subject = issuer(reader, group.start)
        .or_else(same)
        .or_else(|| subject_behind(reader, group.start, content.end))
        .or_else(|| speaker(reader, group.start, marked));
    let Some(subject) = subject else { return false };
    // `wrote that it was late, | adding that …`
    let written =
        reader.drafts.iter().rev().take(1).any(|draft| draft.mode == Mode::Writing && draft.source == subject);
    let contents = verb::coordinated(reader, content);
    let pushed = verb::push(reader, group, entry, subject, &contents, "participle", confidence - 0.1);
    if pushed
        && written
        && let Some(draft) = reader.drafts.last_mut().filter(|draft| draft.mode == Mode::Speech)
    {
        draft.mode = Mode::Writing;
    }
    pushed
}

/// Drafts the claim of an adjective without a verb: `Worried that …, she left`. Before a noun it tells nothing.
pub(super) fn adjective(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    !matches!(opening::read(reader, group.end, entry), Opening::Phrase(_)) && participle(reader, group, entry)
}

/// Who issued the text that the participle at `at` describes: its noun stands right before it, or before a time there:
/// `Lee released a statement on Friday | saying`.
fn issuer(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    let tokens = &reader.block.tokens;
    let mut noun = reader.before(at).filter(|_| reader.syntax().follows_english())?;
    if tokens.is(noun, C::Time) {
        noun = reader.before(noun).unwrap_or(noun);
    }
    let head = reader.before(noun).filter(|_| tokens.is(noun, C::Document))?;
    if !tokens.classes(head).any(WordClasses::of(&[C::Indefinite, C::Adjective, C::Possessive])) {
        return None;
    }
    let finite = |&at: &usize| {
        tokens.classes(at).any(finite::FINITE) || finite::is_past_cue(reader, at) || finite::is_unknown_past(reader, at)
    };
    let floor = reader.sentence.start.max(head.saturating_sub(LONGEST_CLAUSE));
    let verb = (floor..head).rev().find(finite)?;
    // `hours after | commissioner Ann Roe | released a report`: the verb's own subject, not the sentence's.
    let own = subject::before(reader, subject::group_start(reader, verb)).map(|found| found.subject);
    own.filter(|own| matches!(own, Subject::Written(_))).or_else(|| verb::shared_subject(reader, at))
}

/// How far before a text the verb stands whose object it is, in tokens.
const LONGEST_CLAUSE: usize = 40;

/// Who speaks by the participle at `at`; right after a noun only if a complementiser or quotation follows it.
fn speaker(reader: &Reader<'_, '_>, at: usize, marked: bool) -> Option<Subject> {
    let Some(head) = reader.before(at) else {
        return following_subject(reader, at);
    };
    let joins = WordClasses::of(&[C::Preposition, C::Agent, C::Coordinator, C::Subordinator]);
    // «a quitté la salle | sans préciser si …»
    let governed = reader.block.is(at, C::Preposition) && !reader.syntax().follows_english();
    if governed
        || reader.mark(head).is_some()
        || reader.block.tokens.classes(head).any(joins)
        || reader.block.quotation_closed_before(at).is_some()
    {
        return verb::shared_subject(reader, at);
    }
    let start = match absolute_subject(reader, at) {
        Some(start) => start,
        None => phrase::nearest_phrase(reader, at).filter(|_| marked)?,
    };
    subject::written(reader, Range::new(start, at)).map(|found| found.subject)
}

/// Where the noun phrase begins that is the subject of the participle at `at` alone: `…, with | officials saying …`.
fn absolute_subject(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let mut start = at;
    for _ in 0..LONGEST_SUBJECT {
        let head = reader.before(start)?;
        // `…, with | 30 per cent of voters saying`
        let comma = || reader.before(head).is_some_and(|before| reader.is_comma(before));
        if reader.block.is(head, C::Preposition) && (start == at || comma()) {
            return (start < at).then_some(start);
        }
        if reader.mark(head).is_some() || reader.block.tokens.classes(head).any(finite::FINITE) {
            return None;
        }
        start = head;
    }
    None
}

/// The subject of the clause behind the comma `end`, where a preposition or conjunction and the participle at `at` open the
/// sentence: `While saying that …, | Roe voted for it`.
fn subject_behind(reader: &Reader<'_, '_>, at: usize, end: usize) -> Option<Subject> {
    let tokens = &reader.block.tokens;
    if !leads(reader, at) || !reader.is_comma(end) {
        return None;
    }
    let finite = |&at: &usize| {
        tokens.classes(at).any(finite::FINITE) || finite::is_past_cue(reader, at) || finite::is_unknown_past(reader, at)
    };
    let verb = (end + 1..reader.horizon(end)).find(finite)?;
    let found = subject::before(reader, subject::group_start(reader, verb))?;
    (found.start > end).then_some(found.subject)
}

/// Whether the participle at `at` opens the sentence, behind a preposition or conjunction: `While | saying …`.
pub(super) fn leads(reader: &Reader<'_, '_>, at: usize) -> bool {
    let opens = WordClasses::of(&[C::Preposition, C::Subordinator]);
    let head = reader.before(at).filter(|&head| head == reader.sentence.start);
    reader.syntax().follows_english() && head.is_some_and(|head| reader.block.tokens.classes(head).any(opens))
}

/// The subject of a participle of its own has fewer words.
const LONGEST_SUBJECT: usize = 8;

/// The subject of the clause that follows a participle at the beginning of the sentence: `Citing …, Smith said`.
fn following_subject(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    subject::of_main_clause(reader, reader.horizon(at)).map(|found| found.subject)
}
