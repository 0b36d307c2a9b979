//! Histories at the edge of what there is: very many versions, very long texts, versions without claims, odd times.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use isnad_core::{Article, Claim, Language, LanguagePack, extract};
use isnad_store::{
    ArticleId, Attempt, EventStatus, History, OpenOptions, Origin, Outcome, Reading, Recording, StoreError,
};
use support::{at, record};
use tempfile::TempDir;

fn history() -> (TempDir, History) {
    let folder = tempfile::tempdir().unwrap();
    let history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
    (folder, history)
}

fn pack() -> &'static LanguagePack {
    LanguagePack::builtin(Language::ENGLISH).unwrap()
}

fn story(houses: i64) -> (Article, Vec<Claim>) {
    let text = format!("The mayor, Anna Berg, said that {houses} houses were flooded.");
    let article = Article::from_text(text, Some(Language::ENGLISH));
    let claims = extract(&article, pack());
    (article, claims)
}

/// Records that the flood had so many houses at those seconds, all together.
fn saw(history: &mut History, houses: impl IntoIterator<Item = (i64, i64)>) -> Vec<Outcome> {
    let (times, stories): (Vec<i64>, Vec<_>) = houses.into_iter().map(|(time, houses)| (time, story(houses))).unzip();
    let recordings: Vec<Recording<'_>> = (times.iter().zip(&stories))
        .map(|(&time, (article, claims))| {
            let attempt = Attempt::Read(Reading::new(article, claims, Some(pack())));
            Recording { url: Some("https://news.example/flood"), ..Recording::new(at(time), Origin::Live, attempt) }
        })
        .collect();
    let recorded = history.record_all(&recordings).unwrap();
    recorded.into_iter().map(|recorded| recorded.unwrap().outcome).collect()
}

#[test]
fn an_article_of_many_versions_in_reverse_order_is_the_same_as_in_order() {
    let (_folders, mut ordered, mut reversed) = {
        let ((one, ordered), (other, reversed)) = (history(), history());
        ([one, other], ordered, reversed)
    };
    saw(&mut ordered, (0..600).map(|at| (at, at)));
    for batch in (0..600).rev().collect::<Vec<_>>().chunks(200) {
        saw(&mut reversed, batch.iter().map(|&at| (at, at)));
    }
    let told = |history: &History| -> Vec<_> {
        let events = history.events(ArticleId(1)).unwrap().into_iter();
        events.map(|event| (event.status, event.not_before.time, event.not_after.time, event.change)).collect()
    };
    assert_eq!(told(&ordered).len(), 599);
    assert!(told(&ordered) == told(&reversed));
    let thread = ordered.claims(&isnad_store::ClaimFilter::default()).unwrap()[0].thread.unwrap();
    assert_eq!(ordered.thread(thread).unwrap().forms.len(), 600);
    assert_eq!(reversed.check(|_, _| {}).unwrap().problems, []);
}

#[test]
fn a_text_of_twenty_megabytes_is_kept_whole() {
    let (_folder, mut history) = history();
    let (short, mut claims) = story(40);
    let line = "It rained on the fields by the river, as it had all night.\n";
    let long = format!("{}\n{}", short.text(), line.repeat(20_000_000 / line.len()));
    let article = Article::from_text(long.clone(), Some(Language::ENGLISH));
    // A claim at the very end, too.
    let end = claims[0].clone();
    claims.push(Claim {
        id: 2,
        content: isnad_core::Passage::new(&long, vec![isnad_core::Span::new(long.len() - 10, long.len() - 1)]),
        cue: None,
        source: None,
        quantities: Vec::new(),
        dates: Vec::new(),
        ..end
    });
    for time in 0..2 {
        let attempt = Attempt::Read(Reading { engine: "0.0.1", ..Reading::new(&article, &claims, Some(pack())) });
        let raw = Some(long.as_bytes());
        let recording = Recording::new(at(time), Origin::File, attempt);
        let recorded = history.record(&Recording { article: Some("long"), raw, ..recording }).unwrap();
        let stored = history.version(recorded.version.unwrap()).unwrap();
        assert!(stored.article.text() == long && stored.claims.len() == 2);
        assert!(history.raw(recorded.capture).unwrap().unwrap() == long.as_bytes());
    }
    assert_eq!(history.check(|_, _| {}).unwrap().problems, []);
}

