//! `isnad verify`: whether a claim that was given as evidence is really there.

use std::path::{Path, PathBuf};

use clap::Args;
use isnad_store::{Evidence, Finding};

use super::Context;
use super::listing::{ListFormat, print_text};
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::csv::Tabular;
use crate::reading::{Origin, Reader, load};
use crate::stored;
use crate::terminal::{Paragraph, Role, first_strong};

/// Check that a claim given as evidence really stands in a page, a text or the history, and say what differs.
///
/// isnad show VERSION --claim N --evidence writes such a file. Against a page or text this needs no
/// history: the text must be the very one, or the page byte for byte the one that was captured, and
/// the claim's words must stand in it where they are said to.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VerifyArgs {
    /// The evidence: a file that isnad show --evidence wrote
    evidence: PathBuf,
    /// A saved page, or a text as isnad show --text prints it, in place of the history
    #[arg(long, value_name = "PAGE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad show 1@2 --claim 3 --evidence > claim.json
  isnad verify claim.json
      is it in the history?
  isnad verify claim.json --file saved.html
      is it in this page?

Exit status: 0 it is there, 1 something differs,
2 wrong use or unreadable input.";

impl Tabular for Finding {
    const COLUMNS: &'static [&'static str] = &["what", "holds", "needed", "found"];

    fn cells(&self) -> Vec<String> {
        vec![self.what.to_owned(), self.holds.to_string(), self.needed.to_string(), self.found.clone()]
    }
}

/// Checks.
pub(crate) fn run(args: &VerifyArgs, context: &Context) -> Result<Outcome, CommandError> {
    let evidence = read(&args.evidence)?;
    let findings = match &args.file {
        Some(page) => in_page(&evidence, page)?,
        None => stored::open(context)?.check_evidence(&evidence)?,
    };
    let is_proven = findings.iter().all(|finding| finding.holds || !finding.needed);
    if args.format.is_data() {
        args.format.print_list(context, &findings)?;
    } else {
        let line = |finding: &Finding| {
            let (sign, role) = match (finding.holds, finding.needed) {
                (true, _) => ("  same     ", Role::Plain),
                (false, true) => ("  DIFFERS  ", Role::High),
                (false, false) => ("  other    ", Role::Dim),
            };
            let line = Paragraph::indented(0).hanging(11).label(role, sign);
            let line = line.label(Role::Plain, &format!("{}: ", finding.what));
            line.foreign(first_strong(&finding.found), Role::Dim, &finding.found).render(&context.terminal.layout)
        };
        let verdict = if is_proven { "the claim is there\n" } else { "the claim is not there as the evidence says\n" };
        let text: String = findings.iter().map(line).chain([verdict.to_owned()]).collect();
        print_text(context, text.as_bytes())?;
    }
    Ok(if is_proven { Outcome::Done } else { Outcome::Changed })
}

fn read(path: &Path) -> Result<Evidence, CommandError> {
    let fault = |cause: String| {
        let message = Message::new(format_args!("{}: {cause}", path.display()));
        CommandError::Input(message.advise("a file that isnad show VERSION --claim N --evidence wrote"))
    };
    let bytes = load(&Origin::from(&path.to_owned())).map_err(|error| CommandError::Input(Message::from(&error)))?;
    let evidence: Evidence =
        serde_json::from_slice(&bytes).map_err(|error| fault(format!("holds no evidence: {error}")))?;
    match evidence.is_known() {
        true => Ok(evidence),
        false => {
            Err(fault(format!("is evidence of a form ({}) that this isnad does not know", evidence.isnad_evidence)))
        }
    }
}

/// Checks a saved page or a text: as it is, and else as an article is read from it.
fn in_page(evidence: &Evidence, page: &PathBuf) -> Result<Vec<Finding>, CommandError> {
    let origin = Origin::from(page);
    let input = |error: &isnad_ingest::IngestError| CommandError::Input(Message::from(error));
    let bytes = load(&origin).map_err(|error| input(&error))?;
    let same_bytes = evidence.check_bytes(&bytes);
    let mut findings = match std::str::from_utf8(&bytes).map(|text| evidence.check_text(text)) {
        Ok(findings) if findings.iter().any(|finding| finding.what == "text" && finding.holds) => findings,
        _ => {
            let reader = Reader { language: evidence.text.language, ..Reader::default() };
            let ingested = reader.ingest(&bytes, &origin).map_err(|error| input(&error))?;
            evidence.check_text(ingested.article.text())
        }
    };
    let same_text = findings.iter().any(|finding| finding.what == "text" && finding.holds);
    if same_bytes.holds && !same_text {
        // The page is the very one, but was read otherwise: where the words stand may be found otherwise, too.
        findings.iter_mut().filter(|finding| finding.what != "content").for_each(|finding| finding.needed = false);
    }
    findings.insert(0, same_bytes);
    Ok(findings)
}
