#!/usr/bin/env python3
"""Prints how htmldate does on the data set htmldate_mediacloud200, in the figures of headwater-eval.

Run in an environment with requirements.txt installed:  python3 dates.py FOLDER
where FOLDER holds eval.json and html/. `lenient` counts a wrong day as a false answer only, as
htmldate's own evaluation does; the other figures count it as a miss too.
"""
import gzip
import json
import logging
import pathlib
import sys
import time

from htmldate import find_date

logging.disable(logging.CRITICAL)
folder = pathlib.Path(sys.argv[1])
pages = json.loads((folder / "eval.json").read_text(encoding="utf-8"))

print(f"{'htmldate':12} {'p':>6} {'r':>6} {'f1':>6} {'lenient':>8} {'pages/s':>8}")
for name, extensive in [("fast", False), ("extensive", True)]:
    right = answers = labelled = missing = 0
    seconds = 0.0
    for page in pages.values():
        html = gzip.decompress((folder / "html" / (page["file"] + ".gz")).read_bytes())
        gold = page["date"] if isinstance(page["date"], str) else None
        start = time.process_time()
        day = find_date(html, original_date=True, extensive_search=extensive)
        seconds += time.process_time() - start
        right += day is not None and day == gold
        answers += day is not None
        labelled += gold is not None
        missing += gold is not None and day is None
    p, r = right / answers, right / labelled
    lenient = 2 * right / (right + answers + missing)
    f1 = 2 * p * r / (p + r)
    print(f"{name:12} {p:6.3f} {r:6.3f} {f1:6.3f} {lenient:8.3f} {len(pages) / seconds:8.0f}")
