//! `isnad show`: a version as it was recorded.

use std::io::Write;

use clap::Args;
use isnad_core::{Claim, OffsetUnit};
use isnad_store::{ArticleId, Evidence, StoredClaim, StoredVersion, VersionRef};
use serde::Serialize;

use super::Context;
use super::listing::{ListFormat, print_text};
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::claim::{Page, claim_cells, claim_columns, write_claim, write_header};
use crate::output::csv::{Tabular, cell};
use crate::output::grounds::{Fact, read_from_content, write_paragraphs};
use crate::output::json::{Converter, Document, Engine, ThreadedClaim};
use crate::output::place::place;
use crate::output::time::moment;
use crate::output::words::{count, name};
use crate::stored;
use crate::terminal::{Layout, Paragraph, Role};

/// Show a version of an article as it was recorded: its claims, its text, or one claim with its grounds.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShowArgs {
    /// The version: ARTICLE@N, or ARTICLE for the latest
    version: VersionRef,
    /// Only the claim of this number, with the paragraph it stands in and what found it
    #[arg(long, value_name = "N")]
    claim: Option<u32>,
    /// With --claim: the claim as evidence, a JSON file that isnad verify checks
    #[arg(long, requires = "claim", conflicts_with_all = ["text", "format"])]
    evidence: bool,
    /// The text itself instead of its claims
    #[arg(long, conflicts_with_all = ["claim", "format"])]
    text: bool,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad show 1
      the claims of the latest version of article 1
  isnad show 1@2 --claim 3
      the third claim of version 2, and what found it
  isnad show 1@2 --claim 3 --evidence > claim.json
      the same as evidence, which isnad verify checks
  isnad show 1@2 --text > version2.txt
      the text that was recorded";

/// A version as data.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    article: ArticleId,
    /// The number among the article's versions, from 1.
    version: Option<u32>,
    #[serde(flatten)]
    document: Document<'a, ThreadedClaim>,
}

impl Tabular for StoredClaim {
    const COLUMNS: &'static [&'static str] =
        claim_columns!(["article", "history", "claim"], ["headline", "confidence"]);

    fn cells(&self) -> Vec<String> {
        let claim = &self.claim;
        let mut cells = vec![self.article.to_string(), cell(self.thread), claim.id.to_string()];
        cells.extend(claim_cells(claim));
        cells.extend([claim.headline.to_string(), claim.confidence.to_string()]);
        cells
    }
}

/// Shows.
pub(crate) fn run(args: &ShowArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let id = history.resolve_version(&args.version)?;
    let mut version = history.version(id)?;
    if args.text {
        return print_whole(&version, context);
    }
    if let Some(number) = args.claim {
        let claims = count(version.claims.len(), "claim", "claims");
        version.claims.retain(|stored| stored.claim.id == number);
        if version.claims.is_empty() {
            let cause = format!("{} has {claims}, but no claim {number}", args.version);
            return Err(CommandError::Usage(Message::new(cause).advise("isnad show VERSION, which lists them")));
        }
        if args.evidence {
            args.format.print_object(context, &history.evidence(id, number, context.offsets)?)?;
            return Ok(Outcome::Done);
        }
    }
    let layout = &context.terminal.layout;
    match version.claims.as_slice() {
        _ if args.format.is_object() => args.format.print_object(context, &data(&version, context))?,
        claims if args.format.is_data() => ListFormat::print_table(context, claims)?,
        [claim] if args.claim.is_some() => {
            let evidence = history.evidence(id, claim.claim.id, context.offsets)?;
            print_text(context, &grounds(&version, claim, &evidence, layout)?)?;
        }
        _ => print_text(context, &claims(&version, layout)?)?,
    }
    Ok(Outcome::Done)
}

