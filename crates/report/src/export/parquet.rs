//! Tables as Parquet: a column of numbers, texts, times or truths each, any of which may be empty.

use std::io::Write;
use std::sync::Arc;

use chrono::DateTime;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Number,
    /// Numbers between 0 and 1.
    Share,
    /// `true` or `false`.
    Truth,
    /// Times in milliseconds, UTC, given as RFC 3339.
    Time,
    /// Texts in UTF-8.
    Text,
}

/// How many rows are written at once; so many are in memory.
const GROUP: usize = 10_000;

/// Writes one table, row by row.
pub struct TableWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<(String, Kind)>,
    rows: Vec<Vec<String>>,
}

impl<W: Write + Send> TableWriter<W> {
    /// A table with these columns.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn new(out: W, name: &str, columns: &[(&str, Kind)]) -> Result<Self, ParquetError> {
        let fields = columns.iter().map(|(name, kind)| kind.field(name).map(Arc::new)).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        let compression = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(compression).build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        Ok(Self { file, columns, rows: Vec::new() })
    }

    /// Adds a row; an empty cell is no value. A cell that is missing at the end is empty.
    ///
    /// # Errors
    /// If a cell does not hold what its column does, or rows cannot be written.
    pub fn push(&mut self, row: Vec<String>) -> Result<(), ParquetError> {
        self.rows.push(row);
        if self.rows.len() >= GROUP { self.write_group() } else { Ok(()) }
    }

    /// Writes what is left, and the end of the file.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub fn finish(mut self) -> Result<(), ParquetError> {
        self.write_group()?;
        self.file.close().map(|_| ())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        for (at, (name, kind)) in self.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            let cells = rows.iter().map(|row| row.get(at).map(String::as_str).filter(|cell| !cell.is_empty()));
            let column = Column { name, cells: cells.collect() };
            match kind {
                Kind::Number => column.write::<Int64Type>(&mut writer, |cell| cell.parse().ok()),
                Kind::Share => column.write::<DoubleType>(&mut writer, |cell| cell.parse().ok()),
                Kind::Truth => column.write::<BoolType>(&mut writer, |cell| cell.parse().ok()),
                Kind::Time => column.write::<Int64Type>(&mut writer, milliseconds),
                Kind::Text => column.write::<ByteArrayType>(&mut writer, |cell| Some(ByteArray::from(cell))),
            }?;
            writer.close()?;
        }
        group.close().map(|_| ())
    }
}

impl Kind {
    /// A column that may be empty.
    fn field(self, name: &str) -> Result<Type, ParquetError> {
        let (physical, logical) = match self {
            Self::Number => (Physical::INT64, None),
            Self::Share => (Physical::DOUBLE, None),
            Self::Truth => (Physical::BOOLEAN, None),
            Self::Time => {
                let unit = TimeUnit::MILLIS;
                (Physical::INT64, Some(LogicalType::timestamp(true, unit)))
            }
            Self::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let builder = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        builder.with_repetition(Repetition::OPTIONAL).build()
    }
}

/// One column of a group of rows.
struct Column<'c> {
    name: &'c str,
    cells: Vec<Option<&'c str>>,
}

impl Column<'_> {
    /// Writes the cells as `read` reads them. A cell that it cannot read is told: it must not become an empty one.
    fn write<T: DataType>(
        &self,
        writer: &mut SerializedColumnWriter<'_>,
        read: impl Fn(&str) -> Option<T::T>,
    ) -> Result<(), ParquetError> {
        let mut values = Vec::with_capacity(self.cells.len());
        for cell in self.cells.iter().flatten() {
            let unfit = || ParquetError::General(format!("`{cell}` does not fit the column `{}`", self.name));
            values.push(read(cell).ok_or_else(unfit)?);
        }
        let levels: Vec<i16> = self.cells.iter().map(|cell| i16::from(cell.is_some())).collect();
        writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
        Ok(())
    }
}

fn milliseconds(time: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(time).ok().map(|time| time.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(kind: Kind, cell: &str) -> Result<Vec<u8>, ParquetError> {
        let mut file = Vec::new();
        let mut table = TableWriter::new(&mut file, "table", &[("column", kind)])?;
        table.push(vec![cell.to_owned()])?;
        table.finish()?;
        Ok(file)
    }

    #[test]
    fn a_cell_that_does_not_fit_its_column_is_told_and_not_made_empty() {
        for (kind, cell) in
            [(Kind::Number, "many"), (Kind::Share, "half"), (Kind::Truth, "perhaps"), (Kind::Time, "2026-03-04")]
        {
            let error = write(kind, cell).unwrap_err().to_string();
            assert!(error.contains(cell) && error.contains("column"), "{error}");
        }
    }

    #[test]
    fn a_cell_that_fits_is_written_and_an_empty_one_fits_every_column() {
        for (kind, cell) in [
            (Kind::Number, "-7"),
            (Kind::Share, "0.93"),
            (Kind::Truth, "false"),
            (Kind::Time, "2026-03-04T09:00:00Z"),
            (Kind::Text, "قال"),
        ] {
            assert!(write(kind, cell).unwrap().starts_with(b"PAR1"));
            assert!(write(kind, "").unwrap().starts_with(b"PAR1"));
        }
    }
}
