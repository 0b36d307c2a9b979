//! Who speaks: from the source as written, a pronoun or nothing at all to the fullest name the article gives.

use super::draft::{Draft, Subject};
use crate::claim::{ResolvedBy, Source, SourceKind};
use crate::{Article, LanguagePack};

/// The source of each draft, in the order of the drafts.
pub(super) fn sources(article: &Article, _pack: &LanguagePack, drafts: &[Draft]) -> Vec<Option<Source>> {
    let mut last: Option<String> = None;
    drafts
        .iter()
        .map(|draft| {
            let (span, resolved_by) = match draft.source {
                Subject::Nobody => return None,
                Subject::Written(span) => {
                    last = Some(span.of(article.text()).to_owned());
                    (Some(span), ResolvedBy::Clause)
                }
                Subject::Pronoun(span, _) => (Some(span), ResolvedBy::Pronoun),
                Subject::Elliptical(_) | Subject::SameAs(_) => (None, ResolvedBy::Ellipsis),
                Subject::Floating => (None, ResolvedBy::Floating),
            };
            Some(Source {
                text: span.map_or_else(String::new, |span| span.of(article.text()).to_owned()),
                spans: span.into_iter().collect(),
                kind: SourceKind::Unknown,
                speaker: last.clone(),
                resolved_by,
            })
        })
        .collect()
}
