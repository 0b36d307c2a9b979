//! What only French needs of the grammar: verbs that share a subject, nouns that take up a statement, and where objects end.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::channel::SOURCES;
use super::extent::Shape;
use super::finite::FINITE;
use super::french_infinitive::{LONGEST_NARRATOR, MOST_LIGHT, has_infinitive_ending, infinitive_at, opens_infinitive};
use super::group::Group;
use super::opening::Opening;
use super::phrase::PRONOUNS;
use crate::claim::{Mode, Stance};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::endings::{looks_gerund, looks_past_participle};

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

/// Whether the participle at `verb` is coordinated with the verb of the attribution before it, which has an auxiliary:
/// «a promis une aide et | demandé à l'armée de …».
pub(super) fn shares_auxiliary(reader: &Reader<'_, '_>, verb: usize) -> bool {
    let tokens = &reader.block.tokens;
    let coordinated = reader.before(verb).is_some_and(|head| tokens.is(head, C::Coordinator));
    let helped = |spoken: &super::Spoken| {
        tokens.is(spoken.cue, C::Auxiliary) && spoken.end <= verb && verb - spoken.cue < MOST_SHARED
    };
    coordinated
        && (reader.spoken.last().is_some_and(helped)
            || (opens_content(reader, tokens.after(verb)) && follows_compound(reader, verb)))
}

/// Whether the coordinated verb before `verb` has an auxiliary: «a lancé un appel et | réclamé …».
fn follows_compound(reader: &Reader<'_, '_>, verb: usize) -> bool {
    let tokens = &reader.block.tokens;
    let stops = WordClasses::of(&[C::Complementiser, C::Relative, C::Subordinator, C::Auxiliary]);
    let joins = |&at: &usize| reader.mark(at).is_none_or(|mark| matches!(mark, '\'' | '’' | '.'));
    let mut clause = (reader.sentence.start.max(verb.saturating_sub(MOST_SHARED))..verb).rev().take_while(joins);
    // «n'a pas visité la ville et | confirmé les faits»: what is denied goes on or not.
    let negated = |at: usize| {
        let before = reader.before(at).is_some_and(|head| tokens.is(head, C::Negation));
        before || tokens.is(tokens.after(at), C::Negation)
    };
    let joined = reader.before(verb).is_some_and(|head| !tokens.is(head, C::Negation));
    let auxiliary = clause.find(|&at| tokens.classes(at).any(stops)).filter(|&at| joined && !negated(at));
    auxiliary.is_some_and(|at| is_compound(reader, at))
}

/// Whether the word at `at` is an auxiliary whose participle follows it.
fn is_compound(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let light = WordClasses::of(&[C::Adverb, C::Negation, C::PassiveAuxiliary]);
    let mut verb = tokens.after(at);
    while tokens.classes(verb).any(light) && verb < at + MOST_LIGHT {
        verb = tokens.after(verb);
    }
    tokens.is(at, C::Auxiliary) && is_participle(reader, verb)
}

/// Whether the word at `at` is a past participle, as far as lists and endings tell.
fn is_participle(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let lexicon = reader.block.pack.lexicon();
    let word = tokens.word(at).trim_end_matches('s');
    let ending = |word: &str| looks_past_participle(word, lexicon);
    let known = reader.block.cue_with(at, Features::PASSIVE).is_some_and(|(_, cue)| cue.kind == CueKind::Verb);
    known || (tokens.classes(at).is_empty() && (ending(word) || word.strip_suffix('e').is_some_and(ending)))
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
    // «a promis une aide et | demandé …», «a averti que le pont fermerait et | demandé …»: the auxiliary of the cue.
    let shared = shape.past && (shape.nominal || shape.infinitive || !has_auxiliary(reader, at));
    let wanted = match compound {
        true => Features::PASSIVE.with(Features::INFINITIVE),
        false if shared => Features::FINITE.with(Features::PASSIVE),
        false => Features::FINITE,
    };
    let opens = [Frame::Clause, Frame::Nominal, Frame::Describe, Frame::Infinitive, Frame::Quotation];
    let bare_noun = !compound && tokens.is(verb, C::Noun) && !opens_content(reader, tokens.after(verb));
    (!passive || reflexive)
        && !bare_noun
        && reader.block.cues(verb).any(|(form, entry)| {
            entry.kind == CueKind::Verb
                && entry.reflexive == reflexive
                && form.features.any(wanted)
                && opens.iter().any(|&frame| entry.frames.has(frame))
        })
}

