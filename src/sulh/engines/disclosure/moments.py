"""Moments and private places tied to a person or a saying: "over dinner on 14 March", "in his Lahore home".

Ordinary dates of meetings, and places as topics, are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .hits import ANY, Hit
from .reading import Sentence
from .words import listed


def moments(sentence: Sentence, people: bool) -> Iterator[Hit]:
    """Find moments and private places; ``people``: whether another rule found a person in the sentence."""
    shape, terms = sentence.shape, sentence.terms
    said = "V" in shape or "v" in shape or "n" in shape or "T" in shape
    # Who came by the Tuesday flight; whoever sat in room 304.
    for found in re.finditer(r"[OPWK][jy]?,?[qt][^.;]{0,14}[ZLl]", shape):
        yield _hit(sentence, found.start(), found.end() - 1)
    for found in re.finditer(r"P[^.;,]{0,14}[ZLl]", shape):
        if terms[found.start()].norm == "whoever":
            yield _hit(sentence, found.start(), found.end() - 1)
    for found in re.finditer(r"q[^.;]{0,10}[ZL]", shape):
        if sentence.language == "fa":
            yield _hit(sentence, found.start(), found.end() - 1)
    for found in re.finditer(r"^q[^.;]{0,10}[ZLl]", shape):
        if sentence.language != "en":
            yield _hit(sentence, found.start(), found.end() - 1)
    for found in re.finditer(r"[q][jOPW][^.;]{0,10}[ZL]", shape):
        if sentence.language != "en":
            yield _hit(sentence, found.start(), found.end() - 1)
    if sentence.language == "en":
        # In his Lahore home; at her residence.
        for found in re.finditer(r"Xx[RYu]{0,2}[Ll]", shape):
            yield _hit(sentence, found.start(), found.end() - 1)
        # After that breakfast between the two heads of delegation.
        for found in re.finditer(r"[LZ][^.;S]{0,4}[Xu][D]?N[opk](?![^.;]*S)", shape):
            if "L" in found.group():
                yield _hit(sentence, found.start(), found.end() - 1)
        # At the minister's farmhouse.
        for found in re.finditer(r"[OPK]s[YuR]?[Ll](?![I=])", shape):
            yield _hit(sentence, found.start(), found.end() - 1)
        # In room 304; suite 12.
        for found in re.finditer(r"L#", shape):
            if terms[found.start()].norm in ("room", "suite", "apartment", "flat") and (
                people or said or "w" in shape
            ):
                yield _hit(sentence, found.start(), found.end() - 1)
    if said:
        for found in re.finditer(r"(?:XD?)?L(?:[XDuUf]{1,3}[ZRU#N]+)?", shape):
            near = shape[max(0, found.start() - 14) : found.end() + 14]
            alone = shape[found.start() - 1 : found.start()] != "I"
            bargain = re.search("L[^.;pM2]{0,20}T|T[^.;pM2]{0,20}L", shape) and not re.search("[pM2]", shape)
            secret = terms[found.end() - 1].norm in listed("secret") or terms[found.start()].norm in listed(
                "secret"
            )
            if alone and (
                people
                or bargain
                or ((secret or re.search("[VTn]", near)) and not re.search("[pM2]", shape))
                or ("Z" in shape and re.search("[Vvn]", near))
            ):
                yield _hit(sentence, found.start(), found.end() - 1)
    if people:
        for found in re.finditer(r"X?D?(?:Z[XD]?)*(?:[N#A][uf]?Z|Z[N#A]|ZZ)", shape):
            yield _hit(sentence, found.start(), found.end() - 1)


def _hit(sentence: Sentence, first: int, last: int) -> Hit:
    terms = sentence.terms
    return Hit(terms[first].start, terms[last].end, "moment-place", "", ANY)
