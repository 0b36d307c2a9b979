//! Lines of plain text to blocks with roles: which are the story, and which only surround it.
//!
//! A line is the story unless something speaks against it, and the signs must be clear: a claim in a
//! line that is taken for a link to another story is lost, a link taken for the story does little harm.
//! First come the phrases that give a line away ([`phrases`]), then the lines above the story
//! ([`head`]), then the headlines of other stories inside and below it ([`related`]).

mod head;
mod label;
mod phrases;
mod related;
mod shape;

use isnad_core::fold::{fold, is_ignored};
use isnad_core::{Block, BlockRole, Span};

use phrases::{Hit, PHRASES, Sign};
use shape::{LONG_LINE, Shape};

/// What the origin of a line says about it beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Hint {
    /// Nothing, as in plain text.
    #[default]
    None,
    /// It is the article's title.
    Title,
    /// It is a heading inside the article.
    Heading,
    /// All of it is one link or several.
    Link,
    /// It is an item of a list.
    Item,
    /// It is what the page's own elements say.
    Role(BlockRole),
}

/// A line that shows something, with what is known of it.
#[derive(Debug)]
pub(crate) struct Line<'t> {
    text: &'t str,
    span: Span,
    hint: Hint,
    /// Whether a blank line, or the end of the text, follows.
    blank_after: bool,
    /// `None` for a line longer than [`LONG_LINE`]: a paragraph, whatever it says.
    shape: Option<Shape>,
    hits: Vec<Hit>,
    /// Settled role; `None` is the story's as long as no rule says otherwise.
    role: Option<BlockRole>,
    /// Whether the line only announces that links to other stories follow.
    is_label: bool,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, span: Span, hint: Hint) -> Self {
        let is_short = text.len() <= LONG_LINE;
        let shape = is_short.then(|| Shape::of(text));
        let hits = if is_short { PHRASES.find(text) } else { Vec::new() };
        let role = match hint {
            Hint::Role(role) => Some(role),
            _ => None,
        };
        Self { text, span, hint, blank_after: true, shape, hits, role, is_label: false }
    }

    fn has(&self, sign: Sign) -> bool {
        self.hits.iter().any(|hit| hit.sign == sign)
    }

    /// The shape, where the line has no role yet and is short enough to have one.
    fn open_shape(&self) -> Option<&Shape> {
        self.shape.as_ref().filter(|_| self.role.is_none())
    }
}

/// The blocks of a plain text: one for each line that shows anything.
pub(crate) fn blocks_of_text(text: &str) -> Vec<Block> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut end = 0;
    for span in line_spans(text) {
        let between = text.get(end..span.start).unwrap_or_default();
        if let Some(previous) = lines.last_mut() {
            previous.blank_after = breaks(between) > 1;
        }
        end = span.end;
        lines.push(Line::new(span.of(text), span, Hint::None));
    }
    settle(lines)
}

/// The blocks of a text whose lines come with hints.
pub(crate) fn blocks_of_hinted(text: &str, hinted: &[(Span, Hint)]) -> Vec<Block> {
    settle(hinted.iter().map(|&(span, hint)| Line::new(span.of(text), span, hint)).collect())
}

/// What of a line counts when it is compared with a title: letters and digits, folded.
pub(crate) fn title_key(line: &str) -> String {
    fold(line).chars().filter(|character| character.is_alphanumeric()).collect()
}

fn settle(mut lines: Vec<Line<'_>>) -> Vec<Block> {
    label::settle(&mut lines);
    let body = head::settle(&mut lines);
    related::settle(&mut lines, body);
    lines.iter().map(|line| Block { span: line.span, role: line.role.unwrap_or(BlockRole::Body) }).collect()
}

/// The lines of a text that show anything, without white space at their ends.
fn line_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split(is_break).filter_map(move |line| {
        let at = start + (line.len() - line.trim_start().len());
        let next_break = start + line.len();
        start = next_break + text.get(next_break..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        is_visible(line).then(|| Span::new(at, at + line.trim().len()))
    })
}

/// Whether a line shows anything: marks of direction, joiners and tatweel alone do not.
pub(crate) fn is_visible(line: &str) -> bool {
    line.chars().any(|character| !character.is_whitespace() && !is_ignored(character))
}

/// Whether the character ends a line, as [`isnad_core::Article::new`] sees it.
const fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The line breaks in a stretch of white space, with carriage return and line feed as one.
fn breaks(white: &str) -> usize {
    white.chars().filter(|&c| is_break(c)).count() - white.matches("\r\n").count()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The roles of a text's lines, in order.
    pub(crate) fn roles(text: &str) -> Vec<BlockRole> {
        blocks_of_text(text).into_iter().map(|block| block.role).collect()
    }

    #[test]
    fn every_line_that_is_not_blank_is_a_block() {
        let text = "one.\r\n\r\n  two.\t\n\u{2028}three.";
        let blocks: Vec<&str> = blocks_of_text(text).iter().map(|block| block.span.of(text)).collect();
        assert_eq!(blocks, ["one.", "two.", "three."]);
    }

    #[test]
    fn a_line_that_shows_nothing_is_no_block() {
        assert_eq!(roles("The mayor said no.\n\u{FEFF}\n\u{200F} \nShe left."), [BlockRole::Body; 2]);
    }

    #[test]
    fn a_single_line_is_the_story() {
        assert_eq!(roles("Mayor opens the bridge"), [BlockRole::Body]);
        assert_eq!(roles("The mayor opened the bridge."), [BlockRole::Body]);
    }

    #[test]
    fn a_huge_line_is_one_block() {
        let text = "كلمة ".repeat(200_000);
        assert_eq!(roles(&text), [BlockRole::Body]);
    }

    proptest! {
        #[test]
        fn blocks_cover_all_that_is_not_blank_in_order(text in "[a-z .?:\"\u{2028}\r\n\tاب«»،؟]{0,200}") {
            let mut end = 0;
            for block in blocks_of_text(&text) {
                prop_assert!(text[end..block.span.start].trim().is_empty());
                let content = &text[block.span.start..block.span.end];
                prop_assert!(!content.is_empty() && content.trim() == content);
                prop_assert!(!content.contains(is_break));
                end = block.span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }

        #[test]
        fn any_text_can_be_read(text in "\\PC{0,300}") {
            blocks_of_text(&text);
        }
    }
}