/// Whether the clause that ends before `at` has an auxiliary of its own, which a participle at `at` could share.
fn has_auxiliary(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let clause = (reader.sentence.start.max(at.saturating_sub(MOST_SHARED))..at).rev();
    let mut clause = clause.take_while(|&at| !tokens.is(at, C::Complementiser));
    clause.any(|at| tokens.is(at, C::PassiveAuxiliary) || is_compound(reader, at))
}

/// Whether what only a verb opens begins at `at`, so that the word before it, which has no determiner, is no noun.
pub(super) fn opens_content(reader: &Reader<'_, '_>, at: usize) -> bool {
    let classes = reader.block.tokens.classes(at);
    classes.any(WordClasses::of(&[C::Complementiser, C::Possessive]))
        || (classes.has(C::Determiner) && !classes.has(C::Link))
        || reader.block.quotation_opened_at(at).is_some()
        || infinitive_at(reader, at).is_some()
}

/// Whether an attribution with its subject after the verb, or by an infinitive, begins at `at`, after a comma:
/// «…, a rapporté X», «…, sans préciser si …».
pub(super) fn begins_attribution(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    if opens_infinitive(reader, at) {
        let says = |entry: &CueEntry| entry.kind == CueKind::Verb && entry.frames.has(Frame::Clause);
        let mut cues = reader.block.cues(tokens.after(at));
        return cues.any(|(form, entry)| form.features.any(Features::INFINITIVE) && says(entry));
    }
    // «admet avoir menti, | explique qu'il avait peur et …»
    // «…, « et sans témoin », | a-t-elle précisé»
    if let Some(quotation) = reader.block.quotation_opened_at(at) {
        return reader.is_comma(quotation.close) && is_attributed(reader, quotation.close + 1);
    }
    let goes_on = reader.block.cue_with(at, Features::FINITE).is_some_and(|(_, cue)| cue.kind == CueKind::Verb);
    if begins_comment(reader, at) || (goes_on && opens_content(reader, tokens.after(at))) {
        return true;
    }
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

/// Whether an attribution with its subject after the verb stands at `at`: «a-t-elle dit», «dit X», not «ajoutant».
pub(super) fn is_attributed(reader: &Reader<'_, '_>, at: usize) -> bool {
    let speaks = |cue: &CueEntry| cue.kind == CueKind::Verb && cue.frames.has(Frame::Quotation);
    let mut cues = reader.block.cues(at);
    cues.any(|(form, cue)| form.features.any(Features::FINITE) && speaks(cue)) || begins_attribution(reader, at)
}

/// Whether at `at`, after a comma, what was said is taken up by a noun of which somebody else says something:
/// «…, | un chiffre que le gouvernement conteste».
fn begins_comment(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let near = |from: usize, most: usize| {
        let upto = reader.sentence.end.min(from + most);
        (from..upto).take_while(|&at| reader.mark(at).is_none_or(|mark| matches!(mark, '\'' | '’' | '-')))
    };
    let object = |at: &usize| tokens.is(*at, C::Relative) && tokens.is(*at, C::Complementiser);
    // «…, | ce que le gouvernement conteste»
    let next = tokens.after(at);
    let whole = tokens.is(at, C::Interrogative) && next > at + 1 && !tokens.classes(next).any(FINITE);
    let noun = || near(at, LONGEST_NOUN).find(object).filter(|_| tokens.is(at, C::Indefinite));
    let Some(pronoun) = (if whole { Some(next) } else { noun() }) else { return false };
    if !whole && !takes_up(reader, Range::new(at, pronoun)) {
        return false;
    }
    let says = |at: usize| {
        let mut cues = reader.block.cues(at).filter(|(_, cue)| cue.kind == CueKind::Verb && cue.mode != Mode::Thought);
        let verbal = Features::FINITE.with(Features::PASSIVE).with(Features::INFINITIVE);
        cues.any(|(form, _)| form.features.any(verbal)) && !tokens.is(at, C::Noun)
    };
    near(pronoun + 1, LONGEST_NARRATOR).any(says)
}

/// What the verb's own preposition opens, if it is none that ties nouns, behind the phrase of another at `at`:
/// «s'est prononcé au Sénat pour | une trêve».
pub(super) fn own_preposition_behind(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let ties = WordClasses::of(&[C::Link, C::InfinitivePreposition]);
    let stops = FINITE.with(WordClasses::of(&[C::Complementiser, C::Relative, C::Subordinator]));
    let near = at + 1..reader.horizon(at).min(at + LONGEST_NOUN);
    let mut phrase = near.take_while(|&at| reader.mark(at).is_none() && !tokens.classes(at).any(stops));
    let own = |&at: &usize| {
        let classes = tokens.classes(at);
        !classes.any(ties) && entry.prepositions.iter().any(|word| word == tokens.word(at))
    };
    let own = phrase.find(own).filter(|_| entry.frames.has(Frame::Preposition))?;
    Some(tokens.after(own))
}

/// The noun that a verb after its relative pronoun and subject takes: «…, | un chiffre | que le gouvernement conteste».
pub(super) fn fronted_object(reader: &Reader<'_, '_>, subject: Subject, entry: &CueEntry) -> Option<Range> {
    let tokens = &reader.block.tokens;
    let first = reader.block.tokens_in(subject.named()?).start;
    let pronoun = reader.before(first)?;
    let relative = tokens.is(pronoun, C::Relative) && tokens.is(pronoun, C::Complementiser);
    let takes = entry.mode != Mode::Thought && matches!(entry.stance, Stance::Deny | Stance::Confirm | Stance::Report);
    let words = (reader.sentence.start.max(pronoun.saturating_sub(LONGEST_NOUN))..pronoun).rev();
    let comma = words.into_iter().find(|&at| reader.is_comma(at)).filter(|_| relative && takes)?;
    let noun = Range::new(comma + 1, pronoun);
    (tokens.is(comma + 1, C::Indefinite) && takes_up(reader, noun)).then_some(noun)
}

/// Whether the object of a verb of denying is somebody: «a exclu de la liste | deux joueurs».
pub(super) fn expels(reader: &Reader<'_, '_>, object: Range, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let people = WordClasses::of(&[C::Person, C::Group, C::TitleMasculine, C::TitleFeminine]);
    let light = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative, C::Adjective]);
    let noun = (object.start..object.end).find(|&at| !tokens.classes(at).any(light) || tokens.classes(at).any(people));
    let somebody = noun.is_some_and(|noun| tokens.classes(noun).any(people));
    let opens = tokens.classes(object.start);
    let from = opens.has(C::Link) && !opens.has(C::Determiner) && !tokens.is(tokens.after(object.start), C::Adjective);
    entry.stance == Stance::Deny && (somebody || from)
}

