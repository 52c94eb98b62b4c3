# ruff: noqa: E501 (patterns are easier to read whole)
"""Whom a phrase addresses: codes in the order in which the phrase names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .sides import Country

BOTH = "government:both"
_SOME = "government:"  # an office with no side named
PROGRAMME = "programme"

_GROUPS: tuple[tuple[str, str], ...] = (
    (
        "agencies",
        r"(?:the )?(?:two )?(?:permanent )?indus (?:water )?commission(?:er)?s?|customs (?:authorities|departments|officials|services)|courts|(?:civil )?aviation authorities|(?:immigration|border|customs|passport|prison|jail) (?:officials|officers|staff|authorities|departments)|(?:election|human rights) commissions|intelligence (?:agenc\w+|services?|communit\w+|chiefs|heads|organi[sz]ations?)|law[- ]enforcement(?: agenc\w+| authorit\w+| personnel)?"
        r"|security (?:forces|agenc\w+|services|establishments?|institutions|apparatus\w*|personnel|officials)"
        r"|border (?:security )?(?:forces?|guards?|troops|police|commanders?|officials|security agencies|management agencies)"
        r"|(?:sector|field|local|military|area) commanders|armed forces|militar(?:y|ies)(?! (?:to|expendit|operation|confid|cbm|exerc|cooper|exchang|spend|budget|hardw))"
        r"|arm(?:y|ies)|navies|navy|air forces?|coast ?guards?|maritime security agenc\w+|dgmos?|dgsmos?"
        r"|directors?(?:[- ]generals?)?,? (?:of )?military operations|directors?[- ]generals? of military operations|directors? generals?,? military operations|bsf|rangers"
        r"|isi|nds|police|customs officials|paramilitar\w+|secret services|agencies of (?:both|the two)|investigat\w+ agenc\w+|service chiefs|army chiefs",
    ),
    (
        "parliament",
        r"parliament(?:s|arians?|ary (?:committees?|delegations?|groups?|friendship groups?))?|national assembl\w+|senates?|senators"
        r"|legislat(?:ors?|ures?)|lawmakers|wolesi jirga|meshrano jirga|lok sabha|rajya sabha|(?:members|speakers) of (?:the )?parliaments?|mnas?|mps",
    ),
    (
        "media",
        r"(?:social |electronic |print |mass |news |mainstream |state )?media(?! (?:access|freedom|exchange|cooperation))(?: (?:houses|outlets|companies|platforms|firms|networks|organi[sz]ations|practitioners|persons?|personnel|professionals|groups|owners|regulators|managers))?"
        r"|mediapersons|journalists?(?:' unions)?|editors?|(?:the )?press(?! (?:release|conference|freedom))|broadcasters|press clubs|newspapers|tv channels|television channels|news channels|anchors|columnists|reporters|bloggers",
    ),
    (
        "civil-society",
        r"civil societ(?:y|ies)(?: (?:organi[sz]ations?|groups?|activists?|members?))?|ngos?|non-governmental organi[sz]ations?|csos?"
        r"|women[’']?s (?:groups?|organi[sz]ations?|networks?|rights (?:groups|organi[sz]ations|activists))|women groups|youth (?:groups|organi[sz]ations|leaders)|human rights (?:groups|organi[sz]ations|commissions?)"
        r"|religious (?:leaders?|scholars?|clergy)|ulema|clerics|community leaders|tribal elders|elders|trade unions|peace activists|bar associations|activists|(?:artists|writers|poets)(?: and (?:artists|writers|poets))?|families|citizens[’'] groups|peoples? of (?:both|the two) countries|intellectuals|opinion[- ]makers|women leaders|youth leaders",
    ),
    (
        "business",
        r"chambers?(?: of commerce(?: (?:and|&) industr(?:y|ies))?)?|business (?:communit\w+|leaders|councils?|associations?|sector|houses|people|bodies|groups|forums?)|private sectors?|traders?|businessmen|businesspersons|exporters|importers|transporters|pajcci|industrialists|companies|banks|investors|entrepreneurs|airlines",
    ),
    (
        "academia",
        r"universit(?:y|ies)|think[- ]tanks?|academi(?:a|c institutions?|cs|cians)|academic communit\w+|scholars|researchers|research (?:institut\w+|cent(?:re|er)s?|organi[sz]ations?)|schools|educational (?:institutions?|institutes?)|institutions of higher (?:education|learning)|higher education commissions?|education boards",
    ),
    (
        "international",
        r"united nations(?: [a-z]+ council)?|un(?:[- ](?:agencies|bodies|security council))?|u\.n\.|unhcr|unama|unicef|saarc(?: secretariat)?|(?:the )?international (?:communit\w+|partners|organi[sz]ations?|donors|agencies|actors|players)"
        r"|osce(?: minsk group)?|council of europe|minsk group|asean|african union|arab league|mediators?|united states|usa|u\.s\.|us|washington|european union|eu|nato|isaf|world bank|asian development bank|adb|imf|fatf|oic|sco|shanghai cooperation organi[sz]ation|(?:other )?regional (?:countries|states|powers|organi[sz]ations|stakeholders)|(?:the )?(?:major|great|world|extra-regional) powers|p5|donors?(?: countries| agencies)?|development partners|third countries|neighbou?ring (?:countries|states)|member states|other countries(?: (?:of|in) the region)?|countries of the region|saudi arabia|qatar|türkiye|turkey|china|iran|russia|uae|red cross|icrc|friends of",
    ),
    (
        "others",
        r"(?:all |relevant |other |key )*(?:stakeholders|(?:political )?parties(?! concerned)|(?:sports?|cricket|football|hockey) (?:boards?|federations?|bodies)|parties to the conflict|warring (?:parties|sides))|(?:afghan )?taliban|non-state actors|militants?(?: groups)?|armed groups|citizens|the people|insurgents|opposition|hurriyat|kashmiri (?:leaders|groups|parties)",
    ),
    (
        PROGRAMME,
        r"(?:the |this |our |its )?joint committees?|(?:the |this |our )committees?(?! (?:on|of))|pajc(?: (?:members|groups?))?|participants?|delegates?|(?:this|our) (?:dialogue|initiative|process|platform|network)|future (?:rounds|dialogues)|dialogue (?:series|participants|members|partners)|beyond boundaries(?: \w+)?|track[- ](?:two|ii|2|1\.5)(?:/(?:ii|2))?(?: (?:process(?:es)?|dialogues?|initiatives?|groups?|participants|channels?|efforts|diplomacy|forums?))?"
        r"|(?:the )?next (?:round|session|dialogue|meeting(?! of the (?:joint econ|aptt)))|(?:the |this |our )(?:forum|group|secretariat|convention|coalition|steering committee|organi[sz]ers|conveners|convenors|chapters|members|dialogue groups?)|both (?:the )?delegations|delegations|we|ourselves|crss|wpso|oesp|saferworld|jinnah institute|pipfpd|pugwash",
    ),
)

_BOTH_GOVERNMENTS = (
    r"(?!all (?:the |other |political |relevant )?parties\b)(?:both|two|either|each|respective|neighbou?ring|these|their|our|all)(?: of)?(?: the| our| their| these)?(?: two)?(?: neighbou?ring| respective| sovereign| national| federal| nuclear[- ]armed| neighbou?r| brotherly)*"
    r" (?:governments?|countr(?:y|ies)|sides?|states?|capitals?|nations?|neighbou?rs|parties|leaderships?|leaders|foreign (?:ministers|secretaries|ministries|offices)|prime ministers|presidents|embass(?:y|ies)|ministries|authorities|executives|administrations|nsas?|national security advis[eo]rs|regimes|missions|high commissions?|establishments?|heads of (?:state|government)|political leadership)"
    r"|both (?:embass(?:y|ies)|sides|countries|states|nations)|(?:the )?(?:two|both)(?= (?:must|should|need|ought|may|to)\b)"
)
_LOOSE_GOVERNMENT = (
    r"governments?|(?:the )?(?:concerned|relevant|competent|responsible|respective|state|federal|national|local|provincial) (?:authorities|ministries|departments|stakeholders|institutions|officials)|authorities"
    r"|(?:the )?(?:political )?leaderships?|national leaders|political leaders|leaders(?: of (?:both|the two))?|policy[- ]?makers|decision[- ]makers|foreign (?:ministers|secretaries|ministries|offices)|prime ministers|heads of (?:state|government)|ministr(?:y|ies)|embass(?:y|ies)|consulates?|high commissions?|(?:diplomatic )?missions|(?:national security|nsa)s?(?: advis[eo]rs)?|commerce (?:ministers|secretaries|ministries)|(?:home|interior) (?:ministers|secretaries|ministries)|politicians|official spokes\w+|spokes(?:persons?|men)|track[- ](?:i|one|1)(?![\w.])|officials|regulators|central banks|state banks?|railways|joint economic commissions?|jec|apttca|(?:the )?sides"
)

_OFFICE = (
    r"(?:federal |central |provincial |national |interior |foreign |caretaker |new |current |state |high |commerce |political |diplomatic |elected |civil |border |immigration |customs |law |visa )*"
    r"(?:governments?|govt\.?|sides?|authorit\w+|embass(?:y|ies)|consulates?|consul(?:ate)? general|high commissions?|ministr(?:y|ies)|leaderships?|leaders|officials?|administration|cabinet|president|prime minister|minister|foreign (?:office|ministry|minister|secretary)|state|part(?:y|ies)|missions?|counterparts?|establishment|provinces?|delegation|departments?|spokes\w+|government[’']s|commission|policy ?makers|politicians)"
)


def _of_regions(state: Country) -> str:
    """A province's government is that of its state."""
    if not state.regions:
        return ""
    regions = "|".join(re.escape(region) for region in state.regions)
    return (
        rf"|(?:(?i:(?:provincial )?governments?|authorities|assembl(?:y|ies)|administration)(?i: of)(?i: the)? (?:{regions})(?!\w))"
        rf"|(?:(?:{regions}) (?i:(?:provincial )?governments?|authorities|administration)(?!\w))"
    )


