# ruff: noqa: E501 (patterns are easier to read whole)
"""Operative verbs of a sentence: where their clauses begin, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .modals import modals_in
from .words import DIALOGUE, OPERATIVE, PERSON, STATE, Stance, lemma_of, word_list


@dataclass(frozen=True, slots=True)
class Operator:
    """An operative verb with its clause: ``start`` of the clause, ``at`` and ``end`` of the verb."""

    start: int
    at: int
    end: int
    lemma: str
    stance: Stance
    speaker: str  # "dialogue", "guest" or "state"
    passive: bool


_ADVERBS = re.compile(
    r"(?:\b(?:also|further|furthermore|moreover|therefore|hence|thus|again|then|however|once|more|as well|additionally|too|"
    r"[a-z]+ly|both|all|did|do|does|in particular|in principle|in addition|now|hereby)\s*,?\s*)+$",
    re.IGNORECASE,
)

_BE = frozenset(["was", "were", "is", "are", "been"])

_HAVE = frozenset(["have", "has", "had"])

_NOT_FINITE = word_list("not_finite")

_PLURAL_SPEAKER = re.compile(
    r"\b(?:we|they|i|participants|delegates|members|groups|sides|delegations|experts|speakers|signatories|activists|"
    r"undersigned|organi[sz]ations|chapters|countries|governments|would|further|and|all|panelists|representatives|journalists|parliamentarians)\s*,?\s*$",
    re.IGNORECASE,
)

_SINGULAR_SPEAKER = re.compile(
    r"(?:\b(?i:declaration|statement|resolution|communiqu[eé]|group|forum|committee|dialogue|conference|meeting|convention|"
    r"PAJC|it|assembly|workshop|appeal|report|document|coalition|network|organi[sz]ation|Pugwash)|\)|\b[A-Z]{3,})\s*,?\s*$",
)

# "The Institute and Further Horizons appeal to": names of conveners joined into a plural.
_JOINED_NAMES = re.compile(r"^\W*(?:The )?[A-Z][\w ,().-]{1,80}? and (?:the )?(?:[A-Z][\w-]*\s?){1,6}$")

_OBJECT_OPENS = frozenset(
    ["the", "both", "all", "that", "upon", "on", "for", "their", "its", "a", "an", "governments", "to"]
)

QUOTE_CLOSED = re.compile(r"[,?!]\s*[\"”]|[\"”]\s*,|(?<=[\w])[,]’\s(?=(?:the|said|they)\b)")

_COORDINATOR = re.compile(
    r"\s*;\s*(?:and\s+)?|\s*,?\s+(?:and|but|while|whereas|however|whilst)\s+|\s*,[\"”’]*\s+", re.IGNORECASE
)


def quoted_by_guests(sentences: Sequence[str]) -> set[int]:
    """Return the numbers of the sentences that lie in a quotation which a guest is said to have spoken."""
    guests: set[int] = set()
    begun: int | None = None
    for number, text in enumerate(sentences):
        for mark in re.finditer(r"[“”\"]", text):
            if begun is None:
                begun = number if mark.group() != "”" else None
                continue
            if mark.group() == "“":
                continue
            runs_on = begun < number and number not in guests and text[mark.end() :].strip()
            if runs_on and any(op.speaker == "guest" for op in operators_of(text, listed=False)):
                guests.update(range(begun, number + 1))
            begun = None
    return guests


def _in_order(text: str, listed: bool) -> Iterator[Operator]:
    previous: Operator | None = None
    for match in OPERATIVE.finditer(text):
        lemma, stance = lemma_of(match)
        operator = _validated(text, match, lemma, stance, previous, listed)
        if operator is not None:
            yield operator
            previous = operator


def operators_of(text: str, *, listed: bool) -> list[Operator]:
    """Return the operative verbs of a sentence, each with its clause and speaker."""
    return list(_in_order(text, listed))


def _validated(
    text: str, match: re.Match[str], lemma: str, stance: Stance, previous: Operator | None, listed: bool
) -> Operator | None:
    form = match.group().split()[0].lower()
    start = match.start()
    adverb = _ADVERBS.search(text, 0, start) if start else None
    verb_start = adverb.start() if adverb and adverb.end() == start else start
    before = text[:verb_start].rstrip()
    token_match = re.search(r"[\w’'-]+$|[^\w\s]$", before)
    leading = token_match.group().lower() if token_match else ""
    following = re.match(r"\s*([\w-]+|[^\w\s])?", text[match.end() :])
    nxt = (following.group(1) or "").lower() if following else ""
    names_object = nxt in _OBJECT_OPENS or bool(following and (following.group(1) or "")[:1].isupper())
    opening = not before.strip("\"“'‘(•-–— ")
    kind = "finite" if form in ("there", "with") else _form(form)
    if form == "with" and not re.search(r"\b(?:conclud|end|clos|culminat|wound|finish)\w*\b", before):
        return None
    passive = False
    if leading in ("to", "for") and kind == "base":
        lead = before[: -len(leading)].rstrip()
        if (
            not (listed and not lead)
            and re.search(
                r"\b(?:agreed?|decided?|resolved?|like|wish|want|desire|hereby|opportunity)$", lead, re.I
            )
            is None
        ):
            return None
    elif kind == "past":
        if leading in _BE:
            passive = True
        elif leading in _HAVE or leading == "not":
            pass
        elif leading in _NOT_FINITE:
            return None
        elif leading in (",", "and", "or", ""):
            if re.search(r"\b(?:be|been)\s+(?:\w+ly\s+)?\w+(?:ed|en)\s*,?\s*(?:and|or)?$", before):
                return None
            if nxt == "by" or (leading == "," and nxt in ("in", "at", "during")):
                return None
        elif nxt in ("by", "at", "during", "earlier", "above", "under") and stance not in (
            Stance.OBSERVE,
            Stance.OPINION,
        ):
            return None
    elif kind == "third" and opening:
        # "Urges both governments …": the subject stands on the line above
        if not listed and not (stance is Stance.ASK and nxt in ("the", "both", "all", "that", "upon")):
            return None
        if nxt in ("and", "or", "of", "from", "by", "", ":") or (lemma == "call for" and not listed):
            return None
    elif kind == "third":
        if leading in _NOT_FINITE or not (
            (
                stance in (Stance.ASK, Stance.STRESS)
                and (names_object or lemma in ("call on", "call for"))
                and DIALOGUE.search(before)
            )
            or _SINGULAR_SPEAKER.search(before)
            or (
                leading in (",", "and")
                and (previous is not None or (nxt in _OBJECT_OPENS and DIALOGUE.search(before)))
            )
        ):
            return None
    elif kind == "ing":
        if leading in _BE:
            if re.search(r"\b(?:which|who|that)\s+\w+$", before):
                return None
        elif (
            leading == "by"
            and re.search(r"\b(?:beg[au]n|opened|started|concluded|ended|closed)\b", before)
            and stance is Stance.WELCOME
        ) or (leading == "in" and re.search(r"\b(?:unanimous|united|joined|agreed|one)\s+in$", before)):
            pass
        elif opening:
            if stance not in (Stance.ASK, Stance.WELCOME) or lemma in (
                "advocate",
                "encourage",
                "seek",
                "favour",
                "ask",
                "press",
                "push",
            ):
                return None
        elif leading in (",", "and", "while", ";"):
            if lemma in ("encourage", "seek", "advocate", "favour", "press", "push") or (
                stance in (Stance.OBSERVE, Stance.OPINION) and previous is None
            ):
                return None
        elif not re.search(
            r"\b(?:declaration|statement|resolution|communiqu[eé]|appeal|letter|document)$", before, re.I
        ):
            return None
    elif kind == "base":
        if opening:
            if not listed and stance is not Stance.ASK:
                return None
            if (
                not listed
                and lemma in ("call for", "demand", "request", "appeal")
                and nxt not in _OBJECT_OPENS
            ):
                return None
        elif (
            not _PLURAL_SPEAKER.search(before)
            and not (leading in (",", "and") and previous is not None)
            and not (leading == "," and re.match(r"[\s\"“]*We\b", text))
            and not (stance is Stance.ASK and nxt in _OBJECT_OPENS and _JOINED_NAMES.search(before))
        ):
            return None
        if leading == "and" and previous is None and not _PLURAL_SPEAKER.search(before):
            return None
    if lemma == "invite" and passive:
        return None  # guests are invited; "are invited to" is a modal of its own
    if lemma == "brief" and not nxt[:1].isalpha():
        return None
    if (
        stance is Stance.ASK
        and lemma in ("demand", "request", "call for", "appeal")
        and nxt in ("and", "of", "is", "was")
    ):
        return None
    clause = _clause_start(text, verb_start, leading, previous)
    speaker = _speaker(text, clause, verb_start, match.end(), passive, stance, previous, opening)
    return Operator(clause, start, match.end(), lemma, stance, speaker, passive)


def _form(word: str) -> str:
    if word in {
        "say",
        "feel",
        "think",
        "hold",
        "hear",
        "seek",
        "lay",
        "place",
        "put",
        "make",
        "see",
        "undertake",
    }:
        return "base"
    if word in {"were", "was", "are", "is", "be", "shared", "share", "spoke", "came", "made", "would"}:
        return "finite"
    if word.endswith("ing"):
        return "ing"
    if word.endswith(
        (
            "ed",
            "said",
            "felt",
            "thought",
            "held",
            "heard",
            "sought",
            "laid",
            "made",
            "saw",
            "spoke",
            "told",
            "undertook",
        )
    ):
        return "past"
    if word in {"stress", "press", "express", "discuss", "witness"}:
        return "base"
    if word.endswith("s") and not word.endswith("ss"):
        return "third"
    return "base"


def _clause_start(text: str, verb: int, leading: str, previous: Operator | None) -> int:
    """Where the operator's clause begins: at its subject if it has one of its own."""
    low = previous.end if previous else 0
    closed = [match.end() for match in QUOTE_CLOSED.finditer(text, low, verb)]
    if closed and len(text[closed[-1] : verb].split()) <= 9:
        return closed[-1] + len(text[closed[-1] : verb]) - len(text[closed[-1] : verb].lstrip(' ”"'))
    if leading == "," and previous is None:
        return 0
    if leading in (",", "and", "or", ";", "but", "while"):
        return verb
    best = 0 if previous is None else verb
    for match in _COORDINATOR.finditer(text, low, verb):
        subject = text[match.end() : verb]
        if previous is None and (match.group().strip() == "," or not modals_in(text[: match.start()])):
            continue
        if len(subject.split()) <= 14 and _SUBJECT_OPENS.match(subject):
            best = match.end()
    if previous is not None and best == verb and previous.stance in (Stance.OPINION, Stance.OBSERVE):
        subject = text[low:verb]
        if len(subject.split()) <= 14 and _SUBJECT_OPENS.match(re.sub(r"^\s*that\s+", "", subject)):
            return low + len(subject) - len(subject.lstrip())
    return best


