//! `isnad fetch`: gets pages from the web and records them as captures.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use clap::Args;
use isnad_core::Language;
use isnad_ingest::canonical_url;
use isnad_ingest::http::{Client, ClientOptions};

use super::Context;
use super::add::Plan;
use super::add::item::Item;
use super::add::run::Run;
use super::listing::OutputFormat;
use crate::command_error::{CommandError, Outcome};
use crate::packs::shipped_language;
use crate::progress::Progress;
use crate::reading::{ExtractorArgs, Reader};

/// Get pages from the web, record them in the history, and say what changed.
///
/// One page is asked for after the other, as the robots.txt of each site allows, with a pause between two pages of one
/// site. Where a redirect leads is recorded. An answer that is no page (a timeout, HTTP 404, a refusal by robots.txt,
/// a PDF) is noted as a failed capture, and nothing is concluded from it.
///
/// Addresses of this machine and of private networks are refused, also behind a redirect.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FetchArgs {
    /// Addresses of articles, http or https
    #[arg(required = true, value_name = "URL", value_parser = address)]
    urls: Vec<String>,
    /// An address where the people whose sites are asked can reach you; told in the header User-Agent
    #[arg(long, value_name = "ADDRESS", value_parser = contact)]
    contact: Option<String>,
    /// The most time that a request takes, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// The least time between two pages of one site, in seconds; a site that wants more gets it, up to five minutes
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pause: u64,
    /// Also ask addresses that are not of the open internet: this machine, private networks
    #[arg(long)]
    allow_private: bool,
    /// Take what was read for the article, even where the history would doubt it
    #[arg(long)]
    sure: bool,
    /// Also print every change, as isnad diff does
    #[arg(long)]
    changes: bool,
    /// The language of the articles (ar, en, …), where it is not to be recognised
    #[arg(long, value_name = "CODE", value_parser = shipped_language)]
    language: Option<Language>,
    #[command(flatten)]
    extractors: ExtractorArgs,
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

fn address(text: &str) -> Result<String, String> {
    match canonical_url(text) {
        Some(_) => Ok(text.trim().to_owned()),
        None => Err("give an http or https address without a user name, such as https://example.org/a1".to_owned()),
    }
}

fn contact(text: &str) -> Result<String, String> {
    match !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '\\')) {
        true => Ok(text.to_owned()),
        false => Err("give an e-mail address or the address of a page, without spaces".to_owned()),
    }
}

/// When pages of each site were asked for.
struct Pace {
    least: Duration,
    last: HashMap<String, Instant>,
}

impl Pace {
    /// Waits until a page of `site`, which wants `delay` between two, may be asked for.
    fn wait(&mut self, site: &str, delay: Duration) {
        if let Some(last) = self.last.get(site) {
            thread::sleep(delay.max(self.least).saturating_sub(last.elapsed()));
        }
        self.last.insert(site.to_owned(), Instant::now());
    }
}

/// Gets, records and reports one page after the other.
pub(crate) fn run(args: FetchArgs, context: &Context) -> Result<Outcome, CommandError> {
    let contact = args.contact.map(|contact| format!(" (+{contact})")).unwrap_or_default();
    let mut client = Client::new(&ClientOptions {
        user_agent: format!("isnad/{}{contact}", env!("CARGO_PKG_VERSION")),
        timeout: Duration::from_secs(args.timeout),
        allows_private: args.allow_private,
    });
    let second_opinion = args.extractors.asks_twice();
    let reader = Reader { language: args.language, second_opinion, ..Reader::default() };
    let plan = Plan::live(reader, args.sure, args.changes, args.format);
    let mut run = Run::new(&plan, context);
    let progress = Progress::new(&context.terminal, "pages", Some(args.urls.len()));
    let mut pace = Pace { least: Duration::from_secs(args.pause), last: HashMap::new() };
    for url in &args.urls {
        let fetched = client.fetch(url, |site, delay| pace.wait(site, delay));
        let item = Item::of_fetched(fetched, Utc::now(), &plan.reader);
        progress.around(|| run.add(&[Ok(item)]))?;
        progress.advance(1);
    }
    drop(progress);
    run.report.finish()
}
