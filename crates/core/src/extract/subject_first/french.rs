//! What only French needs of the grammar: infinitives as content, verbs that share a subject, and «qualifier X de Y».

use super::super::block::Range;
use super::Reader;
use super::channel::SOURCES;
use super::extent::Shape;
use super::finite::FINITE;
use super::group::Group;
use super::opening::Opening;
use super::phrase::PRONOUNS;
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::endings::{looks_infinitive, looks_past_participle};

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
fn infinitive_at(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let start = if tokens.is(at, C::InfinitivePreposition) { tokens.after(at) } else { at };
    // «a suggéré de « garder le nom »»
    let words = reader.block.quotation_opened_at(start).map_or(start, |quotation| quotation.start);
    let light = WordClasses::of(&[C::Negation, C::Clitic, C::Adverb]);
    let mut verb = words;
    while tokens.classes(verb).any(light) && !tokens.is(verb, C::Interrogative) && verb < words + MOST_LIGHT {
        verb = tokens.after(verb);
    }
    is_infinitive(reader, verb).then_some(start)
}

/// Negations, pronouns and adverbs before an infinitive.
const MOST_LIGHT: usize = 5;

fn is_infinitive(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let known = reader.block.cues(at).any(|(form, _)| form.features.any(Features::INFINITIVE));
    let unknown = tokens.classes(at).is_empty() || tokens.classes(at).any(FINITE.with(C::Infinitive.into()));
    known || (tokens.is_word(at) && !reader.is_capitalised(at) && unknown && has_infinitive_ending(reader, at))
}

fn has_infinitive_ending(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.is(at, C::Infinitive) || looks_infinitive(reader.block.tokens.word(at), reader.block.pack.lexicon())
}

/// Whether the word at `at` opens what a verb is about: «est accusé par X | de fraude».
pub(super) fn governs(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    tokens.is(at, C::InfinitivePreposition) || entry.prepositions.iter().any(|word| word == tokens.word(at))
}

/// Whether the verb at `at` only tells how the verb after it is to be taken: «n'a pas souhaité | commenter».
///
/// Whoever does not wish to do something says nothing by it either.
pub(super) fn is_governing(reader: &Reader<'_, '_>, group: &Group) -> bool {
    let says = || {
        reader
            .block
            .cues(group.end)
            .any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::INFINITIVE))
    };
    reader.block.is(group.verb, C::Catenative) && (group.negated || says())
}

/// The part of `who` that is the source before a clause: «Selon X, | la loi …».
///
/// Of the parts between commas only what adds to a name goes with it: an office, an age, or the name of an office.
pub(super) fn leading_source(reader: &Reader<'_, '_>, who: Range) -> Range {
    let tokens = &reader.block.tokens;
    let commas = (who.start..who.end.min(reader.sentence.end)).filter(|&at| reader.is_comma(at));
    let bounds: Vec<usize> = commas.chain([who.end]).collect();
    let mut end = bounds.first().copied().unwrap_or(who.end);
    let named = |from: usize, to: usize| (from..to).any(|at| reader.is_capitalised(at) && tokens.is_word(at));
    let office = |at: usize| tokens.classes(at).any(PEOPLE);
    for &bound in bounds.iter().skip(1) {
        let start = end + 1;
        let mut noun = start;
        while noun < bound && tokens.classes(noun).any(WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective])) {
            noun = tokens.after(noun);
        }
        let age = tokens.is_number(start) && tokens.is(start + 1, C::Unit) && bound == start + 2;
        let added = match named(who.start + 1, end) {
            true => age || office(noun),
            false => reader.is_capitalised(start) && (who.start..end).any(office),
        };
        if !added || !reader.is_comma(bound) || tokens.classes(tokens.after(bound)).has(C::Relative) {
            break;
        }
        end = bound;
    }
    Range::new(who.start, end)
}

/// The token after the relative clause that begins at `at` between commas: «Selon X, qui était là, | …»; `at` without one.
pub(super) fn after_relative(reader: &Reader<'_, '_>, at: usize) -> usize {
    let tokens = &reader.block.tokens;
    if !tokens.is(at, C::Relative) {
        return at;
    }
    let mut end = at;
    while end < reader.horizon(at) {
        if reader.is_comma(end) {
            return end + 1;
        }
        end = reader.block.step(end).max(end + 1);
    }
    at
}

const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine]);

/// Whether the participle at `verb` is coordinated with the verb of the attribution before it, which has an auxiliary:
/// «a promis une aide et | demandé à l'armée de …».
pub(super) fn shares_auxiliary(reader: &Reader<'_, '_>, verb: usize) -> bool {
    let tokens = &reader.block.tokens;
    let coordinated = reader.before(verb).is_some_and(|head| tokens.is(head, C::Coordinator));
    let helped = |spoken: &super::Spoken| {
        tokens.is(spoken.cue, C::Auxiliary) && spoken.end <= verb && verb - spoken.cue < MOST_SHARED
    };
    coordinated && reader.spoken.last().is_some_and(helped)
}

