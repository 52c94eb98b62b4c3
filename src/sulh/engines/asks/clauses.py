"""What one sentence asks: operative verbs and modals, their subjects and their reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .addressees import PROGRAMME, heads
from .model import Kind
from .sides import Country
from .words import ACTION_NOUN, AMBIGUOUS, DIALOGUE, IMPERATIVES, NOT_AFTER_IMPERATIVE, OPERATIVE, PERSON, STATE, Stance, lemma_of

ThemesOf = Callable[[str], tuple[str, ...]]


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
class Operator:
    """An operative verb with its clause: ``start`` of the clause, ``at`` and ``end`` of the verb."""

    start: int
    at: int
    end: int
    lemma: str
    stance: Stance
    speaker: str  # "dialogue", "guest" or "state"
    passive: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence yields, and who speaks at its end (a guest's speech may go on)."""

    hits: tuple[Hit, ...]
    guest: bool


_ADVERBS = re.compile(
    r"(?:\b(?:also|further|furthermore|moreover|therefore|hence|thus|again|then|however|once|more|as well|additionally|too|"
    r"[a-z]+ly|both|all|did|do|does|in particular|in principle|in addition|now|hereby)\s*,?\s*)+$",
    re.IGNORECASE,
)
_BE = frozenset(["was", "were", "is", "are", "been"])
_HAVE = frozenset(["have", "has", "had"])
_NOT_FINITE = frozenset(
    ["other", "above", "following", "various", "key", "main", "same", "a", "an", "the", "its", "their", "our", "his", "her", "this", "that", "these", "those", "of", "in", "for", "by", "as", "be", "being", "who", "which", "whom", "whose", "so", "such", "not", "any", "no", "some", "more", "most", "repeated", "repeatedly", "on", "upon", "at", "with", "from", "without", "already", "earlier", "previously", "mutually", "those"]
)
_PLURAL_SPEAKER = re.compile(
    r"\b(?:we|they|i|participants|delegates|members|groups|sides|delegations|experts|speakers|signatories|activists|"
    r"undersigned|organi[sz]ations|chapters|countries|governments|would|further|and|all|panelists|representatives|journalists|parliamentarians)\s*,?\s*$",
    re.IGNORECASE,
)
_SINGULAR_SPEAKER = re.compile(
    r"(?:\b(?i:declaration|statement|resolution|communiqu[eé]|group|forum|committee|dialogue|conference|meeting|convention|"
    r"PAJC|it|assembly|workshop|appeal|report|document|coalition|network|organi[sz]ation|Pugwash)|\)|\b[A-Z]{3,})\s*,?\s*$",
)
_OBJECT_OPENS = frozenset("the both all that upon on for their its a an governments to".split())
_POSTPOSED = re.compile(r"^\W*(?:(?:yesterday|today|on \w+day|here|further|too|also)\b)?\W*$", re.IGNORECASE)
_QUOTE_CLOSED = re.compile(r"[,?!]\s*[\"”]|[\"”]\s*,|(?<=[\w])[,]’\s(?=(?:the|said|they)\b)")
_COORDINATOR = re.compile(
    r"\s*;\s*(?:and\s+)?|\s*,?\s+(?:and|but|while|whereas|however|whilst)\s+|\s*,[\"”’]*\s+", re.IGNORECASE
)
_AGENT_PERSON = re.compile(r"^[^.;]{0,80}?\bby (?:the |an? )?(?=[A-Za-z])", re.IGNORECASE)


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
    operators = list(_operators(text, listed))
    if _opens_with_guest(text) and not any(op.speaker == "dialogue" for op in operators):
        return Reading((), True)
    if not operators:
        if after_guest:
            return Reading((), True)
        return Reading(tuple(_modal_hits(text, 0, len(text), states, themes)), False)
    hits = list(_by_operator(text, operators, states, themes, after_guest))
    return Reading(tuple(_disjoint(hits)), operators[-1].speaker == "guest")


def _opens_with_guest(text: str) -> bool:
    head = re.match(r"[\"“'‘(\s]*((?:[^\s,]+\s*){1,4})", text)
    return bool(head and re.match(r"(?:Addressing|Speaking|In (?:his|her) |According to|He\b|She\b)", head.group(1)))


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
            tail = text[mark.end() :]
            if begun < number and any(op.speaker == "guest" for op in operators_of(text, listed=False)) and tail.strip():
                guests.update(range(begun, number + 1))
            begun = None
    return guests


# ---------------------------------------------------------------------------------------------- operators


def _operators(text: str, listed: bool) -> Iterator[Operator]:
    previous: Operator | None = None
    for match in OPERATIVE.finditer(text):
        lemma, stance = lemma_of(match)
        operator = _validated(text, match, lemma, stance, previous, listed)
        if operator is not None:
            yield operator
            previous = operator


def operators_of(text: str, *, listed: bool) -> list[Operator]:
    """Return the operative verbs of a sentence, each with its clause and speaker."""
    return list(_operators(text, listed))


