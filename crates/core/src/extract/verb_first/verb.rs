//! Finite verbs: «وقال مسؤول إن …», «ونفت روسيا وجود …», «المدرب يؤكد جاهزية …», «“…”، يقول فلان».

use super::opening::{Marker, Opening};
use super::{descriptive, noun_phrase};
use super::{is_comma, is_complementiser, is_verb_cue};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::{Proclitics, is_definite};
use crate::language::cue::{CueEntry, CueKind, Features, Frame, Requirement};
use crate::language::lexicon::CueForm;
use crate::language::{WordClass as C, WordClasses};

/// How far after a verb the mark of its content may stand, in tokens (95 % stand within 20).
const WINDOW: usize = 36;

/// Reads the finite verb at `at`, if it is one and opens a content.
pub(super) fn read(block: &BlockLayers<'_>, sentence: Range, at: usize, earlier: &[Opening]) -> Option<Opening> {
    if !may_be_verb(block, sentence, at) {
        return None;
    }
    if let Some(opening) = descriptive::read(block, sentence, at) {
        return Some(opening);
    }
    let candidates = block.cues(at).filter(|(form, entry)| entry.kind == CueKind::Verb && is_finite(*form));
    candidates.into_iter().find_map(|(form, entry)| read_cue(block, sentence, at, earlier, form, entry))
}

fn is_finite(form: CueForm) -> bool {
    form.features.any(Features::FINITE) || (form.features.has(Features::PASSIVE) && !form.features.any(Features::NOUN))
}

/// Whether the word can be a verb where it stands: no noun reading is forced by the word before.
fn may_be_verb(block: &BlockLayers<'_>, sentence: Range, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return false };
    if token.proclitics.any(Proclitics::PREPOSITION) {
        return false;
    }
    if at == sentence.start {
        return true;
    }
    let before = block.tokens.classes(at - 1);
    let present = is_verb_cue(block, at, Features::PRESENT.with(Features::JUSSIVE));
    present || !before.has(C::Preposition) || before.has(C::Negation)
}

fn read_cue(
    block: &BlockLayers<'_>,
    sentence: Range,
    at: usize,
    earlier: &[Opening],
    form: CueForm,
    entry: &CueEntry,
) -> Option<Opening> {
    let group = Group::read(block, sentence, at, form)?;
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + WINDOW);
    let fronted = fronted(block, sentence, &group, form.features).filter(|_| !is_resumptive(block, after));
    let marker = find_marker(block, after, limit, entry, fronted.is_some());
    let before = quotation_before(block, sentence, group.range.start, entry);
    if !meets(entry, marker, before.is_some(), block, sentence, &group) {
        return None;
    }
    let (marker, subject_end) = match (before, marker) {
        // «“…”، يقول فلان» — the quotation stands before, unless the verb has a clause of its own.
        (Some(quotation), None | Some((Marker::Quotation(_) | Marker::Nominal(_), _))) => {
            (Marker::QuotationBefore(quotation), None)
        }
        (_, Some((marker, end))) => (marker, Some(end)),
        (_, None) => return None,
    };
    let spoken_by_pattern = if form.features.has(Features::PASSIVE) && !form.features.any(Features::FINITE) {
        Some(Subject::Nobody)
    } else {
        None
    };
    let upto = subject_end.unwrap_or(limit);
    let found = subject(block, &group, after, upto, marker, entry, fronted)?;
    let subject = spoken_by_pattern.unwrap_or(found.subject);
    let nominal = matches!(marker, Marker::Nominal(_));
    let has_object = block.tokens.get(at).is_some_and(|token| token.enclitic != Features::NONE)
        && !entry.frames.has(Frame::Addressee);
    let elliptical = matches!(found.subject, Subject::Elliptical(_));
    let resumed = after < sentence.end && is_resumptive(block, after);
    let begins = begins_clause(block, sentence, &group)
        && !(elliptical && continues(block, sentence, &group, form.features, earlier));
    if nominal && (has_object || !(found.fronted || begins || resumed)) {
        return None;
    }
    if nominal && demonstrative_subject(block, after) {
        return None;
    }
    // «الوديات تكشف …»: a thing shows; it does not say.
    if nominal && fronted.is_some_and(|range| is_thing(block, range.start)) {
        return None;
    }
    let (marker, no_statement) = match marker {
        Marker::Nominal(object) if block.is(object, C::NoStatement) => {
            (no_statement(block, object, sentence.end)?, true)
        }
        other => (other, false),
    };
    let breaks = group.joined || is_comma(block, group.range.start.saturating_sub(1)) || !inside_clause(earlier, at);
    let mut entry = entry.clone();
    if no_statement {
        entry.stance = Stance::Decline;
    }
    Some(Opening {
        rule: rule_name(marker, &found),
        entry,
        group: group.range,
        subject,
        channel: found.channel,
        marker,
        negated: group.negated || no_statement,
        realised: group.realised,
        breaks,
        confidence: if nominal { 0.65 } else { 0.9 },
        resume: after,
        topic: None,
    })
}

