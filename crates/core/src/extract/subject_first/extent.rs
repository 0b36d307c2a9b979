//! How far a content reaches.

use super::super::block::Range;
use super::group::Group;
use super::phrase::{self, PRONOUNS};
use super::verb::opens_clause;
use super::{Reader, addition, finite, participle, resumption, subject};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features, Frame};
use crate::language::endings::looks_past;

/// What is known of a content before its end is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// The cue is in a past tense.
    pub(super) past: bool,
    /// The content is a noun phrase, not a clause.
    pub(super) nominal: bool,
    /// The content is an infinitive: it has no finite verb of its own either.
    pub(super) infinitive: bool,
    /// The cue is a participle.
    pub(super) participle: bool,
    /// The content is denied: what the narrator adds is no part of it.
    pub(super) denied: bool,
    /// The cue stands in a subordinate or relative clause, which a comma ends.
    pub(super) subordinate: bool,
}

impl Shape {
    /// The shape of a clause that a verb opens.
    pub(super) fn of(reader: &Reader<'_, '_>, group: &Group) -> Self {
        Self {
            past: group.past,
            participle: group.is_participle(),
            subordinate: is_subordinate(reader, group.start)
                || (group.is_participle() && participle::leads(reader, group.start)),
            ..Self::default()
        }
    }

    pub(super) fn nominal(self) -> Self {
        Self { nominal: true, ..self }
    }

    pub(super) fn infinitive(self) -> Self {
        Self { infinitive: true, ..self }
    }
}

/// A content in one sentence has fewer tokens.
pub(super) const MOST_TOKENS: usize = 600;

/// The token after the clause or phrase that begins at `start`: where the narrator speaks again, or the sentence ends.
pub(super) fn clause_end(reader: &Reader<'_, '_>, start: usize, shape: Shape) -> usize {
    let tokens = &reader.block.tokens;
    let finite = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future]);
    let end = reader.sentence.end.min(start.saturating_add(MOST_TOKENS));
    let mut complete = reader.syntax().is_whole(shape);
    let mut at = start;
    while at < end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            let inside = Range::new(quotation.start, quotation.end.min(quotation.start + MOST_QUOTED));
            complete |= !reader.syntax().follows_english() && has_finite(reader, inside);
            at = quotation.close.max(at + 1);
            // `that it was “overblown,” | adding …`: the comma stands inside the marks.
            let comma = quotation.end > 0 && reader.is_comma(quotation.end - 1) && reader.syntax().follows_english();
            // `a “nasty guy,” an “anchor baby”`
            let listed = (at..at + 3).any(|at| reader.block.quotation_opened_at(at).is_some());
            if comma && !listed && at < end && after_comma(reader, at, shape) {
                return at;
            }
            continue;
        }
        if at > start && ends_at(reader, Range::new(start, at), shape, complete) {
            // `it had seen it and | would not comment`
            return reader.before(at).filter(|&last| last > start && tokens.is(last, C::Coordinator)).unwrap_or(at);
        }
        complete = complete
            || tokens.classes(at).any(finite)
            || is_finite_cue(reader, at)
            || reader.syntax().tells_verb(reader, at);
        at = tokens.after(at);
    }
    end
}

/// A quotation that has a verb has it among so many tokens.
const MOST_QUOTED: usize = 30;

/// Whether a finite verb stands in `range`, as far as the lists and endings tell.
pub(super) fn has_finite(reader: &Reader<'_, '_>, range: Range) -> bool {
    let verb = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future]);
    (range.start..range.end).any(|at| {
        reader.block.tokens.classes(at).any(verb)
            || is_finite_cue(reader, at)
            || finite::is_unknown_past(reader, at)
            || reader.block.quotation_opened_at(at).is_some()
    })
}

pub(super) fn is_finite_cue(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader
        .block
        .cues(at)
        .any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PAST.with(Features::PRESENT)))
}