def _validated(
    text: str, match: re.Match[str], lemma: str, stance: Stance, previous: Operator | None, listed: bool
) -> Operator | None:
    form = match.group().split()[0].lower()
    start = match.start()
    adverb = _ADVERBS.search(text, 0, start) if start else None
    verb_start = adverb.start() if adverb and adverb.end() == start else start
    before = text[:verb_start].rstrip()
    token_match = re.search(r"[\w’'-]+$|[^\w\s]$", before)
    token = token_match.group().lower() if token_match else ""
    following = re.match(r"\s*([\w-]+|[^\w\s])?", text[match.end() :])
    nxt = (following.group(1) or "").lower() if following else ""
    opening = not before.strip("\"“'‘(•-–— ")
    kind = "finite" if form in ("there", "with") else _form(form)
    if form == "with" and not re.search(r"\b(?:conclud|end|clos|culminat|wound|finish)\w*\b", before):
        return None
    passive = False
    if token in ("to", "for") and kind == "base":
        lead = before[: -len(token)].rstrip()
        if not (listed and not lead) and re.search(r"\b(?:agreed?|decided?|resolved?|like|wish|want|desire|hereby|opportunity)$", lead, re.I) is None:
            return None
    elif kind == "past":
        if token in _BE:
            passive = True
        elif token in _HAVE or token == "not":
            pass
        elif token in _NOT_FINITE:
            return None
        elif token in (",", "and", "or", ""):
            if re.search(r"\b(?:be|been)\s+(?:\w+ly\s+)?\w+(?:ed|en)\s*,?\s*(?:and|or)?$", before):
                return None
            if nxt == "by" or (token == "," and nxt in ("in", "at", "during")):
                return None
        elif nxt in ("by", "at", "during", "earlier", "above", "under") and stance not in (Stance.OBSERVE, Stance.OPINION):
            return None
    elif kind == "third":
        if token in _NOT_FINITE or not (
            (stance in (Stance.ASK, Stance.STRESS) and nxt in _OBJECT_OPENS and DIALOGUE.search(before))
            or _SINGULAR_SPEAKER.search(before)
            or (token in (",", "and") and (previous is not None or (nxt in _OBJECT_OPENS and DIALOGUE.search(before))))
        ):
            return None
    elif kind == "ing":
        if token in _BE:
            if re.search(r"\b(?:which|who|that)\s+\w+$", before):
                return None
        elif token == "by" and re.search(r"\b(?:beg[au]n|opened|started|concluded|ended|closed)\b", before) and stance is Stance.WELCOME:
            pass
        elif opening:
            if stance not in (Stance.ASK, Stance.WELCOME) or lemma in ("advocate", "encourage", "seek", "favour", "ask", "press", "push"):
                return None
        elif token in (",", "and", "while", ";"):
            if lemma in ("encourage", "seek", "advocate", "favour", "press", "push") or stance in (Stance.OBSERVE, Stance.OPINION) and previous is None:
                return None
        elif not re.search(r"\b(?:declaration|statement|resolution|communiqu[eé]|appeal|letter|document)$", before, re.I):
            return None
    elif kind == "base":
        if opening:
            if not listed and stance is not Stance.ASK:
                return None
            if not listed and lemma in ("call for", "demand", "request", "appeal") and nxt not in _OBJECT_OPENS:
                return None
        elif (
            not _PLURAL_SPEAKER.search(before)
            and not (token in (",", "and") and previous is not None)
            and not (token == "," and re.match(r"[\s\"“]*We\b", text))
        ):
            return None
        if token == "and" and previous is None and not _PLURAL_SPEAKER.search(before):
            return None
    if lemma == "brief" and not nxt[:1].isalpha():
        return None
    if stance is Stance.ASK and lemma in ("demand", "request", "call for", "appeal") and nxt in ("and", "of", "is", "was"):
        return None
    clause = _clause_start(text, verb_start, token, previous)
    speaker = _speaker(text, clause, verb_start, match.end(), passive, stance, previous, opening)
    return Operator(clause, start, match.end(), lemma, stance, speaker, passive)


def _form(word: str) -> str:
    if word in {"say", "feel", "think", "hold", "hear", "seek", "lay", "place", "put", "make", "see", "undertake"}:
        return "base"
    if word in {"were", "was", "are", "is", "be", "shared", "share"}:
        return "finite"
    if word.endswith("ing"):
        return "ing"
    if word.endswith(("ed", "said", "felt", "thought", "held", "heard", "sought", "laid", "made", "saw", "spoke", "told", "undertook")):
        return "past"
    if word in {"stress", "press", "express", "discuss", "witness"}:
        return "base"
    if word.endswith("s") and not word.endswith("ss"):
        return "third"
    return "base"


def _clause_start(text: str, verb: int, token: str, previous: Operator | None) -> int:
    """Where the operator's clause begins: at its subject if it has one of its own."""
    low = previous.end if previous else 0
    closed = [match.end() for match in _QUOTE_CLOSED.finditer(text, low, verb)]
    if closed and len(text[closed[-1] : verb].split()) <= 9:
        return closed[-1] + len(text[closed[-1] : verb]) - len(text[closed[-1] : verb].lstrip(" ”\""))
    if token == "," and previous is None:
        return 0
    if token in (",", "and", "or", ";", "but", "while"):
        return verb
    best = 0 if previous is None else verb
    for match in _COORDINATOR.finditer(text, low, verb):
        subject = text[match.end() : verb]
        if previous is None and (match.group().strip() == "," or not _modals(text[: match.start()])):
            continue
        if len(subject.split()) <= 14 and _SUBJECT_OPENS.match(subject):
            best = match.end()
    if previous is not None and best == verb and previous.stance is Stance.OPINION:
        subject = text[low:verb]
        if len(subject.split()) <= 14 and _SUBJECT_OPENS.match(re.sub(r"^\s*that\s+", "", subject)):
            return low + len(subject) - len(subject.lstrip())
    return best


_SUBJECT_OPENS = re.compile(
    rf"\W*(?:(?:the|these|both|all|our|a|an|this|some|one)\s+)?(?:[\w-]+\s+){{0,3}}?(?:{DIALOGUE.pattern}|(?-i:{PERSON.pattern})|{STATE.pattern})",
    re.IGNORECASE,
)