/// A verb that shares an auxiliary stands nearer to it, in tokens.
const MOST_SHARED: usize = 40;

/// Whether a verb of saying follows at `at` without a subject of its own: «et | a ajouté que», «et | leur a promis».
pub(super) fn same_subject_goes_on(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let tokens = &reader.block.tokens;
    let light = WordClasses::of(&[C::Adverb, C::Negation, C::Time]);
    let auxiliary = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary]);
    let (mut verb, mut compound, mut passive, mut reflexive) = (at, false, false, false);
    while verb < at + MOST_LIGHT {
        let classes = tokens.classes(verb);
        if classes.any(auxiliary) {
            compound = true;
            passive |= classes.has(C::PassiveAuxiliary);
        } else if classes.has(C::Clitic) && !is_article(reader, verb) {
            reflexive |= classes.has(C::Reflexive);
        } else if !classes.any(light) {
            break;
        }
        verb = tokens.after(verb);
    }
    // «a promis une aide et | demandé …»: the auxiliary of the cue.
    let shared = shape.past && (shape.nominal || shape.infinitive);
    let wanted = match compound {
        true => Features::PASSIVE.with(Features::INFINITIVE),
        false if shared => Features::FINITE.with(Features::PASSIVE),
        false => Features::FINITE,
    };
    let opens = [Frame::Clause, Frame::Nominal, Frame::Describe, Frame::Infinitive, Frame::Quotation];
    let bare_noun = !compound && tokens.is(verb, C::Noun);
    (!passive || reflexive)
        && !bare_noun
        && reader.block.cues(verb).any(|(form, entry)| {
            entry.kind == CueKind::Verb
                && entry.reflexive == reflexive
                && form.features.any(wanted)
                && opens.iter().any(|&frame| entry.frames.has(frame))
        })
}

/// Whether an attribution with its subject after the verb begins at `at`, after a comma: «…, a rapporté X».
pub(super) fn begins_attribution(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let auxiliary = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary]);
    let light = WordClasses::of(&[C::Adverb, C::Clitic, C::Negation]);
    let mut verb = at;
    let mut compound = false;
    while verb < at + MOST_BEFORE_VERB {
        let classes = tokens.classes(verb);
        let pronoun = compound && classes.any(PRONOUNS.with(C::PronounSpeech.into()));
        let hyphen = compound && (reader.mark(verb) == Some('-') || tokens.word(verb) == "t");
        if classes.any(auxiliary) && !compound {
            compound = true;
        } else if !(classes.any(light) || pronoun || hyphen) {
            break;
        }
        verb = tokens.after(verb);
    }
    let speaks = |entry: &CueEntry| {
        entry.kind == CueKind::Verb && entry.frames.has(Frame::Quotation) && entry.mode != Mode::Thought
    };
    compound && reader.block.cues(verb).any(|(form, entry)| form.features.any(Features::PASSIVE) && speaks(entry))
}

/// Words of an inverted group before its participle: «ne l'a-t-il pas aussi».
const MOST_BEFORE_VERB: usize = 9;

/// Whether the subject of the sentence goes on to do something else at `at`: «et | vont partir», «et | maintenu la pression».
fn begins_predicate(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let finite = WordClasses::of(&[C::Verb, C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Expectation]);
    let mut verb = at;
    while tokens.classes(verb).any(WordClasses::of(&[C::Clitic, C::Negation]))
        && verb < at + 2
        && !is_article(reader, verb)
    {
        verb = tokens.after(verb);
    }
    let object = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative]);
    let participle = tokens.classes(verb).is_empty()
        && looks_past_participle(tokens.word(verb), reader.block.pack.lexicon())
        && tokens.classes(tokens.after(verb)).any(object);
    tokens.classes(verb).any(finite) || participle
}

/// Whether the word at `at`, which can be an article or a pronoun, stands before no verb: «et l' | accord».
fn is_article(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let verbal = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Clitic]);
    tokens.is(at, C::Determiner) && !tokens.classes(tokens.after(at)).any(verbal)
}

/// Where in `range` a topic ends, and where what it is called begins, behind the word that ties them: «qualifié l'accord du siècle | de « piège »».
///
/// «De» also ties nouns to one another: the one before a quotation counts, else the last that no article follows.
pub(super) fn predicate(reader: &Reader<'_, '_>, entry: &CueEntry, range: Range) -> Option<(usize, usize)> {
    let tokens = &reader.block.tokens;
    let mut last = None;
    let mut at = range.start;
    while at < range.end {
        // «juge le débat | « utile »»
        if entry.prepositions.is_empty() && at > range.start && reader.block.quotation_opened_at(at).is_some() {
            return Some((at, at));
        }
        if entry.prepositions.iter().any(|word| word == tokens.word(at)) {
            let next = tokens.after(at);
            let article = tokens.classes(next).any(WordClasses::of(&[C::Determiner, C::Possessive]));
            if reader.block.quotation_opened_at(next).is_some() || !tokens.is(at, C::Link) {
                return Some((at, next));
            }
            if !article && !reader.is_capitalised(next) && at > range.start {
                last = Some((at, next));
            }
        }
        if reader.is_comma(at) || tokens.is(at, C::Complementiser) {
            break;
        }
        at = reader.block.step(at).max(at + 1);
    }
    last
}

