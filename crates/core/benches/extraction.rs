//! How fast claims are extracted, in bytes of text a second on one core.
//!
//! `cargo bench -p isnad-core --bench extraction`
//!
//! `regex_floor` is the baseline of the same run: what the simplest possible attributor costs, one regular expression
//! with quotation marks and a handful of verbs, as such tools are written. The allocator is the one of the command.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use isnad_core::{Article, Language, LanguagePack, extract};
use regex::Regex;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Invented articles, as the tests use them.
const ARTICLES: &[(&str, &str)] = &[
    ("ar", include_str!("../../../fixtures/articles/ar-dam-talks/v3.txt")),
    ("ar", include_str!("../../../fixtures/articles/ar-hospital-strike/v3.txt")),
    ("ar", include_str!("../../../fixtures/articles/ar-port-fire/v3.txt")),
    ("en", include_str!("../../../fixtures/articles/en-border-treaty/v3.txt")),
    ("en", include_str!("../../../fixtures/articles/en-clinic-breach/v3.txt")),
    ("en", include_str!("../../../fixtures/articles/en-ferry-inquiry/v3.txt")),
];

const LANGUAGES: [&str; 2] = ["ar", "en"];

fn articles(code: &str) -> (&'static LanguagePack, Vec<Article>) {
    let language: Language = code.parse().expect("a language code");
    let pack = LanguagePack::builtin(language).expect("a pack of this language");
    let texts = ARTICLES.iter().filter(|(of, _)| *of == code);
    (pack, texts.map(|(_, text)| Article::from_text(*text, Some(language))).collect())
}

#[divan::bench(args = LANGUAGES)]
fn extraction(bencher: Bencher<'_, '_>, code: &str) {
    let (pack, articles) = articles(code);
    let bytes: usize = articles.iter().map(|article| article.text().len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| articles.iter().map(|article| extract(black_box(article), pack).len()).sum::<usize>());
}

#[divan::bench(args = LANGUAGES)]
fn regex_floor(bencher: Bencher<'_, '_>, code: &str) {
    let (_, articles) = articles(code);
    let bytes: usize = articles.iter().map(|article| article.text().len()).sum();
    let floor = Regex::new(
        r#"[«“"]([^»”"\n]+)[»”"]|\b(?:said|says|told|added|denied|قال|قالت|وقال|وأضاف|وأكد|نفى)\b([^.\n]+)"#,
    )
    .expect("a regular expression");
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| articles.iter().map(|article| floor.captures_iter(black_box(article.text())).count()).sum::<usize>());
}

/// One text of many blocks: the time for each byte must not grow with the text.
#[divan::bench(args = [1, 4, 16, 64])]
fn growing(bencher: Bencher<'_, '_>, times: usize) {
    let (pack, articles) = articles("ar");
    let text: String = articles.iter().map(|article| article.text()).collect::<Vec<_>>().join("\n").repeat(times);
    bench_one(bencher, text, pack);
}

/// One line of so many kilobytes, without a break from beginning to end.
#[divan::bench(args = [50, 500, 5_000], sample_count = 20)]
fn one_line(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let (pack, articles) = articles("en");
    let piece: String = articles.iter().map(|article| article.text().replace('\n', " ")).collect();
    bench_one(bencher, piece.repeat(kilobytes * 1_000 / piece.len()), pack);
}

/// Texts made to be slow to read; each of about 100 kB in one block.
#[divan::bench(args = ["marks", "cues", "names", "quotations", "attributions", "commas"])]
fn adversarial(bencher: Bencher<'_, '_>, kind: &str) {
    let (pack, _) = articles("en");
    let piece = match kind {
        "marks" => "“ ",
        "cues" => "said that ",
        "names" => "Ada Bell said Cy Dunn. ",
        "quotations" => "“a” said he, ",
        "attributions" => "said “a,” he ",
        _ => "and, the minister, who, ",
    };
    bench_one(bencher, piece.repeat(100_000 / piece.len()), pack);
}

fn bench_one(bencher: Bencher<'_, '_>, text: String, pack: &LanguagePack) {
    let bytes = text.len();
    let article = Article::from_text(text, Some(pack.language()));
    bencher.counter(BytesCount::new(bytes)).bench(|| extract(black_box(&article), pack).len());
}
