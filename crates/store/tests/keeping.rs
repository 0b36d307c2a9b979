//! A history that is kept for years: what came is still there, damage is found, copies are whole, claims can be renewed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::PathBuf;

use isnad_core::{Article, Claim, Language, LanguagePack, extract};
use isnad_store::{
    ArticleId, Attempt, ClaimFilter, Extractor, History, OpenOptions, Origin, Reading, Recorded, Recording, StoreError,
    Unlike,
};
use rusqlite::Connection;
use support::at;
use tempfile::TempDir;

struct Bench {
    history: History,
    folder: TempDir,
}

fn story(count: u32) -> String {
    format!("The mayor, Anna Berg, said that {count} houses were flooded.\nThe river rose again in the night.\n")
}

/// A page of some size around a story, as sites make them.
fn page(count: u32) -> Vec<u8> {
    let menu: String = (0..400).map(|at| format!("<li><a href='/topic/{}'>Topic {at}</a></li>\n", at * 7919)).collect();
    format!("<html><nav>{menu}</nav><article>{}</article></html>", story(count)).into_bytes()
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
        Self { history, folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Records a page; `claims` and `engine` are those of the engine at hand unless they are given.
    fn saw(&mut self, second: i64, count: u32, older: Option<(&str, &[Claim])>) -> Recorded {
        let article = Article::from_text(story(count), Some(Language::ENGLISH));
        let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
        let found = extract(&article, pack);
        let mut reading = Reading::new(&article, &found, Some(pack));
        if let Some((engine, claims)) = older {
            reading = Reading { engine, claims, ..reading };
        }
        let extractor = Some(Extractor { name: "finder", version: if second < 100 { "1" } else { "2" } });
        let raw = page(count);
        let recording = Recording::new(at(second), Origin::Live, Attempt::Read(reading));
        self.history.record(&Recording { article: Some("flood"), raw: Some(&raw), extractor, ..recording }).unwrap()
    }

    /// Changes the file behind the history's back.
    fn tamper(&self, sql: &str) {
        let conn = Connection::open(self.path("isnad.db")).unwrap();
        assert_ne!(conn.execute(sql, []).unwrap(), 0, "{sql}");
    }
}

#[test]
fn the_bytes_that_came_are_kept_and_pages_of_one_article_take_little_room() {
    let mut bench = Bench::new();
    let captures: Vec<Recorded> = (0..10).map(|at| bench.saw(at, 40 + u32::try_from(at).unwrap(), None)).collect();
    for (count, recorded) in (40..).zip(&captures) {
        assert_eq!(bench.history.raw(recorded.capture).unwrap(), Some(page(count)));
    }
    let conn = Connection::open(bench.path("isnad.db")).unwrap();
    let (bytes, kept): (i64, i64) = conn
        .query_row("SELECT sum(bytes), sum(length(content)) FROM raw", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert!(kept * 20 < bytes, "{bytes} bytes are kept in {kept}");
}

#[test]
fn a_file_that_is_its_own_text_is_kept_once() {
    let mut bench = Bench::new();
    let article = Article::from_text(story(40), Some(Language::ENGLISH));
    let recording = Recording::new(at(0), Origin::File, Attempt::Read(Reading::new(&article, &[], None)));
    let raw = Some(article.text().as_bytes());
    let recorded = bench.history.record(&Recording { article: Some("flood"), raw, ..recording }).unwrap();
    assert_eq!(bench.history.raw(recorded.capture).unwrap().as_deref(), raw);
    let conn = Connection::open(bench.path("isnad.db")).unwrap();
    assert_eq!(conn.query_row("SELECT count(*) FROM raw", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn a_sound_history_checks_clean() {
    let mut bench = Bench::new();
    for (at, count) in [(0, 40), (1, 41), (2, 42)] {
        bench.saw(at, count, None);
    }
    let check = bench.history.check(|_, _| {}).unwrap();
    assert_eq!(check.problems, []);
    assert_eq!(bench.history.check(|_, _| {}).unwrap(), check);
    assert_eq!((check.texts, check.raws, check.claims, check.recomputed), (3, 3, 3, 3));
}

/// Takes every wording out of the index of search.
const FORGOTTEN: &str = "
    INSERT INTO wording_search (wording_search, rowid, content, speaker)
    SELECT 'delete', wording.id, wording.folded, coalesce(speaker.words, '')
    FROM wording LEFT JOIN speaker ON speaker.id = wording.speaker_id";

#[test]
fn every_sort_of_damage_is_found_and_told_with_its_place() {
    for (sql, place, problem) in [
        ("UPDATE text SET content = x'00'", "text row 1", "Src size is incorrect"),
        ("UPDATE text SET hash = printf('%064d', 1)", "text row 1", "not those that were recorded"),
        ("UPDATE text SET bytes = 1 << 62", "text row 1", ""),
        ("UPDATE version SET number = 2", "version row 1", "its number"),
        ("UPDATE raw SET content = x'00'", "raw row 1", "Src size is incorrect"),
        ("UPDATE capture SET raw_hash = printf('%064d', 1)", "capture row 1", "bytes that came are not there"),
        ("UPDATE claim SET content = replace(content, '40 houses', '90 houses')", "version row 1", "its words are not"),
        ("UPDATE claim SET detail = '{}'", "version row 1", "claim row 1"),
        ("UPDATE claim SET source = replace(source, 'Anna', 'Hanna')", "version row 1", ""),
        ("UPDATE claim SET end_byte = end_byte - 1", "version row 1", "its words are not"),
        ("DELETE FROM thread_wording", "thread row 1", "search lacks a claim"),
        ("UPDATE wording SET hash = 7", "thread row 1", "search finds a claim in it that it has not"),
        ("UPDATE speaker_article SET claims = 9", "article row 1", "its speakers"),
        ("UPDATE speaker_total SET claims = 9", "speaker_total row 1", "not the sum"),
        ("DELETE FROM speaker_total", "speaker_total row 1", "not the sum"),
        (FORGOTTEN, "wording_search", "does not hold"),
        ("INSERT INTO wording_search (rowid, content) VALUES (7, ' bridge ')", "wording_search", "does not hold"),
        ("INSERT INTO wording (hash, folded) VALUES (7, ' bridge ')", "wording row 2", "by other words"),
        ("UPDATE wording SET folded = ' bridge '", "wording row 1", "by other words"),
        ("UPDATE speaker SET words = ' bridge '", "speaker row 1", "by other words"),
        ("UPDATE speaker SET folded = 'bridge'", "speaker row 1", "by other words"),
        ("UPDATE article SET key_folded = 'bridge'", "article row 1", "by other words"),
        (
            "INSERT INTO article_url (url, url_folded, article_id) VALUES ('https://a.example/', 'bridge', 1)",
            "article row 1",
            "by other words",
        ),
        ("UPDATE article SET title = 'Flood', title_folded = 'bridge'", "article row 1", "by other words"),
    ] {
        let mut bench = Bench::new();
        bench.saw(0, 40, None);
        bench.tamper(sql);
        let check = bench.history.check(|_, _| {}).unwrap();
        let found = check.problems.iter().any(|found| found.place == place && found.problem.contains(problem));
        assert!(found, "{sql}: {:?}", check.problems);
    }
}

#[test]
fn claims_that_the_same_engine_would_not_find_are_told() {
    let mut bench = Bench::new();
    bench.saw(0, 40, Some((isnad_core::ENGINE_VERSION, &[])));
    let check = bench.history.check(|_, _| {}).unwrap();
    assert_eq!(check.problems.len(), 1);
    assert!(check.problems[0].problem.contains("finds other claims"));
}

#[test]
fn a_copy_is_a_history_of_its_own_and_replaces_nothing() {
    let mut bench = Bench::new();
    bench.saw(0, 40, None);
    let to = bench.path("copy.db");
    bench.history.backup(&to, |_, _| {}).unwrap();
    bench.saw(1, 41, None);
    let copy = History::open(&to, OpenOptions::read()).unwrap();
    assert_eq!(copy.captures(ArticleId(1)).unwrap().len(), 1);
    assert_eq!(copy.check(|_, _| {}).unwrap().problems, []);
    let left: Vec<_> = bench.folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains(".part")), "{left:?}");
    let again = bench.history.backup(&to, |_, _| {}).unwrap_err();
    assert!(matches!(again, StoreError::Exists { .. }), "{again:?}");
    assert_eq!(copy.captures(ArticleId(1)).unwrap().len(), 1);
}

#[test]
fn events_between_unlike_readings_say_so() {
    let mut bench = Bench::new();
    bench.saw(0, 40, None);
    bench.saw(1, 41, None);
    bench.saw(100, 42, None);
    bench.saw(101, 43, Some(("0.0.1", &[])));
    let events = bench.history.events(ArticleId(1)).unwrap();
    let unlike: Vec<&[Unlike]> = events.iter().map(|event| &*event.unlike).collect();
    assert_eq!(unlike, [&[][..], &[Unlike::Extractor], &[Unlike::Engine]]);
}

#[test]
fn claims_found_anew_take_away_what_was_only_a_change_of_engines() {
    let mut bench = Bench::new();
    bench.saw(0, 40, Some(("0.0.1", &[])));
    bench.saw(1, 41, None);
    assert_eq!(bench.history.events(ArticleId(1)).unwrap().len(), 1);
    assert_eq!(bench.history.outdated().unwrap(), [ArticleId(1)]);
    let preview = bench.history.preview_reextract(ArticleId(1)).unwrap();
    assert_eq!((preview.reread.len(), preview.after), (1, None));
    assert_eq!(bench.history.events(ArticleId(1)).unwrap().len(), 1, "a preview switches nothing");
    let done = bench.history.reextract(ArticleId(1)).unwrap();
    assert_eq!(done.reread, preview.reread);
    assert_eq!(bench.history.outdated().unwrap(), []);
    let after = done.after.unwrap();
    assert_eq!((done.versions, done.reread.len(), done.unreadable), (2, 1, 0));
    assert_eq!((done.before.added, after.added, after.changed), (1, 0, 1));
    let reread = &done.reread[0];
    assert_eq!((&*reread.engine, reread.claims_before, reread.claims, reread.changes.len()), ("0.0.1", 0, 1, 1));
    let events = bench.history.events(ArticleId(1)).unwrap();
    assert!(events.iter().all(|event| event.unlike.is_empty()));
    assert_eq!(bench.history.check(|_, _| {}).unwrap().recomputed, 2);
    assert_eq!(bench.history.reextract(ArticleId(1)).unwrap().reread, []);
}

#[test]
fn claims_found_anew_keep_their_histories_numbers() {
    let mut bench = Bench::new();
    bench.saw(0, 40, None);
    bench.tamper("UPDATE version SET engine = '0.0.1'");
    let threads = |bench: &Bench| -> Vec<_> {
        bench.history.claims(&ClaimFilter::default()).unwrap().into_iter().map(|claim| claim.thread).collect()
    };
    let before = threads(&bench);
    assert_eq!(bench.history.reextract(ArticleId(1)).unwrap().reread.len(), 1);
    assert_eq!(threads(&bench), before);
}

#[test]
fn room_that_nothing_takes_is_given_back() {
    let mut bench = Bench::new();
    bench.saw(0, 40, None);
    bench.tamper("INSERT INTO raw (hash, bytes, content) VALUES (printf('%064d', 1), 1, zeroblob(1000000))");
    bench.tamper("DELETE FROM raw WHERE bytes = 1");
    let compacted = bench.history.compact().unwrap();
    assert!(compacted.before - compacted.after > 900_000, "{compacted:?}");
    assert_eq!(bench.history.check(|_, _| {}).unwrap().problems, []);
    let again = bench.history.compact().unwrap();
    assert_eq!(again.after, again.before, "a small history does not grow");
    let mut reader = History::open(bench.path("isnad.db"), OpenOptions::read()).unwrap();
    assert!(matches!(reader.compact(), Err(StoreError::OpenedForReading { .. })));
}
