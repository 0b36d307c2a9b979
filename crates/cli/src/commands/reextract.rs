//! `isnad reextract`: the claims of recorded texts found anew by this version of isnad.

use clap::Args;
use isnad_store::{ArticleRef, EventCounts, History, OpenOptions, Reextracted, Reread};
use serde::Serialize;

use super::Context;
use super::listing::{OutputFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::change::{Heading, Sides, write_change};
use crate::output::claim::Page;
use crate::output::event::summary;
use crate::output::words::{count, status};
use crate::progress::Progress;
use crate::terminal::{Paragraph, Role};

/// Find the claims of recorded texts anew with this version of isnad, and show what it sees otherwise.
///
/// For each article the new claims are found beside the old ones and compared with them; then they
/// take their place, and what changed from version to version is worked out from them. Texts stay
/// as they were recorded. Articles that this version has read already are passed over, so that what
/// was interrupted goes on where it stopped: an article is switched as a whole or not at all.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReextractArgs {
    /// Only these articles: a number, an address, or a part of a title that no other has
    #[arg(value_name = "ARTICLE")]
    articles: Vec<ArticleRef>,
    /// Also articles that this version has read already
    #[arg(long)]
    all: bool,
    /// Show what would be found otherwise, and switch nothing
    #[arg(long)]
    dry_run: bool,
    /// Also print every claim that is found otherwise
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad reextract --dry-run --changes
      what this version of isnad would see otherwise, claim by claim
  isnad backup before.db && isnad reextract
      switch to it, with a copy kept of what was
  isnad reextract --all 3
      article 3, whatever has read it";

/// An article as data.
#[derive(Debug, Serialize)]
struct Row<'r> {
    #[serde(flatten)]
    found: &'r Reextracted,
    switched: bool,
}

/// What was found in all.
#[derive(Debug, Default)]
struct Total {
    articles: usize,
    versions: usize,
    reread: usize,
    unreadable: usize,
}

/// Finds, shows and switches.
pub(crate) fn run(args: &ReextractArgs, context: &Context) -> Result<Outcome, CommandError> {
    let options = match args.dry_run {
        true => OpenOptions::read(),
        false => OpenOptions { create: false, ..OpenOptions::write() },
    };
    let mut history = History::open(&context.db, options)?;
    let articles = articles(args, &history)?;
    let progress = Progress::new(&context.terminal, "articles", Some(articles.len()));
    let mut total = Total::default();
    let mut rows = Vec::new();
    for article in articles {
        let found = match args.dry_run {
            true => history.preview_reextract(article)?,
            false => history.reextract(article)?,
        };
        total.add(&found);
        progress.around(|| match (args.format.is_data(), args.format.is_lines()) {
            (true, true) => args.format.print_object(context, &Row::of(&found)),
            (true, false) => {
                rows.push(found);
                Ok(())
            }
            (false, _) => print_text(context, &text(args, context, &history, &found)?),
        })?;
        progress.advance(1);
    }
    drop(progress);
    match args.format.is_data() {
        true if args.format.is_lines() => {}
        true => args.format.print_list(context, &rows.iter().map(Row::of).collect::<Vec<_>>())?,
        false => print_text(context, line(context, &total.told(args.dry_run)).as_bytes())?,
    }
    Ok(Outcome::Done)
}

/// The articles that are to be read anew.
fn articles(args: &ReextractArgs, history: &History) -> Result<Vec<isnad_store::ArticleId>, CommandError> {
    let named: Vec<_> =
        args.articles.iter().map(|article| history.resolve_article(article)).collect::<Result<_, _>>()?;
    let mut articles = match (args.all, named.is_empty()) {
        (true, false) => return Ok(named),
        (true, true) => history.articles()?.into_iter().map(|article| article.id).collect(),
        (false, _) => history.outdated()?,
    };
    articles.retain(|article| named.is_empty() || named.contains(article));
    Ok(articles)
}

impl<'r> Row<'r> {
    fn of(found: &'r Reextracted) -> Self {
        Self { found, switched: found.after.is_some() }
    }
}

impl Total {
    fn add(&mut self, found: &Reextracted) {
        self.articles += 1;
        self.versions += found.versions as usize;
        self.reread += found.reread.len();
        self.unreadable += found.unreadable as usize;
    }

    fn told(&self, is_dry: bool) -> String {
        if self.articles == 0 {
            return "all claims were found by this version of isnad; nothing to do".to_owned();
        }
        let switched = if is_dry { "would be switched" } else { "switched" };
        let versions = count(self.versions, "version", "versions");
        let mut told =
            format!("{}, {versions}: {} {switched}", count(self.articles, "article", "articles"), self.reread);
        if self.unreadable > 0 {
            told.push_str(&format!(", {} left as they are for want of a language pack", self.unreadable));
        }
        told
    }
}

fn line(context: &Context, text: &str) -> String {
    Paragraph::indented(0).label(Role::Plain, text).render(&context.terminal.layout)
}

/// What is found otherwise in an article.
fn text(
    args: &ReextractArgs,
    context: &Context,
    history: &History,
    found: &Reextracted,
) -> Result<Vec<u8>, CommandError> {
    let mut out = Vec::new();
    let mut events = summary(&found.before);
    if let Some(after) = found.after.filter(|after| *after != found.before) {
        events = format!("{events} before; {} now", summary(&after));
    }
    let reread = count(found.reread.len(), "version", "versions");
    let told = format!("article {}: {reread} read anew; between versions: {events}", found.article);
    out.extend_from_slice(line(context, &told).as_bytes());
    for reread in &found.reread {
        let number = history.version_number(reread.version)?.map_or_else(String::new, |number| format!(" {number}"));
        let told = format!("  version{number}: {}", differences(reread));
        out.extend_from_slice(line(context, &told).as_bytes());
        if args.changes {
            write_changes(&mut out, context, history, reread)?;
        }
    }
    Ok(out)
}

/// How many claims are found otherwise, and by what instead of what.
fn differences(reread: &Reread) -> String {
    let mut counts = EventCounts::default();
    for change in &reread.changes {
        counts.count(change.status);
    }
    let pack = reread.pack.as_deref().map(|pack| format!(", {pack}")).unwrap_or_default();
    let claims = count(reread.claims as usize, "claim", "claims");
    format!("{claims}, before {} (isnad {}{pack}): {}", reread.claims_before, reread.engine, summary(&counts))
}

fn write_changes(out: &mut Vec<u8>, context: &Context, history: &History, reread: &Reread) -> Result<(), CommandError> {
    let article = history.version(reread.version)?.article;
    let sides = Sides { old: Page::new(&article), new: Page::new(&article) };
    for (index, change) in reread.changes.iter().enumerate() {
        let label = (index + 1).to_string();
        let heading = Heading { label: &label, fate: status(change.status), when: None, same: ' ' };
        write_change(out, &context.terminal.layout, &sides, &heading, change)?;
    }
    Ok(())
}
