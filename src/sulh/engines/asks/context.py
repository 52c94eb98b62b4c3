# ruff: noqa: E501 (patterns are easier to read whole)
"""What a clause hangs on: chapeaux ("… recommend that:") and headings ("Recommendations")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sulh.engines.texts import Span

from .addressees import PROGRAMME, heads, named
from .operators import operators_of
from .sides import Country
from .words import AMBIGUOUS, IMPERATIVES, NOT_AFTER_IMPERATIVE, OPERATIVE, Stance, lemma_of


class Tone(StrEnum):
    """What a context makes of the fragments under it."""

    ASK = "ask"
    WELCOME = "welcome"
    OBSERVE = "observe"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Context:
    """A chapeau or heading in force.

    ``whole`` is true if even a plain sentence under it is an ask ("recommend that:");
    ``depth`` is the depth of the numbered passage it stands in, None for a heading or free paragraph;
    ``title`` marks the title of the whole text, which makes asks of listed points only.
    """

    tone: Tone
    verb: str
    addressees: tuple[str, ...]
    span: Span
    whole: bool
    heading: bool
    depth: int | None
    title: bool = False


_CHAPEAU_END = re.compile(
    r"(?:[:：]\s*[-–—]?|\b(?:that|to|the following|following|as follows|as under)\s*[,:;–—-]?|[–—])\s*$",
    re.IGNORECASE,
)
_SOFT_END = re.compile(r"[;,]\s*$")
_RECOMMEND = re.compile(
    r"\b(?:recommend\w*|proposals?|suggestions?|way forward|ways forward|action points?|action items?|demands?|next steps|"
    r"asks|call to action|calls to action|(?:proposed|suggested|practical|concrete|recommended|specific|immediate) (?:measures|steps)|measures proposed|policy options|what (?:should|must|needs to) be done|deliverables|"
    r"road ?map|plan of action|agenda for action|charter of demands|commitments sought|requests|urgent actions)\b",
    re.IGNORECASE,
)
_OBSERVING = re.compile(
    r"\b(?:background|introduction|context|participants|delegat(?:es|ions?)|list of|attendees|speakers|summary of (?:the )?discussions?|"
    r"discussions?|observations?|findings|challenges|concerns|factors|inaugural|opening (?:session|remarks)|key ?note|remarks|"
    r"speech(?:es)?|address by|about (?:the|us)|annex\w*|acknowledg\w+|agenda|programme|conclusions?|points of (?:concern|divergence)|"
    r"divergence|preamble|objectives|achievements|progress (?:made|since)|welcom\w+)\b",
    re.IGNORECASE,
)
_AGREED_LIST = re.compile(
    r"\b(?:recommendations?|measures|steps|proposals|suggestions|actions?|demands|way forward|initiatives|commitments)\b[^.]{0,30}$|"
    r"\b(?:recommendations?|measures|steps|proposals|suggestions|demands|initiatives)\b",
    re.IGNORECASE,
)
_MODAL_END = re.compile(
    r"\b(?:should|must|shall|need to|may|ought to)\s*(?:also\s*)?[:–—-]*\s*$", re.IGNORECASE
)


def heading_context(text: str, span: Span, states: Sequence[Country]) -> Context | None:
    """Read a heading that makes asks of what stands under it; None for a theme or any other heading."""
    if _RECOMMEND.search(text) and not re.search(
        r"\b(?:review|status|follow[- ]up|past|previous|earlier|implementation)\b", text, re.I
    ):
        target = re.search(r"\b(?:to|for)\s+(?P<np>.+)$", text)
        codes = _named(target.group("np"), states) if target else ()
        return Context(Tone.ASK, "recommend", codes, span, False, True, None)
    target = re.match(r"\s*(?:to|for)\s+(?P<np>[^.]{3,80})$", text, re.IGNORECASE)
    if target:
        codes = _named(target.group("np"), states)
        if codes:
            return Context(Tone.ASK, "recommend", codes, span, False, True, None)
    return None


def title_context(text: str, span: Span) -> Context | None:
    """A title that promises recommendations makes asks of bare points that no heading introduces."""
    if re.search(r"\b(?:recommendations?|demands|proposals|asks)\b", text, re.IGNORECASE):
        return Context(Tone.ASK, "recommend", (), span, False, True, None, title=True)
    return None


def _named(phrase: str, states: Sequence[Country]) -> tuple[str, ...]:
    phrase = phrase.strip(" :")
    return heads(phrase, states) or named(phrase, states)


def closes(text: str) -> bool:
    """Whether a heading ends the reach of the asks above it."""
    return bool(_OBSERVING.search(text))


def is_chapeau(text: str, *, list_follows: bool) -> bool:
    """Whether the sentence announces what follows it."""
    if (
        re.search(
            r"\b(?:recommend|propos|suggest|agree|decid|urg|call|resolv|demand|request|adopt|issu)\w*\s+(?:\w+\s+){0,3}?the following\b",
            text,
            re.I,
        )
        and len(text.split()) <= 22
        and not re.search(r"\bfollowing\b[^:]*:\s*\w", text)
    ):
        return True
    if _CHAPEAU_END.search(text):
        return text.rstrip().endswith((":", "：")) or list_follows
    if list_follows and _SOFT_END.search(text):
        return True
    if not list_follows:
        return False
    match = None
    for match in OPERATIVE.finditer(text):  # noqa: B007 (the last one counts)
        pass
    if match is None or text.rstrip().endswith("."):
        return False
    rest = text[match.end() :].strip(" ,;")
    # "The group asks of both governments": whom it asks may still be named
    asked = lemma_of(match)[1] is Stance.ASK and re.fullmatch(
        r"(?:of |to |from )?(?:the |both |all |our |their )(?:[\w’'-]+ ?){1,8}", rest
    )
    return not rest or asked is not None


def chapeau_context(text: str, span: Span, states: Sequence[Country], depth: int | None) -> Context:
    """Read a chapeau: its verb, whom it addresses, and how far it reaches."""
    bare = text.rstrip(" :：;,–—-")
    if _MODAL_END.search(text):
        word = _MODAL_END.search(text)
        subject = re.split(r"\bthat\b", text[: word.start()] if word else text)[-1]
        lemma = (word.group().strip(" :–—-").lower() if word else "should").split()[0]
        return Context(
            Tone.ASK, "need" if lemma == "need" else lemma, heads(subject, states), span, True, False, depth
        )
    operators = [
        op
        for op in operators_of(bare + " " if not bare.endswith(" ") else bare, listed=True)
        if op.speaker != "guest"
    ]
    guest = not operators and any(True for _ in operators_of(bare, listed=True))
    if guest:
        return Context(Tone.OBSERVE, "", (), span, False, False, depth)
    asking = [op for op in operators if op.stance is Stance.ASK]
    if asking:
        op = asking[-1]
        tail = bare[op.end :]
        codes = _addressed(bare, op.start, op.at, op.passive, tail, states)
        whole = bool(re.search(r"\bthat$", bare)) or not re.search(r"\bto$|\bthe following\b", bare)
        return Context(Tone.ASK, op.lemma, codes, span, whole, False, depth)
    for op in reversed(operators):
        tail = bare[op.end :]
        if op.stance is Stance.STRESS and re.search(r"\b(?:need|necessity|urgency|importance)\b", tail):
            return Context(Tone.ASK, op.lemma, (), span, False, False, depth)
        if op.stance in (Stance.AGREE, Stance.COMMIT):
            if (
                (tail.strip() in ("to", "that") and op.stance is Stance.COMMIT)
                or tail.strip() == "to"
                or (op.stance is Stance.COMMIT and not tail.strip())
            ):
                return Context(Tone.ASK, op.lemma, (PROGRAMME,), span, False, False, depth)
            if re.match(r"\s+(?:up)?on\b|\s+to\b|\s+with\b", tail) and _AGREED_LIST.search(tail):
                return Context(Tone.ASK, op.lemma, (), span, False, False, depth)
            return Context(Tone.NEUTRAL, op.lemma, (), span, False, False, depth)
        if op.stance is Stance.WELCOME:
            return Context(Tone.WELCOME, op.lemma, (), span, False, False, depth)
        if op.stance is Stance.OBSERVE:
            return Context(Tone.OBSERVE, op.lemma, (), span, False, False, depth)
        if op.stance is Stance.OPINION and op.lemma in ("note", "recognise", "acknowledge"):
            return Context(Tone.OBSERVE, op.lemma, (), span, False, False, depth)
    if re.search(
        r"\b(?:recommendations?|proposals?|demands|suggestions?|steps|measures|following actions?)\b",
        bare,
        re.IGNORECASE,
    ) and not re.search(
        r"\b(?:discussed|considered|taken (?:so far|by)|factors|risks|challenges)\b", bare, re.IGNORECASE
    ):
        return Context(
            Tone.ASK, "recommend", (), span, bool(re.search(r"\b(?:measures|steps)$", bare)), False, depth
        )
    if (closes(bare) and len(bare.split()) <= 6) or re.search(
        r"\b(?:factors|challenges|risks|reasons|obstacles|issues|themes|topics|sessions|agenda|impediments)\b",
        bare,
        re.I,
    ):
        return Context(Tone.OBSERVE, "", (), span, False, False, depth)
    return Context(Tone.NEUTRAL, "", (), span, False, False, depth)


def _addressed(
    text: str, start: int, at: int, passive: bool, tail: str, states: Sequence[Country]
) -> tuple[str, ...]:
    if passive:
        codes = heads(re.sub(r"\b(?:was|were|is|are)\b.*$", "", text[start:at]), states)
        if codes and codes != (PROGRAMME,):
            return codes
    tail = re.sub(r"\b(?:that|to|the following|as follows|for)\b\s*$", "", tail).strip()
    tail = re.sub(r"^(?:to|on|upon|of)\s+", "", tail)
    return heads(tail, states) or tuple(code for code in named(tail, states) if code != PROGRAMME)


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|shall|may|might|cannot|does|did|do|remains?|continues?|"
    r"stated|said|led|took|came|agreed|welcomed|noted|condemned|urged|called|discussed|recognised|recognized|expressed|"
    r"hoped|appreciated|highlighted|stressed|emphasi[sz]ed|shared|held|began|met|visited|briefed|thanked|provides|offers|fell|rose|grew|became|gave|sent|brought|lost|won|saw|went|came|ran|stood|spent|broke|knew|wrote|told|paid|enjoy|deserve|share$)\b",
    re.IGNORECASE,
)


def first_word(text: str) -> str:
    """Return the first word in lower case, past quotes and one adverb."""
    match = re.match(
        r"[\"“'‘(\s]*(?:(?:also|further|jointly|immediately|urgently|actively|strictly|fully|[A-Za-z]+ly)\s+)?([A-Za-z-]+)",
        text,
    )
    return match.group(1).lower() if match else ""


def is_imperative(text: str) -> bool:
    """Whether the text opens with a verb in the imperative ("Hold a meeting")."""
    match = re.match(
        r"[\"“'‘(\s]*(?:[Aa]nd\s+)?(?:please\s+|kindly\s+|also\s+|further\s+|(?:immediately|urgently|actively|strictly|fully|jointly|do not|don[’']t|not)\s+|[A-Za-z]+ly\s+)?"
        r"([A-Za-z-]+)\s*([\w’'-]+|[^\w\s])?",
        text,
    )
    if not match:
        return False
    word, following = match.group(1).lower(), (match.group(2) or "").lower()
    if word not in IMPERATIVES:
        return False
    if word in AMBIGUOUS and (
        following in NOT_AFTER_IMPERATIVE or not following or not following[0].isalpha()
    ):
        return (
            word in {"work", "focus", "respond", "return", "end"}
            and following in {"on", "together", "with", "towards", "for"}
            and word != "return"
        )
    return (
        following not in {"is", "are", "was", "were", "has", "have", "should", "must", "will", ""}
        and following != ":"
    )


def is_infinitive(text: str) -> bool:
    """Whether the text opens with "to" and a verb."""
    return bool(
        re.match(
            r"[\"“'‘(\s]*(?:not\s+)?[Tt]o\s+(?:not\s+)?(?:\w+ly\s+)?(?!the\b|a\b|an\b|this\b|both\b|that\b|our\b|these\b)[a-z-]+",
            text,
        )
    )


_SUBJECT_TO = re.compile(
    r"\W*(?:[A-Z][^:.;–—]{1,70}(?::|\s[–—])\s+)?(?P<subject>[A-Z\"“(][^.;:]{2,150}?)\s+(?:not\s+)?(?:also\s+)?to\s+(?:not\s+|also\s+|\w+ly\s+)?(?P<verb>be\s+(?:\w+ly\s+)?\w+(?:ed|en|ght|wn|ilt|set|put|held|made|ld|kept|sent|left|run|done|spent|met)\b|[a-z-]+\b)"
)

_GOVERNS_TO = re.compile(
    r"\b(?:need|aim|way|ways|efforts?|plans?|rights?|ability|access|commitment|decision|calls?|steps?|measures?|opportunit\w+|proposals?|"
    r"attempts?|desire|willingness|readiness|time|agreement|support|order|due|according|able|failure|tendency|intention|request|appeal|"
    r"how|what|where|when|as|so|trying|wants?|wish|hope|continue|mechanisms?|approach(?:es)?|committee|forum|channel|initiatives?|dialogue|"
    r"return|exports?|imports?|visits?|travel|transit|flights?|letters?|invitations?|helps?|strateg\w+|policy|framework|body|bodies|team)$",
    re.IGNORECASE,
)


def subject_of_infinitive(text: str) -> str | None:
    """The subject of an infinitive without modal ("Customs officers to be trained together"), or None."""
    match = _SUBJECT_TO.match(text)
    if not match or not is_fragment(match.group("subject")) or not is_fragment(text[match.end() :]):
        return None
    subject, verb = match.group("subject"), match.group("verb")
    passive = verb.startswith("be ")
    if re.search(r"\b(?:named|announced|confirmed|decided|determined|continued)$", verb):
        return None
    if not passive and (verb not in IMPERATIVES or _GOVERNS_TO.search(subject)):
        return None
    if re.match(
        r"\W*(?:To|In order|How|Why|What|When|Where|Which|Who|There|It)\b", subject
    ) or OPERATIVE.match(subject):
        return None
    return subject


def is_subjunctive(text: str) -> bool:
    """Whether a clause says "X be done" with no modal ("only warnings be issued")."""
    match = re.search(r"(?<!to )(?<!not )\b(?:not\s+)?be\s+(?:\w+ly\s+)?\w+(?:ed|en|de|t|ght|n)\b", text)
    if not match:
        return False
    before = text[: match.start()]
    return not re.search(
        r"\b(?:should|must|shall|may|might|can|could|will|would|to|cannot|not|also|let)(?:\s+\w+ly|\s+also|\s+not|\s+further)*\s*$|\b(?:should|must|may|will|would|can|could|to)\s+(?:\w+\s+){0,6}(?:and|or)\s*$",
        before,
        re.IGNORECASE,
    )


def is_fragment(text: str) -> bool:
    """Whether the text has no finite verb outside a relative clause ("Dignified treatment at entry points")."""
    bare = re.sub(
        r"\b(?:which|who|that|whom|as|where|when|if|whose|so that|because|while|since)\b[^,;]*|\bto\s+[a-z]+",
        " ",
        text,
    )
    return not _FINITE.search(bare)
