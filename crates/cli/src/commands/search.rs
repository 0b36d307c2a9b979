//! `isnad search`: claims by the words in them.

use chrono::{DateTime, Utc};
use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_core::{OffsetMap, Span};
use isnad_diff::Facet;
use isnad_store::{ArticleId, Found, History, Hit, SearchFilter, SearchQuery};
use serde::Serialize;

use super::Context;
use super::filters::{HowMany, Said, Seen};
use super::listing::{ListFormat, print_text};
use super::names::names_of;
use crate::command_error::{CommandError, Outcome};
use crate::output::claim::{claim_cells, claim_columns, speaker};
use crate::output::csv::{Tabular, cell};
use crate::output::found::snippet;
use crate::output::json::{Converter, ThreadedClaim};
use crate::output::time::{self, moment};
use crate::output::words::{count, name, named};
use crate::stored::{self, Shelf};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Find claims by words in them or in the names of their speakers, in every version of every article.
///
/// Words beside one another must all be there, in any order. A word finds those that begin with it,
/// *word also those that have it inside, "some words" just these in this order; AND, OR, NOT and
/// brackets combine. An Arabic word is found with whatever is written on to it, and its article does
/// not count. Case, hamza, vowel signs, other digits and other spellings of a name make no
/// difference. The best come first, ranked by BM25: rare words weigh more than common ones, whole
/// words more than parts, the claim more than the name, and a short claim more than a long one; of
/// equals the newest. That nothing is found is a result, too (status 0).
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SearchArgs {
    /// What to look for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Only of speakers with these words in their name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    seen: Seen,
    #[command(flatten)]
    said: Said,
    /// Only claims in whose history this changed, such as quantity
    #[arg(long, value_parser = PossibleValuesParser::new(names_of::<Facet>()), hide_possible_values = true)]
    facet: Option<String>,
    #[command(flatten)]
    how_many: HowMany,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad search bridge closed
      claims with both words
  isnad search '\"more than 40\" OR fifty' --speaker minister
      a phrase or a word, where a minister says it
  isnad search الأمريكي NOT أوكرانيا --since 2026-03-01
      in Arabic, seen in March or later
  isnad search troops --facet quantity --format csv
      whose numbers changed, as a table";

/// A hit as data.
#[derive(Debug, Serialize)]
struct HitData {
    article: ArticleId,
    title: Option<String>,
    /// The newest version that has the claim in these words, by its number.
    version: Option<u32>,
    first_seen: DateTime<Utc>,
    last_seen: DateTime<Utc>,
    versions: u32,
    stands: bool,
    changes: u32,
    /// What was found, as offsets in `content.text` and `source.speaker`.
    marks: Marks,
    #[serde(flatten)]
    claim: ThreadedClaim,
}

#[derive(Debug, Serialize)]
struct Marks {
    content: Vec<Span>,
    speaker: Vec<Span>,
}

impl Tabular for HitData {
    const COLUMNS: &'static [&'static str] = claim_columns!(
        ["article", "title", "history", "version"],
        ["first_seen", "last_seen", "versions", "stands", "changes"]
    );

    fn cells(&self) -> Vec<String> {
        let mut cells =
            vec![self.article.to_string(), cell(self.title.as_ref()), cell(self.claim.history), cell(self.version)];
        cells.extend(claim_cells(&self.claim.claim));
        cells.extend([time::stamp(self.first_seen), time::stamp(self.last_seen), self.versions.to_string()]);
        cells.extend([self.stands.to_string(), self.changes.to_string()]);
        cells
    }
}

/// Searches.
pub(crate) fn run(args: &SearchArgs, context: &Context) -> Result<Outcome, CommandError> {
    let query: SearchQuery = args.words.join(" ").parse()?;
    let history = stored::open(context)?;
    let filter = SearchFilter {
        article: args.seen.article(&history)?,
        speaker: args.speaker.as_deref().map(SearchQuery::all_of).transpose()?,
        stance: args.said.stance(),
        polarity: args.said.polarity(),
        facet: args.facet.as_deref().and_then(named),
        since: args.seen.since,
        until: args.seen.until,
    };
    let found = history.search(&query, &filter, args.how_many.most())?;
    if args.format.is_data() {
        let mut shelf = Shelf::new(&history);
        let data =
            found.hits.iter().map(|hit| data(hit, &history, &mut shelf, context)).collect::<Result<Vec<_>, _>>()?;
        args.format.print_list(context, &data)?;
    } else {
        let layout = &context.terminal.layout;
        let told: Vec<String> = found.hits.iter().map(|hit| told(hit, layout)).collect();
        print_text(context, told.join("\n").as_bytes())?;
    }
    note(&found, context);
    Ok(Outcome::Done)
}

