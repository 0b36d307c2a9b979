//! What the tests of the rules share.

use crate::{Article, Language, LanguagePack, extract};

/// Source, cue and content of each claim of an English text, in its order; empty where there is none.
pub(super) fn read(text: &str) -> Vec<(String, String, String)> {
    let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
    let claims = extract(&Article::from_text(text, Some(Language::ENGLISH)), pack);
    let text = |passage: Option<String>| passage.unwrap_or_default();
    (claims.into_iter())
        .map(|claim| {
            let source = text(claim.source.map(|source| source.text));
            (source, text(claim.cue.map(|cue| cue.text)), claim.content.text)
        })
        .collect()
}

/// One claim as [`read`] gives it.
pub(super) fn claim(source: &str, cue: &str, content: &str) -> (String, String, String) {
    (source.to_owned(), cue.to_owned(), content.to_owned())
}
