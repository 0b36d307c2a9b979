//! The article text as the `trafilatura` crate finds it.

use super::paragraphs::{Paragraph, paragraphs};
use super::quietly::quietly;
use super::{ArticleText, Tree, parse};

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
        let options = trafilatura::Options::default()
            .with_fallback(true)
            .with_exclude_comments(true)
            // Links are kept to tell headlines of other stories, which are one link from end to end.
            .with_links(true)
            // Dates are read from the metadata, and searching the text for them takes long.
            .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
        // A fault of the extractor on one strange page must not end a batch of thousands.
        let found = match quietly(|| trafilatura::extract(page.html, &options)) {
            Ok(Ok(found)) => found,
            Ok(Err(trafilatura::TrafilaturaError::InsufficientContent { .. })) => return Ok(Vec::new()),
            Ok(Err(error)) => return Err(error.to_string()),
            Err(_) => return Err("it broke off".to_owned()),
        };
        let content = parse::parse(self.name(), &found.content_html).map_err(|error| error.to_string())?;
        Ok(paragraphs(&content))
    }
}
