//! MediaWiki dumps with the full history of their pages: every revision is a capture.

use std::io::BufReader;
use std::path::Path;

use isnad_core::Language;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::input::{Limited, Position, open_input};
use super::kind::SourceKind;
use super::wikitext::plain_text;
use super::{Capture, Content, Progress, Skipped, Source, SourceOptions, broken};
use crate::error::IngestError;
use crate::language;
use crate::moment::moment;
use crate::sniff::Kind;

pub(super) const KIND: SourceKind = SourceKind::new(
    "mediawiki",
    "a MediaWiki dump (XML), such as one of Wikinews, with all revisions",
    |_, start| start.windows(11).any(|window| window == b"<mediawiki "),
    |path, options| Ok(Box::new(Dump::open(path, options)?)),
);

/// The most bytes of a revision; MediaWiki itself allows two million.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// The namespace of articles.
const ARTICLES: &str = "0";

struct Dump {
    name: String,
    reader: Reader<BufReader<Limited>>,
    position: Position,
    /// The address of a page without its title.
    base: Option<String>,
    language: Option<Language>,
    page: Page,
    revision: Revision,
    /// The elements that are open.
    open: Vec<String>,
    /// How many elements are open inside the last of these.
    deeper: usize,
    buffer: Vec<u8>,
    is_done: bool,
}

#[derive(Debug, Default)]
struct Page {
    title: String,
    namespace: String,
}

#[derive(Debug, Default)]
struct Revision {
    id: String,
    time: String,
    text: String,
    is_deleted: bool,
    is_too_long: bool,
}

/// How many open elements are known by name.
const MOST_OPEN: usize = 32;

impl Dump {
    fn open(path: &Path, _: &SourceOptions) -> Result<Self, IngestError> {
        let input = open_input(path)?;
        // What the parser holds at once: a tag, or a text up to the next reference.
        let limited = Limited::new(input.reader, 2 * MAX_TEXT);
        Ok(Self {
            name: path.to_string_lossy().into_owned(),
            reader: Reader::from_reader(BufReader::with_capacity(1 << 16, limited)),
            position: input.position,
            base: None,
            language: None,
            page: Page::default(),
            revision: Revision::default(),
            open: Vec::new(),
            deeper: 0,
            buffer: Vec::new(),
            is_done: false,
        })
    }

    /// Reads on to the end of the next revision; `None` at the end of the dump.
    fn revision(&mut self) -> Result<Option<Revision>, quick_xml::Error> {
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            self.reader.get_mut().get_mut().reset();
            let is_end = match self.reader.read_event_into(&mut buffer)? {
                Event::Start(start) => {
                    self.enter(&start);
                    false
                }
                Event::Empty(start) => {
                    self.enter(&start);
                    self.leave();
                    false
                }
                Event::Text(text) => {
                    self.write(&text);
                    false
                }
                Event::CData(text) => {
                    self.write(&text);
                    false
                }
                Event::GeneralRef(reference) => {
                    // A reference to no character spoils that character, not the dump.
                    let character = reference.resolve_char_ref().unwrap_or(Some(char::REPLACEMENT_CHARACTER));
                    let known = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                    self.write(&character.map(String::from).or_else(known).unwrap_or_default());
                    false
                }
                Event::End(_) => self.leave().is_some_and(|name| name == "revision"),
                Event::Eof => return Ok(None),
                _ => false,
            };
            self.buffer = buffer;
            if is_end {
                return Ok(Some(std::mem::take(&mut self.revision)));
            }
        }
    }

    fn enter(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name().as_ref().to_owned();
        let attribute = |name: &str| Some(start.try_get_attribute(name).ok()??.value.into_owned());
        match &*name {
            "page" => self.page = Page::default(),
            "revision" => self.revision = Revision::default(),
            "mediawiki" => self.language = attribute("xml:lang").as_deref().and_then(language::parse),
            "text" => self.revision.is_deleted = attribute("deleted").is_some(),
            _ => {}
        }
        // A dump has six elements inside one another; what goes deeper is told by its depth alone.
        if self.open.len() < MOST_OPEN {
            self.open.push(name);
        } else {
            self.deeper += 1;
        }
    }

    /// The element that ends, if it is one that could be told from others.
    fn leave(&mut self) -> Option<String> {
        match self.deeper {
            0 => self.open.pop(),
            _ => {
                self.deeper -= 1;
                None
            }
        }
    }

    /// Takes a text for what the elements around it say it is.
    fn write(&mut self, text: &str) {
        let mut around = self.open.iter().rev().map(String::as_str);
        let target = match (around.next(), around.next()) {
            (Some("title"), Some("page")) => &mut self.page.title,
            (Some("ns"), Some("page")) => &mut self.page.namespace,
            (Some("id"), Some("revision")) => &mut self.revision.id,
            (Some("timestamp"), Some("revision")) => &mut self.revision.time,
            (Some("text"), Some("revision")) => &mut self.revision.text,
            (Some("base"), Some("siteinfo")) => {
                self.base = text.rsplit_once('/').map(|(base, _)| base.to_owned());
                return;
            }
            _ => return,
        };
        match target.len() + text.len() > MAX_TEXT {
            true => self.revision.is_too_long = true,
            false => target.push_str(text),
        }
    }

    /// The capture of a revision; `None` if it is none of an article.
    fn capture(&self, revision: Revision) -> Option<Result<Capture, Skipped>> {
        let Page { title, namespace } = &self.page;
        if namespace != ARTICLES {
            return None;
        }
        let place = format!("{}: {title}: revision {}", self.name, revision.id);
        if revision.is_too_long {
            let reason = format_args!("a revision of more than {MAX_TEXT} bytes");
            return Some(Err(Skipped::new(place, broken(reason))));
        }
        let text = plain_text(&revision.text)?;
        let content = match revision.is_deleted {
            true => Content::Failed { reason: "the revision is hidden".to_owned() },
            false => Content::Text { text: format!("{title}\n\n{text}"), kind: Kind::Text },
        };
        Some(Ok(Capture {
            time: moment(&revision.time),
            url: self.base.as_ref().map(|base| format!("{base}/{}", title.trim().replace(' ', "_"))),
            name: Some(format!("{}#{title}", self.name)),
            language: self.language,
            title: Some(title.clone()),
            content,
            place,
            ..Capture::default()
        }))
    }
}

impl Iterator for Dump {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.revision() {
                Ok(None) => self.is_done = true,
                Ok(Some(revision)) => {
                    if let Some(item) = self.capture(revision) {
                        return Some(item);
                    }
                }
                Err(error) => {
                    self.is_done = true;
                    let place = format!("{}: {} at byte {}", self.name, self.page.title, self.reader.error_position());
                    return Some(Err(Skipped::new(place, broken(error))));
                }
            }
        }
        None
    }
}

impl Source for Dump {
    fn progress(&self) -> Progress {
        self.position.progress()
    }
}
