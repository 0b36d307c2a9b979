//! Word by word from an old text to a new one: operations as byte ranges, and the words they take.

use isnad_core::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::change::{WordChange, WordOp};

/// Texts of more words than this are compared only by what they begin and end with: the full comparison is quadratic.
const MOST_WORDS: usize = 5_000;

/// A run of words that stayed, went or came, as bytes of both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordEdit {
    /// What became of the run.
    pub op: WordOp,
    /// Its bytes in the old text, on character boundaries; empty, at the place where they would stand, for words that came.
    pub old: Span,
    /// Its bytes in the new text, likewise; empty for words that went.
    pub new: Span,
}

/// The words of `old` and `new`, each kept, deleted or inserted.
///
/// The equal and deleted texts joined are `old`; the equal and inserted ones are `new`. See [`word_edits`].
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<WordChange> {
    let text = |edit: &WordEdit| match edit.op {
        WordOp::Insert => edit.new.of(new),
        WordOp::Equal | WordOp::Delete => edit.old.of(old),
    };
    word_edits(old, new).iter().map(|edit| WordChange { op: edit.op, text: text(edit).to_owned() }).collect()
}

/// The operations that turn `old` into `new`, as ranges that follow one another without a gap in either text.
///
/// A lone mark or letter that happens to stay between two changes is part of them; white space that came or went beside a
/// kept word changes alone; where words were replaced, what went is told before what came.
#[must_use]
pub fn word_edits(old: &str, new: &str) -> Vec<WordEdit> {
    let (old, new) = (pieces(old), pieces(new));
    // White space is no part of a word: at the end of a text there is none.
    let bare = |pieces: &[&'_ str]| pieces.iter().map(|piece| piece.trim_end().to_owned()).collect::<Vec<_>>();
    let mut runs = Runs::default();
    for op in operations(&bare(&old), &bare(&new)) {
        let (gone, come) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        let at_edge = op.old_range().start == 0 || op.old_range().end == old.len();
        match op {
            DiffOp::Equal { .. } if at_edge || !is_island(gone) => runs.keep(gone, come),
            _ => {
                runs.delete(bytes(gone));
                runs.insert(bytes(come));
            }
        }
    }
    runs.edits()
}

fn bytes(pieces: &[&str]) -> usize {
    pieces.iter().map(|piece| piece.len()).sum()
}

/// Words that stayed, and then those that went and came before the next that stayed; in bytes.
#[derive(Debug, Default, Clone, Copy)]
struct Run {
    kept: usize,
    gone: usize,
    come: usize,
}

/// What becomes of two texts from their beginnings on.
#[derive(Debug, Default)]
struct Runs {
    done: Vec<Run>,
    last: Run,
}

impl Runs {
    /// Words that stayed, whatever white space follows each.
    fn keep(&mut self, old: &[&str], new: &[&str]) {
        for (old, new) in old.iter().zip(new) {
            let kept = if old == new { old.len() } else { old.trim_end().len() };
            if self.last.gone + self.last.come > 0 {
                self.done.push(std::mem::take(&mut self.last));
            }
            self.last.kept += kept;
            self.delete(old.len() - kept);
            self.insert(new.len().saturating_sub(kept));
        }
    }

    fn delete(&mut self, bytes: usize) {
        self.last.gone += bytes;
    }

    fn insert(&mut self, bytes: usize) {
        self.last.come += bytes;
    }

    fn edits(self) -> Vec<WordEdit> {
        let mut edits = Vec::new();
        let (mut old_at, mut new_at) = (0, 0);
        for run in self.done.into_iter().chain([self.last]) {
            for (op, gone, come) in
                [(WordOp::Equal, run.kept, run.kept), (WordOp::Delete, run.gone, 0), (WordOp::Insert, 0, run.come)]
            {
                if gone + come > 0 {
                    let (old, new) = (Span::new(old_at, old_at + gone), Span::new(new_at, new_at + come));
                    edits.push(WordEdit { op, old, new });
                }
                (old_at, new_at) = (old_at + gone, new_at + come);
            }
        }
        edits
    }
}

/// Operations that turn `old` into `new`, in the order of both.
pub(crate) fn operations<T: Eq + std::hash::Hash + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    if old.len() <= MOST_WORDS && new.len() <= MOST_WORDS {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = (&old[prefix..], &new[prefix..]);
    let suffix = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_len, new_len) = (rest.0.len() - suffix, rest.1.len() - suffix);
    let ops = [
        DiffOp::Equal { old_index: 0, new_index: 0, len: prefix },
        DiffOp::Replace { old_index: prefix, old_len, new_index: prefix, new_len },
        DiffOp::Equal { old_index: prefix + old_len, new_index: prefix + new_len, len: suffix },
    ];
    ops.into_iter().filter(|op| !op.old_range().is_empty() || !op.new_range().is_empty()).collect()
}

