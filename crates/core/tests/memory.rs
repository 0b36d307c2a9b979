//! What extraction takes in memory beside the article and the claims it gives, in bytes for each byte of the article.

use isnad_core::{Article, Language, LanguagePack, extract};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const ARABIC: &str = concat!(
    include_str!("../../../fixtures/articles/ar-dam-talks/v3.txt"),
    include_str!("../../../fixtures/articles/ar-hospital-strike/v3.txt"),
    include_str!("../../../fixtures/articles/ar-port-fire/v3.txt"),
);
const ENGLISH: &str = concat!(
    include_str!("../../../fixtures/articles/en-border-treaty/v3.txt"),
    include_str!("../../../fixtures/articles/en-clinic-breach/v3.txt"),
    include_str!("../../../fixtures/articles/en-ferry-inquiry/v3.txt"),
);
/// What the narrator tells. The invented articles hold a claim in every hundred bytes; with this, one in every 250, as news does.
const NARRATION: &str = "Rain fell over the valley on Tuesday night and the river rose by a metre before morning. Two \
    buses stood on the old road until noon, and the school in Tarn Street stayed closed for the day. The council has \
    met four times since the spring; the next meeting is planned for 14 October in the town hall of Port Lenna.\n";

/// The most bytes in use at once during extraction for each byte of the text: beside the claims it gives, and with them.
fn taken(language: Language, pack: &LanguagePack, text: &str) -> (f64, f64) {
    let article = Article::from_text(text, Some(language));
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let claims = extract(&article, pack);
    let (peak, kept) = (ALLOCATOR.peak_usage() - before, ALLOCATOR.current_usage() - before);
    assert!(!claims.is_empty());
    (peak.saturating_sub(kept) as f64 / text.len() as f64, peak as f64 / text.len() as f64)
}

/// One test, as the allocator counts for the whole process.
///
/// A block takes up to thirty times its length while it is read, but no block is longer than 64 kB: in a short article of
/// one line that shows, in a long one no more.
#[test]
#[allow(clippy::print_stdout, reason = "the figures of docs/performance.md")]
fn extraction_takes_less_than_three_times_the_article_beside_its_claims() {
    let english = format!("{ENGLISH}{}", NARRATION.repeat(20));
    for (language, text) in [(Language::ARABIC, ARABIC), (Language::ENGLISH, english.as_str())] {
        let pack = LanguagePack::builtin(language).unwrap();
        let long = text.repeat(2_000_000 / text.len());
        for (what, text) in [("2 MB", &long), ("2 MB in a line", &long.replace('\n', " "))] {
            let (beside, with) = taken(language, pack, text);
            println!("{language}, {what}: {beside:.2} bytes for each byte beside the claims, {with:.2} with them");
            assert!(beside < MOST, "{language}, {what}: {beside:.2} bytes for each byte");
        }
    }
}

/// The aim.
const MOST: f64 = 3.0;
