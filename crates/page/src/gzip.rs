//! Gzip: packed captures, unpacked as a stream and within bounds.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use crate::window::{Break, Damage, Window};

/// How many times a capture may be packed.
pub(crate) const MAX_NESTING: usize = 2;

/// Packed text shrinks 3 to 20 times, template-heavy HTML up to 100 times. What shrinks more than
/// this is a bomb; the first [`FREE`] bytes of a member and of a file are not judged. There is no
/// bound on what an honest file unpacks to: a crawl has many GiB, and is never held whole.
const MAX_RATIO: u64 = 250;
const FREE: u64 = 16 << 20;

/// How many members of a file may be cut off as bombs before the whole file is one. Each costs as
/// much as [`FREE`] bytes do; a crawl that met one, met few.
const MAX_BOMBS: u32 = 50;

/// How many bytes must unpack before a place is taken for the beginning of a member.
const TRIAL: usize = 128;

/// Whether `bytes` begin as gzip does.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// What gzip bytes unpack to, member after member.
///
/// Reading stops with a [`Damage`] where the packed bytes are damaged or swell beyond use; after
/// that, [`Gunzip::resume`] may find a later member. Time is linear in what comes in and out.
pub(crate) struct Gunzip<R: Read> {
    state: State<R>,
    /// Where the member begins that is being unpacked, in the packed bytes.
    member: u64,
    /// What it has unpacked to.
    n_member: u64,
    /// What everything has unpacked to.
    n_out: u64,
    /// As much of that as came from members that were cut off, and how many they were.
    n_cut: u64,
    n_bombs: u32,
    /// Packed bytes that were looked at again after damage.
    n_again: u64,
    /// Where members begin: unpacked, packed. In order; old ones are forgotten.
    members: VecDeque<(u64, u64)>,
}

enum State<R: Read> {
    Between(Window<R>),
    Inside(Box<GzDecoder<Window<R>>>),
    Damaged(Window<R>),
    /// Never seen from outside.
    Moving,
}

impl<R: Read> Gunzip<R> {
    pub(crate) fn new(packed: Window<R>) -> Self {
        Gunzip {
            state: State::Between(packed),
            member: 0,
            n_member: 0,
            n_out: 0,
            n_cut: 0,
            n_bombs: 0,
            n_again: 0,
            members: VecDeque::new(),
        }
    }

    /// Where the member begins that unpacks to byte `at`, in the packed bytes. Forgets the members
    /// before it.
    pub(crate) fn member_of(&mut self, at: u64) -> u64 {
        while self.members.get(1).is_some_and(|&(unpacked, _)| unpacked <= at) {
            self.members.pop_front();
        }
        self.members.front().map_or(0, |&(_, packed)| packed)
    }

    /// Where the first member begins that unpacks to something from byte `at` on, of those that
    /// were read so far, in unpacked bytes.
    pub(crate) fn member_from(&self, at: u64) -> Option<u64> {
        let ix = self.members.partition_point(|&(unpacked, _)| unpacked < at);
        self.members.get(ix).map(|&(unpacked, _)| unpacked)
    }

    /// After damage: looks for the next member that can be unpacked and goes on there. Returns
    /// where it begins in the packed bytes; nothing if there is none.
    pub(crate) fn resume(&mut self) -> Option<u64> {
        let State::Damaged(packed) = &mut self.state else { return None };
        // A flip in one member often shows only inside the next. Looking again is paid for by
        // bytes already read, so that no file costs more than twice its length.
        let end = packed.at();
        let again = end.saturating_sub(self.member + 1);
        if self.n_again + again <= end + Window::<R>::KEEP as u64 {
            self.n_again += again;
            packed.rewind(self.member + 1);
        }
        loop {
            let bytes = packed.ahead(CHUNK);
            let n = bytes.len();
            let found = memchr::memmem::find(bytes, &[0x1f, 0x8b, 8]);
            packed.pass(found.unwrap_or(n.saturating_sub(2).max(1)));
            if found.is_some() && begins_member(packed.ahead(CHUNK)) {
                break;
            }
            if found.is_some() {
                packed.pass(1);
            } else if packed.is_over() && n < 3 {
                return None;
            }
        }
        let at = packed.at();
        if let State::Damaged(packed) = std::mem::replace(&mut self.state, State::Moving) {
            self.state = State::Between(packed);
        }
        Some(at)
    }

