//! `isnad snapshot`: holds the extractor to the claims that a user has accepted.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use isnad_diff::Change;
use isnad_ingest::IngestError;
use rayon::prelude::*;

use super::Context;
use crate::accepted::{ENDING, FieldChange, Standing, accept, beside, compare_accepted};
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::change::{Heading, Sides, attribution_line, write_change};
use crate::output::claim::Page;
use crate::output::words::{count, status};
use crate::packs::LanguageArgs;
use crate::progress::Progress;
use crate::reading::{Extracted, Origin, Reader};
use crate::terminal::{Paragraph, Role, first_strong};

/// Compare the claims of your own articles with those you accepted, and show what changed.
///
/// Beside each article (.txt, .html, .htm, .xhtml) its accepted claims are kept as ARTICLE.claims.json, in
/// the format of isnad extract. Rules and confidence are the engine's own affair and are not compared;
/// everything else is. A newer isnad, another language pack or an edit shows up as a change.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SnapshotArgs {
    /// Folders with articles, or single articles
    #[arg(required = true, value_name = "DIR")]
    paths: Vec<PathBuf>,
    /// Accept the claims as they are found now
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    language: LanguageArgs,
}

const EXAMPLES: &str = "\
Examples:
  isnad snapshot --accept articles/
      accept the claims found in all articles of the folder
  isnad snapshot articles/
      what changed since then; status 1 if anything did
  isnad snapshot --pack own.toml articles/
      with a language pack of your own";

/// The endings of names that articles have.
const ARTICLES: [&str; 4] = ["txt", "html", "htm", "xhtml"];

/// Compares or accepts.
pub(crate) fn run(args: &SnapshotArgs, context: &Context) -> Result<Outcome, CommandError> {
    let (language, packs) = args.language.resolve()?;
    let reader = Reader { language, packs, ..Reader::default() };
    let mut found = Found::default();
    for path in &args.paths {
        found.look(path).map_err(|error| unreadable(path, error))?;
    }
    if found.articles.is_empty() {
        let message = Message::new("there are no articles in these folders");
        return Err(CommandError::Usage(message.advise("folders with .txt or .html files")));
    }
    let mut run = Run { context, accepts: args.accept, tally: Tally::default() };
    let progress = Progress::new(&context.terminal, "articles", Some(found.articles.len()));
    for batch in found.articles.chunks(BATCH) {
        let read: Vec<_> = batch.par_iter().map(|path| reader.read(&Origin::from(path))).collect();
        for (path, extracted) in batch.iter().zip(read) {
            progress.around(|| run.article(path, extracted))?;
        }
        progress.advance(batch.len());
    }
    drop(progress);
    for path in found.without_article() {
        run.tally.changed += 1;
        let said = "the article is gone; remove the file if that is meant";
        run.say(path, said)?;
    }
    run.close()
}

/// How many articles are extracted side by side.
const BATCH: usize = 64;

fn unreadable(path: &Path, error: std::io::Error) -> CommandError {
    let name = path.display().to_string();
    let error = match error.kind() {
        std::io::ErrorKind::NotFound => IngestError::NotFound { name },
        std::io::ErrorKind::PermissionDenied => IngestError::PermissionDenied { name },
        _ => IngestError::Read { name, source: error },
    };
    CommandError::Input(Message::from(&error))
}

/// The articles and the files of accepted claims in the folders.
#[derive(Debug, Default)]
struct Found {
    articles: Vec<PathBuf>,
    accepted: Vec<PathBuf>,
}

impl Found {
    /// Adds `path`, or what is in it, in the order of the names; hidden files and links to folders are passed over.
    fn look(&mut self, path: &Path) -> std::io::Result<()> {
        if !fs::metadata(path)?.is_dir() {
            self.articles.push(path.to_owned());
            return Ok(());
        }
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            let mut entries = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let (path, kind) = (entry.path(), entry.file_type()?);
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') {
                } else if kind.is_dir() {
                    folders.push(path);
                } else if name.ends_with(ENDING) {
                    self.accepted.push(path);
                } else if path.extension().is_some_and(|ending| ARTICLES.iter().any(|known| ending == *known)) {
                    self.articles.push(path);
                }
            }
        }
        Ok(())
    }

    /// Accepted claims whose article is not there.
    fn without_article(&self) -> impl Iterator<Item = &PathBuf> {
        let expected: std::collections::HashSet<PathBuf> = self.articles.iter().map(|path| beside(path)).collect();
        self.accepted.iter().filter(move |path| !expected.contains(*path))
    }
}

/// How many articles stand how.
#[derive(Debug, Default)]
struct Tally {
    same: usize,
    changed: usize,
    accepted: usize,
    skipped: usize,
}

/// One run through the articles.
struct Run<'c> {
    context: &'c Context,
    accepts: bool,
    tally: Tally,
}

