//! `isnad report`: a page about an article that anybody can open.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_report::{Dossier, Pages};
use isnad_store::ArticleRef;

use super::Context;
use crate::command_error::{CommandError, Message, Outcome};
use crate::stored;

/// Make a page about an article: its timeline, its claims with their changes, its text with the claims marked.
///
/// The page is one HTML file that needs nothing else: no network, no script, no font. It opens in any browser,
/// prints, and can be sent to others.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArgs {
    /// The article: its number, its address, or a part of its title that no other has
    article: ArticleRef,
    /// Write to this file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of the interface: ar or en
    #[arg(long, value_name = "CODE", default_value = "en", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(isnad_report::Texts::languages()))]
    ui_language: String,
}

const EXAMPLES: &str = "\
Examples:
  isnad report 1 -o report.html
      a page about article 1
  isnad report https://news.example/dam --ui-language ar -o report.html
      with the interface in Arabic";

/// Makes it.
pub(crate) fn run(args: &ReportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let pages = Pages::in_language(&args.ui_language)?;
    let dossier = Dossier::read(&history, history.resolve_article(&args.article)?)?;
    let page = pages.report(&dossier)?;
    match &args.output {
        Some(path) => write(path, page.as_bytes())?,
        None => {
            let mut out = context.terminal.data();
            out.write_all(page.as_bytes())?;
            out.flush()?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes a whole file or, if that fails, leaves what was there.
fn write(path: &Path, content: &[u8]) -> Result<(), CommandError> {
    let failed = |error: std::io::Error| {
        let message = Message::new(format_args!("{}: cannot be written: {error}", path.display()));
        CommandError::Output(message.advise("-o with a file in a folder that is there and may be written to"))
    };
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    std::fs::write(&part, content).and_then(|()| std::fs::rename(&part, path)).map_err(failed)
}