/// Prints the text, to a file or a pipe byte for byte.
fn print_whole(version: &StoredVersion, context: &Context) -> Result<Outcome, CommandError> {
    let text = version.article.text();
    let layout = &context.terminal.layout;
    if layout.width.is_none() {
        let mut out = context.terminal.data();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let page = Page::new(&version.article);
    let line = |line: &str| Paragraph::indented(0).block(page.direction(), &[(Role::Plain, line.to_owned())]);
    let lines: String = text.lines().map(|text| line(text).render(layout)).collect();
    print_text(context, lines.as_bytes())?;
    Ok(Outcome::Done)
}

fn data<'v>(version: &'v StoredVersion, context: &Context) -> Shown<'v> {
    let engine = Engine { engine: &version.engine, language_pack: version.pack.clone() };
    let claims = Converter::new(&version.article, context.offsets).threaded(&version.claims);
    Shown {
        article: version.article_id,
        version: version.number,
        document: Document::new(&version.article, engine, claims),
    }
}

fn claims(version: &StoredVersion, layout: &Layout) -> Result<Vec<u8>, CommandError> {
    let claims: Vec<Claim> = version.claims.iter().map(|stored| stored.claim.clone()).collect();
    let mut text = Vec::new();
    write_header(&mut text, layout, &version.article, &claims)?;
    let page = Page::new(&version.article);
    for claim in &claims {
        text.push(b'\n');
        write_claim(&mut text, layout, &page, claim)?;
    }
    Ok(text)
}

/// One claim with the paragraph it stands in, what found it, what was read from it, and what proves that it was there.
fn grounds(
    version: &StoredVersion,
    stored: &StoredClaim,
    evidence: &Evidence,
    layout: &Layout,
) -> Result<Vec<u8>, CommandError> {
    let claim = &stored.claim;
    let page = Page::new(&version.article);
    let mut text = Vec::new();
    write_claim(&mut text, layout, &page, claim)?;
    text.push(b'\n');
    write_paragraphs(&mut text, layout, &version.article, claim)?;
    text.push(b'\n');
    for fact in facts(version, stored).into_iter().chain(proof(evidence)) {
        fact.write(&mut text, layout)?;
    }
    Ok(text)
}

/// Where the claim stands, in which text, and who saw that text when.
fn proof(evidence: &Evidence) -> Vec<Fact> {
    let (first, last) = (&evidence.first_seen, &evidence.last_seen);
    let seen = match evidence.captures {
        1 => format!("captured {}", moment(first.captured)),
        captures => {
            format!("captured {captures} times, from {} to {}", moment(first.captured), moment(last.captured))
        }
    };
    let from = first.url.as_deref().or(first.path.as_deref()).map(|from| Fact::quoted("from", place(from)));
    let unit = match evidence.offsets {
        OffsetUnit::Bytes => "bytes",
        OffsetUnit::CodePoints => "code points",
        OffsetUnit::Utf16 => "UTF-16 code units",
    };
    let excerpt = &evidence.sentence;
    let mut proof = vec![
        Fact::quoted("sentence", &excerpt.text).and(&format!(" ({unit} {} to {})", excerpt.start, excerpt.end)),
        Fact::told("seen", seen),
    ];
    proof.extend(from);
    proof.push(Fact::told("text", format!("BLAKE3 {}", evidence.text.blake3)));
    proof.extend(first.raw_blake3.as_ref().map(|hash| Fact::told("as it came", format!("BLAKE3 {hash}"))));
    proof
}

/// What found the claim and what was read from it.
fn facts(version: &StoredVersion, stored: &StoredClaim) -> Vec<Fact> {
    let claim = &stored.claim.clone().dated(version.article.metadata.day());
    let mut facts = vec![Fact::told("rule", &claim.rule), Fact::told("confidence", claim.confidence.to_string())];
    if let Some(source) = &claim.source {
        facts.push(Fact::told("source", name(&source.kind)));
        facts.push(Fact::told("speaker found by", name(&source.resolved_by)));
    }
    facts.extend(read_from_content(claim));
    let pack = version.pack.as_deref().map(|pack| format!(", language pack {pack}")).unwrap_or_default();
    facts.push(Fact::told("engine", format!("{}{pack}", version.engine)));
    if let Some(thread) = stored.thread {
        facts.push(Fact::told("over time", format!("isnad history {thread}")));
    }
    facts
}
