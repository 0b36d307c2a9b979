//! French infinitives: as what is said («affirme avoir vu»), and as what says it («…, sans préciser si …»).

use super::extent;
use super::finite::FINITE;
use super::group::Group;
use super::{Reader, french, inverted_subject};
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::endings::looks_infinitive;

/// The first word of the infinitive that a verb opens at `at`, its preposition left out: «affirme | avoir vu»,
/// «a promis de | construire», «a demandé aux communes de | mesurer».
pub(super) fn infinitive(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<usize> {
    if !entry.frames.has(Frame::Infinitive) {
        return None;
    }
    if let Some(start) = infinitive_at(reader, at) {
        return Some(start);
    }
    let tokens = &reader.block.tokens;
    let addressee = tokens.is(at, C::Preposition) || entry.frames.has(Frame::Addressee);
    if !addressee {
        return None;
    }
    let stops = FINITE.with(WordClasses::of(&[C::Complementiser, C::Subordinator, C::Relative, C::NarratorReturn]));
    let end = reader.sentence.end.min(at.saturating_add(LONGEST_ADDRESSEE));
    let behind = || inverted_subject::object_behind_addressee(reader, at);
    let object = if tokens.is(at, C::Preposition) { behind() } else { None };
    let mut next = tokens.after(at);
    while next < end {
        if tokens.is(next, C::InfinitivePreposition)
            && let Some(start) = infinitive_at(reader, next)
        {
            return Some(start);
        }
        // «a raconté à l'agence | avoir vu»
        let perfect = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary]);
        let governed = reader.before(next).is_some_and(|head| tokens.classes(head).any(C::Preposition.into()));
        if !governed
            && tokens.classes(next).any(perfect.with(C::Negation.into()))
            && infinitive_at(reader, next).is_some()
        {
            return Some(next);
        }
        let joins = |mark: char| matches!(mark, '-' | '.' | '\'' | '’');
        // «a demandé à Rome | une aide et propose de …»: the verb has its object.
        if object == Some(next) || (extent::is_finite_cue(reader, next) && !tokens.is(next, C::Noun)) {
            return None;
        }
        if reader.mark(next).is_some_and(|mark| !joins(mark)) || tokens.classes(next).any(stops) {
            return None;
        }
        next = tokens.after(next);
    }
    None
}

/// Who is asked has fewer tokens.
const LONGEST_ADDRESSEE: usize = 24;

/// The first word of the infinitive at `at`, after a preposition that marks it: «de ne pas | partir» begins with «ne».
pub(super) fn infinitive_at(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let start = if tokens.is(at, C::InfinitivePreposition) { tokens.after(at) } else { at };
    // «a suggéré de « garder le nom »»
    let words = reader.block.quotation_opened_at(start).map_or(start, |quotation| quotation.start);
    let light = WordClasses::of(&[C::Negation, C::Clitic, C::Adverb]);
    let mut verb = words;
    while tokens.classes(verb).any(light) && !tokens.is(verb, C::Interrogative) && verb < words + MOST_LIGHT {
        verb = tokens.after(verb);
    }
    let mut first = start;
    while tokens.is(first, C::Adverb) && !tokens.is(first, C::Negation) && first < verb {
        first = tokens.after(first);
    }
    is_infinitive(reader, verb).then_some(first)
}

/// Negations, pronouns and adverbs before an infinitive.
pub(super) const MOST_LIGHT: usize = 5;

fn is_infinitive(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let known = reader.block.cues(at).any(|(form, _)| form.features.any(Features::INFINITIVE));
    let unknown = tokens.classes(at).is_empty() || tokens.classes(at).any(FINITE.with(C::Infinitive.into()));
    known || (tokens.is_word(at) && !reader.is_capitalised(at) && unknown && has_infinitive_ending(reader, at))
}

pub(super) fn has_infinitive_ending(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.is(at, C::Infinitive) || looks_infinitive(reader.block.tokens.word(at), reader.block.pack.lexicon())
}

/// Whether the preposition at `at` makes of an infinitive what its subject does besides: «avant de», «sans».
pub(super) fn opens_infinitive(reader: &Reader<'_, '_>, at: usize) -> bool {
    let classes = reader.block.tokens.classes(at);
    classes.has(C::Preposition) && classes.any(WordClasses::of(&[C::NarratorReturn, C::Negation]))
}

/// Whether an infinitive says something as a participle does: «…, avant de | préciser que …», «…, sans | dire si …».
pub(super) fn speaks_by_infinitive(reader: &Reader<'_, '_>, group: &Group) -> bool {
    let tokens = &reader.block.tokens;
    let Some(head) = reader.before(group.start) else { return false };
    // «sans vouloir en dire davantage»
    if !reader.block.cues(group.verb).any(|(_, cue)| cue.mode != Mode::Thought) {
        return false;
    }
    // «…, avant de se lever et | d'ajouter : «…»»
    let joined = tokens.is(head, C::InfinitivePreposition)
        && reader.before(head).is_some_and(|head| tokens.is(head, C::Coordinator))
        && reader.mark(group.end) == Some(':');
    // «Sans nier que le pont est fermé et sans dire si …, le préfet est parti»: whose it is comes only behind.
    let leads = opens_infinitive(reader, reader.sentence.start);
    !leads && (opens_infinitive(reader, group.start) || opens_infinitive(reader, head) || joined)
}

/// Whether the sentence begins with an infinitive that goes on with whoever spoke: «Et d' | ajouter : «…»».
pub(super) fn goes_on(reader: &Reader<'_, '_>, at: usize) -> bool {
    let joins = reader.before(at).filter(|&head| reader.block.is(head, C::InfinitivePreposition));
    joins.and_then(|head| reader.before(head)).is_some_and(|first| first == reader.sentence.start)
}

/// Where the preposition of an infinitive that narrates stands, behind its subject: «Et le maire | de conclure : «…»».
pub(super) fn narrates(reader: &Reader<'_, '_>, group: &Group) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let link = reader.before(group.start).filter(|&head| tokens.is(head, C::InfinitivePreposition))?;
    let opens = matches!(reader.mark(group.end), Some(':' | ',')) || french::opens_content(reader, group.end);
    let floor = reader.sentence.start.max(link.saturating_sub(LONGEST_NARRATOR));
    let subject = |&at: &usize| reader.mark(at).is_none_or(|mark| mark == '.') && !tokens.classes(at).any(FINITE);
    let first = (floor..link).rev().take_while(subject).find(|&at| tokens.is(at, C::Coordinator))?;
    let begins = first == reader.sentence.start || reader.before(first).is_some_and(|head| reader.is_comma(head));
    (opens && begins && tokens.after(first) < link).then_some(link)
}

/// The subject of an infinitive that narrates has fewer tokens.
pub(super) const LONGEST_NARRATOR: usize = 12;
