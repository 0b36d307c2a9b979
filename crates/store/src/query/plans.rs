//! A test that what people wait for never looks at all claims, events, captures or versions of a history.

use rusqlite::Connection;

use super::{blame, changes, claims, newest, speakers};
use crate::search;
use crate::speaker_rows;
use crate::testing::Bench;
use crate::wording_rows;

/// How SQLite would go about a query, step by step.
fn plan(conn: &Connection, query: &str) -> Vec<String> {
    let mut plan =
        conn.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap_or_else(|error| panic!("{error}: {query}"));
    // No parameter is needed to tell the plan.
    let mut rows = plan.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get("detail").unwrap());
    }
    steps
}

#[test]
fn no_query_that_people_wait_for_scans_a_large_table() {
    let bench = Bench::new();
    let conn = bench.history.connection();
    let columns = &*claims::COLUMNS;
    let queries = [
        search::in_index(),
        search::of_article(),
        search::THREADS.to_owned(),
        search::SEEN.to_owned(),
        changes::newest_first(true),
        changes::newest_first(false),
        newest::NEWEST.to_owned(),
        speakers::listing(true, speakers::SpeakerOrder::Claims),
        speakers::listing(false, speakers::SpeakerOrder::Claims),
        blame::LAST_EVENT.to_owned(),
        blame::FORMS.to_owned(),
        format!("SELECT {columns} FROM claim WHERE claim.version_id = ?1 ORDER BY claim.number"),
        format!("SELECT {columns} FROM claim WHERE claim.thread_id = ?1"),
        "SELECT * FROM versions WHERE article_id = ?1".to_owned(),
        "SELECT * FROM articles WHERE article_id = ?1".to_owned(),
        "SELECT * FROM claims_now WHERE article_id = ?1".to_owned(),
        "SELECT * FROM changes WHERE thread_id = ?1".to_owned(),
        "SELECT * FROM changes WHERE article_id = ?1".to_owned(),
        "SELECT * FROM speaker_activity ORDER BY claims DESC LIMIT 20".to_owned(),
    ];
    for query in queries {
        for step in plan(conn, &query) {
            let is_whole =
                |table: &str| step == format!("SCAN {table}") || step.starts_with(&format!("SCAN {table} USING"));
            let large =
                ["claim", "event", "newest", "capture", "version", "thread", "wording", "old_claim", "new_claim"];
            assert!(!large.iter().any(|table| is_whole(table)), "{step}: {query}");
        }
    }
}

#[test]
fn recording_a_capture_looks_only_at_its_own_article() {
    let bench = Bench::new();
    for (query, index) in [
        (speaker_rows::IS_KNOWN, "claim USING INDEX claim_by_thread (thread_id=?"),
        (wording_rows::NEW_IN_ITS_THREAD, "other USING INDEX claim_by_thread (thread_id=? AND wording=?"),
    ] {
        let plan = plan(bench.history.connection(), query);
        assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
    }
}

#[test]
fn the_newest_changes_come_by_going_back_in_time() {
    let bench = Bench::new();
    for (of_article, index) in [(true, "capture_by_time (article_id=?"), (false, "capture_by_moment (captured_at>?")] {
        let plan = plan(bench.history.connection(), &changes::newest_first(of_article));
        assert!(plan[0].contains(index) && plan[1].contains("event_by_not_after"), "{plan:?}");
        // Within one capture they are sorted by what they weigh, but never all of them.
        let sorted = plan.iter().find(|step| step.contains("TEMP B-TREE")).map(String::as_str);
        assert_eq!(sorted, Some("USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY"), "{plan:?}");
    }
}

#[test]
fn the_newest_wordings_and_articles_and_the_busiest_speakers_come_without_sorting_all() {
    let bench = Bench::new();
    let speakers = speakers::listing(false, speakers::SpeakerOrder::Claims);
    for query in [search::in_index(), speakers, newest::NEWEST.to_owned()] {
        let plan = plan(bench.history.connection(), &query);
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:?}");
    }
}