_SUBJECT_OPENS = re.compile(
    rf"\W*(?:(?:the|these|both|all|our|a|an|this|some|one)\s+)?(?:[\w-]+\s+){{0,3}}?(?:{DIALOGUE.pattern}|(?-i:{PERSON.pattern})|{STATE.pattern})",
    re.IGNORECASE,
)


def _speaker(
    text: str,
    clause: int,
    verb: int,
    end: int,
    passive: bool,
    stance: Stance,
    previous: Operator | None,
    opening: bool,
) -> str:
    subject = text[clause:verb]
    if passive:
        agent = re.match(r"[^.;]{0,120}?\bby\s+([^,.;]{1,60})", text[end:])
        if agent and PERSON.match(re.sub(r"^(?:the|an?)\s+", "", agent.group(1))):
            return "guest"
        return "dialogue"
    if not subject.strip(' ,;:"“') or opening:
        return previous.speaker if previous else "dialogue"
    if re.match(r"[\W]*We\b", subject):
        return "dialogue"
    chunks = [chunk for chunk in re.split(r",|\s–\s", re.sub(r"\([^)]*\)", " ", subject)) if chunk.strip()]
    for place in range(len(chunks) - 1, -1, -1):
        chunk = chunks[place]
        stripped = chunk.strip(" \"“”'‘’")
        if re.match(
            r"(?:including|comprising|consisting|led by|headed by|who|which|from|such as|as well as|among|held|titled|entitled|"
            r"organi[sz]ed|convened|hosted|attended|issued|adopted|released|on \w+day|in \w+$|at \w+$)\b",
            stripped,
            re.I,
        ):
            continue
        if (
            place
            and re.fullmatch(r"(?:[A-Z][\w’-]*\s*){1,2}", stripped)
            and re.search(r"\b(?:in|at|from|near)\s+(?:[A-Z][\w’-]*\s*){1,3}$", chunks[place - 1].rstrip())
        ):
            continue  # "held in Kabul, Afghanistan, decided": a place, not a speaker
        if place and stripped in _PLACES and _SEATED.search(chunks[place - 1]):
            continue  # "led by the Institute, Islamabad, calls upon": the seat of an institution
        verdict = _who(stripped, alone=place == 0)
        if verdict:
            return verdict
    return previous.speaker if previous and clause == verb else "dialogue"


