# ruff: noqa: E501 (patterns are easier to read whole)
"""What one operative verb or modal yields: asks, promises of the dialogue, and welcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .addressees import PROGRAMME, heads
from .asked_of import (
    actors,
    impersonal_addressees,
    main_subject,
    object_addressees,
    passive_addressees,
    subject_addressees,
)
from .cuts import ThemesOf
from .modals import Modal, modals_in
from .model import Kind
from .operators import Operator
from .pieces import boundary_between, first_start, gapped_subject, modal_pieces, pieces_of
from .sides import Country
from .words import ACTION_NOUN, IMPERATIVES, PERSON, Stance


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


def hits_of(
    text: str, operator: Operator, end: int, complement: str, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    """What an operative verb of the dialogue yields, by its stance; ``complement`` is what follows it up to ``end``."""
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
    pieces = pieces_of(text, operator, end, states, themes)
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
        for index, (low, high, named) in enumerate(pieces_of(text, operator, end, states, themes)):
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
    for hit in modal_hits(text, operator.end, end, states, themes):
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


def gladly(text: str) -> Iterator[Hit]:
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
        yield from modal_hits(text, low + match.end(), end, states, themes)


def modal_hits(text: str, low: int, high: int, states: Sequence[Country], themes: ThemesOf) -> Iterator[Hit]:
    """Asks made by modals in ``text[low:high]``, cut where a new subject has a modal of its own."""
    region = text[low:high]
    modals = modals_in(region, reported=low > 0)
    starts: list[tuple[int, int, Modal]] = []  # start of clause, end of the clause before, modal
    for modal in modals:
        if not starts:
            starts.append((first_start(region, modal), 0, modal))
            continue
        boundary = boundary_between(
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
            gap = gapped_subject(region, modal, end, states)
            last = gap[0] if gap else end
            for begin, stop in modal_pieces(region, start, modal, last, themes):
                yield Hit(Kind.ASK, low + begin, low + stop, modal.lemma, codes, "modal")
            if gap:
                yield Hit(Kind.ASK, low + gap[1], low + end, modal.lemma, gap[2], "modal")
