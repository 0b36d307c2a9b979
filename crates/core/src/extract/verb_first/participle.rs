//! Participles that go on with the same speaker: «…، مضيفا أن …», «تحدث المدرب قائلا: …».

use super::object::{self, Need};
use super::opening::{Marker, Opening};
use super::{is_comma, is_complementiser, is_verb_cue};
use super::{marker, noun_phrase};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::is_definite;
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::{WordClass as C, WordClasses};

/// How far after a participle the mark of its content may stand, in tokens.
const WINDOW: usize = 12;

/// Reads the participle at `at`, if it is one and opens a content.
pub(super) fn read(block: &BlockLayers<'_>, sentence: Range, at: usize, earlier: &[Opening]) -> Option<Opening> {
    if is_definite(block.tokens.word(at)) {
        return None;
    }
    let (form, entry) = block.cues(at).find(|(form, _)| form.features.has(Features::PARTICIPLE))?;
    let after = block.tokens.after(at);
    let marker = marker(block, after, sentence.end.min(after + WINDOW), entry)?;
    // «مقدرات», «مدينة»: a feminine form without a mark after it is more often a noun.
    let accusative = block.tokens.word(at).ends_with(['ا', 'ن']) || is_comma(block, at.wrapping_sub(1));
    if matches!(marker, Marker::Nominal(_)) && !accusative {
        return None;
    }
    let subject = governor(block, sentence, at, earlier, form.features);
    Some(Opening {
        rule: "participle",
        entry: entry.clone(),
        group: Range::new(at, after),
        subject,
        channel: None,
        marker,
        negated: false,
        realised: true,
        breaks: true,
        confidence: 0.88,
        resume: after,
        topic: None,
    })
}

fn marker(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<Marker> {
    let mut at = from;
    while at < limit {
        if is_complementiser(block, at) {
            return Some(Marker::Clause(block.tokens.after(at)));
        }
        if block.tokens.mark(at) == Some(':') {
            let mut start = at + 1;
            while is_complementiser(block, start) {
                start = block.tokens.after(start);
            }
            return Some(if start == at + 1 { Marker::Colon(start) } else { Marker::Clause(start) });
        }
        if block.quotation_opened_at(at).is_some_and(|q| q.end - q.start > 2) && entry.frames.has(Frame::Quotation) {
            return Some(Marker::Quotation(at));
        }
        let tied = entry.prepositions.iter().any(|word| word == block.tokens.word(at)) || is_skipped(block, at);
        if !tied {
            break;
        }
        at = block.tokens.after(at);
    }
    // «سائلا الله أن …»: somebody is addressed before the mark.
    if entry.frames.has(Frame::Addressee)
        && let Some(mark) =
            (at..limit).take_while(|&at| block.tokens.is_word(at)).find(|&at| is_complementiser(block, at))
    {
        return Some(Marker::Clause(block.tokens.after(mark)));
    }
    nominal(block, from, at, limit, entry)
}

/// «مؤكدا حرص السعودية على …», «معربا عن أمله», «متهما الحكومة بإخفاء …», «مهددا النادي بعقوبات».
fn nominal(block: &BlockLayers<'_>, from: usize, at: usize, limit: usize, entry: &CueEntry) -> Option<Marker> {
    if entry.frames.has(Frame::Preposition) && entry.frames.has(Frame::Addressee) {
        let clause = (from..limit).find(|&at| !block.tokens.is_word(at)).unwrap_or(limit);
        let (marker, _) = marker::preposition_of(block, from, clause, entry)?;
        return Some(if entry.stance == Stance::Accuse { Marker::Nominal(from) } else { marker });
    }
    let by_preposition = entry.frames.has(Frame::Preposition)
        && at > from
        && entry.prepositions.iter().any(|word| word == block.tokens.word(at - 1));
    let written_on = entry.frames.has(Frame::Preposition)
        && entry
            .prepositions
            .iter()
            .any(|word| word.chars().count() == 1 && block.tokens.word(at).starts_with(word.as_str()));
    let as_object =
        entry.frames.has(Frame::Nominal) && block.tokens.is_word(at) && !block.tokens.classes(at).has(C::Circumstance);
    (at < limit && (by_preposition || written_on || as_object)).then_some(Marker::Nominal(at))
}

/// Words that can stand between a participle and the mark of its content.
fn is_skipped(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    classes.has(C::Adverb) || classes.has(C::Time) || classes.has(C::ChannelPhrase) || classes.has(C::WrittenChannel)
}

/// Whose participle it is: the speaker of the opening before it, or the subject of the verb the sentence begins with.
pub(super) fn governor(
    block: &BlockLayers<'_>,
    sentence: Range,
    at: usize,
    earlier: &[Opening],
    features: Features,
) -> Subject {
    if let Some(opening) = earlier.last() {
        let cue = block.tokens.span(opening.group.start, opening.group.end);
        return Subject::SameAs(cue.start);
    }
    let elliptical = Subject::Elliptical(features);
    let start = sentence.start.max(at.saturating_sub(REACH));
    if start > sentence.start {
        return elliptical;
    }
    let opens = block.is(start, C::FalseComplementiser) || block.is(start, C::Turn);
    let first = if opens { block.tokens.after(start) } else { start };
    let first = if is_comma(block, first) { first + 1 } else { first };
    // A noun first, then its verb: the subject is fronted, and too uncertain to cut out.
    let mut from = first;
    while from < at && is_verbal(block, from) {
        from = block.tokens.after(from);
    }
    if from == first {
        from += 1;
    }
    if at <= from || is_comma(block, from) {
        return elliptical;
    }
    let end = noun_phrase::end(block, from, at, true);
    let end = object::start(block, from, end, Need::Optional).unwrap_or(end);
    match noun_phrase::subject(block, Range::new(from, end)) {
        Some(subject) if end > from && !noun_phrase::is_act(block, from) => subject,
        _ => elliptical,
    }
}

/// How far before its participle the verb may stand whose subject it shares, in tokens.
const REACH: usize = 30;

/// Whether the word is a verb or goes with one, rather than a noun with the same letters.
fn is_verbal(block: &BlockLayers<'_>, at: usize) -> bool {
    let noun = WordClasses::of(&[C::Person, C::Title]);
    let verb = block.is(at, C::Verb) || is_verb_cue(block, at, Features::FINITE);
    block.is(at, C::Auxiliary) || (verb && !block.tokens.classes(at).any(noun))
}
