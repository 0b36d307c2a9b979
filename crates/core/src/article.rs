//! An article: one text, cut into blocks that each have a role.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::span::Span;

/// One version of one story, as text.
///
/// Blocks lie in order, do not overlap, hold no line break, are not longer than [`LONGEST_BLOCK`] and end on character
/// boundaries; [`Article::new`] sees to it. Text between blocks (line breaks, blank lines) belongs to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    text: String,
    blocks: Vec<Block>,
    /// What the page or the user says about the article.
    pub metadata: Metadata,
}

/// A paragraph, heading or line of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where the block stands, in bytes of the article's text.
    pub span: Span,
    /// What the block is for.
    pub role: BlockRole,
}

/// What a block of an article is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BlockRole {
    /// The article's own title.
    Headline,
    /// The short line above (or right below) the title.
    Kicker,
    /// The summary between the title and the body.
    Standfirst,
    /// The story itself.
    Body,
    /// The text of a picture or film.
    Caption,
    /// An invitation to subscribe, share or follow.
    Promo,
    /// The headline of another story, linked from this one.
    Related,
    /// A note by the editors about a correction, clarification or update.
    Correction,
}

impl BlockRole {
    /// Whether claims are looked for in blocks of this role.
    #[must_use]
    pub const fn holds_claims(self) -> bool {
        match self {
            Self::Headline | Self::Kicker | Self::Standfirst | Self::Body | Self::Caption => true,
            Self::Promo | Self::Related | Self::Correction => false,
        }
    }

    /// Whether a claim in such a block is the headline's, not the story's.
    #[must_use]
    pub const fn is_headline(self) -> bool {
        matches!(self, Self::Headline | Self::Kicker)
    }
}

/// What is known of an article beside its text. Times are RFC 3339 where the origin gave one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// What the caller names the article by: a path, a URL, a row's id.
    pub id: String,
    /// The language of the text; `None` if it was neither given nor recognised.
    pub language: Option<Language>,
    /// The title.
    pub title: Option<String>,
    /// The address of the page.
    pub url: Option<String>,
    /// When the publisher says the article first appeared.
    pub published: Option<String>,
    /// When the publisher says the article last changed.
    pub modified: Option<String>,
    /// When this text of it was got, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Who wrote it, as the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

impl Metadata {
    /// The day from which the article counts when it says `yesterday`: that on which it was published, by the
    /// publisher's own clock, else that on which it was got. `None` if neither is known.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        let day = |time: &String| time.get(..DAY.len())?.parse().ok();
        self.published.as_ref().and_then(day).or_else(|| self.captured.as_ref().and_then(day))
    }
}

/// How RFC 3339 begins.
const DAY: &str = "2026-03-04";

impl Article {
    /// An article of `text` cut into `blocks`.
    ///
    /// Blocks that do not fit the text, overlap an earlier one or are empty are left out. A block
    /// that spans several lines is cut at its line breaks, and an overlong line at the end of a sentence: layers above
    /// rely on it.
    #[must_use]
    pub fn new(text: String, blocks: impl IntoIterator<Item = Block>, metadata: Metadata) -> Self {
        let mut kept: Vec<Block> = Vec::new();
        let mut end = 0;
        for block in blocks {
            let Some(content) = text.get(block.span.start..block.span.end) else { continue };
            if block.span.start < end {
                continue;
            }
            end = block.span.end;
            kept.extend(lines(content).flat_map(|line| pieces(content, line)).map(|piece| Block {
                span: Span::new(block.span.start + piece.start, block.span.start + piece.end),
                role: block.role,
            }));
        }
        Self { text, blocks: kept, metadata }
    }

    /// An article whose every line that is not blank is a block of the story itself.
    ///
    /// Use `isnad-ingest` to have headlines, promotion lines and links to other stories told apart.
    #[must_use]
    pub fn from_text(text: impl Into<String>, language: Option<Language>) -> Self {
        let text = text.into();
        let whole = Block { span: Span::new(0, text.len()), role: BlockRole::Body };
        Self::new(text, [whole], Metadata { language, ..Metadata::default() })
    }

