//! The bytes of a WARC file, expanded member by member where it is compressed, with the place of each member.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// How many bytes are asked for at once.
const BUFFER: usize = 1 << 17;

/// How members of gzip begin.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

type Raw = BufReader<Counted>;

/// Counts what is read of the file.
struct Counted {
    inner: Box<dyn Read + Send>,
    done: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done += read as u64;
        Ok(read)
    }
}

/// A reader of what a file holds. A member that is damaged is an error once; reading goes on with the next.
pub(super) struct Members {
    state: State,
    /// Where the member that is being read begins.
    member: u64,
}

enum State {
    /// Between two members.
    Between(Raw),
    Gzip(Box<GzDecoder<Raw>>),
    /// The file is not compressed.
    Plain(Raw),
    Ended,
}

impl Members {
    /// Reads from `inner`, of which the first byte is the one at `offset`.
    pub(super) fn new(inner: Box<dyn Read + Send>, offset: u64) -> Self {
        let raw = BufReader::with_capacity(BUFFER, Counted { inner, done: offset });
        Self { state: State::Between(raw), member: offset }
    }

    /// Where in the file the next bytes stand, of which `buffered` were read already; within a member, where that begins.
    pub(super) fn offset(&self, buffered: usize) -> u64 {
        match &self.state {
            State::Plain(raw) => position(raw).saturating_sub(buffered as u64),
            State::Between(raw) => position(raw),
            State::Gzip(_) | State::Ended => self.member,
        }
    }

    /// Where the member begins that was read last; `None` if the file has none.
    pub(super) fn member(&self) -> Option<u64> {
        matches!(self.state, State::Gzip(_)).then_some(self.member)
    }

    /// How much of the file is read.
    pub(super) fn position(&self) -> u64 {
        match &self.state {
            State::Plain(raw) | State::Between(raw) => position(raw),
            State::Gzip(decoder) => position(decoder.get_ref()),
            State::Ended => u64::MAX,
        }
    }
}

fn position(raw: &Raw) -> u64 {
    raw.get_ref().done.saturating_sub(raw.buffer().len() as u64)
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Plain(mut raw) => {
                    let read = raw.read(buffer);
                    self.state = State::Plain(raw);
                    return read;
                }
                State::Between(mut raw) => {
                    let start = raw.fill_buf()?;
                    self.state = match start {
                        [] => State::Ended,
                        [0x1F, 0x8B, ..] => {
                            self.member = position(&raw);
                            State::Gzip(Box::new(GzDecoder::new(raw)))
                        }
                        _ => State::Plain(raw),
                    };
                }
                State::Gzip(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(read) => {
                        self.state = State::Gzip(decoder);
                        return Ok(read);
                    }
                    Err(error) => {
                        let mut raw = decoder.into_inner();
                        pass_to_next(&mut raw)?;
                        self.state = State::Between(raw);
                        return Err(io::Error::new(io::ErrorKind::InvalidData, error));
                    }
                },
            }
        }
    }
}

/// Passes over what is left of a damaged member, to what looks like the beginning of another.
fn pass_to_next(raw: &mut Raw) -> io::Result<()> {
    loop {
        let available = raw.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        // A beginning that lies across two fillings of the buffer is missed; the member after that one is found.
        match available.windows(MAGIC.len()).position(|window| window == MAGIC) {
            Some(at) => {
                raw.consume(at);
                return Ok(());
            }
            None => {
                let all = available.len();
                raw.consume(all);
            }
        }
    }
}
