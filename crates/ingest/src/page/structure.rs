//! What the page says of the paragraphs that an extractor found: where they end, and what they are.
//!
//! On a short page the extractor falls back to the bare text and runs headings and paragraphs together; what the page keeps
//! apart is two statements, and joined they would give one of them the other's speaker. And it drops what makes a paragraph a
//! quotation, a caption or a standfirst, which the page knows.

use super::paragraphs::{Paragraph, ParagraphKind};

/// How many of the page's paragraphs an extractor may have left out between two that it joined.
const MOST_LEFT_OUT: usize = 40;

/// Replaces each paragraph that is one of the page's, or several one after the other and whole, by those. A quotation brings
/// the words that say whose it is, even if the extractor has left them out.
pub(super) fn as_on_page(found: Vec<Paragraph>, page: &[Paragraph]) -> Vec<Paragraph> {
    let letters: Vec<String> = page.iter().map(|paragraph| squeezed(&paragraph.text)).collect();
    let mut from = 0;
    let mut restored: Vec<Paragraph> = Vec::with_capacity(found.len());
    for paragraph in found {
        let text = squeezed(&paragraph.text);
        let mut parts = parts_of(&text, &letters, from);
        if parts.is_empty() {
            // Extractors move things; a paragraph that stands elsewhere is found all the same.
            parts.extend(letters.iter().position(|part| *part == text));
        }
        let Some(&last) = parts.last() else {
            restored.push(paragraph);
            continue;
        };
        // A heading between two paragraphs that are taken is the article's.
        let first = parts.first().copied().unwrap_or(last);
        let heading = first.checked_sub(1).filter(|before| from > 0 && *before >= from).and_then(|at| page.get(at));
        restored.extend(heading.filter(|heading| heading.kind == ParagraphKind::Heading).cloned());
        from = from.max(last + 1);
        restored.extend(parts.into_iter().filter_map(|part| page.get(part).cloned()));
        let attribution = page.get(last + 1).filter(|next| next.kind == ParagraphKind::Attribution);
        if page.get(last).is_some_and(|last| last.kind == ParagraphKind::Quote) {
            restored.extend(attribution.cloned());
        }
    }
    // An attribution that the extractor had kept as well came in twice.
    restored.dedup_by(|one, other| one.kind == ParagraphKind::Attribution && one == other);
    restored
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

/// A text without white space and quotation marks: extractors differ in the one, and drop elements that stand for the other.
fn squeezed(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '“' | '”' | '"');
    text.chars().filter(|&character| !character.is_whitespace() && !is_mark(character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(texts: &[&str]) -> Vec<Paragraph> {
        texts.iter().map(|text| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Text }).collect()
    }

    #[test]
    fn what_the_page_keeps_apart_is_not_joined() {
        let page = paragraphs(&["Flood", "The ministry said so.", "Share", "The army said no."]);
        let joined = paragraphs(&["FloodThe ministry said so. The army said no."]);
        let expected = paragraphs(&["Flood", "The ministry said so.", "The army said no."]);
        assert_eq!(as_on_page(joined, &page), expected);
    }

    #[test]
    fn what_was_cut_by_the_extractor_stays() {
        let page = paragraphs(&["A long paragraph.", "Another one, with a tail."]);
        let found = paragraphs(&["A long paragraph.", "Another one"]);
        assert_eq!(as_on_page(found.clone(), &page), found);
    }

    #[test]
    fn a_heading_right_above_a_paragraph_comes_back() {
        let mut page = paragraphs(&["Title", "One.", "Box", "Now", "Two."]);
        for at in [0, 2, 3] {
            page[at].kind = ParagraphKind::Heading;
        }
        let found = as_on_page(paragraphs(&["One.", "Two."]), &page);
        assert_eq!(found.iter().map(|paragraph| &*paragraph.text).collect::<Vec<_>>(), ["One.", "Now", "Two."]);
    }

    #[test]
    fn a_quotation_brings_whose_it_is() {
        let of = |text: &str, kind| Paragraph { text: text.to_owned(), kind };
        let page = [
            of("One.", ParagraphKind::Text),
            of("We pay.", ParagraphKind::Quote),
            of("— Anna Berg", ParagraphKind::Attribution),
        ];
        assert_eq!(as_on_page(paragraphs(&["One.", "We pay."]), &page), page);
        assert_eq!(as_on_page(paragraphs(&["One.", "We pay.", "— Anna Berg"]), &page), page);
    }
}