    /// The whole text, unchanged.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks in the order of the text.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block that holds the byte offset `at`.
    #[must_use]
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let index = self.blocks.partition_point(|block| block.span.end <= at);
        self.blocks.get(index).filter(|block| block.span.start <= at)
    }
}

/// The longest block, in bytes.
///
/// No article written as one line comes near it. Dumps and logs do; read in pieces, they cost time in proportion to
/// their length and never more memory than one piece needs.
pub const LONGEST_BLOCK: usize = 64 * 1024;

/// The pieces, without white space at their ends, that a line of `text` is read in: all of it, unless it is overlong.
fn pieces(text: &str, line: Span) -> impl Iterator<Item = Span> + '_ {
    let mut rest = line;
    std::iter::from_fn(move || {
        let words = rest.of(text);
        let start = rest.start + (words.len() - words.trim_start().len());
        let piece = Span::new(start, rest.end).of(text);
        let length = if piece.len() > LONGEST_BLOCK { cut(piece) } else { piece.len() };
        rest.start = start + length;
        (length > 0).then(|| Span::new(start, start + piece[..length].trim_end().len()))
    })
}

/// Where a longer text is best cut within the first [`LONGEST_BLOCK`] bytes: after a sentence, else after a word.
fn cut(text: &str) -> usize {
    let head = &text[..text.floor_char_boundary(LONGEST_BLOCK)];
    let ends = [". ", "! ", "? ", "؟ ", "… "];
    let sentence = ends.iter().filter_map(|end| Some(head.rfind(end)? + end.len())).max();
    sentence
        .or_else(|| Some(head.trim_end_matches(|c: char| !c.is_whitespace()).len()).filter(|&end| end > 0))
        .unwrap_or(head.len())
}

/// The lines of `text` that are not blank, without white space at their ends.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.split(breaks).filter_map(move |line| {
        let trimmed = line.trim();
        // `trimmed` is a part of `text`, so the distance of the two is its offset.
        let start = trimmed.as_ptr().addr() - text.as_ptr().addr();
        (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_blocks_without_their_breaks() {
        let article = Article::from_text("one\r\n\r\n  two \u{2028}three", None);
        let blocks: Vec<&str> = article.blocks().iter().map(|b| b.span.of(article.text())).collect();
        assert_eq!(blocks, ["one", "two", "three"]);
    }

    #[test]
    fn blocks_that_do_not_fit_are_left_out() {
        let block = |start, end| Block { span: Span::new(start, end), role: BlockRole::Body };
        let article =
            Article::new("قال x".into(), [block(1, 3), block(0, 6), block(2, 6), block(6, 99)], Metadata::default());
        assert_eq!(article.blocks().len(), 1);
    }

    #[test]
    fn an_overlong_line_is_read_in_pieces_that_end_with_sentences() {
        let sentence = "قالت الوزيرة إن الجسر آمن. ";
        let article = Article::from_text(sentence.repeat(10_000), None);
        let blocks: Vec<&str> = article.blocks().iter().map(|b| b.span.of(article.text())).collect();
        assert!(blocks.len() > 1 && blocks.iter().all(|block| block.len() <= LONGEST_BLOCK));
        assert!(blocks.iter().all(|block| block.starts_with("قالت") && block.ends_with("آمن.")));
        assert_eq!(blocks.join(" "), article.text().trim_end());

        for endless in ["x".repeat(LONGEST_BLOCK * 2 + 1), "é\u{3000}".repeat(LONGEST_BLOCK)] {
            let article = Article::from_text(endless.as_str(), None);
            assert!(article.blocks().iter().all(|block| (1..=LONGEST_BLOCK).contains(&block.span.len())));
        }
    }

    #[test]
    fn finds_the_block_of_an_offset() {
        let article = Article::from_text("one\ntwo", None);
        assert_eq!(article.block_at(5).map(|b| b.span), Some(Span::new(4, 7)));
        assert_eq!(article.block_at(3), None);
    }
}
