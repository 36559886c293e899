#!/usr/bin/env python3
"""Prints how peers find the texts that share words, beside headwater, in one run.

Run in an environment with requirements.txt installed:
    python3 reuse.py HEADWATER_EVAL FOLDER... [--picture FILE.svg] [--most TEXTS]
where HEADWATER_EVAL is the program `headwater-eval` and each FOLDER holds a corpus with planted
reuse (docs.jsonl, truth.tsv). Every row runs in a process of its own; `MB/s` is text over processor
time, of all threads, from texts in memory to pairs. `planted` is recall over all pairs that share a
planted passage, `half` over those of which each is at least half shared, which is what signatures of
whole texts are made for; `precision` is over pairs that share any planted passage. The pairs that
lie farther apart than the generator's notes reach are left out. `kB` is memory a text beside the
text. The peers find pairs; headwater finds the passages too.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

# The generator notes no pair farther apart.
FARTHEST = 12_000


def words(text):
    return re.findall(r"\w+", text.lower())


def shingles(text, n=3):
    tokens = words(text)
    return {" ".join(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1))}


def gaoya(texts, threshold, bands, size):
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=threshold, num_bands=bands, band_size=size,
        analyzer="word", lowercase=True, ngram_range=(3, 3),
    )
    for ix, text in enumerate(texts):
        for other in index.query(text):
            yield other, ix
        index.insert_document(ix, text)


def rensa(texts, threshold, bands):
    from rensa import RMinHash, RMinHashLSH

    n_hashes = 128
    index = RMinHashLSH(threshold=threshold, num_perm=n_hashes, num_bands=bands)
    digests = []
    for ix, text in enumerate(texts):
        digest = RMinHash(num_perm=n_hashes, seed=1)
        digest.update(list(shingles(text)))
        for other in index.query(digest):
            if digest.jaccard(digests[other]) >= threshold:
                yield other, ix
        index.insert(ix, digest)
        digests.append(digest)


def datasketch(texts, threshold):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=128)
    for ix, text in enumerate(texts):
        digest = MinHash(num_perm=128)
        digest.update_batch([shingle.encode() for shingle in shingles(text)])
        for other in index.query(digest):
            yield other, ix
        index.insert(ix, digest)


# Each peer near a Jaccard index of a half, and lower, where it finds more and takes longer.
PEERS = {
    "gaoya .5": lambda texts: gaoya(texts, 0.5, 25, 5),
    "gaoya .3": lambda texts: gaoya(texts, 0.3, 42, 3),
    "rensa .5": lambda texts: rensa(texts, 0.5, 32),
    "rensa .3": lambda texts: rensa(texts, 0.3, 64),
    "datasketch .5": lambda texts: datasketch(texts, 0.5),
}


def memory(name):
    """Bytes, VmRSS now or VmHWM at most so far (Linux); `ru_maxrss` counts the parent's too."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(rf"{name}:\s+(\d+)", status)[1]) * 1024


def load(folder):
    with open(folder / "docs.jsonl", encoding="utf-8") as docs:
        return [json.loads(line)["text"] for line in docs]


def run_peer(name, folder):
    """One peer in this process: prints the cost, then the pairs."""
    texts = load(folder)
    before, start = memory("VmRSS"), time.process_time()
    pairs = {(min(pair), max(pair)) for pair in PEERS[name](texts) if pair[0] != pair[1]}
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "memory": memory("VmHWM") - before}))
    for a, b in sorted(pairs):
        print(a, b)


def union(ranges):
    total, last = 0, 0
    for start, end in sorted(ranges):
        total += max(0, end - max(start, last))
        last = max(last, end)
    return total


def truth(folder, texts):
    """All planted pairs, and those that share at least half of both texts."""
    lengths = [len(text.encode()) for text in texts]
    sides = {}
    with open(folder / "truth.tsv", encoding="utf-8") as rows:
        for row in rows:
            a, b, a0, a1, b0, b1 = map(int, row.split())
            left, right = sides.setdefault((a, b), ([], []))
            left.append((a0, a1))
            right.append((b0, b1))
    half = {
        (a, b)
        for (a, b), (left, right) in sides.items()
        if union(left) * 2 >= lengths[a] and union(right) * 2 >= lengths[b]
    }
    return set(sides), half


