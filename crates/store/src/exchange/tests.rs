//! A history that was exported and read back is an equal one.

use proptest::prelude::*;

use super::{RawRecord, Record};
use crate::testing::Bench;
use crate::{Attempt, History, Imported, OpenOptions, Origin, Recording, Request, StoreError};

fn records(history: &History) -> Vec<Record> {
    let mut records = Vec::new();
    history
        .export(None, |record| -> Result<(), StoreError> {
            // Through text, as it leaves the command.
            let line = serde_json::to_string(&record).unwrap();
            records.push(serde_json::from_str(&line).unwrap());
            Ok(())
        })
        .unwrap();
    records
}

fn read_into(history: &mut History, records: &[Record]) -> Imported {
    let mut imported = Imported::default();
    history.import(records.iter().cloned().map(Ok::<_, StoreError>), &mut imported).unwrap();
    imported
}

/// All rows of all tables; what has numbers of its own in each file is told by what it is.
fn rows(history: &History) -> Vec<String> {
    let conn = history.connection();
    let mut tables = conn.prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut rows = Vec::new();
    for table in tables.into_iter().filter(|table| table != "text" && table != "raw" && table != "wording") {
        let mut query = match table.as_str() {
            "thread_wording" => conn.prepare(
                "SELECT thread_id, hash, speaker_id, folded FROM thread_wording JOIN wording ON id = wording_id ORDER BY 1, 2, 3"),
            table => conn.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")),
        }
        .unwrap();
        let count = query.column_count();
        let mut found = query.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<String> = (0..count).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            rows.push(format!("{table}: {}", cells.join(", ")));
        }
    }
    rows
}

const TEXTS: [&[&str]; 5] = [
    &["Minister: troops 100", "Mayor: bridge closed"],
    &["Minister: troops 120", "Mayor: bridge closed"],
    &["Mayor: troops 120"],
    &["Minister: bridge closed", "Minister: troops 100"],
    &[],
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_read_back_is_equal(captures in proptest::collection::vec((1i64..20, 0usize..5, 0u8..4), 1..8)) {
        let mut bench = Bench::new();
        for (time, text, how) in captures {
            match how {
                0 => bench.failed(time),
                1 => bench.doubted(time, TEXTS[text]),
                _ => bench.saw(time, TEXTS[text]),
            };
        }
        let given = records(&bench.history);
        let mut copy = Bench::new();
        let imported = read_into(&mut copy.history, &given);
        prop_assert_eq!((imported.articles, imported.refused.len()), (1, 0));
        prop_assert_eq!(&records(&copy.history), &given);
        prop_assert_eq!(rows(&copy.history), rows(&bench.history));
        prop_assert_eq!(copy.history.check(|_, _| {}).unwrap(), bench.history.check(|_, _| {}).unwrap());

        let again = read_into(&mut copy.history, &given);
        prop_assert_eq!((again.articles, again.unchanged), (0, 1));
        prop_assert_eq!(&records(&copy.history), &given);
    }
}

#[test]
fn bytes_come_back_as_they_came() {
    let mut bench = Bench::new();
    let recording = Recording {
        url: Some(crate::testing::URL),
        raw: Some(b"<p>\xFF not found"),
        ..Recording::new(crate::testing::at(1), Origin::Live, Attempt::Failed { reason: "no text" })
    };
    let capture = bench.history.record(&recording).unwrap().capture;
    let mut copy = Bench::new();
    read_into(&mut copy.history, &records(&bench.history));
    assert_eq!(copy.history.raw(capture).unwrap().as_deref(), Some(&b"<p>\xFF not found"[..]));
}

#[test]
fn what_was_asked_on_the_web_comes_back_as_it_was() {
    let mut bench = Bench::new();
    let redirects = ["https://news.example/b".to_owned()];
    let request = Request {
        list: Some("https://news.example/feed"),
        redirects: &redirects,
        url: "https://news.example/b",
        status: Some(404),
        content_type: None,
        etag: Some("\"1\""),
        last_modified: None,
    };
    let attempt = Attempt::Failed { reason: "HTTP 404" };
    let recording = Recording::new(crate::testing::at(1), Origin::Live, attempt);
    let (url, request) = (Some(crate::testing::URL), Some(request));
    bench.history.record(&Recording { url, request, ..recording }).unwrap();
    let mut copy = Bench::new();
    read_into(&mut copy.history, &records(&bench.history));
    assert!(rows(&copy.history).iter().any(|row| row.starts_with("request: ")));
    assert_eq!(rows(&copy.history), rows(&bench.history));
}