/// The words of a text, each with the white space after it; marks are words of their own, and a number is one word whole.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, piece) in text.split_word_bound_indices() {
        let is_space = piece.trim_start().is_empty();
        if !is_space && at > start && !goes_on(&text[start..at], piece) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Whether three digits go on with the number before them: `1 500`, with any single white space between.
fn goes_on(before: &str, digits: &str) -> bool {
    let is_group = |group: &str, fewest: usize| {
        (fewest..=GROUP).contains(&group.chars().count()) && group.chars().all(char::is_numeric)
    };
    let number = before.trim_end();
    let mut groups = number.split(char::is_whitespace);
    is_group(digits, GROUP)
        && before[number.len()..].chars().count() == 1
        && groups.next().is_some_and(|first| is_group(first, 1))
        && groups.all(|group| is_group(group, GROUP))
}

/// So many digits stand together in a long number.
const GROUP: usize = 3;

/// Words between two changes that stay, but are too little to be read as kept: marks, or a single letter among them.
fn is_island(kept: &[&str]) -> bool {
    let letters = || kept.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_alphanumeric());
    kept.len() <= MOST_IN_ISLAND && letters().count() <= 1 && !letters().any(char::is_numeric)
}

/// So many marks in a row are no accident.
const MOST_IN_ISLAND: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> String {
        let mark = |change: &WordChange| match change.op {
            WordOp::Equal => change.text.clone(),
            WordOp::Delete => format!("[-{}-]", change.text),
            WordOp::Insert => format!("{{+{}+}}", change.text),
        };
        words(old, new).iter().map(mark).collect()
    }

    #[test]
    fn a_number_is_whole_whatever_white_space_its_digits_have() {
        assert_eq!(
            shown("environ 1\u{a0}500 postes", "environ 1\u{a0}200 postes"),
            "environ [-1\u{a0}500 -]{+1\u{a0}200 +}postes"
        );
        assert_eq!(shown("soit 1 500 000 euros", "soit 1 500 900 euros"), "soit [-1 500 000 -]{+1 500 900 +}euros");
        assert_eq!(shown("in 2015 300 men", "in 2015 400 men"), "in 2015 [-300 -]{+400 +}men");
        assert_eq!(shown("12 boats", "12 lorries"), "12 [-boats-]{+lorries+}");
    }

    #[test]
    fn whole_words_and_numbers_are_marked() {
        assert_eq!(shown("more than 100,000 men", "about 120,000 men"), "[-more than 100,000 -]{+about 120,000 +}men");
        assert_eq!(shown("أكثر من 100 ألف", "نحو 120 ألف"), "[-أكثر من 100 -]{+نحو 120 +}ألف");
        assert_eq!(shown("same", "same"), "same");
    }

    #[test]
    fn a_lone_mark_between_changes_is_part_of_them() {
        assert_eq!(shown("one, two three", "four, five three"), "[-one, two -]{+four, five +}three");
    }

    #[test]
    fn a_lone_letter_between_changes_is_part_of_them_but_a_number_is_kept() {
        assert_eq!(shown("plan a failed", "scheme a won"), "[-plan a failed-]{+scheme a won+}");
        assert_eq!(shown("ward 7 closed", "room 7 opened"), "[-ward -]{+room +}7 [-closed-]{+opened+}");
    }

    #[test]
    fn what_goes_on_after_the_last_word_leaves_that_word_alone() {
        assert_eq!(shown("nine of the sheets", "nine of the sheets before noon"), "nine of the sheets{+ before noon+}");
    }

    #[test]
    fn a_number_changes_as_a_whole() {
        assert_eq!(
            shown("it cost 1,250.50 dollars", "it cost 1,350.50 dollars"),
            "it cost [-1,250.50 -]{+1,350.50 +}dollars"
        );
    }

    proptest! {
        #[test]
        fn applied_to_the_old_text_it_gives_the_new(old in "[ab1,. «قال]{0,40}", new in "[ab1,. «قال]{0,40}") {
            let changes = words(&old, &new);
            let side = |skip| changes.iter().filter(|c| c.op != skip).map(|c| c.text.as_str()).collect::<String>();
            prop_assert_eq!(side(WordOp::Insert), old);
            prop_assert_eq!(side(WordOp::Delete), new);
        }

        #[test]
        fn edits_follow_one_another_without_a_gap(old in "[ab1,. «قال]{0,40}", new in "[ab1,. «قال]{0,40}") {
            let (mut old_at, mut new_at) = (0, 0);
            for edit in word_edits(&old, &new) {
                prop_assert_eq!((edit.old.start, edit.new.start), (old_at, new_at));
                prop_assert!(old.is_char_boundary(edit.old.end) && new.is_char_boundary(edit.new.end));
                let kept = edit.op == WordOp::Equal;
                prop_assert!(!kept || edit.old.of(&old) == edit.new.of(&new));
                (old_at, new_at) = (edit.old.end, edit.new.end);
            }
            prop_assert_eq!((old_at, new_at), (old.len(), new.len()));
        }
    }
}
