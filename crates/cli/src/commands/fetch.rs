//! `isnad fetch`: gets pages from the web and records them as captures.

use clap::Args;

use super::Context;
use super::add::run::Run;
use super::add::{Plan, RecordArgs, Voice};
use super::listing::OutputFormat;
use super::live::{Pages, WebArgs, address};
use crate::command_error::{CommandError, Outcome};
use crate::interrupt::Stop;
use crate::progress::Progress;
use crate::reading::ReadArgs;

/// Get pages from the web, record them in the history, and say what changed.
///
/// One page is asked for after the other, as the robots.txt of each site allows, with a pause between two requests to one
/// site; of what was recorded before, only what changed since is sent. A server that is too busy is asked again when it
/// wants to be. Where a redirect leads is recorded. An answer that is no page (a timeout, HTTP 404, a refusal by
/// robots.txt, a PDF) is noted as a failed capture, and nothing is concluded from it.
///
/// Addresses of this machine and of private networks are refused, also behind a redirect.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FetchArgs {
    /// Addresses of articles, http or https
    #[arg(required = true, value_name = "URL", value_parser = address)]
    urls: Vec<String>,
    #[command(flatten)]
    web: WebArgs,
    /// How often a server that is too busy (HTTP 429, 503) is asked again
    #[arg(long, value_name = "NUMBER", default_value = "2", value_parser = clap::value_parser!(u32).range(0..=10))]
    retries: u32,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad fetch --contact desk@example.org https://example.org/a1
      record the page as it is now
  isnad fetch --changes https://example.org/a1 https://example.org/a2
      and show what changed since it was recorded before
  isnad fetch --allow-private http://localhost:8000/a1
      from a server of one's own";

/// Gets, records and reports one page after the other.
pub(crate) fn run(args: FetchArgs, context: &Context) -> Result<Outcome, CommandError> {
    let stop = Stop::on_interrupt(&context.terminal);
    let plan = Plan::live(args.read.reader(), args.record, args.format, Voice::Each);
    let mut pages = Pages {
        client: args.web.client(args.retries),
        pauses: args.web.pauses(stop),
        reader: &plan.reader,
        run: Run::new(&plan, context),
        progress: Progress::new(&context.terminal, "pages", Some(args.urls.len())),
    };
    for url in &args.urls {
        if pages.pauses.stop().is_set() {
            break;
        }
        pages.look(url, None)?;
    }
    drop(pages.progress);
    let is_stopped = pages.pauses.stop().is_set();
    let outcome = pages.run.report.finish()?;
    match is_stopped {
        true => Ok(Outcome::FellShort),
        false => Ok(outcome),
    }
}
