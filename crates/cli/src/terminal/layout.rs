//! Paragraphs of labels and foreign text, broken into lines and put into the order the terminal needs.
//!
//! A paragraph is read from left to right; each piece of foreign text in it is one unit with a
//! direction of its own, whatever stands beside it. Lines are broken in logical order first and
//! only then put into visual order (UAX #9, L2), so that a broken right-to-left text reads on
//! in the next line.

use std::ops::Range;

use isnad_core::Direction;
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_bidi_mirroring::get_mirrored;
use unicode_width::UnicodeWidthChar;

use super::bidi::Bidi;
use super::clean::clean_into;
use super::style::Role;

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const POP_ISOLATE: char = '\u{2069}';

/// How paragraphs are laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Columns to a line; `None` to leave lines unbroken.
    pub(crate) width: Option<usize>,
    /// Who orders right-to-left text.
    pub(crate) bidi: Bidi,
    /// Whether to colour.
    pub(crate) colour: bool,
}

/// A paragraph to print, built piece by piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paragraph {
    text: String,
    /// Where each role ends in `text`; the last covers the rest.
    roles: Vec<(usize, Role)>,
    indent: usize,
    hanging: usize,
    /// The column to which the lines are pushed, so that a right-to-left text has an even right edge.
    right_edge: Option<usize>,
}

impl Paragraph {
    /// An empty paragraph whose lines start `indent` columns from the left.
    pub(crate) fn indented(indent: usize) -> Self {
        Self { indent, hanging: indent, ..Self::default() }
    }

    /// Lets every line but the first start `columns` from the left.
    pub(crate) fn hanging(mut self, columns: usize) -> Self {
        self.hanging = columns;
        self
    }

    /// Adds words of the program's own.
    pub(crate) fn label(mut self, role: Role, words: &str) -> Self {
        self.push(role, words);
        self
    }

    /// Adds a piece of foreign text, kept apart from what stands beside it.
    pub(crate) fn foreign(self, direction: Direction, role: Role, text: &str) -> Self {
        self.foreign_runs(direction, [(role, text)])
    }

    /// Adds a piece of foreign text that is made of runs with different roles.
    pub(crate) fn foreign_runs<'r>(
        mut self,
        direction: Direction,
        runs: impl IntoIterator<Item = (Role, &'r str)>,
    ) -> Self {
        let open = match direction {
            Direction::LeftToRight => LEFT_TO_RIGHT_ISOLATE,
            Direction::RightToLeft => RIGHT_TO_LEFT_ISOLATE,
        };
        self.text.push(open);
        for (role, text) in runs {
            self.push(role, text);
        }
        self.text.push(POP_ISOLATE);
        self
    }

    /// Ends the paragraph with a piece of foreign text that is read line by line: one that is written from right to
    /// left gets an even right edge.
    pub(crate) fn block(self, direction: Direction, runs: &[(Role, String)]) -> Self {
        let right_edge = (direction == Direction::RightToLeft).then_some(0);
        let runs = runs.iter().map(|(role, text)| (*role, text.as_str()));
        Self { right_edge, ..self.foreign_runs(direction, runs) }
    }

    /// Gives all `paragraphs` that have an even right edge the same one.
    pub(crate) fn align(paragraphs: &mut [Self], layout: &Layout) {
        let widest = |paragraph: &Self| {
            let clusters = paragraph.clusters();
            let lines = paragraph.break_lines(&clusters, layout.width);
            paragraph.right_edge.map(|_| paragraph.columns(&clusters, &lines).into_iter().max().unwrap_or_default())
        };
        let edge = paragraphs.iter().filter_map(widest).max();
        for paragraph in paragraphs.iter_mut().filter(|paragraph| paragraph.right_edge.is_some()) {
            paragraph.right_edge = edge;
        }
    }

    fn push(&mut self, role: Role, text: &str) {
        clean_into(text, &mut self.text);
        self.roles.push((self.text.len(), role));
    }