/// Says how many there are, where that is not seen.
fn note(found: &Found, context: &Context) {
    match (found.hits.len(), found.more) {
        (0, false) => context.terminal.note("no such claims"),
        (0, true) => context.terminal.note("no such claims among the newest with these words; --all looks at the rest"),
        (shown, true) => HowMany::note_more(context, shown),
        (_, false) => {}
    }
}

fn data(hit: &Hit, history: &History, shelf: &mut Shelf<'_>, context: &Context) -> Result<HitData, CommandError> {
    let (version, claim) = (hit.claim.version, &hit.claim.claim);
    shelf.fetch([version])?;
    let article = shelf.get(version);
    let convert = |spans: &[Span], text: &str| {
        let map = OffsetMap::new(text, context.offsets);
        spans.iter().map(|span| map.span_from_bytes(*span)).collect()
    };
    let speaker = claim.speaker().unwrap_or_default();
    Ok(HitData {
        article: hit.claim.article,
        title: hit.title.clone(),
        version: history.version_number(version)?,
        first_seen: hit.first_seen,
        last_seen: hit.last_seen,
        versions: hit.versions,
        stands: hit.stands,
        changes: hit.changes,
        marks: Marks {
            content: convert(&hit.content_marks, &claim.content.text),
            speaker: convert(&hit.speaker_marks, speaker),
        },
        claim: ThreadedClaim {
            history: hit.claim.thread,
            claim: article
                .map_or_else(|| claim.clone(), |article| Converter::new(article, context.offsets).claim(claim)),
        },
    })
}

fn told(hit: &Hit, layout: &Layout) -> String {
    let claim = &hit.claim.claim;
    let head = Paragraph::indented(0).hanging(4);
    let head = match claim.source.as_ref().and_then(speaker) {
        Some(speaker) => {
            let runs = snippet(speaker, &hit.speaker_marks, layout.colour);
            let bold = |role| if role == Role::Plain { Role::Speaker } else { role };
            head.foreign_runs(first_strong(speaker), runs.iter().map(|(role, run)| (bold(*role), run.as_str())))
        }
        None => head.label(Role::Notice, "nobody named"),
    };
    let head = match &claim.cue {
        Some(cue) => head.label(Role::Plain, "  ").foreign(first_strong(&cue.text), Role::Cue, &cue.text),
        None => head,
    };
    let content = &claim.content.text;
    let content =
        Paragraph::indented(4).block(first_strong(content), &snippet(content, &hit.content_marks, layout.colour));
    let polarity = match claim.polarity {
        isnad_core::Polarity::Affirmed => String::new(),
        other => format!("{} · ", name(&other)),
    };
    let seen = match hit.first_seen == hit.last_seen {
        true => format!("seen {}", moment(hit.first_seen)),
        false => format!("seen from {} to {}", moment(hit.first_seen), moment(hit.last_seen)),
    };
    let stands = if hit.stands { "still there" } else { "not in the newest version" };
    let changes = match hit.changes {
        0 => String::new(),
        changes => format!(" · {}", count(changes as usize, "change", "changes")),
    };
    let history = hit.claim.thread.map(|thread| format!(" · history {thread}")).unwrap_or_default();
    let facts = Paragraph::indented(4).label(Role::Dim, &format!("{polarity}{seen} · {stands}{changes}{history}"));
    let title = hit.title.as_deref().unwrap_or_default();
    let article = Paragraph::indented(4).label(Role::Dim, &format!("article {}  ", hit.claim.article)).foreign(
        first_strong(title),
        Role::Dim,
        title,
    );
    [head, content, facts, article].map(|paragraph| paragraph.render(layout)).concat()
}
