//! From what the user names to articles with their claims: the composition of reading and extracting.

use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use isnad_core::{Article, Claim, Language};
use isnad_ingest::rows::{self, RowError, read_rows};
use isnad_ingest::{IngestError, Ingested, Kind, Options, open_file, read_bytes, read_text};

use isnad_store::{Attempt, Reading};

use crate::command_error::{CommandError, Message};
use crate::output::json::BadRow;
use crate::packs::{PackRef, Packs, shipped_language};

/// What files hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum InputFormat {
    /// One or the other, by name and content
    #[default]
    Auto,
    /// Plain text, a line a paragraph
    Text,
    /// A page
    Html,
    /// JSON Lines, a line an article
    Jsonl,
}

/// How articles are read that are to be recorded.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct ReadArgs {
    /// The language of the articles (ar, en, …), where it is not to be recognised
    #[arg(long, value_name = "CODE", value_parser = shipped_language)]
    pub(crate) language: Option<Language>,
    /// How many programs look for the article in a page: both, and what they disagree about is kept as uncertain; or one, which
    /// takes less time
    #[arg(long, value_name = "NUMBER", default_value = "both", hide_possible_values = true)]
    extractors: Extractors,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Extractors {
    One,
    #[default]
    Both,
}

impl ReadArgs {
    /// A reader of articles in that language and way.
    pub(crate) fn reader(self) -> Reader {
        let second_opinion = self.extractors == Extractors::Both;
        Reader { language: self.language, second_opinion, ..Reader::default() }
    }
}

/// What came of an attempt that read something, where `doubt` may speak against its being the article.
pub(crate) fn attempt<'a>(reading: Reading<'a>, doubt: Option<&'a str>) -> Attempt<'a> {
    match doubt {
        Some(reason) => Attempt::Uncertain { reason, reading: Some(reading) },
        None => Attempt::Read(reading),
    }
}

/// Where input comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Origin {
    /// The origins that `paths` name, of which only one can be the standard input.
    pub(crate) fn all<'p>(paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<Vec<Self>, CommandError> {
        let origins: Vec<Self> = paths.into_iter().map(Self::from).collect();
        match origins.iter().filter(|origin| **origin == Self::Stdin).count() {
            0 | 1 => Ok(origins),
            _ => {
                let message = Message::new("`-` is given twice, but there is one standard input");
                Err(CommandError::Usage(message.advise("`-` once, and files for the rest")))
            }
        }
    }

    /// What the user calls it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

impl From<&PathBuf> for Origin {
    fn from(path: &PathBuf) -> Self {
        match path.as_os_str() == "-" {
            true => Self::Stdin,
            false => Self::File(path.clone()),
        }
    }
}

/// An article with the claims found in it.
#[derive(Debug)]
pub(crate) struct Extracted {
    pub(crate) article: Article,
    pub(crate) pack: PackRef,
    pub(crate) claims: Vec<Claim>,
    /// What the user should know about the article.
    pub(crate) warnings: Vec<String>,
}

impl Extracted {
    /// Finds the claims of an article.
    fn new(ingested: Ingested, packs: &Packs) -> Result<Self, Message> {
        let Ingested { article, warnings, .. } = ingested;
        let name = &article.metadata.id;
        let pack = packs.for_article(&article).map_err(|message| message.about(name))?;
        let warnings = warnings.iter().map(|warning| format!("{name}: {warning}")).collect();
        let claims = isnad_core::extract(&article, &pack);
        Ok(Self { article, pack, claims, warnings })
    }
}

/// How articles are to be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader {
    pub(crate) input: InputFormat,
    pub(crate) language: Option<Language>,
    pub(crate) id: Option<String>,
    pub(crate) packs: Packs,
    /// Whether a second program looks for the article in a page.
    pub(crate) second_opinion: bool,
}

impl Reader {
    /// Whether `origin` holds an article a line.
    pub(crate) fn holds_rows(&self, origin: &Origin) -> bool {
        match (self.input, origin) {
            (InputFormat::Jsonl, _) => true,
            (InputFormat::Text | InputFormat::Html, _) => false,
            (InputFormat::Auto, Origin::File(path)) => {
                path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson")
            }
            (InputFormat::Auto, Origin::Stdin) => {
                // What is looked at stays in the buffer of the standard input.
                io::stdin().lock().fill_buf().is_ok_and(|start| start.trim_ascii_start().starts_with(b"{\""))
            }
        }
    }