    /// The lines of the paragraph as `layout` wants them, each with its line break.
    pub(crate) fn render(&self, layout: &Layout) -> String {
        let clusters = self.clusters();
        let levels =
            (layout.bidi == Bidi::Visual).then(|| ParagraphBidiInfo::new(&self.text, Some(Level::ltr())).levels);
        let lines = self.break_lines(&clusters, layout.width);
        let columns = self.columns(&clusters, &lines);
        // Without isolates a terminal takes leading space for the start of a right-to-left line.
        let right_edge = self.right_edge.filter(|_| layout.width.is_some() && layout.bidi != Bidi::Logical);
        let edge = right_edge.map(|edge| columns.iter().copied().max().unwrap_or_default().max(edge));
        let mut out = String::with_capacity(self.text.len() + 16);
        let mut open = None;
        for (index, (line, columns)) in lines.into_iter().zip(columns).enumerate() {
            let indent = if index == 0 { self.indent } else { self.hanging };
            out.extend(std::iter::repeat_n(' ', indent));
            let line = clusters.get(line).unwrap_or_default();
            let label = line.iter().position(|cluster| cluster.is_isolate && index == 0).unwrap_or_default();
            let (label, rest) = line.split_at(label);
            let space = edge.map_or(0, |edge| edge.saturating_sub(columns));
            for (part, space) in [(label, space), (rest, 0)] {
                match &levels {
                    Some(levels) => self.emit_visual(part, levels, layout, &mut out),
                    None => self.emit_logical(part, layout, &mut open, &mut out),
                }
                out.extend(std::iter::repeat_n(' ', space));
            }
            out.push('\n');
        }
        out
    }

    /// How far each line reaches.
    fn columns(&self, clusters: &[Cluster], lines: &[Range<usize>]) -> Vec<usize> {
        let width = |line: &Range<usize>| -> usize {
            clusters.get(line.clone()).unwrap_or_default().iter().map(|cluster| cluster.width).sum()
        };
        let indents = std::iter::once(self.indent).chain(std::iter::repeat(self.hanging));
        lines.iter().zip(indents).map(|(line, indent)| indent + width(line)).collect()
    }

    /// The text as the units that stay together: a character with the marks that stand on it.
    fn clusters(&self) -> Vec<Cluster> {
        let mut clusters: Vec<Cluster> = Vec::with_capacity(self.text.len() / 2);
        let mut roles = self.roles.iter().copied().peekable();
        for (start, character) in self.text.char_indices() {
            while roles.next_if(|(end, _)| *end <= start).is_some() {}
            let role = roles.peek().map_or(Role::Plain, |(_, role)| *role);
            let end = start + character.len_utf8();
            let (width, is_isolate) = (character.width().unwrap_or(0), is_isolate(character));
            match clusters.last_mut() {
                Some(last) if width == 0 && !is_isolate && !last.is_isolate => last.range.end = end,
                _ => clusters.push(Cluster { range: start..end, width, role, is_space: character == ' ', is_isolate }),
            }
        }
        clusters
    }

    /// The clusters of each line: broken at spaces where there are any, inside a word where not.
    fn break_lines(&self, clusters: &[Cluster], width: Option<usize>) -> Vec<Range<usize>> {
        let Some(width) = width else { return vec![0..clusters.len()] };
        let width = width.max(self.hanging.max(self.indent) + NARROWEST);
        let mut lines = Vec::new();
        let (mut start, mut at, mut column, mut last_space) = (0, 0, self.indent, None);
        while let Some(cluster) = clusters.get(at) {
            if cluster.is_space {
                last_space = Some(at);
            } else if column + cluster.width > width {
                lines.push(start..last_space.unwrap_or(at));
                start = last_space.map_or(at, |space| space + 1);
                (at, column, last_space) = (start, self.hanging, None);
                continue;
            }
            column += cluster.width;
            at += 1;
        }
        lines.push(start..clusters.len());
        lines
    }

