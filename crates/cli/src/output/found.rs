//! What a search found in a text: its words marked, and as much around them as is needed to understand them.

use isnad_core::Span;

use crate::terminal::Role;

/// How many characters of a text are shown, at most; of a longer one the part where the first words were found.
const MOST: usize = 320;

/// How many characters before the first words that were found are shown of a longer text.
const BEFORE: usize = 100;

/// The runs of a text with what was found in it marked: by colour, or by `[` and `]` without.
pub(crate) fn snippet(text: &str, marks: &[Span], colour: bool) -> Vec<(Role, String)> {
    let window = window(text, marks);
    let mut runs = Vec::new();
    if window.start > 0 {
        runs.push((Role::Dim, "… ".to_owned()));
    }
    let mut at = window.start;
    for mark in marks.iter().filter(|mark| window.contains(**mark)) {
        runs.push((Role::Plain, Span::new(at, mark.start).of(text).to_owned()));
        let words = mark.of(text);
        runs.push(match colour {
            true => (Role::Found, words.to_owned()),
            false => (Role::Plain, format!("[{words}]")),
        });
        at = mark.end;
    }
    runs.push((Role::Plain, Span::new(at, window.end).of(text).to_owned()));
    if window.end < text.len() {
        runs.push((Role::Dim, " …".to_owned()));
    }
    runs
}

/// The part of the text that is shown: all of a short one, else whole words around the first mark.
fn window(text: &str, marks: &[Span]) -> Span {
    if text.chars().nth(MOST).is_none() {
        return Span::new(0, text.len());
    }
    let first = marks.first().map_or(0, |mark| mark.start);
    let back = |at: usize| text.get(..at).and_then(|before| before.char_indices().rev().nth(BEFORE));
    let start = back(first).map_or(0, |(at, _)| word_end(text, at));
    let end = text.get(start..).and_then(|rest| rest.char_indices().nth(MOST)).map_or(text.len(), |(at, _)| start + at);
    let end = text.get(..end).and_then(|shown| shown.rfind(' ')).filter(|&space| space > first).unwrap_or(end);
    Span::new(start, if end + 1 >= text.len() { text.len() } else { end })
}

/// Where the next word begins.
fn word_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find(' ')).map_or(at, |space| at + space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[Span], colour: bool) -> String {
        snippet(text, marks, colour).into_iter().map(|(_, run)| run).collect()
    }

    #[test]
    fn what_was_found_is_marked() {
        let marks = [Span::new(4, 10), Span::new(14, 20)];
        assert_eq!(shown("the bridge is closed", &marks, false), "the [bridge] is [closed]");
        assert_eq!(shown("the bridge is closed", &marks, true), "the bridge is closed");
        assert_eq!(shown("the bridge", &[], false), "the bridge");
    }

    #[test]
    fn of_a_long_text_the_part_around_the_first_mark_is_shown() {
        let text = format!("{}الجسر {}", "كلمة ".repeat(200), "أخرى ".repeat(200));
        let start = text.find("الجسر").unwrap();
        let shown = shown(&text, &[Span::new(start, start + "الجسر".len())], false);
        assert!(shown.starts_with("… كلمة ") && shown.contains("[الجسر]") && shown.ends_with("أخرى …"), "{shown}");
        assert!(shown.chars().count() < MOST + 10);
    }
}
