//! What begins in one paragraph and ends in the next.

use super::super::block::BlockLayers;
use super::super::draft::Draft;

/// Joins what the block before left open with the beginning of this block.
pub(super) fn into(_block: &BlockLayers<'_>, _drafts: &mut Vec<Draft>, _found: &mut Vec<Draft>) {}