    /// Writes a line in logical order. `open` carries an isolate over the break of a line.
    fn emit_logical(&self, line: &[Cluster], layout: &Layout, open: &mut Option<char>, out: &mut String) {
        let keeps_isolates = layout.bidi == Bidi::Isolated;
        out.extend(open.filter(|_| keeps_isolates));
        let mut role = Role::Plain;
        for cluster in line {
            let text = self.text.get(cluster.range.clone()).unwrap_or_default();
            if cluster.is_isolate {
                *open = text.chars().next().filter(|&isolate| isolate != POP_ISOLATE);
                out.push_str(if keeps_isolates { text } else { "" });
            } else {
                change_role(&mut role, cluster.role, layout, out);
                out.push_str(text);
            }
        }
        change_role(&mut role, Role::Plain, layout, out);
        out.extend(open.filter(|_| keeps_isolates).map(|_| POP_ISOLATE));
    }

    /// Writes a line in visual order, `levels` being the embedding level of each byte of the text.
    fn emit_visual(&self, line: &[Cluster], levels: &[Level], layout: &Layout, out: &mut String) {
        let mut line_levels: Vec<Level> =
            line.iter().map(|c| levels.get(c.range.start).copied().unwrap_or(Level::ltr())).collect();
        // White space at the end of a line belongs to the paragraph (UAX #9, L1).
        for (cluster, level) in line.iter().zip(&mut line_levels).rev() {
            if !cluster.is_space && !cluster.is_isolate {
                break;
            }
            *level = Level::ltr();
        }
        let mut role = Role::Plain;
        for index in ParagraphBidiInfo::reorder_visual(&line_levels) {
            let (Some(cluster), Some(level)) = (line.get(index), line_levels.get(index)) else { continue };
            if cluster.is_isolate {
                continue;
            }
            change_role(&mut role, cluster.role, layout, out);
            let text = self.text.get(cluster.range.clone()).unwrap_or_default();
            let shown = text.chars().filter(|character| !is_direction_mark(*character));
            out.extend(shown.map(|c| if level.is_rtl() { get_mirrored(c).unwrap_or(c) } else { c }));
        }
        change_role(&mut role, Role::Plain, layout, out);
    }
}

/// Columns that text gets even where the terminal is narrower than the indentation.
const NARROWEST: usize = 20;

/// A character with the marks that stand on it.
#[derive(Debug, Clone)]
struct Cluster {
    /// Bytes of the paragraph's text.
    range: Range<usize>,
    /// Columns.
    width: usize,
    role: Role,
    is_space: bool,
    is_isolate: bool,
}

const fn is_isolate(character: char) -> bool {
    matches!(character, LEFT_TO_RIGHT_ISOLATE | RIGHT_TO_LEFT_ISOLATE | POP_ISOLATE)
}

/// Whether `character` only hints at a direction, which says nothing any more in visual order.
const fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{61C}')
}

