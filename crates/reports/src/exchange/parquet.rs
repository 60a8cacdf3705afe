//! Incidents as Parquet with geometry after GeoParquet 1.1, for data frames and query engines.

use super::Out;
use super::columns::{COLUMNS, Cell, Column, Kind, Row, rows};
use super::shape::{Shape, shape};
use super::wkb;
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use jiff::civil::{Date, date};
use model::days_between;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io;
use std::sync::Arc;

/// Rows of a group: what a reader must hold at once.
const GROUP_ROWS: usize = 50_000;

pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    file(lookup, crosswalk, out).map_err(io::Error::other)
}

fn file(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> Result<()> {
    let mut fields = Vec::new();
    for column in &COLUMNS {
        fields.push(Arc::new(field(column.name, column.kind)?));
    }
    let geometry = Type::primitive_type_builder("geometry", Physical::BYTE_ARRAY);
    fields.push(Arc::new(geometry.with_repetition(Repetition::OPTIONAL).build()?));
    let schema = Type::group_type_builder("incidents")
        .with_fields(fields)
        .build()?;
    let geo = r#"{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["Point","Polygon"],"orientation":"counterclockwise"}}}"#;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![
            KeyValue::new("geo".to_owned(), geo.to_owned()),
            KeyValue::new("about".to_owned(), super::about(lookup).join("\n")),
        ]))
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let rows: Vec<Row<'_>> = rows(lookup, crosswalk).collect();
    for group in rows.chunks(GROUP_ROWS) {
        let mut out = writer.next_row_group()?;
        let mut columns = COLUMNS.iter();
        while let Some(mut values) = out.next_column()? {
            match columns.next() {
                Some(column) => put(values.untyped(), column, group)?,
                None => put_geometry(values.untyped(), group)?,
            }
            values.close()?;
        }
        out.close()?;
    }
    writer.close()?;
    Ok(())
}

fn field(name: &str, kind: Kind) -> Result<Type> {
    let (physical, logical, converted) = match kind {
        Kind::Words => (
            Physical::BYTE_ARRAY,
            Some(LogicalType::String),
            ConvertedType::UTF8,
        ),
        Kind::Whole => (Physical::INT64, None, ConvertedType::NONE),
        Kind::Real => (Physical::DOUBLE, None, ConvertedType::NONE),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date), ConvertedType::DATE),
        Kind::Truth => (Physical::BOOLEAN, None, ConvertedType::NONE),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .with_converted_type(converted)
        .build()
}

/// One column of a group: which rows have a value, and the values.
fn put(writer: &mut ColumnWriter<'_>, column: &Column, rows: &[Row<'_>]) -> Result<()> {
    let cells: Vec<Cell> = rows.iter().map(|row| (column.cell)(row)).collect();
    let told: Vec<i16> = cells.iter().map(|cell| i16::from(*cell != Cell::Empty)).collect();
    let cells = cells.iter().filter(|cell| **cell != Cell::Empty);
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let values: Vec<ByteArray> = cells.map(|cell| cell.plain().into_bytes().into()).collect();
            writer.write_batch(&values, Some(&told), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let whole = |cell: &Cell| match cell {
                Cell::Whole(number) => i64::try_from(*number).unwrap_or(i64::MAX),
                _ => 0,
            };
            writer.write_batch(&cells.map(whole).collect::<Vec<_>>(), Some(&told), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let real = |cell: &Cell| {
                if let Cell::Real(number) = cell {
                    *number
                } else {
                    0.0
                }
            };
            writer.write_batch(&cells.map(real).collect::<Vec<_>>(), Some(&told), None)?;
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let day = |cell: &Cell| {
                if let Cell::Day(day) = cell {
                    since_epoch(*day)
                } else {
                    0
                }
            };
            writer.write_batch(&cells.map(day).collect::<Vec<_>>(), Some(&told), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let truth = |cell: &Cell| *cell == Cell::Truth(true);
            writer.write_batch(&cells.map(truth).collect::<Vec<_>>(), Some(&told), None)?;
        }
        _ => {}
    }
    Ok(())
}

fn put_geometry(writer: &mut ColumnWriter<'_>, rows: &[Row<'_>]) -> Result<()> {
    let shapes: Vec<Option<Shape>> = rows.iter().map(|row| shape(row.incident)).collect();
    let told: Vec<i16> = shapes.iter().map(|shape| i16::from(shape.is_some())).collect();
    let values: Vec<ByteArray> = shapes
        .iter()
        .flatten()
        .map(|shape| match shape {
            Shape::Point(at) => wkb::point(*at).into(),
            Shape::Area(ring) => wkb::polygon(ring).into(),
        })
        .collect();
    if let ColumnWriter::ByteArrayColumnWriter(writer) = writer {
        writer.write_batch(&values, Some(&told), None)?;
    }
    Ok(())
}

/// Days since 1 January 1970, as the format counts them.
fn since_epoch(day: Date) -> i32 {
    i32::try_from(days_between(date(1970, 1, 1), day)).unwrap_or_default()
}
