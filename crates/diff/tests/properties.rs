//! What holds for every pair of versions: nothing changes between a version and itself, swapping the two gives the mirror, and no
//! text makes the comparison fail.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use isnad_core::{Article, Claim, Language, LanguagePack, extract};
use isnad_diff::{Change, Comparison, Facet, Status, Version, WordOp, compare, words};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

struct Read {
    article: Article,
    claims: Vec<Claim>,
}

fn pack(language: &str) -> &'static LanguagePack {
    LanguagePack::builtin(language.parse::<Language>().unwrap()).unwrap()
}

fn read(text: &str, language: &str) -> Read {
    let pack = pack(language);
    let article = Article::from_text(text, Some(pack.language()));
    let claims = extract(&article, pack);
    Read { article, claims }
}

fn compared(old: &Read, new: &Read, language: &str) -> Comparison {
    fn version(read: &Read) -> Version<'_> {
        Version { article: &read.article, claims: &read.claims }
    }
    compare(version(old), version(new), pack(language))
}

/// A text of sentences that attribute something, each with one of several words in its places.
fn story(language: &'static str) -> impl Strategy<Value = String> {
    let slots: [&[&str]; 4] = match language {
        "ar" => [
            &["وقال وزير النقل سالم الباز إن", "وأكدت الوزيرة ليلى عمران أن", "ونفت شركة المرفأ أن", "وزعم مسؤول أن"],
            &["الجسر القديم", "الميناء", "سعر الخبز", "المحادثات مع فرنسا", "أكثر من 40 قاربا"],
            &["سيغلق", "لن يغلق", "ارتفع", "انخفض", "ربما يغلق", "«انتهى»"],
            &["يوم الاثنين", "يوم الخميس", "بعد 12 ساعة", "", "قبل نهاية العام في المدينة القديمة"],
        ],
        _ => [
            &["Mayor Ada Quill said that", "An official claimed that", "The firm denied that", "She added that"],
            &["the old bridge", "the harbour", "the price of bread", "more than 40 boats", "talks with Spain"],
            &["will close", "will not close", "rose", "fell", "may close", "\"is over\""],
            &["on Monday", "on Thursday", "after 12 hours", "", "before the end of the year in the old town"],
        ],
    };
    let sentence = slots.map(select::<&str>).prop_map(|words| {
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ") + "."
    });
    vec(sentence, 0..7).prop_map(|sentences| sentences.join("\n"))
}

fn pair() -> impl Strategy<Value = (&'static str, String, String)> {
    prop_oneof![(Just("ar"), story("ar"), story("ar")), (Just("en"), story("en"), story("en"))]
}

/// A change as the swapped comparison must tell it.
type Told = (Status, Vec<Facet>, Option<u32>, Option<u32>);

fn told(change: &Change) -> Told {
    let id = |claim: &Option<Claim>| claim.as_ref().map(|claim| claim.id);
    (change.status, change.facets.clone(), id(&change.old), id(&change.new))
}

fn mirrored(change: &Change) -> Told {
    let (status, facets, old, new) = told(change);
    let status = match status {
        Status::Added => Status::Removed,
        Status::Removed => Status::Added,
        other => other,
    };
    (status, facets, new, old)
}

#[test]
fn a_pair_at_a_threshold_has_its_mirror_too() {
    let old = "Mayor Ada Quill said that the price of bread will close after 12 hours.\n\
               She added that the old bridge will close after 12 hours.\n\
               Mayor Ada Quill said that the old bridge will close after 12 hours.";
    let new = "Mayor Ada Quill said that the harbour will close.\nMayor Ada Quill said that the harbour will close on Monday.";
    let (old, new) = (read(old, "en"), read(new, "en"));
    let mut there: Vec<Told> = compared(&old, &new, "en").changes.iter().map(told).collect();
    let mut back: Vec<Told> = compared(&new, &old, "en").changes.iter().map(mirrored).collect();
    there.sort();
    back.sort();
    assert_eq!(there, back);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_version_compared_with_itself_gives_nothing((language, text, _) in pair()) {
        let read = read(&text, language);
        let comparison = compared(&read, &read, language);
        prop_assert_eq!(&comparison.changes, &[]);
        prop_assert_eq!(comparison.summary.unchanged, read.claims.len());
    }

    #[test]
    fn swapping_the_versions_gives_the_mirror((language, old, new) in pair()) {
        let (old, new) = (read(&old, language), read(&new, language));
        let mut there: Vec<Told> = compared(&old, &new, language).changes.iter().map(told).collect();
        let mut back: Vec<Told> = compared(&new, &old, language).changes.iter().map(mirrored).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn every_claim_is_linked_told_of_or_a_candidate((language, old, new) in pair()) {
        let (old, new) = (read(&old, language), read(&new, language));
        let comparison = compared(&old, &new, language);
        let named = |id: u32, side: fn(&Change) -> &Option<Claim>| {
            let told = comparison.changes.iter().any(|change| side(change).as_ref().is_some_and(|claim| claim.id == id));
            told || comparison.changes.iter().flat_map(|change| &change.candidates).any(|claim| claim.id == id)
        };
        for claim in &new.claims {
            let linked = comparison.links.iter().any(|link| link.new == claim.id);
            prop_assert!(linked || named(claim.id, |change| &change.new));
        }
        for claim in &old.claims {
            let linked = comparison.links.iter().any(|link| link.old == claim.id);
            prop_assert!(linked || named(claim.id, |change| &change.old));
        }
    }

    #[test]
    fn no_pair_of_texts_makes_it_fail(old in "\\PC{0,200}", new in "\\PC{0,200}", language in select(vec!["ar", "de", "en", "fr"])) {
        compared(&read(&old, language), &read(&new, language), language);
    }

    #[test]
    fn no_mix_of_words_and_marks_makes_it_fail(
        old in vec(select(vec!["said", "«", "»", "\"", "إن", "وقال", "12", "%", ".", "\n", "not", "لا", "x", "May", "…"]), 0..60),
        new in vec(select(vec!["said", "«", "»", "\"", "إن", "وقال", "13", "%", ".", "\n", "no", "لم", "y", "June", "…"]), 0..60),
        language in select(vec!["ar", "de", "en", "fr"]),
    ) {
        compared(&read(&old.join(" "), language), &read(&new.join(" "), language), language);
    }

    #[test]
    fn word_operations_rebuild_both_sides(old in "\\PC{0,80}", new in "\\PC{0,80}") {
        let runs = words(&old, &new);
        let side = |skip| runs.iter().filter(|run| run.op != skip).map(|run| run.text.as_str()).collect::<String>();
        prop_assert_eq!(side(WordOp::Insert), old);
        prop_assert_eq!(side(WordOp::Delete), new);
    }
}