/// Ends the style of the role in force and starts that of `next`.
fn change_role(role: &mut Role, next: Role, layout: &Layout, out: &mut String) {
    if layout.colour && *role != next {
        out.push_str(&role.style().render_reset().to_string());
        out.push_str(&next.style().render().to_string());
        *role = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "قال (الوزير) 12 مرة";

    fn layout(bidi: Bidi, width: Option<usize>) -> Layout {
        Layout { width, bidi, colour: false }
    }

    fn rtl(text: &str) -> Paragraph {
        Paragraph::indented(0).label(Role::Plain, "a: ").foreign(Direction::RightToLeft, Role::Plain, text)
    }

    #[test]
    fn a_pipe_gets_nothing_but_the_words() {
        assert_eq!(rtl(ARABIC).render(&layout(Bidi::Logical, None)), format!("a: {ARABIC}\n"));
    }

    #[test]
    fn a_terminal_that_orders_text_gets_each_piece_isolated() {
        let paragraph = rtl("أ").label(Role::Plain, " b ").foreign(Direction::LeftToRight, Role::Plain, "c");
        let expected = "a: \u{2067}أ\u{2069} b \u{2066}c\u{2069}\n";
        assert_eq!(paragraph.render(&layout(Bidi::Isolated, None)), expected);
    }

    #[test]
    fn visual_order_turns_words_and_brackets_but_not_numbers() {
        assert_eq!(rtl(ARABIC).render(&layout(Bidi::Visual, None)), "a: ةرم 12 (ريزولا) لاق\n");
    }

    #[test]
    fn vowel_marks_stay_on_their_letter_in_visual_order() {
        assert_eq!(rtl("قُل").render(&layout(Bidi::Visual, None)), "a: لقُ\n");
    }

    #[test]
    fn a_broken_right_to_left_text_goes_on_in_the_next_line() {
        let text = "واحد اثنان ثلاثة أربعة خمسة ستة";
        let lines = Paragraph::indented(2).foreign(Direction::RightToLeft, Role::Plain, text);
        assert_eq!(lines.render(&layout(Bidi::Logical, Some(22))), "  واحد اثنان ثلاثة\n  أربعة خمسة ستة\n");
        assert_eq!(lines.render(&layout(Bidi::Visual, Some(22))), "  ةثالث نانثا دحاو\n  ةتس ةسمخ ةعبرأ\n");
        let isolated = lines.render(&layout(Bidi::Isolated, Some(22)));
        assert!(
            isolated.lines().all(|line| line.starts_with("  \u{2067}") && line.ends_with('\u{2069}')),
            "{isolated:?}"
        );
    }

    #[test]
    fn a_right_to_left_block_has_an_even_right_edge() {
        let text = [(Role::Plain, "واحد اثنان ثلاثة أربعة".to_owned())];
        let block = Paragraph::indented(2).label(Role::Plain, "- ").block(Direction::RightToLeft, &text);
        assert_eq!(block.render(&layout(Bidi::Visual, Some(22))), "  - ةثالث نانثا دحاو\n              ةعبرأ\n");
        assert_eq!(block.render(&layout(Bidi::Logical, Some(22))), "  - واحد اثنان ثلاثة\n  أربعة\n");
    }

    #[test]
    fn blocks_that_belong_together_share_their_right_edge() {
        let block =
            |text: &str| Paragraph::indented(0).block(Direction::RightToLeft, &[(Role::Plain, text.to_owned())]);
        let mut blocks = [block("واحد"), block("واحد اثنان")];
        let layout = layout(Bidi::Visual, Some(40));
        Paragraph::align(&mut blocks, &layout);
        let [short, long] = blocks.map(|block| block.render(&layout));
        assert_eq!((&*short, &*long), ("      دحاو\n", "نانثا دحاو\n"));
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut() {
        let paragraph = Paragraph::indented(0).label(Role::Plain, &"x".repeat(45));
        let rendered = paragraph.render(&layout(Bidi::Logical, Some(20)));
        assert_eq!(rendered.lines().map(str::len).collect::<Vec<_>>(), [20, 20, 5]);
    }

    #[test]
    fn roles_are_coloured_and_reset_before_the_line_ends() {
        let coloured = Layout { colour: true, ..layout(Bidi::Logical, None) };
        let rendered = Paragraph::indented(0).label(Role::Speaker, "x").label(Role::Plain, "y").render(&coloured);
        assert_eq!(rendered, "\u{1b}[1mx\u{1b}[0my\n");
    }

    #[test]
    fn text_cannot_close_its_own_isolate() {
        let rendered = rtl("أ\u{2069}ب").render(&layout(Bidi::Isolated, None));
        assert_eq!(rendered, "a: \u{2067}أ⟨U+2069⟩ب\u{2069}\n");
    }
}
