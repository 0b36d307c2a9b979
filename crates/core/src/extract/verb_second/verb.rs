//! Verbs that attribute, active: what they open, what stands before them, and both.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::group::{Group, Order};
use super::opening::{self, Opening};
use super::subject::{self, Found};
use super::{Reader, extent, inserted, passive, phrase};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Frame, Requirement};
use crate::span::Span;

/// Tries the rules for a verb group.
pub(super) fn rules(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if group.passive {
        return passive::rules(reader, group, entry);
    }
    if entry.requires == Requirement::Impersonal || entry.frames.has(Frame::InText) {
        return passive::impersonal(reader, group, entry);
    }
    rules_of_subject(reader, group, entry)
}

/// The rules for a verb whose subject speaks.
pub(super) fn rules_of_subject(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry) -> bool {
    if inserted::wie(reader, group, entry) || inserted::after_content(reader, group, entry) {
        return true;
    }
    let found = subject::of(reader, group).map(|found| subject::without_object(reader, found, entry));
    let shared = elided(reader, group);
    // `…, und forderten die Regierung auf`: a verb right after a coordinator has its object behind it.
    let joined = reader.before(group.finite).is_some_and(|head| reader.is(head, C::Coordinator));
    let behind = |found: &Found| joined && shared.is_some() && found.range.start > group.finite;
    let found = found.filter(|found| !behind(found));
    let Some(subject) = found.map(|found| found.subject).or(shared) else { return false };
    // `Das nennt man …`
    let man = reader.is(reader.block.tokens.after(group.finite), C::Impersonal);
    if man || found.is_some_and(|found| subject::is_nobody(reader, found.range)) {
        return false;
    }
    // Figures show something; whoever shows something does not say it.
    if entry.requires == Requirement::Document && found.is_none_or(|found| subject::is_somebody(reader, &found)) {
        return false;
    }
    // `Kein Politiker sagte, …`
    let silent = found.is_some_and(|found| reader.is(found.range.start, C::NegativeSubject));
    let negated = silent.then(|| Group { negated: true, ..group.clone() });
    let group = negated.as_ref().unwrap_or(group);
    let from = content_floor(group, found);
    let opening = opening::read(reader, from, entry);
    if entry.frames.has(Frame::Describe) && describes(reader, group, entry, found, subject) {
        return true;
    }
    // `erklärte die Ausschreibung für fehlerhaft, der Auftrag wurde …`: the verb has its object.
    let has_object = matches!(opening, Opening::Bare(start) if !reader.is_subjunctive(start))
        && group.order == Order::Second
        && noun_phrase_in(reader, middle(reader, group, found)).is_some();
    (!has_object && clause(reader, group, entry, subject, opening))
        || (group.order == Order::Second && object(reader, group, entry, found, subject))
}

/// Where what the verb opens can begin.
fn content_floor(group: &Group, found: Option<Found>) -> usize {
    let after_subject = found.map(|found| found.range.end).filter(|&end| end > group.finite);
    let whole = match group.order {
        Order::Second if group.is_whole() => group.parts.first().map_or(group.end, |part| part.end),
        _ => group.end,
    };
    after_subject.unwrap_or(whole).max(whole)
}

/// The subject of a verb after a coordinator that has none of its own: `… und fügte hinzu`.
pub(super) fn elided(reader: &Reader<'_, '_>, group: &Group) -> Option<Subject> {
    let joined =
        reader.before(group.finite).is_some_and(|head| reader.is(head, C::Coordinator) || reader.is_comma(head));
    if !joined {
        return None;
    }
    subject::shared(reader, group.finite).or_else(|| main_subject(reader, group))
}

/// The subject of the first verb of the sentence, for one that goes on after a coordinator.
fn main_subject(reader: &Reader<'_, '_>, group: &Group) -> Option<Subject> {
    let start = reader.segment(group.segment).start;
    let first = (reader.sentence.start..group.finite).find(|&at| at > reader.sentence.start && reader.is_finite(at))?;
    let of_first = Group {
        finite: first,
        parts: vec![Range::new(first, first + 1)],
        end: first + 1,
        segment: reader.segment_of(first),
        ..group.clone()
    };
    let near = of_first.segment == group.segment || reader.is(start, C::Coordinator);
    near.then(|| subject::of(reader, &of_first)).flatten().map(|found| found.subject)
}

