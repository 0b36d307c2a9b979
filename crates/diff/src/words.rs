//! Word by word from an old text to a new one.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::change::{WordChange, WordOp};

/// Texts of more words than this are compared only by what they begin and end with: the full comparison is quadratic.
const MOST_WORDS: usize = 5_000;

/// The words of `old` and `new`, each kept, deleted or inserted.
///
/// The equal and deleted texts joined are `old`; the equal and inserted ones are `new`. A lone mark or letter that happens
/// to stay between two changes is shown as part of them; white space that came or went beside a kept word changes alone.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<WordChange> {
    let (old, new) = (pieces(old), pieces(new));
    // White space is no part of a word: at the end of a text there is none.
    let bare = |pieces: &[&'_ str]| pieces.iter().map(|piece| piece.trim_end().to_owned()).collect::<Vec<_>>();
    let mut changes = Vec::new();
    for op in operations(&bare(&old), &bare(&new)) {
        let (gone, come) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        let at_edge = op.old_range().start == 0 || op.old_range().end == old.len();
        match op {
            DiffOp::Equal { .. } if at_edge || !is_island(gone) => keep(&mut changes, gone, come),
            _ => {
                push(&mut changes, WordOp::Delete, &gone.concat());
                push(&mut changes, WordOp::Insert, &come.concat());
            }
        }
    }
    changes
}

/// Appends words that stayed, whatever white space follows each.
fn keep(changes: &mut Vec<WordChange>, old: &[&str], new: &[&str]) {
    for (old, new) in old.iter().zip(new) {
        if old == new {
            push(changes, WordOp::Equal, old);
            continue;
        }
        let word = old.trim_end();
        push(changes, WordOp::Equal, word);
        push(changes, WordOp::Delete, &old[word.len()..]);
        push(changes, WordOp::Insert, new.get(word.len()..).unwrap_or_default());
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
        if !is_space && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Words between two changes that stay, but are too little to be read as kept: marks, or a single letter among them.
fn is_island(kept: &[&str]) -> bool {
    let letters = || kept.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_alphanumeric());
    kept.len() <= MOST_IN_ISLAND && letters().count() <= 1 && !letters().any(char::is_numeric)
}

/// So many marks in a row are no accident.
const MOST_IN_ISLAND: usize = 3;

/// Appends words to the run of the same kind at the end, deleted ones before inserted ones.
fn push(changes: &mut Vec<WordChange>, op: WordOp, text: &str) {
    if text.is_empty() {
        return;
    }
    let run = || WordChange { op, text: text.to_owned() };
    let tail = changes.iter().rposition(|change| change.op == WordOp::Equal).map_or(0, |equal| equal + 1);
    let known = match op {
        WordOp::Equal => tail.checked_sub(1).filter(|last| last + 1 == changes.len()),
        _ => changes[tail..].iter().position(|change| change.op == op).map(|at| tail + at),
    };
    match known.and_then(|at| changes.get_mut(at)) {
        Some(change) => change.text.push_str(text),
        None if op == WordOp::Delete => changes.insert(tail, run()),
        None => changes.push(run()),
    }
}

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
    }
}
