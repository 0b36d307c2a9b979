//! What a file beside a capture tells of it: `page.html.json` or `page.json`, with the fields of a row.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::broken;
use crate::error::IngestError;

/// The most bytes of a sidecar.
const MAX_BYTES: u64 = 1 << 20;

/// What a sidecar may tell; fields it does not know are none of its business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Sidecar {
    pub(super) article: Option<String>,
    pub(super) url: Option<String>,
    pub(super) captured: Option<String>,
    pub(super) published: Option<String>,
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    /// The status of the HTTP response.
    pub(super) status: Option<u16>,
    /// The value of its `Content-Type` header.
    pub(super) content_type: Option<String>,
}

/// Where the sidecar of a file may be.
fn places(path: &Path) -> [PathBuf; 2] {
    let mut name = path.as_os_str().to_owned();
    name.push(".json");
    [PathBuf::from(name), path.with_extension("json")]
}

/// The sidecar of a file; `None` if it has none.
pub(super) fn of(path: &Path) -> Result<Option<Sidecar>, IngestError> {
    let Some(place) = places(path).into_iter().find(|place| place.is_file()) else { return Ok(None) };
    let name = place.display();
    let read = |file: File| {
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes =
        File::open(&place).and_then(read).map_err(|error| broken(format_args!("its sidecar {name}: {error}")))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(broken(format_args!("its sidecar {name} has more than {MAX_BYTES} bytes")));
    }
    let sidecar = serde_json::from_slice(&bytes);
    sidecar.map(Some).map_err(|error| broken(format_args!("its sidecar {name}: {error}")))
}
