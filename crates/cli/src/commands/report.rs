//! `isnad report`: pages about articles that anybody can open.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_report::export::iri;
use isnad_report::{Dossier, FeedHead, Pages};
use isnad_store::{ArticleRef, ArticleSummary, ChangesFilter, Event, History};

use super::Context;
use crate::command_error::{CommandError, Outcome};
use crate::output::file::{OutputFile, cannot_write, refuse_if_there};
use crate::output::words::{count, grouped};
use crate::stored;

/// Make a page about an article: its timeline, its claims with their changes, its text with the claims marked.
///
/// The page is one HTML file that needs nothing else: no network, no script, no font. It opens in any browser,
/// prints, and can be sent to others. With --all it is a folder of such pages with an index of the articles, the
/// newest changes and a feed of them, which can be published as it is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArgs {
    /// The article: its number, its address, or a part of its title that no other has
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    article: Option<ArticleRef>,
    /// All articles
    #[arg(long, requires = "output")]
    all: bool,
    /// Write to this file instead of the standard output; with --all, the folder
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// With --output: replace the files that are there
    #[arg(long, requires = "output")]
    force: bool,
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
      with the interface in Arabic
  isnad report --all -o site
      a page about each article, and site/index.html, which lists them
  isnad report --all --force -o site
      the same anew";

/// How many of the newest changes the index shows, and its feed has.
const NEWEST: usize = 50;

/// Makes it.
pub(crate) fn run(args: &ReportArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let pages = Pages::in_language(&args.ui_language)?;
    match (&args.article, &args.output) {
        (Some(article), Some(path)) => {
            let page = report(&history, &pages, article)?;
            write(path, &page, args.force)?;
            let size = grouped(page.len().div_ceil(1000));
            context.terminal.note(&format!("{}: a page of {size} kB", path.display()));
        }
        (Some(article), None) => {
            let mut out = context.terminal.data();
            out.write_all(report(&history, &pages, article)?.as_bytes())?;
            out.flush()?;
        }
        (None, Some(folder)) => {
            let articles = write_all(&history, &pages, folder, args.force)?;
            let index = folder.join("index.html");
            context.terminal.note(&format!("{} in {}", count(articles, "article", "articles"), index.display()));
        }
        (None, None) => {}
    }
    Ok(Outcome::Done)
}

fn report(history: &History, pages: &Pages, article: &ArticleRef) -> Result<String, CommandError> {
    let dossier = Dossier::read(history, history.resolve_article(article)?)?;
    Ok(pages.report(&dossier)?)
}

/// Writes a page for each article, the index and the feed; how many articles there are.
fn write_all(history: &History, pages: &Pages, folder: &Path, force: bool) -> Result<usize, CommandError> {
    let mut articles = history.articles()?;
    let id = iri::of_history("changes", history, articles.first())?;
    let (index, feed) = (folder.join("index.html"), folder.join("changes.atom"));
    let page = |article: &ArticleSummary| folder.join(format!("article-{}.html", article.id));
    if !force {
        // Old pages beside new ones would be neither the old site nor the new one.
        [index.clone(), feed.clone()]
            .into_iter()
            .chain(articles.iter().map(page))
            .try_for_each(|path| refuse_if_there(&path))?;
    }
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    articles.sort_by_key(|article| std::cmp::Reverse((article.last_captured, article.id)));
    let mut rows = Vec::with_capacity(articles.len());
    for article in articles {
        write(&page(&article), &pages.folder_report(&Dossier::read(history, article.id)?)?, force)?;
        rows.push((history.log(article.id)?, article));
    }
    let changes = newest(history)?;
    write(&index, &pages.folder_index(&rows, &changes)?, force)?;
    let title = pages.texts().word("site", "newest");
    let head = FeedHead { id: &id, title, address: None, site: None };
    write(&feed, &pages.feed(history, head, &changes)?, force)?;
    Ok(rows.len())
}

fn newest(history: &History) -> Result<Vec<(Event, ArticleSummary)>, CommandError> {
    let changes = history.changes(&ChangesFilter { limit: NEWEST, ..Default::default() })?;
    let with_article = |event: Event| Ok((history.article(event.article)?, event));
    let changes: Result<Vec<_>, CommandError> = changes.into_iter().map(with_article).collect();
    Ok(changes?.into_iter().map(|(article, event)| (event, article)).collect())
}

fn write(path: &Path, content: &str, force: bool) -> Result<(), CommandError> {
    let mut file = OutputFile::at(path, force)?;
    file.write_all(content.as_bytes()).map_err(|error| cannot_write(path, &error))?;
    file.finish()
}
