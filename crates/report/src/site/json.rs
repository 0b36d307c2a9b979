//! The data at an address.

use chrono::{DateTime, Utc};
use isnad_core::{ENGINE_VERSION, Polarity};
use isnad_store::{ArticleId, ArticleSummary, History, Hit, SpeakerSummary, ThreadId};
use serde::Serialize;

use super::address::{Address, Portion, encoded};
use super::look;
use super::{ArticleData, ChangeData, in_code_points};
use crate::dossier::speaker;
use crate::error::ReportError;

/// The description of the addresses.
const OPENAPI: &str = include_str!("../../assets/openapi.json");

/// A portion of the articles.
#[derive(Debug, Serialize)]
struct ArticlesData {
    articles: Vec<ArticleSummary>,
    /// The address of the next portion.
    next: Option<String>,
}

/// A portion of the speakers.
#[derive(Debug, Serialize)]
struct SpeakersData {
    speakers: Vec<SpeakerData>,
    /// The address of the next portion.
    next: Option<String>,
}

/// A speaker with the address of their claims.
#[derive(Debug, Serialize)]
struct SpeakerData {
    #[serde(flatten)]
    summary: SpeakerSummary,
    claims_at: String,
}

/// Claims that were found, with the changes of their histories.
#[derive(Debug, Serialize)]
struct FoundData<'f> {
    more: bool,
    claims: Vec<HitData<'f>>,
}

/// A claim that was found.
#[derive(Debug, Serialize)]
struct HitData<'f> {
    article: ArticleId,
    title: Option<&'f str>,
    history: Option<ThreadId>,
    content: &'f str,
    speaker: Option<&'f str>,
    cue: Option<&'f str>,
    polarity: Polarity,
    first_seen: DateTime<Utc>,
    last_seen: DateTime<Utc>,
    versions: u32,
    stands: bool,
    changes: u32,
}

/// Two versions compared.
#[derive(Debug, Serialize)]
struct CompareData<'c> {
    article: &'c ArticleSummary,
    old: Option<u32>,
    new: Option<u32>,
    summary: Option<isnad_diff::Summary>,
    changes: Vec<ChangeData<'c>>,
}

/// What stands at the address, as JSON.
pub(super) fn data(history: &History, address: &Address) -> Result<String, ReportError> {
    Ok(match address {
        Address::OpenApi => OPENAPI.replace("{{version}}", ENGINE_VERSION),
        Address::Articles(portion) => {
            let (articles, next) = look::articles(history, *portion)?;
            serde_json::to_string(&ArticlesData { articles, next: following(*portion, "/articles.json", "", next) })?
        }
        Address::Article { article, portion } => {
            let (dossier, events, next) = look::versions_in(history, *article, *portion)?;
            let next = following(*portion, &format!("/articles/{article}.json"), "", next);
            serde_json::to_string(&ArticleData::new(&dossier, &events, next))?
        }
        Address::Claim(id) => serde_json::to_string(&in_code_points(history, history.thread(*id)?)?)?,
        Address::Compare { article, old, new } => {
            let (dossier, old, new) = look::pair(history, *article, *old, *new)?;
            let (old, new) = look::versions(&dossier, old, new)?;
            let comparison = look::compared(old, new);
            serde_json::to_string(&CompareData {
                article: &dossier.article,
                old: old.number,
                new: new.number,
                summary: comparison.as_ref().map(|comparison| comparison.summary),
                changes: comparison.iter().flat_map(|c| &c.changes).map(ChangeData::between).collect(),
            })?
        }
        Address::Speakers { words, portion } => {
            let (speakers, next) = look::speakers(history, words, *portion)?;
            let speakers = speakers.into_iter().map(SpeakerData::new).collect();
            serde_json::to_string(&SpeakersData { speakers, next: following(*portion, "/speakers.json", words, next) })?
        }
        Address::Speaker(name) => {
            let (hits, more) = look::of_speaker(history, name)?;
            serde_json::to_string(&FoundData { more, claims: hits.iter().map(HitData::new).collect() })?
        }
        Address::Search { words } => {
            let (hits, more) = if words.is_empty() { (Vec::new(), false) } else { look::found(history, words)? };
            serde_json::to_string(&FoundData { more, claims: hits.iter().map(HitData::new).collect() })?
        }
        Address::Changes { since, severity } => {
            let changes = look::changes_since(history, *since, *severity)?;
            let data: Vec<ChangeData> = changes.iter().map(|(event, article)| ChangeData::of(event, article)).collect();
            serde_json::to_string(&data)?
        }
    })
}

/// The address of the next portion of the list at `path`.
fn following(portion: Portion, path: &str, words: &str, next: Option<i64>) -> Option<String> {
    Some(portion.next(path, words, next?))
}

impl SpeakerData {
    fn new(summary: SpeakerSummary) -> Self {
        let claims_at = format!("/speakers/{}.json", encoded(&summary.speaker));
        Self { summary, claims_at }
    }
}

impl<'f> HitData<'f> {
    fn new(hit: &'f Hit) -> Self {
        Self {
            article: hit.claim.article,
            title: hit.title.as_deref(),
            history: hit.claim.thread,
            content: &hit.claim.claim.content.text,
            speaker: speaker(&hit.claim.claim),
            cue: hit.claim.claim.cue.as_ref().map(|cue| cue.text.as_str()),
            polarity: hit.claim.claim.polarity,
            first_seen: hit.first_seen,
            last_seen: hit.last_seen,
            versions: hit.versions,
            stands: hit.stands,
            changes: hit.changes,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use isnad_diff::Severity;
    use isnad_store::ThreadId;

    use super::*;

    /// Every kind of address, with its path as the description writes it.
    fn addresses() -> Vec<(&'static str, Address)> {
        let samples = [
            Address::Articles(Portion::FIRST),
            Address::Article { article: ArticleId(1), portion: Portion::FIRST },
            Address::Compare { article: ArticleId(1), old: None, new: None },
            Address::Claim(ThreadId(1)),
            Address::Speakers { words: String::new(), portion: Portion::FIRST },
            Address::Speaker("x".to_owned()),
            Address::Search { words: String::new() },
            Address::Changes { since: None, severity: Severity::Low },
            Address::OpenApi,
        ];
        // A new kind does not compile until it has a path here.
        let path = |address: &Address| match address {
            Address::Articles(_) => "/articles",
            Address::Article { .. } => "/articles/{article}",
            Address::Compare { .. } => "/articles/{article}/compare",
            Address::Claim(_) => "/claims/{claim}",
            Address::Speakers { .. } => "/speakers",
            Address::Speaker(_) => "/speakers/{speaker}",
            Address::Search { .. } => "/search",
            Address::Changes { .. } => "/changes",
            Address::OpenApi => "/openapi",
        };
        samples.into_iter().map(|address| (path(&address), address)).collect()
    }

    #[test]
    fn the_description_has_every_address_in_every_form_and_no_other() {
        let description: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        let described: BTreeSet<String> = description["paths"].as_object().unwrap().keys().cloned().collect();
        let mut known = BTreeSet::new();
        for (path, address) in addresses() {
            known.insert(format!("{path}.json"));
            known.extend(address.has_feed().then(|| format!("{path}.atom")));
        }
        assert_eq!(described, known);
    }
}
