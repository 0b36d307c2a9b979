//! A verbal noun after «تم»: «تم الإعلان عن …», «لم يتم التأكيد أن …», «تم إبلاغ السكان بأن …». Nobody speaks, or whoever
//! stands after «من قبل».

use super::nominal::preposition_of;
use super::opening::{Marker, Opening};
use super::{is_comma, is_complementiser, noun_phrase};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::WordClass as C;
use crate::language::cue::{CueEntry, Features, Frame};

/// How far after its auxiliary the verbal noun may stand, in tokens.
const GAP: usize = 5;
/// How far after the verbal noun the mark of its content may stand, in tokens.
const WINDOW: usize = 10;

/// Reads the passive whose auxiliary stands at `at`.
pub(super) fn read<'a>(block: &BlockLayers<'a>, sentence: Range, at: usize) -> Option<Opening<'a>> {
    if !matches!(block.tokens.word(at).trim_start_matches(['و', 'س']), "تم" | "يتم" | "جري" | "يجري") {
        return None;
    }
    let limit = sentence.end.min(at + GAP);
    let noun = (at + 1..limit).take_while(|&word| !is_comma(block, word)).find(|&word| cue(block, word).is_some())?;
    let entry = cue(block, noun)?;
    let after = noun + 1;
    let end = sentence.end.min(after + WINDOW);
    let clause =
        (after..end).take_while(|&word| block.tokens.is_word(word)).find(|&word| is_complementiser(block, word));
    let marker = match clause {
        Some(mark) => Marker::Clause(block.tokens.after(mark)),
        None => preposition_of(block, after, sentence.end, entry).filter(|&(_, at)| at == after)?.0,
    };
    let (subject, until) = agent(block, marker, sentence.end);
    let negated = at > sentence.start && block.is(at - 1, C::Negation);
    let start = if negated { at - 1 } else { at };
    Some(Opening {
        negated,
        realised: !block.tokens.word(at).contains("سي"),
        confidence: 0.7,
        until,
        ..Opening::new("passive", entry, Range::new(start, after), subject, marker)
    })
}

/// The verb of saying whose verbal noun the word is, with or without article.
fn cue<'a>(block: &BlockLayers<'a>, at: usize) -> Option<&'a CueEntry> {
    let word = block.tokens.word(at);
    let lexicon = block.pack.lexicon();
    let entry = lexicon.find(word.strip_prefix("ال").unwrap_or(word)).and_then(|id| lexicon.entry(id))?;
    let nouns = entry.cues.iter().filter(|form| form.features.has(Features::NOUN));
    nouns.filter_map(|&form| lexicon.cue(form)).find(|entry| {
        let says = matches!(entry.stance, Stance::Report | Stance::Announce | Stance::Confirm | Stance::Warn);
        says && entry.frames.has(Frame::Clause) && entry.objects.is_empty()
    })
}

/// «من قبل محلل»: who acts, after the content has begun, and where the content ends for it.
fn agent(block: &BlockLayers<'_>, marker: Marker, limit: usize) -> (Subject, usize) {
    let from = marker.content_start();
    let limit = limit.min(from + 2 * WINDOW);
    let is_agent = |&at: &usize| block.tokens.word(at) == "من" && matches!(block.tokens.word(at + 1), "قبل" | "جانب");
    let Some(by) = (from..limit).find(is_agent) else { return (Subject::Nobody, usize::MAX) };
    let end = noun_phrase::end(block, by + 2, limit, false);
    match noun_phrase::subject(block, Range::new(by + 2, end)) {
        Some(subject) if end > by + 2 => (subject, by),
        _ => (Subject::Nobody, usize::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::openings;

    #[test]
    fn a_verbal_noun_of_saying_after_its_auxiliary_reports() {
        assert_eq!(openings("وتم الإعلان عن موعد الانتخابات"), [("passive", "وتم الإعلان".to_owned())]);
        assert_eq!(openings("ولم يتم التأكيد على أن المصنع سيغلق"), [("passive", "ولم يتم التأكيد".to_owned())]);
    }

    #[test]
    fn other_verbal_nouns_do_not() {
        assert!(openings("وتم تأجيل المباراة إلى الغد").is_empty());
        assert!(openings("وتم الإعلان أمس").is_empty());
    }
}
