//! Where the page's own blocks end inside a paragraph that an extractor gave as one.
//!
//! On a short page the extractor falls back to the bare text and runs headings and paragraphs together; what the page keeps
//! apart is two statements, and joined they would give one of them the other's speaker.

use super::paragraphs::Paragraph;

/// How many of the page's paragraphs an extractor may have left out between two that it joined.
const MOST_LEFT_OUT: usize = 40;

/// Cuts each paragraph that is several of the page's, one after the other and whole, into those.
pub(super) fn cut_at_blocks(found: Vec<Paragraph>, page: &[Paragraph]) -> Vec<Paragraph> {
    let letters: Vec<String> = page.iter().map(|paragraph| squeezed(&paragraph.text)).collect();
    let mut from = 0;
    let mut cut = Vec::with_capacity(found.len());
    for paragraph in found {
        let parts = parts_of(&squeezed(&paragraph.text), &letters, from);
        from = parts.last().map_or(from, |last| last + 1);
        match parts.len() {
            0 | 1 => cut.push(paragraph),
            _ => cut.extend(parts.into_iter().filter_map(|part| page.get(part).cloned())),
        }
    }
    cut
}

/// The paragraphs of the page, by number, that `text` is made of; none if it is not made of whole ones.
fn parts_of(text: &str, page: &[String], from: usize) -> Vec<usize> {
    let mut rest = text;
    let mut parts = Vec::new();
    let mut next = from;
    while !rest.is_empty() {
        let ahead = page.iter().enumerate().skip(next).take(MOST_LEFT_OUT);
        let fits =
            ahead.filter(|(_, part)| !part.is_empty()).find_map(|(at, part)| Some((at, rest.strip_prefix(&**part)?)));
        let Some((at, after)) = fits else { return Vec::new() };
        (rest, next) = (after, at + 1);
        parts.push(at);
    }
    parts
}

/// A text without white space: extractors differ in it.
fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::ParagraphKind;
    use super::*;

    fn paragraphs(texts: &[&str]) -> Vec<Paragraph> {
        texts.iter().map(|text| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Text }).collect()
    }

    #[test]
    fn what_the_page_keeps_apart_is_not_joined() {
        let page = paragraphs(&["Flood", "The ministry said so.", "Share", "The army said no."]);
        let joined = paragraphs(&["FloodThe ministry said so. The army said no."]);
        let expected = paragraphs(&["Flood", "The ministry said so.", "The army said no."]);
        assert_eq!(cut_at_blocks(joined, &page), expected);
    }

    #[test]
    fn what_is_one_paragraph_or_was_cut_by_the_extractor_stays() {
        let page = paragraphs(&["A long paragraph.", "Another one, with a tail."]);
        let found = paragraphs(&["A long paragraph.", "Another one"]);
        assert_eq!(cut_at_blocks(found.clone(), &page), found);
    }
}