/// Whether a verb without a subject goes on with the clause it stands in rather than with a speaker.
fn continues(block: &BlockLayers<'_>, sentence: Range, group: &Group, features: Features, earlier: &[Opening]) -> bool {
    let start = group.range.start;
    let after_mark = start == sentence.start || block.tokens.mark(start - 1).is_some();
    let after_conjunction = start > sentence.start && block.is(phrase_start(block, start - 1), C::Subordinator);
    let inside = inside_clause(earlier, start) && !after_mark;
    let bare_present = features.has(Features::PRESENT) && !group.joined && !after_conjunction;
    inside || bare_present
}

/// «قمة أكد فيها بايدن …»: a pronoun that refers to the noun before the verb.
fn is_resumptive(block: &BlockLayers<'_>, at: usize) -> bool {
    matches!(block.tokens.word(at), "فيها" | "فيه" | "خلالها" | "خلاله" | "عليه" | "عليها" | "له" | "لها")
}

/// Whether nothing but conjunctions and adverbs stands between the beginning of a clause and the verb group.
fn begins_clause(block: &BlockLayers<'_>, sentence: Range, group: &Group) -> bool {
    const BEFORE: WordClasses = WordClasses::of(&[
        C::Turn,
        C::Adverb,
        C::Time,
        C::NarratorReturn,
        C::FalseComplementiser,
        C::Subordinator,
        C::Coordinator,
        C::Expectation,
        C::Weekday,
    ]);
    let Some(before) = group.range.start.checked_sub(1).filter(|&before| before >= sentence.start) else { return true };
    group.joined || block.tokens.mark(before).is_some() || block.tokens.classes(phrase_start(block, before)).any(BEFORE)
}

/// «ويشير ذلك إلى …»: a fact, not a speaker.
fn demonstrative_subject(block: &BlockLayers<'_>, from: usize) -> bool {
    block.is(from, C::Demonstrative) && !block.tokens.is_word(from + 1)
        || matches!(block.tokens.word(from), "ذلك") && block.is(from + 1, C::Circumstance)
}

/// Whether a definite noun names nobody who can speak.
fn is_thing(block: &BlockLayers<'_>, at: usize) -> bool {
    is_definite(block.tokens.word(at)) && !block.tokens.classes(at).any(SPEAKERS)
}

/// «رفض المتحدث التعليق على …»: what was not commented on; nothing if that is not told.
fn no_statement(block: &BlockLayers<'_>, object: usize, limit: usize) -> Option<Marker> {
    let topic = block.tokens.after(object);
    let told = topic + 1 < limit && matches!(block.tokens.word(topic), "علي" | "بشان" | "حول" | "عن");
    told.then_some(Marker::Nominal(topic + 1))
}

/// Whether the token stands inside the clause that an earlier opening reports.
fn inside_clause(earlier: &[Opening], at: usize) -> bool {
    earlier.last().is_some_and(|opening| opening.marker.content_start() <= at)
}

const fn rule_name(marker: Marker, found: &Found) -> &'static str {
    match (marker, found.fronted) {
        (Marker::Clause(_), true) => "subject-verb-clause",
        (Marker::Clause(_), false) => "verb-subject-clause",
        (Marker::Colon(_), _) => "verb-colon",
        (Marker::Quotation(_), _) => "verb-quotation",
        (Marker::Question(_), _) => "verb-question",
        (Marker::Nominal(_), true) => "subject-verb-nominal",
        (Marker::Nominal(_), false) => "verb-nominal",
        (Marker::QuotationBefore(_), _) => "quotation-verb",
    }
}

