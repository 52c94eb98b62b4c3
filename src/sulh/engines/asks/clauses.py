# ruff: noqa: E501 (patterns are easier to read whole)
"""What one sentence asks: operative verbs and modals, and how far each reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .addressees import PROGRAMME, heads
from .asked_of import (
    PASSIVE,
    TO_VERB,
    actors,
    clause_addressees,
    impersonal_addressees,
    main_subject,
    object_addressees,
    passive_addressees,
    subject_addressees,
)
from .cuts import ThemesOf, differ, gerund_cuts, is_gerund, nominal_cuts, participle_cuts, verb_cuts
from .modals import Modal, modals_in
from .model import Kind
from .operators import QUOTE_CLOSED, Operator, operators_of
from .sides import Country
from .words import ACTION_NOUN, AMBIGUOUS, IMPERATIVES, PERSON, Stance


@dataclass(frozen=True, slots=True)
class Hit:
    """An ask or welcome inside a sentence; places count from the sentence's start.

    ``addressees`` is empty if the clause names nobody.
    """

    kind: Kind
    start: int
    end: int
    verb: str
    addressees: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence yields, and who speaks at its end (a guest's speech may go on)."""

    hits: tuple[Hit, ...]
    guest: bool


_POSTPOSED = re.compile(r"^\W*(?:(?:yesterday|today|on \w+day|here|further|too|also)\b)?\W*$", re.IGNORECASE)


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
    if speech and not DIALOGUE_PLURAL.search(speech.group("who")):
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
        return Reading(tuple(_modal_hits(text, 0, len(text), states, themes)) or tuple(_gladly(text)), False)
    hits = list(_by_operator(text, operators, states, themes, after_guest))
    if not hits and not any(op.speaker == "guest" for op in operators):
        hits = list(_gladly(text))
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

