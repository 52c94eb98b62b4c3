"""The separate asks that hang on one verb or modal: where each begins and ends, and whom it names anew.

``cuts.py`` knows the joints of a single chain; here they are joined with new subjects and new addressees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .addressees import heads
from .asked_of import PASSIVE, TO_VERB, clause_addressees
from .cuts import ThemesOf, differ, gerund_cuts, is_gerund, nominal_cuts, participle_cuts, verb_cuts
from .modals import Modal, modals_in
from .operators import Operator
from .sides import Country
from .words import AMBIGUOUS, IMPERATIVES


def pieces_of(
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


def modal_pieces(
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


def first_start(region: str, modal: Modal) -> int:
    """Where the clause of the first modal begins: after the last semicolon before it, else at the start."""
    cut = region.rfind(";", 0, modal.start)
    return cut + 1 if cut >= 0 else 0


def boundary_between(
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


_SECOND_SUBJECT = re.compile(
    r"\s*[,;]?\s+(?:and|while)\s+(?P<np>(?:[\w’'-]+\s+){1,5}?)(?P<verb>[a-z-]+)\s+\w|,\s+(?P<np2>[A-Z][\w’'-]+\s+)(?P<verb2>[a-z-]+)\s+\w"
)


def gapped_subject(
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
