//! The verb with the parts that stand away from it: `hat … gesagt`, `teilte … mit`, `wollte … nicht bestätigen`.

use super::super::block::Range;
use super::Reader;
use super::segment::Opener;
use crate::claim::{Mode, Polarity};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features};

/// Where the finite verb stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Second or first, as in a main clause.
    Second,
    /// Last, as in a subordinate clause.
    Last,
}

/// A verb that may attribute, with the words that belong to it.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The finite verb.
    pub(super) finite: usize,
    /// The parts of the cue, in order.
    pub(super) parts: Vec<Range>,
    /// The token after the last part.
    pub(super) end: usize,
    /// The number of the sentence's part that holds the finite verb.
    pub(super) segment: usize,
    pub(super) order: Order,
    pub(super) negated: bool,
    pub(super) realised: bool,
    pub(super) passive: bool,
    pub(super) past: bool,
}

impl Group {
    /// The polarity of a claim by this verb.
    pub(super) fn polarity(&self, entry: &CueEntry) -> Polarity {
        match (self.negated, entry.mode) {
            (false, _) => entry.polarity,
            (true, Mode::Thought) => Polarity::Denied,
            (true, _) => Polarity::Withheld,
        }
    }

    /// The first token of the cue.
    pub(super) fn start(&self) -> usize {
        self.parts.first().map_or(self.finite, |part| part.start)
    }

    /// Whether all of the verb stands in one place.
    pub(super) fn is_whole(&self) -> bool {
        self.parts.len() == 1
    }
}

/// The group of the verb form at `verb`, if that is what the word is.
pub(super) fn read(reader: &Reader<'_, '_>, verb: usize, features: Features, entry: &CueEntry) -> Option<Group> {
    if is_noun(reader, verb) {
        return None;
    }
    let finite = features.any(Features::PAST.with(Features::PRESENT));
    if features.any(Features::PASSIVE)
        && !(finite && opens_insertion(reader, verb))
        && let Some(group) = perfect(reader, verb)
    {
        return Some(group);
    }
    if features.any(Features::BASE)
        && let Some(group) = modal(reader, verb)
    {
        return Some(group);
    }
    if !finite || is_infinitive(reader, verb) {
        return None;
    }
    let end = reader.block.tokens.after(verb);
    let mut group = Group {
        finite: verb,
        parts: vec![Range::new(verb, end)],
        end,
        segment: reader.segment_of(verb),
        order: order(reader, verb, end),
        negated: false,
        realised: true,
        passive: false,
        past: features.any(Features::PAST),
    };
    if group.order == Order::Last && reader.opener(group.segment) == Opener::Main {
        group.segment = opened_before(reader, group.segment).unwrap_or(group.segment);
    }
    match (&entry.particle, features.any(Features::JOINED)) {
        (Some(_), true) if group.order == Order::Second => return None,
        (Some(particle), false) => {
            let at = particle_after(reader, end, particle)?;
            group.order = Order::Second;
            group.parts.push(Range::new(at, at + 1));
            group.end = at + 1;
        }
        _ if entry.particle.is_none() && parts_from_another(reader, verb) => return None,
        _ => {}
    }
    if group.parts.len() == 2 && group.parts[0].end == group.parts[1].start {
        group.parts = vec![Range::new(verb, group.end)];
    }
    negate(reader, &mut group);
    Some(group)
}

/// Whether a form that is finite or a participle begins a part of the sentence in which its subject follows:
/// `Der Hafen wird geschlossen, | berichtet die Zeitung`.
fn opens_insertion(reader: &Reader<'_, '_>, verb: usize) -> bool {
    let next = reader.block.tokens.after(verb);
    verb > reader.sentence.start
        && reader.segment(reader.segment_of(verb)).start == verb
        && !reader.ends_at(next)
        && !reader.classes(next).any(super::FINITE)
}

/// Whether a capital in the middle of a sentence, or a determiner before it, makes the word a noun.
fn is_noun(reader: &Reader<'_, '_>, verb: usize) -> bool {
    if verb > reader.sentence.start && reader.is_capitalised(verb) {
        let quoted = verb > 0 && reader.mark(verb - 1).is_some();
        return !quoted;
    }
    // `erklärte Gegner`, `der genannte Betrag`: an inflected participle before its noun.
    let determiner = WordClasses::of(&[C::Determiner, C::Indefinite, C::Possessive]);
    let attributive = reader.before(verb).is_some_and(|head| {
        reader.classes(head).any(determiner)
            && !reader.classes(head).any(super::phrase::PRONOUNS)
            && !reader.is(head, C::Relative)
    });
    attributive && reader.is_capitalised(reader.block.tokens.after(verb))
}