def peer_row(name, folder):
    command = [sys.executable, __file__, "--peer", name, str(folder)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return json.loads(out[0]), {tuple(map(int, line.split())) for line in out[1:]}


def headwater_row(program, folder):
    answers = folder / "answers.tsv"
    command = [program, "match", str(folder), "--answers", str(answers)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = float(re.search(r"([\d.]+) s of processor time", out)[1])
    memory = float(re.search(r"([\d.]+) kB of memory a text", out)[1]) * 1000
    with open(answers, encoding="utf-8") as rows:
        pairs = {tuple(map(int, row.split()[:2])) for row in rows}
    answers.unlink()
    return {"seconds": seconds, "memory": memory * len(load(folder))}, pairs


def compare(program, folder, most):
    texts = load(folder)
    planted, half = truth(folder, texts)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} texts, {megabytes:.1f} MB, {len(planted)} planted pairs, {len(half)} of halves")
    print(f"{'':14} {'MB/s':>7} {'ratio':>6} {'kB':>6} {'planted':>8} {'half':>6} {'precision':>9}")
    found, fastest = [], None
    for name in ["headwater", *PEERS]:
        if name.startswith("datasketch") and len(texts) > most:
            continue
        own = name == "headwater"
        cost, pairs = headwater_row(program, folder) if own else peer_row(name, folder)
        pairs = {(a, b) for a, b in pairs if b - a < FARTHEST}
        speed = megabytes / max(cost["seconds"], 1e-9)
        fastest = fastest or speed
        row = (
            speed, speed / fastest, cost["memory"] / len(texts) / 1000,
            len(pairs & planted) / max(1, len(planted)), len(pairs & half) / max(1, len(half)),
            len(pairs & planted) / max(1, len(pairs)),
        )
        print("{:14} {:7.1f} {:6.3f} {:6.1f} {:8.3f} {:6.3f} {:9.4f}".format(name, *row), flush=True)
        found.append((name, len(texts), cost["seconds"], row))
    return found


def picture(rows, file):
    """Seconds over texts, both in powers of ten: a straight line of slope one is linear."""
    import math

    left, right, top, bottom = 70, 560, 30, 330
    xs = [n for _, n, _, _ in rows]
    ys = [max(seconds, 0.01) for _, _, seconds, _ in rows]
    low_x, high_x = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    x = lambda n: left + (math.log10(n) - low_x) / (high_x - low_x) * (right - left)
    y = lambda s: bottom - (math.log10(max(s, 0.01)) - low_y) / (high_y - low_y) * (bottom - top)
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 390" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>Processor time to find the texts that share words, over the number of texts</title>",
        '<rect width="820" height="390" fill="#fff"/>',
    ]
    label = lambda power: str(10**power) if power >= 0 else f"{10.0**power:g}"
    for power in range(low_x, high_x + 1):
        at = x(10**power)
        out.append(f'<path d="M{at:.1f} {top}V{bottom}" stroke="#ddd"/>')
        out.append(f'<text x="{at:.1f}" y="{bottom + 20}" text-anchor="middle">{10**power:,}</text>')
    for power in range(low_y, high_y + 1):
        at = y(10.0**power)
        out.append(f'<path d="M{left} {at:.1f}H{right}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{label(power)}</text>')
    out.append(f'<text x="{(left + right) / 2}" y="{bottom + 44}" text-anchor="middle">texts</text>')
    out.append(f'<text x="{left}" y="18">seconds of processor time</text>')
    colours = ["#0b5fa5", "#a8480c", "#a8480c", "#3d7a35", "#3d7a35", "#6b4a99"]
    lines = []
    for name, colour in zip(["headwater", *PEERS], colours):
        points = sorted((n, seconds) for row, n, seconds, _ in rows if row == name)
        path = " ".join(f"{x(n):.1f},{y(seconds):.1f}" for n, seconds in points)
        dash = ' stroke-dasharray="5 4"' if name.endswith(".3") else ""
        width = 3 if name == "headwater" else 1.5
        out.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}/>'
        )
        for n, seconds in points:
            out.append(f'<circle cx="{x(n):.1f}" cy="{y(seconds):.1f}" r="3" fill="{colour}"/>')
        row = [row for other, n, _, row in rows if other == name][-1]
        lines.append((y(points[-1][1]), name, colour, points[-1][0], row))
    last = 0
    for at, name, colour, n, row in sorted(lines):
        last = max(at, last + 17)
        of = "of pairs" if n == max(xs) else f"(of {n:,})"
        text = f"{name}: finds {row[3]:.0%} {of}"
        out.append(f'<text x="{right + 10}" y="{last + 4:.1f}" fill="{colour}">{text}</text>')
    out.append("</svg>")
    pathlib.Path(file).write_text("\n".join(out) + "\n", encoding="utf-8")


def main():
    if sys.argv[1:2] == ["--peer"]:
        return run_peer(sys.argv[2], pathlib.Path(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--picture", type=pathlib.Path)
    parser.add_argument("--most", type=int, default=50_000)
    args = parser.parse_args()
    rows = [row for folder in args.folders for row in compare(args.program, folder, args.most)]
    if args.picture:
        picture(rows, args.picture)


if __name__ == "__main__":
    main()
