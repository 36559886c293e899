//! Seeds: the first inputs of each target, made from the repository's own examples and cases.

use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

/// Names and bytes of a target's first inputs, in order of name.
pub fn seeds(target: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    Ok(match target {
        "segment" => texts()?,
        "html" => pages()?,
        "warc" => crawls(&pages()?)?,
        "feed" => feeds(&texts()?),
        _ => archives(&pages()?)?,
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Files of a folder with this extension, in order of name.
fn files(folder: &str, extension: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == extension) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, std::fs::read(path)?));
        }
    }
    found.sort();
    Ok(found)
}

/// The harbour's HTML, and the HTML that the cases quote.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut pages = files("examples/harbour/pages", "html")?;
    let quoted = blocks()?.into_iter().filter(|(_, text)| text.starts_with('<'));
    pages.extend(quoted.map(|(name, text)| (name, text.into_bytes())));
    Ok(pages)
}

/// Collections of plain text: a case's pages with form feeds between them.
fn texts() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut texts = files("examples/harbour/pages", "txt")?;
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, text) in blocks()? {
        let case = name.split('.').next().unwrap_or_default();
        match cases.last_mut().filter(|(last, _)| last == case) {
            Some((_, all)) => {
                all.push(0xc);
                all.extend(text.into_bytes());
            }
            None => cases.push((case.to_owned(), text.into_bytes())),
        }
    }
    texts.extend(cases);
    Ok(texts)
}

/// Pages that stand in the cases, named after the case and their number in it.
fn blocks() -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (case, markdown) in files("cases", "md")? {
        let markdown = String::from_utf8_lossy(&markdown).into_owned();
        let mut open: Option<(String, String)> = None;
        for line in markdown.lines() {
            let fence = line.chars().take_while(|&c| c == '~' || c == '`').collect::<String>();
            match &mut open {
                Some((end, text)) if *end == fence && line.len() == fence.len() => {
                    let case = case.trim_end_matches(".md");
                    found.push((format!("{case}.{}", found.len()), std::mem::take(text)));
                    open = None;
                }
                Some((_, text)) => {
                    text.push_str(line);
                    text.push('\n');
                }
                None if fence.len() >= 3 && line[fence.len()..].trim().starts_with("page ") => {
                    open = Some((fence, String::new()));
                }
                None => {}
            }
        }
    }
    Ok(found)
}

fn crawls(pages: &[(String, Vec<u8>)]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for (n, (name, page)) in pages.iter().enumerate() {
        let page = &page[..page.len().min(1500)];
        let (coding, body) = match n % 4 {
            0 => ("", page.to_vec()),
            1 => ("Content-Encoding: gzip\r\n", gzip(page)?),
            2 => ("Transfer-Encoding: chunked\r\n", chunks(page)),
            _ => ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunks(&gzip(page)?)),
        };
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coding}\r\n");
        let answer = [answer.as_bytes(), &body].concat();
        let info = record("warcinfo", "", b"software: none\r\n");
        let kind = "Content-Type: application/http; msgtype=response\r\n";
        let picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
        let records = [info, record("response", kind, &answer), record("response", kind, picture)];
        let plain = records.concat();
        if n % 2 == 0 {
            found.push((format!("{name}.warc"), plain));
        } else {
            let members =
                records.iter().map(|record| gzip(record)).collect::<io::Result<Vec<_>>>()?;
            found.push((format!("{name}.warc.gz"), members.concat()));
        }
    }
    found.push(("all.warc.gz".to_owned(), {
        let plain = found.iter().filter(|(name, _)| name.ends_with(".warc"));
        gzip(&plain.take(2).flat_map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>())?
    }));
    Ok(found)
}

fn record(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let n = body.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n\
         WARC-Target-URI: https://post.example/{n}\r\nWARC-Date: 2031-04-02T10:00:00Z\r\n\
         {more}Content-Length: {n}\r\n\r\n"
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn chunks(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in bytes.chunks(400) {
        out.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn feeds(texts: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let escaped = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;");
    let mut found = Vec::new();
    for (name, text) in texts {
        let text = String::from_utf8_lossy(text).into_owned();
        let lines = text.lines().filter(|line| !line.trim().is_empty()).take(6);
        let lines = lines.collect::<Vec<_>>();
        let title = lines.first().copied().unwrap_or_default();
        let html = lines.iter().map(|line| format!("<p>{line}</p>")).collect::<String>();
        let rss = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Post</title>\
             <item><title>{title}</title><guid>1</guid><link>https://post.example/1</link>\
             <pubDate>Wed, 02 Apr 2031 10:00:00 GMT</pubDate>\
             <content:encoded><![CDATA[{html}]]></content:encoded></item>\
             <item><title>{title}</title><description>{}</description></item></channel></rss>",
            escaped(&html)
        );
        let atom = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://post.example/\"><title>Post\
             </title><entry><id>1</id><title>{title}</title><link href=\"a\"/><author><name>Bo</name>\
             </author><updated>2031-04-02T10:00:00Z</updated><content type=\"xhtml\"><div>{html}</div>\
             </content></entry><entry><id>2</id><content type=\"html\">{}</content></entry></feed>",
            escaped(&html)
        );
        let quoted = html.replace('\\', "\\\\").replace('"', "\\\"");
        let object = format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Post\", \"items\": \
             [{{\"id\": \"1\", \"url\": \"https://post.example/1\", \"content_html\": \"{quoted}\"}}]}}"
        );
        found.push((format!("{name}.rss"), rss.into_bytes()));
        found.push((format!("{name}.atom"), atom.into_bytes()));
        found.push((format!("{name}.json"), object.into_bytes()));
    }
    found
}

fn archives(pages: &[(String, Vec<u8>)]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let crawl = crawls(&pages[..2.min(pages.len())])?;
    for (n, (name, page)) in pages.iter().enumerate() {
        let page = &page[..page.len().min(1500)];
        let members = match n % 3 {
            0 => vec![("a.html", page), ("b/c.txt", &page[..page.len() / 2])],
            1 => vec![("archive/data.warc.gz", &crawl[1].1[..]), ("datapackage.json", b"{}")],
            _ => vec![("a.html", page), ("picture.png", b"\x89PNG"), ("__MACOSX/x", b"x")],
        };
        found.push((format!("{name}.zip"), zipped(&members)?));
        let saved = [&SAVED.as_bytes()[..], &quoted_printable(page), b"\r\n--edge--\r\n"].concat();
        found.push((format!("{name}.mhtml"), saved));
    }
    let inner = zipped(&[("a.html", &pages[0].1[..pages[0].1.len().min(1000)])])?;
    found.push(("nested.zip".to_owned(), zipped(&[("inner.zip", &inner)])?));
    Ok(found)
}

const SAVED: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/1\r\n\
    Subject: Ferry\r\nDate: Wed, 2 Apr 2031 10:00:00 +0200\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"edge\"\r\n\r\n\r\n\
    --edge\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
    --edge\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\n\
    Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://post.example/1\r\n\r\n";

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (n, byte) in bytes.iter().enumerate() {
        if n % 70 == 69 {
            out.extend_from_slice(b"=\r\n");
        }
        match byte {
            b'=' | 0x80.. => out.extend(format!("={byte:02X}").into_bytes()),
            _ => out.push(*byte),
        }
    }
    out
}

fn zipped(members: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).map_err(io::Error::other)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish().map_err(io::Error::other)?.into_inner())
}