    /// How many packed bytes there are after the first `at`. Reads to the end.
    pub(crate) fn n_after(&mut self, at: u64) -> u64 {
        match &mut self.state {
            State::Between(packed) | State::Damaged(packed) => {
                packed.skip(u64::MAX);
                packed.at().saturating_sub(at)
            }
            _ => 0,
        }
    }

    fn damage(&mut self, packed: Window<R>, is_short: bool, why: String) -> io::Error {
        if let Some(fault) = packed.fault()
            && packed.is_over()
            && is_short
        {
            let error = fault.clone().into();
            self.state = State::Damaged(packed);
            return error;
        }
        let (member, at) = (self.member, packed.at());
        self.state = State::Damaged(packed);
        Break::Damage(Damage { member, at, is_short, why }).into()
    }

    /// Begins the next member, if there is one.
    fn begin(&mut self, mut packed: Window<R>) -> io::Result<()> {
        // Tapes pad with zeros.
        while packed.ahead(1).first() == Some(&0) {
            let n = packed.ahead(1).iter().take_while(|&&byte| byte == 0).count();
            packed.pass(n);
        }
        self.member = packed.at();
        let head = packed.ahead(3);
        if head.is_empty() {
            let fault = packed.fault().cloned();
            self.state = State::Between(packed);
            return fault.map_or(Ok(()), |fault| Err(fault.into()));
        }
        if !is_gzip(head) {
            let why = "is no gzip after the last member: these bytes were left out";
            let is_short = b"\x1f\x8b\x08".starts_with(head);
            return Err(self.damage(packed, is_short, why.to_owned()));
        }
        packed.set_mark();
        self.n_member = 0;
        if self.members.back().is_some_and(|&(unpacked, _)| unpacked == self.n_out) {
            self.members.pop_back();
        }
        self.members.push_back((self.n_out, self.member));
        self.state = State::Inside(Box::new(GzDecoder::new(packed)));
        Ok(())
    }

    /// Counts what came out; says whether it is too much.
    fn is_bomb(&mut self, n: usize, packed: u64) -> bool {
        self.n_member += n as u64;
        self.n_out += n as u64;
        let is_over = |out: u64, packed: u64| out > FREE && out / MAX_RATIO > packed.max(1);
        let is_bomb = is_over(self.n_member, packed - self.member);
        if is_bomb && self.n_bombs < MAX_BOMBS {
            self.n_bombs += 1;
            self.n_cut += self.n_member;
        }
        is_bomb || is_over(self.n_out - self.n_cut, packed)
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Moving) {
                State::Between(packed) => {
                    self.begin(packed)?;
                    if matches!(self.state, State::Between(_)) {
                        return Ok(0);
                    }
                }
                State::Inside(mut member) => match member.read(out) {
                    Ok(0) => self.state = State::Between(member.into_inner()),
                    Ok(n) => {
                        let at = member.get_ref().at();
                        if self.is_bomb(n, at) {
                            let why = format!(
                                "unpacks to more than {MAX_RATIO} times its size: the rest was \
                                 left out"
                            );
                            return Err(self.damage(member.into_inner(), false, why));
                        }
                        self.state = State::Inside(member);
                        return Ok(n);
                    }
                    Err(error) if error.kind() == ErrorKind::Interrupted => {
                        self.state = State::Inside(member);
                        return Err(error);
                    }
                    Err(error) => {
                        let is_short = error.kind() == ErrorKind::UnexpectedEof
                            || member.get_ref().fault().is_some();
                        let why = format!("is damaged gzip ({error}): what came before was read");
                        return Err(self.damage(member.into_inner(), is_short, why));
                    }
                },
                State::Damaged(packed) => {
                    self.state = State::Damaged(packed);
                    return Ok(0);
                }
                State::Moving => return Ok(0),
            }
        }
    }
}