#[test]
fn into_a_history_that_has_others_it_comes_with_free_numbers() {
    let mut bench = Bench::new();
    bench.saw(1, TEXTS[0]);
    bench.saw(2, TEXTS[1]);
    let given = records(&bench.history);
    let mut other = Bench::new();
    let (article, claims) = crate::testing::story(TEXTS[3]);
    let attempt = Attempt::Read(crate::testing::reading(&article, &claims));
    let url = Some("https://news.example/other");
    other.history.record(&Recording { url, ..Recording::new(crate::testing::at(1), Origin::Live, attempt) }).unwrap();
    assert_eq!(read_into(&mut other.history, &given).articles, 1);
    let articles = other.history.articles().unwrap();
    assert_eq!((articles.len(), articles[1].versions, articles[1].changes), (2, 2, 1));
    // These claims are made for the test, so that the engine does not find them again.
    let found = |problem: &crate::Problem| problem.problem != "the same engine finds other claims in it";
    assert!(!other.history.check(|_, _| {}).unwrap().problems.iter().any(found));
    assert_eq!(read_into(&mut other.history, &given).unchanged, 1);
}

#[test]
fn an_article_that_is_there_with_other_captures_is_left_as_it_is() {
    let mut bench = Bench::new();
    bench.saw(1, TEXTS[0]);
    let given = records(&bench.history);
    let mut other = Bench::new();
    other.saw(2, TEXTS[1]);
    let before = records(&other.history);
    let imported = read_into(&mut other.history, &given);
    assert_eq!((imported.articles, imported.refused.len()), (0, 1));
    assert!(imported.refused[0].problem.contains("article 1"), "{imported:?}");
    assert_eq!(records(&other.history), before);
}

#[test]
fn records_that_do_not_fit_are_told_and_nothing_of_their_article_is_kept() {
    let mut bench = Bench::new();
    bench.saw(1, TEXTS[0]);
    bench.saw(2, TEXTS[1]);
    let given = records(&bench.history);
    let broken = |spoil: &dyn Fn(&mut Record)| {
        let mut records = given.clone();
        records.iter_mut().for_each(spoil);
        let mut copy = Bench::new();
        let imported = read_into(&mut copy.history, &records);
        assert!(copy.history.articles().unwrap().is_empty());
        imported.refused[0].problem.clone()
    };
    let other_text = broken(&|record| {
        if let Record::Version(version) = record {
            version.text.push('!');
        }
    });
    assert!(other_text.ends_with("is not the one that was recorded"), "{other_text}");
    let no_claim = broken(&|record| {
        if let Record::Event(event) = record {
            event.new = Some(crate::ClaimId(99));
        }
    });
    assert!(no_claim.contains("refers to claim 99"), "{no_claim}");
    let out_of_place = broken(&|record| {
        if let Record::Claim(claim) = record {
            claim.claim.content.spans[0].start += 1;
        }
    });
    assert!(out_of_place.contains("cannot be recorded"), "{out_of_place}");
    let paragraphs = broken(&|record| {
        if let Record::Version(version) = record {
            version.blocks[1].span.end += 100;
        }
    });
    assert!(paragraphs.starts_with("the paragraphs of version"), "{paragraphs}");
}

#[test]
fn a_text_that_another_engine_cut_otherwise_is_taken_as_it_cut_it() {
    let mut all = two_articles();
    for record in &mut all {
        if let Record::Version(version) = record {
            version.blocks.truncate(1);
            version.blocks[0].span = isnad_core::Span::new(0, version.text.len());
        }
    }
    let (result, imported, articles) = taken(&all);
    assert!(result.is_ok() && articles.len() == 2, "{imported:?}");
}

#[test]
fn bytes_that_no_capture_came_as_are_told() {
    let mut all = two_articles();
    let (hash, base64) = (crate::encode::hash(b"x"), "eA==".to_owned());
    all.insert(2, Record::Raw(RawRecord { hash, base64 }));
    let end = all.iter_mut().find_map(|record| if let Record::ArticleEnd(end) = record { Some(end) } else { None });
    end.unwrap().records += 1;
    let (result, imported, articles) = taken(&all);
    assert!(result.is_ok() && articles.len() == 1, "{imported:?}");
    assert!(imported.refused[0].problem.ends_with("are those of no capture"), "{imported:?}");
}

#[test]
fn a_number_that_leaves_none_for_what_comes_after_is_not_taken() {
    let mut bench = Bench::new();
    bench.saw(1, TEXTS[0]);
    for huge in [i64::MAX, 0, -7] {
        let mut given = records(&bench.history);
        for record in &mut given {
            match record {
                Record::Article(it) => it.id.0 = huge,
                Record::ArticleEnd(it) => it.article.0 = huge,
                Record::Thread(it) => (it.id.0, it.article.0) = (huge - 2 + it.id.0, huge),
                Record::Version(it) => (it.id.0, it.article.0) = (huge, huge),
                Record::Speaker(it) => it.id += huge - 2,
                Record::Claim(it) => {
                    (it.version.0, it.history) = (huge, it.history.map(|it| crate::ThreadId(huge - 2 + it.0)))
                }
                Record::Capture(it) => (it.id.0, it.article.0, it.version) = (huge, huge, Some(crate::VersionId(huge))),
                _ => {}
            }
        }
        let mut copy = Bench::new();
        let imported = read_into(&mut copy.history, &given);
        assert_eq!((imported.articles, imported.refused.len()), (1, 0), "{imported:?}");
        assert_eq!(copy.history.articles().unwrap()[0].id, crate::ArticleId(1));
        assert_eq!(copy.saw(2, TEXTS[1]).events.changed, 1);
        let more = [TEXTS[1], &["Union: crew tired"]].concat();
        assert_eq!(copy.saw(3, &more).events.added, 1, "there is a number for a new history");
    }
}

