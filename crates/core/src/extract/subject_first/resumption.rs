//! Where the narrator or another attribution takes over from what somebody said.

use super::extent::{self, Shape};
use super::phrase::PRONOUNS;
use super::{Reader, addition, finite};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::lexicon::CueForm;

/// Whether an attribution begins at `at`, after a comma: `…, saying that`, `…, officials said`.
pub(super) fn resumes(reader: &Reader<'_, '_>, at: usize) -> bool {
    let participle = |features: Features| features.any(Features::PARTICIPLE);
    let says = reader
        .block
        .cues(at)
        .any(|(form, entry)| entry.kind == CueKind::Verb && entry.mode != Mode::Thought && participle(form.features));
    // `…, who fears reprisals, | said staff had warned of it`
    let adds = WordClasses::of(&[C::Preposition, C::Agent, C::Time]);
    let next = reader.block.tokens.classes(reader.block.tokens.after(at));
    let speaks = reader.syntax().follows_english()
        && !next.any(adds)
        && reader.block.cue_with(at, Features::PAST).is_some_and(|(_, cue)| {
            cue.kind == CueKind::Verb && cue.frames.has(Frame::Clause) && cue.frames.has(Frame::Quotation)
        });
    says || speaks || new_attribution(reader, at) || reader.syntax().begins_attribution(reader, at)
}

/// Whether somebody else's clause begins at `at`, after a comma and a word of contrast: `…, but | Tom Reid warned`.
pub(super) fn turns(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let subject = PRONOUNS.with(WordClasses::of(&[C::Determiner, C::Possessive]));
    reader.syntax().follows_english()
        && tokens.is(at, C::NarratorReturn)
        && (tokens.classes(next).any(subject) || reader.is_capitalised(next))
}

/// Whether what somebody wants, plans or promises is over at `at`, after a comma: `to sue, | which he did`, `to sue, | he
/// added, …`, `who vowed to sue, | has left`.
pub(super) fn leaves(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let classes = reader.block.tokens.classes(at);
    let relative = classes.has(C::Relative) && !classes.has(C::Complementiser);
    let main_verb = shape.subordinate && classes.any(finite::FINITE);
    reader.syntax().follows_english() && (relative || main_verb || is_inserted(reader, at))
}

/// Whether an attribution stands from `at`, after a comma, to another: `…, | he added, …`, `…, | according to Lee, …`.
fn is_inserted(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let says = |entry: &CueEntry| entry.kind == CueKind::Verb && entry.frames.has(Frame::Quotation);
    let verb = (at..addition::part_end(reader, at)).last();
    let said = verb.is_some_and(|verb| {
        verb > at && reader.is_comma(tokens.after(verb)) && reader.block.cues(verb).any(|(_, entry)| says(entry))
    });
    said || reader.block.cues(at).any(|(_, entry)| entry.kind == CueKind::Preposition)
}

/// Whether the coordinator at `at`, after a comma, joins a clause to a content that is none: `vowed to sue, | and the city
/// will answer`. Its subject is a pronoun, or its verb no participle.
pub(super) fn another_clause(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let mut near = next..addition::part_end(reader, next).min(next + MOST_SUBJECT_WORDS);
    (shape.infinitive || shape.nominal)
        && tokens.is(at, C::Coordinator)
        && extent::begins_clause(reader, next)
        && (tokens.classes(next).any(PRONOUNS) || near.any(|at| tokens.classes(at).any(finite::FINITE)))
}

/// Whether a pronoun and what it says begin at `at`: `…, and | he accused the board of lying`.
pub(super) fn speaker_goes_on(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let verb = tokens.after(at);
    let personal = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);
    let says = |entry: &CueEntry| entry.kind == CueKind::Verb && entry.mode == Mode::Speech;
    let mut cues = reader.block.cues(verb);
    reader.syntax().follows_english()
        && tokens.classes(at).any(personal)
        && cues.any(|(form, entry)| form.features.any(Features::PAST) && says(entry))
}

/// Whether the subject of the cue goes on to say something else at `at`: `and added that …`.
pub(super) fn same_subject_goes_on(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    if let Some(goes_on) = reader.syntax().same_subject_goes_on(reader, at, shape) {
        return goes_on;
    }
    let tokens = &reader.block.tokens;
    let mut verb = at;
    let skip = WordClasses::of(&[C::Adverb, C::Auxiliary, C::Future, C::Negation]);
    let mut helped = WordClasses::NONE;
    while tokens.classes(verb).any(skip) && verb < at + MOST_BEFORE_VERB {
        helped = helped.with(tokens.classes(verb));
        verb = tokens.after(verb);
    }
    let wanted = match shape {
        // `confirmed the talks but | would not say when …`
        _ if helped.has(C::Negation) => Features::BASE.with(Features::PASSIVE),
        _ if helped.any(WordClasses::of(&[C::Future, C::Negation])) => return false,
        // `acknowledging that … but | warning that …`
        Shape { participle: true, .. } => Features::PARTICIPLE,
        Shape { past: true, .. } => Features::PAST,
        // `his comments about it and | said …`
        Shape { nominal: true, .. } => Features::PAST.with(Features::PRESENT),
        _ => Features::PRESENT,
    };
    let clause = |frame| reader.opens(verb, frame);
    reader.block.cue_with(verb, wanted).is_some()
        && (clause(Frame::Clause) || clause(Frame::Nominal) || clause(Frame::Describe) || clause(Frame::Infinitive))
}

/// Between a coordinator and the verb after it stand fewer auxiliaries, negations and adverbs.
const MOST_BEFORE_VERB: usize = 3;

/// Whether somebody else says something soon after `at`: `and officials said …`.
pub(super) fn new_attribution(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let stops = WordClasses::of(&[C::Verb, C::PassiveAuxiliary, C::Future, C::Complementiser]);
    let speaks = |entry: &CueEntry| {
        entry.kind == CueKind::Verb && entry.frames.has(Frame::Clause) && entry.frames.has(Frame::Quotation)
    };
    // «…, | ne convenait pas»: the clause goes on with its own verb; `…, | with no rain forecast`: with an addition.
    let adds = tokens.is(at, C::Preposition) && !tokens.is(at, C::Adverb) && reader.syntax().follows_english();
    if adds || reader.syntax().begins_with_verb(reader, at) {
        return false;
    }
    let before = |verb: usize| reader.before(verb).unwrap_or(verb);
    let present =
        if reader.syntax().follows_english() { Features::PRESENT.with(Features::BASE) } else { Features::NONE };
    let mut verb = at;
    for _ in 0..MOST_SUBJECT_WORDS {
        if tokens.mark(verb).is_some_and(|mark| mark != '.') || tokens.classes(verb).any(stops) {
            return false;
        }
        let next = tokens.after(verb);
        let closes = matches!(tokens.mark(next), Some('.' | '!' | '?')) && next + 1 >= reader.sentence.end;
        let tense = if closes { Features::PAST.with(Features::PRESENT) } else { Features::PAST };
        // `…, and | fire officials say …`
        let speaker =
            || tokens.classes(before(verb)).any(WordClasses::SPEAKERS) && !tokens.is(before(verb), C::Relative);
        let says = |form: CueForm| form.features.any(tense) || (form.features.any(present) && speaker());
        if verb > at && reader.block.cues(verb).any(|(form, entry)| says(form) && speaks(entry)) {
            return tokens.mark(next).is_none() || closes || reader.block.quotation_opened_at(next).is_some();
        }
        verb = next;
    }
    false
}

/// A subject before a second attribution is short.
pub(super) const MOST_SUBJECT_WORDS: usize = 7;
