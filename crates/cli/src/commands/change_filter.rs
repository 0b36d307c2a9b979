//! Which changes are shown or told.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use isnad_diff::{Facet, Severity};

use super::names::names_of;
use crate::output::words::{self, named};

/// Which changes are shown.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Show only changes in these facets, however much they matter; claims that came or went have none
    #[arg(long, value_name = "FACET", value_delimiter = ',', value_parser = PossibleValuesParser::new(names_of::<Facet>()))]
    only: Vec<String>,
    /// Show only changes that matter this much: low (also place and spelling), medium or high; medium,
    /// unless facets are asked for
    #[arg(long, value_name = "SEVERITY", hide_possible_values = true)]
    min_severity: Option<Threshold>,
}

/// The least severity to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Low,
    Medium,
    High,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Low => Self::Low,
            Threshold::Medium => Self::Medium,
            Threshold::High => Self::High,
        }
    }
}

/// A choice of changes.
#[derive(Debug)]
pub(crate) struct Filter {
    pub(crate) least: Severity,
    /// Empty for all.
    pub(crate) facets: Vec<Facet>,
}

impl FilterArgs {
    /// The choice.
    pub(crate) fn filter(&self) -> Filter {
        let by_default = if self.only.is_empty() { Severity::Medium } else { Severity::Low };
        let least = self.min_severity.map_or(by_default, Into::into);
        Filter { least, facets: self.only.iter().filter_map(|facet| named(facet)).collect() }
    }
}

impl Filter {
    /// Whether a change of this severity in these facets is among them. One without facets (a claim that is new or gone) is,
    /// unless facets were asked for.
    pub(crate) fn shows(&self, severity: Severity, facets: &[Facet]) -> bool {
        let in_facets = self.facets.is_empty() || facets.iter().any(|facet| self.facets.contains(facet));
        severity >= self.least && in_facets
    }
    /// What is said of changes that are not shown, and how to see them.
    pub(crate) fn tell_hidden(&self, hidden: usize) -> Option<String> {
        let told = words::count(hidden, "other change not shown", "other changes not shown");
        let way = match (self.facets.is_empty(), hidden) {
            (true, 1) => " (--all shows it)",
            (true, _) => " (--all shows them)",
            (false, _) => " (--only leaves out what was not asked for)",
        };
        (hidden > 0).then(|| told + way)
    }
}
