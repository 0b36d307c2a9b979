//! The article text as the `trafilatura` crate finds it.

use trafilatura::dom::Document;
use trafilatura::{ExtractResult, FallbackCandidates, HtmlDateMode, Options, TrafilaturaError, extract_document};

use super::paragraphs::{Paragraph, ParagraphKind, paragraphs};
use super::parse::parse;
use super::quietly::quietly;
use super::{ArticleText, Tree};

/// The extractor of the `trafilatura` crate, with its fallbacks and without readers' comments.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Trafilatura;

impl ArticleText for Trafilatura {
    fn name(&self) -> &'static str {
        "trafilatura"
    }

    /// The crate does not tell its version; a test beside the trait compares this with the lock file.
    fn version(&self) -> &'static str {
        "0.6.0"
    }

    fn paragraphs(&self, page: &Tree<'_>) -> Result<Vec<Paragraph>, String> {
        // A fault of the extractor on one strange page must not end a batch of thousands.
        let found = match quietly(|| extract(page)) {
            Ok(Ok(found)) => found,
            Ok(Err(TrafilaturaError::InsufficientContent { .. })) => return Ok(Vec::new()),
            Ok(Err(error)) => return Err(error.to_string()),
            Err(_) => return Err("it broke off".to_owned()),
        };
        let content = parse(self.name(), &found.content_html).map_err(|error| error.to_string())?;
        Ok(paragraphs(&content))
    }
}

/// Metadata, so that the extractor does not search the whole page for them, which takes long; they are read elsewhere.
const METADATA: &str = r#"{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Read elsewhere", "author": "Read Elsewhere",
    "publisher": "Read Elsewhere", "articleSection": "Read elsewhere", "keywords": "read elsewhere"}"#;

/// What the extractor takes out of a page as a whole, before it looks for anything but metadata.
const TAKEN_OUT: &str = "aside, footer, svg";

/// A character that stands in no page: not one that is, by Unicode.
const STAND_IN: char = '\u{FDD0}';

/// The shortest text with which the extractor looks no further, in code points.
const ENOUGH: usize = 250;

/// The longest text that stands in for another, in code points; of a longer page both are made at once.
const LONGEST_STAND_IN: usize = 100_000;

/// The shortest paragraph that is a sentence, in code points; what is shorter is a label, a name or a date.
const SENTENCE: usize = 30;

/// What the extractor makes of a page.
///
/// It has a second one, Readability, find the article as well, which takes a third of the time, and takes that text only if
/// it is more than twice as long as its own, or its own has no paragraphs. So a text that is longer than any article on the
/// page can be stands in for it first. Where that is passed over, Readability's would have been; elsewhere it is asked.
fn extract(page: &Tree<'_>) -> Result<ExtractResult, TrafilaturaError> {
    let options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        // Links are kept to tell headlines of other stories, which are one link from end to end.
        .with_links(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    let document = Document::parse(page.html);
    let longest = longest_article(&page.paragraphs);
    if (ENOUGH..=LONGEST_STAND_IN).contains(&longest) {
        let mut candidates = FallbackCandidates::default();
        let text = String::from_iter(std::iter::repeat_n(STAND_IN, longest));
        // Of a second look, at a page of which little was taken, a heading is asked too.
        candidates.readability_html = Some(format!("<h2>{STAND_IN}</h2><p>{text}</p>"));
        let mut lighter = document.clone_document();
        lighten(&mut lighter);
        let found = extract_document(lighter, &options.clone().with_fallback_candidates(candidates))?;
        if !found.content_text.contains(STAND_IN) {
            return Ok(found);
        }
    }
    extract_document(document, &options)
}

/// The most code points that an article on the page can have: those of its sentences, and a quarter of its labels and links.
fn longest_article(page: &[Paragraph]) -> usize {
    let most = |paragraph: &Paragraph| match paragraph.text.chars().count() {
        length if length < SENTENCE || paragraph.kind == ParagraphKind::Link => length.div_ceil(4),
        length => length,
    };
    page.iter().map(most).sum()
}

/// Gives a page metadata, and takes the insides out of what the extractor takes out as a whole in all of its ways.
fn lighten(document: &mut Document) {
    for element in document.query_selector_all(document.root(), TAKEN_OUT) {
        for child in document.children(element) {
            document.remove(child, false);
        }
    }
    let Some(head) = document.query_selector(document.root(), "head") else { return };
    let script = document.sub_element(head, "script");
    document.set_attribute(script, "type", "application/ld+json");
    document.set_text(script, METADATA);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::parse;

    fn found(html: &str) -> Vec<String> {
        let document = parse::parse("test", html).unwrap();
        let tree = Tree { html, paragraphs: paragraphs(&document), document };
        Trafilatura.paragraphs(&tree).unwrap().into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn the_other_extractor_is_asked_where_it_may_find_twice_as_much() {
        let sentence = "The mayor opened the bridge over the river on Monday and said that it was safe.";
        let lines =
            |element: &str| -> String { (0..20).map(|at| format!("<{element}>{sentence} {at}</{element}>")).collect() };
        let in_paragraphs = found(&format!("<body><article>{}</article></body>", lines("p")));
        assert_eq!(in_paragraphs.len(), 20);
        // The extractor itself takes the paragraphs alone, and Readability the rest with them.
        let (few, many) = (format!("<p>{}</p>", [sentence; 4].join(" ")), lines("section"));
        let found = found(&format!("<body><article>{few}</article><div class=story>{many}</div></body>"));
        assert!(found.iter().all(|text| !text.contains(STAND_IN)) && found.len() > 10, "{found:#?}");
    }
}
