"""Reading one sentence: who speaks in it, and every ask and welcome that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .addressees import PROGRAMME, heads
from .asked_of import actors, clause_addressees, main_subject
from .cuts import ThemesOf
from .hits import Hit, gladly, hits_of, modal_hits
from .model import Kind
from .operators import QUOTE_CLOSED, Operator, operators_of
from .sides import Country
from .words import IMPERATIVES, PERSON, Stance


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence yields, and who speaks at its end (a guest's speech may go on)."""

    hits: tuple[Hit, ...]
    guest: bool


def read_sentence(
    text: str,
    states: Sequence[Country],
    themes: ThemesOf,
    *,
    listed: bool = False,
    after_guest: bool = False,
) -> Reading:
    """Find asks and welcomes in one sentence.

    ``listed`` is true for the first sentence of a list item (it may begin with its verb);
    ``after_guest`` if the sentence before was a guest's speech.
    """
    if text.rstrip("\"'”’ ").endswith("?") or not re.search(r"[A-Za-z]", text):
        return Reading((), after_guest)
    speech = _GUEST_SPEAKS.search(text)
    if speech and not _DIALOGUE_PLURAL.search(speech.group("who")):
        before = read_sentence(
            text[: speech.start("said")], states, themes, listed=listed, after_guest=after_guest
        )
        return Reading(before.hits, True)
    if _said_by_one(text):
        return Reading((), True)
    decided = _decided_in_passing(text, states) or _asked_by_noun(text, states)
    if decided and not after_guest:
        return Reading((decided,), False)
    operators = operators_of(text, listed=listed)
    if _opens_with_guest(text) and not any(op.speaker == "dialogue" for op in operators):
        return Reading((), True)
    if not operators:
        if after_guest:
            return Reading((), True)
        return Reading(tuple(modal_hits(text, 0, len(text), states, themes)) or tuple(gladly(text)), False)
    hits = list(_by_operator(text, operators, states, themes, after_guest))
    if not hits and not any(op.speaker == "guest" for op in operators):
        hits = list(gladly(text))
    return Reading(tuple(_disjoint(hits)), operators[-1].speaker == "guest")


_SAID = re.compile(
    r"[,?!.][\"”’]\s*(?:said|says|added|stressed|argued|noted|remarked|observed|stated|told)\s+(?P<who>[^\"“]{3,160})$"
)


def _said_by_one(text: str) -> bool:
    """A quotation that one person is said to have spoken, unless he reads out what all have adopted."""
    match = _SAID.search(text)
    if not match or _READ_OUT.search(match.group("who")):
        return False
    who = re.sub(r"^(?:the|an?)\s+", "", match.group("who"))
    return bool(PERSON.match(who)) or bool(
        re.match(r"(?:[A-Z][a-z’'-]+\s+){2,3}(?=[,.]|of\b|from\b|$)", who + " ")
    )


_READ_OUT = re.compile(
    r"\b(?:read|reading|behalf|resolution|declaration|statement|letter|communiqu[eé]|participants|delegates)\b",
    re.IGNORECASE,
)

# "… was opened by the governor, who stressed that": from there on a guest speaks.
_GUEST_SPEAKS = re.compile(
    r"\b(?P<who>[^,;:]{3,90})(?P<said>,\s+who\s+(?:also\s+|further\s+|\w+ly\s+|in\s+(?:his|her)\s+\w+\s+)?"
    r"(?:said|stressed|emphasi[sz]ed|underlined|underscored|highlighted|noted|urged|called|recommended|suggested|proposed|added|"
    r"told|reminded|demanded|appealed|argued|hoped|asked|advised|pointed|spoke|stated|observed)\b)"
)

_DIALOGUE_PLURAL = re.compile(
    r"\b(?:participants|delegates|members|experts|speakers|activists|signatories|delegations|parliamentarians|journalists|group)\s*$",
    re.IGNORECASE,
)

_IN_PASSING = re.compile(
    r",\s+it\s+(?:was|has\s+been|is)\s+(?:\w+ly\s+|also\s+|further\s+)?"
    r"(?:(?P<promise>agreed|decided|resolved)|(?P<asked>recommended|suggested|proposed|felt|stressed|urged|demanded))"
    r"(?:\s+by\s+[^,.]{2,40})?(?:,\s+|\s*[.]?\s*$)"
)