/// Whether `zu` stands before the verb.
fn is_infinitive(reader: &Reader<'_, '_>, verb: usize) -> bool {
    reader.before(verb).is_some_and(|head| reader.is(head, C::InfinitiveMarker))
}

fn order(reader: &Reader<'_, '_>, finite: usize, end: usize) -> Order {
    let number = reader.segment_of(finite);
    let closes = reader.ends_at(end) || reader.is(end, C::Coordinator);
    match reader.opener(number) {
        Opener::Main if closes && opened_before(reader, number).is_some() => Order::Last,
        Opener::Main => Order::Second,
        _ if closes => Order::Last,
        _ => Order::Second,
    }
}

/// The part before `number` whose subordinate clause the verb of that part closes, behind an addition:
/// `wie Hans Müller, Sprecher der Polizei, mitteilte`.
fn opened_before(reader: &Reader<'_, '_>, number: usize) -> Option<usize> {
    let opens = WordClasses::of(&[C::Interrogative, C::Complementiser, C::Subordinator]);
    let part = reader.segment(number);
    let verbs = (part.start..part.end).filter(|&at| reader.is_finite(at)).count();
    let before = (number.saturating_sub(MOST_INSERTED)..number).rev();
    let mut plain = before.take_while(|&before| {
        let part = reader.segment(before);
        reader.is_comma(part.end) && !(part.start..part.end).any(|at| reader.is_finite(at))
    });
    (verbs == 1).then(|| plain.find(|&before| reader.classes(reader.segment(before).start).any(opens))).flatten()
}

/// Between the beginning of a subordinate clause and its verb stand fewer parts.
const MOST_INSERTED: usize = 3;

/// `hat … gesagt`, `wurde … mitgeteilt`; `gesagt hatte`, `mitgeteilt worden war`.
fn perfect(reader: &Reader<'_, '_>, participle: usize) -> Option<Group> {
    let tokens = &reader.block.tokens;
    let helps = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary]);
    let mut end = tokens.after(participle);
    while end < reader.sentence.end && reader.classes(end).any(helps) && end - participle < MOST_AUXILIARIES {
        end = tokens.after(end);
    }
    let segment = reader.segment_of(participle);
    let verbs = Range::new(participle, end);
    let by_passive = |range: Range| (range.start..range.end).any(|at| reader.is(at, C::PassiveAuxiliary));
    let last = reader.before(end).filter(|&last| last > participle);
    if let Some(last) = last
        && reader.opener(segment) != Opener::Main
        && reader.is_finite(last)
    {
        let mut group = Group {
            finite: last,
            parts: vec![verbs],
            end,
            segment,
            order: Order::Last,
            negated: false,
            realised: true,
            passive: by_passive(verbs),
            past: true,
        };
        negate(reader, &mut group);
        return Some(group);
    }
    let finite = auxiliary_before(reader, participle, helps.with(C::Future.into()))?;
    let mut group = Group {
        finite,
        parts: vec![Range::new(finite, tokens.after(finite)), verbs],
        end,
        segment: reader.segment_of(finite),
        order: Order::Second,
        negated: false,
        realised: !reader.is(finite, C::Hearsay)
            && (!reader.is(finite, C::Future) || reader.is(finite, C::PassiveAuxiliary)),
        passive: by_passive(verbs) || reader.is(finite, C::PassiveAuxiliary),
        past: true,
    };
    if group.parts[0].end == verbs.start {
        group.parts = vec![Range::new(finite, end)];
    }
    negate(reader, &mut group);
    Some(group)
}

const MOST_AUXILIARIES: usize = 4;

/// `will … fordern`, `wollte … nicht bestätigen`, `wird … sagen`.
fn modal(reader: &Reader<'_, '_>, verb: usize) -> Option<Group> {
    if is_infinitive(reader, verb) {
        return None;
    }
    let tokens = &reader.block.tokens;
    let end = tokens.after(verb);
    let modals = WordClasses::of(&[C::Future, C::Catenative]);
    let segment = reader.segment_of(verb);
    if reader.classes(end).any(modals) && reader.opener(segment) != Opener::Main {
        return None;
    }
    if !(reader.ends_at(end) || reader.is(end, C::Coordinator)) {
        return None;
    }
    let finite = auxiliary_before(reader, verb, modals)?;
    let mut group = Group {
        finite,
        parts: vec![Range::new(finite, tokens.after(finite)), Range::new(verb, end)],
        end,
        segment: reader.segment_of(finite),
        order: Order::Second,
        negated: false,
        realised: !reader.is(finite, C::Future),
        passive: false,
        past: false,
    };
    negate(reader, &mut group);
    Some(group)
}

