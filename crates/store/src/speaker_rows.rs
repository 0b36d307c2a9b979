//! Who is quoted in which article, kept in step with the article's captures, so that nobody's claims need be counted
//! when it is asked.
//!
//! The usual capture is the newest: it adds to the rows of those whom its version quotes. After any other change the
//! article is counted anew. Both give the same rows.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use crate::error::Fault;
use crate::ids::{ArticleId, CaptureId, VersionId};

/// What an article has of one speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Share {
    claims: i64,
    versions: i64,
    changes: i64,
    first_seen: String,
    last_seen: String,
}

/// Counts what the article has of each speaker.
pub(crate) const WORKED_OUT: &str = "
    WITH seen AS (
      SELECT version_id, min(captured_at) AS first, max(captured_at) AS last FROM capture
      WHERE article_id = ?1 AND status = 'ok' GROUP BY version_id),
    quoted AS (
      SELECT claim.speaker_id, count(DISTINCT claim.thread_id) AS claims, count(DISTINCT claim.version_id) AS versions,
        min(seen.first) AS first, max(seen.last) AS last
      FROM seen CROSS JOIN claim ON claim.version_id = seen.version_id
      WHERE claim.speaker_id NOTNULL GROUP BY claim.speaker_id),
    changed AS (
      SELECT claim.speaker_id, count(DISTINCT event.id) AS changes
      FROM thread CROSS JOIN event ON event.thread_id = thread.id
        CROSS JOIN claim ON claim.id IN (event.old_claim_id, event.new_claim_id)
      WHERE thread.article_id = ?1 AND event.status NOT IN ('moved', 'cosmetic') AND claim.speaker_id NOTNULL
      GROUP BY claim.speaker_id)
    SELECT quoted.speaker_id, quoted.claims, quoted.versions, coalesce(changed.changes, 0), quoted.first, quoted.last
    FROM quoted LEFT JOIN changed ON changed.speaker_id = quoted.speaker_id";

/// What is kept of each.
const KEPT: &str =
    "SELECT speaker_id, claims, versions, changes, first_seen, last_seen FROM speaker_article WHERE article_id = ?1";

/// The speakers whose totals are not the sums of what is kept of their articles.
pub(crate) const TOTALS_ASTRAY: &str = "
    WITH sums AS (
      SELECT speaker_id, count(*) AS articles, sum(claims) AS claims, sum(versions) AS versions, sum(changes) AS changes,
        min(first_seen) AS first_seen, max(last_seen) AS last_seen
      FROM speaker_article GROUP BY speaker_id),
    totals AS (SELECT speaker_id, articles, claims, versions, changes, first_seen, last_seen FROM speaker_total)
    SELECT speaker_id FROM (SELECT * FROM sums EXCEPT SELECT * FROM totals)
    UNION SELECT speaker_id FROM (SELECT * FROM totals EXCEPT SELECT * FROM sums)";

/// Whether what is kept of an article's speakers is what its claims come to.
pub(crate) fn are_right(conn: &Connection, article: ArticleId) -> Result<bool, Fault> {
    Ok(shares(conn, KEPT, article)? == shares(conn, WORKED_OUT, article)?)
}

/// Counts anew what an article has of each speaker, and writes what differs.
pub(crate) fn summarise(conn: &Connection, article: ArticleId) -> Result<(), Fault> {
    let (now, kept) = (shares(conn, WORKED_OUT, article)?, shares(conn, KEPT, article)?);
    let mut delete = conn.prepare_cached("DELETE FROM speaker_article WHERE speaker_id = ?1 AND article_id = ?2")?;
    for speaker in kept.keys().filter(|speaker| !now.contains_key(speaker)) {
        delete.execute((speaker, article))?;
    }
    let mut write = conn.prepare_cached(
        "INSERT INTO speaker_article (speaker_id, article_id, claims, versions, changes, first_seen, last_seen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET claims = excluded.claims, versions = excluded.versions, changes = excluded.changes,
           first_seen = excluded.first_seen, last_seen = excluded.last_seen",
    )?;
    for (speaker, share) in now.iter().filter(|(speaker, share)| kept.get(speaker) != Some(share)) {
        let Share { claims, versions, changes, first_seen, last_seen } = share;
        write.execute((speaker, article, claims, versions, changes, first_seen, last_seen))?;
    }
    Ok(())
}

/// Whether another version has a claim of the speaker in the same history. It is looked for in that history alone: a
/// speaker may have claims in every article there is.
pub(crate) const IS_KNOWN: &str = "
    SELECT EXISTS (SELECT 1 FROM claim INDEXED BY claim_by_thread
      WHERE thread_id = ?1 AND speaker_id = ?2 AND version_id <> ?3)";

/// The speakers on either side of the changes that a capture was the first to see.
const CHANGED: &str = "
    SELECT claim.speaker_id, event.id FROM event CROSS JOIN claim ON claim.id = event.old_claim_id
    WHERE event.not_after_id = ?1 AND event.status NOT IN ('moved', 'cosmetic') AND claim.speaker_id NOTNULL
    UNION ALL
    SELECT claim.speaker_id, event.id FROM event CROSS JOIN claim ON claim.id = event.new_claim_id
    WHERE event.not_after_id = ?1 AND event.status NOT IN ('moved', 'cosmetic') AND claim.speaker_id NOTNULL";

