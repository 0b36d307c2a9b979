//! Listings as CSV: UTF-8, a line of column names, quotation marks where they are needed.

use std::io::{self, Write};

/// What can stand in a line of a table.
pub(crate) trait Tabular {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];

    /// What stands in them; empty where there is nothing.
    fn cells(&self) -> Vec<String>;
}

/// The text of a cell that may be empty.
pub(crate) fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Prints the names of the columns and a line for each row.
pub(crate) fn write_csv<R: Tabular>(out: impl Write, rows: &[R]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(R::COLUMNS)?;
    for row in rows {
        table.write_record(row.cells())?;
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pair(&'static str, Option<u32>);

    impl Tabular for Pair {
        const COLUMNS: &'static [&'static str] = &["words", "number"];

        fn cells(&self) -> Vec<String> {
            vec![self.0.to_owned(), cell(self.1)]
        }
    }

    #[test]
    fn the_names_come_first_and_marks_and_breaks_are_kept() {
        let mut out = Vec::new();
        write_csv(&mut out, &[Pair("قال \"نعم\", ثم\nذهب", Some(7)), Pair("", None)]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "words,number\n\"قال \"\"نعم\"\", ثم\nذهب\",7\n,\n");
    }

    #[test]
    fn a_list_of_nothing_still_has_its_columns() {
        let mut out = Vec::new();
        write_csv::<Pair>(&mut out, &[]).unwrap();
        assert_eq!(out, b"words,number\n");
    }
}
