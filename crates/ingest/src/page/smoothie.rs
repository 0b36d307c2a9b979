//! The article text as the `dom_smoothie` crate finds it: the second opinion.

use dom_smoothie::{CandidateSelectMode, Config, Readability};

use super::paragraphs::{Paragraph, paragraphs};
use super::parse::{MAX_NODES, parse};
use super::quietly::quietly;
use super::{ArticleText, Tree};

/// The extractor of the `dom_smoothie` crate, in its own way of choosing among candidates.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DomSmoothie;

impl ArticleText for DomSmoothie {
    fn name(&self) -> &'static str {
        "dom_smoothie"
    }

    /// The crate does not tell its version; a test beside the trait compares this with the lock file.
    fn version(&self) -> &'static str {
        "0.19.0"
    }

    fn paragraphs(&self, page: &Tree<'_>) -> Result<Vec<Paragraph>, String> {
        let config = Config {
            max_elements_to_parse: MAX_NODES,
            // Metadata are read elsewhere, and with more care.
            disable_json_ld: true,
            candidate_select_mode: CandidateSelectMode::DomSmoothie,
            ..Config::default()
        };
        let document = page.document.clone();
        // A fault of the extractor on one strange page must not end a batch of thousands.
        let found = quietly(|| {
            let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
            readability.parse().ok().map(|article| article.content)
        });
        let Some(content) = found.map_err(|_| "it broke off".to_owned())? else { return Ok(Vec::new()) };
        let content = parse(self.name(), &content).map_err(|error| error.to_string())?;
        Ok(paragraphs(&content))
    }
}
