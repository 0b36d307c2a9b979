//! HTML to a tree whose size is bounded.
//!
//! The rules of HTML let a small page stand for a huge tree: tags nested without end, or formatting that is
//! never closed and therefore opened again in every later paragraph. The page is fed to the parser in
//! pieces and given up as soon as the tree passes the limits, so that neither time, memory nor stack
//! depend on who wrote the page.

use dom_query::{Document, NodeRef};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};

use crate::error::IngestError;

/// The most bytes of UTF-8 a page can have.
pub const MAX_PAGE_BYTES: usize = 20_000_000;

/// The most elements that can be nested; browsers stop at 512.
pub(crate) const MAX_DEPTH: usize = 512;

/// The most nodes (elements, texts, comments) of a page. News pages have a few thousand.
pub(crate) const MAX_NODES: usize = 500_000;

/// The most attributes of one tag; the parser compares each with each.
pub(crate) const MAX_ATTRIBUTES: usize = 10_000;

/// How many bytes are parsed between two looks at the size of the tree.
const PIECE: usize = 4096;

/// Parses a page.
///
/// # Errors
///
/// [`IngestError::PageTooLarge`] and [`IngestError::PageTooComplex`], by the limits above.
pub(crate) fn parse(name: &str, html: &str) -> Result<Document, IngestError> {
    let too_complex = |what, limit| IngestError::PageTooComplex { name: name.to_owned(), what, limit };
    if html.len() > MAX_PAGE_BYTES {
        return Err(IngestError::PageTooLarge { name: name.to_owned(), size: html.len(), limit: MAX_PAGE_BYTES });
    }
    if has_too_many_attributes(html) {
        return Err(too_complex("too many attributes in one tag", MAX_ATTRIBUTES));
    }
    let mut parser = parse_document(Document::default(), options());
    for piece in pieces(html) {
        parser.process(piece.into());
        let document = &parser.tokenizer.sink.sink;
        if document.tree.len() > MAX_NODES {
            return Err(too_complex("too many elements", MAX_NODES));
        }
        if newest_depth(document) > MAX_DEPTH {
            return Err(too_complex("too many elements inside one another", MAX_DEPTH));
        }
    }
    let document = parser.finish();
    // The newest element at the end of a piece need not have been the deepest.
    if greatest_depth(&document) > MAX_DEPTH {
        return Err(too_complex("too many elements inside one another", MAX_DEPTH));
    }
    Ok(document)
}

fn options() -> ParseOpts {
    let mut options = ParseOpts::default();
    // Without scripts, what stands in `<noscript>` is part of the page.
    options.tree_builder.scripting_enabled = false;
    options
}

/// A text in pieces of about [`PIECE`] bytes.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = (PIECE..rest.len()).find(|&end| rest.is_char_boundary(end)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// How deep the last inserted element is, as far as it matters.
fn newest_depth(document: &Document) -> usize {
    let mut newest = document.root();
    let mut depth = 0;
    while let Some(child) = newest.last_child() {
        newest = child;
        depth += 1;
        if depth > MAX_DEPTH {
            break;
        }
    }
    depth
}

fn greatest_depth(document: &Document) -> usize {
    let mut greatest = 0;
    let mut open: Vec<(NodeRef<'_>, usize)> = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        greatest = greatest.max(depth);
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    greatest
}

/// Whether some tag has more attributes than any page needs. Scripts may look like tags, but not that long.
fn has_too_many_attributes(html: &str) -> bool {
    let mut quote = None;
    let mut in_tag = false;
    let mut attributes = 0_usize;
    let mut previous = b' ';
    for byte in html.bytes() {
        match (in_tag, quote) {
            (false, _) => {
                in_tag = previous == b'<' && byte.is_ascii_alphabetic();
                attributes = 0;
            }
            (true, Some(mark)) => {
                if byte == mark {
                    quote = None;
                }
            }
            (true, None) => match byte {
                b'>' => in_tag = false,
                b'"' | b'\'' if previous == b'=' => quote = Some(byte),
                _ if previous.is_ascii_whitespace() || previous == b'/' => attributes += 1,
                _ => {}
            },
        }
        if attributes > MAX_ATTRIBUTES {
            return true;
        }
        previous = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(html: &str) -> Option<&'static str> {
        match parse("test", html) {
            Err(IngestError::PageTooComplex { what, .. }) => Some(what),
            Ok(_) => None,
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn an_ordinary_page_is_parsed() {
        let html = format!("<html><body>{}</body></html>", "<div><p>قال <b>نعم</b></p></div>".repeat(2000));
        assert_eq!(parse("test", &html).unwrap().select("b").length(), 2000);
    }

    #[test]
    fn deep_nesting_is_refused_at_once() {
        for tag in ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<svg><g>"] {
            assert!(refusal(&tag.repeat(100_000)).is_some(), "{tag}");
        }
        let closed = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert!(refusal(&closed).is_some());
    }

    #[test]
    fn depth_that_ends_within_one_piece_is_seen() {
        let html = format!("{}{}", "<i>".repeat(550), "</i>".repeat(550));
        assert!(refusal(&html).is_some());
    }

    #[test]
    fn formatting_that_is_never_closed_does_not_explode() {
        let opened: String = (0..400).map(|size| format!("<font size={size}>")).collect();
        let html = format!("<p>{opened}</p>{}", "<p>x".repeat(100_000));
        assert_eq!(refusal(&html), Some("too many elements"));
    }

    #[test]
    fn a_tag_with_endless_attributes_is_refused() {
        let attributes: String = (0..200_000).map(|number| format!(" a{number}=1")).collect();
        assert_eq!(refusal(&format!("<p{attributes}>x</p>")), Some("too many attributes in one tag"));
    }

    #[test]
    fn a_page_over_the_limit_is_refused() {
        let html = "a".repeat(MAX_PAGE_BYTES + 1);
        assert!(matches!(parse("test", &html), Err(IngestError::PageTooLarge { .. })));
    }
}
