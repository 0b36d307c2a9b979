//! How much a change matters, by a table in data.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::change::{Facet, Severity, Status};

/// Severity by facet and by status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SeverityTable {
    facets: BTreeMap<Facet, Severity>,
    status: BTreeMap<Status, Severity>,
}

impl SeverityTable {
    /// Reads a table: `[facets]` and `[status]`, each name with `high`, `medium` or `low`. A name that is left out keeps
    /// its severity in the built-in table.
    ///
    /// # Errors
    /// If the text is not TOML or names a facet, status or severity that does not exist; the message tells line and column.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        let own: Self = toml::from_str(text)?;
        let mut table = Self::builtin().clone();
        table.facets.extend(own.facets);
        table.status.extend(own.status);
        Ok(table)
    }

    /// The table that ships with the crate.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static TABLE: OnceLock<SeverityTable> = OnceLock::new();
        // A test reads the shipped table, so that the default never leaves the house.
        TABLE.get_or_init(|| toml::from_str(SHIPPED).unwrap_or_default())
    }

    /// The severity of a change: the highest of its facets', or its status's.
    #[must_use]
    pub fn of(&self, status: Status, facets: &[Facet]) -> Severity {
        let by_status = self.status.get(&status).copied();
        let by_facets = facets.iter().filter_map(|facet| self.facets.get(facet).copied()).max();
        by_status.max(by_facets).unwrap_or(Severity::Low)
    }
}

const SHIPPED: &str = include_str!("../data/severity.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_names_every_facet() {
        let table: SeverityTable = toml::from_str(SHIPPED).unwrap();
        assert_eq!(table.facets.len(), 17);
        assert_eq!(table.of(Status::Changed, &[Facet::Wording, Facet::Quantity]), Severity::High);
        assert_eq!(table.of(Status::Moved, &[Facet::Position]), Severity::Low);
    }

    #[test]
    fn a_table_of_ones_own_changes_what_it_names_and_no_more() {
        let own = SeverityTable::from_toml("[facets]\nwording = \"high\"\n").unwrap();
        assert_eq!(own.of(Status::Changed, &[Facet::Wording]), Severity::High);
        assert_eq!(own.of(Status::Changed, &[Facet::Hedge]), Severity::Medium);
        assert_eq!(own.of(Status::Removed, &[]), Severity::High);
    }

    #[test]
    fn an_unknown_facet_is_refused() {
        assert!(SeverityTable::from_toml("[facets]\nmood = \"high\"\n[status]\n").is_err());
    }
}
