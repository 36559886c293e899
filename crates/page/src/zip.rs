//! ZIP: an archive of files, each read as if it lay beside the others. A web archive collection
//! (WACZ) is a ZIP whose WARC files are read; an office document is one that is not read.
//!
//! ```text
//! ZIP ── table of contents, or what is found without it ──► members ── stream ──► records
//! ```

mod lost;

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

use ::zip::{CompressionMethod, ZipArchive};

use crate::bounds::MAX_WHOLE;
use crate::input::{Input, ReadSeek};
use crate::page::Capture;
use crate::record::{Found, of_member};
use crate::skipped::{Gravity, Skipped};
use crate::window::Damage;

/// Packed text shrinks 3 to 20 times, template-heavy HTML up to 100 times. An archive that unpacks
/// to more than this, all members and the archives in it together, is a bomb; the first [`FREE`]
/// bytes are not judged.
const MAX_RATIO: u64 = 250;
const FREE: u64 = 16 << 20;

/// How many archives may stand in one another.
const MAX_LEVELS: u8 = 2;

/// Most members; a year of a large outlet's front pages has some thousand.
const MAX_MEMBERS: usize = 1_000_000;

/// A member's header without its name.
const HEADER: u64 = 30;

/// Extensions of what makes up a saved page and is none.
const ASSETS: &[&str] = &[
    "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp",
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "m4a", "ogg",
];

/// The archives around some bytes: how many, and how much may still be unpacked in all of them.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    levels: u8,
    left: &'a Cell<u64>,
    cut: Cut,
}

/// Cuts a member into records as if it were a file: a member may be an archive again, so whoever
/// knows all formats hands this down.
pub(crate) type Cut =
    fn(Input<'_>, Option<Around<'_>>, &Capture, &mut dyn FnMut(Found)) -> io::Result<()>;

/// What the archive is, by the names in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Files,
    /// A web archive collection.
    Crawl,
    /// Something that a program of its own opens: what it is, and what to do.
    Document(&'static str),
}

/// Whether `head` begins as a ZIP with members does.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Cuts an archive into its members and those, by `cut`, into records, in the order of the table of
/// contents.
/// Fails only if `file` does.
pub(crate) fn records_of(
    file: &mut dyn ReadSeek,
    around: Option<Around<'_>>,
    cut: Cut,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) -> io::Result<()> {
    let len = file.seek(SeekFrom::End(0))?;
    let own = Cell::new(FREE + len.saturating_mul(MAX_RATIO));
    let around = match around {
        Some(around) => Around { levels: around.levels + 1, ..around },
        None => Around { levels: 1, left: &own, cut },
    };
    if around.levels > MAX_LEVELS {
        let why = format!("stands in {MAX_LEVELS} archives already: unpack it first");
        out(Found::trouble(capture, 0, len, why));
        return Ok(());
    }
    file.rewind()?;
    match ZipArchive::new(&mut *file) {
        Ok(archive) => {
            members(archive, around, capture, out);
            Ok(())
        }
        Err(::zip::result::ZipError::Io(error)) if error.raw_os_error().is_some() => Err(error),
        Err(error) if len > MAX_WHOLE as u64 => {
            let why = format!("has no readable table of contents ({error}): repair it first");
            out(Found::trouble(capture, 0, len, why));
            Ok(())
        }
        Err(_) => {
            let mut bytes = Vec::new();
            file.rewind()?;
            file.read_to_end(&mut bytes)?;
            lost::members(&bytes, around, capture, out);
            Ok(())
        }
    }
}

/// A member, as the table of contents describes it.
struct Member {
    ix: usize,
    name: String,
    start: u64,
    n_packed: u64,
    /// Why it is not to be read, if so.
    why_not: Option<String>,
}

fn members<R: Read + Seek>(
    mut archive: ZipArchive<R>,
    around: Around<'_>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) {
    let (members, mut n_hidden) = contents(&archive);
    let kind = kind(&members);
    if let Kind::Document(what) = kind {
        let n = members.iter().map(|member| member.n_packed).sum();
        return out(Found::trouble(capture, 0, n, format!("looks like {what}")));
    }
    if members.is_empty() && n_hidden == 0 {
        out(Found::trouble(
            capture,
            0,
            0,
            "is an empty archive: there is nothing to read".to_owned(),
        ));
    }
    let mut n_beside = 0;
    for member in members {
        let is_wanted = match kind {
            Kind::Crawl => member.name.starts_with("archive/") && is_warc(&member.name),
            _ => true,
        };
        if !is_wanted {
            n_beside += 1;
        } else if is_asset(&member.name) {
            n_hidden += 1;
        } else if let Some(why) = member.why_not {
            let reason = format!("member {} {why}", shown(&member.name));
            out(Found::trouble(capture, member.start, member.n_packed, reason));
        } else {
            match archive.by_index(member.ix) {
                Ok(file) => read_member(file, &member.name, around, capture, out),
                Err(error) => {
                    let why = format!("cannot be unpacked ({error}): unpack it first");
                    let reason = format!("member {} {why}", shown(&member.name));
                    out(Found::trouble(capture, member.start, member.n_packed, reason));
                }
            }
        }
    }
    if n_beside > 0 {
        out(note(capture, format!("has {n_beside} files beside its WARC files: left out")));
    }
    if n_hidden > 0 {
        let why = "hidden files, pictures, styles and programs";
        out(note(capture, format!("has {n_hidden} {why}: left out")));
    }
}