/// `sagte, dass …`, `sagte, er …`, `sagte: „…“`, `fragte, ob …`, `forderte, … zu …`.
fn clause(reader: &mut Reader<'_, '_>, group: &Group, entry: &CueEntry, subject: Subject, opening: Opening) -> bool {
    if let Opening::Clause(start) = opening
        && is_adjectives(reader, group.end, start)
    {
        return false;
    }
    let Some((rule, contents, confidence)) = opened(reader, group, entry, opening) else { return false };
    let end = contents.last().map_or(group.end, |range| range.end);
    if reader.mark(end) == Some(':') && reader.is_sealed(end + 1) {
        // `sagte, dass es so sei: „…“` says it twice.
        let close = extent::quotation(reader, end + 1, group);
        add(reader, group, entry, subject, &[Range::new(end + 1, close)], "quotation-after-clause", confidence);
    }
    add(reader, group, entry, subject, &contents, rule, confidence)
}

/// Whether the clause that begins at `start` is what an adjective after the verb opens: `zeigte sich überzeugt, dass …`.
fn is_adjectives(reader: &Reader<'_, '_>, from: usize, start: usize) -> bool {
    let last = (from..start).rev().find(|&at| reader.block.tokens.is_word(at) && !reader.is(at, C::Complementiser));
    let adjective =
        |(_, entry): (_, &CueEntry)| entry.kind == CueKind::Noun && entry.lemma.starts_with(char::is_lowercase);
    last.is_some_and(|at| !reader.is_capitalised(at) && reader.block.cues(at).any(adjective))
}

/// The content of what a cue opens, with the rule's name and its confidence.
pub(super) fn opened(
    reader: &Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    opening: Opening,
) -> Option<(&'static str, Vec<Range>, f32)> {
    let has = |frame| entry.frames.has(frame);
    let fits = match entry.requires {
        Requirement::Complementiser | Requirement::Clause => matches!(opening, Opening::Clause(_)),
        Requirement::Quotation => matches!(opening, Opening::Quotation(_) | Opening::Colon(_)),
        Requirement::Negation | Requirement::Forum => false,
        _ => opening != Opening::Nothing,
    };
    if !fits {
        return None;
    }
    let found = match opening {
        Opening::Clause(start) if has(Frame::Clause) => ("verb-clause", extent::clause(reader, start, group), 0.9),
        // `Sie gehen davon aus, ein Verfahren läuft bereits`: only the mood tells a thought from what the narrator adds.
        Opening::Bare(start) if entry.mode == Mode::Thought && !reader.is_subjunctive(start) => return None,
        Opening::Bare(start) => ("verb-bare-clause", extent::clause(reader, start, group), 0.85),
        Opening::Quotation(open) if has(Frame::Quotation) || has(Frame::Nominal) || has(Frame::BareClause) => {
            let end = extent::quotation(reader, open, group);
            ("verb-quotation", vec![Range::new(open, end)], 0.92)
        }
        Opening::Quotation(open) if reader.is_sealed(open) => {
            ("verb-quotation", vec![Range::new(open, extent::quotation(reader, open, group))], 0.8)
        }
        // `Er fand: …` found; whoever only thinks says nothing behind a colon without marks.
        Opening::Colon(start) if has(Frame::Quotation) && entry.mode != Mode::Thought => {
            ("verb-colon", extent::clause(reader, start, group), 0.8)
        }
        Opening::Question(start) => ("reported-question", extent::clause(reader, start, group), 0.85),
        Opening::Infinitive(start) => ("infinitive", extent::clause(reader, start, group), 0.85),
        _ => return None,
    };
    Some(found)
}

/// `kritisierte die Entscheidung`, `warnte vor …`, `wies die Vorwürfe zurück`, `die Vorwürfe wies der Minister zurück`.
fn object(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    found: Option<Found>,
    subject: Subject,
) -> bool {
    // `Die Fluten fordern zehn Tote`, `Der Test bestätigt den Verdacht`: a thing says nothing.
    if found.is_some_and(|found| subject::is_thing(reader, found.range)) {
        return false;
    }
    let Some((rule, content)) = object_range(reader, group, entry, found) else { return false };
    add(reader, group, entry, subject, &[content], rule, 0.7)
}