def _speaker(
    text: str, clause: int, verb: int, end: int, passive: bool, stance: Stance, previous: Operator | None, opening: bool
) -> str:
    subject = text[clause:verb]
    if passive:
        agent = re.match(r"[^.;]{0,120}?\bby\s+([^,.;]{1,60})", text[end:])
        if agent and PERSON.match(re.sub(r"^(?:the|an?)\s+", "", agent.group(1))):
            return "guest"
        return "dialogue"
    if not subject.strip(" ,;:\"“") or opening:
        return previous.speaker if previous else "dialogue"
    if re.match(r"[\W]*We\b", subject):
        return "dialogue"
    chunks = [chunk for chunk in re.split(r",|\s–\s", re.sub(r"\([^)]*\)", " ", subject)) if chunk.strip()]
    for place in range(len(chunks) - 1, -1, -1):
        chunk = chunks[place]
        stripped = chunk.strip(" \"“”'‘’")
        if re.match(r"(?:including|comprising|consisting|led by|headed by|who|which|from|such as|as well as|among|held|titled|entitled|"
                    r"organi[sz]ed|convened|hosted|attended|issued|adopted|released|on \w+day|in \w+$|at \w+$)\b", stripped, re.I):
            continue
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
            return "dialogue" if re.search(r"\b(?:participants|delegates|delegation|members|committee)\b", chunk, re.I) else "state"
        return first
    if alone and len(chunk) > 3 and re.fullmatch(r"(?:[A-Z][a-z’'-]+\s*){1,4}(?:also|further|then)?", chunk):
        return "state" if len(chunk.split()) == 1 and chunk in _PLACES else "guest"
    if re.search(r"\b(?:Pakistan|India|Afghanistan|Islamabad|Kabul|Delhi)\b\s*$", chunk):
        return "state"
    return ""


_ONE_OFFICIAL = re.compile(
    r"(?:an?|the|its|their|his|her)\s+(?:[\w-]+\s+){0,4}?(?:minister|ambassador|secretary|general|advis[eo]r|president|speaker|official|diplomat|guest|"
    r"envoy|director|chairman|chairperson|governor|rector|professor|senator|officer|commissioner|spokes\w+|mayor|moderator|host)\b(?![’']?s\b)",
    re.IGNORECASE,
)
_PLACES = frozenset(["Pakistan", "India", "Afghanistan", "Islamabad", "Kabul", "Delhi", "China", "Iran"])


# ------------------------------------------------------------------------------------------------- reach


def _by_operator(
    text: str, operators: list[Operator], states: Sequence[Country], themes: ThemesOf, after_guest: bool
) -> Iterator[Hit]:
    first = operators[0]
    matter = _follows_its_matter(text, first, text[first.end : operators[1].start if operators[1:] else len(text)])
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
    if operator.lemma != "brief" and operator.stance not in (Stance.ASK, Stance.OPINION, Stance.STRESS, Stance.AGREE):
        return False
    if _POSTPOSED.match(complement) and len(before.split()) > 7:
        return True
    closed = list(_QUOTE_CLOSED.finditer(before))
    if closed and not before.lstrip().startswith(("\"", "“", "‘", "'")) and re.search(r"[\"“]", before[: closed[-1].start()]):
        return False
    return bool(closed) and len(before[closed[-1].end() :].split()) <= 9


def _postposed(
    text: str, operator: Operator, complement: str, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    if operator.speaker == "guest" or (
        not text[operator.start : operator.at].strip(" \"”’,") and PERSON.match(re.sub(r"^\s*(?:the|an?)\s+", "", complement))
    ):
        return
    before = text[: operator.at]
    closed = list(_QUOTE_CLOSED.finditer(before))
    comma = closed[-1].start() if closed else before.rfind(",")
    end = comma if comma > 0 else operator.at
    found = list(_modal_hits(text, 0, end, states, themes))
    if found:
        yield from found
    elif operator.stance is Stance.ASK:
        yield Hit(Kind.ASK, 0, operator.end if operator.passive else end, operator.lemma, (), "asking verb")
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
        yield from _asks(text, operator, end, states, themes)
    elif stance is Stance.STRESS and operator.passive and _NEEDED.search(text[operator.start : operator.at]):
        subject = text[operator.start : operator.at]
        yield Hit(Kind.ASK, operator.start, end, operator.lemma, _actors(subject, states), "pressing need")
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


_NEEDED = re.compile(r"\b(?:need|needs|necessity|urgency)\b.*\b(?:for|to|of)\b|\bimportance\s+of\s+\w+ing\b", re.IGNORECASE | re.DOTALL)
_MAY_CLAIM = frozenset("suggest impress insist advise".split())
_INDICATIVE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|will|would|did|does|existed|remains|remained|became|becomes)\b", re.IGNORECASE
)


def _claims(complement: str) -> bool:
    """ "suggested that the delay was deliberate" states something; it asks for nothing."""
    that = re.match(r"[^.;]{0,60}?\bthat\b(?P<clause>.*)", complement, re.DOTALL)
    return bool(that and _INDICATIVE.search(that.group("clause")) and not _modals(that.group("clause")))


