//! The paragraphs and headings of a version as they are kept: short, for most texts have many.

use isnad_core::{Block, BlockRole, Span};
use serde::{Deserialize, Serialize};

use crate::encode::{from_json, json};
use crate::error::Fault;
use crate::ids::VersionId;

/// A block: its start, its end, and its role where it is not the body. What most blocks are is tried first: each that is
/// not what is tried makes an error, whose text takes time.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Row {
    Body(usize, usize),
    Other(usize, usize, BlockRole),
}

/// The blocks as the column `version.blocks` has them.
pub(crate) fn written(blocks: &[Block]) -> Result<String, Fault> {
    let row = |block: &Block| match block.role {
        BlockRole::Body => Row::Body(block.span.start, block.span.end),
        role => Row::Other(block.span.start, block.span.end, role),
    };
    json(&blocks.iter().map(row).collect::<Vec<Row>>())
}

/// The blocks that [`written`] wrote of a version.
pub(crate) fn read(column: &str, version: VersionId) -> Result<Vec<Block>, Fault> {
    let rows: Vec<Row> = from_json(column, &format!("the blocks of version row {version}"))?;
    let block = |row| match row {
        Row::Body(start, end) => Block { span: Span::new(start, end), role: BlockRole::Body },
        Row::Other(start, end, role) => Block { span: Span::new(start, end), role },
    };
    Ok(rows.into_iter().map(block).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_the_body_is_kept_with_its_role() {
        let block = |start, end, role| Block { span: Span::new(start, end), role };
        let blocks = [block(0, 5, BlockRole::Headline), block(6, 20, BlockRole::Body)];
        let column = written(&blocks).unwrap();
        assert_eq!(column, r#"[[0,5,"headline"],[6,20]]"#);
        assert_eq!(read(&column, VersionId(1)).unwrap(), blocks);
    }
}
