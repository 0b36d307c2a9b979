//! Quotations that go on over a line break: the lines are read as one block.

use super::block::BlockLayers;
use crate::Article;
use crate::article::Block;
use crate::span::Span;

/// How many lines a quotation may go on for; what is not closed by then had its end forgotten.
const MOST_LINES: usize = 12;

/// The number of the block after the last one that belongs with the block just read: `next`, unless its
/// last quotation is closed in a later line.
pub(super) fn joined(article: &Article, block: &BlockLayers<'_>, next: usize) -> usize {
    if is_signed(article, block, next) {
        return next + 1;
    }
    let Some(open) = block.quotations.iter().find(|quotation| !quotation.closed) else { return next };
    let Some(mark) = block.tokens.get(open.open).and_then(|token| token.span.of(article.text()).chars().next()) else {
        return next;
    };
    for (number, later) in article.blocks().iter().enumerate().skip(next).take(MOST_LINES) {
        if later.role != block.role {
            return next;
        }
        // Of a quotation that opens its line nobody is known yet to have said it: the line that closes it tells.
        let leads = open.open == 0;
        match first_mark(later.span.of(article.text()), mark) {
            Some(Mark::RepeatsAndGoesOn) if !leads => return next,
            Some(Mark::Closes | Mark::RepeatsAndCloses | Mark::RepeatsAndGoesOn) => return number + 1,
            Some(Mark::Opens) => return next,
            Some(Mark::Repeats) | None => {}
        }
    }
    next
}

/// Whether the block is a quotation whose speaker stands in the line after it, behind a dash: `— Ann Lee, resident`.
fn is_signed(article: &Article, block: &BlockLayers<'_>, next: usize) -> bool {
    let whole = block
        .quotations
        .iter()
        .any(|quotation| quotation.open == 0 && quotation.closed && quotation.close >= block.tokens.len());
    let Some(line) = article.blocks().get(next).filter(|line| whole && line.role == block.role) else { return false };
    let mut marks = line.span.of(article.text()).trim_start().chars();
    let dash = marks.next().is_some_and(|mark| matches!(mark, '—' | '–' | '―' | '-'));
    dash && marks.find(|mark| !mark.is_whitespace() && *mark != '-').is_some_and(char::is_uppercase)
}

/// The block from `first` to before `end`, as one.
pub(super) fn whole(article: &Article, first: usize, end: usize) -> Block {
    let mut block = article.blocks()[first];
    if let Some(last) = article.blocks()[..end].last() {
        block.span = Span::new(block.span.start, last.span.end);
    }
    block
}

/// Cuts `spans`, nearly all of which lie in the block of the number `near`, where the lines read as one block break: each
/// lies in one block of the article then.
pub(super) fn cut(article: &Article, near: usize, spans: &mut Vec<Span>) {
    let near = article.blocks().get(near).map_or(Span::new(0, 0), |block| block.span);
    let inside = |span: &Span| {
        near.contains(*span) || article.block_at(span.start).is_some_and(|block| span.end <= block.span.end)
    };
    if spans.iter().all(inside) {
        return;
    }
    *spans = spans.iter().flat_map(|span| parts(article, *span)).collect();
}

/// The parts of `span` in the blocks it goes over; those without a letter or digit only where no other is left.
fn parts(article: &Article, span: Span) -> Vec<Span> {
    let blocks = article.blocks();
    let first = blocks.partition_point(|block| block.span.end <= span.start);
    let over = blocks.iter().skip(first).take_while(|block| block.span.start < span.end);
    let mut parts: Vec<Span> = over
        .filter_map(|block| {
            let part = Span::new(block.span.start.max(span.start), block.span.end.min(span.end));
            let words = part.of(article.text());
            let start = part.start + (words.len() - words.trim_start().len());
            Some(Span::new(start, part.start + words.trim_end().len())).filter(|part| part.start < part.end)
        })
        .collect();
    let speaks = |part: &Span| part.of(article.text()).chars().any(char::is_alphanumeric);
    if parts.iter().any(speaks) {
        parts.retain(speaks);
    }
    parts
}

/// What the first mark of a line does to a quotation that was open before it.
enum Mark {
    Closes,
    /// Something else is quoted.
    Opens,
    /// The line begins with the opening mark again, as each paragraph of a long quotation does, and does not close it.
    Repeats,
    /// The line begins with the opening mark again, and ends with the closing one.
    RepeatsAndCloses,
    /// The line begins with the opening mark again, and goes on behind the closing one: `“…,” said the farmer.`
    RepeatsAndGoesOn,
}

/// What the first mark of the same style does in a line after `open` was left open; `None` if there is none.
fn first_mark(line: &str, open: char) -> Option<Mark> {
    let (marks, certain): (&[char], Option<char>) = match open {
        '«' => (&['«', '»'], Some('»')),
        '“' | '„' => (&['“', '”', '„'], None),
        '"' | '”' => (&['"', '“', '”'], None),
        _ => return None,
    };
    if let Some(rest) = line.trim_start().strip_prefix(open) {
        return Some(match rest.rfind(marks) {
            None => Mark::Repeats,
            Some(_) if rest.matches(marks).count() % 2 == 0 => Mark::Opens,
            Some(last) if ends_line(rest, last) => Mark::RepeatsAndCloses,
            Some(_) => Mark::RepeatsAndGoesOn,
        });
    }
    let (at, mark) = line.char_indices().find(|(_, c)| marks.contains(c))?;
    if let Some(closing) = certain {
        return Some(if mark == closing { Mark::Closes } else { Mark::Opens });
    }
    let before = line[..at].chars().next_back();
    let glued = before.is_some_and(|c| !c.is_whitespace() && c != '(');
    Some(if mark == '”' && open != '”' || glued && mark != '“' { Mark::Closes } else { Mark::Opens })
}

/// Whether no letter or digit follows the mark at the byte `at`.
fn ends_line(line: &str, at: usize) -> bool {
    !line.get(at..).unwrap_or_default().chars().any(char::is_alphanumeric)
}