const CHUNK: usize = 16 << 10;

/// Whether a member begins here: enough of it unpacks, or all of it, or it is a record of a WARC.
fn begins_member(bytes: &[u8]) -> bool {
    if bytes.get(3).is_none_or(|flags| flags & 0xe0 != 0) {
        return false;
    }
    let (mut decoder, mut out, mut n) = (GzDecoder::new(bytes), [0; TRIAL], 0);
    loop {
        match decoder.read(&mut out[n..]) {
            Ok(0) => return true,
            Ok(more) => n += more,
            Err(error) => return error.kind() == ErrorKind::UnexpectedEof && n > 0,
        }
        if n == TRIAL {
            return true;
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use super::*;

    pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8]) -> (Vec<u8>, Option<Break>) {
        let mut out = Vec::new();
        let end = Gunzip::new(Window::new(bytes)).read_to_end(&mut out);
        (out, end.err().map(Break::from))
    }

    #[test]
    fn members_are_unpacked_and_named() {
        let two = [pack(b"one "), pack(b"two"), vec![0; 100]].concat();
        let mut gunzip = Gunzip::new(Window::new(&two[..]));
        let mut out = Vec::new();
        gunzip.read_to_end(&mut out).unwrap();
        assert_eq!(out, b"one two");
        assert_eq!((gunzip.member_from(1), gunzip.member_of(3)), (Some(4), 0));
        assert_eq!(gunzip.member_of(4), pack(b"one ").len() as u64);
    }

    #[test]
    fn a_damaged_tail_keeps_the_head() {
        let whole = pack("headwater ".repeat(500).as_bytes());
        let (out, fault) = unpack(&[&whole[..], &pack(b"second")[..8]].concat());
        assert_eq!(out.len(), 5000);
        let Some(Break::Damage(damage)) = fault else { panic!("{fault:?}") };
        assert!(damage.is_short && damage.member == whole.len() as u64);
        let (out, fault) = unpack(&[&pack(b"one")[..], b"xyz"].concat());
        let Some(Break::Damage(damage)) = fault else { panic!("{fault:?}") };
        assert_eq!((out.as_slice(), damage.at), (&b"one"[..], 23));
    }

    #[test]
    fn a_bomb_is_cut() {
        let bomb = |n: usize| {
            let best = flate2::Compression::best();
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), best);
            encoder.write_all(&vec![b' '; n]).unwrap();
            encoder.finish().unwrap()
        };
        let (out, fault) = unpack(&bomb(64 << 20));
        assert!(out.len() < 40 << 20 && fault.is_some());
        // Many small ones are one.
        let many = bomb(8 << 20).repeat(20);
        let (out, fault) = unpack(&many);
        assert!(out.len() < 40 << 20 && fault.is_some());
    }

    #[test]
    fn after_damage_the_next_member_is_found() {
        let (one, two) = (pack(&b"one river ".repeat(40)), pack(b"two"));
        for at in 0..one.len() {
            let mut packed = [one.clone(), two.clone()].concat();
            packed[at] ^= 0x10;
            let mut gunzip = Gunzip::new(Window::new(&packed[..]));
            let mut out = Vec::new();
            if gunzip.read_to_end(&mut out).is_err() {
                assert_eq!(gunzip.resume(), Some(one.len() as u64), "flip at {at}");
                out.clear();
                gunzip.read_to_end(&mut out).unwrap();
                assert_eq!(out, b"two");
                assert_eq!(gunzip.resume(), None);
            } else {
                assert!(out.ends_with(b"two"));
            }
        }
    }
}