/// The end of a content that begins with the quotation opened at `open`.
pub(super) fn quotation_end(reader: &Reader<'_, '_>, open: usize, shape: Shape) -> usize {
    let Some(quotation) = reader.block.quotation_opened_at(open) else { return open };
    let close = quotation.close;
    if close >= reader.sentence.end || phrase::is_sealed(reader, quotation.end) {
        return close;
    }
    let classes = reader.block.tokens.classes(close);
    let after = reader.block.tokens.after(close);
    if classes.has(C::Coordinator) && reader.block.quotation_opened_at(after).is_some() {
        return quotation_end(reader, after, shape);
    }
    // `said “the road is closed” and that | repairs would start in May`
    let joined = if reader.is_comma(close) { close + 1 } else { close };
    if reader.block.is(joined, C::Coordinator) && opens_clause(reader, reader.block.tokens.after(joined), true) {
        return clause_end(reader, reader.block.tokens.after(joined), shape);
    }
    let narrator = WordClasses::of(&[C::Subordinator, C::NarratorReturn, C::Coordinator, C::Time, C::ChannelPhrase]);
    let finite = classes.any(finite::FINITE) && !reader.syntax().follows_english();
    if !reader.block.tokens.is_word(close) || classes.any(narrator) || finite || reader.opens(close, Frame::Quotation) {
        return close;
    }
    clause_end(reader, close, shape)
}

/// Whether the narrator speaks again at the end of `content`, which is `complete` once it holds a finite verb.
fn ends_at(reader: &Reader<'_, '_>, content: Range, shape: Shape, complete: bool) -> bool {
    let tokens = &reader.block.tokens;
    let at = content.end;
    match reader.mark(at) {
        Some(';') => true,
        // `they have a new weapon: the vote`; a quotation behind the colon is another statement.
        Some(':') => {
            let quoted = reader.block.quotation_opened_at(at + 1).is_some();
            complete && (quoted || reader.syntax().parts_at_colon(reader, Range::new(at + 1, reader.sentence.end)))
        }
        // `When she announced her candidacy, | he laughed.`
        // `…, who denies theft, | was bailed`
        Some(',') if shape.subordinate && !complete && tokens.classes(at + 1).any(finite::FINITE) => true,
        Some(',') if shape.subordinate && !complete && begins_clause(reader, at + 1) => true,
        Some(',') if shape.infinitive && resumption::leaves(reader, at + 1, shape) => true,
        Some(',') if complete => after_comma(reader, at + 1, shape),
        Some(',') => {
            resumption::resumes(reader, at + 1)
                || resumption::turns(reader, at + 1)
                || resumption::another_clause(reader, at + 1, shape)
        }
        Some('—' | '–' | '-') if reader.is_dash(at) => {
            complete && addition::ends_at_dash(reader, content, shape.nominal)
        }
        Some(_) => false,
        None if tokens.is(at, C::Coordinator) => {
            let next = tokens.after(at);
            let predicate = shape.infinitive && !complete || shape.nominal && !holds_clause(reader, content);
            // `said he had drunk and | had threatened her`
            let helps = |at: usize| tokens.is(at, C::Auxiliary) && !tokens.is(at, C::Future);
            let parallel = complete && helps(next) && (content.start..at).any(helps);
            !parallel && resumption::same_subject_goes_on(reader, next, shape)
                || reader.syntax().ends_object(reader, at, shape)
                || (reader.syntax().follows_english() && predicate && begins_predicate(reader, next))
        }
        // «a exclu cette option | à plusieurs reprises»
        None if !reader.syntax().follows_english() => reader.syntax().ends_object(reader, at, shape),
        // `… | on condition of anonymity`
        None if tokens.is(at, C::NoStatement) => true,
        None if shape.nominal => addition::begins_circumstance(reader, content),
        // `announced her candidacy | on Monday`: an object, and no clause, though the verb can open one.
        None if !complete && !shape.infinitive && addition::begins_time(reader, content) => {
            addition::is_object(reader, content)
        }
        // `denied the charge | when the police came`
        None if !complete && !shape.infinitive && addition::begins_moment(reader, content) => true,
        // `claimed victory | in a tweet`
        None => !complete && addition::is_channel(reader, at) && !addition::is_channel(reader, content.start),
    }
}

