//! Finding the claims of recorded texts anew, with the engine at hand.

use isnad_core::{LanguagePack, extract};
use serde::Serialize;

use crate::doubt::Judge;
use crate::error::{Fault, StoreError};
use crate::event::EventCounts;
use crate::history::History;
use crate::ids::{ArticleId, VersionId};
use crate::query::count_all_events;
use crate::recording::Reading;
use crate::shelf::Shelf;
use crate::states::states;
use crate::timeline;
use crate::version_rows;
use crate::weave::Loom;

/// What became of an article whose claims were found anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Reextracted {
    /// How many versions the article has, doubted ones too.
    pub versions: u32,
    /// In how many of them the engine at hand reads otherwise than the one that had read them: other claims, or only
    /// its version is another.
    pub replaced: u32,
    /// In how many the engine cannot read, for want of a language pack.
    pub unreadable: u32,
    /// What had happened to the article's claims before.
    pub before: EventCounts,
    /// What happened to them as they are read now.
    pub after: EventCounts,
}

impl History {
    /// Finds the claims of all versions of an article anew, with the engine at hand and its language packs, so that no
    /// change is told that is only one of engines; works out threads and events from them.
    ///
    /// It is one transaction: cut off, nothing of it counts. Texts and paragraphs stay as they were recorded.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn reextract(&mut self, article: ArticleId) -> Result<Reextracted, StoreError> {
        let compare = self.compare();
        self.writing("finding claims anew", |conn| {
            let mut done = Reextracted { before: count_all_events(conn, article)?, ..Reextracted::default() };
            let mut query = conn.prepare_cached("SELECT id FROM version WHERE article_id = ?1 ORDER BY id")?;
            let versions: Vec<VersionId> = query.query_map([article], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let forgotten = timeline::forget(conn, article)?;
            for version in versions {
                done.versions += 1;
                let loaded = Shelf::new(conn).take(version)?;
                let Some(pack) = loaded.article.metadata.language.and_then(LanguagePack::builtin) else {
                    done.unreadable += 1;
                    continue;
                };
                let claims = extract(&loaded.article, pack);
                let reading = Reading::new(&loaded.article, &claims, Some(pack));
                if version_rows::is_corrected_by(conn, version, &reading)? {
                    version_rows::replace(conn, version, &reading)?;
                    done.replaced += 1;
                }
            }
            let mut loom = Loom::resume(conn, article, compare, None);
            Judge::new(conn, article, &mut loom)?.judge_all(article)?;
            timeline::rebuild(conn, article, loom, &states(conn, article)?, Some(forgotten))?;
            done.after = count_all_events(conn, article)?;
            Ok::<_, Fault>(done)
        })
    }
}