@lru_cache(maxsize=32)
def _pattern(states: tuple[Country, ...]) -> re.Pattern[str]:
    parts: list[str] = []
    everyone = []
    for index, state in enumerate(states):
        names = "|".join(re.escape(word) for word in (*state.names, *state.capitals))
        forms = "|".join(re.escape(word) for word in (*state.demonyms, *state.names, *state.capitals))
        alone = r"(?![\w’'-]|\s*/\s*\w|\s+(?:{})\b)".format(
            "|".join(f"(?i:{body})" for _, body in _GROUPS if body)
        )
        everyone.append((names, forms))
        parts.append(
            rf"(?P<s{index}>(?:(?i:governments?|govt|embass(?:y|ies)|consulates?|ministr(?:y|ies)|authorities|"
            rf"leadership|president|prime minister|state)(?i:(?: [\w,]+){{0,4}}? of)(?i: the)?"
            rf"(?: Islamic| Republic| of)* (?:{names})(?!\w))"
            rf"|(?:(?i:governments?|authorities|leadership)(?i: in) (?:{names})(?!\w))"
            rf"{_of_regions(state)}"
            rf"|(?:(?:{forms})(?:[’']s|s[’'])?(?:/\w+)? (?i:{_OFFICE})(?!\w))"
            rf"|(?:(?:{names})(?!\w){alone}(?!(?:[’']s)? [a-z]*(?:i?an|ese)\b)))"
        )
    both = ""
    if len(states) >= 2:
        names = "|".join(f"(?:{names})" for names, _ in everyone)
        forms = "|".join(f"(?:{forms})" for _, forms in everyone)
        both = (
            rf"(?i:governments?|leaders(?:hips?)?|states?|authorities|embassies|foreign ministers|prime ministers|peoples? and governments|ministries|capitals)(?i: in| of)(?i: the)?(?i: both)? (?:{names})(?: and| &|/)(?i: of)? (?:{names})(?!\w)"
            rf"|(?:{forms})(?: and (?:the )?| & |\s?[-/–]\s?)(?:{forms}) (?i:{_OFFICE})(?!\w)"
            rf"|(?:{names})(?:[,]? and (?:the )?| & | as well as )(?:{names})(?![\w’'])(?!\s+(?i:{_GROUPS_ANY}))"
            "|"
        )
    pair = rf"(?P<both>{both}(?i:(?:{_BOTH_GOVERNMENTS})(?!\w)))"
    loose = rf"(?P<loose>(?i:(?:{_LOOSE_GOVERNMENT})(?!\w)))"
    named = "|".join(f"(?P<g{i}>(?i:{pattern})(?![\\w]))" for i, (_, pattern) in enumerate(_GROUPS))
    ordered = "|".join(part for part in (pair, *parts, named, loose) if part)
    return re.compile(rf"(?<![\w-])(?:{ordered})")


