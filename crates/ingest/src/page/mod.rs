//! HTML pages to articles.

mod agreement;
mod date;
mod doubt;
mod json_ld;
mod metadata;
mod paragraphs;
mod parse;
mod quietly;
mod quotation;
mod smoothie;
mod structure;
mod top;
mod trafilatura;

use dom_query::Document;
use isnad_core::{Block, BlockRole, Span};

pub use doubt::PageDoubt;
pub(crate) use metadata::PageMetadata;
pub(crate) use paragraphs::{Paragraph, ParagraphKind};
pub use parse::MAX_PAGE_BYTES;
pub(crate) use quietly::quietly;
pub(crate) use smoothie::DomSmoothie;
pub(crate) use trafilatura::Trafilatura;

use crate::error::IngestError;
use crate::lines::{self, Hint, title_key};
use doubt::Evidence;

/// Finds the text of the article in a page.
///
/// An implementation is named with its version, since two versions of an article may be compared only if
/// one extractor read both: extractors change their minds about paragraphs that nobody edited.
pub(crate) trait ArticleText: Sync {
    /// The extractor's name.
    fn name(&self) -> &'static str;

    /// The extractor's version.
    fn version(&self) -> &'static str;

    /// The paragraphs of the article in a page, in order; none if the page holds no article.
    ///
    /// # Errors
    ///
    /// What the extractor says if it fails.
    fn paragraphs(&self, page: &Tree<'_>) -> Result<Vec<Paragraph>, String>;
}

/// A page, parsed once for all who read it.
pub(crate) struct Tree<'h> {
    pub(crate) html: &'h str,
    pub(crate) document: Document,
    /// All that readers see.
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// The article text of a page, cut into blocks, and its metadata.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) metadata: PageMetadata,
    /// How far two extractors agree, in per cent, if two were asked.
    pub(crate) agreement: Option<u8>,
    pub(crate) doubt: Option<PageDoubt>,
}

/// How many paragraphs may stand before the title in the text (a section's name, a kicker).
const BEFORE_TITLE: usize = 4;

/// Reads a page: one paragraph a line, with the title as first line if the text does not have it. Where there is a `second`
/// extractor, it is asked what it takes for the article, and counts for how sure that is.
pub(crate) fn read(
    name: &str,
    html: &str,
    extractor: &dyn ArticleText,
    second: Option<&dyn ArticleText>,
) -> Result<Page, IngestError> {
    let document = parse::parse(name, html)?;
    let metadata = metadata::read(&document);
    let (mut paragraphs, articles) = paragraphs::paragraphs_in_articles(&document);
    top::mark_other_stories(&mut paragraphs, &articles, metadata.title.as_deref());
    let tree = Tree { html, document, paragraphs };
    let failed = |reason| IngestError::Extractor { name: name.to_owned(), extractor: extractor.name(), reason };
    let is_shown =
        |paragraph: &Paragraph| lines::is_visible(&paragraph.text) && paragraph.kind != ParagraphKind::Unseen;
    let as_seen = |found| {
        let mut found = structure::as_on_page(found, &tree.paragraphs);
        found.retain(is_shown);
        top::mended(found, &tree.paragraphs, metadata.title.as_deref())
    };
    let mut found = as_seen(extractor.paragraphs(&tree).map_err(failed)?);
    found.retain(|paragraph| paragraph.kind != ParagraphKind::OtherStory);
    // That the second extractor fails says nothing about the first. What it takes counts whole: where it has what was left
    // out of the first as another story, that may have been a mistake.
    let second = second.and_then(|second| second.paragraphs(&tree).ok()).map(as_seen);
    let agreement = second.map(|second| agreement::agreement(&found, &second));
    let evidence = Evidence {
        found: &found,
        page: &tree.paragraphs,
        title: metadata.title.as_deref(),
        is_closed: metadata.is_closed,
        agreement,
    };
    let doubt = doubt::doubt(&evidence);
    let paragraphs = quotation::in_marks(found);
    if paragraphs.is_empty() {
        return Err(IngestError::NoArticle { name: name.to_owned() });
    }
    let (mut text, hints) = assemble(&paragraphs, metadata.title.as_deref());
    let mut blocks = lines::blocks_of_hinted(&text, &hints);
    cut_tail(&mut text, &mut blocks);
    Ok(Page { text, blocks, metadata, agreement, doubt })
}

/// Cuts off the invitations below the story: rules for comments, share lines, counters. They are no part of it, and change by
/// themselves.
fn cut_tail(text: &mut String, blocks: &mut Vec<Block>) {
    while blocks.len() > 1 && blocks.last().is_some_and(|block| block.role == BlockRole::Promo) {
        blocks.pop();
    }
    text.truncate(blocks.last().map_or(0, |block| block.span.end));
}