/// What came of reading some records into an empty history, and which articles are there then.
fn taken(records: &[Record]) -> (Result<(), StoreError>, Imported, Vec<String>) {
    let mut copy = Bench::new();
    let mut imported = Imported::default();
    let result = copy.history.import(records.iter().cloned().map(Ok::<_, StoreError>), &mut imported);
    let articles = copy.history.articles().unwrap().into_iter().map(|article| article.key).collect();
    (result, imported, articles)
}

/// The records of two articles with two versions each.
fn two_articles() -> Vec<Record> {
    let mut bench = Bench::new();
    bench.saw(1, TEXTS[0]);
    bench.saw(2, TEXTS[1]);
    for (time, text) in [(1, TEXTS[3]), (2, TEXTS[0])] {
        let (article, claims) = crate::testing::story(text);
        let attempt = Attempt::Read(crate::testing::reading(&article, &claims));
        let url = Some("https://news.example/other");
        let raw = Some(&b"<p>as it came"[..]);
        let recording = Recording::new(crate::testing::at(time), Origin::Live, attempt);
        bench.history.record(&Recording { url, raw, ..recording }).unwrap();
    }
    records(&bench.history)
}

#[test]
fn wherever_an_export_is_cut_no_article_is_taken_that_is_not_whole() {
    let all = two_articles();
    let (result, _, whole) = taken(&all);
    assert!(result.is_ok() && whole.len() == 2);
    for at in 1..all.len() {
        let closed = all[..at].iter().filter(|record| matches!(record, Record::ArticleEnd(_))).count();
        let (result, imported, articles) = taken(&all[..at]);
        assert!(matches!(result, Err(StoreError::BrokenExport { .. })), "cut at {at}: {result:?}");
        assert_eq!((articles.as_slice(), imported.articles), (&whole[..closed], closed as u64), "cut at {at}");
    }
}

#[test]
fn a_record_that_is_missing_or_there_twice_is_noticed() {
    let all = two_articles();
    for at in 1..all.len() {
        let mut without = all.clone();
        let record = without.remove(at);
        let mut twice = all.clone();
        twice.insert(at, record.clone());
        for records in [without, twice] {
            let (result, imported, _) = taken(&records);
            assert!(result.is_err() || imported.refused.len() == 1, "{record:?}: {imported:?}");
        }
    }
}

#[test]
fn records_of_another_article_are_not_taken_for_those_of_this_one() {
    let owners: [fn(&mut Record) -> Option<&mut crate::ArticleId>; 3] = [
        |record| if let Record::Version(it) = record { Some(&mut it.article) } else { None },
        |record| if let Record::Thread(it) = record { Some(&mut it.article) } else { None },
        |record| if let Record::Capture(it) = record { Some(&mut it.article) } else { None },
    ];
    for owner in owners {
        let mut all = two_articles();
        *all.iter_mut().find_map(owner).unwrap() = crate::ArticleId(2);
        let (result, imported, articles) = taken(&all);
        assert!(result.is_ok() && articles.len() == 1, "{imported:?}");
        assert!(imported.refused[0].problem.ends_with("is said to be of article 2"), "{imported:?}");
    }
}

#[test]
fn histories_one_after_the_other_are_each_read_and_each_head_is_looked_at() {
    let mut all = two_articles();
    let other = {
        let mut bench = Bench::new();
        let attempt = Attempt::Failed { reason: "status 503" };
        let url = Some("https://news.example/third");
        bench
            .history
            .record(&Recording { url, ..Recording::new(crate::testing::at(3), Origin::Live, attempt) })
            .unwrap();
        records(&bench.history)
    };
    let first = all.len();
    all.extend(other);
    let (result, _, articles) = taken(&all);
    assert!(result.is_ok() && articles.len() == 3, "{result:?}");
    if let Record::History(head) = &mut all[first] {
        head.form = 9;
    }
    let (result, _, articles) = taken(&all);
    assert!(matches!(result, Err(StoreError::UnknownForm { form: 9, .. })) && articles.len() == 2, "{result:?}");
}

#[test]
fn what_is_no_export_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
    let mut imported = Imported::default();
    let nothing = history.import(std::iter::empty::<Result<Record, StoreError>>(), &mut imported);
    assert!(matches!(nothing, Err(StoreError::NoHead)));
    let newer: Record =
        serde_json::from_str(r#"{"type": "history", "form": 9, "engine": "9.0.0", "offsets": "bytes"}"#).unwrap();
    let told = history.import([Ok::<_, StoreError>(newer)], &mut imported);
    assert!(matches!(told, Err(StoreError::UnknownForm { form: 9, .. })));
}
