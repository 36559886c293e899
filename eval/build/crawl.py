#!/usr/bin/env python3
"""A crawl to measure with: WARC records made from a folder of HTML pages, over and over.

    python3 eval/build/crawl.py SHARED/data OUT.warc.gz --bytes 2000000000

Reads every *.html and *.html.gz below the folder, changes words in each repetition (so that no two
records are the same and packing gains nothing from repetition), and writes request, response and
now and then an image or a page that is not there, as crawlers do: one gzip member a record, bodies
packed, in chunks or plain in turn. --bytes counts what the members unpack to. OUT.warc is written
unpacked. The output is no part of the repository. Standard library only; the same input gives the
same output.
"""

import argparse
import gzip
import pathlib
import random
import re
import zlib


def record(kind, number, uri, body, media):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: {uri}\r\nWARC-Date: 2031-04-02T10:00:00Z\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


WORD = re.compile(rb"(?<=[ >])([a-z]{4,9})(?=[ ,.<])")


def changed(parts, dice):
    """The page with one word in nine replaced by one that no other repetition has. Every second of
    `parts` is a word."""
    parts = list(parts)
    for at in range(1 + 2 * dice.randrange(9), len(parts), 18):
        parts[at] = b"w%06x" % dice.getrandbits(24)
    return b"".join(parts)


def answer(page, turn):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    if turn == 0:
        return head + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(page, 4, mtime=0)
    if turn == 1:
        chunks = [page[at : at + 16384] for at in range(0, len(page), 16384)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
        return head + b"Transfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(page) + page


def records(pages, dice):
    number = 0
    while True:
        for name, page in pages:
            number += 1
            uri = f"https://site{number % 97}.example/{name}/{number}"
            ask = f"GET /{name}/{number} HTTP/1.1\r\nHost: site.example\r\n\r\n".encode()
            yield record("request", number << 8, uri, ask, "application/http; msgtype=request")
            body = answer(changed(page, dice), number % 4)
            media = "application/http; msgtype=response"
            yield record("response", number << 8 | 1, uri, body, media)
            if number % 5 == 0:
                image = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n"
                image += dice.randbytes(30000)
                yield record("response", number << 8 | 2, uri + ".jpg", image, "application/http")
            if number % 11 == 0:
                gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not here."
                yield record("response", number << 8 | 3, uri + "x", gone, "application/http")


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("folder", type=pathlib.Path)
    args.add_argument("out", type=pathlib.Path)
    args.add_argument("--bytes", type=int, default=200_000_000)
    args = args.parse_args()
    pages = []
    for path in sorted(args.folder.rglob("*.html*")):
        data = path.read_bytes()
        page = gzip.decompress(data) if path.suffix == ".gz" else data
        pages.append((path.name.split(".")[0][:12], WORD.split(page)))
    if not pages:
        raise SystemExit(f"no HTML below {args.folder}")
    done, dice = 0, random.Random(1)
    with args.out.open("wb") as out:
        for one in records(pages, dice):
            if args.out.suffix == ".gz":
                packer = zlib.compressobj(4, zlib.DEFLATED, 31)
                out.write(packer.compress(one) + packer.flush())
            else:
                out.write(one)
            done += len(one)
            if done >= args.bytes:
                break


main()
