//! The history in forms that other tools take in.

pub mod annotation;
pub mod iri;
pub mod note;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod schema_org;

use isnad_store::VersionId;

use crate::dossier::Dossier;

/// When captures saw the version first and last, as an interval of ISO 8601.
fn seen(dossier: &Dossier, version: VersionId) -> Option<String> {
    let states = || dossier.states.iter().map(|entry| entry.state).filter(|state| state.version == version);
    let first = states().map(|state| state.first.time).min()?;
    let last = states().map(|state| state.last.time).max()?;
    Some(format!("{}/{}", crate::when::stamp(first), crate::when::stamp(last)))
}
