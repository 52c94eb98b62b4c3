"""One person, or one side, as the subject of what is told, whatever the verb: "The playwright was scathing".

A record of a dialogue has no single people in it but those who were there. So a clause that begins with one
participant, one office or one person of some description tells of somebody, unless it asks that person to do
something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence
from .tenses import narrates
from .titles import is_addressed, is_nobody, is_outside
from .words import listed, word_set, words


def actors(sentence: Sentence) -> Iterator[Hit]:
    """Find clauses that begin with one person or one side."""
    if sentence.language == "en":
        yield from _english(sentence)
    else:
        yield from _others(sentence)


_START: Final = re.compile(r"(?:^|(?<=[;:\"])|(?<=,&))(?:[&y],?|[Xf][^,;.V]{1,8},)?")
_PERSON: Final = re.compile(
    r"(?:[ADx]|(?=[FQJ]?O[qX])|(?=GY?[OPW])|(?=P[Xq]))[YFGRWQUug]{0,3}[OPW](?=[aBVqXf,yhD:u.&])"
)
_SIDE: Final = re.compile(r"D?[YFu]?(?:G[Yu]?[CpI]|i)(?=[auVyX])|Rs[Cp](?=[aBuVy])")


def _english(sentence: Sentence) -> Iterator[Hit]:
    shape, terms = sentence.shape, sentence.terms
    lists = words("en").lists
    for start in _START.finditer(shape):
        at = start.end()
        person = _PERSON.match(shape, at)
        if person and not re.search("[MN2k]", person.group()):
            last = person.end() - 1
            head, following = terms[last], terms[last + 1].norm if last + 1 < len(terms) else ""
            if (head.norm in lists["organisers"] and "G" not in person.group()) or is_addressed(
                sentence, at, last
            ):
                continue
            if shape[last + 1 : last + 3] in ("X2", "f2"):
                # One officer on each side.
                continue
            if "S" in shape[last + 1 : last + 14] and "V" not in shape[last + 1 : last + 14]:
                continue
            if shape[last + 1 : last + 2] in "u" and following in lists["compounds"]:
                continue
            if re.match("f[M2]", shape[last + 1 :]) or (
                re.match("XA", shape[last + 1 :]) and shape[at] == "A"
            ):
                # The driver of every truck; a doctor in a border district.
                continue
            if (
                shape[last] == "P"
                and shape[at] == "A"
                and not re.search("[XqVaBu]", shape[last + 1 : last + 2])
            ):
                continue
            verb = re.match(r"(?:f[ADIRUGgfOPW]{1,6})?([ua])", shape[last + 1 :])
            does = terms[last + verb.end()].norm if verb else ""
            habit = (
                verb
                and "V" not in shape
                and (does in ("do", "does") if verb.group(1) == "a" else does.endswith("s"))
            )
            if habit and re.fullmatch("[AD][OW]", person.group()):
                # "The farmer pays twice": a general truth.
                continue
            plain = shape[last] == "P" and not re.search("[YFGRWQ]", person.group())
            described = bool(re.match("[Xq,]", shape[last + 1 :]))
            yield _hit(sentence, at, last, ANY if described or not plain else SIDE_HIDDEN)
        elif re.match("[Qy]?P", shape[at:]) and terms[at + (shape[at] != "P")].norm.startswith("one of"):
            yield _hit(sentence, at, at + (shape[at] != "P"), ANY)
        elif re.match(r"H(?!q)", shape[at:]) and terms[at].norm != "i":
            yield _hit(sentence, at, at, ANY)
        side = _SIDE.match(shape, at)
        if side and "S" not in shape[side.end() : side.end() + 10]:
            last = side.end() - 1
            if shape[last] == "I" and terms[last].norm not in ("group", "panel", "bench"):
                continue
            following = terms[last + 1].norm if last + 1 < len(terms) else ""
            if shape[last + 1] != "B" and following in lists["visiting"] and "L" not in shape:
                continue
            if shape[last + 1] == "u" and not following.endswith("ed"):
                continue
            if shape[last + 1] == "X":
                continue
            yield Hit(terms[at].start, terms[last].end, "side-speech", NEUTRAL["people"]["en"], SIDE_HIDDEN)
    # Is the one who; was the author of.
    for found in re.finditer(r"BD[AP](?=[tqXf])", shape):
        if terms[found.end() - 1].norm in ("one", "person", "author", "source"):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # A brother-in-law of a cabinet member.
    for found in re.finditer(r"[ADx]Pf[ADx]?[OPK]", shape):
        if terms[found.start() + 1].norm in lists["kin"]:
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    for found in re.finditer(r"[OPKW]s[YF]?P", shape):
        if terms[found.end() - 1].norm in lists["kin"]:
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # From the Indian bench came an objection.
    for found in re.finditer(r"XD?[Yu]?GCu", shape):
        if terms[found.start()].norm == "from" and terms[found.end() - 1].norm in ("came", "comes"):
            yield Hit(terms[found.start()].start, terms[found.end() - 1].end, "side-speech", "", SIDE_HIDDEN)
    # From the colleague with forty years in the railways came the idea.
    opening = re.match(r"X[DxA][YFRGu]{0,3}[OPW]", shape)
    if (
        opening
        and terms[0].norm == "from"
        and {"came", "comes"} & {term.norm for term in terms[: opening.end() + 9]}
    ):
        yield _hit(sentence, 0, opening.end() - 1, ANY)
    # Behind this wording stands somebody.
    for index, term in enumerate(terms[:-2]):
        if term.norm == "behind" and shape[index + 1] == "D" and terms[index + 2].norm in lists["texts"]:
            yield _hit(sentence, index, index + 2, ANY)
    # A hotelier thought, a choreographer asked: no list holds every trade.
    for found in re.finditer(r"[AD][UGRYu]?u(?:[XfR].{0,3})?(?=[ay]?V)", shape):
        for term in terms[found.start() + 1 : found.end()]:
            if term.norm.endswith(_TRADES) and term.norm not in lists["things"]:
                yield _hit(sentence, found.start(), found.end() - 1, ANY)
                break
    for found in re.finditer(r"^[AD][UGRYF]?u(?=[XqB])", shape):
        term = terms[found.end() - 1]
        if term.norm.endswith(_SURE_TRADES) and not is_addressed(sentence, 0, found.end() - 1):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)


_TRADES: Final = ("ist", "ian", "eer", "ier", "man", "woman", "er", "or", "ant")
_SURE_TRADES: Final = (
    "ologist",
    "ician",
    "ographer",
    "woman",
    "aecologist",
    "teacher",
    "keeper",
    "owner",
    "worker",
)

_HEAD: Final = re.compile(r"[HPOKWopkwiCI2Mh]|N(?=.?[opwOP])|^q")
_EVERY: Final = word_set("هر ہر हर هره هرې")
_MUST: Final = word_set("باید بتواند می‌تواند چاہیے चाहिए")
_ASIDE: Final = {
    "fa": re.compile(r"(?:[y&D]|[Xf][^,]{0,8},)*"),
    "ps": re.compile(r"(?:[y&]|X[^,k]{0,6},)*"),
    "ur": re.compile(r"(?:[y&])*"),
    "hi": re.compile(r"(?:[y&])*"),
    "roman": re.compile(r"(?:[y&])*"),
}


def _others(sentence: Sentence) -> Iterator[Hit]:
    shape, terms = sentence.shape, sentence.terms
    language = sentence.language
    starts = [0, *(match.end() for match in re.finditer(r"[;:]", shape))]
    for start in starts:
        aside = _ASIDE[language].match(shape, start)
        at = aside.end() if aside else start
        if language == "ps" and shape[at : at + 1] == "X":
            inside = [index for index in range(at + 1, min(at + 6, len(terms))) if terms[index].norm == "کی"]
            at = inside[0] + 1 if inside else at
        yield from _opening(sentence, at)
    # The one with the red shawl; those of Kabul.
    for index, term in enumerate(terms[:-1]):
        described = term.norm in _WHO_HAS and re.search("[uRGNy]", shape[max(0, index - 2) : index])
        following = shape[index + 1 : index + 3]
        from_place = index > 0 and shape[index - 1] == "R"
        if (
            described
            and following[0] in "WPOJ"
            and (following[0] == "W" or following[1:] == "E" or from_place)
        ):
            yield _hit(sentence, max(0, index - 2), index + 1, ANY)
        if term.norm in _WHO_HAS and shape[index + 1] == "P" and "R" in shape[max(0, index - 3) : index]:
            yield _hit(sentence, index, index + 1, ANY)
        if term.norm in _SEATED and shape[index + 1] in "WPO":
            yield _hit(sentence, index, index + 1, ANY)
        if term.norm in _THOSE_OF and shape[max(0, index - 1)] in "RGg" and index:
            yield Hit(
                terms[index - 1].start, term.end, "side-speech", NEUTRAL["people"][language], SIDE_HIDDEN
            )
    if language == "ps":
        for found in re.finditer(r"^fu{1,3}We", shape):
            yield _hit(sentence, found.start(), found.end() - 2, ANY)
        for found in re.finditer(r"^f[Rg]p(?!S)", shape):
            yield Hit(
                terms[0].start,
                terms[found.end() - 1].end,
                "side-speech",
                NEUTRAL["people"][language],
                SIDE_HIDDEN,
            )
    # Felt by one: "to the preacher the appeal seemed soft".
    for found in re.finditer(r"[OPWJ]d?u?e[^.;]{0,8}d", shape):
        if "2" not in shape[max(0, found.start() - 3) : found.start()]:
            plain = shape[found.start()] == "P" and not re.search("[GRYFW]", shape[: found.start()])
            yield _hit(sentence, found.start(), found.end() - 1, SIDE_HIDDEN if plain else ANY)
    for found in re.finditer(r"ue[^.;]{0,8}d", shape):
        if not terms[found.start()].norm.endswith(("ون", "ین", "ान", "ों", "on")):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    for found in re.finditer(r"(?:[RGg]u{0,2}|i)e[^.;]{0,8}d", shape):
        yield Hit(terms[found.start()].start, terms[found.end() - 1].end, "side-speech", "", SIDE_HIDDEN)


_WHO_HAS: Final = word_set("والا والی والے वाला वाली वाले wala wali wale")
_SEATED: Final = word_set("بیٹھے بیٹھی بیٹھا बैठे बैठी बैठा")
_THOSE_OF: Final = word_set("والوں वालों walon")


def _opening(sentence: Sentence, at: int) -> Iterator[Hit]:
    """A clause that opens with one person or one side and asks for nothing."""
    shape = sentence.shape
    rest = shape[at:]
    main = re.split(r"(?<=[^OPWq])t", rest, maxsplit=1)[0]
    if re.search(r"^[^VvE]*[OPW],?[tq]|^q", rest):
        # A relative clause describes somebody; only "must" asks.
        asks = any(term.norm in _MUST for term in sentence.terms[at:])
    else:
        asks = "S" in main and not re.search("[VvE]", main)
    outside = "V" not in rest and is_outside(sentence)
    if asks or outside or (sentence.language in ("fa", "ps") and re.search(r"n", rest)):
        return
    head = _HEAD.search(rest)
    if head is None or head.start() > 5:
        return
    lead, kind = rest[: head.start()], head.group()
    after = rest[head.end() :]
    if kind in "OPW" and not re.search("[VvE]", rest) and not re.search("[GRYF]", lead + after[:1]):
        # A driver waits six days on average; the moderator opened the session.
        if kind != "P" and "q" not in rest and not re.match(",?t", after) and not narrates(sentence):
            return
        if sentence.terms[at + head.start()].norm in listed("organisers"):
            return
    if is_nobody(sentence, at + (lead.index("A") if "A" in lead else head.start())):
        return
    if kind in "I":
        sided = re.match("G", after) or (lead and lead[-1] in "G")
        if sided and sentence.terms[at + head.start()].norm in _GROUPS and re.search("[^.,;]", after[1:]):
            yield Hit(
                sentence.terms[at].start,
                sentence.terms[at + head.start() + (1 if after[:1] == "G" else 0)].end,
                "side-speech",
                NEUTRAL["people"][sentence.language],
                SIDE_HIDDEN,
            )
        return
    if kind == "q":
        if sentence.language in ("fa", "ps") and len(after) > 4:
            yield _hit(sentence, at, at, ANY)
        return
    if kind == "H" and sentence.language == "fa" and not lead.strip("&y"):
        yield _hit(sentence, at + head.start(), at + head.start(), ANY)
        return
    if kind in "2MNKkHh" or re.search('[XTI!,;:V"]', lead):
        return
    last = at + head.end() - 1
    if any(term.norm in _EVERY for term in sentence.terms[last + 1 : last + 2]):
        return
    sided = (lead[-1:] == "G" or after[:1] == "G") and len(after) > 3
    several = _is_several(sentence)
    if kind in "opw" and re.search("A[YFG]?$", lead) and len(after) >= 3:
        yield _hit(
            sentence, at, last, ANY if kind != "p" or re.search("[GRYF]", lead + after[:1]) else SIDE_HIDDEN
        )
        return
    if kind in "opCwi" or (kind in "PO" and several):
        if kind == "i" or (sided and kind in "CpP"):
            yield Hit(
                sentence.terms[at].start, sentence.terms[last].end, "side-speech",
                NEUTRAL["people"][sentence.language], SIDE_HIDDEN,
            )  # fmt: skip
        return
    if kind == "P" and sided and "A" not in lead and sentence.language not in ("fa", "ps"):
        yield Hit(
            sentence.terms[at].start, sentence.terms[last].end, "side-speech",
            NEUTRAL["people"][sentence.language], SIDE_HIDDEN,
        )  # fmt: skip
        return
    one = "A" in lead or sentence.language in ("fa", "ps") or bool(re.match("[qt]|,q", after))
    if not one or several or len(after) < 3:
        return
    if (
        sentence.language == "ps"
        and "A" not in lead
        and not re.match(",?[tq]", after)
        and not _is_done(sentence)
    ):
        return
    if (
        kind == "O"
        and not re.search("[ARGFYQ]", lead)
        and re.match("[ou]", after)
        and sentence.language == "ur"
    ):
        return
    plain = kind == "P" and not re.search("[RGWYFQ]", lead)
    described = bool(re.match(r",?[tqf]", after))
    yield _hit(sentence, at, last, ANY if described or not plain else SIDE_HIDDEN)


_GROUPS: Final = word_set("گروپ گروه ډله ډلې समूह")
_MANY_ENDS: Final = {
    "fa": ("ند",),
    "ps": ("ول", "وو", "دی", "یدل"),
    "ur": ("هین",),
    "hi": ("हैं",),
    "roman": ("hain",),
}


def _is_done(sentence: Sentence) -> bool:
    """Whether a Pashto sentence ends in a past verb."""
    last = _last_verb(sentence)
    return last in _DONE or (last.startswith("و") and len(last) > 3 and not last.endswith("وی"))


_DONE: Final = word_set("کړ کړه کړل کړې کړی وکړ")


def _is_several(sentence: Sentence) -> bool:
    """Whether the last word of a sentence is a verb of several."""
    last = _last_verb(sentence)
    return last.endswith(_MANY_ENDS[sentence.language]) and last not in _ONE_ENDS


_ONE_ENDS: Final = word_set("دی رساند خواند ماند گرداند کشاند راند نشاند بماند داند")
"""Verbs of one that end like verbs of several."""


def _last_verb(sentence: Sentence) -> str:
    """The last word of the main clause: before "that", unless that opens a relative clause."""
    end = re.search(r"(?<=[^OPWqu,])t|(?<=[^OPWq,]u)t|(?<=V)t", sentence.shape)
    told = [t.norm for t in sentence.terms[: end.start() if end else None] if t.norm[-1:].isalpha()]
    last = told[-1] if told else ""
    return re.sub("^ن?می(?=..)", "", last) if sentence.language == "fa" else last


def _hit(sentence: Sentence, first: int, last: int, from_level: int) -> Hit:
    terms = sentence.terms
    return Hit(
        terms[first].start, terms[last].end, "one-person", NEUTRAL["people"][sentence.language], from_level
    )
