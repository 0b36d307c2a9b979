//! `isnad blame`: since when each claim of an article is as it is.

use clap::Args;
use isnad_core::Claim;
use isnad_diff::Facet;
use isnad_store::{ArticleRef, ArticleSummary, Blame, Blamed, EventStatus, Moment, ThreadId};
use serde::Serialize;

use super::Context;
use super::listing::{ListFormat, print_text};
use super::log::heading;
use crate::command_error::{CommandError, Outcome};
use crate::output::claim::{Page, claim_cells, claim_columns, write_threaded};
use crate::output::csv::{Tabular, cell};
use crate::output::event::fate;
use crate::output::json::Converter;
use crate::output::time::{between, moment, stamp};
use crate::output::words::{count, name};
use crate::stored;
use crate::terminal::{Layout, Paragraph, Role};

/// Show the claims of an article as it stands, each with the two captures between which it got the form it has.
///
/// The number before a claim is its number in the newest version, as isnad show has it; isnad history
/// with the number after the word history shows the forms it had. Neither place nor spelling makes another form.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BlameArgs {
    /// The article: its number, its address, or a part of its title that no other has
    article: ArticleRef,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad blame 1
      the claims of article 1, and since when they read as they do
  isnad blame --format csv https://example.org/a1
      the same as a table";

/// A claim as data.
#[derive(Debug, Serialize)]
struct Row {
    history: Option<ThreadId>,
    not_before: Option<Moment>,
    not_after: Moment,
    status: Option<EventStatus>,
    facets: Vec<Facet>,
    forms: u32,
    claim: Claim,
}

/// The answer as data.
#[derive(Debug, Serialize)]
struct Data<'b> {
    article: &'b ArticleSummary,
    version: Option<u32>,
    seen: Moment,
    claims: Vec<Row>,
}

impl Tabular for Blamed {
    const COLUMNS: &'static [&'static str] =
        claim_columns!(["article", "history", "claim", "not_before", "not_after", "status", "facets", "forms"], []);

    fn cells(&self) -> Vec<String> {
        let stored = &self.claim;
        let facets: Vec<String> = self.facets.iter().map(name).collect();
        let mut cells = vec![stored.article.to_string(), cell(stored.thread), stored.claim.id.to_string()];
        cells.extend([cell(self.not_before.map(|before| stamp(before.time))), stamp(self.not_after.time)]);
        cells.extend([cell(self.status.map(|status| name(&status))), facets.join(" "), self.forms.to_string()]);
        cells.extend(claim_cells(&stored.claim));
        cells
    }
}

/// Shows.
pub(crate) fn run(args: &BlameArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let id = history.resolve_article(&args.article)?;
    let blame = history.blame(id)?;
    if args.format.is_data() && !args.format.is_object() {
        ListFormat::print_table(context, &blame.claims)?;
        return Ok(Outcome::Done);
    }
    let article = history.article(id)?;
    let number = history.version_number(blame.version)?;
    let version = history.version(blame.version)?;
    match args.format.is_object() {
        true => {
            let converter = Converter::new(&version.article, context.offsets);
            let row = |blamed: &Blamed| Row {
                history: blamed.claim.thread,
                not_before: blamed.not_before,
                not_after: blamed.not_after,
                status: blamed.status,
                facets: blamed.facets.clone(),
                forms: blamed.forms,
                claim: converter.claim(&blamed.claim.claim),
            };
            let claims = blame.claims.iter().map(row).collect();
            args.format
                .print_object(context, &Data { article: &article, version: number, seen: blame.seen, claims })?;
        }
        false => {
            let page = Page::new(&version.article);
            print_text(context, &text(&article, number, &blame, &page, &context.terminal.layout)?)?;
        }
    }
    Ok(Outcome::Done)
}

fn text(
    article: &ArticleSummary,
    number: Option<u32>,
    blame: &Blame,
    page: &Page<'_>,
    layout: &Layout,
) -> Result<Vec<u8>, CommandError> {
    let mut text = heading(article, layout).into_bytes();
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    text.extend(format!("version {number}, last seen {}\n", moment(blame.seen.time)).into_bytes());
    for blamed in &blame.claims {
        let stored = &blamed.claim;
        text.push(b'\n');
        write_threaded(&mut text, layout, page, &stored.claim, stored.thread)?;
        text.extend(Paragraph::indented(4).label(Role::Notice, &since(blamed)).render(layout).into_bytes());
    }
    Ok(text)
}

/// Since when a claim is as it is, how it came to that, and how many forms it had.
fn since(blamed: &Blamed) -> String {
    let since = match blamed.not_before {
        None => format!("as it was first captured, {}", moment(blamed.not_after.time)),
        Some(before) => format!("got this form {}", between(before.time, blamed.not_after.time)),
    };
    let facets: Vec<String> = blamed.facets.iter().map(name).collect();
    let how = match (blamed.status, facets.is_empty()) {
        (None, _) => String::new(),
        (Some(status), true) => format!(" · {}", fate(status)),
        (Some(status), false) => format!(" · {}: {}", fate(status), facets.join(", ")),
    };
    let forms = match blamed.forms {
        0 | 1 => String::new(),
        forms => format!(" · {}", count(forms as usize, "form", "forms")),
    };
    format!("{since}{how}{forms}")
}
