//! `isnad claims`: the claims of the newest versions.

use std::io::Write;

use clap::Args;
use isnad_core::Article;
use isnad_store::{ArticleId, ArticleRef, ClaimFilter, SearchQuery, StoredClaim};
use serde::Serialize;

use super::Context;
use super::filters::Said;
use super::listing::{ListFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::claim::{Page, write_threaded};
use crate::output::json::{Converter, ThreadedClaim};
use crate::stored::{self, Shelf};
use crate::terminal::{Paragraph, Role, first_strong};

/// List the claims of the newest version of each article, or of one.
///
/// The number before a claim is its number in that version, as isnad show has it; isnad history with
/// the number after the word history shows how it changed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ClaimsArgs {
    /// Only of this article: its number, its address, or a part of its title that no other has
    article: Option<ArticleRef>,
    /// Only of speakers with these words in their name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    said: Said,
    /// Only with these words in what is claimed, as isnad search takes them
    #[arg(long)]
    words: Option<SearchQuery>,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad claims 1
      the claims of article 1 as it stands now
  isnad claims --speaker minister --stance deny
      what ministers deny, in all articles
  isnad claims --words \"border\" --format jsonl
      claims about the border, as data

Kinds of verbs: report, confirm, deny, doubt, admit, reveal, warn, threaten,
accuse, criticise, praise, demand, urge, ask, reply, promise, predict, hope,
believe, describe, announce, explain, agree, refuse, decline, thank, deplore.";

/// A claim as data.
#[derive(Debug, Serialize)]
struct Listed {
    article: ArticleId,
    #[serde(flatten)]
    claim: ThreadedClaim,
}

/// Lists.
pub(crate) fn run(args: &ClaimsArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let filter = ClaimFilter {
        article: args.article.as_ref().map(|article| history.resolve_article(article)).transpose()?,
        speaker: args.speaker.as_deref().map(SearchQuery::all_of).transpose()?,
        stance: args.said.stance(),
        polarity: args.said.polarity(),
        words: args.words.clone(),
    };
    let claims = history.claims(&filter)?;
    let mut shelf = Shelf::new(&history);
    shelf.fetch(claims.iter().map(|stored| stored.version))?;
    // Claims come in the order of their articles, and of each article from one version.
    let of_article = claims.chunk_by(|a, b| a.version == b.version).filter_map(|claims| {
        let first = claims.first()?;
        Some((shelf.get(first.version)?, claims))
    });
    if args.format.is_data() {
        let listed: Vec<Listed> = of_article.flat_map(|(article, claims)| data(article, claims, context)).collect();
        args.format.print_as(context, &listed, &claims)?;
        return Ok(Outcome::Done);
    }
    if claims.is_empty() {
        context.terminal.note("no such claims");
    }
    let mut text = Vec::new();
    for (article, claims) in of_article {
        write_article(&mut text, article, claims, context)?;
    }
    print_text(context, &text)?;
    Ok(Outcome::Done)
}

fn data(article: &Article, claims: &[StoredClaim], context: &Context) -> Vec<Listed> {
    let converted = Converter::new(article, context.offsets).threaded(claims);
    claims.iter().zip(converted).map(|(stored, claim)| Listed { article: stored.article, claim }).collect()
}

fn write_article(
    text: &mut Vec<u8>,
    article: &Article,
    claims: &[StoredClaim],
    context: &Context,
) -> Result<(), CommandError> {
    let layout = &context.terminal.layout;
    if !text.is_empty() {
        text.push(b'\n');
    }
    let title = article.metadata.title.as_deref().unwrap_or(&article.metadata.id);
    let title = Paragraph::indented(0).foreign(first_strong(title), Role::Title, title);
    text.write_all(title.render(layout).as_bytes())?;
    let page = Page::new(article);
    for stored in claims {
        text.push(b'\n');
        write_threaded(text, layout, &page, &stored.claim, stored.thread)?;
    }
    Ok(())
}
