//! Relayed words: «ونقلت رويترز عن مسؤول قوله إن …». The verb's subject is the carrier; who speaks stands after «عن».

use super::noun_phrase;
use super::opening::{Marker, Opening};
use super::{is_comma, is_complementiser, is_verb_cue};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::WordClass as C;
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::lexicon::CueForm;

/// How far the parts of a relay may lie apart, in tokens.
const WINDOW: usize = 30;

/// How far after «قوله» the mark of its content stands, in tokens.
const NEAR: usize = 4;

/// How far it stands where it is told when or where first.
const REACH: usize = 14;

/// Reads the relay whose verb stands at `at`, or the verbal noun «قوله» that stands alone.
pub(super) fn read<'a>(block: &BlockLayers<'a>, sentence: Range, at: usize) -> Option<Opening<'a>> {
    match block.cues(at).find(|(_, entry)| entry.frames.has(Frame::Relay)) {
        Some((form, entry)) if form.features.any(Features::FINITE.with(Features::PARTICIPLE)) => {
            carried(block, sentence, at, &entry.prepositions)
        }
        _ => verbal_noun(block, sentence, at, None, Subject::Elliptical(Features::NONE)),
    }
}

fn carried<'a>(block: &BlockLayers<'a>, sentence: Range, at: usize, prepositions: &[String]) -> Option<Opening<'a>> {
    let from = block.tokens.after(at);
    let limit = sentence.end.min(from + WINDOW);
    let is_origin =
        |at: &usize| block.tokens.word(*at) == "عن" || prepositions.iter().any(|word| word == block.tokens.word(*at));
    let origin = (from..limit).find(is_origin)?;
    let carrier = Range::new(from, noun_phrase::end(block, from, origin, true));
    let noun = (origin + 1..limit).find(|&word| has_verbal_noun(block, word));
    let speaker_end = noun_phrase::end(block, origin + 1, noun.unwrap_or(limit), noun.is_some());
    let subject = noun_phrase::subject(block, Range::new(origin + 1, speaker_end))?;
    let channel = (!carrier.is_empty()).then_some(carrier);
    if let Some(noun) = noun {
        return verbal_noun(block, sentence, noun, channel, subject);
    }
    // «نقلت الصحيفة عن الوزير: …», «… عن الوزير أن …»
    let (_, entry) = block.cues(at).find(|(_, entry)| entry.frames.has(Frame::Relay))?;
    let marker = marker(block, speaker_end, sentence.end.min(speaker_end + 8))?;
    Some(Opening { channel, ..Opening::new("relay", entry, Range::new(at, from), subject, marker) })
}

/// Whether the word is a verbal noun of a cue with a pronoun written on to it: «قوله», «تأكيدها».
fn has_verbal_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.get(at).is_some_and(|token| token.enclitic != Features::NONE) && is_verb_cue(block, at, Features::NOUN)
}

fn verbal_noun<'a>(
    block: &BlockLayers<'a>,
    sentence: Range,
    at: usize,
    channel: Option<Range>,
    subject: Subject,
) -> Option<Opening<'a>> {
    if !has_verbal_noun(block, at) {
        return None;
    }
    // «ولدى سؤالها عن …، ردت …»: what somebody was asked they did not say. «وصفها بأنها …» is a verb.
    let says = |(form, entry): &(CueForm, &CueEntry)| {
        form.features.has(Features::NOUN) && entry.stance != Stance::Ask && !entry.frames.has(Frame::Describe)
    };
    let (_, entry) = block.cues(at).find(says)?;
    let after = block.tokens.after(at);
    // «قوله خلال اجتماع لمجلس الأمن إن …»
    let reach = if block.is(after, C::Circumstance) || block.is(after, C::ChannelPhrase) { REACH } else { NEAR };
    let marker = marker(block, after, sentence.end.min(after + reach))?;
    let enclitic = block.tokens.get(at).map_or(Features::NONE, |token| token.enclitic);
    let subject = if let Subject::Elliptical(_) = subject { Subject::Elliptical(enclitic) } else { subject };
    let rule = if channel.is_some() { "relay" } else { "verbal-noun" };
    Some(Opening { channel, ..Opening::new(rule, entry, Range::new(at, after), subject, marker) })
}

fn marker(block: &BlockLayers<'_>, from: usize, limit: usize) -> Option<Marker> {
    // «خيبة أمله من القرار، وأكد أن …»: another verb has the clause.
    let says = |at: usize| is_verb_cue(block, at, Features::FINITE) && !is_verb_cue(block, at, Features::NOUN);
    let verb = |&at: &usize| (is_comma(block, at) && is_verb_cue(block, at + 1, Features::FINITE)) || says(at);
    let limit = (from..limit).find(verb).unwrap_or(limit);
    (from..limit).find_map(|at| {
        if is_complementiser(block, at) {
            Some(Marker::Clause(block.tokens.after(at)))
        } else if block.tokens.mark(at) == Some(':') {
            Some(if is_complementiser(block, at + 1) { Marker::Clause(at + 2) } else { Marker::Colon(at + 1) })
        } else {
            block.quotation_opened_at(at).map(|_| Marker::Quotation(at))
        }
    })
}
