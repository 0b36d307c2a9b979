//! CDX and CDXJ lists: a line a capture, which points into a WARC file.

use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::input::{Position, open_input};
use super::kind::{SourceKind, ends_with};
use super::warc::{Region, capture_at};
use super::{Capture, Progress, Skipped, Source, broken};
use crate::error::IngestError;

pub(super) const KIND: SourceKind = SourceKind::new(
    "cdx",
    "a CDX or CDXJ list that points into WARC files beside it",
    |path, start| ends_with(path, &[".cdx", ".cdxj"]) || start.starts_with(b" CDX "),
    |path, _| Ok(Box::new(Cdx::open(path)?)),
)
.of_the_web();

/// The most bytes of a line.
const MAX_LINE: u64 = 1 << 20;

/// The fields of a line where no header names them: those of the Wayback Machine's lists.
const USUAL: &str = "N b a m s k r M S V g";

/// Where WARC files lie, seen from the folder of the list.
const FOLDERS: [&str; 4] = ["", "archive", "../archive", ".."];

struct Cdx {
    name: String,
    folder: PathBuf,
    reader: Box<dyn BufRead + Send>,
    position: Position,
    fields: Vec<String>,
    line: u64,
    /// Where the responses of the list stand, by the digests of what came.
    originals: HashMap<String, (String, u64)>,
    /// The files that lines have pointed at.
    regions: HashMap<String, Option<Region>>,
    is_done: bool,
}

/// What a line says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    file: String,
    offset: u64,
    mime: Option<String>,
    digest: Option<String>,
}

impl Cdx {
    fn open(path: &Path) -> Result<Self, IngestError> {
        let input = open_input(path)?;
        Ok(Self {
            name: path.to_string_lossy().into_owned(),
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            reader: input.reader,
            position: input.position,
            fields: USUAL.split(' ').map(str::to_owned).collect(),
            line: 0,
            originals: HashMap::new(),
            regions: HashMap::new(),
            is_done: false,
        })
    }

    /// What a line points at; `None` if it is a header or no page.
    fn entry(&mut self, line: &str) -> Result<Option<Entry>, IngestError> {
        if let Some(fields) = line.trim_start().strip_prefix("CDX ") {
            self.fields = fields.split_whitespace().map(str::to_owned).collect();
            return Ok(None);
        }
        let entry = match line.split_once('{') {
            Some((_, json)) => of_json(&format!("{{{json}"))?,
            None => self.of_columns(line)?,
        };
        let is_page = entry.mime.as_deref().is_none_or(|mime| {
            matches!(mime, "-" | "" | "text/html" | "application/xhtml+xml" | "text/plain" | "warc/revisit" | "unk")
        });
        Ok(is_page.then_some(entry))
    }

    fn of_columns(&self, line: &str) -> Result<Entry, IngestError> {
        let values: Vec<&str> = line.split_whitespace().collect();
        let value = |field: &str| {
            let at = self.fields.iter().position(|name| name == field)?;
            values.get(at).copied()
        };
        let file = value("g").ok_or_else(|| broken("the line names no file"))?.to_owned();
        let offset =
            value("V").and_then(|offset| offset.parse().ok()).ok_or_else(|| broken("the line tells no offset"))?;
        Ok(Entry { file, offset, mime: value("m").map(str::to_owned), digest: value("k").map(str::to_owned) })
    }

    /// The file that a line names. It is looked for only beside the list, since a list may come from anywhere; of a path that
    /// leads out of there, only the name counts.
    fn region(&mut self, file: &str) -> Result<Region, IngestError> {
        let path = Path::new(file);
        let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let file = if is_plain { file.to_owned() } else { name.unwrap_or_default() };
        let folder = &self.folder;
        let find = || {
            let paths = FOLDERS.iter().map(|place| folder.join(place).join(&file));
            paths.filter(|path| path.is_file()).find_map(|path| Region::of_file(&path).ok())
        };
        let region = self.regions.entry(file.clone()).or_insert_with(find);
        region.clone().ok_or_else(|| broken(format_args!("`{file}` is not beside the list")))
    }

    fn capture(&mut self, line: &str) -> Result<Option<Capture>, Skipped> {
        let place = format!("{}: line {}", self.name, self.line);
        let skipped = |error| Skipped::new(&place, error);
        let Some(entry) = self.entry(line).map_err(skipped)? else { return Ok(None) };
        let region = self.region(&entry.file).map_err(skipped)?;
        let original = entry.digest.as_ref().and_then(|digest| self.originals.get(digest)).cloned();
        let original = original.and_then(|(file, offset)| Some((self.region(&file).ok()?, offset)));
        let is_revisit = entry.mime.as_deref() == Some("warc/revisit");
        if let Some(digest) = entry.digest.filter(|_| original.is_none() && !is_revisit) {
            self.originals.insert(digest, (entry.file, entry.offset));
        }
        capture_at(&region, entry.offset, original.as_ref())
    }
}

fn of_json(json: &str) -> Result<Entry, IngestError> {
    let entry: Value = serde_json::from_str(json).map_err(broken)?;
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let number = |name: &str| entry.get(name).and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
    Ok(Entry {
        file: text("filename").ok_or_else(|| broken("the line names no file"))?.to_owned(),
        offset: number("offset").ok_or_else(|| broken("the line tells no offset"))?,
        mime: text("mime").map(str::to_owned),
        digest: text("digest").map(str::to_owned),
    })
}

impl Iterator for Cdx {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        while !self.is_done {
            line.clear();
            self.line += 1;
            let place = format!("{}: line {}", self.name, self.line);
            match self.reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line) {
                Ok(0) => self.is_done = true,
                Ok(read) if read as u64 == MAX_LINE => {
                    self.is_done = true;
                    return Some(Err(Skipped::new(place, broken("a line of more than a megabyte: this is no list"))));
                }
                Ok(_) => {
                    let text = String::from_utf8_lossy(&line);
                    if text.trim().is_empty() {
                        continue;
                    }
                    if let Some(item) = self.capture(text.trim_end()).transpose() {
                        return Some(item);
                    }
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(Skipped::new(place, broken(error))));
                }
            }
        }
        None
    }
}

impl Source for Cdx {
    fn progress(&self) -> Progress {
        self.position.progress()
    }
}