def _decided_in_passing(text: str, states: Sequence[Country]) -> Hit | None:
    """ "The two teams will, it was agreed, exchange drafts": the verb stands beside what it governs."""
    match = _IN_PASSING.search(text)
    if not match or match.start() < 8:
        return None
    if match.group("promise"):
        if not _WILL.search(text[: match.start()] + " " + text[match.end() :]):
            return None
        return Hit(Kind.ASK, 0, len(text), _LEMMA[match.group("promise")], (PROGRAMME,), "promise")
    if match.end() >= len(text):
        return None  # read by the rule for verbs that stand at the end
    codes = clause_addressees(main_subject(text[: match.start()]) + " " + text[match.end() :], states)
    return Hit(Kind.ASK, 0, len(text), _LEMMA[match.group("asked")], codes, "asking verb")


_LEMMA = {
    "agreed": "agree",
    "decided": "decide",
    "resolved": "resolve",
    "recommended": "recommend",
    "suggested": "suggest",
    "proposed": "propose",
    "felt": "should",
    "stressed": "stress",
    "urged": "urge",
    "demanded": "demand",
}

_WILL = re.compile(r"\b(?:will|would|shall|be)\b")

_PLEA = r"(?:calls?|appeals?|demands?|requests?|pleas?|proposals?|suggestions?|recommendations?|asks?)"

