//! schema.org in JSON-LD: the article with its versions, each claim with its appearance in them, quotations, and stubs of
//! `ClaimReview` for a fact-checker to fill in.

use std::collections::BTreeMap;

use isnad_core::{Claim, Kind, Polarity, SourceKind};
use serde_json::{Map, Value, json};

use super::iri::Names;
use super::seen;
use crate::dossier::{Dossier, Place, Thread, speaker, speaker_kind, verb};
use crate::shown::link;

/// The vocabulary.
pub const CONTEXT: &str = "https://schema.org";

/// The nodes of an article, without the context.
#[must_use]
pub fn graph(dossier: &Dossier) -> Vec<Value> {
    let names = Names::of(dossier);
    let mut nodes = vec![whole(dossier, &names.article)];
    nodes.extend((0..dossier.versions.len()).filter_map(|at| version(dossier, at, &names)));
    for thread in &dossier.threads {
        let Some(name) = names.thread(dossier, thread) else { continue };
        nodes.extend(claim(dossier, thread, &names, &name));
        nodes.extend(quotation(dossier, thread, &names, &name));
        nodes.extend(review(dossier, thread, &name));
    }
    nodes
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

fn version(dossier: &Dossier, at: usize, names: &Names) -> Option<Value> {
    let version = dossier.versions.get(at)?;
    let metadata = &version.article.metadata;
    Some(node([
        ("@type", Some(json!("NewsArticle"))),
        ("@id", names.version(at).map(Value::from)),
        ("exampleOfWork", Some(json!({ "@id": names.article }))),
        ("version", version.number.map(|number| json!(number.to_string()))),
        ("headline", metadata.title.as_deref().map(Value::from)),
        ("inLanguage", metadata.language.map(|language| json!(language))),
        // When captures saw it: what schema.org offers for a time that is neither of writing nor of publishing.
        ("temporal", seen(dossier, version.id).map(Value::from)),
    ]))
}

/// The claim, as it stands in the newest version that has it, with the versions that have it in any form.
fn claim(dossier: &Dossier, thread: &Thread, names: &Names, name: &str) -> Option<Value> {
    let newest = &dossier.newest_form(thread)?.claim;
    // In the order of the versions; one that returned is one.
    let places: BTreeMap<usize, Place> = thread.forms.iter().map(|place| (place.version, *place)).collect();
    let appearance = |place: &Place| {
        Some(json!({
            "@type": "CreativeWork",
            "isPartOf": reference(*place, names)?,
            "text": dossier.claim(*place)?.claim.content.text,
        }))
    };
    let first = places.values().next().and_then(|place| reference(*place, names));
    Some(node([
        ("@type", Some(json!("Claim"))),
        ("@id", Some(json!(name))),
        ("text", Some(json!(newest.content.text))),
        ("description", attribution(newest).map(Value::from)),
        ("author", person(newest).filter(|_| is_asserted(newest))),
        ("inLanguage", dossier.language().map(|language| json!(language))),
        ("firstAppearance", first),
        ("appearance", Some(Value::Array(places.values().filter_map(appearance).collect()))),
    ]))
}

/// The words in quotation marks, where the newest form is a quotation.
fn quotation(dossier: &Dossier, thread: &Thread, names: &Names, name: &str) -> Option<Value> {
    let stored = dossier.newest_form(thread)?;
    let claim = &stored.claim;
    let part_of = reference(*thread.forms.last()?, names)?;
    (claim.kind == Kind::Direct).then(|| {
        node([
            ("@type", Some(json!("Quotation"))),
            ("@id", Some(json!(format!("{name}/quotation")))),
            ("text", Some(json!(claim.content.text))),
            ("description", attribution(claim).map(Value::from)),
            ("creator", person(claim).filter(|_| is_asserted(claim))),
            ("isPartOf", Some(part_of)),
        ])
    })
}

/// Whether whoever it is attributed to says it: who denies a claim, or would not say it, is not its author.
fn is_asserted(claim: &Claim) -> bool {
    claim.polarity == Polarity::Affirmed
}

/// Who it is attributed to and by what words: `Jonas Feld: denied`.
fn attribution(claim: &Claim) -> Option<String> {
    let cue = verb(claim)?;
    Some(speaker(claim).map_or_else(|| cue.text.clone(), |speaker| format!("{speaker}: {}", cue.text)))
}

/// The version of a place.
fn reference(place: Place, names: &Names) -> Option<Value> {
    Some(json!({ "@id": names.version(place.version)? }))
}

/// A review that nobody has written yet: it has no author, no rating and no verdict, since isnad judges nothing.
fn review(dossier: &Dossier, thread: &Thread, name: &str) -> Option<Value> {
    let claim = &dossier.newest_form(thread)?.claim;
    Some(json!({
        "@type": "ClaimReview",
        "@id": format!("{name}/review"),
        "creativeWorkStatus": "Draft",
        "claimReviewed": claim.content.text,
        "itemReviewed": { "@id": name },
    }))
}

fn person(claim: &Claim) -> Option<Value> {
    let kind = match speaker_kind(claim) {
        SourceKind::Organisation => "Organization",
        SourceKind::Person => "Person",
        SourceKind::Document => "CreativeWork",
        SourceKind::Place => "AdministrativeArea",
        _ => "Thing",
    };
    Some(json!({ "@type": kind, "name": speaker(claim)? }))
}
