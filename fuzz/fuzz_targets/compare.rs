//! Two texts of any words: extraction and comparison must not fail, and must hold what they promise.
//!
//! The first byte chooses the language; a NUL parts the old text from the new one.
#![no_main]

use isnad_core::{Article, Language, LanguagePack, extract};
use isnad_diff::{Version, WordOp, compare, words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let language = if first % 2 == 0 { Language::ARABIC } else { Language::ENGLISH };
    let Some(pack) = LanguagePack::builtin(language) else { return };
    let text = String::from_utf8_lossy(rest);
    let (old, new) = text.split_once('\0').unwrap_or((&text, ""));

    let runs = words(old, new);
    let side = |skip| runs.iter().filter(|run| run.op != skip).map(|run| run.text.as_str()).collect::<String>();
    assert_eq!(side(WordOp::Insert), old);
    assert_eq!(side(WordOp::Delete), new);

    let articles = [old, new].map(|text| Article::from_text(text, Some(language)));
    let claims = [0, 1].map(|at| extract(&articles[at], pack));
    let version = |at: usize| Version { article: &articles[at], claims: &claims[at] };
    let _ = compare(version(0), version(1), pack);
    assert!(compare(version(0), version(0), pack).changes.is_empty());
});
