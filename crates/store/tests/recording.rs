//! What is recorded comes back exactly, and what cannot be recorded is refused whole.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use isnad_core::{
    Article, Block, BlockRole, Claim, Comparison, Cue, Hedge, Kind, Language, LanguagePack, Metadata, Mode, Passage,
    Polarity, Quantity, ResolvedBy, Source, SourceKind, Span, Stance,
};
use isnad_store::{
    Attempt, CaptureStatus, ClaimFilter, Extractor, History, OpenOptions, Origin, Outcome, Reading, Recording,
    SearchFilter, StoreError,
};
use proptest::prelude::*;
use support::{at, record};
use tempfile::TempDir;

fn history() -> (TempDir, History) {
    let folder = tempfile::tempdir().unwrap();
    let history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
    (folder, history)
}

/// A claim whose content is the bytes from `start` to `end`.
fn claim(id: u32, text: &str, start: usize, end: usize) -> Claim {
    Claim {
        id,
        kind: Kind::Direct,
        mode: Mode::Writing,
        content: Passage::new(text, vec![Span::new(start, end)]),
        cue: None,
        source: None,
        channel: None,
        polarity: Polarity::Affirmed,
        realised: true,
        quoted: Vec::new(),
        quantities: Vec::new(),
        dates: Vec::new(),
        hedges: Vec::new(),
        nested_in: None,
        headline: false,
        rule: "test/any".into(),
        confidence: 0.5,
    }
}

fn said_by(speaker: &str, stance: Stance, claim: Claim) -> Claim {
    let cue = Cue { text: "said".into(), spans: Vec::new(), lemma: "say".into(), stance };
    let source = Source {
        text: speaker.into(),
        spans: Vec::new(),
        kind: SourceKind::Person,
        speaker: Some(speaker.into()),
        resolved_by: ResolvedBy::Alias,
    };
    Claim { cue: Some(cue), source: Some(source), ..claim }
}

fn read<'a>(article: &'a Article, claims: &'a [Claim]) -> Attempt<'a> {
    Attempt::Read(Reading::new(article, claims, LanguagePack::builtin(Language::ENGLISH)))
}

#[test]
fn a_capture_keeps_all_that_is_known_of_it() {
    let (_folder, mut history) = history();
    let article = Article::from_text("One line.", Some(Language::ENGLISH));
    let recording = Recording {
        url: Some("https://News.example/a#top"),
        path: Some("a.warc.gz"),
        raw: Some(b"<p>One line."),
        extractor: Some(Extractor { name: "finder", version: "1.2" }),
        ..Recording::new(at(0), Origin::Warc, read(&article, &[]))
    };
    let recorded = history.record(&recording).unwrap();
    let capture = history.captures(recorded.article).unwrap().remove(0);
    assert_eq!((capture.id, capture.article, capture.captured), (recorded.capture, recorded.article, at(0)));
    assert_eq!((capture.status, capture.reason, capture.origin), (CaptureStatus::Ok, None, Origin::Warc));
    assert_eq!(capture.url.as_deref(), Some("https://News.example/a#top"));
    assert_eq!(capture.path.as_deref(), Some("a.warc.gz"));
    assert_eq!(capture.extractor.map(|e| (e.name, e.version)), Some(("finder".into(), Some("1.2".into()))));
    assert_eq!(capture.raw_hash, Some(blake3::hash(b"<p>One line.").to_hex().to_string()));
    assert_eq!(capture.version, recorded.version);
    let stored = history.article(recorded.article).unwrap();
    assert_eq!(stored.url.as_deref(), Some("https://news.example/a"));

    let failed = Recording { attempt: Attempt::Failed { reason: "status 410" }, ..recording };
    history.record(&Recording { captured: at(5), ..failed }).unwrap();
    let capture = history.captures(recorded.article).unwrap().remove(1);
    assert_eq!(
        (capture.status, capture.reason.as_deref(), capture.version),
        (CaptureStatus::Failed, Some("status 410"), None)
    );
}

#[test]
fn an_article_is_known_by_its_address_however_it_is_written() {
    let (_folder, mut history) = history();
    let first = record(&mut history, "https://news.example/a", 0, "One.").unwrap();
    let same = record(&mut history, "HTTPS://news.example/a#comments", 1, "Two.").unwrap();
    let other = record(&mut history, "https://news.example/b", 2, "One.").unwrap();
    assert_eq!(first.article, same.article);
    assert_ne!(first.article, other.article);
    assert_ne!(first.version, other.version, "the same text in another article is another version");
}

