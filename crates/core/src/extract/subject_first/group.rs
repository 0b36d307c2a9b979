//! The verb group: a cue verb with its auxiliaries, negation and adverbs.

use super::{Reader, homograph};
use crate::claim::{Mode, Polarity};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features};
use crate::language::endings::looks_adverb;

/// A verb that may attribute, with the words that belong to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    /// The first token, adverbs before the auxiliaries included: what is left of it is no part of the group.
    pub(super) start: usize,
    /// The first token of the cue: the first auxiliary or negation, else the verb.
    pub(super) cue: usize,
    /// The verb.
    pub(super) verb: usize,
    /// The token after the verb.
    pub(super) end: usize,
    pub(super) negated: bool,
    pub(super) realised: bool,
    pub(super) passive: bool,
    pub(super) past: bool,
    /// A pronoun that points back at the subject belongs to the group: «se plaint».
    pub(super) reflexive: bool,
    kind: GroupKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GroupKind {
    Finite,
    Participle,
}

impl Group {
    pub(super) fn is_participle(&self) -> bool {
        self.kind == GroupKind::Participle
    }

    /// The group of a verb whose subject stands after it, `cue..end`.
    pub(super) fn inverted(cue: usize, verb: usize, end: usize, features: Features, left: (bool, bool, bool)) -> Self {
        let (negated, reflexive, compound) = left;
        Self {
            start: cue,
            cue,
            verb,
            end,
            negated,
            realised: !features.has(Features::FUTURE),
            passive: false,
            past: compound || features.any(Features::PAST),
            reflexive,
            kind: GroupKind::Finite,
        }
    }

    /// The polarity of a claim by this verb.
    pub(super) fn polarity(&self, entry: &CueEntry) -> Polarity {
        match (self.negated, entry.mode) {
            (false, _) => entry.polarity,
            (true, Mode::Thought) => Polarity::Denied,
            (true, _) => Polarity::Withheld,
        }
    }
}

/// What stands left of a verb.
#[derive(Default)]
struct Auxiliaries {
    be: bool,
    other: bool,
    infinitive: bool,
    catenative: bool,
    /// The verb is a present participle, before which no article stands.
    gerund: bool,
    /// The form is finite and nothing else.
    finite: bool,
}

/// The group of the verb at `verb`, if that is what the word is.
pub(super) fn read(reader: &Reader<'_, '_>, verb: usize, features: Features) -> Option<Group> {
    let end = reader.block.tokens.after(verb);
    if is_text(reader, verb, features)
        || homograph::is_in_compound(reader, verb, end)
        || super::finite::closes_name(reader, verb)
    {
        return None;
    }
    let mut group = Group {
        start: verb,
        cue: verb,
        verb,
        end,
        negated: false,
        realised: !features.has(Features::FUTURE),
        passive: false,
        past: features.any(Features::PAST),
        reflexive: false,
        kind: GroupKind::Finite,
    };
    let mut left = Auxiliaries {
        gerund: features.any(Features::PARTICIPLE),
        finite: features.any(Features::FINITE),
        ..Auxiliaries::default()
    };
    for _ in 0..MOST_AUXILIARIES {
        let Some(head) = reader.before(group.start) else { break };
        if !take(reader, head, &mut group, &mut left) {
            break;
        }
    }
    let form = |wanted| features.any(wanted);
    if form(Features::INFINITIVE) && !left.catenative && take_infinitive(reader, &mut group) {
        return Some(group);
    }
    if group.cue == verb
        && (homograph::is_noun_or_adjective(reader, group.start, features)
            || homograph::is_likely_noun(reader, &group, features))
    {
        return None;
    }
    if form(Features::PARTICIPLE) && !left.be {
        group.kind = GroupKind::Participle;
        return Some(group);
    }
    if left.infinitive {
        return None;
    }
    let participle_form = form(Features::PASSIVE);
    group.past |= left.other && participle_form && reader.syntax().has_compound_past();
    group.passive = left.be && participle_form && !form(Features::PARTICIPLE);
    let fits = fits(reader, &group, &left, features);
    if group.negated {
        take_right_negation(reader, &mut group);
    }
    fits.then_some(group)
}

/// Makes a group of an infinitive that says something, as a participle does or as the verb of its clause; whether it does.
fn take_infinitive(reader: &Reader<'_, '_>, group: &mut Group) -> bool {
    if reader.syntax().speaks_by_infinitive(reader, group) {
        group.kind = GroupKind::Participle;
        return true;
    }
    let link = reader.syntax().narrates(reader, group);
    group.start = link.unwrap_or(group.start);
    link.is_some()
}

/// Whether a form with these features can stand behind what stands left of it.
fn fits(reader: &Reader<'_, '_>, group: &Group, left: &Auxiliaries, features: Features) -> bool {
    let form = |wanted| features.any(wanted);
    let participle_form = form(Features::PASSIVE);
    match () {
        () if left.be => group.passive || form(Features::PARTICIPLE),
        () if left.catenative => form(Features::BASE.with(Features::PARTICIPLE).with(Features::INFINITIVE)),
        () if left.other => form(Features::BASE.with(Features::PAST).with(Features::INFINITIVE)) || participle_form,
        () => {
            form(Features::FINITE.with(Features::BASE))
                || (participle_form && reader.syntax().shares_auxiliary(reader, group.start))
        }
    }
}

