//! Participles that go on with the same speaker: «…، مضيفا أن …», «تحدث المدرب قائلا: …».

use super::opening::{Marker, Opening};
use super::{channel, gate, governor, is_comma, is_complementiser, marker, nominal, subject};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::language::arabic::{is_definite, is_form_of};
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::lexicon::CueForm;
use crate::language::{WordClass as C, WordClasses};

/// How far after a participle the mark of its content may stand, in tokens.
const WINDOW: usize = 12;

/// Reads the participle at `at`, if it is one and opens a content.
pub(super) fn read<'a>(
    block: &BlockLayers<'a>,
    sentence: Range,
    at: usize,
    earlier: &[Opening<'_>],
) -> Option<Opening<'a>> {
    if is_definite(block.tokens.word(at)) {
        return None;
    }
    let says = |(form, entry): &(CueForm, &CueEntry)| {
        form.features.has(Features::PARTICIPLE) && !entry.frames.has(Frame::VerbalNoun)
    };
    let (form, entry) = block.cues(at).find(says)?;
    let after = block.tokens.after(at);
    if is_adjective(block, at)
        || is_governed_noun(block, at)
        || is_plain_noun(block, at)
        || block.is(after, C::NoStatement)
    {
        return None;
    }
    let marker = marker(block, after, sentence.end.min(after + WINDOW), entry)?;
    // «مقدرات», «مدينة»: a feminine form without a mark after it is more often a noun.
    let accusative = block.tokens.word(at).ends_with(['ا', 'ن']) || is_comma(block, at.wrapping_sub(1));
    if matches!(marker, Marker::Nominal(_)) && !accusative {
        return None;
    }
    let subject = governor::of(block, sentence, at, earlier, form.features);
    let opening = Opening::new("participle", entry, Range::new(at, after), subject, marker);
    Some(Opening { confidence: 0.88, resume: after, ..opening })
}

/// «أمرا»: a hamza above tells the noun from the participle «آمرا».
fn is_plain_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    block.raw(Range::new(at, at + 1)).starts_with('أ') && gate::is_accusative_noun(block, at)
}

/// «مصادر مطلعة»: what agrees with an indefinite noun right before it describes that.
pub(super) fn is_adjective(block: &BlockLayers<'_>, at: usize) -> bool {
    const HEADS: WordClasses =
        WordClasses::of(&[C::Anonymous, C::Group, C::Organisation, C::Document, C::Medium, C::Unit]);
    let Some(before) = at.checked_sub(1) else { return false };
    let unmarked = block.tokens.word(at).ends_with(['ة', 'ن', 'ت']);
    unmarked && !is_definite(block.tokens.word(before)) && block.tokens.classes(before).any(HEADS)
}

/// «لكن مصدرا أمنيا رجح أن …»: right after a particle that wants a noun in the accusative, a word that can be a noun for
/// somebody is one.
pub(super) fn is_governed_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    const PARTICLES: WordClasses =
        WordClasses::of(&[C::Adversative, C::Complementiser, C::FalseComplementiser, C::NarratorReturn]);
    const SOMEBODY: WordClasses = WordClasses::of(&[C::Person, C::Title, C::Anonymous, C::Group]);
    let particle =
        at.checked_sub(1).is_some_and(|before| block.tokens.classes(block.tokens.head(before)).any(PARTICLES));
    let word = block.tokens.word(at);
    let noun = word.strip_suffix('ا').map_or(WordClasses::NONE, |noun| block.pack.classes(noun));
    particle && (noun.any(SOMEBODY) || (word.ends_with("ين") && block.is(at, C::Anonymous)))
}

fn marker(block: &BlockLayers<'_>, from: usize, limit: usize, entry: &CueEntry) -> Option<Marker> {
    let mut at = from;
    while at < limit {
        if is_complementiser(block, at) {
            return Some(Marker::Clause(block.tokens.after(at)));
        }
        if block.is(at, C::Interrogative) && entry.stance == Stance::Ask {
            return Some(Marker::Question(at));
        }
        if block.tokens.mark(at) == Some(':') {
            return Some(marker::after_colon(block, at + 1));
        }
        if block.quotation_opened_at(at).is_some_and(|q| q.end - q.start > 2) && entry.frames.has(Frame::Quotation) {
            return Some(Marker::Quotation(at));
        }
        // «متمنيا لهم التوفيق»
        let to_whom = entry.frames.has(Frame::Nominal) && subject::is_resumptive(block, at);
        let tied = entry.prepositions.iter().any(|word| word == block.tokens.word(at));
        // «قائلا لبرنامج «الميدان»: …»
        if let Some(told) = channel::told(block, at, limit) {
            at = told;
            continue;
        }
        let tied = tied || to_whom || is_skipped(block, at);
        if !tied {
            break;
        }
        // «مضيفا في حديث لموقع «علوم»: …»
        let through = block.is(at, C::ChannelPhrase) || block.is(at, C::WrittenChannel);
        at = if through { channel::end(block, at, limit) } else { block.tokens.after(at) };
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
    let listed = |at: usize| entry.objects.iter().any(|noun| is_form_of(block.tokens.word(at), noun));
    // «محملة الوزارة مسؤولية …»
    if entry.stance == Stance::Accuse && !entry.objects.is_empty() {
        let mut clause = (from..limit).take_while(|&at| block.tokens.is_word(at));
        return clause.any(listed).then_some(Marker::Nominal(from));
    }
    if entry.frames.has(Frame::Preposition) && entry.frames.has(Frame::Addressee) {
        // «داعيا إلى "…"»: a mark of a quotation ends nothing.
        let ends = |&at: &usize| !block.tokens.is_word(at) && block.quotation_around(at + 1).is_none();
        let clause = (from..limit).find(ends).unwrap_or(limit);
        // «مهيبا بالجميع استقاء المعلومات»
        if let Some((marker, _)) = nominal::urged(block, from, clause, entry) {
            return Some(marker);
        }
        let (marker, _) = nominal::preposition_of(block, from, clause, entry)?;
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
    // «وتضم مهاجما جديدا»: a noun for somebody, not a participle.
    let person = from.checked_sub(1).map(|verb| block.tokens.word(verb)).unwrap_or_default();
    let person = person.strip_suffix('ا').is_some_and(|noun| block.pack.classes(noun).has(C::Person));
    let as_object = entry.frames.has(Frame::Nominal)
        && !person
        && (entry.objects.is_empty() || listed(at))
        && block.tokens.is_word(at)
        && (block.is(at, C::Act) || !block.is(at, C::Circumstance));
    (at < limit && (by_preposition || written_on || as_object)).then_some(Marker::Nominal(at))
}

/// Words that can stand between a participle and the mark of its content.
fn is_skipped(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    classes.has(C::Adverb) || classes.has(C::Time) || classes.has(C::ChannelPhrase) || classes.has(C::WrittenChannel)
}