/// The object of a verb that takes one, and the rule's name.
fn object_range(
    reader: &Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    found: Option<Found>,
) -> Option<(&'static str, Range)> {
    let whole = phrase::Tail { genitives: true, appositions: false };
    let middle = middle(reader, group, found);
    if entry.frames.has(Frame::Preposition)
        && (matches!(entry.requires, Requirement::Nothing | Requirement::MarkerOrPreposition)
            || (entry.requires == Requirement::Negation && group.negated))
    {
        let is_preposition = |at: &usize| entry.prepositions.iter().any(|word| word == reader.block.tokens.word(*at));
        let front = found.and_then(|found| found.front);
        let in_front = front.filter(|front| is_preposition(&front.start));
        if let Some(front) = in_front {
            return Some(("prepositional-object", Range::new(reader.block.tokens.after(front.start), front.end)));
        }
        let at = (middle.start..middle.end).find(is_preposition)?;
        return Some(("prepositional-object", Range::new(reader.block.tokens.after(at), middle.end)));
    }
    if !entry.frames.has(Frame::Nominal) || entry.requires != Requirement::Nothing {
        return None;
    }
    if let Some(front) = found.and_then(|found| found.front)
        && reader.is(front.start, C::PronounNeuter)
        && front.len() == 1
    {
        return Some(("statement-before", statement_before(reader, group)?));
    }
    if let Some(front) = found.and_then(|found| found.front)
        && phrase::end(reader, front.start, whole).is_some()
        && !reader.classes(front.start).any(CIRCUMSTANCES)
    {
        return Some(("nominal-object", front));
    }
    let start = noun_phrase_in(reader, middle)?;
    let end = phrase::end(reader, start, whole).unwrap_or(middle.end);
    let noun = reader.block.tokens.word(phrase::head(reader, Range::new(start, end)));
    // `räumte Fehler ein` admits, `räumte ihm eine Frist ein` grants.
    let fits = entry.objects.is_empty() || entry.objects.iter().any(|object| object == noun);
    fits.then_some(("nominal-object", Range::new(start, middle.end)))
}

/// What opens a phrase before the verb that is no object of it: `In seiner Rede | unterstrich sie die Regeln`.
const CIRCUMSTANCES: WordClasses =
    WordClasses::of(&[C::Adverb, C::Time, C::Preposition, C::ChannelPhrase, C::WrittenChannel]);

/// What `das` before the verb points back to: the clause or sentence before.
fn statement_before(reader: &Reader<'_, '_>, group: &Group) -> Option<Range> {
    let start = reader.segment(group.segment).start;
    if start > reader.sentence.start {
        return Some(Range::new(extent::statement_start(reader, start), start));
    }
    let before = reader.sentence.start.checked_sub(1)?;
    let sentence = reader.block.sentence(before);
    let span = reader.block.trimmed(sentence)?;
    let taken = reader.drafts.iter().rev().take(4).any(|draft| draft.extent().overlaps(span));
    (!taken).then_some(sentence)
}

/// Where the first noun phrase of `range` begins that no preposition opens.
fn noun_phrase_in(reader: &Reader<'_, '_>, range: Range) -> Option<usize> {
    let whole = phrase::Tail { genitives: true, appositions: false };
    let mut at = range.start;
    while at < range.end {
        let classes = reader.classes(at);
        if reader.mark(at).is_some() && reader.block.quotation_opened_at(at).is_none() {
            return None;
        }
        if classes.any(WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]))
            || (classes.has(C::Preposition) && !classes.has(C::Time))
        {
            at = subject::after_prepositional(reader, at).unwrap_or(at + 1);
            continue;
        }
        if classes.any(phrase::PRONOUNS)
            && reader.block.tokens.after(at) < range.end
            && phrase::end(reader, at, whole).is_none()
        {
            return Some(at);
        }
        if let Some(end) = phrase::end(reader, at, whole) {
            let addressee =
                reader.is(at, C::Oblique) && !reader.is(at, C::Indefinite) && phrase::end(reader, end, whole).is_some();
            if addressee || (reader.is(phrase::head(reader, Range::new(at, end)), C::Medium)) {
                at = end;
                continue;
            }
            return Some(at);
        }
        at = reader.block.tokens.after(at);
    }
    None
}

/// What stands between the verb (or its subject after it) and the end of the clause or the verb's last part.
fn middle(reader: &Reader<'_, '_>, group: &Group, found: Option<Found>) -> Range {
    let after_verb = reader.block.tokens.after(group.finite);
    let start = found.map(|found| found.range.end).filter(|&end| end > group.finite).unwrap_or(after_verb);
    let end = match group.parts.iter().find(|part| part.start > group.finite) {
        Some(part) => part.start,
        None => object_end(reader, start),
    };
    Range::new(start, end.max(start))
}