#[test]
fn without_an_address_an_article_is_known_by_its_name_the_page_s_address_or_its_id() {
    let (_folder, mut history) = history();
    let mut article = Article::from_text("One.", None);
    let mut recorded = |article: &Article, name, url, second| {
        let attempt = Attempt::Read(Reading::new(article, &[], None));
        let recording = Recording { article: name, url, ..Recording::new(at(second), Origin::File, attempt) };
        history.record(&recording).map(|recorded| recorded.article)
    };
    assert!(matches!(recorded(&article, None, None, 0), Err(StoreError::NoArticle)));
    assert!(matches!(recorded(&article, Some("  "), None, 0), Err(StoreError::NoArticle)));

    article.metadata.id = "texts/a.txt".into();
    let by_id = recorded(&article, None, None, 0).unwrap();
    article.metadata.url = Some("https://news.example/a".into());
    let by_page = recorded(&article, None, None, 1).unwrap();
    assert_ne!(by_id, by_page);
    article.metadata.url = Some("https://news.example/".into());
    assert_eq!(recorded(&article, None, Some("https://news.example/a"), 2).unwrap(), by_page, "the address asked wins");

    let named = recorded(&article, Some("bridge"), Some("https://news.example/b"), 3).unwrap();
    assert_eq!(recorded(&article, None, Some("https://news.example/b"), 4).unwrap(), named);
}

#[test]
fn an_article_whose_address_changed_is_the_same_article() {
    let (_folder, mut history) = history();
    let mut article = Article::from_text("One.", None);
    let mut got = |canonical: Option<&str>, url, final_url, second| {
        article.metadata.url = canonical.map(Into::into);
        let attempt = Attempt::Read(Reading::new(&article, &[], None));
        let recording = Recording::new(at(second), Origin::Live, attempt);
        history.record(&Recording { url: Some(url), final_url, ..recording }).unwrap().article
    };
    let first = got(None, "https://news.example/old", None, 0);
    assert_eq!(got(None, "https://news.example/old", Some("https://news.example/new"), 1), first, "it was redirected");
    assert_eq!(got(None, "https://news.example/new", None, 2), first);
    assert_eq!(got(Some("https://news.example/new"), "https://news.example/amp/new", None, 3), first);
    assert_eq!(got(None, "https://news.example/amp/new", None, 4), first, "the page named its canonical address");
    // Pages that are gone redirect to the site, and careless ones call that their canonical address.
    let gone = got(Some("https://news.example/"), "https://news.example/b", Some("https://news.example"), 5);
    let other = got(Some("https://news.example/"), "https://news.example/c", Some("https://news.example"), 6);
    assert!(first != gone && gone != other);

    let urls: Vec<Option<String>> = history.captures(first).unwrap().into_iter().map(|it| it.final_url).collect();
    assert_eq!(urls[1].as_deref(), Some("https://news.example/new"));
}

#[test]
fn addresses_that_captures_of_one_batch_tell_are_known_to_those_after_them() {
    let (_folder, mut history) = history();
    let article = Article::from_text("One.", None);
    let attempt = Attempt::Read(Reading::new(&article, &[], None));
    let got = |url, final_url, second| Recording {
        url: Some(url),
        final_url,
        ..Recording::new(at(second), Origin::Live, attempt)
    };
    let batch = [
        got("https://news.example/a", Some("https://news.example/b"), 5),
        got("https://news.example/b", None, 6),
        // Out of the order of time: what becomes of the article is worked out later.
        got("https://news.example/a", Some("https://news.example/c"), 1),
        got("https://news.example/c", Some("https://news.example/d"), 2),
        got("https://news.example/d", None, 7),
    ];
    let recorded = history.record_all(&batch).unwrap();
    let articles: Vec<_> = recorded.iter().map(|recorded| recorded.as_ref().unwrap().article).collect();
    assert!(articles.iter().all(|article| *article == articles[0]), "{articles:?}");
    assert_eq!(history.articles().unwrap().len(), 1);
}

