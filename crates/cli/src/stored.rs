//! Reading the history for the commands that show it: opening it, and the pages that claims and events refer to.

use std::collections::HashMap;
use std::io::Write;

use isnad_core::Article;
use isnad_store::{Event, EventStatus, History, LogEntry, OpenOptions, StoreError, VersionId};

use crate::command_error::CommandError;
use crate::commands::Context;
use crate::output::change::Sides;
use crate::output::claim::Page;
use crate::output::event::write_event;
use crate::terminal::Layout;

/// Opens the history to read it.
pub(crate) fn open(context: &Context) -> Result<History, CommandError> {
    Ok(History::open(&context.db, OpenOptions::read())?)
}

/// The articles of versions, each read once.
#[derive(Debug)]
pub(crate) struct Shelf<'h> {
    history: &'h History,
    articles: HashMap<VersionId, Article>,
}

/// The versions on the two sides of an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EventVersions {
    pub(crate) old: VersionId,
    pub(crate) new: VersionId,
}

impl<'h> Shelf<'h> {
    /// An empty shelf.
    pub(crate) fn new(history: &'h History) -> Self {
        Self { history, articles: HashMap::new() }
    }

    /// Reads `versions`, unless they are there already.
    pub(crate) fn fetch(&mut self, versions: impl IntoIterator<Item = VersionId>) -> Result<(), StoreError> {
        for version in versions {
            if !self.articles.contains_key(&version) {
                self.articles.insert(version, self.history.version(version)?.article);
            }
        }
        Ok(())
    }

    /// The article of a version that was fetched.
    pub(crate) fn get(&self, version: VersionId) -> Option<&Article> {
        self.articles.get(&version)
    }
}

/// The versions that `event` lies between, of which `log` is that of its article.
///
/// A claim that came back is compared with the form in which it had gone, wherever that stands.
pub(crate) fn versions_of(
    history: &History,
    log: &[LogEntry],
    event: &Event,
) -> Result<Option<EventVersions>, StoreError> {
    let before = log.iter().find(|entry| entry.state.last.capture == event.not_before.capture);
    let after = log.iter().find(|entry| entry.state.first.capture == event.not_after.capture);
    let (Some(before), Some(after)) = (before, after) else { return Ok(None) };
    let mut versions = EventVersions { old: before.state.version, new: after.state.version };
    if event.status == EventStatus::Reintroduced {
        let thread = history.thread(event.thread)?;
        let gone = thread.forms.iter().find(|form| Some(form.claim.id) == event.old);
        versions.old = gone.map_or(versions.old, |form| form.claim.version);
    }
    Ok(Some(versions))
}

/// Prints `events` of the article with this `log`, numbered, each compared on the versions it lies between.
pub(crate) fn write_events(
    out: &mut impl Write,
    layout: &Layout,
    history: &History,
    log: &[LogEntry],
    events: &[Event],
) -> Result<(), CommandError> {
    let mut shelf = Shelf::new(history);
    for (index, event) in events.iter().enumerate() {
        let Some(versions) = versions_of(history, log, event)? else { continue };
        shelf.fetch([versions.old, versions.new])?;
        let (Some(old), Some(new)) = (shelf.get(versions.old), shelf.get(versions.new)) else { continue };
        let sides = Sides { old: Page::new(old), new: Page::new(new) };
        out.write_all(b"\n")?;
        write_event(out, layout, &sides, &(index + 1).to_string(), event)?;
    }
    if !events.is_empty() {
        out.write_all(b"\n")?;
    }
    Ok(())
}