_NOUN_ASKS = (
    # "A call for direct flights was made."
    re.compile(
        rf"\b(?:an?|the|their|its|our|this|another|\w+)\s+(?P<noun>{_PLEA})\s+(?P<what>(?:for|to|that|on)\s.+?)\s+(?:was|were|has\s+been|have\s+been|is|are)"
        r"\s+(?:\w+ly\s+|also\s+)?(?:made|issued|put\s+forward|voiced|raised|tabled|submitted|renewed|repeated|reiterated|supported|endorsed|adopted|addressed|sent|conveyed|directed)\b",
        re.IGNORECASE,
    ),
    # "The suggestion was made that a joint chamber be formed."
    re.compile(
        rf"\b(?P<noun>{_PLEA})\s+(?:was|were|has\s+been|have\s+been|is)\s+(?:\w+ly\s+|also\s+)?(?:made|issued|put\s+forward|voiced|raised|tabled|heard)\s+"
        r"(?P<what>(?:that|for|to)\s.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    # "Its main demand is the release of all fishermen."
    re.compile(
        rf"^\W*(?:(?:the|their|its|our|one|another|a|key|main|first|second|third|final|last|central|common|\w+[’']s|of|among|participants[’']?)\s+){{1,6}}"
        rf"(?P<noun>{_PLEA})(?:\s+of\s+the\s+(?:participants|group|dialogue|meeting|forum|delegates))?\s+(?:is|was|are|were)\s+"
        r"(?P<what>(?:that|to|for|the|an?)\s.+)",
        re.IGNORECASE | re.DOTALL,
    ),
)


def _asked_by_noun(text: str, states: Sequence[Country]) -> Hit | None:
    """A noun of asking with its own matter: "a call for direct flights was made"."""
    for pattern in _NOUN_ASKS:
        match = pattern.search(text)
        if not match:
            continue
        if PERSON.search(text[: match.start("noun")]) or re.search(
            rf"\bby\s+(?:the\s+|an?\s+)?(?:{PERSON.pattern})", text[match.end("noun") :]
        ):
            return None
        if re.match(
            r"(?:to|for)\s+(?:the\s+)?(?:dialogue|participants|group)\b|the\s+(?:result|outcome|basis|product)\b",
            match.group("what"),
        ):
            return None
        noun = match.group("noun").lower().rstrip("s")
        complement = re.sub(r"^(?:for|to|that|on)\s+", "", match.group("what"))
        codes = clause_addressees(complement, states) or actors(complement, states)
        return Hit(Kind.ASK, 0, len(text), _NOUN_LEMMA.get(noun, noun), codes, "noun of asking")
    return None


_NOUN_LEMMA = {
    "suggestion": "suggest",
    "proposal": "propose",
    "recommendation": "recommend",
    "plea": "appeal",
    "call": "call for",
}


def _opens_with_guest(text: str) -> bool:
    head = re.match(r"[\"“'‘(\s]*((?:[^\s,]+\s*){1,4})", text)
    return bool(
        head and re.match(r"(?:Addressing|Speaking|In (?:his|her) |According to|He\b|She\b)", head.group(1))
    )


def _by_operator(
    text: str, operators: list[Operator], states: Sequence[Country], themes: ThemesOf, after_guest: bool
) -> Iterator[Hit]:
    first = operators[0]
    matter = _follows_its_matter(
        text, first, text[first.end : operators[1].start if operators[1:] else len(text)]
    )
    if first.start > 0 and not after_guest and not matter:
        yield from modal_hits(text, 0, first.start, states, themes)
    for index, operator in enumerate(operators):
        end = operators[index + 1].start if index + 1 < len(operators) else len(text)
        if end <= operator.end:
            continue
        complement = text[operator.end : end]
        if index == 0 and matter:
            yield from _postposed(text, operator, complement, states, themes)
            continue
        if operator.speaker != "dialogue":
            continue
        yield from hits_of(text, operator, end, complement, states, themes)


_POSTPOSED = re.compile(r"^\W*(?:(?:yesterday|today|on \w+day|here|further|too|also)\b)?\W*$", re.IGNORECASE)


def _follows_its_matter(text: str, operator: Operator, complement: str) -> bool:
    """Whether the verb stands after what it governs: "…, the declaration urged"."""
    before = text[: operator.at]
    if operator.stance is Stance.STRESS and operator.passive:
        return False
    if operator.stance is Stance.COMMIT:
        return bool(_POSTPOSED.match(complement)) and len(before.split()) > 7
    if operator.lemma != "brief" and operator.stance not in (
        Stance.ASK,
        Stance.OPINION,
        Stance.STRESS,
        Stance.AGREE,
    ):
        return False
    if _POSTPOSED.match(complement) and len(before.split()) > 7:
        return True
    closed = list(QUOTE_CLOSED.finditer(before))
    if (
        closed
        and not before.lstrip().startswith(('"', "“", "‘", "'"))
        and re.search(r"[\"“]", before[: closed[-1].start()])
    ):
        return False
    return bool(closed) and len(before[closed[-1].end() :].split()) <= 9


def _postposed(
    text: str, operator: Operator, complement: str, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    if operator.speaker == "guest" or (
        not text[operator.start : operator.at].strip(' "”’,')
        and PERSON.match(re.sub(r"^\s*(?:the|an?)\s+", "", complement))
    ):
        return
    before = text[: operator.at]
    closed = list(QUOTE_CLOSED.finditer(before))
    comma = closed[-1].start() if closed else before.rfind(",")
    end = comma if comma > 0 else operator.at
    found = list(modal_hits(text, 0, end, states, themes))
    if found:
        yield from found
    elif operator.stance in (Stance.AGREE, Stance.COMMIT) and _WILL.search(text[:end]):
        if not _of_states(text[:end], states):
            yield Hit(Kind.ASK, 0, end, operator.lemma, (PROGRAMME,), "promise")
    elif operator.stance is Stance.ASK:
        stop = operator.end if operator.passive else end
        yield Hit(Kind.ASK, 0, stop, operator.lemma, actors(text[:stop], states), "asking verb")
    elif re.match(r"[\"“'‘]", text) and _opens_with_imperative(text):
        yield Hit(Kind.ASK, 0, end, "call for", (), "imperative")


def _of_states(clause: str, states: Sequence[Country]) -> bool:
    subject = re.split(r"\b(?:will|would|shall)\b", clause)[0]
    return any(code.startswith("government:") for code in heads(main_subject(subject), states))


def _opens_with_imperative(text: str) -> bool:
    """Whether the first word is a verb that declarations use in the imperative."""
    word = re.match(r"\W*([A-Za-z-]+)\s+(?!of\b|in\b|is\b|are\b)", text)
    return bool(word and word.group(1).lower() in IMPERATIVES)


def _disjoint(hits: list[Hit]) -> list[Hit]:
    """Keep hits in order and apart: a later one never begins inside an earlier one."""
    result: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if result and hit.start < result[-1].end:
            continue
        result.append(hit)
    return result
