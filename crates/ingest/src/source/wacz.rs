//! WACZ: a ZIP archive that holds WARC files.

use std::fs::File;
use std::path::Path;
use std::vec;

use zip::{CompressionMethod, ZipArchive};

use super::kind::{SourceKind, ends_with};
use super::warc::{Region, Warc};
use super::{Capture, Progress, Skipped, Source, broken};
use crate::error::IngestError;
use crate::ingest::open_file;

pub(super) const KIND: SourceKind = SourceKind::new(
    "wacz",
    "a WACZ archive",
    |path, _| ends_with(path, &[".wacz"]),
    |path, _| Ok(Box::new(Wacz::open(path)?)),
)
.of_the_web();

/// The most members of an archive.
const MOST_MEMBERS: usize = 100_000;

/// Every WARC file of an archive, one after the other.
struct Wacz {
    regions: vec::IntoIter<Region>,
    warc: Option<Warc>,
    done: u64,
    total: u64,
}

impl Wacz {
    fn open(path: &Path) -> Result<Self, IngestError> {
        let name = path.to_string_lossy().into_owned();
        let malformed = |reason: String| IngestError::Malformed { name: name.clone(), reason };
        let mut archive: ZipArchive<File> =
            ZipArchive::new(open_file(path)?).map_err(|error| malformed(error.to_string()))?;
        if archive.len() > MOST_MEMBERS {
            return Err(malformed(format!(
                "it has {} members; {MOST_MEMBERS} is the most that is read",
                archive.len()
            )));
        }
        let mut regions = Vec::new();
        for index in 0..archive.len() {
            let member = archive.by_index_raw(index).map_err(|error| malformed(error.to_string()))?;
            let inner = member.name().map_err(|error| malformed(error.to_string()))?.into_owned();
            if !ends_with(Path::new(&inner), &[".warc"]) {
                continue;
            }
            let is_deflated = match member.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                other => return Err(malformed(format!("{inner} is compressed by {other}, which is not read"))),
            };
            let start =
                member.data_start().ok_or_else(|| malformed(format!("{inner} does not tell where it begins")))?;
            let name = format!("{name}: {inner}");
            regions.push(Region::within(name, path, start, member.compressed_size(), is_deflated));
        }
        regions.sort_by(|one, other| one.name.cmp(&other.name));
        let total = regions.iter().map(|region| region.length).sum();
        Ok(Self { regions: regions.into_iter(), warc: None, done: 0, total })
    }
}

impl Iterator for Wacz {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(warc) = &mut self.warc {
                if let Some(item) = warc.next() {
                    return Some(item);
                }
                self.done += warc.progress().total.unwrap_or_default();
                self.warc = None;
            }
            let region = self.regions.next()?;
            let name = region.name.clone();
            match Warc::open(region) {
                Ok(warc) => self.warc = Some(warc),
                Err(error) => return Some(Err(Skipped::new(name, broken(error)))),
            }
        }
    }
}

impl Source for Wacz {
    fn progress(&self) -> Progress {
        let within = self.warc.as_ref().map(|warc| warc.progress());
        let within = within.map_or(0, |within| within.done.min(within.total.unwrap_or_default()));
        Progress { done: self.done + within, total: Some(self.total) }
    }
}
