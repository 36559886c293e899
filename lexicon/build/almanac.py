#!/usr/bin/env python3
"""Writes lexicon/almanac.tsv: names of months and the order of a date's numbers in the languages of
the world's press, from Unicode CLDR as the PyPI package babel carries it.

Run in a folder with babel 2.18 installed:  python3 almanac.py > ../almanac.tsv
Rows are `month`, number, word, the languages that call it so; and `order`, mdy or ymd, the locales
that write it so in numbers (all others write day, month, year).
"""
import collections
import pathlib
import pickle
import re

from babel import Locale
from babel.localedata import resolve_locale_filename

LANGUAGES = """af am ar ar_DZ ar_IQ ar_LB ar_MA ar_TN az az_Cyrl be bg bn br bs bs_Cyrl ca ceb ckb cs cy
da de de_AT dsb el en en_AU en_CA en_GB es et eu fa ff fi fil fo fr fur fy ga gd gl gu ha he hi hr hsb hu hy id ig is it jv
ka kk km kn ku ky lb lo lt lv mg mk ml mn mr ms mt my nb ne nl nn oc om or pa pl ps pt rm ro ru rw sc sd
si sk sl sn so sq sr sr_Latn su sv sw ta te tg th ti tk tr tt ug uk ur uz uz_Arab
uz_Cyrl vi wo xh yi yo zh zu""".split()
ORDERS = """af am ar az be bg bn bs ca cs da de el en en_AU en_CA en_GB en_IE en_IN en_KE en_MT en_MY
en_NG en_NZ en_PH en_PK en_SG en_US en_ZA es es_AR es_MX es_PA es_PR es_US et eu fa fi fil fr fr_CA gl
gu he hi hr hu hy id is it ja ka kk km kn ko ky lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru
si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zh_Hant zu""".split()


def words_of(name):
    """The name without small words before and after it ("de juliol", "da fanadur")."""
    name = re.sub(r"[\u200c-\u200f]", "", name.lower()).strip().rstrip(".॰")
    name = re.sub(r"^(de|da|d|di|a|do|del|mis|mī) |^d['’]", "", name)
    return "" if re.match(r"\d|m\d|tháng|thg|сар", name) or len(name) < 2 or " " in name else name


names, orders = collections.defaultdict(set), collections.defaultdict(set)
for code in LANGUAGES:
    # Only what the language itself says: babel's inherited stand-alone names are another's.
    own_file = pathlib.Path(resolve_locale_filename(code))
    months = pickle.loads(own_file.read_bytes()).get("months", {})
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            own = months.get(context, {}).get(width)
            for number, name in own.items() if isinstance(own, dict) else ():
                if word := words_of(name):
                    names[number, word].add(code.split("_")[0])
for code in ORDERS:
    pattern = Locale.parse(code).date_formats["short"].pattern
    order = "".join(dict.fromkeys(c.lower() for c in pattern if c in "dMy"))
    if order in ("mdy", "ymd"):
        orders[order].add(code.replace("_", "-"))

print("# Names of months in the languages of the world's press, and the order of a date in numbers.")
print("# Made by build/almanac.py from Unicode CLDR (see SOURCES.md).")
print("# month: number, word without its full stop, languages.  order: mdy or ymd, locales.")
for (number, word), codes in sorted(names.items()):
    print(f"month\t{number}\t{word}\t{' '.join(sorted(codes))}")
for order, codes in sorted(orders.items()):
    print(f"order\t{order}\t{' '.join(sorted(codes))}")
