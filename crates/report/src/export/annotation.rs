//! W3C Web Annotations: each claim of the newest version as a note on the words it stands on.
//!
//! The words are found by a `TextQuoteSelector` (the words with what stands before and after them) and by a
//! `TextPositionSelector`, whose positions count code points of the version's text, as the model demands.

use isnad_core::{Claim, OffsetMap, OffsetUnit, Span};
use isnad_store::StoredVersion;
use serde_json::{Value, json};

use super::iri::{self, Names};
use super::seen;
use crate::dossier::{Dossier, Thread, speaker};
use crate::shown::link;
use crate::texts::data_name;
use crate::view::Tongue;

/// The context that gives the terms their meaning.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// How many characters before and after the words are told to find them by.
const AROUND: usize = 32;

/// The annotations of an article, without the context: one for each claim of its newest version.
#[must_use]
pub fn annotations(dossier: &Dossier) -> Vec<Value> {
    let Some(version) = dossier.newest() else { return Vec::new() };
    let names = Names::of(dossier);
    let at = dossier.versions.iter().position(|other| other.id == version.id);
    let name = at.and_then(|at| names.version(at)).unwrap_or_default();
    let text = version.article.text();
    let map = OffsetMap::new(text, OffsetUnit::CodePoints);
    // Where the text is: its address on the web, or what names the version.
    let source = dossier.article.url.as_deref().and_then(link).unwrap_or(name);
    let seen = seen(dossier, version.id);
    let annotation = |stored: &isnad_store::StoredClaim| {
        let thread = dossier.threads.iter().find(|thread| Some(thread.id) == stored.thread);
        let target = |span: &Span| {
            let mut target = json!({
                "type": "SpecificResource",
                "source": source,
                "selector": [quote(text, *span), position(&map, *span)],
            });
            if let Some(seen) = &seen {
                target["state"] = json!({ "type": "TimeState", "sourceDate": seen.split('/').next() });
            }
            target
        };
        json!({
            "id": iri::claim(name, &stored.claim),
            "type": "Annotation",
            "motivation": "describing",
            "body": body(&stored.claim, version, thread),
            "target": stored.claim.content.spans.iter().map(target).collect::<Vec<_>>(),
        })
    };
    version.claims.iter().map(annotation).collect()
}

fn quote(text: &str, span: Span) -> Value {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    json!({
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": before.get(start..),
        "suffix": after.get(..end),
    })
}

fn position(map: &OffsetMap<'_>, span: Span) -> Value {
    let span = map.span_from_bytes(span);
    json!({ "type": "TextPositionSelector", "start": span.start, "end": span.end })
}

/// Who says it and how, in words; then tags, by which annotations can be sorted.
fn body(claim: &Claim, version: &StoredVersion, thread: Option<&Thread>) -> Vec<Value> {
    let words = |claim: &Claim| {
        let cue = claim.cue.as_ref().map(|cue| format!(" ({})", cue.text)).unwrap_or_default();
        format!("{}{cue}", speaker(claim).unwrap_or("?"))
    };
    let mut described = json!({
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": words(claim),
    });
    if let Some(language) = version.article.metadata.language {
        described["language"] = json!(language);
        described["textDirection"] = json!(Tongue::of(Some(language)).dir);
    }
    let mut tags = vec![data_name(&claim.kind), data_name(&claim.polarity)];
    tags.extend(claim.cue.as_ref().map(|cue| data_name(&cue.stance)));
    tags.extend(thread.and_then(Thread::severity).map(|severity| format!("changed-{}", data_name(&severity))));
    let tag = |tag: String| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag });
    std::iter::once(described).chain(tags.into_iter().map(tag)).collect()
}