_GROUPS_ANY = "|".join(body for _, body in _GROUPS)


def named(phrase: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Return the codes of all that the phrase names anywhere, each once, in order."""
    ordered = tuple(states)
    return _codes([_code(match, ordered) for match in _pattern(ordered).finditer(phrase)], ordered)


def heads(phrase: str, states: Sequence[Country]) -> tuple[str, ...]:
    """Return the codes of those who are the head of the phrase, each once, in order.

    "the media of both countries" addresses the media only; "visas for journalists" and "media
    access" address nobody: there the name hangs on another noun.
    """
    ordered = tuple(states)
    codes: list[str] = []
    last = 0
    for match in _pattern(ordered).finditer(phrase):
        before, after = phrase[last : match.start()], phrase[match.end() :]
        if not _AFTER_HEAD.match(after):
            continue
        if _HANGS.search(before) and not _FRESH.search(before) and not _LED.search(before):
            if codes:
                last = match.end()
            continue
        codes.append(_code(match, ordered))
        last = match.end()
    return _codes(codes, ordered)


_AFTER_HEAD = re.compile(
    r"[’']?(?:\s+(?:representatives|members|leaders|institutions|bodies|circles|actors|groups))?(?:\s*$|\s*[,;:.()/–—&-]|\s+(?:of|in|from|on|at|and|or|as|to|for|with|that|who|which|also|including|alike|"
    r"themselves|itself|alone|concerned|respectively|jointly|along|both|across|within|not|between|under|through|based|by|must|"
    r"should|need|may|shall|ought|could|can|is|are|was|were|have|has|will|\w+ly|too|then|therefore|together|involved|here)\b)",
    re.IGNORECASE,
)
_HANGS = re.compile(
    r"\b(?:of|for|in|on|from|between|among|amongst|at|against|with|across|within|including|under|through|about|by|"
    r"regarding|concerning|like|over|towards?|whose|than)\b",
    re.IGNORECASE,
)
# "representatives of civil society" are civil society.
_LED = re.compile(
    r"^\W*(?:the |all |both )*(?:representatives|members|leaders|heads|chiefs|commanders|directors|editors|owners|organi[sz]ations) of (?:the |both |all )*$",
    re.IGNORECASE,
)
_FRESH = re.compile(
    r"(?:,|\band|\bor|&|\bas well as|/)\s*(?:the |their |its |all |both |other |relevant |also )*$", re.I
)


def _code(match: re.Match[str], states: tuple[Country, ...]) -> str:
    group = match.lastgroup or ""
    if group == "both":
        return BOTH
    if group == "loose":
        return _SOME
    if group.startswith("s"):
        return f"government:{states[int(group[1:])].key}"
    return _GROUPS[int(group[1:])][0]


def _codes(codes: list[str], states: tuple[Country, ...]) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(codes))
    if _SOME in unique:
        known = any(code.startswith("government:") and code != _SOME for code in unique)
        unique = tuple(
            dict.fromkeys(BOTH if code == _SOME else code for code in unique if code != _SOME or not known)
        )
    if len(states) == 2 and all(f"government:{state.key}" in unique for state in states):
        return (BOTH, *(code for code in unique if not code.startswith("government:")))
    return unique