/// Whether a phrase after «selon» names by what something differs, and nobody: «selon leur poids», «selon la saison».
pub(super) fn is_measure(reader: &Reader<'_, '_>, who: Range) -> bool {
    let tokens = &reader.block.tokens;
    let speaks = |at: usize| {
        tokens.classes(at).any(SOURCES.with(WordClasses::of(&[C::Place, C::Organisation]))) || reader.is_capitalised(at)
    };
    let owned = tokens.is(who.start, C::Possessive);
    let noun = tokens.after(who.start);
    (owned || tokens.is(noun, C::Noun)) && !(who.start..who.end).any(speaks)
}

/// Whether a verb only gives somebody's byname: «Marcel Fons, dit «le Héron», …».
pub(super) fn is_byname(reader: &Reader<'_, '_>, group: &Group, opening: Opening) -> bool {
    let Opening::Quotation(open) = opening else { return false };
    let Some(quotation) = reader.block.quotation_opened_at(open) else { return false };
    group.cue == group.verb
        && open == group.end
        && quotation.len() <= LONGEST_BYNAME
        && reader.before(group.start).is_some_and(|head| reader.is_comma(head))
        && reader.is_comma(quotation.close)
}

const LONGEST_BYNAME: usize = 5;

/// Whether what `range` holds after «pour X» is X's opinion, not what the narrator says about X: a judgement or a quotation.
pub(super) fn is_opinion(reader: &Reader<'_, '_>, range: Range) -> bool {
    let tokens = &reader.block.tokens;
    let opens = tokens.classes(range.start).any(WordClasses::of(&[C::PronounNeuter, C::Impersonal]));
    let judges = |at: usize| {
        tokens.is(at, C::Expectation) || reader.block.quotation_opened_at(at).is_some_and(|quoted| quoted.len() > 1)
    };
    // «Pour M. Hall, la loi | est inutile»
    let first = (range.start..range.end).find(|&at| tokens.classes(at).any(FINITE));
    opens || first.is_some_and(|at| tokens.is(at, C::PassiveAuxiliary)) || (range.start..range.end).any(judges)
}

/// Whether a subject is something done, not somebody: «Réparer l'orgue | demandera deux ans».
pub(super) fn is_act(reader: &Reader<'_, '_>, start: usize) -> bool {
    let tokens = &reader.block.tokens;
    let capital = reader.is_capitalised(start) && start == reader.sentence.start;
    let word = tokens.is_word(start) && (capital || !reader.is_capitalised(start));
    word && tokens.classes(start).is_empty() && has_infinitive_ending(reader, start)
}

/// Whether a subject is a plan, which foresees something only as a text does: «Le projet | prévoit de …».
pub(super) fn is_plan(reader: &Reader<'_, '_>, start: usize, end: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let speaks = SOURCES.with(PRONOUNS).with(WordClasses::of(&[C::Place, C::Organisation]));
    entry.mode == Mode::Thought
        && !(start..end).any(|at| reader.is_capitalised(at) && at > reader.sentence.start)
        && (start..end).any(|at| tokens.is(at, C::Noun))
        && !(start..end).any(|at| tokens.classes(at).any(speaks))
}

/// Whether the word of `group` after `head` is a verb though it can be a noun: a noun would have a determiner before it.
///
/// «…, mais | demande davantage», «L'opposition, de son côté, | reproche à …», «Le maire, élu en mars, | juge le débat …».
pub(super) fn lacks_determiner(reader: &Reader<'_, '_>, group: &Group, head: usize) -> bool {
    let tokens = &reader.block.tokens;
    let determined = tokens.classes(group.end).any(WordClasses::of(&[C::Determiner, C::Possessive]));
    let inserted = (reader.sentence.start..head).any(|at| reader.is_comma(at));
    reader.is_comma(head) && (determined || inserted)
        || tokens.classes(head).any(WordClasses::of(&[C::Coordinator, C::NarratorReturn]))
}

/// Whether a noun phrase or infinitive that is content ends at `at`: at «et» before another verb of the same subject, or
/// before an adverbial phrase: «a exclu cette option | à plusieurs reprises».
pub(super) fn ends_object(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    match tokens.is(at, C::Coordinator) {
        true => (shape.nominal || shape.infinitive) && begins_predicate(reader, next),
        false => shape.nominal && tokens.is(at, C::Adverb) && next > at + 1,
    }
}
