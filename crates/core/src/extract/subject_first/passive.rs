//! Passive verbs: `was accused of … by …`, `it was reported that …`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::extent::{self, Shape};
use super::group::Group;
use super::opening::{self, Opening};
use super::verb::push;
use super::{Reader, following, relay, subject};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame};

/// `was accused of …`, `is said to …`, `it was reported that …`, `was asked whether …`.
pub(super) fn passive(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if entry.frames.has(Frame::Relay) && relay::relayed(reader, group, entry, None) {
        return true;
    }
    let opening = opening::read(reader, group.end, entry);
    let tokens = &reader.block.tokens;
    let by = (group.end..reader.horizon(group.end).min(group.end + 3)).find(|&at| tokens.is(at, C::Agent));
    if let Some(by) = by
        && let Some(who) = following::after(reader, tokens.after(by)).map(|who| without_object(reader, who, entry))
        && let Some(span) = reader.block.trimmed(who)
        && let Some(found) = subject::before(reader, group.start)
    {
        let topic = Range::new(found.start, group.start);
        if !reader.syntax().passive_takes_topic(entry) {
            return false;
        }
        let governs = reader.syntax().governs(reader, who.end, entry);
        let end = if governs { extent::clause_end(reader, who.end, Shape::of(reader, group)) } else { who.end };
        let rest = Range::new(who.end, end);
        return push(reader, group, entry, Subject::Written(span), &[topic, rest], "passive-agent", 0.6);
    }
    let Opening::Clause(start) = opening else { return false };
    let impersonal = reader
        .before(group.start)
        .is_some_and(|head| reader.block.tokens.classes(head).any(WordClasses::of(&[C::PronounNeuter, C::Impersonal])));
    if !impersonal
        || !entry.frames.has(Frame::Clause)
        || !reader.syntax().impersonal_reports(entry)
        || entry.mode == Mode::Thought
    {
        return false;
    }
    let content = Range::new(start, extent::clause_end(reader, start, Shape::of(reader, group)));
    push(reader, group, entry, Subject::Nobody, &[content], "passive-clause", 0.7)
}

/// The one who acts, without what the verb's own preposition opens: `by the union | for freezing grants`.
fn without_object(reader: &Reader<'_, '_>, who: Range, entry: &CueEntry) -> Range {
    let governed = |&at: &usize| entry.prepositions.iter().any(|word| word == reader.block.tokens.word(at));
    Range::new(who.start, (who.start + 1..who.end).find(governed).unwrap_or(who.end))
}
