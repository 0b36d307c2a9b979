//! Whether what claims, speakers and articles are looked up by is what they say.

use std::hash::{DefaultHasher, Hash, Hasher};

use isnad_core::fold::fold;
use rusqlite::Connection;

use super::{Check, Progress};
use crate::error::Fault;
use crate::ids::{ArticleId, ThreadId};
use crate::search::Searchable;
use crate::speaker_rows;
use crate::wording_rows;

/// A form in which something is looked for, of what it says.
type Form = fn(&str) -> String;

/// What is kept in a form: the table, a query of its rows with what each says and what is kept of that, and the form. A
/// wording that no history has says nothing.
const FORMS: [(&str, &str, Form); 6] = [
    ("speaker", "SELECT id, name, folded FROM speaker", folded),
    ("speaker", "SELECT id, name, words FROM speaker", searchable),
    ("article", "SELECT id, key, key_folded FROM article", folded),
    ("article", "SELECT id, title, title_folded FROM article", folded),
    ("article", "SELECT article_id, url, url_folded FROM article_url", folded),
    (
        "wording",
        "SELECT wording.id,
           (SELECT claim.content FROM thread_wording CROSS JOIN claim INDEXED BY claim_by_thread
            WHERE thread_wording.wording_id = wording.id AND claim.thread_id = thread_wording.thread_id
              AND claim.wording = wording.hash AND claim.speaker_id IS wording.speaker_id LIMIT 1),
           wording.folded
         FROM wording",
        searchable,
    ),
];

fn folded(raw: &str) -> String {
    fold(raw).into_owned()
}

fn searchable(raw: &str) -> String {
    Searchable::new(raw).text().to_owned()
}

impl Check {
    /// Search knows every claim that is in a history, and no other.
    pub(super) fn wordings(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        let mut query = conn.prepare(wording_rows::ASTRAY)?;
        for row in query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (thread, is_known): (ThreadId, bool) = row?;
            let problem =
                if is_known { "search finds a claim in it that it has not" } else { "search lacks a claim of it" };
            self.found(format!("thread row {thread}"), problem);
        }
        Ok(())
    }

    /// Everything is looked for by its own words.
    pub(super) fn forms(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        for (table, query, form) in FORMS {
            let mut query = conn.prepare(query)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let (id, says, kept): (i64, Option<String>, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
                if says.as_deref().map(form) != kept {
                    self.found(format!("{table} row {id}"), "it is looked for by other words than it has");
                }
            }
        }
        Ok(())
    }

    /// The index of search has the letters of the wordings and of their speakers' names, and no others. The index keeps no
    /// texts to compare, and asking it for each wording takes long: what it holds is summed up, in any order, and so is
    /// what it should.
    pub(super) fn index(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        if indexed(conn)? != to_be_indexed(conn)? {
            self.found("wording_search", "the index of search does not hold the words of the claims");
        }
        Ok(())
    }

    pub(super) fn speakers(&mut self, conn: &Connection, _: &mut Progress<'_>) -> Result<(), Fault> {
        let mut query = conn.prepare("SELECT id FROM article ORDER BY id")?;
        for row in query.query_map([], |row| row.get(0))? {
            let article: ArticleId = row?;
            if !speaker_rows::are_right(conn, article)? {
                self.found(
                    format!("article row {article}"),
                    "what is kept of its speakers is not what its claims come to",
                );
            }
        }
        let mut query = conn.prepare(speaker_rows::TOTALS_ASTRAY)?;
        for row in query.query_map([], |row| row.get::<_, i64>(0))? {
            self.found(format!("speaker_total row {}", row?), "it is not the sum of the speaker's articles");
        }
        Ok(())
    }
}

/// The sum of all places of three letters that the index of search holds.
fn indexed(conn: &Connection) -> Result<u64, Fault> {
    // The view of the index is this connection's own and goes with its transaction; the file stays as it is.
    let is_query_only: bool = conn.pragma_query_value(None, "query_only", |row| row.get(0))?;
    conn.pragma_update(None, "query_only", false)?;
    let made = conn.execute_batch("CREATE VIRTUAL TABLE temp.letters USING fts5vocab(main, wording_search, instance)");
    conn.pragma_update(None, "query_only", is_query_only)?;
    made?;
    let mut query = conn.prepare("SELECT term, doc, col = 'speaker', offset FROM temp.letters")?;
    let mut rows = query.query([])?;
    let mut sum = 0_u64;
    while let Some(row) = rows.next()? {
        let letters = row.get_ref(0)?.as_bytes().unwrap_or_default();
        sum = sum.wrapping_add(place(letters, row.get(1)?, row.get(2)?, row.get(3)?));
    }
    Ok(sum)
}

/// The sum of all places of three letters that are to be found.
fn to_be_indexed(conn: &Connection) -> Result<u64, Fault> {
    let mut query = conn.prepare(
        "SELECT wording.id, wording.folded, coalesce(speaker.words, '')
         FROM wording LEFT JOIN speaker ON speaker.id = wording.speaker_id",
    )?;
    let mut rows = query.query([])?;
    let mut sum = 0_u64;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        for (column, is_speaker) in [(1, false), (2, true)] {
            let text: String = row.get(column)?;
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for (bounds, offset) in bounds.windows(4).zip(0..) {
                let letters = bounds.first().zip(bounds.last()).and_then(|(&start, &end)| text.get(start..end));
                sum = sum.wrapping_add(place(letters.unwrap_or_default().as_bytes(), id, is_speaker, offset));
            }
        }
    }
    Ok(sum)
}

/// A place of three letters in the wording of that row or in its speaker's name, as a number.
fn place(letters: &[u8], row: i64, is_speaker: bool, offset: i64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (letters, row, is_speaker, offset).hash(&mut hasher);
    hasher.finish()
}
