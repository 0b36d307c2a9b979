//! The front door: a file or bytes in, an article out.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use isnad_core::{Article, Block, BlockRole, Language, Metadata};

use crate::decode::{EncodingOrigin, decode};
use crate::error::IngestError;
use crate::language::{self, LanguageOrigin};
use crate::lines;
use crate::page::{self, ArticleText, DomSmoothie, PageDoubt, PageMetadata, Trafilatura};
use crate::sniff::Kind;
use crate::warning::Warning;

/// The most bytes of a file that are read.
pub const MAX_FILE_BYTES: u64 = 512 * 1024 * 1024;

/// What the caller knows of the input. Everything given here goes before what the input says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What to read it as; judged by name and content if `None`.
    pub kind: Option<Kind>,
    /// The charset, or the value of an HTTP `Content-Type` header.
    pub charset: Option<String>,
    /// The article's id; the input's name if `None`.
    pub id: Option<String>,
    /// The language of the text.
    pub language: Option<Language>,
    /// The address of the article.
    pub url: Option<String>,
    /// When it was published, in RFC 3339.
    pub published: Option<String>,
    /// Whether a second extractor is asked what it takes for the article of a page. It costs about a third more, and where
    /// the two disagree the page is [doubted](Ingested::doubt).
    pub second_opinion: bool,
}

/// An article, and how it was got out of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ingested {
    /// The article. For plain text its text is the input itself without byte-order mark.
    pub article: Article,
    /// What the input was read as.
    pub kind: Kind,
    /// The encoding the bytes were in.
    pub encoding: Encoding,
    /// How the language became known; `None` where it is not known.
    pub language: Option<LanguageOrigin>,
    /// What cut the text into blocks.
    pub extractor: Extractor,
    /// How far two extractors agree on what the article is: the share of words they have in common, in per cent. `None` for
    /// plain text, and where one was asked.
    pub agreement: Option<u8>,
    /// Why the page may not be the article, if something speaks against it. Nothing should be concluded from such a page.
    pub doubt: Option<PageDoubt>,
    /// What the user should know.
    pub warnings: Vec<Warning>,
}

/// The encoding of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// Its name by the WHATWG Encoding Standard.
    pub name: &'static str,
    /// How it became known.
    pub origin: EncodingOrigin,
}

/// What made blocks out of an input: two versions of an article should come from one extractor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extractor {
    /// Its name: `lines` for plain text.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Extractor {
    /// The rules for lines of plain text, which change with this crate.
    const LINES: Self = Self { name: "lines", version: env!("CARGO_PKG_VERSION") };
}

/// Reads a file.
///
/// # Errors
///
/// As [`read_bytes`], and what the system says: [`IngestError::NotFound`], [`IngestError::Directory`],
/// [`IngestError::PermissionDenied`], [`IngestError::TooLarge`], [`IngestError::Read`].
pub fn read_file(path: impl AsRef<Path>, options: &Options) -> Result<Ingested, IngestError> {
    let path = path.as_ref();
    let name = path.to_string_lossy();
    read_bytes(&load_file(path)?, &name, options)
}

/// Reads all bytes of a file.
///
/// # Errors
///
/// As [`open_file`] and [`load`]; of a file that is too large nothing is read.
pub fn load_file(path: impl AsRef<Path>) -> Result<Vec<u8>, IngestError> {
    let path = path.as_ref();
    let (file, name) = (open_file(path)?, path.to_string_lossy());
    match file.metadata().is_ok_and(|metadata| metadata.len() > MAX_FILE_BYTES) {
        true => Err(IngestError::TooLarge { name: name.into_owned(), limit: MAX_FILE_BYTES }),
        false => load(file, &name),
    }
}

/// Opens a file, so that its [rows](crate::read_rows) can be read.
///
/// # Errors
///
/// [`IngestError::NotFound`], [`IngestError::Directory`], [`IngestError::PermissionDenied`], [`IngestError::Read`].
pub fn open_file(path: impl AsRef<Path>) -> Result<File, IngestError> {
    let path = path.as_ref();
    let failed = |error| IngestError::read(&path.to_string_lossy(), error);
    let file = File::open(path).map_err(failed)?;
    match file.metadata().map_err(failed)?.is_dir() {
        true => Err(failed(io::ErrorKind::IsADirectory.into())),
        false => Ok(file),
    }
}