/// The end of an object that nothing closes: the sentence's, or a coordinator before another verb.
fn object_end(reader: &Reader<'_, '_>, start: usize) -> usize {
    let mut at = start;
    while at < reader.sentence.end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        let next = reader.block.tokens.after(at);
        let verb_follows = reader.is_finite(next) && !reader.is_reporting(next);
        if reader.mark(at) == Some(';') || (reader.is(at, C::Coordinator) && verb_follows) {
            return at;
        }
        at = next;
    }
    at
}

/// `nannte den Plan „…“`, `bezeichnete den Plan als …`: content is the topic and what it is called.
fn describes(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    found: Option<Found>,
    subject: Subject,
) -> bool {
    let middle = middle(reader, group, found);
    let front = found.and_then(|found| found.front);
    let whole = phrase::Tail { genitives: true, appositions: false };
    let called = (middle.start..middle.end)
        .find(|&at| entry.prepositions.iter().any(|word| word == reader.block.tokens.word(at)));
    if called.is_some_and(|called| !is_judgement(reader, Range::new(called, middle.end))) {
        return false;
    }
    let topic = noun_phrase_in(reader, middle).filter(|&at| called.is_none_or(|called| at < called));
    let contents = match (topic, called, front) {
        (topic, Some(called), front) => {
            let what = Range::new(called + 1, middle.end);
            let topic = topic.map(|at| Range::new(at, called)).or(front);
            topic.into_iter().chain([what]).collect::<Vec<_>>()
        }
        (Some(at), None, front) if entry.prepositions.is_empty() => {
            let end = phrase::end(reader, at, whole).unwrap_or(at + 1);
            let topic_in_front = front.filter(|_| end >= middle.end || reader.ends_at(end));
            let rest = Range::new(end, middle.end);
            match topic_in_front {
                Some(front) => vec![front, Range::new(at, middle.end)],
                None if rest.is_empty() => return false,
                None => vec![Range::new(at, end), rest],
            }
        }
        (None, None, Some(front)) if entry.prepositions.is_empty() => vec![front, middle],
        _ => return false,
    };
    add(reader, group, entry, subject, &contents, "description", 0.75)
}

/// Whether what something is called stands behind the word at the start of `range`: behind a preposition only a predicate
/// judges (`hält ihn für | zu teuer`), a noun with its article does not (`hielt eine Rede für | den Frieden`).
fn is_judgement(reader: &Reader<'_, '_>, range: Range) -> bool {
    let first = reader.block.tokens.after(range.start);
    !reader.is(range.start, C::Preposition)
        || reader.is(range.start, C::Subordinator)
        || reader.is(first, C::Indefinite)
        || (first..range.end).all(|at| reader.mark(at).is_some() || !reader.is_capitalised(at))
}

/// Adds the draft of a verb group.
pub(super) fn add(
    reader: &mut Reader<'_, '_>,
    group: &Group,
    entry: &CueEntry,
    subject: Subject,
    contents: &[Range],
    rule: &'static str,
    confidence: f32,
) -> bool {
    let content = reader.spans(contents);
    let cue = group.parts.iter().map(|part| reader.block.tokens.span(part.start, part.end)).collect();
    let mut draft = Draft::new(rule, entry, cue, content, reader.block.number);
    draft.polarity = group.polarity(entry);
    draft.realised = group.realised;
    draft.confidence = confidence;
    if let Some((channel, written)) = channel(reader, group) {
        draft.came_through(channel, written);
    }
    reader.push(draft, subject, group.start())
}

/// The channel named in the clause of the verb: its bytes, and whether it is a writing.
fn channel(reader: &Reader<'_, '_>, group: &Group) -> Option<(Span, bool)> {
    let part = reader.segment(group.segment);
    let end = part.end.max(group.end);
    let mut at = part.start;
    while at < end {
        let classes = reader.classes(at);
        let written = classes.has(C::WrittenChannel);
        let next = reader.block.tokens.after(at);
        if written || classes.has(C::ChannelPhrase) {
            return Some((reader.block.trimmed(Range::new(at, next))?, written));
        }
        let told = classes.has(C::Oblique) || classes.has(C::Genitive);
        if told
            && at > group.finite
            && let Some(close) = phrase::end(reader, at, phrase::Tail { genitives: false, appositions: false })
            && reader.is(phrase::head(reader, Range::new(at, close)), C::Medium)
        {
            return Some((reader.block.trimmed(Range::new(at, close))?, false));
        }
        at = next;
    }
    None
}