/// The verb group: auxiliaries and negation before the cue.
struct Group {
    range: Range,
    negated: bool,
    realised: bool,
    /// Whether a conjunction is written on to its first word.
    joined: bool,
}

impl Group {
    fn read(block: &BlockLayers<'_>, sentence: Range, at: usize, form: CueForm) -> Option<Self> {
        let mut start = at;
        let (mut negated, mut realised) = (false, true);
        let token = block.tokens.get(at)?;
        realised &= !token.proclitics.any(Proclitics::WILL);
        while start > sentence.start && !is_comma(block, start - 1) {
            let before = phrase_start(block, start - 1);
            if before < sentence.start {
                break;
            }
            let classes = block.tokens.classes(before);
            match () {
                () if classes.has(C::Negation) && !form.features.has(Features::PAST) => {
                    negated = true;
                    realised &= !classes.has(C::Future);
                }
                () if classes.has(C::Future) => realised = false,
                () if classes.has(C::Auxiliary) => {}
                () => break,
            }
            start = before;
        }
        // «من المتوقع أن يخبر»: what is expected to be said is a claim that was not made yet.
        let expected = start > sentence.start && expected_before(block, sentence, start);
        if form.features.has(Features::JUSSIVE)
            && !negated
            && !form.features.any(Features::PRESENT.with(Features::PAST))
        {
            return None;
        }
        let joined = block.tokens.get(start)?.proclitics.any(Proclitics::CONJUNCTION) || starts_with_and(block, start);
        Some(Self {
            range: Range::new(start, block.tokens.after(at)),
            negated,
            realised: realised && !expected,
            joined,
        })
    }
}

fn starts_with_and(block: &BlockLayers<'_>, at: usize) -> bool {
    block.is(at, C::Auxiliary) && block.tokens.word(at).starts_with('و')
}

/// The beginning of the phrase that the token is in.
fn phrase_start(block: &BlockLayers<'_>, at: usize) -> usize {
    (0..=at)
        .rev()
        .take(8)
        .find(|&start| block.tokens.get(start).is_some_and(|token| !token.inside_phrase))
        .unwrap_or(at)
}

/// Whether an expectation governs the verb group that begins at `start`.
fn expected_before(block: &BlockLayers<'_>, sentence: Range, start: usize) -> bool {
    (sentence.start..start).rev().take(8).map(|at| phrase_start(block, at)).any(|at| block.is(at, C::Expectation))
}

/// The first mark of a content between `from` and `limit`, with the token where the words before it end.
fn find_marker(
    block: &BlockLayers<'_>,
    from: usize,
    limit: usize,
    entry: &CueEntry,
    fronted: bool,
) -> Option<(Marker, usize)> {
    let mut at = from;
    while at < limit {
        if is_complementiser(block, at) {
            let before = at.saturating_sub(1);
            let tied = before >= from && entry.prepositions.iter().any(|word| word == block.tokens.word(before));
            let end = if tied { before } else { at };
            let takes_clause = entry.frames.has(Frame::Clause) || entry.frames.has(Frame::Preposition);
            return takes_clause.then(|| (Marker::Clause(block.tokens.after(at)), end));
        }
        if entry.frames.has(Frame::Addressee) && block.is(at, C::Interrogative) {
            return Some((Marker::Question(at), at));
        }
        if block.tokens.mark(at) == Some(':') && entry.frames.has(Frame::Quotation) {
            let mut start = at + 1;
            while is_complementiser(block, start) {
                start = block.tokens.after(start);
            }
            return Some((if start == at + 1 { Marker::Colon(start) } else { Marker::Clause(start) }, at));
        }
        if let Some(quotation) = block.quotation_opened_at(at) {
            let object_first = !matches!(entry.requires, Requirement::Marker | Requirement::Quotation)
                && entry.frames.has(Frame::Preposition)
                && preposition_of(block, from, quotation.open, entry).is_some();
            if object_first {
                break;
            }
            if entry.frames.has(Frame::Quotation) && !is_name(block, quotation.open, quotation.close, from, limit) {
                return Some((Marker::Quotation(at), at));
            }
            at = quotation.close;
            continue;
        }
        if at > from && takes_over(block, at) {
            break;
        }
        at = block.tokens.after(at);
    }
    nominal_marker(block, from, at, entry, fronted)
}