#[test]
fn a_version_without_claims_takes_them_away_and_brings_them_back() {
    let (_folder, mut history) = history();
    saw(&mut history, [(0, 40)]);
    let text = format!("The river rose again in the night, and {}.", "it rained ".repeat(9));
    let article = Article::from_text(text, Some(Language::ENGLISH));
    let recording = Recording::new(at(1), Origin::Live, Attempt::Read(Reading::new(&article, &[], Some(pack()))));
    history.record(&Recording { url: Some("https://news.example/flood"), ..recording }).unwrap();
    saw(&mut history, [(2, 40)]);
    let events = history.events(ArticleId(1)).unwrap();
    let statuses: Vec<EventStatus> = events.iter().map(|event| event.status).collect();
    assert_eq!(statuses, [EventStatus::Removed, EventStatus::Reintroduced]);
    assert_eq!(history.check(|_, _| {}).unwrap().problems, []);
}

#[test]
fn captures_of_one_instant_keep_the_order_in_which_they_were_recorded() {
    let (_folder, mut history) = history();
    assert_eq!(
        saw(&mut history, [(5, 40), (5, 60), (5, 40)]),
        [Outcome::NewVersion, Outcome::NewVersion, Outcome::AlreadyRecorded]
    );
    let (article, claims) = story(70);
    let attempt = Attempt::Read(Reading::new(&article, &claims, Some(pack())));
    for (second, simultaneous) in [(5, true), (6, false)] {
        let recording = Recording::new(at(second), Origin::Live, attempt);
        let recording = Recording { url: Some("https://news.example/flood"), ..recording };
        assert_eq!(history.record(&recording).unwrap().simultaneous, simultaneous, "at {second}");
    }
    let log = history.log(ArticleId(1)).unwrap();
    assert_eq!(
        log.iter().map(|entry| (entry.state.number, entry.state.first.time)).collect::<Vec<_>>(),
        [(1, at(5)), (2, at(5)), (3, at(5))]
    );
    assert_eq!(history.check(|_, _| {}).unwrap().problems, []);
}

#[test]
fn a_clock_that_runs_backwards_moves_numbers_and_that_is_told() {
    let (_folder, mut history) = history();
    saw(&mut history, [(10, 40)]);
    let (article, claims) = story(60);
    let attempt = Attempt::Read(Reading::new(&article, &claims, Some(pack())));
    let recording = Recording::new(at(0), Origin::Live, attempt);
    let recorded = history.record(&Recording { url: Some("https://news.example/flood"), ..recording }).unwrap();
    assert!(recorded.renumbered);
    assert_eq!(history.version_number(recorded.version.unwrap()).unwrap(), Some(1));
    let seen =
        history.record(&Recording { url: Some("https://news.example/flood"), captured: at(1), ..recording }).unwrap();
    assert!(!seen.renumbered, "nothing moves when the same text is seen again");
}

#[test]
fn one_capture_that_cannot_be_recorded_leaves_the_others_of_its_batch_alone() {
    let (_folder, mut history) = history();
    let (article, claims) = story(40);
    let attempt = Attempt::Read(Reading::new(&article, &claims, Some(pack())));
    let mut wrong = claims.clone();
    wrong[0].content.text = "other words".into();
    let recording =
        |time, attempt| Recording { article: Some("flood"), ..Recording::new(at(time), Origin::File, attempt) };
    let batch = [
        recording(0, attempt),
        recording(1, Attempt::Read(Reading::new(&article, &wrong, Some(pack())))),
        Recording { article: Some("7"), ..recording(2, attempt) },
        recording(3, attempt),
    ];
    let recorded = history.record_all(&batch).unwrap();
    assert!(matches!(recorded[1], Err(StoreError::InvalidClaim { number: 1, .. })));
    assert!(matches!(recorded[2], Err(StoreError::NoSuchArticle { .. })));
    assert!(recorded[0].is_ok() && recorded[3].is_ok());
    assert_eq!(history.captures(ArticleId(1)).unwrap().len(), 2);
    assert_eq!(history.articles().unwrap().len(), 1, "what failed has left nothing");
}

#[test]
fn a_batch_that_cannot_be_written_leaves_nothing() {
    let (folder, mut history) = history();
    record(&mut history, "https://news.example/1", 0, "One line.").unwrap();
    let busy = rusqlite::Connection::open(folder.path().join("isnad.db")).unwrap();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    let path = folder.path().join("isnad.db");
    let options = OpenOptions { busy_timeout: std::time::Duration::from_millis(10), ..OpenOptions::write() };
    let mut second = History::open(path, options).unwrap();
    let (article, claims) = story(40);
    let attempt = Attempt::Read(Reading::new(&article, &claims, Some(pack())));
    let recording = Recording { article: Some("flood"), ..Recording::new(at(0), Origin::File, attempt) };
    assert!(matches!(second.record_all(&[recording, recording]), Err(StoreError::Locked { .. })));
    busy.execute_batch("COMMIT").unwrap();
    assert_eq!(history.articles().unwrap().len(), 1);
}
