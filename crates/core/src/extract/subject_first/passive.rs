//! Passive verbs: `was accused of … by …`, `was told by … that …`, `it was reported that …`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::extent::{self, Shape};
use super::group::Group;
use super::opening::{self, Opening};
use super::verb::{self, push};
use super::{Reader, content, following, preposition, relay, subject};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame, Requirement};

/// `was accused of …`, `is said to …`, `it was reported that …`, `was asked whether …`.
pub(super) fn passive(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if entry.frames.has(Frame::Relay) && relay::relayed(reader, group, entry, None) {
        return true;
    }
    if let Some(who) = agent(reader, group, entry)
        && let Some(span) = reader.block.trimmed(who)
    {
        let speaker = Subject::Written(span);
        return told_by(reader, group, entry, who.end, speaker) || acted_on(reader, group, entry, who.end, speaker);
    }
    nobody(reader, group, entry)
}

/// The one who acts: `was rejected by | economists`.
fn agent(reader: &Reader<'_, '_>, group: &Group, entry: &CueEntry) -> Option<Range> {
    let tokens = &reader.block.tokens;
    let near = group.end..reader.horizon(group.end).min(group.end + MOST_BEFORE_AGENT);
    let by = near.into_iter().find(|&at| tokens.is(at, C::Agent))?;
    let who = without_object(reader, following::after(reader, tokens.after(by))?, entry);
    let acts = !tokens.is(who.start, C::Time) && preposition::is_somebody(reader, who.start, who);
    acts.then_some(who)
}

/// Between a passive verb and the preposition of who acts stand fewer tokens.
const MOST_BEFORE_AGENT: usize = 3;

/// `was told by her lawyer that …`, `was urged by the union to …`: the subject is only told.
fn told_by(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry, from: usize, speaker: Subject) -> bool {
    if !entry.frames.has(Frame::Addressee) {
        return false;
    }
    let opening = match opening::is_infinitive(reader, from) {
        true => Opening::Infinitive(from),
        false => opening::read(reader, from, entry),
    };
    let opens = matches!(
        opening,
        Opening::Clause(_) | Opening::Question(_) | Opening::Infinitive(_) | Opening::Quotation(_) | Opening::Colon(_)
    );
    let content = opens.then(|| content::after(reader, group, entry, opening)).flatten();
    let Some((_, content, confidence)) = content else { return false };
    let contents = verb::coordinated(reader, content);
    push(reader, group, entry, speaker, &contents, "passive-addressee", confidence - 0.1)
}

/// `The plan was rejected by economists`, `was accused by the union of …`: the subject is what it is about.
fn acted_on(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry, from: usize, speaker: Subject) -> bool {
    let Some(found) = subject::before(reader, group.start) else { return false };
    let fits = matches!(entry.requires, Requirement::Nothing | Requirement::Document);
    if !fits || !reader.syntax().passive_takes_topic(entry) {
        return false;
    }
    let governs = reader.syntax().governs(reader, from, entry);
    let end = if governs { extent::clause_end(reader, from, Shape::of(reader, group)) } else { from };
    let topic = Range::new(topic_start(reader, group, found.start), group.start);
    push(reader, group, entry, speaker, &[topic, Range::new(from, end)], "passive-agent", 0.6)
}

/// Where the subject of the verb begins whose last words begin at `start`: `The minister's claim that the dam was
/// safe | was rejected` is about the claim, with all that it says.
fn topic_start(reader: &Reader<'_, '_>, group: &Group, start: usize) -> usize {
    let noun = reader.spoken.iter().rev().find(|spoken| spoken.end == group.start && spoken.cue < start);
    let owner = noun.and_then(|spoken| spoken.subject.written());
    owner.map_or(start, |span| reader.block.tokens_in(span).start)
}

/// `It was reported that …`, `He was told that …`: nobody is said to have said it.
fn nobody(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let Opening::Clause(start) = opening::read(reader, group.end, entry) else { return false };
    let Some(head) = reader.before(group.start) else { return false };
    let impersonal = reader.block.tokens.classes(head).any(WordClasses::of(&[C::PronounNeuter, C::Impersonal]))
        && reader.syntax().impersonal_reports(entry);
    let told = entry.frames.has(Frame::Addressee) && reader.syntax().follows_english();
    if !(impersonal || told) || !entry.frames.has(Frame::Clause) || entry.mode == Mode::Thought {
        return false;
    }
    let content = Range::new(start, extent::clause_end(reader, start, Shape::of(reader, group)));
    push(reader, group, entry, Subject::Nobody, &[content], "passive-clause", 0.7)
}

/// The one who acts, without what the verb opens: `by the union | for freezing grants`, `by the union | to leave`.
fn without_object(reader: &Reader<'_, '_>, who: Range, entry: &CueEntry) -> Range {
    let told = entry.frames.has(Frame::Infinitive) || entry.frames.has(Frame::Addressee);
    let infinitive = |at: usize| told && reader.syntax().marks_infinitive(reader, at);
    let governed =
        |&at: &usize| infinitive(at) || entry.prepositions.iter().any(|word| word == reader.block.tokens.word(at));
    Range::new(who.start, (who.start + 1..who.end).find(governed).unwrap_or(who.end))
}
