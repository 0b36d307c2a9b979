//! The table of captures.

use isnad_store::{Capture, VersionId};
use serde::Serialize;

use super::Named;
use crate::dossier::Dossier;
use crate::phrase::Foreign;
use crate::shown::LONGEST_NAME;
use crate::texts::Texts;
use crate::when::When;

/// The most captures that are listed.
const MOST: usize = 200;

/// The captures as a page lists them, newest first.
#[derive(Debug, Serialize)]
pub(crate) struct Captures {
    rows: Vec<CaptureRow>,
    more: Option<String>,
}

/// A capture.
#[derive(Debug, Serialize)]
struct CaptureRow {
    time: When,
    status: Named,
    version: Option<u32>,
    origin: Named,
    reason: Option<Foreign>,
}

impl Captures {
    pub(crate) fn new(dossier: &Dossier, texts: &Texts) -> Self {
        let number = |id: VersionId| dossier.versions.iter().find(|version| version.id == id)?.number;
        let row = |capture: &Capture| CaptureRow {
            time: When::plain(capture.captured, texts),
            status: Named::new(texts, "capture", &capture.status),
            version: capture.version.and_then(number),
            origin: Named::new(texts, "origin", &capture.origin),
            reason: capture.reason.as_deref().map(|reason| Foreign::new(reason, LONGEST_NAME)),
        };
        let is_cut = dossier.captures.len() > MOST;
        let more = || texts.fill("capture", "more", &[("count", &MOST.to_string())]);
        Self { rows: dossier.captures.iter().rev().take(MOST).map(row).collect(), more: is_cut.then(more) }
    }
}
