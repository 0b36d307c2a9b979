//! `isnad articles`: the articles in the history.

use clap::Args;
use isnad_store::ArticleSummary;

use super::Context;
use super::listing::{ListFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::csv::{Tabular, cell};
use crate::output::place::place;
use crate::output::time::{moment, stamp};
use crate::output::words::count;
use crate::stored;
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// List the articles in the history.
///
/// Each has a number, by which other commands know it, as they do by its address or by a part of its
/// title that no other has.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ArticlesArgs {
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad articles
      every article, with how often it changed
  isnad articles --format jsonl --db news.db
      the same as data, from another history";

impl Tabular for ArticleSummary {
    const COLUMNS: &'static [&'static str] = &[
        "article",
        "key",
        "title",
        "url",
        "language",
        "captures",
        "versions",
        "first_captured",
        "last_captured",
        "changes",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.id.to_string(), self.key.clone()];
        cells.extend([cell(self.title.as_ref()), cell(self.url.as_ref()), cell(self.language)]);
        cells.extend([self.captures.to_string(), self.versions.to_string()]);
        cells.extend([stamp(self.first_captured), stamp(self.last_captured), self.changes.to_string()]);
        cells
    }
}

/// Lists.
pub(crate) fn run(args: &ArticlesArgs, context: &Context) -> Result<Outcome, CommandError> {
    let articles = stored::open(context)?.articles()?;
    if args.format.is_data() {
        args.format.print_list(context, &articles)?;
        return Ok(Outcome::Done);
    }
    if articles.is_empty() {
        context.terminal.note("no articles yet");
    }
    let layout = &context.terminal.layout;
    let text: String = articles.iter().map(|article| told(article, layout)).collect::<Vec<_>>().join("\n");
    print_text(context, text.as_bytes())?;
    Ok(Outcome::Done)
}

fn told(article: &ArticleSummary, layout: &Layout) -> String {
    let key = place(&article.key);
    let title = article.title.as_deref().unwrap_or(key);
    let first = Paragraph::indented(0)
        .hanging(4)
        .label(Role::Dim, &format!("{:>4}", format!("{}  ", article.id)))
        .foreign(first_strong(title), Role::Title, title);
    let address = article.url.as_deref().unwrap_or(key);
    let second = Paragraph::indented(4).foreign(first_strong(address), Role::Dim, address);
    let mut facts: Vec<String> = article.language.iter().map(ToString::to_string).collect();
    facts.push(count(article.versions as usize, "version", "versions"));
    facts.push(count(article.captures as usize, "capture", "captures"));
    facts.push(match article.changes {
        0 => "no claim changed".to_owned(),
        changes => count(changes as usize, "change to a claim", "changes to claims"),
    });
    let third = Paragraph::indented(4).label(Role::Dim, &facts.join(" · "));
    let times = match article.captures {
        1 => format!("captured {}", moment(article.first_captured)),
        _ => format!("captured from {} to {}", moment(article.first_captured), moment(article.last_captured)),
    };
    let fourth = Paragraph::indented(4).label(Role::Dim, &times);
    [first, second, third, fourth].map(|paragraph| paragraph.render(layout)).concat()
}