/// Whether the noun of `range` takes up what was said: «un chiffre», «une thèse», not «un homme».
fn takes_up(reader: &Reader<'_, '_>, range: Range) -> bool {
    let statement = WordClasses::of(&[C::Statement, C::Document]);
    (range.start..range.end).any(|at| reader.block.tokens.classes(at).any(statement))
}

/// A noun that takes up what was said, with its article and adjectives, in tokens.
const LONGEST_NOUN: usize = 6;

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

/// Whether the pronoun at `at` makes a finite verb of the word after it, which no list may hold: «s' | élève».
pub(super) fn is_reflexive_verb(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let verb = tokens.after(at);
    tokens.is(at, C::Reflexive)
        && tokens.is(at, C::Clitic)
        && tokens.is_word(verb)
        && !has_infinitive_ending(reader, verb)
        && !looks_gerund(tokens.word(verb), reader.block.pack.lexicon())
}

/// Whether a subject is something done, not somebody: «Réparer l'orgue | demandera deux ans».
pub(super) fn is_act(reader: &Reader<'_, '_>, start: usize) -> bool {
    let tokens = &reader.block.tokens;
    let capital = reader.is_capitalised(start) && start == reader.sentence.start;
    let word = tokens.is_word(start) && (capital || !reader.is_capitalised(start));
    word && tokens.classes(start).is_empty() && has_infinitive_ending(reader, start)
}

