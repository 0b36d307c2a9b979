//! The grammar of languages that put the verb before the subject: Arabic.

use super::block::BlockLayers;
use super::draft::Draft;

/// Drafts the claims of one block.
pub(super) fn find(_block: &BlockLayers<'_>, _drafts: &mut Vec<Draft>) {}