DIALOGUE_PLURAL = re.compile(
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
        yield from _modal_hits(text, 0, first.start, states, themes)
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
        yield from _hits_of(text, operator, end, complement, states, themes)


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
    found = list(_modal_hits(text, 0, end, states, themes))
    if found:
        yield from found
    elif operator.stance in (Stance.AGREE, Stance.COMMIT) and _WILL.search(text[:end]):
        if not _of_states(text[:end], states):
            yield Hit(Kind.ASK, 0, end, operator.lemma, (PROGRAMME,), "promise")
    elif operator.stance is Stance.ASK:
        stop = operator.end if operator.passive else end
        yield Hit(Kind.ASK, 0, stop, operator.lemma, actors(text[:stop], states), "asking verb")
    elif re.match(r"[\"“'‘]", text) and opens_with_imperative(text):
        yield Hit(Kind.ASK, 0, end, "call for", (), "imperative")


def opens_with_imperative(text: str) -> bool:
    """Whether the first word is a verb that declarations use in the imperative."""
    word = re.match(r"\W*([A-Za-z-]+)\s+(?!of\b|in\b|is\b|are\b)", text)
    return bool(word and word.group(1).lower() in IMPERATIVES)


_NEED = re.compile(
    r"^\W*(?:(?:up)?on|about|at|to|out)?\s*(?:the|a|an|its|their|that)?\s*(?:[\w-]+\s+){0,3}?"
    r"(?P<word>need|needs|necessity|urgency|desirability|imperatives?|requirement)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)

_IMPORTANCE = re.compile(
    r"^\W*(?:(?:up)?on)?\s*(?:the|an?)?\s*(?:[\w-]+\s+){0,3}?(?:importance|significance|value|criticality|urgency)\s+(?:of|for|to)\s+(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)

_GERUND = re.compile(
    r"^\W*(?:(?:up)?on\s+)?(?:the\s+)?(?:\w+ly\s+)?(?!being\b|having\b|ongoing\b|existing\b|following\b|growing\b|"
    r"continuing\b|outstanding\b|prevailing\b|meeting\b|including\b|during\b|nothing\b|anything\b|something\b|"
    r"neighbou?ring\b|increasing\b|evening\b|standing\b|trading\b|funding\b|leading\b)[a-z-]{2,}ing\b",
    re.IGNORECASE,
)


def _hits_of(
    text: str, operator: Operator, end: int, complement: str, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    stance = operator.stance
    if stance is Stance.ASK:
        if operator.lemma in _MAY_CLAIM and _claims(complement):
            return
        if operator.lemma in ("call for", "appeal", "call") and _BARE_VALUE.match(complement):
            return
        yield from _asks(text, operator, end, states, themes)
    elif stance is Stance.STRESS and operator.passive and _NEEDED.search(text[operator.start : operator.at]):
        subject = text[operator.start : operator.at]
        yield Hit(Kind.ASK, operator.start, end, operator.lemma, actors(subject, states), "pressing need")
    elif stance is Stance.STRESS:
        if _presses(operator, complement):
            yield from _asks(text, operator, end, states, themes)
        else:
            yield from _reported(text, operator, end, states, themes, operator.lemma)
    elif stance in (Stance.AGREE, Stance.COMMIT):
        yield from _promises(text, operator, end, complement, states, themes)
    elif stance is Stance.OPINION:
        yield from _reported(text, operator, end, states, themes, "")
    elif stance is Stance.WELCOME:
        yield from _welcomes(text, operator, end, complement)
        yield from _after_semicolon(text, operator.end, end, states, themes)
    else:
        yield from _after_semicolon(text, operator.end, end, states, themes)


_NEEDED = re.compile(
    r"\b(?:need|needs|necessity|urgency)\b.*\b(?:for|to|of)\b|\bimportance\s+of\s+\w+ing\b",
    re.IGNORECASE | re.DOTALL,
)

_MAY_CLAIM = frozenset(["suggest", "impress", "insist", "advise"])

_INDICATIVE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|will|would|did|does|existed|remains|remained|became|becomes)\b",
    re.IGNORECASE,
)


def _claims(complement: str) -> bool:
    """ "suggested that the delay was deliberate" states something; it asks for nothing."""
    that = re.match(r"[^.;]{0,60}?\bthat\b(?P<clause>.*)", complement, re.DOTALL)
    return bool(that and _INDICATIVE.search(that.group("clause")) and not modals_in(that.group("clause")))


# Goods that are only valued: "the need for peace" asks for no action.
_VALUED = re.compile(
    r"\s+(?:for|of)\s+(?:the\s+|an?\s+|greater\s+|more\s+|mutual\s+|lasting\s+|durable\s+|sustainable\s+|regional\s+|good\s+|better\s+|permanent\s+|and\s+|,\s*)*"
    r"(?:peace|friendship|harmony|patience|stability|goodwill|understanding|security|prosperity|unity|tolerance|caution|vigilance|"
    r"hope|respect|trust|democracy|justice|wisdom|courage|empathy|amity|brotherhood|love|(?:continued|sustained|constructive|meaningful)\s+(?:bilateral\s+)?engagement)\b(?!\s*-?(?:talks|process|building|mechanism|committee|sharing|force|measure))",
    re.IGNORECASE,
)


_BARE_VALUE = re.compile(
    r"\s+(?:for\s+)?(?:(?:lasting|durable|regional|permanent|mutual)\s+)?(?:peace|friendship|harmony|goodwill|unity|amity|love)"
    r"(?:\s+and\s+(?:peace|friendship|harmony|goodwill|unity|amity|love))?\W*$"
)


def _presses(operator: Operator, complement: str) -> bool:
    if operator.lemma in ("express the need", "renew the call", "make an appeal"):
        return operator.lemma != "express the need" or not (
            (need := _NEED.match(complement)) and _VALUED.match(need.group("rest"))
        )
    need = _NEED.match(complement)
    if need and _VALUED.match(need.group("rest")):
        return False
    if need and re.match(r"\s+(?:\w+\s+)?(?:to|for|of|that|in|on)\b", need.group("rest")):
        return True
    importance = _IMPORTANCE.match(complement)
    if importance:
        rest = importance.group("rest")
        return bool(_GERUND.match(rest) or ACTION_NOUN.match(rest))
    if operator.lemma in ("stress", "emphasise", "underline", "underscore"):
        return bool(_GERUND.match(complement) or re.match(r"\s+for\b", complement))
    return operator.passive and bool(re.match(r"\s*(?:upon\s+)?to\b", complement))


def _asks(
    text: str, operator: Operator, end: int, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    start = operator.start
    complement = text[operator.end : end]
    if operator.passive:
        addressees = passive_addressees(text, operator, complement, states)
    else:
        addressees = object_addressees(operator, complement, states)
    pieces = _pieces(text, operator, end, states, themes)
    # those who are to meet or exchange are asked only where they are named
    between = len(pieces) > 1 and bool(addressees) and addressees == actors(complement, states)
    for index, (low, high, named) in enumerate(pieces):
        yield Hit(
            Kind.ASK,
            start if index == 0 else low,
            high,
            operator.lemma,
            named or (actors(text[low:high], states) if between else addressees),
            "asking verb" if operator.stance is Stance.ASK else "pressing need",
        )


def _pieces(
    text: str, operator: Operator, end: int, states: Sequence[Country], themes: ThemesOf
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cut what one verb asks into its separate asks: (start, end, own addressees)."""
    cuts: list[
        tuple[int, int, tuple[str, ...]]
    ] = []  # end of the piece before, start of the next, addressees
    low = operator.end
    for match in re.finditer(
        r"\s*;\s*(?:and\s+)?|,?\s+(?:and|while|whereas|but)\s+(?:also\s+)?|,\s+", text[:end]
    ):
        if match.start() < low:
            continue
        left, right = text[(cuts[-1][1] if cuts else operator.end) : match.start()], text[match.end() : end]
        if _TO_BE_DONE.match(right) and re.search(r"\sto\s+be\s", left) and match.group().strip() != ",":
            cuts.append((match.start(), match.end(), ()))
            continue
        named = _new_object(left, right, states) or (
            _new_for_object(left, right, states)
            if operator.lemma in ("ask", "request", "press", "appeal", "urge")
            else ()
        )
        if named:
            cuts.append((match.start(), match.end(), named))
            continue
        if match.group().strip().startswith(";"):
            if len(right.split()) >= 3 and not re.match(
                r"(?:that (?:will|would|is|are)|which|this|these|thereby|so|thus)\b", right
            ):
                cuts.append((match.start(), match.end(), ()))
            continue
        if match.group().strip() == ",":
            if re.match(r"that\b", right) and re.search(r"\bthat\b", left) and _own_clause(right[5:]):
                cuts.append((match.start(), match.end(), clause_addressees(right[5:], states)))
            elif (
                _own_clause(right)
                and _SUBJUNCTIVE.search(left)
                and re.match(r"(?:[\w’'-]+\s+){1,9}?be\s+\w+(?:ed|en)\b", right)
            ):
                cuts.append((match.start(), match.end(), clause_addressees(right, states)))
            continue
        if (
            _SUBJUNCTIVE.search(left)
            and re.match(r"(?:[\w’'-]+\s+){1,9}?be\s+\w+(?:ed|en)\b", right)
            and _own_clause(right)
        ):
            cuts.append((match.start(), match.end(), clause_addressees(right, states)))
            continue
        if re.match(r"that\b", right) and (re.search(r"\bthat\b", left) or _own_clause(right[5:])):
            cuts.append((match.start(), match.end(), clause_addressees(right[5:], states)))
            continue
        own = _own_clause(right)
        if own and (
            modals_in(left) or (not re.match(r"\s*that\b", left) and re.search(rf"\s{TO_VERB}\b", left))
        ):
            cuts.append((match.start(), match.end(), clause_addressees(right, states)))
            continue
    complement = text[operator.end : end]
    that = re.match(r"[^.;]{0,90}?\bthat\b", complement)
    infinitive = re.match(rf"[^.;]{{0,220}}?\s{TO_VERB}\b", complement)
    main = bool(infinitive and (not that or infinitive.end() < that.end()))
    first = infinitive if main else that
    for stop, go in verb_cuts(text, operator.end, end, themes, infinitives=main):
        if first and stop > operator.end + first.end() and all(abs(go - other) > 3 for _, other, _ in cuts):
            cuts.append((stop, go, _inherited(cuts, stop)))
    for stop, go in _chained(text, operator, end, themes):
        if all(abs(go - other) > 8 for _, other, _ in cuts):
            cuts.append((stop, go, _inherited(cuts, stop)))
    cuts.sort()
    pieces = []
    start = operator.end
    own_codes: tuple[str, ...] = ()
    for stop, go, codes in cuts:
        pieces.append((start, stop, own_codes))
        start, own_codes = go, codes
    pieces.append((start, end, own_codes))
    return pieces


_TO_BE_DONE = re.compile(
    r"(?!to\b|be\b)(?:(?!to\b)[\w’'-]+\s+){1,6}to\s+be\s+\w*(?:ed|en|wn|ilt|put|set|held|made)\b"
)


def _chained(text: str, operator: Operator, end: int, themes: ThemesOf) -> list[tuple[int, int]]:
    """Members of a chain that share one verb of asking and have a gerund, noun or participle of their own."""
    complement = text[operator.end : end]
    opening = _CHAIN_OPENS.match(complement)
    low = operator.end + (opening.end() if opening else 0)
    first = re.match(r"\s*(?:\w+ly\s+)?([a-z-]+ing)\s+(?!of\b)", text[low:end])
    if first and is_gerund(first.group(1)):
        return gerund_cuts(text, low, end)
    if re.match(r"[^.;]{0,60}?\bthat\b", complement) or _SUBJUNCTIVE.search(complement):
        return participle_cuts(text, operator.end, end)
    if any(word in IMPERATIVES for word in re.findall(r"\sto\s+([a-z-]+)", complement)):
        return []
    return nominal_cuts(text, low, end, themes)


_CHAIN_OPENS = re.compile(
    r"\s*(?:(?:up)?on\s+)?(?:for|on|the\s+following(?:\s+\w+)?:|(?:the\s+)?(?:\w+\s+)?(?:need|necessity|urgency|importance|desirability)\s+(?:for|of|to))(?!\w)\s*",
    re.IGNORECASE,
)

_SUBJUNCTIVE = re.compile(r"(?<!to )(?<!not )\bbe\s+(?:\w+ly\s+)?\w+(?:ed|en|de|ght|t)\b")


def _inherited(cuts: list[tuple[int, int, tuple[str, ...]]], place: int) -> tuple[str, ...]:
    """The addressee of the last piece that named its own before this place."""
    named: tuple[str, ...] = ()
    for _, go, codes in sorted(cuts):
        if go <= place and codes:
            named = codes
    return named


def _new_object(left: str, right: str, states: Sequence[Country]) -> tuple[str, ...]:
    """ "… and the media to tone down": a new addressee with an infinitive of its own."""
    tail = re.search(
        r"^.*\b(?:with|between|among|of|for|by|from|as|like|through|including)\s+([^,;]{1,60})$",
        left,
        re.DOTALL,
    )
    if not right.startswith("for ") and (
        (tail and heads(tail.group(1), states)) or not re.search(rf"\s{TO_VERB}\b", left)
    ):
        return ()
    match = re.match(
        rf"(?:(?:up)?on\s+|for\s+|to\s+(?=(?:the|both|all|their)\s))?(?P<np>(?:[\w’'/-]+\s+){{1,8}}?){TO_VERB}\b",
        right,
    )
    if not match or re.search(r"\b(?:should|must|be|need|are|is|was|were)\b", match.group("np")):
        return ()
    np = match.group("np").strip()
    if re.match(
        r"(?:\w+ing|to|not|measures|steps|efforts|ways|means|mechanisms|opportunities|work|agree|continue)\b",
        np,
        re.IGNORECASE,
    ):
        return ()
    codes = heads(np, states)
    return codes if codes and len(np.split()) <= 8 else ()


def _new_for_object(left: str, right: str, states: Sequence[Country]) -> tuple[str, ...]:
    """ "asked the chambers for a list and the customs services for a night shift"."""
    match = re.match(r"(?:the\s+|to\s+)?(?P<np>(?:[\w’'-]+\s+){1,5}?)for\s+\w", right)
    if not match or not re.search(r"\sfor\s", left):
        return ()
    return heads(match.group("np").strip(), states)


def _own_clause(right: str) -> bool:
    """Whether what follows a coordinator has a subject and a modal of its own."""
    match = re.match(r"(?:[\w’'/&()-]+\s+){1,12}?(?:should|must|shall|ought to|needs? to|may|be)\s", right)
    if not match:
        return False
    return not re.search(
        r"^(?:to|be|not|should|must|may|shall|which|who|that)\b|\bto\s+be\s$|\b(?:could|would|can|will|might)\b",
        match.group(),
    )


def _promises(
    text: str, operator: Operator, end: int, complement: str, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    """ "agreed to do" binds the dialogue; "agreed that" only reports; "agreed on the need" presses."""
    if re.match(r"\W*(?:and|,)?\s*$", complement):
        return
    if operator.speaker != "dialogue":
        return
    own = heads(
        main_subject(re.sub(r"\b(?:have|has|are|were|is|was)\b.*$", "", text[operator.start : operator.at])),
        states,
    )
    if re.match(r"\W*We\b", text[operator.start : operator.at]):
        own = ()
    promisers = tuple(
        code
        for code in own
        if not code.startswith(("government:", "others", "parliament", "media", "civil-society"))
    ) or (PROGRAMME,)
    infinitive = re.match(
        r"\s*(?:in principle\s+|unanimously\s+|mutually\s+)?(?:to|not to)\s+(?:\w+ly\s+)?(?!the\b|an?\b|this\b|these\b|all\b)([a-z-]+)",
        complement,
    )
    if infinitive:
        if infinitive.group(1).lower() in ("disagree", "differ"):
            return
        for index, (low, high, named) in enumerate(_pieces(text, operator, end, states, themes)):
            yield Hit(
                Kind.ASK,
                operator.start if index == 0 else low,
                high,
                operator.lemma,
                named or promisers,
                "promise",
            )
        return
    future = re.match(
        r"\s+that\s+(?P<subject>[^,;]{2,90}?)\s+(?:will|would|shall)\s+(?:also\s+|jointly\s+|not\s+|\w+ly\s+)?(?P<verb>be\s+\w+|[a-z-]+)",
        complement,
    )
    if future and _is_own_business(future.group("subject"), future.group("verb"), operator, states):
        yield from _own_promises(operator, complement, end)
        return
    if re.match(
        r"\s+that\b.{0,120}?\b(?:next|follow-up|sub-?committee|working group|task force|second|another)\b.{0,80}?\b(?:will|would)\s+be\s+(?:held|convened|set up|established|constituted|formed|hosted)"
        r"|\s+that\b.{0,160}?\bwould\s+be\s+(?:requested|asked|invited|approached|briefed)\b",
        complement,
        re.IGNORECASE,
    ):
        yield from _own_promises(operator, complement, end)
        return
    if (
        operator.stance is Stance.COMMIT
        and operator.lemma == "pledge"
        and re.match(r"\s+(?:themselves|itself)?\s*to\b", complement)
    ):
        yield Hit(Kind.ASK, operator.start, end, operator.lemma, (PROGRAMME,), "promise")
        return
    yield from _reported(text, operator, end, states, themes, "")


def _own_promises(operator: Operator, complement: str, end: int) -> Iterator[Hit]:
    """One promise, or two where a second "that … will" follows."""
    again = re.search(r",?\s+and\s+(?=that\s[^,;]{2,90}?\s(?:will|would|shall)\s)", complement)
    stop = operator.end + again.start() if again else end
    yield Hit(Kind.ASK, operator.start, stop, operator.lemma, (PROGRAMME,), "promise")
    if again:
        yield Hit(Kind.ASK, operator.end + again.end(), end, operator.lemma, (PROGRAMME,), "promise")


def _of_states(clause: str, states: Sequence[Country]) -> bool:
    subject = re.split(r"\b(?:will|would|shall)\b", clause)[0]
    return any(code.startswith("government:") for code in heads(main_subject(subject), states))


_STATES_BE = frozenset(
    ["be beneficial", "be able", "be useful", "be helpful", "be good", "be difficult", "be impossible", "be possible", "be no", "be in", "be a", "be the"]
)  # fmt: skip


def _is_own_business(subject: str, verb: str, operator: Operator, states: Sequence[Country]) -> bool:
    """Whether "agreed that X would do" says what the dialogue itself will do, not what will happen."""
    codes = heads(main_subject(subject), states)
    verb = re.sub(r"\s+", " ", verb.lower())
    acts = (
        verb in IMPERATIVES
        or verb in ("be held", "be set", "be sent")
        or bool(re.match(r"be \w+(?:ed|en|ght|ilt)$", verb))
    )
    if not acts or verb in _STATES_BE or any(code.startswith("government:") for code in codes):
        return False
    return PROGRAMME in codes or operator.stance is Stance.COMMIT


def _reported(
    text: str, operator: Operator, end: int, states: Sequence[Country], themes: ThemesOf, lemma: str
) -> Iterator[Hit]:
    """Modals inside what the dialogue felt, noted or agreed."""
    first = True
    for hit in _modal_hits(text, operator.end, end, states, themes):
        start = operator.start if first else hit.start
        yield Hit(hit.kind, start, hit.end, lemma or hit.verb, hit.addressees, "modal in a report")
        first = False


_NO_STEP = re.compile(
    r"^\W*(?:to\s+)?(?:the\s+|all\s+|their\s+|our\s+|his\s+|her\s+|both\s+|each other|visiting\s+|honou?rable\s+|distinguished\s+|esteemed\s+|for\s+|of\s+|warm\s+|\w+ian\s+|\w+ani\s+|afghan\s+|high[- ]level\s+)*"
    r"(?:welcome|reception|delegates|participants|guests?|delegations?|members|visitors|speakers|hospitality|organi[sz]ers?|hosts?|audience|attendees|"
    r"ambassador|friends|colleagues|chair|moderator|team|each other|counterparts|arrangements|facilitation by|everyone|you|representatives)\b",
    re.IGNORECASE,
)


def _welcomes(text: str, operator: Operator, end: int, complement: str) -> Iterator[Hit]:
    if operator.passive:
        subject = text[operator.start : operator.at]
        if _NO_STEP.match(subject):
            return
    elif (
        _NO_STEP.match(complement)
        or not re.search(r"\w", complement)
        or re.match(r"\s*(?:to|in)\s+(?:Kabul|Islamabad|Delhi|Lahore|Karachi)", complement)
    ):
        return
    yield Hit(Kind.WELCOME, operator.start, end, operator.lemma, (), "welcome")


_GLAD = re.compile(
    r"\b(?:is|are|was|were|feels?|felt)\s+(?:also\s+|\w+ly\s+)?(?:pleased|happy|glad|delighted|gratified|heartened)\s+(?:that|to\s+(?:note|learn|see|hear|know)|at|with|by|over|about)\b(?P<a>.*)"
    r"|\bit\s+(?:is|was)\s+(?:also\s+|\w+ly\s+)?(?:heartening|gratifying|encouraging|satisfying|good|a\s+matter\s+of\s+satisfaction|a\s+source\s+of\s+satisfaction)\s+(?:that|to\s+(?:note|learn|see|hear|know)\s+that)\b(?P<b>.*)"
    r"|\b(?:satisfaction|appreciation|gratification)\s+(?:was|were|is)\s+(?:also\s+|\w+ly\s+)?(?:expressed|voiced|recorded)\s+(?:at|over|that|with|about|for|on)\b(?P<c>.*)"
    r"|\b(?:took|takes?|drew|draws?|expressed|expresses|express|voiced)\s+(?:\w+\s+)?(?:satisfaction|pleasure|gratification)\s+(?:in|from|at|over|that|with|about)\b(?P<d>.*)"
    r"|\b(?P<e>\w.*?)\s+(?:is|are|was|were|as)\s+(?:an?\s+)?(?:\w+\s+)?welcome\s+(?:steps?|developments?|moves?|signs?|changes?|measures?)\b",
    re.IGNORECASE | re.DOTALL,
)

_COURTESY = re.compile(
    r"\b(?:discussions?|hospitality|hosts?|arrangements|frank|candid|atmosphere|presence|attend\w*|deliberations|be here|meeting again)\b",
    re.IGNORECASE,
)


def _gladly(text: str) -> Iterator[Hit]:
    """A welcome without a verb of welcoming: gladness, satisfaction, "a welcome step"."""
    match = _GLAD.search(text)
    if not match:
        return
    matter = next(part for part in match.groups() if part is not None)
    if (
        not PERSON.search(text[: match.start()])
        and not _NO_STEP.match(matter)
        and not _COURTESY.search(matter[:60])
    ):
        yield Hit(Kind.WELCOME, 0, len(text), "welcome", (), "gladness")


def _after_semicolon(
    text: str, low: int, end: int, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    """A new independent clause after an observation may ask on its own."""
    match = re.search(r";\s+|,\s+and\s+(?=(?:[\w’'-]+\s+){1,8}(?:should|must)\b)", text[low:end])
    if match and not re.match(r"that\b", text[low + match.end() :]):
        yield from _modal_hits(text, low + match.end(), end, states, themes)


def _modal_hits(text: str, low: int, high: int, states: Sequence[Country], themes: ThemesOf) -> Iterator[Hit]:
    """Asks made by modals in ``text[low:high]``, cut where a new subject has a modal of its own."""
    region = text[low:high]
    modals = modals_in(region, reported=low > 0)
    starts: list[tuple[int, int, Modal]] = []  # start of clause, end of the clause before, modal
    for modal in modals:
        if not starts:
            starts.append((_first_start(region, modal), 0, modal))
            continue
        boundary = _boundary(
            region, starts[-1][2].end, modal.start, themes, starts[-1][0], modal.start == modal.end
        )
        if boundary is not None:
            starts.append((boundary[1], boundary[0], modal))
    for index, (start, _, modal) in enumerate(starts):
        end = starts[index + 1][1] if index + 1 < len(starts) else len(region)
        clause = region[start:end]
        subject, predicate = region[start : modal.start], region[modal.end : end]
        if modal.impersonal:
            codes = impersonal_addressees(region[modal.start : end], subject, states)
        else:
            if modal.lemma in ("urge", "request", "encourage", "advise", "invite", "call on"):
                codes = heads(main_subject(subject), states)
            else:
                codes = subject_addressees(main_subject(subject), predicate, states)
        if clause.strip():
            gap = _gapped_subject(region, modal, end, states)
            last = gap[0] if gap else end
            for begin, stop in _verb_pieces(region, start, modal, last, themes):
                yield Hit(Kind.ASK, low + begin, low + stop, modal.lemma, codes, "modal")
            if gap:
                yield Hit(Kind.ASK, low + gap[1], low + end, modal.lemma, gap[2], "modal")


_SECOND_SUBJECT = re.compile(
    r"\s*[,;]?\s+(?:and|while)\s+(?P<np>(?:[\w’'-]+\s+){1,5}?)(?P<verb>[a-z-]+)\s+\w|,\s+(?P<np2>[A-Z][\w’'-]+\s+)(?P<verb2>[a-z-]+)\s+\w"
)


def _gapped_subject(
    region: str, modal: Modal, end: int, states: Sequence[Country]
) -> tuple[int, int, tuple[str, ...]] | None:
    """ "Kabul should open the gate and Islamabad lower the fee": the second subject shares the modal."""
    if modal.impersonal or PASSIVE.match(region[modal.end : end]):
        return None
    for match in _SECOND_SUBJECT.finditer(region, modal.end, end):
        group = "np" if match.group("np") else "np2"
        verb = match.group("verb") or match.group("verb2")
        codes = heads(match.group(group), states)
        if (
            codes
            and all(code.startswith("government:") for code in codes)
            and verb in IMPERATIVES - AMBIGUOUS
        ):
            return match.start(), match.start(group), codes
    return None


def _verb_pieces(
    region: str, start: int, modal: Modal, end: int, themes: ThemesOf
) -> Iterator[tuple[int, int]]:
    """ "should keep the peace; avoid fire; hold meetings": each verb with its object asks for itself."""
    passive = PASSIVE.match(region[modal.end : end])
    if passive and not modal.impersonal:
        for stop, go in participle_cuts(region, modal.end, end):
            yield start, stop
            start = go
    else:
        infinitive = modal.impersonal and re.search(r"\bto\s*$", region[: modal.end]) is not None
        if modal.impersonal and not infinitive:
            yield start, end
            return
        for stop, go in verb_cuts(region, modal.end, end, themes, infinitives=infinitive):
            yield start, stop
            start = go
    yield start, end


def _first_start(region: str, modal: Modal) -> int:
    cut = region.rfind(";", 0, modal.start)
    return cut + 1 if cut >= 0 else 0


def _boundary(
    region: str, low: int, high: int, themes: ThemesOf, begun: int, bare: bool
) -> tuple[int, int] | None:
    """Where, between two modals, the second clause begins; None if both belong to one ask."""
    best: tuple[int, int] | None = None
    for match in re.finditer(
        r"\s*;\s*(?:and\s+)?|\s*,?\s+(?:and|but|while|whereas|whilst)\s+(?:also\s+)?(?:that\s+)?|,\s+",
        region[:high],
    ):
        if match.start() < low:
            continue
        subject = region[match.end() : high].strip()
        words = subject.split()
        if match.group().strip().startswith(";"):
            best = (match.start(), match.end())
            continue
        if not words:
            left, right = region[begun : match.start()], region[high:]
            if differ(themes(left), themes(right)):
                best = (match.start(), match.end())
            continue
        if len(words) > 14 or re.match(
            r"(?:which|who|that|where|as|so|including|such|thereby|thus)\b", subject, re.IGNORECASE
        ):
            continue
        if match.group().strip() == "," and not (
            re.match(r"(?:they|it|this|these|both|the|there|all)\b", subject, re.IGNORECASE)
            or len(words) <= (8 if bare else 3)
        ):
            continue
        if (
            re.match(
                r"(?:especially|particularly|in|on|for|at|by|with|if|when|both sides of|where)\b",
                subject,
                re.IGNORECASE,
            )
            and match.group().strip() == ","
        ):
            continue
        if re.match(r"(?:to|not)\b", subject):
            continue
        best = (match.start(), match.end())
    return best


def _disjoint(hits: list[Hit]) -> list[Hit]:
    """Keep hits in order and apart: a later one never begins inside an earlier one."""
    result: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if result and hit.start < result[-1].end:
            continue
        result.append(hit)
    return result