/// Whether another cue or a conjunction takes the sentence over at `at`.
fn takes_over(block: &BlockLayers<'_>, at: usize) -> bool {
    let Some(token) = block.tokens.get(at) else { return true };
    let after_comma = is_comma(block, at - 1);
    let participle = is_verb_cue(block, at, Features::PARTICIPLE) && !block.is(at, C::Person);
    let verb = is_verb_cue(block, at, Features::FINITE)
        && (token.proclitics.any(Proclitics::CONJUNCTION) || after_comma || is_verb_cue(block, at, Features::PRESENT));
    participle || verb || (after_comma && block.is(at, C::NarratorReturn)) || block.is(at, C::FalseComplementiser)
}

/// Whether the quotation is part of a name between a verb and the mark of its content.
fn is_name(block: &BlockLayers<'_>, open: usize, close: usize, from: usize, limit: usize) -> bool {
    let words = close.saturating_sub(open + 2);
    if words > 4 {
        return false;
    }
    let after_name_trigger = open > from && block.tokens.classes(open - 1).any(NAMING);
    let marker_ahead = (close..limit.min(close + 14)).any(|at| {
        is_complementiser(block, at) || block.tokens.mark(at) == Some(':') || block.quotation_opened_at(at).is_some()
    });
    marker_ahead || after_name_trigger
}

const NAMING: WordClasses =
    WordClasses::of(&[C::NameTrigger, C::Medium, C::Organisation, C::Person, C::Title, C::Label]);

/// The beginning of a nominal content: after the cue's preposition, or where the subject ends.
fn nominal_marker(
    block: &BlockLayers<'_>,
    from: usize,
    limit: usize,
    entry: &CueEntry,
    fronted: bool,
) -> Option<(Marker, usize)> {
    let by_preposition =
        entry.frames.has(Frame::Preposition).then(|| preposition_of(block, from, limit, entry)).flatten();
    if !entry.frames.has(Frame::Nominal) {
        return by_preposition;
    }
    // «أعلنت الحركة مسؤوليتها عن …»: an object before the preposition.
    if let Some((_, upto)) = by_preposition {
        let object = noun_phrase::end_before_object(block, from, upto);
        return if object < upto && object > from && is_object(block, object) {
            Some((Marker::Nominal(object), object))
        } else {
            by_preposition
        };
    }
    let mut start = from;
    while start < limit && is_skipped(block, start) {
        start = block.tokens.after(start);
    }
    // The subject stands before the verb or only in it: what follows is the object.
    let object_at_once = fronted || noun_phrase::is_act(block, start);
    let end = if object_at_once { start } else { noun_phrase::end_before_object(block, start, limit) };
    let mut object = end;
    while object < limit && (block.is(object, C::Adverb) || block.is(object, C::Time) || block.is(object, C::Turn)) {
        object = block.tokens.after(object);
    }
    (object < limit && is_object(block, object)).then_some((Marker::Nominal(object), end))
}

/// Whether a noun phrase can begin at `at`.
fn is_object(block: &BlockLayers<'_>, at: usize) -> bool {
    let possible = block.tokens.is_word(at) || block.quotation_opened_at(at).is_some();
    possible && !block.tokens.classes(at).any(NO_OBJECT) && !is_verb_cue(block, at, Features::PARTICIPLE)
}

const NO_OBJECT: WordClasses = WordClasses::of(&[
    C::Circumstance,
    C::Negation,
    C::Relative,
    C::Verb,
    C::Auxiliary,
    C::Subordinator,
    C::NarratorReturn,
    C::PronounMasculine,
    C::PronounFeminine,
    C::PronounPlural,
    C::Future,
]);

