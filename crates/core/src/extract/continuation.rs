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
    let Some(open) = block.quotations.iter().find(|quotation| !quotation.closed) else { return next };
    let Some(mark) = block.tokens.get(open.open).and_then(|token| token.span.of(article.text()).chars().next()) else {
        return next;
    };
    for (number, later) in article.blocks().iter().enumerate().skip(next).take(MOST_LINES) {
        if later.role != block.role {
            return next;
        }
        match first_mark(later.span.of(article.text()), mark) {
            Some(Closes::Yes) => return number + 1,
            Some(Closes::No) => return next,
            None => {}
        }
    }
    next
}

/// The block from `first` to before `end`, as one.
pub(super) fn whole(article: &Article, first: usize, end: usize) -> Block {
    let mut block = article.blocks()[first];
    if let Some(last) = article.blocks()[..end].last() {
        block.span = Span::new(block.span.start, last.span.end);
    }
    block
}

enum Closes {
    Yes,
    No,
}

/// Whether the first mark of the same style in a line closes what was open before it; `None` if there is none.
fn first_mark(line: &str, open: char) -> Option<Closes> {
    let (marks, certain): (&[char], Option<char>) = match open {
        '«' => (&['«', '»'], Some('»')),
        '“' | '„' => (&['“', '”', '„'], None),
        '"' | '”' => (&['"', '“', '”'], None),
        _ => return None,
    };
    let (at, mark) = line.char_indices().find(|(_, c)| marks.contains(c))?;
    if let Some(closing) = certain {
        return Some(if mark == closing { Closes::Yes } else { Closes::No });
    }
    let before = line[..at].chars().next_back();
    let glued = before.is_some_and(|c| !c.is_whitespace() && c != '(');
    Some(if mark == '”' && open != '”' || glued && mark != '“' { Closes::Yes } else { Closes::No })
}
