//! What the facets' own cases need: two contents in, the names of their facets out.

use isnad_core::{
    Article, Claim, Cue, LanguagePack, Passage, Polarity, Source, SourceKind, Span, Stance, content_facets,
};
use serde_json::json;

use crate::change::{Detail, Facet, Version};

/// The pack of a language.
pub(crate) fn pack(language: &str) -> &'static LanguagePack {
    LanguagePack::builtin(language.parse().unwrap()).unwrap_or_else(|| panic!("no pack for `{language}`"))
}

/// A claim whose content is the whole article.
pub(crate) fn whole(article: &Article, pack: &LanguagePack) -> Claim {
    let spans = vec![Span::new(0, article.text().len())];
    let facets = content_facets(article, pack, &spans);
    let claim = json!({
        "id": 1, "kind": facets.kind, "mode": "speech", "content": Passage::new(article.text(), spans), "cue": null,
        "source": null, "channel": null, "polarity": "affirmed", "realised": true, "quoted": facets.quoted,
        "quantities": facets.quantities, "dates": facets.dates, "hedges": facets.hedges, "nested_in": null, "rule": "test", "confidence": 1.0,
    });
    serde_json::from_value(claim).unwrap()
}

/// What is read of two contents: facets with their details.
pub(crate) fn details(language: &str, old: &str, new: &str) -> Vec<Detail> {
    compared(language, (old, |_| {}), (new, |_| {}))
}

/// What is read of two claims, each given by its content and by what sets it apart from a plain one.
pub(crate) fn compared(
    language: &str,
    old: (&str, impl Fn(&mut Claim)),
    new: (&str, impl Fn(&mut Claim)),
) -> Vec<Detail> {
    let pack = pack(language);
    let article = |text: &str| Article::from_text(text, Some(pack.language()));
    let articles = (article(old.0), article(new.0));
    let mut claims = (whole(&articles.0, pack), whole(&articles.1, pack));
    old.1(&mut claims.0);
    new.1(&mut claims.1);
    of_articles((&articles.0, &claims.0), (&articles.1, &claims.1), pack)
}

fn of_articles(old: (&Article, &Claim), new: (&Article, &Claim), pack: &LanguagePack) -> Vec<Detail> {
    let version = |article| Version { article, claims: &[] };
    super::of_forms((version(old.0), old.1), (version(new.0), new.1), pack).details
}

/// The names of the facets of two contents, each in an article of a day, each once.
pub(crate) fn facets_on(language: &str, old: (&str, &str), new: (&str, &str)) -> Vec<Facet> {
    let pack = pack(language);
    let articles = [old, new].map(|(day, text)| {
        let mut article = Article::from_text(text, Some(pack.language()));
        article.metadata.published = Some(day.to_owned());
        article
    });
    let [old, new] = articles.each_ref().map(|article| (article, whole(article, pack)));
    names(&of_articles((old.0, &old.1), (new.0, &new.1), pack))
}

/// The names of the facets of two contents, each once.
pub(crate) fn facets(language: &str, old: &str, new: &str) -> Vec<Facet> {
    names(&details(language, old, new))
}

/// The facets that were told, each once.
pub(crate) fn names(details: &[Detail]) -> Vec<Facet> {
    let mut names: Vec<Facet> = details.iter().map(|detail| detail.facet).collect();
    names.dedup();
    names
}

/// Checks rows of (language, old content, new content): each has exactly the facets, and so has its mirror.
pub(crate) fn each_has(facets_of_each: &[Facet], rows: &[(&str, &str, &str)]) {
    for (language, old, new) in rows {
        assert_eq!(facets(language, old, new), facets_of_each, "{language}: {old} → {new}");
        assert_eq!(facets(language, new, old), facets_of_each, "{language}: {new} → {old}");
    }
}

/// A claim's cue.
pub(crate) fn cue(claim: &mut Claim, text: &str, lemma: &str, stance: Stance, polarity: Polarity) {
    claim.cue = Some(Cue { text: text.to_owned(), spans: Vec::new(), lemma: lemma.to_owned(), stance });
    claim.polarity = polarity;
}

/// A claim's speaker.
pub(crate) fn speaker(claim: &mut Claim, name: &str, kind: SourceKind) {
    claim.source = Some(Source {
        text: name.to_owned(),
        spans: Vec::new(),
        kind,
        speaker: Some(name.to_owned()),
        resolved_by: isnad_core::ResolvedBy::Clause,
    });
}
