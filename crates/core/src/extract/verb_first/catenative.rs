//! A verb that says nothing itself before the verbal noun of one that does: «وسارعت الوزارة إلى نفي وجود …», «واكتفى المدير
//! بالقول إن …», «مكتفيا بالقول إن …».

use super::group::Group;
use super::opening::{Marker, Opening};
use super::verb::{self, Candidate};
use super::{governor, marker, noun_phrase, subject};
use crate::claim::{Polarity, Stance};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::cue::{CueEntry, Features, Frame, Requirement};

/// How far after its verb the verbal noun may stand, in tokens.
const GAP: usize = 14;
/// How far after the verbal noun the mark of its content may stand, in tokens.
const WINDOW: usize = 16;

/// Reads the verb at `at`, if the verbal noun of a verb of saying follows it.
pub(super) fn read<'a>(
    block: &BlockLayers<'a>,
    sentence: Range,
    at: usize,
    earlier: &[Opening<'a>],
) -> Option<Opening<'a>> {
    let (form, leads) = block.cues(at).find(|(form, entry)| {
        entry.frames.has(Frame::VerbalNoun) && form.features.any(Features::FINITE.with(Features::PARTICIPLE))
    })?;
    let group = Group::read(block, sentence, at, form)?;
    // «لم يتردد في …» is the verb only with its negation, which then denies nothing.
    let idiom = leads.requires == Requirement::Negation;
    if idiom && !group.negated {
        return None;
    }
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + GAP);
    let (noun, entry) = (after..limit)
        .take_while(|&word| block.tokens.is_word(word))
        .find_map(|word| Some((word, verbal_noun(block, word, leads)?)))?;
    let (marker, upto) = marker::find(block, noun + 1, sentence.end.min(noun + 1 + WINDOW), entry, true)?;
    // «سارعت الحكومة إلى إعلان الطوارئ» is an act; so is whatever else can be done by its noun alone.
    if matches!(marker, Marker::Nominal(_)) && !SAID.contains(&entry.stance) {
        return None;
    }
    let candidate = Candidate { block, sentence, at, form, entry, earlier };
    let (subject, fronted) = speaker(candidate, &group, noun)?;
    let contrast = verb::contrast_before(block, sentence, &group, fronted);
    let participle = !form.features.any(Features::FINITE);
    let accused = (entry.stance == Stance::Accuse && upto > noun + 1).then(|| Range::new(noun + 1, upto));
    Some(Opening {
        topic: accused,
        resume: noun + 1,
        // «امتنع عن القول إن …» has not said it, «لم يمتنع عن القول إن …» has.
        negated: (group.negated && !idiom) != (leads.polarity == Polarity::Withheld),
        realised: group.realised,
        breaks: participle || verb::breaks(candidate, &group, contrast, fronted),
        boundary: contrast.unwrap_or(group.range.start),
        confidence: 0.75,
        ..Opening::new("catenative", entry, Range::new(noun, noun + 1), subject, marker)
    })
}

/// What is said by naming it: to deny something is to say so.
const SAID: [Stance; 6] =
    [Stance::Deny, Stance::Refuse, Stance::Confirm, Stance::Accuse, Stance::Deplore, Stance::Criticise];

/// The verb of saying whose verbal noun stands at `at`, right after a preposition of `leads` or with one written on to it:
/// «إلى | نفي», «بالقول». «على عدم نفي …» denies nothing.
fn verbal_noun<'a>(block: &BlockLayers<'a>, at: usize, leads: &CueEntry) -> Option<&'a CueEntry> {
    let word = block.tokens.word(at);
    let before = at.checked_sub(1).map(|before| block.tokens.word(before));
    let bare = leads.prepositions.iter().find_map(|preposition| match preposition.chars().count() {
        1 => {
            let rest = word.strip_prefix(preposition.as_str())?;
            Some(rest.strip_prefix("ال").unwrap_or(rest))
        }
        _ => (before == Some(preposition)).then(|| word.strip_prefix("ال").unwrap_or(word)),
    })?;
    let lexicon = block.pack.lexicon();
    let entry = lexicon.find(bare).and_then(|id| lexicon.entry(id))?;
    let nouns = entry.cues.iter().filter(|form| form.features.has(Features::NOUN));
    nouns
        .filter_map(|&form| lexicon.cue(form))
        .find(|entry| entry.objects.is_empty() && !entry.frames.has(Frame::Relay))
}

/// Who speaks, and where they are named if they stand before the verb: named between verb and noun, before the verb, or
/// the one who spoke last.
fn speaker(verb: Candidate<'_, '_>, group: &Group, noun: usize) -> Option<(Subject, Option<Range>)> {
    let Candidate { block, sentence, at, form, earlier, .. } = verb;
    if !form.features.any(Features::FINITE) {
        return Some((governor::of(block, sentence, at, earlier, form.features), None));
    }
    let after = block.tokens.after(at);
    let end = noun_phrase::end(block, after, noun, false);
    if end > after {
        return Some((noun_phrase::subject(block, Range::new(after, end))?, None));
    }
    match subject::fronted(block, sentence, group, form.features) {
        Some(range) => Some((noun_phrase::subject(block, range)?, Some(range))),
        None => Some((Subject::Elliptical(form.features), None)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::openings;

    #[test]
    fn the_verbal_noun_of_a_verb_of_saying_reports() {
        assert_eq!(openings("وسارعت الوزارة إلى نفي وجود أي خلاف"), [("catenative", "نفي".to_owned())]);
        assert_eq!(openings("واكتفى المدير بالقول إن الملف مغلق"), [("catenative", "بالقول".to_owned())]);
    }

    #[test]
    fn what_is_only_done_does_not() {
        assert!(openings("وسارعت الحكومة إلى إعلان حالة الطوارئ").is_empty());
        assert!(openings("واكتفى الفريق بالتعادل").is_empty());
        assert!(openings("وحرص الوزير على عدم نفي الخبر").is_empty());
        assert!(openings("وتسارع النمو بعد إعلان الوزير عن الخطة").iter().all(|(rule, _)| *rule != "catenative"));
    }
}
