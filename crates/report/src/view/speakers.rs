//! Who speaks in an article: how often, first and last seen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use isnad_core::{Claim, SourceKind};
use isnad_store::ThreadId;
use serde::Serialize;

use super::Named;
use crate::dossier::{Dossier, speaker, speaker_key, speaker_kind};
use crate::phrase::Foreign;
use crate::shown::LONGEST_NAME;
use crate::texts::Texts;
use crate::when::When;

/// The most speakers that are listed and can be filtered for.
const MOST: usize = 60;

/// The speakers of an article, most quoted first.
#[derive(Debug)]
pub(crate) struct Directory {
    speakers: Vec<Speaker>,
    place: BTreeMap<String, usize>,
}

/// One speaker.
#[derive(Debug)]
struct Speaker {
    name: String,
    kind: SourceKind,
    threads: BTreeSet<ThreadId>,
    changes: usize,
    first: DateTime<Utc>,
    last: DateTime<Utc>,
}

/// A speaker as a page lists them.
#[derive(Debug, Serialize)]
pub(crate) struct SpeakerRow {
    /// The number by which cards and filters know the speaker.
    number: usize,
    name: Foreign,
    kind: Named,
    claims: usize,
    changes: usize,
    first: When,
    last: When,
}

impl Directory {
    /// The speakers of the article's claims in all versions.
    pub(crate) fn new(dossier: &Dossier) -> Self {
        let mut found: BTreeMap<String, Speaker> = BTreeMap::new();
        for thread in &dossier.threads {
            for place in &thread.forms {
                let (Some(stored), Some(entry)) = (dossier.claim(*place), dossier.states.get(place.state)) else {
                    continue;
                };
                let Some(name) = speaker(&stored.claim) else { continue };
                let key = speaker_key(name);
                let (first, last) = (entry.state.first.time, entry.state.last.time);
                let known = found.entry(key).or_insert_with(|| Speaker {
                    name: name.to_owned(),
                    kind: speaker_kind(&stored.claim),
                    threads: BTreeSet::new(),
                    changes: 0,
                    first,
                    last,
                });
                known.threads.insert(thread.id);
                known.first = known.first.min(first);
                known.last = known.last.max(last);
                // Another claim of the speaker may tell what a document did not.
                if known.kind == SourceKind::Unknown {
                    known.kind = speaker_kind(&stored.claim);
                }
            }
            for event in thread.changes() {
                // A change from one speaker to another is one of both.
                let sides = [&event.change.old, &event.change.new].into_iter().flatten();
                let keys: BTreeSet<String> = sides.filter_map(speaker).map(speaker_key).collect();
                for key in keys {
                    if let Some(known) = found.get_mut(&key) {
                        known.changes += 1;
                    }
                }
            }
        }
        let mut order: Vec<(String, Speaker)> = found.into_iter().collect();
        order.sort_by_key(|(_, speaker)| std::cmp::Reverse(speaker.threads.len()));
        let place = order.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
        Self { speakers: order.into_iter().map(|(_, speaker)| speaker).collect(), place }
    }

    /// The number of the claim's speaker; `None` if nobody is named, or the speaker is not listed.
    pub(crate) fn number(&self, claim: &Claim) -> Option<usize> {
        let place = self.place.get(&speaker_key(speaker(claim)?))?;
        (*place < MOST).then_some(place + 1)
    }

    /// How many are listed.
    pub(crate) fn listed(&self) -> usize {
        self.speakers.len().min(MOST)
    }

    /// That some are not listed, where that is so.
    pub(crate) fn more(&self, texts: &Texts) -> Option<String> {
        let more = || texts.fill("speakers", "more", &[("count", &MOST.to_string())]);
        (self.speakers.len() > MOST).then(more)
    }

    /// The speakers as a page lists them.
    pub(crate) fn rows(&self, texts: &Texts) -> Vec<SpeakerRow> {
        let row = |(at, speaker): (usize, &Speaker)| SpeakerRow {
            number: at + 1,
            name: Foreign::new(&speaker.name, LONGEST_NAME),
            kind: Named::new(texts, "source_kind", &speaker.kind),
            claims: speaker.threads.len(),
            changes: speaker.changes,
            first: When::plain(speaker.first, texts),
            last: When::plain(speaker.last, texts),
        };
        self.speakers.iter().take(MOST).enumerate().map(row).collect()
    }
}