/// The finite auxiliary of `classes` in the clause that ends with the verb form at `verb`.
fn auxiliary_before(reader: &Reader<'_, '_>, verb: usize, classes: WordClasses) -> Option<usize> {
    let own = reader.segment_of(verb);
    let floor = reader.sentence.start.max(verb.saturating_sub(super::REACH));
    for number in (0..=own).rev() {
        let part = reader.segment(number);
        if part.end <= floor {
            return None;
        }
        let from = part.start.max(floor);
        let finite = (from..part.end.min(verb)).rev().find(|&at| {
            reader.classes(at).any(classes)
                && reader.is_finite(at)
                && reader.block.quotation_around(at).is_none()
                && !(at > reader.sentence.start && reader.is_capitalised(at))
        });
        if let Some(at) = finite {
            // A part that was passed over must be an insertion: its own verb would have come last.
            return (number == own || reader.opener(number) == Opener::Main).then_some(at);
        }
        let inserted = reader.opener(number) != Opener::Main;
        if number == own && inserted {
            return None;
        }
        let holds_verb = (from..part.end.min(verb)).any(|at| reader.is_finite(at));
        if holds_verb && !inserted {
            return None;
        }
    }
    None
}

/// The particle of a separable verb whose finite form ends before `from`: it closes the clause.
fn particle_after(reader: &Reader<'_, '_>, from: usize, particle: &str) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let mut at = from;
    while at < reader.horizon(from) {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        if tokens.word(at) == particle
            && (reader.ends_at(at + 1) || reader.is(at + 1, C::Coordinator) || closes_clause(reader, at + 1))
        {
            return Some(at);
        }
        if matches!(reader.mark(at), Some(':' | ';')) || reader.is(at, C::Complementiser) {
            return None;
        }
        at += 1;
    }
    None
}

/// Whether a particle closes the clause that holds the verb, so that it is another verb: `fand … statt`. Items of a list
/// that hold no verb belong to the clause.
fn parts_from_another(reader: &Reader<'_, '_>, verb: usize) -> bool {
    let own = reader.segment_of(verb);
    let listed = (own + 1..reader.segments.len()).take_while(|&number| {
        let part = reader.segment(number);
        reader.is_comma(part.start.wrapping_sub(1)) && !(part.start..part.end).any(|at| reader.is_finite(at))
    });
    std::iter::once(own).chain(listed).any(|number| closes_with_particle(reader, verb, number))
}

fn closes_with_particle(reader: &Reader<'_, '_>, verb: usize, number: usize) -> bool {
    let part = reader.segment(number);
    let from = part.start.max(verb + 1);
    let last = (from..part.end).rev().find(|&at| reader.block.tokens.is_word(at));
    // `nannte den Plan gut und | kündigte … an`: the particle is the second verb's.
    let second = |coordinator: usize| {
        reader.is(coordinator, C::Coordinator) && reader.is_finite(reader.block.tokens.after(coordinator))
    };
    last.is_some_and(|last| {
        reader.is(last, C::Particle)
            && !reader.is_capitalised(last)
            && reader.block.quotation_around(last).is_none()
            && !(from..last).any(second)
    })
}

/// Whether what stands after the particle is a time or an afterthought: `gab bekannt am Montag`.
fn closes_clause(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.is(at, C::Time) && reader.ends_at(reader.block.tokens.after(at))
}

/// Takes a negation between the finite verb and the end of the group, or right after a single verb, into the group.
fn negate(reader: &Reader<'_, '_>, group: &mut Group) {
    let range = match group.order {
        Order::Last => Range::new(reader.segment(group.segment).start, group.end),
        Order::Second if group.is_whole() => Range::new(group.end, reader.segment(group.segment).end.max(group.end)),
        Order::Second => Range::new(group.finite, group.end),
    };
    let mut words = (range.start..range.end).filter(|&at| reader.block.quotation_around(at).is_none());
    // `sagte nicht, …` negates the saying; `fordert, nicht …` does not, and stands after a comma.
    let negation = words.find(|&at| {
        let next = reader.block.tokens.after(at);
        let negates = reader.is(at, C::Negation) && !reader.is(at, C::Indefinite);
        negates && (!reader.is_capitalised(next) || reader.is_finite(next))
    });
    let Some(at) = negation else { return };
    group.negated = true;
    let word = Range::new(at, reader.block.tokens.after(at));
    let inside = group.parts.iter().any(|part| part.start <= at && at < part.end);
    match group.parts.iter_mut().find(|part| part.end == word.start) {
        Some(part) => part.end = word.end,
        None if !inside => group.parts.push(word),
        None => {}
    }
    group.parts.sort_unstable();
    group.end = group.end.max(word.end);
}