#[test]
fn what_may_not_be_the_article_makes_no_address_its_own() {
    let (_folder, mut history) = history();
    let first = record(&mut history, "https://news.example/a", 0, "One.").unwrap().article;
    let article = Article::from_text("Sign in.", None);
    let attempt = Attempt::Uncertain { reason: "a wall", reading: Some(Reading::new(&article, &[], None)) };
    let recording = Recording::new(at(1), Origin::Live, attempt);
    let (url, final_url) = (Some("https://news.example/a"), Some("https://news.example/wall"));
    assert_eq!(history.record(&Recording { url, final_url, ..recording }).unwrap().article, first);
    assert_ne!(record(&mut history, "https://news.example/wall", 2, "Sign in.").unwrap().article, first);
}

#[test]
fn the_title_is_that_of_the_newest_capture_in_whatever_order_they_come() {
    let (_folder, mut history) = history();
    for (second, title) in [(0, Some("First")), (9, None), (5, Some("Second")), (3, Some("Between"))] {
        let mut article = Article::from_text("One.", Some(Language::ARABIC));
        article.metadata.title = title.map(Into::into);
        let recording = Recording::new(at(second), Origin::File, Attempt::Read(Reading::new(&article, &[], None)));
        history.record(&Recording { article: Some("a"), ..recording }).unwrap();
    }
    let stored = history.articles().unwrap().remove(0);
    assert_eq!((stored.title.as_deref(), stored.language), (Some("Second"), Some(Language::ARABIC)));
    assert_eq!((stored.first_captured, stored.last_captured), (at(0), at(9)));
    assert_eq!((stored.captures, stored.versions), (4, 1));
}

