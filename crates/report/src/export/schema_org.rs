//! schema.org in JSON-LD: the article with its versions, each claim with its appearance in them, quotations, and stubs of
//! `ClaimReview` for a fact-checker to fill in.

use std::collections::BTreeMap;

use isnad_core::{Claim, Kind, SourceKind};
use isnad_store::StoredVersion;
use serde_json::{Map, Value, json};

use super::{seen, version_iri};
use crate::dossier::{Dossier, Thread, speaker};
use crate::shown::link;

/// The vocabulary.
pub const CONTEXT: &str = "https://schema.org";

/// The nodes of an article, without the context.
#[must_use]
pub fn graph(dossier: &Dossier) -> Vec<Value> {
    let article = article_iri(dossier);
    let mut nodes = vec![whole(dossier, &article)];
    nodes.extend(dossier.versions.iter().filter_map(|version| self::version(dossier, version, &article)));
    for thread in &dossier.threads {
        nodes.extend(claim(dossier, thread));
        nodes.extend(quotation(dossier, thread));
        nodes.extend(review(dossier, thread));
    }
    nodes
}

fn article_iri(dossier: &Dossier) -> String {
    format!("tag:isnad,2026:article/{}", dossier.article.id)
}

fn thread_iri(thread: &Thread, what: &str) -> String {
    format!("tag:isnad,2026:claim/{}{what}", thread.id)
}

/// An object without what is not known.
fn node(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}

fn whole(dossier: &Dossier, iri: &str) -> Value {
    let article = &dossier.article;
    let published = dossier.newest().and_then(|version| version.article.metadata.published.as_deref());
    node([
        ("@type", Some(json!("NewsArticle"))),
        ("@id", Some(json!(iri))),
        ("headline", article.title.as_deref().map(Value::from)),
        ("url", article.url.as_deref().and_then(link).map(Value::from)),
        ("inLanguage", dossier.language().map(|language| json!(language))),
        ("datePublished", published.map(Value::from)),
    ])
}

fn version(dossier: &Dossier, version: &StoredVersion, article: &str) -> Option<Value> {
    let number = version.number?;
    let metadata = &version.article.metadata;
    Some(node([
        ("@type", Some(json!("NewsArticle"))),
        ("@id", Some(json!(version_iri(dossier.article.id, number)))),
        ("exampleOfWork", Some(json!({ "@id": article }))),
        ("version", Some(json!(number.to_string()))),
        ("headline", metadata.title.as_deref().map(Value::from)),
        ("inLanguage", metadata.language.map(|language| json!(language))),
        // When captures saw it: what schema.org offers for a time that is neither of writing nor of publishing.
        ("temporal", seen(dossier, version.id).map(Value::from)),
    ]))
}

/// The claim, as it stands in the newest version that has it, with the versions that have it in any form.
fn claim(dossier: &Dossier, thread: &Thread) -> Option<Value> {
    let newest = &dossier.newest_form(thread)?.claim;
    let mut appearances: BTreeMap<u32, &Claim> = BTreeMap::new();
    for place in &thread.forms {
        let number = dossier.versions.get(place.version).and_then(|version| version.number);
        if let (Some(number), Some(stored)) = (number, dossier.claim(*place)) {
            appearances.insert(number, &stored.claim);
        }
    }
    let appearance = |(number, claim): (&u32, &&Claim)| {
        json!({
            "@type": "CreativeWork",
            "isPartOf": { "@id": version_iri(dossier.article.id, *number) },
            "text": claim.content.text,
        })
    };
    let first = appearances.keys().next().map(|number| json!({ "@id": version_iri(dossier.article.id, *number) }));
    Some(node([
        ("@type", Some(json!("Claim"))),
        ("@id", Some(json!(thread_iri(thread, "")))),
        ("text", Some(json!(newest.content.text))),
        ("author", person(newest)),
        ("inLanguage", dossier.language().map(|language| json!(language))),
        ("firstAppearance", first),
        ("appearance", Some(Value::Array(appearances.iter().map(appearance).collect()))),
    ]))
}

/// The words in quotation marks, where the newest form is a quotation.
fn quotation(dossier: &Dossier, thread: &Thread) -> Option<Value> {
    let stored = dossier.newest_form(thread)?;
    let claim = &stored.claim;
    let place = thread.forms.last()?;
    let number = dossier.versions.get(place.version)?.number?;
    (claim.kind == Kind::Direct).then(|| {
        node([
            ("@type", Some(json!("Quotation"))),
            ("@id", Some(json!(thread_iri(thread, "/quotation")))),
            ("text", Some(json!(claim.content.text))),
            ("creator", person(claim)),
            ("isPartOf", Some(json!({ "@id": version_iri(dossier.article.id, number) }))),
        ])
    })
}

/// A review that nobody has written yet: it has no author, no rating and no verdict, since isnad judges nothing.
fn review(dossier: &Dossier, thread: &Thread) -> Option<Value> {
    let claim = &dossier.newest_form(thread)?.claim;
    Some(json!({
        "@type": "ClaimReview",
        "@id": thread_iri(thread, "/review"),
        "creativeWorkStatus": "Draft",
        "claimReviewed": claim.content.text,
        "itemReviewed": { "@id": thread_iri(thread, "") },
    }))
}

fn person(claim: &Claim) -> Option<Value> {
    let kind = match claim.source.as_ref()?.kind {
        SourceKind::Organisation => "Organization",
        SourceKind::Person => "Person",
        SourceKind::Document => "CreativeWork",
        SourceKind::Place => "AdministrativeArea",
        _ => "Thing",
    };
    Some(json!({ "@type": kind, "name": speaker(claim)? }))
}