/// The first of the cue's prepositions after its subject.
fn preposition_of(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<(Marker, usize)> {
    let mut at = from;
    while at < limit {
        if is_comma(block, at) {
            at += 1;
            continue;
        }
        if block.tokens.classes(at).any(ENDS_SEARCH) {
            return None;
        }
        let word = block.tokens.word(at);
        for preposition in &entry.prepositions {
            if word == preposition && !block.tokens.get(at).is_some_and(|token| token.inside_phrase) {
                // A particle typed on to a mark belongs to the content: بـ"…".
                let start = if preposition.chars().count() == 1 { at } else { at + 1 };
                return (start < limit).then_some((Marker::Nominal(start), at));
            }
            let written_on = preposition.chars().count() == 1
                && word.chars().nth(2).is_some()
                && word.starts_with(preposition.as_str());
            let split = written_on && !starts_a_plain_noun(block, at) && !block.is(at, C::Adverb);
            if split {
                // «هددت الولايات المتحدة بوتين بعقوبات»: of two words that begin alike the target comes first.
                let next = block.tokens.after(at);
                let noun = word.ends_with('ة')
                    || word.ends_with("ات")
                    || block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::PREPOSITION));
                let target = !noun
                    && entry.frames.has(Frame::Addressee)
                    && next < limit
                    && block.tokens.word(next).starts_with(preposition.as_str());
                let start = if target { next } else { at };
                return Some((Marker::Nominal(start), at));
            }
        }
        at = block.step(at);
    }
    None
}

/// Words past which a preposition belongs to another clause.
const ENDS_SEARCH: WordClasses =
    WordClasses::of(&[C::Relative, C::Subordinator, C::FalseComplementiser, C::NarratorReturn]);

/// Whether a word that begins like a particle is known as a word of its own: «باريس», «بيان».
fn starts_a_plain_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    !block.tokens.classes(at).is_empty()
        && block.tokens.get(at).is_some_and(|token| !token.proclitics.any(Proclitics::PREPOSITION))
}

/// Whether what the cue's entry requires is there.
fn meets(
    entry: &CueEntry,
    marker: Option<(Marker, usize)>,
    quotation_before: bool,
    block: &BlockLayers<'_>,
    sentence: Range,
    group: &Group,
) -> bool {
    let marker = marker.map(|(marker, _)| marker);
    let quotation = quotation_before || matches!(marker, Some(Marker::Quotation(_) | Marker::Colon(_)));
    let clause = matches!(marker, Some(Marker::Clause(_) | Marker::Question(_)));
    let by_preposition = entry.frames.has(Frame::Preposition) && matches!(marker, Some(Marker::Nominal(_)));
    match entry.requires {
        Requirement::Nothing | Requirement::Document => marker.is_some() || quotation_before,
        Requirement::Marker => quotation || clause,
        Requirement::Complementiser => clause,
        Requirement::Quotation => quotation,
        Requirement::MarkerOrPreposition => quotation || clause || by_preposition,
        Requirement::Initial => {
            let initial = group.range.start == sentence.start
                || group.joined
                || is_comma(block, group.range.start.saturating_sub(1));
            (quotation || clause) && initial
        }
    }
}

/// The subject, channel and final marker of a verb.
struct Found {
    subject: Subject,
    channel: Option<Range>,
    /// Whether the subject stands before the verb.
    fronted: bool,
}

fn subject(
    block: &BlockLayers<'_>,
    group: &Group,
    after: usize,
    upto: usize,
    marker: Marker,
    entry: &CueEntry,
    fronted: Option<Range>,
) -> Option<Found> {
    let features = block.cues(group.range.end - 1).map(|(form, _)| form.features).next().unwrap_or_default();
    let mut from = after;
    while from < upto && is_skipped(block, from) {
        from = block.tokens.after(from);
    }
    // «وجاء في تقرير … أن»: the text that holds the words is their source.
    let in_text = entry.requires == Requirement::Complementiser
        && entry.prepositions.iter().any(|word| word == block.tokens.word(from));
    if in_text && from + 1 < upto {
        from += 1;
    }
    let closed = !matches!(marker, Marker::Nominal(_) | Marker::QuotationBefore(_));
    let phrase_end = if matches!(marker, Marker::Nominal(_)) && !entry.frames.has(Frame::Preposition) {
        upto
    } else {
        noun_phrase::end(block, from, upto, closed)
    };
    let channel = channel(block, phrase_end.max(from), upto);
    let mut found = Found { subject: Subject::Elliptical(features), channel, fronted: false };
    if phrase_end > from {
        found.subject = noun_phrase::subject(block, Range::new(from, phrase_end))?;
        if entry.frames.has(Frame::Addressee)
            && let Some(split) = descriptive::split(block, from, phrase_end)
        {
            found.subject = noun_phrase::subject(block, Range::new(from, split))?;
        }
        return Some(found);
    }
    if let Some(range) = fronted {
        found.subject = noun_phrase::subject(block, range)?;
        found.fronted = true;
    }
    Some(found)
}