impl Run<'_> {
    fn article(&mut self, path: &Path, extracted: Result<Extracted, Message>) -> Result<(), CommandError> {
        let mut extracted = match extracted {
            Ok(extracted) => extracted,
            Err(message) => return self.skip(&message),
        };
        // The same from whatever folder it is run in.
        if let Some(name) = path.file_name() {
            extracted.article.metadata.id = name.to_string_lossy().into_owned();
        }
        let standing = match compare_accepted(path, &extracted) {
            Ok(standing) => standing,
            // What cannot be read is written anew where that is asked for.
            Err(_) if self.accepts => Standing::New,
            Err(cause) => {
                let message = Message::new(format_args!("{}: {cause}", beside(path).display()));
                return self.skip(&message.advise("isnad snapshot --accept, which writes it anew"));
            }
        };
        let claims = count(extracted.claims.len(), "claim", "claims");
        match standing {
            Standing::Same => {
                self.tally.same += 1;
                return Ok(());
            }
            Standing::New => self.say(path, &format!("{claims}, none accepted before"))?,
            Standing::OtherText { former, changes } => {
                let told = match changes.len() {
                    0 => "the same in another text".to_owned(),
                    changed => format!("{changed} changed with the text"),
                };
                self.say(path, &format!("{claims}, {told}"))?;
                let sides = Sides { old: Page::without_lines(&former), new: Page::new(&extracted.article) };
                self.show(&sides, &changes, &[])?;
            }
            Standing::Changed { changes, fields } => {
                self.say(path, &format!("{} changed of {claims}", changes.len() + fields.len()))?;
                let page = || Page::new(&extracted.article);
                self.show(&Sides { old: page(), new: page() }, &changes, &fields)?;
            }
        }
        self.settle(path, &extracted)
    }

    /// Prints what changed, one after the other.
    fn show(&self, sides: &Sides<'_>, changes: &[Change], fields: &[FieldChange]) -> Result<(), CommandError> {
        let mut text = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            text.push(b'\n');
            let (label, fate) = ((index + 1).to_string(), status(change.status));
            let heading = Heading { label: &label, fate, when: None, same: ' ' };
            write_change(&mut text, &self.context.terminal.layout, sides, &heading, change)?;
        }
        for (index, change) in fields.iter().enumerate() {
            text.push(b'\n');
            self.write_fields(&mut text, &sides.new, changes.len() + index + 1, change)?;
        }
        if !text.is_empty() {
            text.push(b'\n');
        }
        self.print(&text)
    }

    /// Accepts a difference or counts it.
    fn settle(&mut self, path: &Path, extracted: &Extracted) -> Result<(), CommandError> {
        if !self.accepts {
            self.tally.changed += 1;
            return Ok(());
        }
        match accept(path, extracted) {
            Ok(()) => {
                self.tally.accepted += 1;
                Ok(())
            }
            Err(error) => {
                let message = Message::new(format_args!("{} cannot be written: {error}", beside(path).display()));
                self.skip(&message.advise("the same where the folder may be written"))
            }
        }
    }

    fn write_fields(
        &self,
        text: &mut Vec<u8>,
        page: &Page<'_>,
        number: usize,
        change: &FieldChange,
    ) -> Result<(), CommandError> {
        let layout = &self.context.terminal.layout;
        let mut line = Paragraph::indented(0).hanging(4).label(Role::Dim, &format!("{:>4}", format!("{number}  ")));
        line = line.label(Role::Low, "changed");
        for (index, (name, old, new)) in change.fields.iter().enumerate() {
            line = line
                .label(Role::Plain, &format!("{} {name} from ", if index == 0 { ":" } else { ";" }))
                .foreign(first_strong(old), Role::Plain, old)
                .label(Role::Plain, " to ")
                .foreign(first_strong(new), Role::Plain, new);
        }
        text.write_all(line.render(layout).as_bytes())?;
        text.write_all(attribution_line(&change.claim).render(layout).as_bytes())?;
        let content = Paragraph::indented(4).block(page.direction(), &page.content(&change.claim));
        text.write_all(content.render(layout).as_bytes())?;
        Ok(())
    }

    /// Prints a line about an article.
    fn say(&self, path: &Path, words: &str) -> Result<(), CommandError> {
        let name = path.display().to_string();
        let line = Paragraph::indented(0).foreign(first_strong(&name), Role::Title, &name);
        let line = line.label(Role::Plain, &format!(": {words}"));
        self.print(line.render(&self.context.terminal.layout).as_bytes())
    }

    fn print(&self, text: &[u8]) -> Result<(), CommandError> {
        let mut out = self.context.terminal.stdout();
        out.write_all(text)?;
        Ok(out.flush()?)
    }

    fn skip(&mut self, message: &Message) -> Result<(), CommandError> {
        self.tally.skipped += 1;
        self.context.terminal.complain(&message.cause, message.advice.as_deref());
        Ok(())
    }

    /// Tells how it went.
    fn close(self) -> Result<Outcome, CommandError> {
        let Tally { same, changed, accepted, skipped } = self.tally;
        let parts = [(same, "as accepted"), (changed, "changed"), (accepted, "accepted now"), (skipped, "skipped")];
        let told: Vec<String> =
            parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
        self.print(format!("{}\n", told.join(", ")).as_bytes())?;
        if changed > 0 {
            self.context.terminal.note("isnad snapshot --accept accepts the claims as they are found now");
        }
        Ok(match (skipped, changed) {
            (1.., _) => Outcome::SomeSkipped,
            (0, 1..) => Outcome::Changed,
            (0, 0) => Outcome::Done,
        })
    }
}