/// Writes paragraphs one a line, the title first unless one of the first paragraphs is it.
fn assemble(paragraphs: &[Paragraph], title: Option<&str>) -> (String, Vec<(Span, Hint)>) {
    let mut text = String::new();
    let mut hints = Vec::new();
    let mut write = |line: &str, hint| {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(line.trim());
        hints.push((Span::new(start, text.len()), hint));
    };
    let title_at = title.and_then(|title| {
        let key = title_key(title);
        paragraphs.iter().take(BEFORE_TITLE).position(|paragraph| is_title(&paragraph.text, &key))
    });
    if let (Some(title), None) = (title, title_at) {
        write(title, Hint::Title);
    }
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let hint = match paragraph.kind {
            _ if title_at == Some(at) => Hint::Title,
            ParagraphKind::Heading | ParagraphKind::AsideHeading => Hint::Heading,
            ParagraphKind::Item => Hint::Item,
            ParagraphKind::Link => Hint::Link,
            ParagraphKind::Caption => Hint::Role(BlockRole::Caption),
            ParagraphKind::Standfirst => Hint::Role(BlockRole::Standfirst),
            ParagraphKind::Correction => Hint::Role(BlockRole::Correction),
            _ => Hint::None,
        };
        write(&paragraph.text, hint);
    }
    (text, hints)
}

/// Whether a paragraph is the title, perhaps with a word more or less.
fn is_title(paragraph: &str, key: &str) -> bool {
    if paragraph.len() > 4 * key.len() + 64 {
        return false;
    }
    let paragraph = title_key(paragraph);
    let (shorter, longer) = if paragraph.len() < key.len() { (&*paragraph, key) } else { (key, &*paragraph) };
    !shorter.is_empty() && longer.contains(shorter) && shorter.len() * 10 >= longer.len() * 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use isnad_core::BlockRole::{self, Body, Headline, Kicker, Promo, Related};

    /// An extractor that takes the page for what it found.
    struct AsIs;

    impl ArticleText for AsIs {
        fn name(&self) -> &'static str {
            "as is"
        }

        fn version(&self) -> &'static str {
            "1"
        }

        fn paragraphs(&self, page: &Tree<'_>) -> Result<Vec<Paragraph>, String> {
            Ok(page.paragraphs.clone())
        }
    }

    fn lines(html: &str) -> Vec<(String, BlockRole)> {
        let page = read("test", html, &AsIs, None).unwrap();
        page.blocks.iter().map(|block| (block.span.of(&page.text).to_owned(), block.role)).collect()
    }

    #[test]
    fn the_versions_told_are_those_that_are_built_in() {
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock");
        // A published crate has no lock file beside it.
        let Ok(lock) = std::fs::read_to_string(lock) else { return };
        for extractor in [&Trafilatura as &dyn ArticleText, &DomSmoothie] {
            let expected = format!("name = \"{}\"\nversion = \"{}\"", extractor.name(), extractor.version());
            assert!(lock.contains(&expected), "{expected}");
        }
    }

    const STORY: &str = "<p>The mayor opened the bridge on Monday.</p><p>It took two years to build.</p>";

    #[test]
    fn the_title_becomes_the_first_line_if_the_text_lacks_it() {
        let found = lines(&format!("<head><title>Mayor opens bridge</title></head>{STORY}"));
        assert_eq!(found[0], ("Mayor opens bridge".into(), Headline));
        assert_eq!(found[1].1, Body);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn the_title_is_not_repeated_and_what_is_above_it_is_its_kicker() {
        let found = lines(&format!("<p>Transport</p><h1>Mayor opens bridge</h1>{STORY}"));
        assert_eq!(found.iter().map(|(_, role)| *role).collect::<Vec<_>>(), [Kicker, Headline, Body, Body]);
    }

    #[test]
    fn links_to_other_stories_and_invitations_are_told_apart() {
        let html = format!(
            "<h1>Mayor opens bridge</h1>{STORY}<p><a href=/x>Who will pay for the bridge</a></p>\
             <p><a href=/y>Sign up for our newsletter</a></p><p>She told <a href=/z>the council</a> so.</p>"
        );
        let roles: Vec<_> = lines(&html).into_iter().map(|(_, role)| role).collect();
        assert_eq!(roles, [Headline, Body, Body, Related, Promo, Body]);
    }

    #[test]
    fn a_page_without_text_is_refused() {
        assert!(matches!(read("test", "<html><body></body></html>", &AsIs, None), Err(IngestError::NoArticle { .. })));
        assert!(matches!(read("test", "<p></p>", &Trafilatura, None), Err(IngestError::NoArticle { .. })));
    }
}
