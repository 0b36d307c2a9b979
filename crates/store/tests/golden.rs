//! Histories that were made by each released schema: what opens them now reads, checks and continues them.
//!
//! `tests/golden/schema-N.db.zst` is a file as schema N had it, compressed. One of a released schema is never made anew;
//! that of a schema under way is, by
//!
//! ```sh
//! cargo test -p isnad-store --test golden -- --ignored
//! ```

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use isnad_core::{Article, Language, LanguagePack, extract};
use isnad_store::{
    ArticleId, Attempt, ClaimFilter, EventStatus, History, OpenOptions, Origin, Reading, Recording, Request,
    SearchFilter, Unlike,
};
use rusqlite::Connection;
use support::at;

/// The newest schema.
const SCHEMA: u32 = 3;

/// The engine that is said to have read the golden histories: claims of another engine are not found anew by a check.
const ENGINE: &str = "0.0.1";

fn golden(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/schema-{schema}.db.zst"))
}

/// What a flood has done by the day.
fn story(houses: u32) -> Article {
    let text = format!(
        "Flood on the Elm\nThe mayor, Anna Berg, said that {houses} houses were flooded.\n«لا نعلم» قال مسؤول.\n"
    );
    let mut article = Article::from_text(text, Some(Language::ENGLISH));
    article.metadata.title = Some("Flood on the Elm".into());
    article
}

/// Records two versions, a return to the first, a failure, and a doubt; of the address with and without a redirect.
fn record(history: &mut History, engine: &str) {
    let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
    for (second, houses, final_url) in [(0, 40, None), (10, 60, Some("https://news.example/elm")), (20, 40, None)] {
        let article = story(houses);
        let claims = extract(&article, pack);
        let reading = Reading { engine, ..Reading::new(&article, &claims, Some(pack)) };
        let recording = Recording::new(at(second), Origin::Live, Attempt::Read(reading));
        let page = format!("<h1>Flood on the Elm</h1><p>{}", article.text());
        let raw = Some(page.as_bytes());
        let redirects = final_url.map(str::to_owned).into_iter().collect::<Vec<_>>();
        let request = Request {
            list: Some("https://news.example/feed"),
            redirects: &redirects,
            url: final_url.unwrap_or("https://news.example/flood"),
            status: Some(200),
            content_type: Some("text/html"),
            etag: Some("\"1\""),
            last_modified: None,
        };
        let (url, request) = (Some("https://news.example/flood"), Some(request));
        history.record(&Recording { url, final_url, raw, request, ..recording }).unwrap();
    }
    let article = story(0);
    for (second, attempt) in [
        (30, Attempt::Failed { reason: "status 503" }),
        (
            40,
            Attempt::Uncertain {
                reason: "a wall",
                reading: Some(Reading { engine, ..Reading::new(&article, &[], Some(pack)) }),
            },
        ),
    ] {
        let recording = Recording::new(at(second), Origin::Live, attempt);
        history.record(&Recording { url: Some("https://news.example/flood"), ..recording }).unwrap();
    }
}

#[test]
#[ignore = "makes the golden file of a schema under way"]
fn make_the_golden_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    record(&mut History::open(&path, OpenOptions::write()).unwrap(), ENGINE);
    fs::write(golden(SCHEMA), zstd::encode_all(&*fs::read(path).unwrap(), 19).unwrap()).unwrap();
}

/// The golden history of a schema, in a folder of its own.
fn opened(schema: u32) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    let packed = fs::read(golden(schema)).unwrap();
    fs::write(&path, zstd::decode_all(&*packed).unwrap()).unwrap();
    (folder, path)
}

/// What search finds of the houses, with in how many versions it stands.
fn found(history: &History) -> Vec<(String, u32)> {
    let found = history.search(&"houses".parse().unwrap(), &SearchFilter::default(), Some(9)).unwrap();
    found.hits.into_iter().map(|hit| (hit.claim.claim.content.text, hit.versions)).collect()
}

#[test]
fn histories_of_every_schema_are_read_checked_and_continued() {
    for schema in 1..=SCHEMA {
        let (_folder, path) = opened(schema);
        let mut history = History::open(&path, OpenOptions::write()).unwrap();
        assert_eq!(history.check(|_, _| {}).unwrap().problems, [], "schema {schema}");
        let article = ArticleId(1);
        let log = history.log(article).unwrap();
        assert_eq!(log.iter().map(|entry| entry.state.number).collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!(history.captures(article).unwrap().len(), 5);
        let stored = history.version(log[1].state.version).unwrap();
        assert_eq!(stored.article.text(), story(60).text());
        assert_eq!((&*stored.engine, stored.article.metadata.title.as_deref()), (ENGINE, Some("Flood on the Elm")));
        let raw = history.raw(log[1].state.first.capture).unwrap().unwrap();
        assert!(String::from_utf8(raw).unwrap().contains("60 houses"));
        let events = history.events(article).unwrap();
        // The isnad that made the first file did not tell a return to an earlier form from other changes.
        let back = if schema == 1 { EventStatus::Changed } else { EventStatus::Reverted };
        assert_eq!(events.iter().map(|event| event.status).collect::<Vec<_>>(), [EventStatus::Changed, back]);
        let claims =
            history.claims(&ClaimFilter { speaker: Some("berg".parse().unwrap()), ..ClaimFilter::default() }).unwrap();
        assert_eq!(history.thread(claims[0].thread.unwrap()).unwrap().forms.len(), 3);
        assert_eq!(
            found(&history),
            [("60 houses were flooded".to_owned(), 1), ("40 houses were flooded".to_owned(), 1)]
        );

        let article = story(70);
        let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
        let claims = extract(&article, pack);
        let attempt = Attempt::Read(Reading::new(&article, &claims, Some(pack)));
        let recording = Recording::new(at(50), Origin::Live, attempt);
        let url = Some("https://news.example/elm");
        assert_eq!(history.record(&Recording { url, ..recording }).unwrap().events.changed, 1);
        assert_eq!(history.events(ArticleId(1)).unwrap().last().unwrap().unlike, [Unlike::Engine]);
        assert_eq!(found(&history)[0], ("70 houses were flooded".to_owned(), 1));
    }
}

#[test]
fn the_newest_golden_file_has_the_schema_at_hand() {
    let (folder, path) = opened(SCHEMA);
    let new = folder.path().join("new.db");
    drop(History::open(&new, OpenOptions::write()).unwrap());
    // A comment that is worded anew makes no other schema.
    let bare = |sql: String| -> String {
        let code = sql.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code));
        code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    let schema = |path: &Path| -> Vec<String> {
        let conn = Connection::open(path).unwrap();
        let mut query = conn.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY type, name").unwrap();
        let sql = query.query_map([], |row| row.get(0)).unwrap();
        sql.map(Result::unwrap).map(bare).collect()
    };
    let told =
        "the schema has changed: if it was released, make a new one; if not, make its golden file anew (see above)";
    assert_eq!(schema(&path), schema(&new), "{told}");
}
