//! How much a change matters, by a table in data.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::change::{Facet, Severity, Status};

/// Severity by facet and by status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityTable {
    facets: BTreeMap<Facet, Severity>,
    status: BTreeMap<Status, Severity>,
}

impl SeverityTable {
    /// Reads a table: `[facets]` and `[status]`, each name with `high`, `medium` or `low`.
    ///
    /// # Errors
    /// If the text is not TOML or names a facet, status or severity that does not exist; the message tells line and column.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The table that ships with the crate.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static TABLE: OnceLock<SeverityTable> = OnceLock::new();
        // A test reads the shipped table, so that the default never leaves the house.
        TABLE.get_or_init(|| Self::from_toml(include_str!("../data/severity.toml")).unwrap_or_default())
    }

    /// The severity of a change: the highest of its facets', or its status's.
    #[must_use]
    pub fn of(&self, status: Status, facets: &[Facet]) -> Severity {
        let by_status = self.status.get(&status).copied();
        let by_facets = facets.iter().filter_map(|facet| self.facets.get(facet).copied()).max();
        by_status.max(by_facets).unwrap_or(Severity::Low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_names_every_facet() {
        let table = SeverityTable::from_toml(include_str!("../data/severity.toml")).unwrap();
        assert_eq!(table.facets.len(), 17);
        assert_eq!(table.of(Status::Changed, &[Facet::Wording, Facet::Quantity]), Severity::High);
        assert_eq!(table.of(Status::Moved, &[Facet::Position]), Severity::Low);
    }

    #[test]
    fn an_unknown_facet_is_refused() {
        assert!(SeverityTable::from_toml("[facets]\nmood = \"high\"\n[status]\n").is_err());
    }
}
