//! A verb that says nothing itself before the verbal noun of one that does: «وسارعت الوزارة إلى نفي وجود …», «واكتفى المدير
//! بالقول إن …», «مكتفيا بالقول إن …».

use super::group::Group;
use super::opening::{Marker, Opening};
use super::{governor, marker, noun_phrase, subject};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::WordClass as C;
use crate::language::arabic::Proclitics;
use crate::language::cue::{CueEntry, Features, Frame};

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
    if !block.is(at, C::Catenative) {
        return None;
    }
    let after = block.tokens.after(at);
    let limit = sentence.end.min(after + GAP);
    let (noun, entry) = (after..limit)
        .take_while(|&word| block.tokens.is_word(word))
        .find_map(|word| Some((word, verbal_noun(block, word)?)))?;
    let (marker, upto) = marker::find(block, noun + 1, sentence.end.min(noun + 1 + WINDOW), entry, true)?;
    // «سارعت الحكومة إلى إعلان الطوارئ» is an act; so is whatever else can be done by its noun alone.
    if matches!(marker, Marker::Nominal(_)) && !SAID.contains(&entry.stance) {
        return None;
    }
    let subject = speaker(block, sentence, Range::new(at, after), noun, earlier)?;
    let accused = (entry.stance == Stance::Accuse && upto > noun + 1).then(|| Range::new(noun + 1, upto));
    Some(Opening {
        topic: accused,
        resume: noun + 1,
        boundary: at,
        confidence: 0.75,
        ..Opening::new("catenative", entry, Range::new(noun, noun + 1), subject, marker)
    })
}

/// What is said by naming it: to deny something is to say so.
const SAID: [Stance; 6] =
    [Stance::Deny, Stance::Refuse, Stance::Confirm, Stance::Accuse, Stance::Deplore, Stance::Criticise];

/// The verb of saying whose verbal noun stands at `at`, after a preposition or with one written on to it: «إلى | نفي»,
/// «بالقول».
fn verbal_noun<'a>(block: &BlockLayers<'a>, at: usize) -> Option<&'a CueEntry> {
    let word = block.tokens.word(at);
    let tied = block.is(at.checked_sub(1)?, C::Preposition);
    let bare = match tied {
        true => word.strip_prefix("ال").unwrap_or(word),
        false => word.strip_prefix("بال").or_else(|| word.strip_prefix('ب'))?,
    };
    let lexicon = block.pack.lexicon();
    let entry = lexicon.find(bare).and_then(|id| lexicon.entry(id))?;
    let nouns = entry.cues.iter().filter(|form| form.features.has(Features::NOUN));
    nouns
        .filter_map(|&form| lexicon.cue(form))
        .find(|entry| entry.objects.is_empty() && !entry.frames.has(Frame::Relay))
}

/// Who speaks: named between verb and noun, before the verb, or the one who spoke last.
fn speaker(
    block: &BlockLayers<'_>,
    sentence: Range,
    verb: Range,
    noun: usize,
    earlier: &[Opening<'_>],
) -> Option<Subject> {
    let word = block.tokens.word(verb.end - 1);
    let features = if word.ends_with(['ت', 'ة']) { Features::FEMININE } else { Features::MASCULINE };
    if word.ends_with('ا') || word.ends_with('ة') {
        return Some(governor::of(block, sentence, verb.start, earlier, features));
    }
    let before = if block.is(noun - 1, C::Preposition) { noun - 1 } else { noun };
    let end = noun_phrase::end(block, verb.end, before, false);
    if end > verb.end {
        return noun_phrase::subject(block, Range::new(verb.end, end));
    }
    let joined = block.tokens.get(verb.start)?.proclitics.any(Proclitics::CONJUNCTION);
    let group = Group { range: verb, negated: false, realised: true, joined };
    match subject::fronted(block, sentence, &group, features) {
        Some(range) => noun_phrase::subject(block, range),
        None => Some(Subject::Elliptical(features)),
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
    }
}
