//! Tables as Parquet: a column of numbers or texts each, any of which may be empty.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Number,
    /// Texts in UTF-8.
    Text,
}

/// How many rows are written at once; so many are in memory.
const GROUP: usize = 10_000;

/// Writes one table, row by row.
pub struct TableWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    kinds: Vec<Kind>,
    rows: Vec<Vec<String>>,
}

impl<W: Write + Send> TableWriter<W> {
    /// A table with these columns.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn new(out: W, name: &str, columns: &[(&str, Kind)]) -> Result<Self, ParquetError> {
        let field = |(name, kind): &(&str, Kind)| {
            let builder = match kind {
                Kind::Number => Type::primitive_type_builder(name, Physical::INT64),
                Kind::Text => Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
                    .with_logical_type(Some(LogicalType::String)),
            };
            builder.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
        };
        let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        let compression = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(compression).build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { file, kinds: columns.iter().map(|(_, kind)| *kind).collect(), rows: Vec::new() })
    }

    /// Adds a row; an empty cell is no value. A cell that is missing at the end is empty.
    ///
    /// # Errors
    /// If rows cannot be written.
    pub fn push(&mut self, row: Vec<String>) -> Result<(), ParquetError> {
        self.rows.push(row);
        if self.rows.len() >= GROUP { self.write_group() } else { Ok(()) }
    }

    /// Writes what is left, and the end of the file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<(), ParquetError> {
        self.write_group()?;
        self.file.close().map(|_| ())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        for (at, kind) in self.kinds.iter().enumerate() {
            let cells = rows.iter().map(|row| row.get(at).map(String::as_str).filter(|cell| !cell.is_empty()));
            let Some(mut column) = group.next_column()? else { break };
            match kind {
                Kind::Number => {
                    let cells: Vec<Option<i64>> = cells.map(|cell| cell.and_then(|cell| cell.parse().ok())).collect();
                    let (values, levels) = present(cells);
                    column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Text => {
                    let (values, levels) = present(cells.map(|cell| cell.map(ByteArray::from)).collect());
                    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            column.close()?;
        }
        group.close().map(|_| ())
    }
}

/// The values that there are, and for each row whether it has one.
fn present<T>(cells: Vec<Option<T>>) -> (Vec<T>, Vec<i16>) {
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (cells.into_iter().flatten().collect(), levels)
}
