//! How fast the claims of two versions are compared.
//!
//! `cargo bench -p isnad-diff --bench comparison`
//!
//! `word_diff` is the baseline of the same run: a word diff of the same two texts with `similar`, which knows nothing of
//! claims. Claims are extracted before the clock starts, as a history keeps them.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use isnad_core::{Article, Claim, Language, LanguagePack, extract};
use isnad_diff::{Version, compare, thread};
use similar::TextDiff;

fn main() {
    divan::main();
}

const LANGUAGES: [&str; 2] = ["ar", "en"];

/// Numbers of claims of the long versions.
const CLAIMS: [usize; 3] = [250, 500, 1000];

/// Numbers of versions of the long histories.
const VERSIONS: [usize; 4] = [125, 250, 500, 1000];

/// Two versions of an article with their claims.
struct Pair {
    old: (Article, Vec<Claim>),
    new: (Article, Vec<Claim>),
    pack: &'static LanguagePack,
}

impl Pair {
    fn of(code: &str, old: &str, new: &str) -> Self {
        let language: Language = code.parse().expect("a language code");
        let pack = LanguagePack::builtin(language).expect("a pack of this language");
        let read = |text: &str| {
            let article = Article::from_text(text, Some(language));
            let claims = extract(&article, pack);
            (article, claims)
        };
        Self { old: read(old), new: read(new), pack }
    }

    fn compare(&self) -> usize {
        let old = Version { article: &self.old.0, claims: &self.old.1 };
        let new = Version { article: &self.new.0, claims: &self.new.1 };
        compare(black_box(old), black_box(new), self.pack).changes.len()
    }

    fn word_diff(&self) -> usize {
        TextDiff::from_unicode_words(black_box(self.old.0.text()), black_box(self.new.0.text())).ops().len()
    }
}

/// Two versions of an invented article, of about 2,000 characters each.
fn article(code: &str) -> Pair {
    let (old, new) = match code {
        "ar" => (
            include_str!("../../../fixtures/articles/ar-port-fire/v2.txt"),
            include_str!("../../../fixtures/articles/ar-port-fire/v3.txt"),
        ),
        _ => (
            include_str!("../../../fixtures/articles/en-ferry-inquiry/v2.txt"),
            include_str!("../../../fixtures/articles/en-ferry-inquiry/v3.txt"),
        ),
    };
    Pair::of(code, old, new)
}

/// Two versions of `count` claims each: every third has another number, one in seven has gone or come, one in fifty has moved.
fn long(count: usize) -> Pair {
    const WHO: [&str; 5] = ["Mayor Ada Quill", "The harbour board", "Jonas Peck", "An official", "The union of clerks"];
    const WHAT: [&str; 7] = ["boats", "houses", "lorries", "tickets", "letters", "lanterns", "chairs"];
    const WHERE: [&str; 6] =
        ["in the old harbour", "on the north bridge", "near the mill", "at the fair", "in Ebermoor", "by the lake"];
    let sentence = |at: usize, number: usize| {
        let (who, what, place) = (WHO[at % WHO.len()], WHAT[at % WHAT.len()], WHERE[at % WHERE.len()]);
        format!(
            "{who} said that {number} {what} of house {} were counted {place} by street {}.\n",
            at * 31,
            at * 17 + 3
        )
    };
    let old: Vec<String> = (0..count).map(|at| sentence(at, at + 2)).collect();
    let mut new: Vec<String> = (0..count)
        .map(|at| match at {
            _ if at % 7 == 3 => sentence(at + count, at + 90),
            _ if at % 3 == 0 => sentence(at, at + 5),
            _ => sentence(at, at + 2),
        })
        .collect();
    for at in (50..count).step_by(50) {
        new.swap(at, at - 40);
    }
    Pair::of("en", &old.concat(), &new.concat())
}

#[divan::bench(args = LANGUAGES)]
fn two_versions(bencher: Bencher<'_, '_>, code: &str) {
    let pair = article(code);
    bencher.bench(|| pair.compare());
}

#[divan::bench(args = LANGUAGES)]
fn two_versions_word_diff(bencher: Bencher<'_, '_>, code: &str) {
    let pair = article(code);
    bencher.bench(|| pair.word_diff());
}

#[divan::bench(args = CLAIMS, sample_count = 20)]
fn many_claims(bencher: Bencher<'_, '_>, count: usize) {
    let pair = long(count);
    bencher.bench(|| pair.compare());
}

#[divan::bench(args = CLAIMS, sample_count = 20)]
fn many_claims_word_diff(bencher: Bencher<'_, '_>, count: usize) {
    let pair = long(count);
    bencher.bench(|| pair.word_diff());
}

/// So many versions of ten claims; from one to the next a number changes and the oldest claim makes way for another, as in
/// the live page of a long day.
fn versions(count: usize) -> Vec<(Article, Vec<Claim>)> {
    const WHAT: [&str; 5] =
        ["boats left the harbour", "houses were dry", "tickets were sold", "lamps burned", "roads reopened"];
    let pack = LanguagePack::builtin(Language::ENGLISH).expect("the English pack");
    let line = |at: usize, version: usize| {
        let number = if at % 10 == version % 10 { version } else { at };
        format!("Warden {at} said that {number} {} by the mill of street {}.\n", WHAT[at % WHAT.len()], at * 17 + 3)
    };
    let version = |version: usize| {
        let text: String = (version..version + 10).map(|at| line(at, version)).collect();
        let article = Article::from_text(text, Some(Language::ENGLISH));
        let claims = extract(&article, pack);
        (article, claims)
    };
    (0..count).map(version).collect()
}

/// Following the claims of an article through all of its versions: the rate tells whether the next costs as much as the last.
#[divan::bench(args = VERSIONS, sample_count = 5)]
fn history(bencher: Bencher<'_, '_>, count: usize) {
    let kept = versions(count);
    let versions: Vec<Version<'_>> = kept.iter().map(|(article, claims)| Version { article, claims }).collect();
    let pack = LanguagePack::builtin(Language::ENGLISH).expect("the English pack");
    bencher.counter(ItemsCount::new(count)).bench(|| thread(black_box(&versions), pack).steps.len());
}
