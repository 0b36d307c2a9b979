//! Any text in any language that ships: no panic, spans on character boundaries inside the text, the same twice.
//!
//! The first byte chooses the language.
#![no_main]

use isnad_core::{Article, Claim, LanguagePack, Span, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let languages: Vec<_> = LanguagePack::builtin_languages().collect();
    let language = languages[usize::from(*first) % languages.len()];
    let Some(pack) = LanguagePack::builtin(language) else { return };
    let article = Article::from_text(String::from_utf8_lossy(rest), Some(language));
    let claims = extract(&article, pack);
    for claim in &claims {
        assert!(!claim.content.spans.is_empty());
        for span in spans(claim) {
            let words = article.text().get(span.start..span.end);
            assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} of {claim:?}");
        }
        assert!(claim.nested_in.is_none_or(|outer| outer < claim.id));
    }
    assert_eq!(claims, extract(&article, pack));
});

/// Every place in the text that a claim points at.
fn spans(claim: &Claim) -> Vec<Span> {
    let quantities = claim.quantities.iter().map(|quantity| Span::new(quantity.start, quantity.end));
    let dates = claim.dates.iter().map(|date| Span::new(date.start, date.end));
    let hedges = claim.hedges.iter().map(|hedge| Span::new(hedge.start, hedge.end));
    let parts = [
        Some(&claim.content.spans),
        claim.cue.as_ref().map(|cue| &cue.spans),
        claim.source.as_ref().map(|source| &source.spans),
        claim.channel.as_ref().map(|channel| &channel.spans),
        Some(&claim.quoted),
    ];
    parts.into_iter().flatten().flatten().copied().chain(quantities).chain(dates).chain(hedges).collect()
}
