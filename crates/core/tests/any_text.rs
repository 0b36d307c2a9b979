//! Whatever the text: no panic, and every span lies on character boundaries inside a block.

use isnad_core::{Article, Claim, LanguagePack, Span, extract};
use proptest::prelude::*;

/// Words and marks that the grammars act on, to be put in any order.
const PIECES: [&str; 94] = [
    "said",
    "The",
    "minister",
    "that",
    "Smith",
    "he",
    "according",
    "to",
    "denied",
    "warned",
    "of",
    "adding",
    "-5",
    "3,058",
    "more than",
    "100",
    "%",
    "$5",
    "10-15",
    "not",
    "will",
    "who",
    "and",
    "asked",
    "whether",
    "sagte",
    "teilte",
    "mit",
    "der",
    "die",
    "Minister",
    "Polizei",
    "dass",
    "sei",
    "habe",
    "er",
    "nach",
    "Angaben",
    "laut",
    "zufolge",
    "so",
    "wie",
    "mitteilte",
    "wurde",
    "gesagt",
    "zu",
    "nicht",
    "das",
    "hieß",
    "es",
    "soll",
    "haben",
    "„",
    "(",
    ")",
    "–",
    "Bericht",
    "wonach",
    "3.",
    "وقال",
    "الوزير",
    "إن",
    "وأن",
    "مضيفا",
    "أن",
    "بحسب",
    "ووفقا",
    "لرويترز",
    "ونقلت",
    "عن",
    "قوله",
    "وصف",
    "بأنه",
    "ونفت",
    "هدد",
    "بعقوبات",
    "من المتوقع",
    "لم",
    "سئل",
    "أجاب",
    "مئة",
    "ألف",
    "١٢",
    "ـ",
    "“",
    "”",
    "\"",
    "«",
    "»",
    "'",
    "((",
    ":",
    ",",
    ".",
];

/// Words and marks that make quotations go on over line breaks.
const QUOTING: [&str; 20] = [
    "said",
    "he",
    "The minister",
    "sei",
    "sagte",
    "er",
    "dit",
    "il",
    "قال",
    "الوزير",
    "yes",
    "5",
    "million",
    "„",
    "“",
    "”",
    "«",
    "»",
    ",",
    ".",
];

fn spans(claim: &Claim) -> Vec<Span> {
    let mut spans = claim.content.spans.clone();
    spans.extend(claim.cue.iter().flat_map(|cue| cue.spans.clone()));
    spans.extend(claim.source.iter().flat_map(|source| source.spans.clone()));
    spans.extend(claim.channel.iter().flat_map(|channel| channel.spans.clone()));
    spans.extend(&claim.quoted);
    spans.extend(claim.quantities.iter().map(|quantity| Span::new(quantity.start, quantity.end)));
    spans.extend(claim.dates.iter().map(|date| Span::new(date.start, date.end)));
    spans.extend(claim.hedges.iter().map(|hedge| Span::new(hedge.start, hedge.end)));
    spans
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for language in LanguagePack::builtin_languages() {
        let pack = LanguagePack::builtin(language);
        prop_assert!(pack.is_some());
        let Some(pack) = pack else { continue };
        let article = Article::from_text(text, Some(language));
        let claims = extract(&article, pack);
        for span in claims.iter().flat_map(spans) {
            prop_assert!(
                article.text().get(span.start..span.end).is_some_and(|text| !text.is_empty()),
                "{span:?} in {text:?}"
            );
            let inside = article.block_at(span.start).is_some_and(|block| span.end <= block.span.end);
            prop_assert!(inside, "{span:?} goes over a line break of {text:?}");
        }
        prop_assert_eq!(&claims, &extract(&article, pack), "the same text gives the same claims");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn words_and_marks_in_any_order(
        pieces in prop::collection::vec((prop::sample::select(PIECES.to_vec()), prop::sample::select(vec![" ", " ", " ", "", "\n"])), 0..40)
    ) {
        let text: String = pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect();
        check(&text)?;
    }

    #[test]
    fn quotations_over_lines(
        pieces in prop::collection::vec((prop::sample::select(QUOTING.to_vec()), prop::sample::select(vec![" ", "", "\n"])), 0..24)
    ) {
        let text: String = pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect();
        check(&text)?;
    }

    #[test]
    fn any_characters(text in "\\PC{0,120}") {
        check(&text)?;
    }
}
