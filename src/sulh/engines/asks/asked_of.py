# ruff: noqa: E501 (patterns are easier to read whole)
"""Whom a clause asks: the object of the verb of asking, the subject of the modal, or the agent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .addressees import heads
from .operators import Operator
from .sides import Country
from .words import AMBIGUOUS, IMPERATIVES, word_list

DETERMINERS = word_list("determiners")


def _is_object(phrase: str) -> bool:
    """Whether the words between verb and infinitive can be those who are asked."""
    return len(phrase.split()) <= 16 and not re.search(
        r"^\s*(?:for\s+)?\w+ing\b|\b(?:that|should|must|is|are|was|were)\b", phrase
    )


TO_VERB = r"(?:not\s+)?to\s+(?:not\s+)?(?:\w+ly\s+)?(?!the\b|an?\b|both\b|each\b|their\b|its\b|this\b|all\b|these\b|other\b|bilateral\b)[a-z-]+"


def object_addressees(operator: Operator, complement: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Whom an active verb of asking addresses."""
    that = re.match(r"[^.;]{0,90}?\bthat\s+(?P<clause>[^.;]{1,200})", complement)
    infinitive = re.match(rf"(?P<np>[^.;]{{0,220}}?)\s+{TO_VERB}\b", complement)
    noun = re.match(
        r"\s*(?:to|on|upon|for|with|of)?\s*(?P<np>[^;.:]{1,120}?)(?=\s+(?:that|for|in order|in|on|about|against)\b|[;.:,]|$)",
        complement,
    )
    if (
        infinitive
        and re.search(r"\sto\s+be$", infinitive.group())
        and not _ENABLED.match(" be" + complement[infinitive.end() :])
    ):
        return _agent(complement[infinitive.end() :], states) or actors(complement, states)
    if (
        infinitive
        and _is_object(infinitive.group("np"))
        and (not that or infinitive.end() < that.start("clause"))
    ):
        codes = heads(re.sub(r"^\s*(?:to|on|upon|for|with|of)\s+", "", infinitive.group("np")), states)
        if codes:
            return codes
    if noun and operator.lemma not in (
        "recommend",
        "propose",
        "suggest",
        "call for",
        "seek",
        "advocate",
        "demand",
        "press",
        "push",
        "argue for",
        "moot",
        "back",
    ):
        codes = heads(noun.group("np"), states)
        if codes:
            return codes
    if operator.lemma in ("recommend", "propose", "suggest", "demand", "appeal"):
        to = re.match(r"\s*(?:to|of|from)\s+(?P<np>[^;.:]{1,80}?)(?=\s+(?:that|for)\b|[:;.]|$)", complement)
        if to:
            codes = heads(to.group("np"), states)
            if codes:
                return codes
    if that:
        codes = clause_addressees(that.group("clause"), states)
        if codes:
            return codes
    elif re.match(r"[^.;]{2,90}?\s(?:be|should|must)\s", complement):
        codes = clause_addressees(complement.lstrip(" :,"), states)
        if codes:
            return codes
    return actors(complement, states) or _doer(complement, states)


def _doer(complement: str, states: Sequence[Country]) -> tuple[str, ...]:
    """ "restraint by television anchors", but not "boats seized by the coast guards"."""
    agent = re.match(
        r"\s*(?:for\s+)?(?:[\w-]+\s+){0,3}?[\w-]+(?<!ed)(?<!en)(?<!travel)\s+by\s+(?!the end|way|mean|a |an )([^,.;]{2,60})",
        complement,
    )
    return heads(agent.group(1), states) if agent else ()


def passive_addressees(
    text: str, operator: Operator, complement: str, states: Sequence[Country]
) -> tuple[str, ...]:
    subject = text[operator.start : operator.at]
    if not re.sub(r"\b(?:was|were|is|are)\b|\W|\b\w+ly\b|\balso\b", "", subject):
        own = re.search(
            r"(?:,|;|\band|\bwhile|\bbut)\s+([^,;]{2,60}?\s+(?:was|were|is|are)\s+(?:\w+ly\s+|also\s+)?)$",
            text[: operator.at],
        )
        subject = own.group(1) if own else subject
    if not re.match(r"\s*(?:it|there)\b", subject, re.IGNORECASE):
        codes = heads(
            main_subject(re.sub(r"\b(?:was|were|is|are|has been|have been)\b.*$", "", subject)), states
        )
        if codes and re.match(r"\s+(?:not\s+)?to\b", complement):
            return codes
    return object_addressees(operator, complement, states) or actors(subject, states)


_DEONTIC_SPLIT = re.compile(
    r"\b(?:should|must|shall|may|ought to|needs? to|be|do|take|make|undertake|consider|ensure|work|play|give|refrain|avoid|hold|allow|facilitate|open|release|"
    r"sign|start|resume|continue|establish|set up|adopt|provide|keep|halt|stop|put|develop|create|encourage|form|initiate|promote|remove|grant|extend|"
    r"begin|come|implement|share|reduce|enhance|engage|agree|return|build|use|introduce|ease|relax|not)\b",
    re.IGNORECASE,
)


