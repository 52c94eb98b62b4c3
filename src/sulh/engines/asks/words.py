# ruff: noqa: E501 (patterns are easier to read whole)
"""The words of declarations: operative verbs, speakers, imperatives.

Every verb is known by its lemma and stance. The stance says what the verb makes of its complement:
an *ask* asks, a *stress* asks if it presses for an action, an *opinion* asks if what it reports holds a
"should" or "must", an *agreement* is a promise of the dialogue if an infinitive follows, a *welcome*
may be a sign of uptake, an *observation* never asks.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib import resources


class Stance(StrEnum):
    """What an operative verb makes of its complement."""

    ASK = "ask"
    STRESS = "stress"
    OPINION = "opinion"
    AGREE = "agree"
    COMMIT = "commit"
    WELCOME = "welcome"
    OBSERVE = "observe"


_ADVERB_IN = r"(?:\s+(?:also|as well|further|again|once again|strongly|jointly|\w+ly))?"

# lemma: (forms, stance); forms name base, third person, past and -ing
_VERBS: dict[Stance, dict[str, str]] = {
    Stance.ASK: {
        "call on": rf"call(?:s|ed|ing)?{_ADVERB_IN}\s+(?:up)?on",
        "call for": rf"call(?:s|ed|ing)?{_ADVERB_IN}\s+for",
        "call": r"there\s+(?:was|were|is|are|has\s+been|have\s+been)\s+(?:also\s+|an?\s+|the\s+|\w+\s+){0,3}?(?:calls?|demands?|appeals?|suggestions?|recommendations?|proposals?)\s+(?:for|to|that)|with\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:calls?|appeals?|recommendations?|demands?|pleas?)\s+(?:for|to|on|that)",
        "impress": r"impress(?:es|ed|ing)?\s+(?:up)?on",
        "urge": r"urg(?:e|es|ed|ing)",
        "recommend": r"recommend(?:s|ed|ing)?",
        "request": r"request(?:s|ed|ing)?",
        "appeal": r"appeal(?:s|ed|ing)?(?=\s+(?:to|for|that))",
        "demand": r"demand(?:s|ed|ing)?",
        "propose": r"propos(?:e|es|ed|ing)",
        "suggest": r"suggest(?:s|ed|ing)?",
        "ask": rf"ask(?:s|ed|ing)?{_ADVERB_IN}(?=\s+(?!about\b|whether\b|why\b|how\b|what\b))",
        "advise": r"advis(?:e|es|ed|ing)",
        "advocate": r"advocat(?:e|es|ed|ing)",
        "exhort": r"exhort(?:s|ed|ing)?",
        "implore": r"implor(?:e|es|ed|ing)",
        "encourage": r"encourag(?:e|es|ed|ing)",
        "insist": r"insist(?:s|ed|ing)?(?=\s+(?:on|upon|that)\b)",
        "press": r"press(?:es|ed|ing)?\s+(?:for|(?=(?:(?:both|the|all|their)\s+(?:[\w-]+\s+){1,5}|them\s+)(?:for|to)\b))",
        "plead": r"plead(?:s|ed|ing)?(?=\s+(?:for|with|that)\b)",
        "seek": r"(?:seek|seeks|sought|seeking)(?!\s+to\b)",
        "invite": r"invit(?:e|es|ed|ing)(?=\s+(?:both|the two|all|governments?|the governments?|their)\b|\s+[^.;,]{2,70}?\s+to\s+(?!address|speak|share|present|brief|deliver|attend|join|give|the\b|a\b|its\b|their\b|this\b|Kabul|Islamabad|Delhi)[a-z]+)",
        "push": r"push(?:es|ed|ing)?\s+for",
        "want": r"would\s+like\s+to\s+see|wish(?:es|ed)?\s+to\s+see|want(?:s|ed)?(?=\s+(?!to\b)[^.;]{2,60}?\s+(?:to|be)\s)",
        "argue for": r"(?:pitch(?:ed|es)?|batted|rooted|argu(?:ed?|es)|spoke|came\s+out|ma[dk]es?\s+(?:a|the)\s+(?:strong\s+|\w+\s+)?case)\s+for(?!\s+(?:an?\s+)?(?:hour|minute|long|about)\w*\b)|(?:were|was|are|is|spoke|came\s+out)\s+(?:\w+ly\s+|also\s+|all\s+)?in\s+favou?r\s+of",
        "moot": r"mooted",
        "back": r"(?:back(?:s|ed)?|support(?:s|ed)?|endors(?:e|es|ed))\s+(?:the|an?)\s+(?:\w+\s+)?(?:idea|proposal|call|demand|suggestion)s?\s+(?:of|for|to|that)",
        "favour": r"favou?r(?:s|ed)",
        "prioritise": r"prioriti[sz]e[sd]?(?=\s+the\b)",
    },
    Stance.STRESS: {
        "express the need": r"(?:express(?:es|ed|ing)?|felt|feels?|voic(?:e|es|ed|ing)|sees?|saw|agreed? (?:up)?on|spoke of|agreed? about|concurred on|pointed (?:out|to)|identified)(?=\s+(?:the|a|an)\s+(?:\w+\s+){0,3}(?:need|necessity|urgency)\b)",
        "renew the call": r"(?:renew|reiterat|repeat)(?:e|es|s|ed|ing)?\s+(?:the|its|their|our)\s+(?:[\w-]+\s+){0,2}(?:call|appeal|demand|request|recommendation)s?",
        "make an appeal": r"(?:ma[dk]e|makes|making|issued?|issues|issuing)\s+(?:a|an|the|this|fresh)\s+(?:\w+\s+)?(?:call|appeal|plea|demand|request)(?=\s+(?:to|for|on|upon|that)\b)",
        "stress": r"stress(?:es|ed|ing)?",
        "emphasise": r"emphasi[sz](?:e|es|ed|ing)|(?:laid|lay|lays|laying|placed|place|places|put|puts)\s+(?:\w+\s+)?(?:emphasis|stress)",
        "underline": r"underlin(?:e|es|ed|ing)",
        "underscore": r"underscor(?:e|es|ed|ing)",
        "highlight": r"highlight(?:s|ed|ing)?",
        "reiterate": r"reiterat(?:e|es|ed|ing)",
        "reaffirm": r"reaffirm(?:s|ed|ing)?",
        "affirm": r"affirm(?:s|ed|ing)?",
    },
    Stance.AGREE: {
        "agree": r"agree(?:s|d|ing)?",
        "concur": r"concur(?:s|red|ring)?",
    },
    Stance.COMMIT: {
        "resolve": r"resolv(?:e|es|ed|ing)(?=\s+(?:to|that|the following)\b|\s*:?\s*$)",
        "decide": r"decid(?:e|es|ed|ing)(?=\s+(?:to|that|upon|on|the following)\b|\s*[:.,]?\s*$)",
        "pledge": r"pledg(?:e|es|ed|ing)",
        "vow": r"vow(?:s|ed|ing)?",
        "undertake": r"(?:undertake|undertakes|undertook|undertaking)(?=\s+(?:to|that)\b)",
        "commit": r"commit(?:s|ted|ting)?(?:\s+(?:themselves|itself|ourselves))(?=\s+to\b)|(?<=are )committed(?=\s+to\b)|(?<=were )committed(?=\s+to\b)",
    },
    Stance.WELCOME: {
        "welcome": r"welcom(?:e|es|ed|ing)",
        "hail": r"hail(?:s|ed|ing)?",
        "appreciate": r"appreciat(?:e|es|ed|ing)|express(?:es|ed|ing)?\s+(?:\w+\s+){0,2}appreciation",
        "laud": r"laud(?:s|ed|ing)?",
        "applaud": r"applaud(?:s|ed|ing)?",
        "commend": r"commend(?:s|ed|ing)?",
        "praise": r"prais(?:e|es|ed|ing)",
        "note with satisfaction": r"(?:not(?:e|es|ed|ing)|express(?:es|ed|ing)?)\s+(?:with\s+)?(?:\w+\s+)?(?:satisfaction|appreciation|pleasure|gratification)(?!\s+(?:over|at|with)\s+the\s+(?:frank|cordial|candid|friendly|outcome of the (?:meeting|dialogue)|discussions|exchange))",
        "be encouraged by": r"(?:(?:are|were|was|is)\s+)?(?:encouraged|heartened)(?=\s+(?:by|that)\b)|took\s+(?:positive\s+note|heart)\s+(?:of|from)|placed\s+on\s+record\s+(?:their|its)\s+appreciation",
        "congratulate": r"congratulat(?:e|es|ed|ing)(?=\s+(?:both|the two|the governments?|all parties|islamabad|kabul|india|pakistan|afghanistan|the leader))",
    },
    Stance.OPINION: {
        "note": r"not(?:e|es|ed|ing)(?!\s+with\b)",
        "feel": r"(?:feel|feels|felt|feeling)",
        "believe": r"believ(?:e|es|ed|ing)",
        "consider": r"consider(?:s|ed|ing)?(?=\s+that\b)",
        "view": r"(?:were|was|are|is|be)\s+of\s+the\s+(?:\w+\s+)?(?:view|opinion)|shared?\s+the\s+(?:view|opinion)|express(?:ed|es)?\s+the\s+view|viewed|opined?|opines",
        "observe": r"observ(?:e|es|ed|ing)(?=\s+that\b)",
        "conclude": r"conclud(?:e|es|ed|ing)(?=\s+that\b)",
        "maintain": r"maintain(?:s|ed|ing)?(?=\s+that\b)",
        "hold": r"h[eo]ld(?=\s+that\b)",
        "think": r"(?:think|thinks|thought)",
        "recognise": r"recogni[sz](?:e|es|ed|ing)",
        "acknowledge": r"acknowledg(?:e|es|ed|ing)",
        "realise": r"reali[sz](?:e|es|ed|ing)",
        "say": r"(?:say|says|said|saying)",
        "state": r"stat(?:es|ed|ing)",
        "declare": r"declar(?:e|es|ed|ing)",
        "add": r"add(?:s|ed|ing)(?=\s+that\b|\W*$)",
        "remark": r"remark(?:s|ed|ing)?",
        "point out": r"point(?:s|ed|ing)?\s+out",
        "hear": r"(?:hear|heard)",
        "argue": r"argu(?:e|es|ed|ing)",
        "assert": r"assert(?:s|ed|ing)?",
        "contend": r"contend(?:s|ed|ing)?",
    },
    Stance.OBSERVE: {
        "recall": r"recall(?:s|ed|ing)?",
        "note with": r"not(?:e|es|ed|ing)\s+with",
        "condemn": r"condemn(?:s|ed|ing)?",
        "deplore": r"deplor(?:e|es|ed|ing)",
        "regret": r"regret(?:s|ted|ting)?",
        "denounce": r"denounc(?:e|es|ed|ing)",
        "reject": r"reject(?:s|ed|ing)?",
        "hope": r"hop(?:e|es|ed|ing)(?=\s+(?:that|for|the|both|this|to|these|it)\b)",
        "express": r"express(?:es|ed|ing)?(?!\s+(?:\w+\s+)?satisfaction)|voic(?:e|es|ed|ing)|convey(?:s|ed|ing)?",
        "discuss": r"discuss(?:es|ed|ing)?|deliberat(?:e|es|ed|ing)|debated|explor(?:e|es|ed)(?=\s+(?:how|ways|options)\b)|examined|reviewed|analy[sz]ed|exchanged\s+views",
        "support": r"supported|endorsed|endorses?|backed",
        "thank": r"thank(?:s|ed|ing)?|congratulat(?:e|es|ed|ing)",
        "brief": r"(?:briefed|informed|apprised|assured|told|reminded|promised|offered)",
        "warn": r"warn(?:s|ed|ing)?|caution(?:s|ed|ing)?",
        "mourn": r"condol(?:e|ed)|mourned|lamented",
        "commemorate": r"commemorat(?:e|es|ed|ing)",
    },
}

_LEMMAS: list[tuple[str, Stance]] = []
_parts: list[str] = []
for _stance in (
    Stance.STRESS, Stance.WELCOME, Stance.ASK, Stance.COMMIT, Stance.AGREE, Stance.OPINION, Stance.OBSERVE,
):  # fmt: skip
    for _lemma, _forms in _VERBS[_stance].items():
        _parts.append(f"(?P<v{len(_LEMMAS)}>{_forms})")
        _LEMMAS.append((_lemma, _stance))
OPERATIVE = re.compile(r"(?<![\w-])(?:" + "|".join(_parts) + r")(?![\w-])", re.IGNORECASE)


def lemma_of(match: re.Match[str]) -> tuple[str, Stance]:
    """Return lemma and stance of a match of ``OPERATIVE``."""
    return _LEMMAS[int((match.lastgroup or "v0")[1:])]


# The dialogue itself, as the subject of an operative verb.
DIALOGUE = re.compile(
    r"\b(?:participants?|delegates?|members?|groups?|committees?|PAJC|dialogues?|declarations?|statement|statements|resolutions?|"
    r"communiqu[eé]s?|forum|conference|convention|meeting|meetings|workshop|moot|round ?table|seminar|sessions?|both sides|"
    r"two sides|both (?:the )?delegations|delegations?|signatories|experts|speakers|activists|panel(?:l?ists)?|they|we|it|"
    r"Boundaries|initiative|Cent(?:re|er)s?|Foundation|alliance|"
    r"teams?|interlocutors|attendees|assembly|conven[eo]rs|parliamentarians|representatives|dialogists|discussants|stakeholders|"
    r"report|document|paper|text|recommendations|points|track[- ](?:two|ii|2|1\.5)\S*|undersigned|sides|all|there|network|coalition|"
    r"organi[sz]ations?|institute|CRSS|Pugwash|PIPFPD|chapters?|journalists|academics|women|youth|civil society|peaceniks|"
    r"policy[- ]?makers|opinion[- ]?makers|diplomats|editors|citizens|intellectuals|scholars|traders|businessmen|retired \w+|former \w+|appeal|letter|emphasis|stress|peace makers|consensus|majority)\b",
    re.IGNORECASE,
)

# One person, who speaks for himself.
PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Amb|Ambassador|Senator|Gen|General|Lt|Maj|Major|Brig|Brigadier|Col|Admiral|"
    r"Air Marshal|Justice|Sheikh|Maulana|Hon(?:ou?rable)?|[Mm]inister|[Aa]dvis[eo]r|SAPM|[Ss]ecretary(?![- ][Ll]evel)|[Cc]hair(?:man|person|woman)?|"
    r"[Pp]resident|NSA|[Dd]irector|[Rr]ector|[Cc]hancellor|[Pp]rincipal|[Dd]ean|[Mm]ayor|[Aa]nalyst|[Hh]istorian|[Gg]overnor|[Cc]hief [Ee]xecutive|CEO|[Ss]pokes(?:man|person|woman)|[Ee]nvoy|[Hh]igh [Cc]ommissioner|"
    r"[Dd]eputy|[Gg]uests?|[Kk]eynote|[Mm]oderator|[Hh]ost|[Hh]e|[Ss]he|[Aa]ddressing|[Ss]peaking|[Rr]epresentative of|MNA|MP|"
    r"[Oo]ne (?:participant|delegate|speaker|member|expert)|[Aa]n? (?:\w+ )?(?:participant|delegate|speaker|member|expert|official|general|diplomat|parliamentarian)|"
    r"[Ss]ome (?:of the )?(?:participants|delegates|speakers|members|experts)|[Aa]ccording to)\b"
)

# States and their offices, whose doings a text reports.
STATE = re.compile(
    r"\b(?:governments?|countries|nations|states|ministers|ministry|ministries|officials|army|foreign office|parliament|"
    r"cabinet|taliban|leaders|leadership|prime ministers|presidents|foreign secretaries|capitals|court|authorities|"
    r"embass(?:y|ies)|who|which|agreement|accord|protocol|treaty|law)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    raw = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(raw).items()}


def word_list(name: str) -> frozenset[str]:
    """Return one list of ``words.toml``; a name that it lacks raises ``KeyError``."""
    return _lists()[name]


# Base forms that open an imperative, those of them that are nouns as well, and what shows the noun.
IMPERATIVES = word_list("imperatives")
AMBIGUOUS = word_list("ambiguous")
NOT_AFTER_IMPERATIVE = word_list("noun_follows")

# What a mere valuing does not hold: a noun made of an action.
ACTION_NOUN = re.compile(
    r"^\W*(?:the |an? |its |their |early |immediate |full |speedy |complete |continued |effective |timely |greater |enhanced |"
    r"joint |mutual |regular |sustained |urgent |quick |prompt |further |strict |unconditional |genuine |better |swift |\w+ly )*"
    r"(?:resum|implement|establish|creat|reviv|restor|releas|reopen|re-open|open|exchang|format|relax|remov|facilit|"
    r"introduc|simplif|strengthen|expan|extens|adopt|institutionali|operationali|finali|liberali|normali|repatriat|ratif|"
    r"conclusion|convening|withdraw|reduct|review|revis|reform|involvement|inclus|particip|enforce|formali|appointment|setting|"
    r"sharing|holding|building|bringing|making|taking|keeping|initiat|launch|upgrad|abolition|exempt|issuance|provision)\w*",
    re.IGNORECASE,
)
