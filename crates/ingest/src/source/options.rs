//! What the caller says of a source that the source does not say itself.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::pattern::Pattern;

/// How a source is to be read.
#[derive(Debug, Clone, Default)]
pub struct SourceOptions {
    /// What the paths of files tell, in a folder or a git repository: the first pattern that fits counts.
    pub patterns: Vec<Pattern>,
    /// Which column of a table holds a field, by the field's name: `captured` → `fetched_at`.
    pub columns: BTreeMap<String, String>,
    /// The time of day of captures of which only the day is known; without it they are skipped.
    pub clock: Option<NaiveTime>,
    /// Whether a file whose time nothing tells was captured when it was last written; without it, it is skipped.
    pub trusts_file_times: bool,
}