/// The members that are files and not hidden, and the number of the hidden ones.
fn contents<R: Read + Seek>(archive: &ZipArchive<R>) -> (Vec<Member>, usize) {
    let (mut members, mut n_hidden) = (Vec::new(), 0);
    for ix in 0..archive.len().min(MAX_MEMBERS) {
        let Ok(entry) = archive.by_index_data(ix) else { continue };
        if entry.is_dir() {
            continue;
        }
        let name = match str::from_utf8(entry.name_raw()) {
            Ok(name) => name.to_owned(),
            Err(_) => entry.name().map(Cow::into_owned).unwrap_or_default(),
        };
        if is_hidden(&name) {
            n_hidden += 1;
            continue;
        }
        let why_not = if entry.encrypted() {
            Some("is encrypted: unpack it with its password first".to_owned())
        } else {
            match entry.compression() {
                CompressionMethod::Stored | CompressionMethod::Deflated => None,
                method => Some(format!("is packed by {method}: unpack it first")),
            }
        };
        let (start, n_packed) = (entry.header_start(), entry.compressed_size());
        members.push(Member { ix, name, start, n_packed, why_not });
    }
    refuse_overlaps(&mut members);
    (members, n_hidden)
}

/// Members that share bytes are how a small archive unpacks to a large one.
fn refuse_overlaps(members: &mut [Member]) {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&n| (members[n].start, n));
    let mut end = 0;
    for n in order {
        let member = &mut members[n];
        if member.start < end {
            let why = "shares its bytes with another member, as bombs do: it was left out";
            member.why_not = Some(why.to_owned());
        }
        let own = HEADER.saturating_add(member.n_packed).saturating_add(member.name.len() as u64);
        end = end.max(member.start.saturating_add(own));
    }
}

/// Reads one member as a file of its own.
fn read_member(
    file: impl Read,
    name: &str,
    around: Around<'_>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) {
    let record = match capture.record.as_str() {
        "" => shown(name),
        outer => format!("{outer}/{}", shown(name)),
    };
    let member = Capture { record, ..capture.clone() };
    let mut bounded = Bounded { file, n_read: 0, left: around.left };
    let mut out = |found: Found| match found {
        Found::Record(record) => out(Found::Record(record)),
        Found::Skipped(skipped) => {
            let reason = of_member(&member, &skipped.reason);
            out(Found::Skipped(Skipped { reason, ..skipped }));
        }
    };
    if let Err(error) = (around.cut)(Input::Stream(&mut bounded), Some(around), &member, &mut out) {
        out(Found::trouble(capture, 0, 0, format!("cannot be read ({error}): unpack it first")));
    }
}

/// A member's bytes, as many as may be unpacked. What goes wrong is damage of this member and not
/// of the file that it lies in.
struct Bounded<'a, R> {
    file: R,
    n_read: u64,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let damage = |at: u64, is_short: bool, why: String| {
            let damage = Damage { member: 0, at, is_short, why };
            io::Error::new(io::ErrorKind::InvalidData, damage)
        };
        match self.file.read(out) {
            Ok(n) if n as u64 > self.left.get() => {
                let why = format!(
                    "unpacks to more than {MAX_RATIO} times the archive's size: the rest was left out"
                );
                Err(damage(self.n_read, false, why))
            }
            Ok(n) => {
                self.n_read += n as u64;
                self.left.set(self.left.get() - n as u64);
                Ok(n)
            }
            Err(error) if error.raw_os_error().is_some() => Err(error),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let is_short = error.kind() == io::ErrorKind::UnexpectedEof;
                let why = format!("is damaged ({error}): what came before was read");
                Err(damage(self.n_read, is_short, why))
            }
        }
    }
}

fn kind(members: &[Member]) -> Kind {
    let has = |name: &str| members.iter().any(|member| member.name == name);
    let in_folder = |name: &str| members.iter().any(|member| member.name.starts_with(name));
    let is_crawl = |member: &Member| member.name.starts_with("archive/") && is_warc(&member.name);
    if members.iter().any(is_crawl) && (has("datapackage.json") || in_folder("indexes/")) {
        return Kind::Crawl;
    }
    if has("META-INF/container.xml") {
        return Kind::Document("an EPUB book: convert it to HTML");
    }
    if has("[Content_Types].xml") {
        return Kind::Document(if in_folder("word/") {
            "a Word document: save it as text or HTML"
        } else if in_folder("xl/") {
            "an Excel table: save each text as a file of its own, or as JSON lines"
        } else if in_folder("ppt/") {
            "a PowerPoint presentation: save it as text"
        } else {
            "an office document: save it as text or HTML"
        });
    }
    if has("mimetype") && has("content.xml") {
        return Kind::Document("an OpenDocument file: save it as text or HTML");
    }
    if has("META-INF/MANIFEST.MF") {
        return Kind::Document("a program: headwater reads pages");
    }
    Kind::Files
}

fn is_warc(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.strip_suffix(".gz").unwrap_or(&lower).rsplit_once('.').is_some_and(|(_, it)| it == "warc")
}

fn is_asset(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.rsplit_once('.').is_some_and(|(_, extension)| ASSETS.contains(&extension))
}

/// Whether a file is hidden, as a name with a dot in front is, or what a Mac adds.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

/// A member's name as it is, but for control characters.
fn shown(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

fn note(capture: &Capture, reason: String) -> Found {
    let gravity = Gravity::Note;
    Found::Skipped(Skipped { file: capture.file.clone(), offset: 0, n_bytes: 0, reason, gravity })
}

#[cfg(test)]
mod tests;
