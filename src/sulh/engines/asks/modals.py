# ruff: noqa: E501 (patterns are easier to read whole)
"""Modals that say what ought to be done ("should be exchanged"), told from those that do not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import IMPERATIVES, word_list

_MODAL = re.compile(
    r"\b(?P<modal>should|must|shall|ought\s+(?:not\s+)?to|may\s+(?:also\s+)?wish\s+to|needs?\s+to|needed\s+to|(?:will\s+|would\s+|may\s+)?(?:have|has)\s+to|had\s+to(?=\s+be\b)|are\s+(?:\w+ly\s+|also\s+)?to(?=\s)|is\s+to(?=\s+be\b)|"
    r"(?:is|are)\s+(?:\w+ly\s+)?(?:required|obliged|obligated|urged|requested|encouraged|advised|invited|called\s+upon|called\s+on)\s+to|"
    r"would\s+do\s+well\s+to|(?:had|would)\s+better|may|could|can)\b(?!-)",
    re.IGNORECASE,
)

_IMPERSONAL = re.compile(
    r"\bthere\s+(?:is|was|remains|exists|are|were)\s+(?:also\s+)?(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?P<need>needs?|necessity)\s+(?:to|for|of)\b"
    r"|\bit\s+(?:is|was|remains|would\s+be|has\s+become|becomes)\s+(?:therefore\s+|also\s+|thus\s+|now\s+|absolutely\s+|equally\s+|\w+ly\s+)*"
    r"(?P<must>imperative|essential|necessary|vital|crucial|critical|important|incumbent|high\s+time|time|advisable|desirable|urgent|indispensable|mandatory|"
    r"needed|required)(?:\s*,[^,;.]{3,40},)?\s+(?:for\s+[^.;]{2,80}?\s+to|that|to|on|upon)\s+(?!note\b|recall\b|remember\b|recogni|mention\b|say\b|acknowledg|emphasi|stress\b|understand\b|reali[sz]e\b|mean)"
    r"|\b(?:(?:is|are|was|were)\s+(?:\w+ly\s+)?(?P<needed>needed|required|called\s+for|recommended|the\s+need\s+of\s+the\s+hour))\b"
    r"|\bit\s+is\s+of\s+(?:the\s+)?(?:utmost|highest|great|greatest|paramount|critical|vital|prime)\s+importance\s+(?:that|to|for)\b"
    r"|\bit\s+(?:is|was)\s+(?:now\s+)?(?:high|about)\s+time\s+(?=(?:the|both|our|their|all)\b)"
    r"|\b(?:is|are|was|were)\s+(?:\w+ly\s+|now\s+|long\s+)?(?P<due>necessary|imperative|indispensable|overdue|a\s+must|the\s+need\s+of\s+the\s+day)\b(?!\s+(?:to|that|for\s+\w+\s+to)\b)"
    r"|\bit[’']s\s+(?:high\s+)?time\s+(?:to|that|for)\b"
    r"|\bwhat\s+(?:is|was)\s+(?:now\s+|\w+ly\s+)?(?:needed|required)\s+(?:now\s+)?(?:is|was)\b"
    r"|\bneed\s+of\s+the\s+(?:hour|day|time)\s+is\b|\bit\s+is\s+(?:up\s+to|for)\s+[^.;]{2,80}?\s+to\b",
    re.IGNORECASE,
)

_ABSTRACT = re.compile(
    r"\b(?:efforts?|steps?|measures?|mechanisms?|frameworks?|cooperation|actions?|engagements?|dialogues?|approach(?:es)?|strateg\w+|"
    r"coordination|vigou?r|reforms?|reviews?|contacts?|exchanges?|restraint|commitment|polic\w+|trust|implementation|facilit\w+|"
    r"resolve|resolution|attention|investment|understanding|will|collaboration|visits|meetings|talks|consultations|process|"
    r"initiatives?|infrastructure|response|regulat\w+|scholarships|involvement|participation|work|more|training|confidence|roadmap|plan)\b",
    re.IGNORECASE,
)

_AFFECTED = re.compile(
    r"\b(?:people|patients?|traders?|refugees?|students?|famil(?:y|ies)|travell?ers?|visitors?|citizens?|nationals?|passengers?|"
    r"businessmen|applicants?|prisoners?|fishermen|women|children|workers?|labou?rers?|trucks?|drivers?|many|they|who|it)\s*$",
    re.IGNORECASE,
)

_SUBORDINATE = re.compile(
    r"\b(?:if|unless|until|whether|how|why|who|whom|because|so\s+that|in\s+order\s+that|lest|than|what|where|when)\b(?P<gap>[^,;]*)$",
    re.IGNORECASE,
)


def _closed_relative(match: re.Match[str]) -> bool:
    """Whether a relative clause already has its verb: "fishermen who cross the line | must be sent home"."""
    word, gap = match.group().split()[0].lower(), match.group("gap")
    if word == "who":
        return bool(gap.strip())
    return word in ("whom", "where") and bool(
        re.search(r"\b(?:have|has|are|is|was|were|had|will|\w+ed)\b", gap)
    )


_RELATIVE = re.compile(r"(?P<before>[\w,]+)\s+(?:that|which|who)\s*$", re.IGNORECASE)

# "there are two fights that both must fight" states something
_THERE_ARE = re.compile(
    r"\bthere\s+(?:are|is|were|was)\s+(?!(?:\w+\s+)?(?:consensus|agreement|unanimity))[^.;,]{2,60}\bthat\b[^,;]{0,60}$",
    re.IGNORECASE,
)

_EPISTEMIC = re.compile(
    r"^\s*(?:also\s+|not\s+|perhaps\s+|well\s+|\w+ly\s+)*(?:be\s+(?:noted|recalled|remembered|mentioned|said|stressed|emphasi[sz]ed|acknowledged|recogni[sz]ed|admitted|added|"
    r"clarified|understood|pointed\s+out|borne\s+in\s+mind|kept\s+in\s+mind|underlined|underscored|reiterated)(?:\s+here)?\s*(?:that|as\b|in\s+this|how|,|$)"
    r"|(?:note|recall|remember|acknowledge|recogni[sz]e|admit|mention)\b\s*(?:that|the\b|,)|have\s+(?:been|\w+ed|gone|come|led|made|taken|done|cost|lost|brought|had|hurt|felt|found|left|met|paid|said|seen|sent|spent|won|given|fallen|risen)\b)",
    re.IGNORECASE,
)

_MAY_ACT = re.compile(
    r"^\s*(?:,\s*)?(?:(?:however|therefore|thus|also|kindly|please|jointly|in turn|\w+ly)\s*,?\s+)*(?:not\s+)?(?:be\s+(?:\w+ly\s+)?(?P<participle>\w+(?:ed|en|de|set|put|held|built|given|taken|lifted|sought|brought|kept))\b|(?P<verb>[a-z-]+)\b)",
    re.IGNORECASE,
)

_MAY_EVENT = word_list("may_event")

_MAY_STATE = word_list("may_state")

_COULD_BE = word_list("could_be")

_COULD_ACT = frozenset(["consider", "explore", "jointly", "start", "also", "initiate"])


@dataclass(frozen=True, slots=True)
class Modal:
    start: int
    end: int
    lemma: str
    impersonal: bool


def modals_in(region: str, *, reported: bool = False) -> list[Modal]:
    """Return the places where the region says what ought to be done.

    ``reported`` says that the region is what the dialogue said or felt: there "had to be" and "could"
    carry an ask; as a plain statement they would tell what happened.
    """
    found: list[Modal] = []
    for match in _MODAL.finditer(region):
        lemma = _modal_lemma(match.group("modal"))
        if _is_deontic(region, match, lemma, reported):
            found.append(Modal(match.start(), match.end(), lemma, False))
    for match in _IMPERSONAL.finditer(region):
        if _SUBORDINATE.search(region[: match.start()]):
            continue
        if match.group("needed"):
            subject = region[: match.start()]
            if match.group("needed").lower() in ("needed", "required"):
                tail = subject[-120:]
                if re.search(
                    r"\b(?:it|visas?|permits?|documents?|passports?|papers|guarantors?)\s*$",
                    tail,
                    re.IGNORECASE,
                ):
                    continue
                if match.group("needed").lower() == "required" and not _ABSTRACT.search(tail):
                    continue
            if _RELATIVE.search(subject):
                continue
        if match.group("due") and not _ABSTRACT.search(region[: match.start()][-120:]):
            continue
        lemma = "recommend" if match.group("needed") == "recommended" else "need"
        found.append(Modal(match.start(), match.end(), lemma, True))
    if found and not all(modal.impersonal for modal in found):
        first = min(found, key=lambda modal: modal.start)
        for match in _BARE_BE.finditer(region, first.end):
            if not _GOVERNED_BE.search(region[: match.start("be")]):
                found.append(Modal(match.start("be"), match.start("be"), first.lemma, False))
    found.sort(key=lambda modal: modal.start)
    unique: list[Modal] = []
    for modal in found:
        if not unique or modal.start >= unique[-1].end:
            unique.append(modal)
    return unique


_BARE_BE = re.compile(
    r"(?:,|;|\band)\s+(?:(?!to\b|not\b|which\b|who\b|that\b|and\b|should\b|must\b|may\b|will\b|can\b|also\b)[\w’'-]+\s+){1,9}?(?P<be>(?:not\s+)?be\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|de|ilt|ght|set)\b)",
    re.IGNORECASE,
)

_GOVERNED_BE = re.compile(
    r"\b(?:to|should|must|may|will|would|can|could|shall|not|also|need)\s+(?:\w+ly\s+)?$", re.IGNORECASE
)


def _modal_lemma(word: str) -> str:
    word = re.sub(r"\s+", " ", word.lower())
    if word.startswith("need"):
        return "need"
    if word.endswith(("have to", "has to", "had to")) or "required" in word or "oblig" in word:
        return "must"
    if word.startswith("ought"):
        return "should"
    if "wish" in word:
        return "may"
    for verb, lemma in (
        ("urged", "urge"),
        ("requested", "request"),
        ("encouraged", "encourage"),
        ("advised", "advise"),
        ("invited", "invite"),
        ("called", "call on"),
    ):
        if verb in word:
            return lemma
    if word == "is to" or re.fullmatch(r"are (?:\w+ )?to", word):
        return "should"
    if "better" in word or "well" in word:
        return "should"
    return word


def _is_deontic(region: str, match: re.Match[str], lemma: str, reported: bool) -> bool:
    before, after = region[: match.start()], region[match.end() :]
    word = re.sub(r"\s+", " ", match.group("modal").lower())
    if word == "had to" and not reported:
        return False
    if re.fullmatch(r"(?:is|are)(?: \w+)? to", word) and not _urgent(word):
        return _is_assigned(before, after)
    if not before.strip(" \"“'‘") and match.group("modal")[0].isupper():
        return False  # "Should this fail", "May they rest"
    if (
        re.search(r"[,;]\s*$", before)
        and word == "should"
        and re.match(r"\s+(?:the|this|it|they|any|there|such|an?|these|another|either|both)\b", after)
    ):
        return False
    subordinate = _SUBORDINATE.search(before)
    if subordinate and len(subordinate.group("gap").split()) <= 14 and not _closed_relative(subordinate):
        return False
    relative = _RELATIVE.search(before)
    if relative and not (relative.group("before").endswith(",") and lemma in ("should", "must")):
        return False
    if _THERE_ARE.search(before):
        return False
    if _EPISTEMIC.match(after):
        return False
    token = re.search(r"([\w’'-]+)\s*$", before)
    previous = token.group(1).lower() if token else ""
    if lemma == "need" and previous in (
        "the",
        "a",
        "an",
        "no",
        "urgent",
        "any",
        "pressing",
        "dire",
        "this",
        "strong",
        "great",
        "immediate",
        "real",
        "felt",
        "growing",
        "their",
        "its",
        "our",
        "is",
        "was",
        "not",
        "would",
        "every",
        "clear",
        "critical",
        "continued",
        "and",
    ):
        return False
    if word in ("have to", "has to") and previous in ("to", "would", "do", "did", "not", "may"):
        return False
    if (
        lemma in ("must", "need")
        and word != "must be"
        and _AFFECTED.search(before)
        and not _they_can_act(previous, after)
        and not re.match(r"\s*(?:not\s+)?be\b", after)
    ):
        return False
    if "required to" in word and not re.search(
        r"\b(?:governments?|sides|countries|states|authorities|embass\w+|agencies|parties|stakeholders|media|ministr\w+)\s*$",
        before,
        re.I,
    ):
        return False
    if word == "may":
        return _may_is_deontic(before, after)
    if word in ("could", "can"):
        act = _MAY_ACT.match(after)
        if reported and word == "could" and act and _suggests(before, act):
            return True
        return bool(
            act
            and (
                act.group("verb") in _COULD_ACT
                or (act.group("participle") or "").lower()
                in _COULD_BE | ({"made", "given", "allowed"} if word == "could" else set())
            )
        )
    return True


# What people must do because nobody has acted: "they must wait".
_ENDURED = frozenset(
    [
        "wait",
        "pay",
        "travel",
        "walk",
        "apply",
        "go",
        "spend",
        "carry",
        "pass",
        "cross",
        "return",
        "report",
        "register",
        "stay",
        "wear",
        "show",
        "face",
        "live",
        "leave",
        "depend",
        "rely",
    ]
)


def _they_can_act(previous: str, after: str) -> bool:
    """ "They need to build trust" means the states; "they must wait" means the people."""
    verb = re.match(r"\s*(?:to\s+)?(?:also\s+|not\s+|\w+ly\s+)?([a-z-]+)\b", after)
    return previous == "they" and bool(verb and verb.group(1) in IMPERATIVES - _ENDURED)


def _urgent(word: str) -> bool:
    """Whether it is "are urged to" rather than the mere "are to"."""
    return bool(re.search(r"\b\w+ed (?:up)?(?:on )?to$", word))


_PURPOSE = re.compile(
    r"\b(?:aims?|goals?|purposes?|objectives?|roles?|tasks?|challenges?|ideas?|ways?|intentions?|plans?|steps?|missions?|functions?|"
    r"priorit\w+|solutions?|key|hopes?|motives?|mandates?|needs?|what|this|answers?|ambitions?|themes?|elections?|rounds?|all|best|"
    r"thing|point|who|which|that|peace|progress|trust|they|it|if|where|how|we|meetings?|sessions?|conferences?|dialogues?)\s*$",
    re.IGNORECASE,
)


def _is_assigned(before: str, after: str) -> bool:
    """ "The commanders are to meet every month", but not "the aim is to", nor an announcement of the next round."""
    verb = re.match(r"\s+(?:also\s+|not\s+|\w+ly\s+)?(be\s+\w+(?:ed|en|ght|wn|ilt|set|put)|[a-z-]+)\b", after)
    if not verb or _PURPOSE.search(before) or not re.search(r"\w", before):
        return False
    word = verb.group(1)
    if word.startswith("be "):
        return not re.search(r"\b(?:found|seen|blamed|expected|welcomed|commended|congratulated)$", word)
    return word in IMPERATIVES


_ACTOR = re.compile(
    r"\b(?:governments?|sides|countries|capitals|states|leaders|leaderships?|media|parliaments?|universities|chambers|ministries|"
    r"embassies|commissions?|authorities|agencies|pakistan|india|afghanistan|kabul|islamabad|delhi|societ(?:y|ies)|neighbou?rs)\s*$",
    re.IGNORECASE,
)


def _suggests(before: str, act: re.Match[str]) -> bool:
    """Whether a reported "could" is a suggestion: done by somebody who can act, or named as an action."""
    if act.group("participle"):
        return act.group("participle").lower() not in _MAY_STATE and not re.search(
            r"\b(?:it|this|that|which|who|they)\s*$", before, re.IGNORECASE
        )
    verb = act.group("verb").lower()
    return verb not in _MAY_EVENT and verb in IMPERATIVES and bool(_ACTOR.search(before))


def _may_is_deontic(before: str, after: str) -> bool:
    act = _MAY_ACT.match(after)
    if not act:
        return False
    if act.group("participle"):
        return act.group("participle").lower() not in _MAY_STATE
    verb = act.group("verb").lower()
    if verb in _MAY_EVENT:
        return False
    if re.search(
        r"\b(?:it|this|that|which|who|these|those|they|situation|incident|differences|actors|elements|spoilers|attacks?|delays?|crisis)\s*$",
        before,
        re.IGNORECASE,
    ):
        return False
    return verb in IMPERATIVES
