#!/usr/bin/env python3
"""Writes lexicon/<code>/background.tsv: how common words are, from the PyPI package wordfreq.

Run in a folder with wordfreq 3.1.1 installed:  python3 background.py en 16000 > ../en/background.tsv
A row is a Zipf frequency in tenths (60 = one word in a thousand) and all words of that frequency.
"""
import collections
import sys

from wordfreq import top_n_list, zipf_frequency

code, n = sys.argv[1], int(sys.argv[2])
by_zipf = collections.defaultdict(list)
for word in top_n_list(code, n):
    if word.isalpha() and len(word) > 1:
        by_zipf[round(10 * zipf_frequency(word, code))].append(word)
print(f"# How common the {n} commonest words are: Zipf frequency in tenths, then the words.")
print("# Made by ../build/background.py from wordfreq 3.1.1 (see ../SOURCES.md).")
for zipf in sorted(by_zipf, reverse=True):
    print(f"{zipf}\t{' '.join(sorted(by_zipf[zipf]))}")