/// Whether a participle by its form is a text: `a court | ruling that …`.
fn is_text(reader: &Reader<'_, '_>, verb: usize, features: Features) -> bool {
    features.any(Features::PARTICIPLE)
        && reader.block.is(verb, C::Document)
        && reader.before(verb).is_some_and(|head| {
            reader.mark(head).is_none() && !reader.block.is(head, C::PassiveAuxiliary) && !reader.is_capitalised(head)
        })
}

/// The second half of a negation may stand after the verb: «ne confirme pas».
fn take_right_negation(reader: &Reader<'_, '_>, group: &mut Group) {
    // `neither confirm | nor deny`: the second verb's.
    if reader.block.is(group.end, C::Negation) && !reader.block.is(group.end, C::Coordinator) {
        group.end = reader.block.tokens.after(group.end);
    }
}

/// Longer chains of auxiliaries and adverbs do not occur.
const MOST_AUXILIARIES: usize = 7;

/// Takes the word at `head` into the group; whether it belongs there.
fn take(reader: &Reader<'_, '_>, head: usize, group: &mut Group, left: &mut Auxiliaries) -> bool {
    let classes = reader.block.tokens.classes(head);
    let known = WordClasses::of(&[
        C::Auxiliary,
        C::PassiveAuxiliary,
        C::Negation,
        C::Future,
        C::Catenative,
        C::Expectation,
        C::Adverb,
        C::InfinitiveMarker,
    ]);
    if is_clitic(reader, head, group, left) {
        let reflexive = classes.has(C::Reflexive);
        // «s'est plaint» is no passive.
        left.other |= reflexive && left.be;
        left.be &= !reflexive;
        group.reflexive |= reflexive;
        (group.start, group.cue) = (head, head);
        return true;
    }
    if is_unknown_adverb(reader, head) && !left.infinitive {
        group.start = head;
        return true;
    }
    if !classes.any(known) || left.infinitive {
        return false;
    }
    if classes.has(C::InfinitiveMarker) {
        left.infinitive = true;
        group.start = head;
        return true;
    }
    if classes.has(C::PassiveAuxiliary) {
        // `was widely expected`, but not `is has said`.
        left.be |= !left.other && !left.catenative;
    }
    left.other |= classes.any(WordClasses::of(&[C::Auxiliary, C::Future, C::Expectation]));
    left.catenative |= classes.has(C::Catenative);
    group.negated |= classes.has(C::Negation);
    group.realised &= !classes.any(WordClasses::of(&[C::Future, C::Expectation]));
    group.start = head;
    if classes.any(WordClasses::of(&[
        C::Auxiliary,
        C::PassiveAuxiliary,
        C::Negation,
        C::Future,
        C::Catenative,
        C::Expectation,
    ])) {
        group.cue = head;
    }
    true
}

/// Whether the word at `at`, which no list holds, is an adverb between a subject and its verb: `he | ruefully said`.
fn is_unknown_adverb(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let subject = super::phrase::PRONOUNS.with(WordClasses::of(&[
        C::Auxiliary,
        C::PassiveAuxiliary,
        C::Relative,
        C::InfinitiveMarker,
    ]));
    tokens.is_word(at)
        && tokens.classes(at).is_empty()
        && tokens.cues(at).is_empty()
        && !reader.is_capitalised(at)
        && looks_adverb(tokens.word(at), reader.block.pack.lexicon())
        && reader.before(at).is_some_and(|head| {
            tokens.classes(head).any(subject) || reader.is_capitalised(head) || reader.is_comma(head)
        })
}

/// Whether the word at `head` is a pronoun that is an object, and not an article, before the group.
fn is_clitic(reader: &Reader<'_, '_>, head: usize, group: &Group, left: &Auxiliaries) -> bool {
    let classes = reader.block.tokens.classes(head);
    // «Lui | jure que …»
    let stressed =
        head == reader.sentence.start && classes.any(WordClasses::of(&[C::PronounMasculine, C::PronounPlural]));
    if !classes.has(C::Clitic) || stressed {
        return false;
    }
    let others = WordClasses::of(&[C::Determiner, C::Possessive, C::Preposition, C::PronounSpeech, C::Interrogative]);
    if !classes.any(others) || classes.has(C::Reflexive) {
        return true;
    }
    let Some(before) = reader.before(head) else { return false };
    let before = reader.block.tokens.classes(before);
    if classes.has(C::PronounSpeech) {
        let pronouns = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural, C::Negation]);
        return before.any(pronouns);
    }
    let verbal = WordClasses::of(&[
        C::Negation,
        C::PronounMasculine,
        C::PronounFeminine,
        C::PronounPlural,
        C::PronounSpeech,
        C::Relative,
        C::Clitic,
    ]);
    // «le décrivent»: no article stands before what is no noun.
    let no_noun = left.finite && !reader.block.is(group.verb, C::Noun);
    (left.other || left.be || left.gerund || no_noun || group.cue < group.verb || before.any(verbal))
        && !classes.has(C::Preposition)
}