def clause_addressees(clause: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Whom a that-clause ("both governments open the border") addresses: its subject, or the agent."""
    acting = _acting_subject(clause, states)
    if acting:
        return acting
    verb = _DEONTIC_SPLIT.search(clause)
    if verb is None:
        return ()
    subject = main_subject(clause[: verb.start()])
    rest = clause[verb.end() :] if verb.group().lower() != "be" else " be" + clause[verb.end() :]
    return subject_addressees(subject, rest, states)


def _acting_subject(clause: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Who stands before the first bare verb ("think tanks of both countries publish joint papers")."""
    for word in re.finditer(r"(?<=\s)([a-z-]+)\s+([a-z]+)", clause[:160]):
        verb, following = word.groups()
        if verb in ("be", "should", "must", "may", "need", "ought", "to", "shall", "is", "are"):
            return ()
        if verb not in IMPERATIVES or (verb in AMBIGUOUS and following not in DETERMINERS):
            continue
        return heads(main_subject(clause[: word.start()]), states)
    return ()


_ENABLED = re.compile(
    r"^\s*(?:not\s+|also\s+|\w+ly\s+)*be\s+(?:\w+ly\s+)?(?:encouraged|urged|asked|requested|approached|required|directed|instructed|advised|tasked|"
    r"called upon|called on|persuaded|pressed|sensiti[sz]ed|restrained|mandated|reminded|discouraged|prevented from|stopped from)\b",
    re.IGNORECASE,
)

PASSIVE = re.compile(
    r"^\s*(?:not\s+|also\s+|\w+ly\s+|further\s+)*(?:be|get)\s+[\"“‘']?(?:\w+ly\s+|also\s+|further\s+)*(?:available|accessible|on\s+sale|on\s+air|in\s+place|open|free|eligible|exempt|easy|easier|heard|met|sent|kept|paid|laid|lost|found|felt|lent|spent|dealt|\w+(?:ed|en|wn|ght|de|ne|ld|ut|un|ead|set|ilt|ept))\b",
    re.IGNORECASE,
)


def subject_addressees(subject: str, predicate: str, states: Sequence[Country]) -> tuple[str, ...]:
    if PASSIVE.match(predicate) and not _ENABLED.match(predicate):
        return _agent(predicate, states) or actors(subject + " " + predicate, states)
    return heads(subject, states) or actors(subject + " " + predicate, states)


def _agent(predicate: str, states: Sequence[Country]) -> tuple[str, ...]:
    agent = re.search(r"\bby\s+(?!the end|way|mean|a |an )([^,.;]{2,80})", predicate)
    return heads(agent.group(1), states) if agent else ()


_BETWEEN = re.compile(
    r"\b(?:meetings?|contacts?|dialogues?|exchanges?|cooperation|coordination|hotlines?|communications?|interactions?|visits?|"
    r"sharing|linkages?|links?|collaboration|engagements?|consultations?|channels?|mechanisms?|talks|relations|discussions?)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:between|among|amongst)\s+(?P<np>[^,.;]{2,90})",
    re.IGNORECASE,
)


def actors(text: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Those between whom a meeting or exchange is asked for are those who must act."""
    match = _BETWEEN.search(text)
    if not match:
        return ()
    return heads(match.group("np"), states)


def main_subject(phrase: str) -> str:
    """Drop a leading adverbial: "In this regard, both governments" → "both governments"."""
    phrase = phrase.strip(" \"“”'‘’:;–—-")
    while True:
        match = re.match(
            r"(?:in|on|for|to|with|as|at|by|given|considering|under|keeping|regarding|concerning|until|after|before|during|meanwhile|"
            r"if|when|while|since|where|besides|moreover|furthermore|similarly|however|therefore|also|finally|additionally|likewise|"
            r"first|second|third|hence|instead|pending|towards?|apart|despite|although|unless|once|and|that|there\b)\b[^,]*,\s*",
            phrase,
            re.IGNORECASE,
        )
        if not match or match.end() >= len(phrase):
            return phrase
        phrase = phrase[match.end() :]


def impersonal_addressees(clause: str, subject: str, states: Sequence[Country]) -> tuple[str, ...]:
    match = re.search(
        r"\b(?:for|on|upon|by|up to)\s+(?P<np>[^.;]{2,80}?)(?=\s+to\b|\s+that\b|[,.;]|$)", clause
    )
    if match:
        codes = heads(match.group("np"), states)
        if codes:
            return codes
    that = re.search(r"\bthat\s+(?P<clause>[^.;]+)", clause)
    if that:
        codes = clause_addressees(that.group("clause"), states)
        if codes:
            return codes
    return actors(subject + " " + clause, states)