# Goods that are only valued: "the need for peace" asks for no action.
_VALUED = re.compile(
    r"\s+(?:for|of)\s+(?:the\s+|an?\s+|greater\s+|more\s+|mutual\s+|lasting\s+|durable\s+|sustainable\s+|regional\s+|good\s+|better\s+|permanent\s+|and\s+|,\s*)*"
    r"(?:peace|friendship|harmony|patience|stability|goodwill|understanding|security|prosperity|unity|tolerance|caution|vigilance|"
    r"hope|respect|trust|democracy|justice|wisdom|courage|empathy|amity|brotherhood|love)\b(?!\s*-?(?:talks|process|building|mechanism|committee|sharing|force|measure))",
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


def _asks(text: str, operator: Operator, end: int, states: Sequence[Country], themes: ThemesOf) -> Iterator[Hit]:
    start = operator.start
    complement = text[operator.end : end]
    if operator.passive:
        addressees = _passive_addressees(text, operator, complement, states)
    else:
        addressees = _object(operator, complement, states)
    pieces = _pieces(text, operator, end, states, themes)
    for index, (low, high, named) in enumerate(pieces):
        yield Hit(
            Kind.ASK,
            start if index == 0 else low,
            high,
            operator.lemma,
            named or addressees,
            "asking verb" if operator.stance is Stance.ASK else "pressing need",
        )


def _is_object(phrase: str) -> bool:
    """Whether the words between verb and infinitive can be those who are asked."""
    return len(phrase.split()) <= 16 and not re.search(r"^\s*(?:for\s+)?\w+ing\b|\b(?:that|should|must|is|are|was|were)\b", phrase)


_TO_VERB = r"(?:not\s+)?to\s+(?:not\s+)?(?:\w+ly\s+)?(?!the\b|an?\b|both\b|each\b|their\b|its\b|this\b|all\b|these\b|other\b|bilateral\b)[a-z-]+"


def _object(operator: Operator, complement: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Whom an active verb of asking addresses."""
    that = re.match(r"[^.;]{0,90}?\bthat\s+(?P<clause>[^.;]{1,200})", complement)
    infinitive = re.match(rf"(?P<np>[^.;]{{0,220}}?)\s+{_TO_VERB}\b", complement)
    noun = re.match(r"\s*(?:to|on|upon|for|with|of)?\s*(?P<np>[^;.:]{1,120}?)(?=\s+(?:that|for|in order|in|on|about|against)\b|[;.:,]|$)", complement)
    if infinitive and re.search(r"\sto\s+be$", infinitive.group()) and not _ENABLED.match(" be" + complement[infinitive.end() :]):
        return _agent(complement[infinitive.end() :], states) or _actors(complement, states)
    if infinitive and _is_object(infinitive.group("np")) and (not that or infinitive.end() < that.start("clause")):
        codes = heads(re.sub(r"^\s*(?:to|on|upon|for|with|of)\s+", "", infinitive.group("np")), states)
        if codes:
            return codes
    if noun and operator.lemma not in ("recommend", "propose", "suggest", "call for", "seek", "advocate", "demand", "press", "push"):
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
    return _actors(complement, states)


def _passive_addressees(text: str, operator: Operator, complement: str, states: Sequence[Country]) -> tuple[str, ...]:
    subject = text[operator.start : operator.at]
    if not re.match(r"\s*(?:it|there)\b", subject, re.IGNORECASE):
        codes = heads(_main_subject(re.sub(r"\b(?:was|were|is|are|has been|have been)\b.*$", "", subject)), states)
        if codes and re.match(r"\s+(?:not\s+)?to\b", complement):
            return codes
    return _object(operator, complement, states)


_DEONTIC_SPLIT = re.compile(
    r"\b(?:should|must|shall|may|ought to|needs? to|be|do|take|make|undertake|consider|ensure|work|play|give|refrain|avoid|hold|allow|facilitate|open|release|"
    r"sign|start|resume|continue|establish|set up|adopt|provide|keep|halt|stop|put|develop|create|encourage|form|initiate|promote|remove|grant|extend|"
    r"begin|come|implement|share|reduce|enhance|engage|agree|return|build|use|introduce|ease|relax|not)\b",
    re.IGNORECASE,
)


def clause_addressees(clause: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Whom a that-clause ("both governments open the border") addresses: its subject, or the agent."""
    verb = _DEONTIC_SPLIT.search(clause)
    if verb is None:
        return ()
    subject = _main_subject(clause[: verb.start()])
    rest = clause[verb.end() :] if verb.group().lower() != "be" else " be" + clause[verb.end() :]
    return _subject_addressees(subject, rest, states)


_ENABLED = re.compile(
    r"^\s*(?:not\s+|also\s+|\w+ly\s+)*be\s+(?:\w+ly\s+)?(?:encouraged|urged|asked|requested|approached|required|directed|instructed|advised|tasked|"
    r"called upon|called on|persuaded|pressed|sensiti[sz]ed|restrained|mandated|reminded|discouraged|prevented from|stopped from)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"^\s*(?:not\s+|also\s+|\w+ly\s+|further\s+)*(?:be|get)\s+[\"“‘']?(?:\w+ly\s+|also\s+|further\s+)*(?:available|accessible|open|free|eligible|exempt|easy|easier|heard|met|sent|kept|paid|laid|lost|found|felt|lent|spent|dealt|\w+(?:ed|en|wn|ght|de|ne|ld|ut|un|ead|set))\b", re.IGNORECASE)


def _subject_addressees(subject: str, predicate: str, states: Sequence[Country]) -> tuple[str, ...]:
    if _PASSIVE.match(predicate) and not _ENABLED.match(predicate):
        return _agent(predicate, states) or _actors(subject + " " + predicate, states)
    return heads(subject, states) or _actors(subject + " " + predicate, states)


def _agent(predicate: str, states: Sequence[Country]) -> tuple[str, ...]:
    agent = re.search(r"\bby\s+(?!the end|way|mean|a |an )([^,.;]{2,80})", predicate)
    return heads(agent.group(1), states) if agent else ()


_BETWEEN = re.compile(
    r"\b(?:meetings?|contacts?|dialogues?|exchanges?|cooperation|coordination|hotlines?|communications?|interactions?|visits?|"
    r"sharing|linkages?|links?|collaboration|engagements?|consultations?|channels?|mechanisms?|talks|relations|discussions?)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:between|among|amongst)\s+(?P<np>[^,.;]{2,90})",
    re.IGNORECASE,
)


def _actors(text: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Those between whom a meeting or exchange is asked for are those who must act."""
    match = _BETWEEN.search(text)
    if not match:
        return ()
    return heads(match.group("np"), states)


def _main_subject(phrase: str) -> str:
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


def _pieces(
    text: str, operator: Operator, end: int, states: Sequence[Country], themes: ThemesOf
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cut what one verb asks into its separate asks: (start, end, own addressees)."""
    cuts: list[tuple[int, int, tuple[str, ...]]] = []  # end of the piece before, start of the next, addressees
    low = operator.end
    for match in re.finditer(r"\s*;\s*(?:and\s+)?|,?\s+(?:and|while|whereas|but)\s+(?:also\s+)?|,\s+", text[:end]):
        if match.start() < low:
            continue
        left, right = text[(cuts[-1][1] if cuts else operator.end) : match.start()], text[match.end() : end]
        named = _new_object(left, right, states)
        if named:
            cuts.append((match.start(), match.end(), named))
            continue
        if match.group().strip().startswith(";"):
            if len(right.split()) >= 3 and not re.match(r"(?:that (?:will|would|is|are)|which|this|these|thereby|so|thus)\b", right):
                cuts.append((match.start(), match.end(), ()))
            continue
        if match.group().strip() == ",":
            if _own_clause(right) and _SUBJUNCTIVE.search(left) and re.match(r"(?:[\w’'-]+\s+){1,9}?be\s+\w+(?:ed|en)\b", right):
                cuts.append((match.start(), match.end(), clause_addressees(right, states)))
            continue
        if _SUBJUNCTIVE.search(left) and re.match(r"(?:[\w’'-]+\s+){1,9}?be\s+\w+(?:ed|en)\b", right) and _own_clause(right):
            cuts.append((match.start(), match.end(), clause_addressees(right, states)))
            continue
        if re.match(r"that\b", right) and (re.search(r"\bthat\b", left) or _own_clause(right[5:])):
            cuts.append((match.start(), match.end(), clause_addressees(right[5:], states)))
            continue
        own = _own_clause(right)
        if own and (_modals(left) or (not re.match(r"\s*that\b", left) and re.search(rf"\s{_TO_VERB}\b", left))):
            cuts.append((match.start(), match.end(), clause_addressees(right, states)))
            continue
    complement = text[operator.end : end]
    that = re.match(r"[^.;]{0,90}?\bthat\b", complement)
    infinitive = re.match(rf"[^.;]{{0,220}}?\s{_TO_VERB}\b", complement)
    main = bool(infinitive and (not that or infinitive.end() < that.end()))
    first = infinitive if main else that
    for stop, go in verb_cuts(text, operator.end, end, themes, infinitives=main):
        if first and stop > operator.end + first.end() and all(abs(go - other) > 3 for _, other, _ in cuts):
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


def verb_cuts(text: str, low: int, end: int, themes: ThemesOf, *, infinitives: bool) -> list[tuple[int, int]]:
    """Cut coordinated verb phrases that are clearly different actions.

    Each must have an object of its own: "simplify and speed up the visa procedure" is one action, and
    so is "keep the ceasefire and formalise it". Of two phrases both must say something (five words),
    or their themes differ; three or more are an enumeration, and a semicolon always separates.
    ``infinitives`` allows a cut before "to": elsewhere that only states a purpose.
    Returns (end of one, start of the next) for each cut.
    """
    cuts: list[tuple[int, int]] = []
    sure = False  # semicolons and a repeated "to" mark a new action by themselves
    start = low
    for match in _JOINT.finditer(text, low, end):
        left, right = text[start : match.start()], text[match.end() : end]
        semicolon = ";" in match.group()
        if right.startswith("to ") and (not infinitives or match.group().strip() == ","):
            continue
        if semicolon:
            word = re.match(r"(?:to\s+)?(?:not\s+|also\s+|\w+ly\s+)*([a-z-]+)\s", right)
            fits = bool(word and word.group(1) in IMPERATIVES)
        else:
            listed = bool(cuts) and "," in match.group()
            fits = (
                _phrase_with_object(right, listed=listed)
                and _has_object(left)
                and (listed or not _NESTED.search(_after_verb(left)))
            )
        if fits:
            cuts.append((match.start(), match.end()))
            sure |= semicolon or right.startswith("to ")
            start = match.end()
    if len(cuts) != 1 or sure:
        return cuts
    left, right = _after_verb(text[low : cuts[0][0]]), text[cuts[0][1] : end]
    long = len(left.split()) >= 4 and len(right.removeprefix("to ").split()) >= 5
    return cuts if long or _differ(themes(left), themes(right)) else []


_JOINT = re.compile(r"\s*;\s*(?:and\s+)?(?:\(?[a-z0-9]{1,3}\)\s*)?|\s*,?\s+(?:and|or rather)\s+(?:also\s+|then\s+|further\s+)?|,\s+", re.I)
_NESTED = re.compile(
    r"\b(?:so as to|in order to|so that|as|because|since|which|who|whom|where|that|whether|how|(?:by|for|of|in|at|with|from|on|towards?|through)\s+(?:\w+ly\s+)?\w+ing|"
    r"to\s+(?:\w+ly\s+)?(?:%s))\b"
    % "|".join(sorted(IMPERATIVES | {"be", "help"}))
)
_LOOSE_WORDS = frozenset("together jointly forward closely ahead up out also not the a an urgently immediately to on and".split())


def _phrase_with_object(right: str, *, listed: bool) -> bool:
    match = re.match(
        r"(?:to\s+)?(?:not\s+to\s+|not\s+|to\s+not\s+)?((?:\w+ly|jointly|instead|also|further)\s+)?([a-z][a-z-]+)\s+([\w’'“\"‘(-]+)", right
    )
    if not match or match.group(2) not in IMPERATIVES:
        return False
    word, following = match.group(2), match.group(3).lower()
    if following in NOT_AFTER_IMPERATIVE and following not in ("on", "for", "with", "to", "from"):
        return False
    if following in ("it", "them", "this", "these", "him", "her") or re.match(r"(?:on|for|to|with)\s+(?:it|them|this)\b", right[match.start(3) :]):
        return False
    if word in AMBIGUOUS and not listed and not right.startswith("to "):
        return following in _DETERMINERS or (word, following) in _VERBAL or (following.endswith("s") and following not in NOT_AFTER_IMPERATIVE)
    return True


_DETERMINERS = frozenset("the all a an their its each both more further new any joint every such regular other two visa visas meetings media bilateral people".split())
_VERBAL = frozenset({("work", "on"), ("work", "towards"), ("work", "for"), ("focus", "on"), ("respond", "to"), ("return", "to"), ("refer", "to")})


def _after_verb(left: str) -> str:
    match = re.search(r"\b(?:%s)\b" % "|".join(sorted(IMPERATIVES)), left)
    return left[match.end() :] if match else ""


def _has_object(left: str) -> bool:
    words = [word for word in re.findall(r"[\w’'-]+", _after_verb(left)) if word.lower() not in _LOOSE_WORDS and not word.endswith("ly")]
    return bool(words)


def _differ(mine: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two clauses have clearly different themes; peace and security is part of every theme."""
    first, second = set(mine) - {"peace-security"}, set(other) - {"peace-security"}
    return bool(first and second and not first & second)


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
        r"^.*\b(?:with|between|among|of|for|by|from|as|like|through|including|both)\s+([^,;]{1,60})$", left, re.DOTALL
    )
    if not right.startswith("for ") and (
        (tail and heads(tail.group(1), states)) or not re.search(rf"\s{_TO_VERB}\b", left)
    ):
        return ()
    match = re.match(rf"(?:(?:up)?on\s+|for\s+)?(?P<np>(?:[\w’'/-]+\s+){{1,8}}?){_TO_VERB}\b", right)
    if not match or re.search(r"\b(?:should|must|be|need|are|is|was|were)\b", match.group("np")):
        return ()
    np = match.group("np").strip()
    if re.match(r"(?:\w+ing|to|not|measures|steps|efforts|ways|means|mechanisms|opportunities|work|agree|continue)\b", np, re.IGNORECASE):
        return ()
    codes = heads(np, states)
    return codes if codes and len(np.split()) <= 8 else ()


def _own_clause(right: str) -> bool:
    """Whether what follows a coordinator has a subject and a modal of its own."""
    match = re.match(r"(?:[\w’'/&()-]+\s+){1,12}?(?:should|must|shall|ought to|needs? to|may|be)\s", right)
    if not match:
        return False
    return not re.search(r"^(?:to|be|not|should|must|may|shall|which|who|that)\b|\bto\s+be\s$|\b(?:could|would|can|will|might)\b", match.group())


def _promises(
    text: str, operator: Operator, end: int, complement: str, states: Sequence[Country], themes: ThemesOf
) -> Iterator[Hit]:
    """ "agreed to do" binds the dialogue; "agreed that" only reports; "agreed on the need" presses."""
    if re.match(r"\W*(?:and|,)?\s*$", complement):
        return
    if operator.speaker != "dialogue":
        return
    own = heads(_main_subject(re.sub(r"\b(?:have|has|are|were|is|was)\b.*$", "", text[operator.start : operator.at])), states)
    if re.match(r"\W*We\b", text[operator.start : operator.at]):
        own = ()
    promisers = tuple(code for code in own if not code.startswith(("government:", "others"))) or (PROGRAMME,)
    infinitive = re.match(r"\s*(?:in principle\s+|unanimously\s+|mutually\s+)?(?:to|not to)\s+(?:\w+ly\s+)?(?!the\b|an?\b|this\b|these\b|all\b)([a-z-]+)", complement)
    if infinitive:
        if infinitive.group(1).lower() in ("disagree", "differ"):
            return
        for index, (low, high, named) in enumerate(_pieces(text, operator, end, states, themes)):
            yield Hit(
                Kind.ASK, operator.start if index == 0 else low, high, operator.lemma, named or promisers, "promise"
            )
        return
    if re.match(r"\s+that\b.{0,120}?\b(?:next|follow-up|sub-?committee|working group|task force|second|another)\b.{0,80}?\b(?:will|would)\s+be\s+(?:held|convened|set up|established|constituted|formed|hosted)"
        r"|\s+that\b.{0,160}?\bwould\s+be\s+(?:requested|asked|invited|approached|briefed)\b",
        complement,
        re.IGNORECASE,
    ):
        yield Hit(Kind.ASK, operator.start, end, operator.lemma, (PROGRAMME,), "promise")
        return
    if operator.stance is Stance.COMMIT and operator.lemma == "pledge" and re.match(r"\s+(?:themselves|itself)?\s*to\b", complement):
        yield Hit(Kind.ASK, operator.start, end, operator.lemma, (PROGRAMME,), "promise")
        return
    yield from _reported(text, operator, end, states, themes, "")


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
    elif _NO_STEP.match(complement) or not re.search(r"\w", complement) or re.match(r"\s*(?:to|in)\s+(?:Kabul|Islamabad|Delhi|Lahore|Karachi)", complement):
        return
    yield Hit(Kind.WELCOME, operator.start, end, operator.lemma, (), "welcome")


def _after_semicolon(text: str, low: int, end: int, states: Sequence[Country], themes: ThemesOf) -> Iterator[Hit]:
    """A new independent clause after an observation may ask on its own."""
    match = re.search(r";\s+|,\s+and\s+(?=(?:[\w’'-]+\s+){1,8}(?:should|must)\b)", text[low:end])
    if match and not re.match(r"that\b", text[low + match.end() :]):
        yield from _modal_hits(text, low + match.end(), end, states, themes)


# ------------------------------------------------------------------------------------------------- modals

_MODAL = re.compile(
    r"\b(?P<modal>should|must|shall|ought\s+to|needs?\s+to|needed\s+to|(?:will\s+|would\s+|may\s+)?(?:have|has)\s+to|"
    r"(?:is|are)\s+(?:\w+ly\s+)?(?:required|obliged|obligated|urged|requested|encouraged|advised|called\s+upon)\s+to|"
    r"would\s+do\s+well\s+to|(?:had|would)\s+better|may|could|can)\b(?!-)",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\bthere\s+(?:is|was|remains|exists|are|were)\s+(?:also\s+)?(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?P<need>needs?|necessity)\s+(?:to|for|of)\b"
    r"|\bit\s+(?:is|was|remains|would\s+be|has\s+become|becomes)\s+(?:therefore\s+|also\s+|thus\s+|now\s+|absolutely\s+|equally\s+|\w+ly\s+)*"
    r"(?P<must>imperative|essential|necessary|vital|crucial|critical|important|incumbent|high\s+time|time|advisable|desirable|urgent|indispensable|mandatory|"
    r"needed|required)\s+(?:for\s+[^.;]{2,80}?\s+to|that|to|on|upon)\s+(?!note\b|recall\b|remember\b|recogni|mention\b|say\b|acknowledg|emphasi|stress\b|understand\b|reali[sz]e\b|mean)"
    r"|\b(?:(?:is|are|was|were)\s+(?:\w+ly\s+)?(?P<needed>needed|required|called\s+for|recommended|the\s+need\s+of\s+the\s+hour))\b"
    r"|\bit\s+is\s+of\s+(?:the\s+)?(?:utmost|highest|great|greatest|paramount|critical|vital|prime)\s+importance\s+(?:that|to|for)\b"
    r"|\bit[’']s\s+(?:high\s+)?time\s+(?:to|that|for)\b"
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
    return word in ("whom", "where") and bool(re.search(r"\b(?:have|has|are|is|was|were|had|will|\w+ed)\b", gap))


_RELATIVE = re.compile(r"(?P<before>[\w,]+)\s+(?:that|which|who)\s*$", re.IGNORECASE)
_EPISTEMIC = re.compile(
    r"^\s*(?:also\s+|not\s+|perhaps\s+|well\s+|\w+ly\s+)*(?:be\s+(?:noted|recalled|remembered|mentioned|said|stressed|emphasi[sz]ed|acknowledged|recogni[sz]ed|admitted|added|"
    r"clarified|understood|pointed\s+out|borne\s+in\s+mind|kept\s+in\s+mind|underlined|underscored|reiterated)(?:\s+here)?\s*(?:that|as\b|in\s+this|how|,|$)"
    r"|(?:note|recall|remember|acknowledge|recogni[sz]e|admit|mention)\b\s*(?:that|the\b|,)|have\s+(?:been|\w+ed|gone|come|led|made|taken|done)\b)",
    re.IGNORECASE,
)
_MAY_ACT = re.compile(
    r"^\s*(?:,\s*)?(?:(?:however|therefore|thus|also|kindly|please|jointly|in turn|\w+ly)\s*,?\s+)*(?:not\s+)?(?:be\s+(?:\w+ly\s+)?(?P<participle>\w+(?:ed|en|de|set|put|held|built|given|taken|lifted|sought|brought|kept))\b|(?P<verb>[a-z-]+)\b)",
    re.IGNORECASE,
)
_MAY_EVENT = frozenset(
    ["lead", "result", "cause", "help", "pave", "affect", "undermine", "become", "turn", "threaten", "arise", "occur", "happen", "remain", "be", "have", "prove", "seem", "appear", "contribute", "provoke", "trigger", "derail", "hamper", "not", "lie", "like", "need", "want", "wish", "serve", "go", "come", "still", "differ", "vary", "exist", "continue", "feel", "well", "face", "lose", "create", "open"]
)
_MAY_STATE = frozenset(
    ["caused", "used", "affected", "needed", "perceived", "seen", "interested", "involved", "concerned", "related", "prompted", "influenced", "linked", "derailed", "undermined", "harmed", "hurt", "threatened", "tempted", "forced", "misunderstood", "required", "faced", "compromised", "jeopardised", "jeopardized", "disrupted", "lost", "triggered", "blamed", "misused", "exploited"]
)
_COULD_BE = frozenset(
    "considered explored established set formed initiated introduced used utilised utilized approached tapped invited replicated revived developed arranged".split()
)
_COULD_ACT = frozenset(["consider", "explore", "jointly", "start", "also", "initiate"])


@dataclass(frozen=True, slots=True)
class _Modal:
    start: int
    end: int
    lemma: str
    impersonal: bool


def _modals(region: str) -> list[_Modal]:
    """Return the places where the region says what ought to be done."""
    found: list[_Modal] = []
    for match in _MODAL.finditer(region):
        lemma = _modal_lemma(match.group("modal"))
        if _is_deontic(region, match, lemma):
            found.append(_Modal(match.start(), match.end(), lemma, False))
    for match in _IMPERSONAL.finditer(region):
        if _SUBORDINATE.search(region[: match.start()]):
            continue
        if match.group("needed"):
            subject = region[: match.start()]
            if match.group("needed").lower() in ("needed", "required"):
                tail = subject[-120:]
                if re.search(r"\b(?:it|visas?|permits?|documents?|passports?|papers|guarantors?)\s*$", tail, re.IGNORECASE):
                    continue
                if match.group("needed").lower() == "required" and not _ABSTRACT.search(tail):
                    continue
            if _RELATIVE.search(subject):
                continue
        lemma = "recommend" if match.group("needed") == "recommended" else "need"
        found.append(_Modal(match.start(), match.end(), lemma, True))
    if found and not all(modal.impersonal for modal in found):
        first = min(found, key=lambda modal: modal.start)
        for match in _BARE_BE.finditer(region, first.end):
            if not _GOVERNED_BE.search(region[: match.start("be")]):
                found.append(_Modal(match.start("be"), match.start("be"), first.lemma, False))
    found.sort(key=lambda modal: modal.start)
    unique: list[_Modal] = []
    for modal in found:
        if not unique or modal.start >= unique[-1].end:
            unique.append(modal)
    return unique


_BARE_BE = re.compile(
    r"(?:,|;|\band)\s+(?:(?!to\b|not\b|which\b|who\b|that\b|and\b|should\b|must\b|may\b|will\b|can\b|also\b)[\w’'-]+\s+){1,9}?(?P<be>(?:not\s+)?be\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|de|ilt|ght|set)\b)",
    re.IGNORECASE,
)
_GOVERNED_BE = re.compile(r"\b(?:to|should|must|may|will|would|can|could|shall|not|also|need)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


def _modal_lemma(word: str) -> str:
    word = re.sub(r"\s+", " ", word.lower())
    if word.startswith("need"):
        return "need"
    if word.endswith(("have to", "has to")) or "required" in word or "oblig" in word:
        return "must"
    if word == "ought to":
        return "should"
    for verb, lemma in (("urged", "urge"), ("requested", "request"), ("encouraged", "encourage"), ("advised", "advise"), ("called", "call on")):
        if verb in word:
            return lemma
    if "better" in word or "well" in word:
        return "should"
    return word


def _is_deontic(region: str, match: re.Match[str], lemma: str) -> bool:
    before, after = region[: match.start()], region[match.end() :]
    word = match.group("modal").lower()
    if not before.strip(" \"“'‘") and word in ("should", "may", "could", "must", "need to", "have to"):
        return word == "must" and False
    if re.search(r"[,;]\s*$", before) and word == "should" and re.match(r"\s+(?:the|this|it|they|any|there|such|an?|these|another|either|both)\b", after):
        return False
    subordinate = _SUBORDINATE.search(before)
    if subordinate and len(subordinate.group("gap").split()) <= 14 and not _closed_relative(subordinate):
        return False
    relative = _RELATIVE.search(before)
    if relative and not (relative.group("before").endswith(",") and lemma in ("should", "must")):
        return False
    if _EPISTEMIC.match(after):
        return False
    token = re.search(r"([\w’'-]+)\s*$", before)
    previous = token.group(1).lower() if token else ""
    if lemma == "need":
        if previous in ("the", "a", "an", "no", "urgent", "any", "pressing", "dire", "this", "strong", "great", "immediate", "real", "felt", "growing", "their", "its", "our", "is", "was", "not", "would", "every", "clear", "critical", "continued", "and"):
            return False
    if word in ("have to", "has to") and previous in ("to", "would", "do", "did", "not", "may"):
        return False
    if lemma in ("must", "need") and word != "must be" and _AFFECTED.search(before) and not re.match(r"\s*(?:not\s+)?be\b", after):
        return False
    if "required to" in word and not re.search(r"\b(?:governments?|sides|countries|states|authorities|embass\w+|agencies|parties|stakeholders|media|ministr\w+)\s*$", before, re.I):
        return False
    if word == "may":
        return _may_is_deontic(before, after)
    if word in ("could", "can"):
        act = _MAY_ACT.match(after)
        return bool(act and (act.group("verb") in _COULD_ACT or (act.group("participle") or "").lower() in _COULD_BE | ({"made", "given", "allowed"} if word == "could" else set())))
    return True


def _may_is_deontic(before: str, after: str) -> bool:
    act = _MAY_ACT.match(after)
    if not act:
        return False
    if act.group("participle"):
        return act.group("participle").lower() not in _MAY_STATE
    verb = act.group("verb").lower()
    if verb in _MAY_EVENT:
        return False
    if re.search(r"\b(?:it|this|that|which|who|these|those|they|situation|incident|differences|actors|elements|spoilers|attacks?|delays?|crisis)\s*$", before, re.IGNORECASE):
        return False
    return verb in IMPERATIVES


def _modal_hits(text: str, low: int, high: int, states: Sequence[Country], themes: ThemesOf) -> Iterator[Hit]:
    """Asks made by modals in ``text[low:high]``, cut where a new subject has a modal of its own."""
    region = text[low:high]
    modals = _modals(region)
    starts: list[tuple[int, int, _Modal]] = []  # start of clause, end of the clause before, modal
    for modal in modals:
        if not starts:
            starts.append((_first_start(region, modal), 0, modal))
            continue
        boundary = _boundary(region, starts[-1][2].end, modal.start, themes, starts[-1][0], modal.start == modal.end)
        if boundary is not None:
            starts.append((boundary[1], boundary[0], modal))
    for index, (start, _, modal) in enumerate(starts):
        end = starts[index + 1][1] if index + 1 < len(starts) else len(region)
        clause = region[start:end]
        subject, predicate = region[start : modal.start], region[modal.end : end]
        if modal.impersonal:
            codes = _impersonal_addressees(region[modal.start : end], subject, states)
        else:
            if modal.lemma in ("urge", "request", "encourage", "advise", "call on"):
                codes = heads(_main_subject(subject), states)
            else:
                codes = _subject_addressees(_main_subject(subject), predicate, states)
        if clause.strip():
            for begin, stop in _verb_pieces(region, start, modal, end, themes):
                yield Hit(Kind.ASK, low + begin, low + stop, modal.lemma, codes, "modal")


def _verb_pieces(region: str, start: int, modal: _Modal, end: int, themes: ThemesOf) -> Iterator[tuple[int, int]]:
    """ "should keep the peace; avoid fire; hold meetings": each verb with its object asks for itself."""
    if not modal.impersonal and not _PASSIVE.match(region[modal.end : end]):
        for stop, go in verb_cuts(region, modal.end, end, themes, infinitives=False):
            yield start, stop
            start = go
    yield start, end


def _first_start(region: str, modal: _Modal) -> int:
    cut = region.rfind(";", 0, modal.start)
    return cut + 1 if cut >= 0 else 0


def _impersonal_addressees(clause: str, subject: str, states: Sequence[Country]) -> tuple[str, ...]:
    match = re.search(r"\b(?:for|on|upon|by|up to)\s+(?P<np>[^.;]{2,80}?)(?=\s+to\b|\s+that\b|[,.;]|$)", clause)
    if match:
        codes = heads(match.group("np"), states)
        if codes:
            return codes
    that = re.search(r"\bthat\s+(?P<clause>[^.;]+)", clause)
    if that:
        codes = clause_addressees(that.group("clause"), states)
        if codes:
            return codes
    return _actors(subject + " " + clause, states)


def _boundary(region: str, low: int, high: int, themes: ThemesOf, begun: int, bare: bool) -> tuple[int, int] | None:
    """Where, between two modals, the second clause begins; None if both belong to one ask."""
    best: tuple[int, int] | None = None
    for match in re.finditer(r"\s*;\s*(?:and\s+)?|\s*,?\s+(?:and|but|while|whereas|whilst)\s+(?:that\s+|also\s+)?|,\s+", region[:high]):
        if match.start() < low:
            continue
        subject = region[match.end() : high].strip()
        words = subject.split()
        if match.group().strip().startswith(";"):
            best = (match.start(), match.end())
            continue
        if not words:
            left, right = region[begun : match.start()], region[high:]
            if _differ(themes(left), themes(right)):
                best = (match.start(), match.end())
            continue
        if len(words) > 14 or re.match(r"(?:which|who|that|where|as|so|including|such|thereby|thus)\b", subject, re.IGNORECASE):
            continue
        if match.group().strip() == "," and not (
            re.match(r"(?:they|it|this|these|both|the|there|all)\b", subject, re.IGNORECASE) or len(words) <= (8 if bare else 3)
        ):
            continue
        if re.match(r"(?:especially|particularly|in|on|for|at|by|with|if|when|both sides of|where)\b", subject, re.IGNORECASE) and match.group().strip() == ",":
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
