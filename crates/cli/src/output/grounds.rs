//! The grounds of a claim for people: the paragraph with its evidence set off, and facts, one a line.

use std::io::{self, Write};

use isnad_core::{Article, Claim, Span};

use super::claim::Page;
use super::words::name;
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Prints the paragraphs that hold the content, with source, cue and content set off.
pub(crate) fn write_paragraphs(
    out: &mut impl Write,
    layout: &Layout,
    article: &Article,
    claim: &Claim,
) -> io::Result<()> {
    let page = Page::new(article);
    for paragraph in paragraphs(article, claim) {
        let block = Paragraph::indented(2).label(Role::Dim, "| ").block(page.direction(), &paragraph);
        out.write_all(block.render(layout).as_bytes())?;
    }
    Ok(())
}

/// Something known of a claim: what it is, and what it says in pieces of the program's own words and of the article's.
#[derive(Debug)]
pub(crate) struct Fact {
    what: &'static str,
    pieces: Vec<(Words, String)>,
}

/// Whose words a piece is made of; the article's keep their own direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Own,
    Article,
}

impl Fact {
    /// A fact that begins with words of the article.
    pub(crate) fn quoted(what: &'static str, words: &str) -> Self {
        Self { what, pieces: vec![(Words::Article, words.to_owned())] }
    }

    /// A fact in words of the program's own.
    pub(crate) fn told(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, pieces: vec![(Words::Own, words.into())] }
    }

    /// Goes on with words of the program's own.
    pub(crate) fn and(mut self, words: &str) -> Self {
        self.pieces.push((Words::Own, words.to_owned()));
        self
    }

    /// Goes on with words of the article.
    pub(crate) fn and_quoted(mut self, words: &str) -> Self {
        self.pieces.push((Words::Article, words.to_owned()));
        self
    }

    /// Prints the fact on a line.
    pub(crate) fn write(&self, out: &mut impl Write, layout: &Layout) -> io::Result<()> {
        let start = Paragraph::indented(4).hanging(6).label(Role::Dim, &format!("{}: ", self.what));
        let line = self.pieces.iter().fold(start, |line, (words, text)| match words {
            Words::Own => line.label(Role::Plain, text),
            Words::Article => line.foreign(first_strong(text), Role::Plain, text),
        });
        out.write_all(line.render(layout).as_bytes())
    }
}

/// The numbers, dates and hedges read from the content.
pub(crate) fn read_from_content(claim: &Claim) -> Vec<Fact> {
    let number = |number: &isnad_core::Quantity| {
        let read = format!(" = {} {}", name(&number.comparison), number.value);
        Fact::quoted("number", &number.text).and(&read)
    };
    let date = |date: &isnad_core::DateExpression| {
        let told =
            date.value.map_or_else(|| "counts from a day that is not known".to_owned(), |value| value.to_string());
        Fact::quoted("date", &date.text).and(&format!(" = {told}"))
    };
    let hedge = |hedge: &isnad_core::Hedge| Fact::quoted("hedge", &hedge.text);
    claim
        .quantities
        .iter()
        .map(number)
        .chain(claim.dates.iter().map(date))
        .chain(claim.hedges.iter().map(hedge))
        .collect()
}

/// The paragraphs that hold the content, with the content and the cue set off.
fn paragraphs(article: &Article, claim: &Claim) -> Vec<Vec<(Role, String)>> {
    let text = article.text();
    let mut marked: Vec<(Span, Role)> = claim.content.spans.iter().map(|span| (*span, Role::Quoted)).collect();
    marked.extend(claim.cue.iter().flat_map(|cue| &cue.spans).map(|span| (*span, Role::Cue)));
    marked.extend(claim.source.iter().flat_map(|source| &source.spans).map(|span| (*span, Role::Speaker)));
    marked.sort_by_key(|(span, _)| (span.start, span.end));
    let blocks = article.blocks().iter().map(|block| block.span);
    let holds = |block: &Span| marked.iter().any(|(span, _)| span.overlaps(*block));
    let runs = |block: Span| {
        let mut runs = Vec::new();
        let mut at = block.start;
        for (span, role) in marked.iter().filter(|(span, _)| span.overlaps(block)) {
            let (start, end) = (span.start.max(at), span.end.min(block.end));
            runs.push((Role::Dim, Span::new(at, start).of(text).to_owned()));
            runs.push((*role, Span::new(start, end).of(text).to_owned()));
            at = end.max(at);
        }
        runs.push((Role::Dim, Span::new(at, block.end).of(text).to_owned()));
        runs
    };
    blocks.filter(holds).map(runs).collect()
}