#[test]
fn a_text_is_kept_once_whatever_has_it() {
    let (folder, mut history) = history();
    for (url, second) in [("https://news.example/a", 0), ("https://news.example/b", 1), ("https://news.example/a", 2)] {
        record(&mut history, url, second, "The same text.").unwrap();
    }
    drop(history);
    let conn = rusqlite::Connection::open(folder.path().join("isnad.db")).unwrap();
    let texts: (i64, String) =
        conn.query_row("SELECT count(*), hash FROM text", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(texts, (1, blake3::hash(b"The same text.").to_hex().to_string()));
}

#[test]
fn a_claim_that_does_not_fit_its_text_is_refused_with_all_that_came_with_it() {
    let (_folder, mut history) = history();
    let text = "قال الوزير: الجسر مغلق.";
    let article = Article::from_text(text, Some(Language::ARABIC));
    let good = || claim(1, text, 0, 6);
    let quantity =
        |value| Quantity { text: "ق".into(), value, comparison: Comparison::Exactly, unit: None, start: 0, end: 2 };
    let bad = [
        ("cuts a character", claim(1, text, 0, 1)),
        ("does not fit", claim(1, text, 0, 999)),
        ("does not fit", claim(1, text, 6, 0)),
        ("does not fit", Claim { quoted: vec![Span::new(1, 2)], ..good() }),
        ("does not fit", Claim { hedges: vec![Hedge { text: String::new(), start: 0, end: 999 }], ..good() }),
        ("not those of the text", Claim { content: Passage { text: "قالت".into(), ..good().content }, ..good() }),
        ("not those of the text", Claim { quantities: vec![Quantity { text: "1".into(), ..quantity(1.0) }], ..good() }),
        ("not those of the text", Claim { channel: Some(Passage { text: "x".into(), ..good().content }), ..good() }),
        ("content is empty", claim(1, text, 2, 2)),
        ("content is empty", Claim { content: Passage::default(), ..good() }),
        ("confidence", Claim { confidence: f32::NAN, ..good() }),
        ("confidence", Claim { confidence: 1.5, ..good() }),
        ("finite", Claim { quantities: vec![quantity(f64::INFINITY)], ..good() }),
        ("nested in", Claim { nested_in: Some(7), ..good() }),
        ("from 1", claim(0, text, 0, 6)),
    ];
    for (problem, claim) in bad {
        let error = history.record(&Recording::new(at(0), Origin::File, read(&article, &[claim]))).unwrap_err();
        assert!(matches!(error, StoreError::InvalidClaim { .. }), "{error:?}");
        assert!(error.to_string().contains(problem), "{problem}: {error}");
    }
    let twice = [good(), good()];
    assert!(history.record(&Recording::new(at(0), Origin::File, read(&article, &twice))).is_err());
    assert!(history.articles().unwrap().is_empty());
}

#[test]
fn claims_of_a_language_without_a_pack_are_kept_and_compared_by_their_letters() {
    let (_folder, mut history) = history();
    let language = "tlh".parse().ok();
    let mut recorded = |second, text: &str, length| {
        let article = Article::from_text(text, language);
        let claims = [claim(1, text, 0, length)];
        let attempt = Attempt::Read(Reading::new(&article, &claims, None));
        let recording = Recording::new(at(second), Origin::File, attempt);
        history.record(&Recording { article: Some("a"), ..recording }).unwrap()
    };
    assert_eq!(recorded(0, "nuqneH", 6).outcome, Outcome::NewVersion);
    assert_eq!(recorded(1, "nuqneH.", 6).events.changes(), 0);
    let other = recorded(2, "Qapla'", 6);
    assert_eq!((other.outcome, other.events.added, other.events.removed), (Outcome::NewVersion, 1, 1));
}

#[test]
fn claims_are_found_by_article_speaker_stance_polarity_and_words() {
    let (_folder, mut history) = history();
    let text = "Bridge closed at noon. The BRIDGE is safe. Troops leave.";
    let article = Article::from_text(text, Some(Language::ENGLISH));
    let claims = [
        said_by("Mayor Aïda Norr", Stance::Report, claim(1, text, 0, 21)),
        said_by("أحمد الوزير", Stance::Deny, Claim { polarity: Polarity::Denied, ..claim(2, text, 23, 41) }),
        claim(3, text, 43, 55),
    ];
    let recording = Recording::new(at(0), Origin::File, read(&article, &claims));
    let recorded = history.record(&Recording { article: Some("a"), ..recording }).unwrap();
    let found = |filter: ClaimFilter| -> Vec<u32> {
        history.claims(&filter).unwrap().into_iter().map(|claim| claim.claim.id).collect()
    };
    let any = ClaimFilter::default;
    assert_eq!(found(any()), [1, 2, 3]);
    assert_eq!(found(ClaimFilter { article: Some(recorded.article), ..any() }), [1, 2, 3]);
    assert_eq!(found(ClaimFilter { article: Some(isnad_store::ArticleId(9)), ..any() }), [0; 0]);
    assert_eq!(found(ClaimFilter { speaker: Some("norr".parse().unwrap()), ..any() }), [1]);
    assert_eq!(found(ClaimFilter { speaker: Some("احمد".parse().unwrap()), ..any() }), [2]);
    assert_eq!(found(ClaimFilter { stance: Some(Stance::Deny), ..any() }), [2]);
    assert_eq!(found(ClaimFilter { polarity: Some(Polarity::Affirmed), ..any() }), [1, 3]);
    assert_eq!(found(ClaimFilter { words: Some("bridge".parse().unwrap()), ..any() }), [1, 2]);
    assert_eq!(found(ClaimFilter { words: Some("SAFE bridge".parse().unwrap()), ..any() }), [2]);
    assert_eq!(found(ClaimFilter { words: Some("100%".parse().unwrap()), ..any() }), [0; 0]);

    let filter = SearchFilter { speaker: Some("norr".parse().unwrap()), ..SearchFilter::default() };
    let found = history.search(&"bridge".parse().unwrap(), &filter, None).unwrap();
    assert_eq!(found.hits.len(), 1);
    assert_eq!(found.hits[0].claim.claim, claims[0]);
}

#[test]
fn a_reference_finds_the_one_article_it_fits_and_lists_them_if_there_are_several() {
    let (_folder, mut history) = history();
    for (second, url, title) in [
        (0, "https://news.example/bridge", "الجسر مغلق"),
        (1, "https://news.example/bridge-2", "Bridge opens"),
        (2, "https://news.example/talks", "Bridge opens again"),
    ] {
        let mut article = Article::from_text("One.", None);
        article.metadata.title = Some(title.into());
        let recording = Recording::new(at(second), Origin::Live, Attempt::Read(Reading::new(&article, &[], None)));
        history.record(&Recording { url: Some(url), ..recording }).unwrap();
    }
    let resolve = |text: &str| history.resolve_article(&text.parse().unwrap());
    assert_eq!(resolve("2").unwrap().0, 2);
    assert_eq!(resolve("https://news.example/bridge#x").unwrap().0, 1, "a whole address goes before a part");
    assert_eq!(resolve("bridge OPENS").unwrap().0, 2, "a whole title goes before a part");
    assert_eq!(resolve("talks").unwrap().0, 3);
    assert_eq!(resolve("ألجسر").unwrap().0, 1);
    assert!(matches!(resolve("9"), Err(StoreError::NoSuchArticle { .. })));
    assert!(matches!(resolve("flood"), Err(StoreError::NoSuchArticle { .. })));
    let error = resolve("news.example/bridge").unwrap_err().to_string();
    assert!(error.contains("2 articles: 1 (الجسر مغلق), 2 (Bridge opens)"), "{error}");

    let version = |text: &str| history.resolve_version(&text.parse().unwrap());
    assert_eq!(version("talks@1").unwrap(), version("talks").unwrap());
    let error = version("talks@2").unwrap_err().to_string();
    assert!(error.contains("article 3 has 1 version, but no version 2"), "{error}");
}

#[test]
fn the_latest_version_is_the_one_seen_last_not_the_one_numbered_last() {
    let (_folder, mut history) = history();
    for (second, text) in [(0, "One."), (1, "Two."), (2, "One.")] {
        record(&mut history, "https://news.example/a", second, text).unwrap();
    }
    let text = |reference: &str| {
        let version = history.resolve_version(&reference.parse().unwrap()).unwrap();
        history.version(version).unwrap().article.text().to_owned()
    };
    assert_eq!((text("1@latest"), text("1@1"), text("1@2")), ("One.".into(), "One.".into(), "Two.".into()));
}

/// A text with any characters, blocks of any role, and metadata of all sorts.
fn articles() -> impl Strategy<Value = Article> {
    let role = prop::sample::select(vec![BlockRole::Headline, BlockRole::Body, BlockRole::Caption, BlockRole::Related]);
    let text = prop::collection::vec(("[\\PC\u{0}ا-ي«»\t]{1,20}", role), 1..6);
    let optional = || prop::option::of("\\PC{0,12}");
    (text, optional(), optional(), "[a-z]{1,8}").prop_map(|(lines, title, published, id)| {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for (line, role) in lines {
            let start = text.len();
            text.push_str(&line);
            blocks.push(Block { span: Span::new(start, text.len()), role });
            text.push_str("\r\n");
        }
        let language = Some(Language::ARABIC);
        Article::new(text, blocks, Metadata { id, language, title, published, ..Metadata::default() })
    })
}

proptest! {
    // Each case makes a file and waits for the disk.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn what_is_recorded_comes_back_exactly(
        article in articles(),
        ends in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
        confidence in 0.0_f32..=1.0,
        value in prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO,
        speaker in "\\PC{0,12}",
        nested in any::<bool>(),
    ) {
        let text = article.text();
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut claims: Vec<Claim> = Vec::new();
        for (a, b) in ends {
            let (a, b) = (*a.get(&bounds), *b.get(&bounds));
            if a == b {
                continue;
            }
            let id = claims.len() as u32 + 1;
            let span = Span::new(a.min(b), a.max(b));
            let quantity = Quantity {
                text: span.of(text).into(), value, comparison: Comparison::AtLeast, unit: Some("%".into()),
                start: span.start, end: span.end,
            };
            claims.push(Claim {
                quoted: vec![span],
                quantities: vec![quantity],
                nested_in: (nested && id > 1).then_some(id - 1),
                confidence,
                ..said_by(&speaker, Stance::Criticise, claim(id, text, span.start, span.end))
            });
        }
        let (_folder, mut history) = history();
        let recorded = history.record(&Recording::new(at(0), Origin::File, read(&article, &claims))).unwrap();
        let stored = history.version(recorded.version.unwrap()).unwrap();
        let mut captured = article.clone();
        captured.metadata.captured.clone_from(&stored.article.metadata.captured);
        prop_assert_eq!(stored.article.metadata.day(), captured.metadata.day());
        prop_assert!(captured.metadata.captured.is_some());
        prop_assert_eq!(&stored.article, &captured);
        prop_assert_eq!(stored.number, Some(1));
        let back: Vec<Claim> = stored.claims.into_iter().map(|claim| claim.claim).collect();
        prop_assert_eq!(back, claims);
    }
}