/// Whether a participle at `at` opens what is said of a subject: «Contactée par la radio, | X …», «X, | joint par téléphone, …»,
/// «X, | citant des témoins, …».
pub(super) fn opens_participle(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let present = reader.block.cue_with(at, Features::PARTICIPLE).is_some_and(|(_, cue)| cue.kind == CueKind::Verb);
    let opens = WordClasses::of(&[C::Preposition, C::Agent, C::Time, C::ChannelPhrase, C::WrittenChannel]);
    let adds = tokens.classes(tokens.after(at)).any(opens);
    let first = at == reader.sentence.start || !reader.is_capitalised(at);
    first && (present || (adds && is_participle(reader, at)))
}

/// Whether a subject is a plan, which foresees something only as a text does: «Le projet | prévoit de …».
pub(super) fn is_plan(reader: &Reader<'_, '_>, start: usize, end: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let speaks = SOURCES.with(PRONOUNS).with(WordClasses::of(&[C::Place, C::Organisation]));
    // «La loi prévoit une amende»
    let text = entry.frames.has(Frame::Nominal) && entry.stance == Stance::Predict;
    let speaks = if text { speaks.without(C::Document.into()) } else { speaks };
    entry.mode == Mode::Thought
        && !(start..end).any(|at| reader.is_capitalised(at) && at > reader.sentence.start)
        && (start..end).any(|at| tokens.is(at, C::Noun) || (text && tokens.is(at, C::Document)))
        && !(start..end).any(|at| tokens.classes(at).any(speaks))
}

/// Whether the word of `group` after `head` is a verb though it can be a noun: a noun would have a determiner before it.
///
/// «…, mais | demande davantage», «L'opposition, de son côté, | reproche à …», «Le maire, élu en mars, | juge le débat …»,
/// «Le maire | demande la démission …».
pub(super) fn lacks_determiner(reader: &Reader<'_, '_>, group: &Group, head: usize) -> bool {
    let tokens = &reader.block.tokens;
    let mut object = group.end;
    while tokens.is(object, C::Adverb) && object < group.end + MOST_LIGHT {
        object = tokens.after(object);
    }
    let next = tokens.classes(object);
    let determined = next.any(WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative]));
    // After a noun «des» may say whose it is; «le» opens an object.
    let article = determined && (!next.has(C::Link) || !tokens.is(head, C::Adjective));
    let opens_noun = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative, C::Preposition]);
    // «La lettre | demande au président de …»
    let addressed =
        next.has(C::Preposition) && next.any(AU.with(C::InfinitivePreposition.into())) && !next.has(C::Link);
    let noun = (tokens.is_word(head) && !tokens.classes(head).any(opens_noun)) || reader.mark(head) == Some(')');
    // «Le ministre | estime, dans un entretien, que …»
    let end = reader.horizon(object).min(object + LONGEST_ASIDE);
    let inserted = || (object + 1..end).any(|at| reader.is_comma(at) && tokens.is(at + 1, C::Complementiser));
    if noun && (article || addressed || (reader.is_comma(object) && inserted())) {
        return true;
    }
    let inserted = (reader.sentence.start..head).any(|at| reader.is_comma(at));
    reader.is_comma(head) && (determined || inserted)
        || tokens.classes(head).any(WordClasses::of(&[C::Coordinator, C::NarratorReturn]))
}

/// What stands between commas before a complementiser has fewer tokens.
const LONGEST_ASIDE: usize = 12;

/// An article that a preposition is a part of: «au», «aux».
const AU: WordClasses = WordClasses::of(&[C::DeterminerMasculine, C::DeterminerPlural]);

/// Whether a noun phrase or infinitive that is content ends at `at`: at «et» before another verb of the same subject, or
/// before an adverbial phrase or channel: «a exclu cette option | à plusieurs reprises», «a nié les faits | dans un courriel».
pub(super) fn ends_object(reader: &Reader<'_, '_>, at: usize, shape: Shape) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    match tokens.is(at, C::Coordinator) {
        true => (shape.nominal || shape.infinitive) && begins_predicate(reader, next),
        // «n'exclut pas une opération | mais préfère attendre»
        false if tokens.is(at, C::NarratorReturn) && !tokens.is(at, C::Preposition) => {
            (shape.nominal || shape.infinitive)
                && (same_subject_goes_on(reader, next, shape) || begins_predicate(reader, next))
        }
        false => {
            let channel = tokens.classes(at).any(WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]));
            shape.nominal && (channel || (tokens.is(at, C::Adverb) && next > at + 1))
        }
    }
}
