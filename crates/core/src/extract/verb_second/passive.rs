//! Verbs without a subject that speaks: passives, and `es heißt`.

use super::super::block::Range;
use super::super::draft::Subject;
use super::group::{Group, Order};
use super::opening::{self, Opening};
use super::phrase::{self, Tail};
use super::segment::Opener;
use super::{Reader, extent, inserted, subject, verb};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::cue::{CueEntry, Frame, Requirement};

/// `wurde mitgeteilt, dass …`, `wird beschuldigt, … zu …`, `wurde von X als … bezeichnet`.
pub(super) fn rules(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if entry.frames.has(Frame::Relay) {
        return quoted(reader, group, entry);
    }
    let agent = agent(reader, group);
    let source = agent.and_then(|range| reader.written(range));
    let opening = opening::read(reader, group.end, entry);
    // `Dies wurde bestätigt, nur Platz drei fehlt noch`: where nobody speaks, only the mood of a bare clause reports.
    let narrated = source.is_none()
        && match opening {
            Opening::Bare(start) => !reader.is_subjunctive(start),
            // `wurde gemessen, was ein Hinweis darauf ist, dass …`: the clause belongs to other words.
            Opening::Clause(start) | Opening::Infinitive(start) => {
                reader.segment_of(start) > reader.segment_of(group.end.saturating_sub(1)) + 1
            }
            // `über Lager, …, berichtet worden war, wo …`
            Opening::Question(_) => true,
            _ => false,
        };
    // `dessen Rücktritt gefordert wird, | griff zu einem Mittel`: after a relative clause the main clause goes on.
    let narrated = narrated
        || group.order == Order::Last
            && matches!(opening, Opening::Bare(_) | Opening::Infinitive(_))
            && matches!(reader.opener(group.segment), Opener::Relative(_));
    if opening != Opening::Nothing
        && !narrated
        && (entry.mode != Mode::Thought || source.is_some())
        && let Some((_, contents, confidence)) = verb::opened(reader, group, entry, opening)
    {
        return verb::add(
            reader,
            group,
            entry,
            source.unwrap_or(Subject::Nobody),
            &contents,
            "passive-clause",
            confidence - 0.1,
        );
    }
    let (Some(agent), Some(source), Order::Second) = (agent, source, group.order) else { return false };
    let whole = Tail { genitives: true, appositions: false };
    let topic = subject::front(reader, group)
        .filter(|front| front.end <= agent.start && phrase::end(reader, front.start, whole).is_some());
    let topic = topic.or_else(|| {
        subject::nominative(reader, reader.block.tokens.after(group.finite), agent.start).map(|found| found.range)
    });
    let Some(topic) = topic else { return false };
    let rest = Range::new(agent.end, group.parts.last().map_or(group.end, |part| part.start));
    let fits = entry.requires == Requirement::Nothing
        && !group.negated
        && (entry.frames.has(Frame::Nominal) || entry.frames.has(Frame::Describe));
    fits && verb::add(reader, group, entry, source, &[topic, rest], "passive-agent", 0.7)
}

/// `X wird mit den Worten zitiert: „…“`, `wie X von Y zitiert wird`: who is quoted speaks, who quotes is the channel.
fn quoted(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if inserted::wie(reader, group, entry) {
        return true;
    }
    let Some(found) = subject::of(reader, group) else { return false };
    let opening = opening::read(reader, group.end.max(found.range.end), entry);
    let Some((_, contents, confidence)) = verb::opened(reader, group, entry, opening) else {
        return inserted::after_content(reader, group, entry);
    };
    verb::add(reader, group, entry, found.subject, &contents, "passive-quotation", confidence - 0.1)
}

/// The one who acts: `von der Regierung`.
fn agent(reader: &Reader<'_, '_>, group: &Group) -> Option<Range> {
    let (from, upto) = match group.order {
        Order::Second => (group.finite, group.end),
        Order::Last => (reader.segment(group.segment).start, group.start()),
    };
    let tail = Tail { genitives: true, appositions: false };
    (from..upto).filter(|&at| reader.is(at, C::Agent) && !reader.is(at, C::Time)).find_map(|at| {
        let start = reader.block.tokens.after(at);
        let end = phrase::end(reader, start, tail)?;
        let head = phrase::head(reader, Range::new(start, end));
        subject::can_speak(reader, start, head).then_some(Range::new(start, end))
    })
}

/// `„…“, heißt es in dem Bericht`; `Aus dem Bericht geht hervor, dass …`: who speaks stands in a phrase of its own.
pub(super) fn impersonal(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let es = |at: Option<usize>| at.is_some_and(|at| reader.is(at, C::PronounNeuter));
    let with_es =
        es(Some(tokens.after(group.finite))) || es(reader.before(group.start())) || es(reader.before(group.finite));
    if entry.requires == Requirement::Impersonal && !with_es {
        return false;
    }
    let part = reader.segment(group.segment);
    let end = part.end.max(group.end);
    let source = (part.start..end).find_map(|at| phrase_of_source(reader, at, entry));
    if source.is_none() && entry.requires != Requirement::Impersonal && subject::of(reader, group).is_some() {
        return verb::rules_of_subject(reader, group, entry);
    }
    let subject = source.and_then(|range| reader.written(range)).unwrap_or(Subject::Nobody);
    let opening = opening::read(reader, group.end.max(source.map_or(0, |source| source.end)), entry);
    let lead = reader.segment(group.segment).start;
    if opening == Opening::Nothing || (lead == group.finite && lead > reader.sentence.start) {
        if lead != group.finite {
            return false;
        }
        let start = extent::statement_start(reader, lead);
        return verb::add(reader, group, entry, subject, &[Range::new(start, lead)], "impersonal-after", 0.8);
    }
    let Some((_, contents, confidence)) = verb::opened(reader, group, entry, opening) else { return false };
    verb::add(reader, group, entry, subject, &contents, "impersonal", confidence - 0.05)
}

/// The noun phrase after one of the cue's prepositions at `at`.
fn phrase_of_source(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<Range> {
    let tokens = &reader.block.tokens;
    if !entry.prepositions.iter().any(|word| word == tokens.word(at)) || reader.is(at, C::Time) {
        return None;
    }
    // A phrase of the lexicon (`in einer Erklärung`) holds its own preposition.
    let start = at + 1;
    if tokens.after(at) > start {
        let tail = (tokens.after(at)..reader.sentence.end)
            .find(|&end| !reader.is(end, C::Genitive))
            .filter(|&end| end > tokens.after(at));
        let end =
            tail.and_then(|_| phrase::end(reader, tokens.after(at), Tail { genitives: true, appositions: false }));
        return Some(Range::new(start, end.unwrap_or(tokens.after(at))));
    }
    Some(Range::new(start, phrase::end(reader, start, Tail { genitives: true, appositions: false })?))
}
