//! What reading the records of an export takes in memory.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use isnad_core::{Article, Language, Metadata, OffsetUnit};
use isnad_store::{
    ArticleEnd, ArticleId, ArticleRecord, CaptureId, CaptureRecord, CaptureStatus, Head, History, HistoryEnd, Imported,
    OpenOptions, Origin, Record, StoreError, VersionId, VersionRecord,
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const VERSIONS: i64 = 300;
const LINES: i64 = 1_000;

fn version(number: i64) -> Record {
    let lines: Vec<String> = (0..LINES).map(|line| format!("It rained in town number {}.", line * number)).collect();
    let article = Article::from_text(lines.join("\n"), Some(Language::ENGLISH));
    Record::Version(VersionRecord {
        id: VersionId(number),
        article: ArticleId(1),
        number: None,
        text_hash: blake3::hash(article.text().as_bytes()).to_string(),
        language: Some(Language::ENGLISH),
        engine: "0.0.1".into(),
        pack: None,
        blocks: article.blocks().to_vec(),
        text: article.text().to_owned(),
    })
}

fn capture(number: i64) -> Record {
    Record::Capture(CaptureRecord {
        id: CaptureId(number),
        article: ArticleId(1),
        captured: chrono::DateTime::from_timestamp(number, 0).unwrap(),
        attempt: "read".into(),
        status: CaptureStatus::Ok,
        reason: None,
        origin: Origin::File,
        url: None,
        final_url: None,
        path: None,
        extractor: None,
        extractor_version: None,
        raw_hash: None,
        version: Some(VersionId(number)),
        metadata: Some(Metadata::default()),
        request: None,
    })
}

/// One test, as the allocator counts for the whole process.
#[test]
fn an_article_of_many_versions_is_imported_without_being_held() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
    let head = Record::History(Head { form: 2, engine: "0.0.1".into(), offsets: OffsetUnit::Bytes });
    let (id, key) = (ArticleId(1), "rain".to_owned());
    let article = Record::Article(ArticleRecord { id, key, urls: Vec::new(), title: None, language: None });
    let records = 1 + 2 * u64::try_from(VERSIONS).unwrap();
    let end = [Record::ArticleEnd(ArticleEnd { article: id, records }), Record::HistoryEnd(HistoryEnd { articles: 1 })];
    let all =
        [head, article].into_iter().chain((1..=VERSIONS).map(version)).chain((1..=VERSIONS).map(capture)).chain(end);

    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let mut imported = Imported::default();
    history.import(all.map(Ok::<_, StoreError>), &mut imported).unwrap();
    let peak = ALLOCATOR.peak_usage() - before;
    assert_eq!((imported.articles, imported.versions, imported.refused.len()), (1, 300, 0), "{imported:?}");
    // The texts alone are 9 MB; what SQLite takes is not counted.
    assert!(peak < 2_000_000, "{peak} bytes");
}
