//! What stands before the first clause of a sentence and belongs to nobody's words: a dateline, a reporter's question.

use super::super::block::Range;
use super::super::dateline;
use super::{Reader, resumption};
use crate::language::WordClass as C;
use crate::language::cue::{CueKind, Features, Frame};

/// The sentence of `reader` without its lead.
pub(super) fn without(reader: &Reader<'_, '_>) -> Range {
    let start = match reader.sentence.start {
        0 => dateline::end(reader.block, reader.sentence).unwrap_or(0),
        start => start,
    };
    Range::new(question(reader, start).unwrap_or(start), reader.sentence.end)
}

/// The token after the comma of a question put to whoever answers: `Asked whether she would resign, | Lee said …`.
fn question(reader: &Reader<'_, '_>, start: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let verb = if tokens.is(start, C::Subordinator) { tokens.after(start) } else { start };
    let asks = |features: Features, frames: crate::language::cue::Frames| {
        features.any(Features::PASSIVE) && frames.has(Frame::Question) && frames.has(Frame::Addressee)
    };
    let asked =
        reader.block.cues(verb).any(|(form, entry)| entry.kind == CueKind::Verb && asks(form.features, entry.frames));
    let next = tokens.after(verb);
    let asked = asked && (tokens.is(next, C::Interrogative) || entry_preposition(reader, verb, next));
    let comma = |at: &usize| reader.is_comma(*at) && resumption::new_attribution(reader, *at + 1);
    asked.then(|| (next..reader.horizon(next)).find(comma)).flatten().map(|comma| comma + 1)
}

/// Whether `at` is a preposition of the cue at `verb`: `asked about`.
fn entry_preposition(reader: &Reader<'_, '_>, verb: usize, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    reader.block.cues(verb).any(|(_, entry)| entry.prepositions.iter().any(|word| word == tokens.word(at)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{claim, read};

    #[test]
    fn a_dateline_is_no_part_of_the_first_statement() {
        let wanted = [claim("the harbour office", "says", "The boats never came back")];
        assert_eq!(read("PORT LENNA — The boats never came back, the harbour office says."), wanted);
        assert_eq!(read("ST. HALVARD, N.L. (Wire) -- The boats never came back, the harbour office says."), wanted);
        assert_eq!(read("Port Lenna – The boats never came back, the harbour office says."), wanted);
    }

    #[test]
    fn a_question_put_to_somebody_is_not_their_words() {
        let wanted = [claim("the mayor", "said", "it was too early")];
        assert_eq!(read("Asked when patients could expect a date, the mayor said it was too early."), wanted);
        assert_eq!(read("When asked about the delay, the mayor said it was too early."), wanted);
    }
}