/// Whether a finite verb of the sentence's own subject stands at `at`, after a coordinator: `and | celebrated the ruling`.
fn begins_predicate(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let mut verb = at;
    while tokens.is(verb, C::Adverb) && verb < at + 3 {
        verb = tokens.after(verb);
    }
    let object = finite::OBJECTS.with(C::Complementiser.into());
    let next = tokens.after(verb);
    let known = tokens.is(verb, C::Verb) || reader.block.cue_with(verb, Features::PAST).is_some();
    let regular = looks_past(tokens.word(verb), reader.block.pack.lexicon());
    let past = known && regular && (tokens.classes(next).any(object) || reader.is_capitalised(next));
    let irregular = tokens.is(verb, C::Verb) && !regular && !tokens.is(verb, C::Noun);
    let helped = tokens.classes(verb).any(WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future]))
        && !tokens.is(verb, C::Catenative);
    past || irregular || helped
}

/// Whether a subject and its verb stand from `at` on, before any mark.
pub(super) fn begins_clause(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let opens = PRONOUNS.with(WordClasses::of(&[C::Determiner, C::Possessive]));
    let subject = tokens.classes(at).any(opens) || reader.is_capitalised(at);
    let plain = |&at: &usize| reader.mark(at).is_none_or(|mark| mark == '.');
    let mut clause = (at + 1..reader.horizon(at).min(at + resumption::MOST_SUBJECT_WORDS)).take_while(plain);
    reader.syntax().follows_english()
        && subject
        && clause.any(|at| tokens.classes(at).any(finite::FINITE) || finite::is_past_cue(reader, at))
}

/// Whether `content` holds a clause of its own.
fn holds_clause(reader: &Reader<'_, '_>, content: Range) -> bool {
    let opens = WordClasses::of(&[C::Relative, C::Complementiser, C::Interrogative, C::Subordinator]);
    (content.start..content.end).any(|at| reader.block.tokens.classes(at).any(opens))
}

/// Whether the narrator speaks again after a comma, at `at`.
fn after_comma(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    // «…, mais que …», `…, but that …` goes on with what is said.
    let goes_on = tokens.is(tokens.after(at), C::Complementiser);
    if shape.subordinate
        || (classes.has(C::NarratorReturn)
            && !goes_on
            && (shape.denied || !addition::is_fragment(reader, tokens.after(at))))
    {
        return true;
    }
    if classes.has(C::Relative) && !classes.has(C::Complementiser) {
        return shape.nominal || !reader.syntax().opens_share(reader, at);
    }
    let mut next = at;
    if classes.has(C::Coordinator) {
        if goes_on {
            return false;
        }
        next = tokens.after(at);
        return resumption::another_clause(reader, at, shape)
            || resumption::same_subject_goes_on(reader, next, shape)
            || resumption::new_attribution(reader, next)
            || ((shape.past || shape.participle) && resumption::speaker_goes_on(reader, next));
    }
    while tokens.is(next, C::Adverb) {
        next = tokens.after(next);
    }
    // «…, tout en reconnaissant que …»
    next = reader.syntax().before_gerund(reader, next);
    let participle = |features: Features| features.any(Features::PARTICIPLE);
    reader.block.cues(next).any(|(form, entry)| entry.kind == CueKind::Verb && participle(form.features))
        || resumption::new_attribution(reader, at)
        || reader.syntax().begins_attribution(reader, at)
        || (shape.nominal
            && !tokens.classes(at).any(WordClasses::of(&[C::Adjective, C::Adverb]))
            && !addition::adds(reader, at))
}

/// Whether the clause whose verb group begins at `start` is subordinate: `If he says …, …`, `…, who says …, …`.
fn is_subordinate(reader: &Reader<'_, '_>, start: usize) -> bool {
    let Some(found) = subject::before(reader, start) else { return false };
    if reader.block.is(found.start, C::Relative) {
        return true;
    }
    // `While only | 7 per cent said …`
    let adverb = |head: usize| reader.block.is(head, C::Adverb) && !reader.block.is(head, C::Subordinator);
    let lead = reader.before(found.start);
    let Some(lead) = lead.and_then(|head| if adverb(head) { reader.before(head) } else { lead }) else { return false };
    // `Ever since she announced …, …`, `and while he said …, …`
    let joins = WordClasses::of(&[C::Coordinator, C::Adverb]);
    let first = lead == reader.sentence.start
        || reader.before(lead).is_some_and(|head| {
            reader.mark(head).is_some()
                || (reader.syntax().follows_english() && reader.block.tokens.classes(head).any(joins))
        });
    first && reader.block.is(lead, C::Subordinator)
}
