#!/usr/bin/env python3
"""Prints how Headwater and other extractors do on the same pages, in one run.

Run in an environment with requirements.txt installed:  python3 bodies.py SHARED HEADWATER
where SHARED is the folder of labelled data and HEADWATER the release build of the command.

First table, data/scrapinghub_aeb: the body of the article that a page is about. F1, P and R are of
runs of four words, as the scorer of that data has them. Second table, cases/pages: pages with several
articles, judged by the scorer beside them; the others give one article a page. All run with their own
defaults, comments off where they ask. `pages/s` is per second of user time on one core, once the
program is loaded; for Headwater the loading is measured on an empty file and taken off.
"""
import collections
import gzip
import json
import logging
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import warnings

import lxml.html
import newspaper
import readability
import trafilatura
from importlib.metadata import version
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def text_of(html):
    """A page's letters, for those who take no bytes."""
    return bytes_to_str(html, detect_encoding(html, html5_compatible=True))


def by_trafilatura(html):
    page = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    return (page.title, page.text) if page else (None, "")


def by_newspaper(html):
    page = newspaper.Article("https://post.example/", fetch_images=False)
    page.download(input_html=text_of(html))
    page.parse()
    return page.title, page.text


def by_readability(html):
    page = readability.Document(html)
    blocks = lxml.html.fromstring(page.summary()).iter("p", "li", "h2", "h3", "h4", "pre", "td")
    return page.short_title(), "\n".join(" ".join(it.text_content().split()) for it in blocks)


def by_resiliparse(html):
    tree = HTMLTree.parse(text_of(html))
    return tree.title, extract_plain_text(tree, main_content=True, comments=False, links=False)


PEERS = {
    "trafilatura": by_trafilatura,
    "newspaper4k": by_newspaper,
    "readability-lxml": by_readability,
    "resiliparse": by_resiliparse,
}


def seconds(who=resource.RUSAGE_SELF):
    return resource.getrusage(who).ru_utime


def by_peer(extract, pages):
    """Each page's title and text; and the user time that all took. A page that cannot be read has
    no text."""
    found = {}
    extract(next(iter(pages.values())))
    start = seconds()
    for name, html in pages.items():
        try:
            title, text = extract(html)
        except Exception:  # whatever an extractor thinks of a page
            title, text = None, ""
        found[name] = [{"headline": title, "paragraphs": (text or "").split("\n")}]
    return found, seconds() - start


def by_headwater(command, pages):
    """Each page's articles, teasers left out; and the user time that reading took."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        files = {name: str(folder / (re.sub(r"\W", "_", name) + ".html")) for name in pages}
        for name, html in pages.items():
            pathlib.Path(files[name]).write_bytes(html)
        (folder / "empty.txt").write_bytes(b"")
        idle, _ = said(command, [str(folder / "empty.txt")])
        took, lines = said(command, list(files.values()))
    names = {file: name for name, file in files.items()}
    found = {name: [] for name in pages}
    for line in lines:
        if "page" in line:
            articles = [it for it in line["articles"] if it["role"] != "teaser"]
            found[names[line["page"]["file"]]].extend(articles)
    return found, took - idle


def said(command, files):
    environment = dict(os.environ, RAYON_NUM_THREADS="1")
    start = seconds(resource.RUSAGE_CHILDREN)
    run = subprocess.run([command, "read", "--json", *files], capture_output=True, env=environment)
    if not run.stdout:
        sys.exit(f"{command} read says nothing: {run.stderr.decode()}")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return seconds(resource.RUSAGE_CHILDREN) - start, lines


def words(place):
    return place["text"] if place else None


def answer(article):
    """One of Headwater's articles as the scorer of cases/pages reads it."""
    published = article["published"]
    return {
        "headline": words(article["headline"]),
        "outlet": article["outlet"] and article["outlet"]["name"],
        "byline": " and ".join(map(words, article["byline"])) or None,
        "published": published and published["first"],
        "paragraphs": [words(place) for place in article["paragraphs"]],
    }


def body(articles):
    """The one body that the labels want: of the main article, else of all equal ones; standfirst out,
    subheads and tables in."""
    chosen = [it for it in articles if it["role"] == "main"][:1]
    chosen = chosen or [it for it in articles if it["role"] == "digest"]
    lines = []
    for article in chosen:
        first = article.get("standfirst") or {"start": None}
        places = [it for it in article["paragraphs"] if it["start"] != first["start"]]
        places += article.get("inserts", [])
        lines += [words(it) for it in sorted(places, key=lambda it: it["start"])]
    return "\n".join(lines)


def runs(text):
    tokens = re.findall(r"\w+", text)
    return collections.Counter(tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3)))


def figures(gold, texts):
    """F1, precision and recall as evaluate.py of the article extraction benchmark has them."""
    p = r = 0.0
    for name, label in gold.items():
        left, right = runs(label["articleBody"]), runs(texts.get(name, ""))
        both = sum((left & right).values())
        p += both / sum(right.values())
        r += both / sum(left.values())
    p, r = p / len(gold), r / len(gold)
    return 2 * p * r / (p + r), p, r


def scored(folder, answers):
    """Figures of the scorer that lies beside the pages."""
    with tempfile.TemporaryDirectory() as there:
        said, judged = pathlib.Path(there) / "said.json", pathlib.Path(there) / "judged.json"
        said.write_text(json.dumps(answers), encoding="utf-8")
        scorer = [sys.executable, str(folder / "score.py"), str(said), "--json", str(judged)]
        subprocess.run([*scorer, "--fmt", "html"], check=True, capture_output=True)
        return json.loads(judged.read_text(encoding="utf-8"))["html"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    shared, command = pathlib.Path(sys.argv[1]), os.path.abspath(sys.argv[2])
    named = {"headwater": "headwater"} | {name: f"{name} {version(name)}" for name in PEERS}

    folder = shared / "data/scrapinghub_aeb"
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {name: gzip.decompress((folder / f"html/{name}.html.gz").read_bytes()) for name in gold}
    print(f"{f'scrapinghub_aeb, {len(pages)} pages':28} {'f1':>6} {'p':>6} {'r':>6} {'pages/s':>8}")
    for name, label in named.items():
        if name == "headwater":
            found, took = by_headwater(command, pages)
            texts = {page: body(articles) for page, articles in found.items()}
        else:
            found, took = by_peer(PEERS[name], pages)
            texts = {page: "\n".join(one[0]["paragraphs"]) for page, one in found.items()}
        f1, p, r = figures(gold, texts)
        print(f"{label:28} {f1:6.3f} {p:6.3f} {r:6.3f} {len(pages) / took:8.0f}", flush=True)

    folder = shared / "cases/pages"
    pages = {f"html/{it.name}": it.read_bytes() for it in sorted((folder / "html").glob("*.html"))}
    head = ["articles", "count", "par. p", "par. r", "headline", "leaked", "pages/s"]
    print(f"\n{f'cases/pages, {len(pages)} pages':28} " + " ".join(f"{it:>8}" for it in head))
    keys = ["article_F1", "count_accuracy", "paragraph_P", "paragraph_R", "headline_acc"]
    for name, label in named.items():
        if name == "headwater":
            found, took = by_headwater(command, pages)
            answers = {page: [answer(it) for it in all_] for page, all_ in found.items()}
        else:
            answers, took = by_peer(PEERS[name], pages)
        judged = scored(folder, answers)
        row = [f"{judged[key]:8.3f}" for key in [*keys, "furniture_leaked"]]
        print(f"{label:28} {' '.join(row)} {len(pages) / took:8.0f}", flush=True)


if __name__ == "__main__":
    main()
