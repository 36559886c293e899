//! Segments as files in a folder that goes away with them.
//!
//! A file has 16 bytes of head: `HWSEG001` and the length of what follows without checksums, lowest
//! byte first. Then come blocks of 4,096 bytes, the last one shorter, each with the CRC-32 of its
//! number and bytes behind it. A block is checked whenever it is read, so that what a disk lost or
//! somebody changed is told and never taken for words.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use headwater::reuse::segment::Segments;
use tempfile::TempDir;

/// Segments in files of a folder of their own. The folder is removed when this is dropped.
#[derive(Debug)]
pub struct Files {
    folder: TempDir,
    /// The files that are not forgotten, each open for reading.
    files: Vec<Option<Open>>,
}

/// A segment that was written.
#[derive(Debug)]
struct Open {
    path: PathBuf,
    file: Mutex<File>,
    n_bytes: u64,
}

/// Why segments could not be written or read: what, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble(String);

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

const MAGIC: &[u8; 8] = b"HWSEG001";
const HEAD: u64 = 16;
const BLOCK: usize = 4096;
const SUM: usize = 4;

impl Files {
    /// No segments yet, in a new folder inside of `folder`. Fails if it cannot be made.
    pub fn new(folder: &Path) -> Result<Self, Trouble> {
        let made = tempfile::Builder::new().prefix("headwater-").tempdir_in(folder);
        let folder = made.map_err(|error| unwritten(folder, &error))?;
        Ok(Self { folder, files: Vec::new() })
    }

    /// The folder with the files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, segment: u32) -> PathBuf {
        self.folder.path().join(format!("{segment}.segment"))
    }
}

impl Segments for Files {
    type Error = Trouble;

    fn write(&mut self, bytes: &[u8]) -> Result<u32, Trouble> {
        let segment = self.files.len() as u32;
        let path = self.path(segment);
        let written = written(&path, bytes).map_err(|error| {
            // What there is of it takes room that another try may need.
            let _ = fs::remove_file(&path);
            unwritten(&path, &error)
        })?;
        let n_bytes = bytes.len() as u64;
        self.files.push(Some(Open { path, file: Mutex::new(written), n_bytes }));
        Ok(segment)
    }

    fn read(&self, segment: u32, from: u64, into: &mut [u8]) -> Result<(), Trouble> {
        let open = self.files.get(segment as usize).and_then(Option::as_ref);
        let Some(open) = open else {
            return Err(damaged(&self.path(segment), "was forgotten or never written"));
        };
        open.read(from, into)
    }

    fn forget(&mut self, segment: u32) {
        if let Some(open) = self.files.get_mut(segment as usize).and_then(Option::take) {
            // What cannot be removed now goes with the folder.
            let _ = fs::remove_file(open.path);
        }
    }
}

impl Open {
    fn read(&self, from: u64, into: &mut [u8]) -> Result<(), Trouble> {
        let end = from + into.len() as u64;
        if end > self.n_bytes {
            return Err(damaged(&self.path, "is shorter than what is looked for"));
        }
        if into.is_empty() {
            return Ok(());
        }
        let (first, last) = (from / BLOCK as u64, (end - 1) / BLOCK as u64);
        let stop = ((last + 1) * BLOCK as u64).min(self.n_bytes);
        let n_blocks = (last - first + 1) as usize;
        let mut raw = vec![0; (stop - first * BLOCK as u64) as usize + n_blocks * SUM];
        {
            // A panic while the file was read leaves nothing behind that matters here.
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(HEAD + first * (BLOCK + SUM) as u64))
                .and_then(|_| file.read_exact(&mut raw))
                .map_err(|error| match error.kind() {
                    io::ErrorKind::UnexpectedEof => damaged(&self.path, "is cut short"),
                    _ => damaged(&self.path, &format!("cannot be read ({error})")),
                })?;
        }
        for (nth, block) in (first..).zip(raw.chunks(BLOCK + SUM)) {
            let Some((bytes, sum)) = block.split_last_chunk::<SUM>() else { continue };
            if checksum(nth, bytes) != *sum {
                let at = nth * BLOCK as u64;
                return Err(damaged(
                    &self.path,
                    &format!("has other bytes than were written at {at}"),
                ));
            }
            let start = nth * BLOCK as u64;
            let (cut, put) = (from.saturating_sub(start), start.saturating_sub(from));
            let cut = &bytes[cut as usize..];
            let to = &mut into[put as usize..];
            let n = cut.len().min(to.len());
            to[..n].copy_from_slice(&cut[..n]);
        }
        Ok(())
    }
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let file = File::options().read(true).write(true).create_new(true).open(path)?;
    let mut out = BufWriter::with_capacity(1 << 16, file);
    out.write_all(MAGIC)?;
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    for (nth, block) in (0..).zip(bytes.chunks(BLOCK)) {
        out.write_all(block)?;
        out.write_all(&checksum(nth, block))?;
    }
    out.flush()?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

