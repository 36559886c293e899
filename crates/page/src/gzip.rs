//! Gzip: packed captures, unpacked within bounds.

use std::io::Read;

use flate2::bufread::GzDecoder;

/// Most bytes that one file may unpack to.
const MAX_UNPACKED: usize = 1 << 30;

/// Packed text shrinks 3 to 20 times, template-heavy HTML up to 100 times. What shrinks more than
/// this is a bomb; the first [`FREE`] bytes are not judged.
const MAX_RATIO: usize = 250;
const FREE: usize = 16 << 20;

/// How many times a capture may be packed.
const MAX_NESTING: usize = 2;

/// What unpacking gave.
pub(crate) struct Unpacked {
    /// The bytes, as far as they could be had.
    pub(crate) bytes: Vec<u8>,
    /// Where in the packed bytes reading stopped early, and why.
    pub(crate) cut: Option<(usize, String)>,
}

/// Whether `bytes` begin as gzip does.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// Unpacks all members, and a second time if what comes out is packed again. Never fails: bytes
/// before a fault are kept. Time and memory are bounded by [`MAX_UNPACKED`].
pub(crate) fn unpack(bytes: &[u8]) -> Unpacked {
    let mut out = members(bytes);
    for _ in 1..MAX_NESTING {
        if out.cut.is_some() || !is_gzip(&out.bytes) {
            break;
        }
        let inner = members(&out.bytes);
        let cut = inner.cut.map(|(_, why)| (0, why));
        out = Unpacked { bytes: inner.bytes, cut };
    }
    if is_gzip(&out.bytes) && out.cut.is_none() {
        let why = format!("is packed more than {MAX_NESTING} times: unpack it first");
        return Unpacked { bytes: Vec::new(), cut: Some((0, why)) };
    }
    out
}

fn members(bytes: &[u8]) -> Unpacked {
    let (mut out, mut rest) = (Vec::new(), bytes);
    let cut = loop {
        let at = bytes.len() - rest.len();
        if rest.iter().all(|&byte| byte == 0) {
            break None; // the end, or padding as tapes have it
        }
        if !is_gzip(rest) {
            break Some((
                at,
                "is no gzip after the last member: these bytes were left out".to_owned(),
            ));
        }
        let mut decoder = GzDecoder::new(rest);
        let fault = inflate(&mut decoder, &mut out, bytes.len());
        let left = decoder.into_inner();
        if let Some(why) = fault {
            break Some((bytes.len() - left.len(), why));
        }
        rest = left;
    };
    Unpacked { bytes: out, cut }
}

/// Appends one member to `out`; says why if it did not reach the member's end.
fn inflate(member: &mut impl Read, out: &mut Vec<u8>, n_packed: usize) -> Option<String> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        match member.read(&mut buffer) {
            Ok(0) => return None,
            Ok(n) => out.extend_from_slice(&buffer[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Some(format!("is damaged gzip ({error}): what came before was read"));
            }
        }
        if out.len() > MAX_UNPACKED {
            return Some("unpacks to more than 1 GiB: the rest was left out".to_owned());
        }
        if out.len() > FREE && out.len() / MAX_RATIO > n_packed {
            return Some(format!(
                "unpacks to more than {MAX_RATIO} times its size: the rest was left out"
            ));
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

    #[test]
    fn members_and_nesting_are_unpacked() {
        let two = [pack(b"one "), pack(b"two")].concat();
        assert_eq!(unpack(&two).bytes, b"one two");
        assert_eq!(unpack(&pack(&two)).bytes, b"one two");
        assert!(unpack(&pack(&pack(&two))).cut.unwrap().1.contains("more than 2 times"));
    }

    #[test]
    fn a_damaged_tail_keeps_the_head() {
        let whole = pack("headwater ".repeat(500).as_bytes());
        let first = [&whole[..], &pack(b"second")[..8]].concat();
        let unpacked = unpack(&first);
        assert_eq!(unpacked.bytes.len(), 5000);
        assert!(unpacked.cut.is_some());
        let garbage = unpack(&[&pack(b"one")[..], b"xyz"].concat());
        assert_eq!((garbage.bytes.as_slice(), garbage.cut.unwrap().0), (&b"one"[..], 23));
    }

    #[test]
    fn a_bomb_is_cut() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; 64 << 20]).unwrap();
        let bomb = encoder.finish().unwrap();
        let unpacked = unpack(&bomb);
        assert!(unpacked.bytes.len() < 40 << 20 && unpacked.cut.is_some());
    }
}