    /// Reads one article and finds its claims.
    pub(crate) fn read(&self, origin: &Origin) -> Result<Extracted, Message> {
        if matches!(origin, Origin::File(_)) && self.holds_rows(origin) {
            let cause = format!("{}: it holds an article a line, and one article is asked for", origin.name());
            return Err(
                Message::new(cause).advise("the article in a file of its own, or isnad extract, which reads rows")
            );
        }
        let bytes = load(origin).map_err(|error| Message::from(&error))?;
        let ingested = self.ingest(&bytes, origin).map_err(|error| Message::from(&error))?;
        Extracted::new(ingested, &self.packs)
    }

    /// Finds the claims of a plain text called `id`, in the reader's language, else in `language`.
    pub(crate) fn extract_text(&self, text: &str, id: &str, language: Option<Language>) -> Result<Extracted, Message> {
        let options = Options { id: Some(id.to_owned()), language: self.language.or(language), ..Options::default() };
        let ingested = read_text(text.to_owned(), Kind::Text, id, &options).map_err(|error| Message::from(&error))?;
        Extracted::new(ingested, &self.packs)
    }

    /// Makes one article of `bytes`, which came from `origin`.
    pub(crate) fn ingest(&self, bytes: &[u8], origin: &Origin) -> Result<Ingested, IngestError> {
        read_bytes(bytes, &origin.name(), &self.options())
    }

    /// Opens `origin` for reading its articles one after the other.
    pub(crate) fn rows(&self, origin: &Origin) -> Result<impl Iterator<Item = Row> + Send + use<>, Message> {
        let (name, options, packs) = (origin.name(), self.options(), self.packs.clone());
        let row = move |row| Row { row, stream: name.clone(), options: options.clone(), packs: packs.clone() };
        Ok(self.bare_rows(origin)?.map(row))
    }

    /// The same, each row as it stands in the stream.
    pub(crate) fn bare_rows(
        &self,
        origin: &Origin,
    ) -> Result<impl Iterator<Item = Result<rows::Row, RowError>> + Send + use<>, Message> {
        let stream: Box<dyn Read + Send> = match origin {
            Origin::Stdin => Box::new(io::stdin()),
            Origin::File(path) => Box::new(open_file(path).map_err(|error| Message::from(&error))?),
        };
        Ok(read_rows(BufReader::with_capacity(1 << 16, stream), &origin.name()))
    }

    /// What the user said of every input.
    pub(crate) fn options(&self) -> Options {
        let kind = match self.input {
            InputFormat::Text => Some(Kind::Text),
            InputFormat::Html => Some(Kind::Html),
            InputFormat::Auto | InputFormat::Jsonl => None,
        };
        let (language, id, second_opinion) = (self.language, self.id.clone(), self.second_opinion);
        Options { kind, language, id, second_opinion, ..Options::default() }
    }
}

/// A line of JSON Lines, read but not yet worked on.
#[derive(Debug)]
pub(crate) struct Row {
    row: Result<rows::Row, RowError>,
    stream: String,
    options: Options,
    packs: Packs,
}

impl Row {
    /// How many bytes its content has.
    pub(crate) fn bytes(&self) -> usize {
        self.row.as_ref().map_or(0, |row| row.content.len())
    }

    /// Makes an article of the row and finds its claims.
    pub(crate) fn extract(self) -> Result<Extracted, BadRow> {
        let Self { row, stream, options, packs } = self;
        let bad = |line: u64, id: Option<String>, message: Message| BadRow {
            id: id.unwrap_or_else(|| line.to_string()),
            error: message.cause,
            place: format!("{stream}: line {line}"),
            advice: message.advice,
        };
        let row = row.map_err(|error| bad(error.line, error.id, Message::from(&error.error)))?;
        let (line, id) = (row.line, Some(row.id.clone()));
        let captured = row.captured.clone();
        let mut ingested = row.ingest(&options).map_err(|error| bad(line, error.id, Message::from(&error.error)))?;
        ingested.article.metadata.captured = captured;
        Extracted::new(ingested, &packs).map_err(|message| bad(line, id, message))
    }
}

/// The bytes of `origin`, as they are.
pub(crate) fn load(origin: &Origin) -> Result<Vec<u8>, IngestError> {
    match origin {
        Origin::Stdin => isnad_ingest::load(io::stdin().lock(), &origin.name()),
        Origin::File(path) => isnad_ingest::load_file(path),
    }
}