fn checksum(nth: u64, bytes: &[u8]) -> [u8; SUM] {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&nth.to_le_bytes());
    sum.update(bytes);
    sum.finalize().to_le_bytes()
}

fn unwritten(path: &Path, error: &io::Error) -> Trouble {
    let advice = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero => {
            "free some room there, or name a folder that has more"
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "name a folder that is there",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "name a folder that may be written to"
        }
        _ => "name another folder",
    };
    Trouble(format!("{}: cannot be written ({error}): {advice}", path.display()))
}

fn damaged(path: &Path, what: &str) -> Trouble {
    Trouble(format!("{}: {what}: run again, with a folder on another disk", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater::reuse::bare::{self, Text};
    use headwater::reuse::spill::Spill;

    fn bytes(n: usize) -> Vec<u8> {
        (0..n).map(|nth| (nth * nth % 251) as u8).collect()
    }

    #[test]
    fn any_part_of_a_segment_is_read_as_it_was_written() {
        let home = TempDir::new().unwrap();
        let mut files = Files::new(home.path()).unwrap();
        for n in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17] {
            let all = bytes(n);
            let segment = files.write(&all).unwrap();
            for from in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 3] {
                for len in [0, 1, 5, BLOCK, n.saturating_sub(from)] {
                    let mut into = vec![0; len];
                    let read = files.read(segment, from as u64, &mut into);
                    match all.get(from..from + len) {
                        Some(expected) => assert_eq!((read, &into[..]), (Ok(()), expected)),
                        None => assert!(read.is_err()),
                    }
                }
            }
        }
        assert_eq!(fs::read_dir(files.folder()).unwrap().count(), 6);
        files.forget(3);
        assert!(files.read(3, 0, &mut [0]).is_err());
        assert_eq!(fs::read_dir(files.folder()).unwrap().count(), 5);
        drop(files);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn damage_is_told_with_its_place() {
        let home = TempDir::new().unwrap();
        let mut files = Files::new(home.path()).unwrap();
        let segment = files.write(&bytes(3 * BLOCK)).unwrap();
        let path = files.path(segment);
        let whole = fs::read(&path).unwrap();
        let mut into = vec![0; 3 * BLOCK];

        for (at, place) in [(20, "at 0"), (16 + BLOCK + SUM + 9, "at 4096")] {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            fs::write(&path, flipped).unwrap();
            let told = files.read(segment, 0, &mut into).unwrap_err().to_string();
            assert!(told.contains(place) && told.contains("run again"), "{told}");
        }
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        let told = files.read(segment, 0, &mut into).unwrap_err().to_string();
        assert!(told.contains("is cut short"), "{told}");
        assert_eq!(files.read(segment, 0, &mut into[..BLOCK]), Ok(()));

        let told = Files::new(&home.path().join("none")).unwrap_err().to_string();
        assert!(told.contains("name a folder that is there"), "{told}");
    }

    #[test]
    fn files_show_what_memory_does() {
        let words = |seed: usize, n: usize| {
            let words = (0..n).map(|nth| format!("w{}", seed * 31 + nth * nth % 1009));
            words.collect::<Vec<_>>().join(" ")
        };
        let all = (0..600).map(|nth| {
            let tail = if nth % 3 == 0 { 100_000 } else { 200_000 + nth / 7 };
            format!("{}.\n{}.", words(nth * 50, 40), words(tail, 60))
        });
        let all = all.collect::<Vec<_>>();
        let texts = all.iter().zip(0..).map(|(words, nth)| Text { words, series: nth % 90 });
        let texts = texts.collect::<Vec<_>>();
        let home = TempDir::new().unwrap();
        let mut files = Files::new(home.path()).unwrap();
        let mut spill = Spill::new(&mut files, 0);
        for some in texts.chunks(100) {
            assert_eq!(spill.add(some), Ok(some.len()));
        }
        let (found, expected) = (spill.shared().unwrap(), bare::shared(&texts));
        assert!(found == expected && found.len() > 1000, "{} for {}", found.len(), expected.len());
        assert_eq!(fs::read_dir(files.folder()).unwrap().count(), 0);
    }
}
