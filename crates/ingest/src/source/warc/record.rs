//! Records of a WARC file: the head of each, and its block as far as somebody wants it.

use std::io::{self, BufRead, BufReader, Read};

use super::members::Members;

/// The most bytes of a record's head, and of a line that is passed over at once.
const MAX_HEAD: usize = 64 * 1024;

/// How many bytes are held of what was expanded.
const BUFFER: usize = 1 << 16;

/// The head of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Where the record begins.
    pub(super) offset: u64,
    /// How many bytes its block has.
    pub(super) length: u64,
    fields: Vec<(String, String)>,
}

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    Head(Head),
    /// Bytes that are no record; what follows may be one again.
    Broken {
        offset: u64,
        reason: String,
    },
}

/// Reads records one after the other.
pub(super) struct Records {
    reader: BufReader<Members>,
    /// How much of the block of the last record was not read yet.
    left: u64,
    /// A line that was found to begin a record while broken bytes were passed over.
    pending: Option<Vec<u8>>,
}

impl Head {
    /// The value of a field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether it is of that type.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.get("WARC-Type").is_some_and(|found| found.eq_ignore_ascii_case(kind))
    }

    /// The address that was asked. Some writers put it into angle brackets.
    pub(super) fn target(&self) -> Option<&str> {
        self.get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']))
    }
}

impl Records {
    pub(super) fn new(members: Members) -> Self {
        Self { reader: BufReader::with_capacity(BUFFER, members), left: 0, pending: None }
    }

    /// How much of the file is read.
    pub(super) fn position(&self) -> u64 {
        self.reader.get_ref().position()
    }

    fn offset(&self) -> u64 {
        self.reader.get_ref().offset(self.reader.buffer().len())
    }

    fn is_plain(&self) -> bool {
        self.reader.get_ref().member().is_none()
    }

    /// The next record; what is left of the block of the one before is passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<Item>> {
        if let Some(broken) = self.pass_over()? {
            return Ok(Some(broken));
        }
        let mut line = Vec::new();
        let offset = loop {
            if let Some(pending) = self.pending.take() {
                line = pending;
                break self.offset().saturating_sub(if self.is_plain() { line.len() as u64 } else { 0 });
            }
            line.clear();
            let before = self.offset();
            match self.line(&mut line) {
                Ok(0) => return Ok(None),
                Ok(_) if line.trim_ascii().is_empty() => {}
                // That a new member has begun is known only when something of it was read.
                Ok(_) => break self.reader.get_ref().member().unwrap_or(before),
                Err(error) => return self.broken(before, &error).map(Some),
            }
        };
        if !line.starts_with(b"WARC/") {
            self.resync()?;
            let reason = "no WARC record begins here".to_owned();
            return Ok(Some(Item::Broken { offset, reason }));
        }
        match self.fields() {
            Ok(fields) => {
                let mut head = Head { offset, length: 0, fields };
                match head.get("Content-Length").and_then(|length| length.parse().ok()) {
                    Some(length) => {
                        head.length = length;
                        self.left = length;
                        Ok(Some(Item::Head(head)))
                    }
                    None => {
                        self.resync()?;
                        Ok(Some(Item::Broken { offset, reason: "the record does not tell its length".to_owned() }))
                    }
                }
            }
            Err(error) => self.broken(offset, &error).map(Some),
        }
    }

    /// Reads up to `most` bytes of the block, from where the last reading ended.
    pub(super) fn read_block(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let wanted = self.left.min(most as u64);
        let mut bytes = Vec::with_capacity(usize::try_from(wanted).unwrap_or_default().min(1 << 20));
        self.reader.by_ref().take(wanted).read_to_end(&mut bytes)?;
        self.left -= bytes.len() as u64;
        match bytes.len() as u64 == wanted {
            true => Ok(bytes),
            false => {
                self.left = 0;
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the record is cut off"))
            }
        }
    }

    /// Passes over the rest of the block; what is wrong if it is cut off.
    fn pass_over(&mut self) -> io::Result<Option<Item>> {
        while self.left > 0 {
            let offset = self.offset();
            let available = match self.reader.fill_buf() {
                Ok([]) => {
                    self.left = 0;
                    return Ok(Some(Item::Broken { offset, reason: "the last record is cut off".to_owned() }));
                }
                Ok(available) => available.len(),
                Err(error) => return self.broken(offset, &error).map(Some),
            };
            let passed = usize::try_from(self.left).unwrap_or(usize::MAX).min(available);
            self.reader.consume(passed);
            self.left -= passed as u64;
        }
        Ok(None)
    }

    /// What is broken; an error that is not of the data ends everything.
    fn broken(&mut self, offset: u64, error: &io::Error) -> io::Result<Item> {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        self.left = 0;
        match error.kind() {
            InvalidData | InvalidInput | UnexpectedEof => {
                self.resync()?;
                Ok(Item::Broken { offset, reason: format!("the record is damaged: {error}") })
            }
            kind => Err(io::Error::new(kind, error.to_string())),
        }
    }

    /// Passes over lines until one begins a record.
    fn resync(&mut self) -> io::Result<()> {
        self.left = 0;
        let mut line = Vec::new();
        loop {
            line.clear();
            match self.line(&mut line) {
                Ok(0) => return Ok(()),
                Ok(_) if line.starts_with(b"WARC/") => {
                    self.pending = Some(line);
                    return Ok(());
                }
                Ok(_) => {}
                // Damage upon damage: what comes after it may be sound.
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads a line, or the first bytes of one without an end.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        self.reader.by_ref().take(MAX_HEAD as u64).read_until(b'\n', line)
    }

    fn fields(&mut self) -> io::Result<Vec<(String, String)>> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let (mut line, mut all) = (Vec::new(), 0);
        loop {
            line.clear();
            all += self.line(&mut line)?;
            if all > MAX_HEAD {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "its head is too long"));
            }
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                return Ok(fields);
            }
            match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (_, _, Some((name, value))) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
                _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "a line of its head has no colon")),
            }
        }
    }
}
