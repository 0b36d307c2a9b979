//! The HTTP response in the block of a record.

use std::io::{self, Read};

use httparse::{EMPTY_HEADER, Status};

use super::record::{Head, Records};
use crate::error::IngestError;
use crate::page::MAX_PAGE_BYTES;
use crate::source::broken;

/// The most bytes of a body, as it was sent and as it is when it is expanded. A page in UTF-16 has two for a letter.
const MAX_BODY: usize = 2 * MAX_PAGE_BYTES;

/// The most bytes of the status line and the headers.
const MAX_HEADERS: usize = 256 * 1024;

/// How many bytes of a block are looked at first.
const FIRST: usize = 16 * 1024;

/// The most headers of a response.
const MOST_HEADERS: usize = 256;

/// A response, with its body as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    is_chunked: bool,
    encodings: Vec<String>,
    sent: Vec<u8>,
}

impl Response {
    /// The response that the record at `head` holds; `None` if it holds none that could be an article, of which the body is
    /// then not read.
    pub(super) fn of(head: &Head, records: &mut Records) -> Result<Option<Self>, IngestError> {
        if !head.target().is_some_and(|url| url.starts_with("http")) {
            return Ok(None);
        }
        if head.is("revisit") {
            return Ok(Some(Self { status: 200, ..Self::default() }));
        }
        if head.is("resource") {
            let content_type = head.get("Content-Type").map(str::to_owned);
            let response = Self { status: 200, content_type, ..Self::default() };
            return response.with_body(head, Vec::new(), records);
        }
        if !head.is("response") {
            return Ok(None);
        }
        let mut block = records.read_block(FIRST).map_err(broken)?;
        let (mut response, end) = loop {
            match Self::parse(&block)? {
                Some(parsed) => break parsed,
                None if block.len() < MAX_HEADERS => {
                    let more = records.read_block(FIRST).map_err(broken)?;
                    if more.is_empty() {
                        return Err(broken("the HTTP headers have no end"));
                    }
                    block.extend(more);
                }
                None => return Err(broken("the HTTP headers are too long")),
            }
        };
        if response.status >= 300 {
            response.sent.clear();
            return Ok(Some(response));
        }
        block.drain(..end);
        response.with_body(head, block, records)
    }

    fn with_body(self, head: &Head, mut body: Vec<u8>, records: &mut Records) -> Result<Option<Self>, IngestError> {
        if !self.is_text() {
            return Ok(None);
        }
        if head.length > (MAX_BODY + MAX_HEADERS) as u64 {
            return Err(broken(format_args!("a page of {} bytes; up to {MAX_BODY} are read", head.length)));
        }
        body.extend(records.read_block(MAX_BODY + MAX_HEADERS).map_err(broken)?);
        Ok(Some(Self { sent: body, ..self }))
    }

    /// Reads status line and headers; `None` if they go on behind these bytes.
    fn parse(block: &[u8]) -> Result<Option<(Self, usize)>, IngestError> {
        let mut headers = [EMPTY_HEADER; MOST_HEADERS];
        let mut parsed = httparse::Response::new(&mut headers);
        let config = {
            let mut config = httparse::ParserConfig::default();
            config.ignore_invalid_headers_in_responses(true);
            config.allow_multiple_spaces_in_response_status_delimiters(true);
            config.allow_obsolete_multiline_headers_in_responses(true);
            config.allow_spaces_after_header_name_in_responses(true);
            config
        };
        // Web servers speak HTTP/2, and archives write it down as such; the headers are the same.
        let text: std::borrow::Cow<'_, [u8]> = match block.strip_prefix(b"HTTP/2 ") {
            Some(rest) => [b"HTTP/1.1 ", rest].concat().into(),
            None => block.into(),
        };
        let shift = text.len() - block.len();
        let end = match config.parse_response(&mut parsed, &text) {
            Ok(Status::Complete(end)) => end.saturating_sub(shift),
            Ok(Status::Partial) => return Ok(None),
            Err(error) => return Err(broken(format_args!("no HTTP response: {error}"))),
        };
        let find = |name: &str| {
            let header = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            header.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
        };
        let encodings = find("content-encoding").unwrap_or_default();
        let response = Self {
            status: parsed.code.unwrap_or_default(),
            content_type: find("content-type"),
            is_chunked: find("transfer-encoding").is_some_and(|encoding| encoding.contains("chunked")),
            encodings: encodings
                .split(',')
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect(),
            sent: Vec::new(),
        };
        Ok(Some((response, end)))
    }

    /// Whether it could be an article, by its type.
    pub(super) fn is_text(&self) -> bool {
        let Some(content_type) = &self.content_type else { return true };
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        matches!(&*essence, "text/html" | "application/xhtml+xml" | "text/plain" | "")
    }

    /// The body as it was before it was sent: chunks joined, compression undone, in bounds.
    pub(super) fn body(self) -> Result<Vec<u8>, IngestError> {
        let Self { is_chunked, encodings, sent, .. } = self;
        let mut body = match is_chunked {
            true => joined(&sent).unwrap_or(sent),
            false => sent,
        };
        // The last that was applied is the first to be undone.
        for encoding in encodings.iter().rev() {
            body = expanded(&body, encoding)?;
        }
        Ok(body)
    }
}

/// The chunks of a body joined; `None` if it is not in chunks, as with writers that have joined them already.
fn joined(sent: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(sent.len());
    let mut rest = sent;
    loop {
        let Ok(Status::Complete((start, size))) = httparse::parse_chunk_size(rest) else {
            // What is cut off is as much as there is; what is no chunk from the beginning is none.
            return (!body.is_empty()).then_some(body);
        };
        let size = usize::try_from(size).ok()?;
        let chunk = rest.get(start..)?;
        if size == 0 {
            return Some(body);
        }
        let Some((chunk, after)) = chunk.split_at_checked(size) else {
            body.extend_from_slice(chunk);
            return Some(body);
        };
        body.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").unwrap_or(after);
    }
}

/// A body with one compression undone. What is damaged in the middle is an error: half a page would read as a deletion.
fn expanded(body: &[u8], encoding: &str) -> Result<Vec<u8>, IngestError> {
    let decoder: Box<dyn Read + '_> = match encoding {
        "identity" => Box::new(body),
        // Some writers undo the compression and leave the header as it was.
        "gzip" | "x-gzip" if !body.starts_with(&[0x1F, 0x8B]) => Box::new(body),
        "gzip" | "x-gzip" => Box::new(flate2::read::MultiGzDecoder::new(body)),
        // By the standard it is zlib's format, but some servers send it bare.
        "deflate" if body.first().is_some_and(|first| first & 0x0F == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(body))
        }
        "deflate" => Box::new(flate2::read::DeflateDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, 1 << 16)),
        other => return Err(broken(format_args!("compressed with `{other}`, which is not read"))),
    };
    let mut expanded = Vec::new();
    let read: io::Result<usize> = decoder.take(MAX_BODY as u64 + 1).read_to_end(&mut expanded);
    read.map_err(|error| broken(format_args!("the page is damaged: {error}")))?;
    match expanded.len() > MAX_BODY {
        true => Err(broken(format_args!("a page that expands to more than {MAX_BODY} bytes"))),
        false => Ok(expanded),
    }
}