/// Adds what the newest capture of an article has, which saw `version` for certain.
pub(crate) fn extend(
    conn: &Connection,
    article: ArticleId,
    capture: CaptureId,
    version: VersionId,
) -> Result<(), Fault> {
    let pairs = |query: &str, id: i64| -> Result<BTreeSet<(i64, i64)>, Fault> {
        let mut query = conn.prepare_cached(query)?;
        Ok(query.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    };
    let mut seen = conn.prepare_cached(
        "SELECT captured_at,
           NOT EXISTS (SELECT 1 FROM capture WHERE version_id = ?2 AND status = 'ok' AND id <> ?1)
         FROM capture WHERE id = ?1",
    )?;
    let (at, is_fresh): (String, bool) = seen.query_row((capture, version), |row| Ok((row.get(0)?, row.get(1)?)))?;

    let quoted = "SELECT speaker_id, thread_id FROM claim WHERE version_id = ?1 AND speaker_id NOTNULL";
    let mut is_known = conn.prepare_cached(IS_KNOWN)?;
    let mut claims: BTreeMap<i64, i64> = BTreeMap::new();
    for (speaker, thread) in pairs(quoted, version.0)? {
        let is_new = is_fresh && !is_known.query_row((thread, speaker, version), |row| row.get::<_, bool>(0))?;
        *claims.entry(speaker).or_default() += i64::from(is_new);
    }
    let mut add = conn.prepare_cached(
        "INSERT INTO speaker_article (speaker_id, article_id, claims, versions, changes, first_seen, last_seen)
         VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)
         ON CONFLICT DO UPDATE SET claims = claims + excluded.claims, versions = versions + excluded.versions,
           first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)",
    )?;
    for (speaker, claims) in claims {
        add.execute((speaker, article, claims, is_fresh, &at))?;
    }

    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    for (speaker, _) in pairs(CHANGED, capture.0)? {
        *changes.entry(speaker).or_default() += 1;
    }
    let mut count = conn.prepare_cached(
        "UPDATE speaker_article SET changes = changes + ?3 WHERE speaker_id = ?1 AND article_id = ?2",
    )?;
    for (speaker, changes) in changes {
        count.execute((speaker, article, changes))?;
    }
    Ok(())
}

fn shares(conn: &Connection, query: &str, article: ArticleId) -> Result<BTreeMap<i64, Share>, Fault> {
    let share = |row: &Row<'_>| {
        let share = Share {
            claims: row.get(1)?,
            versions: row.get(2)?,
            changes: row.get(3)?,
            first_seen: row.get(4)?,
            last_seen: row.get(5)?,
        };
        Ok((row.get(0)?, share))
    };
    let mut query = conn.prepare_cached(query)?;
    Ok(query.query_map([article], share)?.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::Bench;

    /// What an article has of each speaker, as it is kept, and as it is counted anew.
    fn kept_and_counted(bench: &Bench) -> [BTreeMap<i64, Share>; 2] {
        let conn = bench.history.connection();
        [KEPT, WORKED_OUT].map(|query| shares(conn, query, ArticleId(1)).unwrap())
    }

    #[test]
    fn a_speaker_is_counted_by_claims_versions_changes_and_times() {
        let mut bench = Bench::new();
        bench.saw(1, &["Minister: troops 100", "Minister: bridge closed"]);
        bench.saw(2, &["Minister: troops 120", "Mayor: bridge closed"]);
        bench.saw(5, &["Minister: troops 120", "Mayor: bridge closed"]);
        let conn = bench.history.connection();
        let mut query = conn.prepare("SELECT speaker, claims, articles, versions, changes, first_seen, last_seen FROM speaker_activity ORDER BY speaker").unwrap();
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(6)?)));
        let rows: Vec<(String, i64, i64, i64, i64, String)> = rows.unwrap().map(Result::unwrap).collect();
        let last = "2026-03-03T05:00:00.000Z".to_owned();
        assert_eq!(rows, [("Mayor".into(), 1, 1, 1, 1, last.clone()), ("Minister".into(), 2, 1, 2, 2, last)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_is_kept_is_what_is_counted(captures in proptest::collection::vec((1i64..20, 0usize..6, any::<bool>()), 1..8)) {
            let texts: [&[&str]; 6] = [
                &["Minister: troops 100", "Mayor: bridge closed"],
                &["Minister: troops 120", "Mayor: bridge closed"],
                &["Mayor: troops 120"],
                &["Minister: bridge closed", "Minister: troops 100"],
                &["Mayor: bridge open", "Minister: troops 100", "Union: crew tired"],
                &["Union: crew tired"],
            ];
            let mut bench = Bench::new();
            for (time, text, is_doubted) in captures {
                match is_doubted {
                    true => bench.doubted(time, texts[text]),
                    false => bench.saw(time, texts[text]),
                };
                let [kept, counted] = kept_and_counted(&bench);
                prop_assert_eq!(kept, counted);
            }
            let conn = bench.history.connection();
            let astray = conn.prepare(TOTALS_ASTRAY).unwrap().query_map([], |row| row.get::<_, i64>(0)).unwrap().count();
            prop_assert_eq!(astray, 0);
        }
    }
}