def _who(chunk: str, *, alone: bool) -> str:
    """Classify a subject by the first word in it that tells."""
    if _ONE_OFFICIAL.match(chunk):
        return "guest"
    places = []
    for verdict, pattern in (("dialogue", DIALOGUE), ("guest", PERSON), ("state", STATE)):
        match = pattern.search(chunk)
        if match:
            places.append((match.start(), verdict))
    if places:
        places.sort()
        first = places[0][1]
        if first == "state" and any(v == "dialogue" for _, v in places):
            return (
                "dialogue"
                if re.search(r"\b(?:participants|delegates|delegation|members|committee)\b", chunk, re.I)
                else "state"
            )
        return first
    if alone and len(chunk) > 3 and re.fullmatch(r"(?:[A-Z][a-z’'-]+\s*){1,4}(?:also|further|then)?", chunk):
        return "state" if len(chunk.split()) == 1 and chunk in _PLACES else "guest"
    if re.search(r"\b(?:Pakistan|India|Afghanistan|Islamabad|Kabul|Delhi)\b\s*$", chunk):
        return "state"
    return ""


_SEATED = re.compile(
    r"\b(?:Cent(?:re|er)|Institute|University|Foundation|Studies|Council|Organi[sz]ation|[A-Z]{3,})\b"
)

_ONE_OFFICIAL = re.compile(
    r"(?:an?|the|its|their|his|her)\s+(?:[\w-]+\s+){0,4}?(?:minister|ambassador|secretary|general|advis[eo]r|president|speaker|official|diplomat|guest|"
    r"envoy|director|chairman|chairperson|governor|rector|professor|senator|officer|commissioner|spokes\w+|mayor|moderator|host)\b(?![’']?s\b)",
    re.IGNORECASE,
)

_PLACES = frozenset(["Pakistan", "India", "Afghanistan", "Islamabad", "Kabul", "Delhi", "China", "Iran"])