/// Reads all bytes of a pipe or anything else; `name` is what errors call it.
///
/// # Errors
///
/// [`IngestError::TooLarge`] if there are more than [`MAX_FILE_BYTES`], of which no more are read, and
/// [`IngestError::Read`].
pub fn load(reader: impl Read, name: &str) -> Result<Vec<u8>, IngestError> {
    let mut bytes = Vec::new();
    // Pipes and devices have no length, so what comes is counted.
    reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| IngestError::read(name, error))?;
    match bytes.len() as u64 > MAX_FILE_BYTES {
        true => Err(IngestError::TooLarge { name: name.to_owned(), limit: MAX_FILE_BYTES }),
        false => Ok(bytes),
    }
}

/// Reads bytes that are one article. `name` is what errors, and the article if the options give no id, call
/// it; its ending (`.html`) helps to judge what the bytes are.
///
/// # Errors
///
/// [`IngestError::Empty`], [`IngestError::Binary`], and for pages [`IngestError::PageTooLarge`],
/// [`IngestError::PageTooComplex`], [`IngestError::NoArticle`] and [`IngestError::Extractor`].
pub fn read_bytes(bytes: &[u8], name: &str, options: &Options) -> Result<Ingested, IngestError> {
    let kind = options.kind.unwrap_or_else(|| Kind::of(name, bytes));
    let decoded = decode(name, bytes, options.charset.as_deref(), kind)?;
    let encoding = Encoding { name: decoded.encoding, origin: decoded.origin };
    let mut ingested = read_text(decoded.text.into_owned(), kind, name, options)?;
    ingested.encoding = encoding;
    ingested.warnings.splice(..0, decoded.warnings);
    Ok(ingested)
}

/// Reads a text that is decoded already.
///
/// # Errors
///
/// As [`read_bytes`], except that text is never binary.
pub fn read_text(text: String, kind: Kind, name: &str, options: &Options) -> Result<Ingested, IngestError> {
    if text.trim().is_empty() {
        return Err(IngestError::Empty { name: name.to_owned() });
    }
    let mut warnings = Vec::new();
    let (mut agreement, mut doubt) = (None, None);
    let (text, blocks, found, extractor) = match kind {
        Kind::Text => {
            let blocks = lines::blocks_of_text(&text);
            let title = headline(&text, &blocks);
            (text, blocks, PageMetadata { title, ..PageMetadata::default() }, Extractor::LINES)
        }
        Kind::Html => {
            let extractor = Trafilatura;
            let second = options.second_opinion.then_some(&DomSmoothie as &dyn ArticleText);
            let page = page::read(name, &text, &extractor, second)?;
            (agreement, doubt) = (page.agreement, page.doubt);
            warnings.extend(doubt.map(|doubt| Warning::MayNotBeArticle { doubt }));
            if page.metadata.title.is_none() {
                warnings.push(Warning::NoTitle);
            }
            let extractor = Extractor { name: extractor.name(), version: extractor.version() };
            (page.text, page.blocks, page.metadata, extractor)
        }
    };
    let language = language::settle(&text, options.language, found.language, &mut warnings);
    let metadata = Metadata {
        id: options.id.clone().unwrap_or_else(|| name.to_owned()),
        language: language.map(|(language, _)| language),
        title: found.title,
        url: options.url.clone().or(found.url),
        published: options.published.clone().or(found.published),
        modified: found.modified,
        captured: None,
        byline: found.byline,
        outlet: found.outlet,
    };
    Ok(Ingested {
        article: Article::new(text, blocks, metadata),
        kind,
        encoding: Encoding { name: "UTF-8", origin: EncodingOrigin::Declared },
        language: language.map(|(_, origin)| origin),
        extractor,
        agreement,
        doubt,
        warnings,
    })
}

fn headline(text: &str, blocks: &[Block]) -> Option<String> {
    let headline = blocks.iter().find(|block| block.role == BlockRole::Headline)?;
    Some(headline.span.of(text).to_owned())
}