/// Words that can stand between a verb and its subject.
fn is_skipped(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    classes.has(C::Adverb) || classes.has(C::Time) || classes.has(C::Turn) || is_resumptive(block, at)
}

/// The subject before the verb: «لكن رئيس النقابة قال إن», headlines.
fn fronted(block: &BlockLayers<'_>, sentence: Range, group: &Group, features: Features) -> Option<Range> {
    let verb = group.range.start;
    if group.joined || verb == sentence.start {
        return None;
    }
    let start = super::descriptive::clause_start(block, sentence, verb);
    let end = noun_phrase::end(block, start, verb, true);
    let whole =
        (start < end && end == verb && !block.tokens.classes(start).any(NO_SUBJECT)).then(|| Range::new(start, end));
    // «ما يجعل السلطات تخشى …»: at least the noun right before the verb, if it can speak.
    let last = Range::new(verb - 1, verb);
    let nearest = block.tokens.classes(verb - 1).any(SPEAKERS) && is_definite(block.tokens.word(verb - 1));
    let is_preposition = block.cues(start).any(|(_, entry)| entry.kind == CueKind::Preposition);
    let subject = whole.filter(|_| !is_preposition).or(nearest.then_some(last))?;
    // A masculine verb has no subject that ends like a feminine noun.
    let feminine_noun = block.tokens.word(subject.start).ends_with('ة') && !block.is(subject.start, C::Title);
    let agrees = !feminine_noun || features.any(Features::FEMININE) || features.any(Features::PLURAL);
    agrees.then_some(subject)
}

/// Nouns that can speak.
const SPEAKERS: WordClasses =
    WordClasses::of(&[C::Person, C::Title, C::Anonymous, C::Group, C::Organisation, C::Document, C::Place]);

const NO_SUBJECT: WordClasses = WordClasses::of(&[C::Circumstance, C::Preposition, C::Verb, C::Demonstrative, C::Turn]);

/// The channel among the words between a subject and the mark of its content.
fn channel(block: &BlockLayers<'_>, from: usize, upto: usize) -> Option<Range> {
    let mut at = from;
    while at < upto {
        let classes = block.tokens.classes(at);
        let to_medium =
            classes.has(C::Medium) && block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::TO));
        let spaced = matches!(block.tokens.word(at), "ل")
            && (block.quotation_opened_at(at + 1).is_some() || block.is(at + 1, C::Medium));
        if classes.has(C::ChannelPhrase) || classes.has(C::WrittenChannel) {
            return Some(Range::new(at, block.tokens.after(at)));
        }
        if to_medium || spaced {
            let end = noun_phrase::end(block, block.tokens.after(at), upto, false);
            return Some(Range::new(at, end.max(block.tokens.after(at))));
        }
        at = block.step(at);
    }
    None
}

/// The quotation that ends right before the verb, with or without a comma between: its closing token's successor.
fn quotation_before(block: &BlockLayers<'_>, sentence: Range, verb: usize, entry: &CueEntry) -> Option<usize> {
    if !entry.frames.has(Frame::Quotation) {
        return None;
    }
    let mut end = verb;
    while end > 0 && end + 2 > verb && matches!(block.tokens.mark(end - 1), Some('،' | ',' | '-' | '–')) {
        end -= 1;
    }
    let quotation = block.quotation_closed_before(end)?;
    let joined = block.tokens.get(verb).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION));
    let long = quotation.end - quotation.start >= 3;
    (long && !joined && quotation.open >= sentence.start.saturating_sub(1)).then_some(end)
}
