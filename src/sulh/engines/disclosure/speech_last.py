"""Speakers where the verb comes last: Urdu, Hindi (with نے and ने), Dari (whose verb tells one from several), Pashto."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence
from .titles import is_nobody
from .words import listed, word_set

ERGATIVE: Final = frozenset({"ur", "hi", "roman"})
_REACH: Final = 40
_BREAK: Final = '.;t"'


def spoken_last(sentence: Sentence) -> Iterator[Hit]:
    """Find speakers in Urdu, Hindi, Roman Urdu, Dari and Pashto sentences."""
    if sentence.language in ERGATIVE:
        yield from _ergative(sentence)
        yield from _owner_first(sentence)
    else:
        yield from _by_head(sentence)
        yield from _views(sentence)


def _passive_side(sentence: Sentence, said: str) -> Iterator[Hit]:
    """From the Pakistani side it was said."""
    for found in re.finditer(rf"[Xf]?G[Cp][XfGu]{{0,2}}[^.;V]{{0,4}}(?:{said})", sentence.shape):
        yield _hit(sentence, found.start(), found.end() - 1, "side-speech", SIDE_HIDDEN, "said")


def _verdict(sentence: Sentence, start: int, end: int, unknown_speaks: bool) -> tuple[int, str, int] | None:
    """Judge the noun phrase between two terms: where it begins, rule, level; None where nobody in particular speaks."""
    shape = sentence.shape
    core = shape[start:end]
    heads = [
        (match.start(), match.group()) for match in re.finditer(r"[HPOKWopkwiC2IhjJ]|A(?=[EfV]|$)", core)
    ]
    if not heads:
        if end > start and shape[end - 1] == "u" and sentence.terms[end - 1].norm.endswith(_TRADES):
            return (end - 1, "speech", ANY)
        if unknown_speaks and core.strip("yXfDq,&#.tRGgZMN"):
            unknown = re.search(r"[uU]+j?[yX]?$", core)
            if unknown and not re.search("[MN2#]", core):
                return (start + unknown.start(), "named-speaker", ANY)
        if re.search(r"[Gg]f?u?$", core):
            return None
        return None
    at, head = heads[-1]
    before = core[:at]
    near = before[-4:]
    first = start + max(0, at - _modifiers(before))
    one_of = bool(re.search(r"A[^,]{0,3}$", before)) or bool(re.match(r"X[^,]{0,2}A|fA", core[at + 1 :]))
    sided = bool(re.search(r"[Gg][^,IV]{0,3}$|Rf?$", before)) or bool(
        re.match(r"[GgX]g?", core[at + 1 :][:1]) and "G" in core[at + 1 : at + 3]
    )
    if head == "I" and sentence.terms[start + at].norm in _GROUPS and re.search("G$", before):
        return (first, "side-speech", SIDE_HIDDEN)
    if head in "2Ih":
        return None
    if "2" in near:
        return None
    if head == "j":
        return (first, "named-speaker", ANY)
    if head == "J":
        return (start + at, "named-speaker" if core[at + 1 :].strip("yX") else "speech", ANY)
    if head == "A":
        return (first, "speech", SIDE_HIDDEN)
    if head in "HOKW" or (head in "opkw" and one_of and "M" not in near):
        if head in "p" and not re.search("[RWYFO]", core):
            return (first, "speech", SIDE_HIDDEN)
        return (first, "speech", ANY)
    if head == "P":
        if "M" in near:
            return None
        told = bool(re.search("[RWYFQOq]", core))
        return (first, "speech", ANY if told else SIDE_HIDDEN)
    if head in "opkw" and re.search(r"N[^,]{0,3}$", before):
        return (first, "speech", ANY if head != "p" or sided else SIDE_HIDDEN)
    if head == "i" or (head in "Copkw" and sided):
        return (first, "side-speech", SIDE_HIDDEN)
    return None


_TRADES: Final = ("نګار", "نویس", "شناس", "فروش", "کار", "दार", "कार", "शास्त्री", "नवीस")
"""How trades end that no list holds."""


def _modifiers(before: str) -> int:
    """How many terms before a head belong to it."""
    found = re.search(r"[AFGRWYQuUfXDNOg]{0,5}$", before)
    return len(found.group()) if found else 0


def _clause_start(shape: str, at: int) -> int:
    start = at
    while start > 0 and at - start < _REACH and shape[start - 1] not in _BREAK:
        start -= 1
    return start


def _ergative(sentence: Sentence) -> Iterator[Hit]:
    shape = sentence.shape
    for found in re.finditer("E", shape):
        mark = found.start()
        verb = re.search(r"V", shape[mark + 1 : mark + 1 + _REACH])
        said = verb is not None and not re.search(r"[.;]", shape[mark + 1 : mark + 1 + verb.start()])
        start = _clause_start(shape, mark)
        segment = shape[start:mark]
        end = mark
        if segment.endswith(","):
            # A relative clause stands between subject and mark: "a member, who is an economist, has said".
            end = start + segment.index(",")
        elif "," in segment:
            start = start + segment.rindex(",") + 1
        told = _verdict(sentence, start, end, unknown_speaks=said)
        # What a single participant or one side does at the table tells of them even without a verb of speaking;
        # offices of state act outside the room as well.
        # Offices in the plural act outside the room as well; so do offices of state.
        quiet = told and (told[1] == "named-speaker" or re.search("[Kk]|o$", shape[told[0] : mark]))
        nobody = told and is_nobody(sentence, told[0])
        opens = not said and sentence.terms[mark - 1].norm in listed("organisers")
        if told and (said or not quiet) and not nobody and not opens:
            yield _hit(sentence, told[0], mark, told[1], told[2], "")
    # Hindi joins the mark to the pronoun; "his saying was".
    for found in re.finditer(r"H(?!E)", shape):
        term = sentence.terms[found.start()]
        if term.norm in _MARKED_PRONOUNS or " " in term.norm:
            yield _hit(sentence, found.start(), found.start(), "speech", ANY, "")
    for found in re.finditer(r"Df?T", shape):
        if (
            sentence.terms[found.start()].norm in _HIS
            and sentence.terms[found.end() - 1].norm in _VIEWS - _ITS
        ):
            yield _hit(sentence, found.start(), found.end() - 1, "speech", ANY, "view")
    # Without the mark: "so-and-so bole".
    for found in re.finditer("V", shape):
        if not sentence.terms[found.start()].norm.endswith(_UNMARKED_ENDS):
            continue
        start = _clause_start(shape, found.start())
        if "E" in shape[start : found.start()]:
            continue
        told = _verdict(sentence, start, found.start(), unknown_speaks=True)
        if told and told[1] == "named-speaker" and shape[max(0, told[0] - 1)] == "#":
            continue  # A number before it: a measure of time or money, not a name.
        if told:
            yield _hit(sentence, told[0], found.start(), told[1], told[2], "said")
    # An Afghan side: "from the Afghan side it was said".
    yield from _passive_side(sentence, r"V(?=u|$|t|\.)")


_MARKED_PRONOUNS: Final = word_set("उन्होंने उन्होने उसने इन्होंने मैंने मैने unhone unhonay usne usnay")
_ITS: Final = frozenset({"الفاظ مین", "نزدیک", "خلاف تهی", "مطابق"})
"""Views that a text may hold as well as a person."""
_HIS: Final = word_set("ان اس انکا un us")
_UNMARKED_ENDS: Final = tuple(
    sorted(
        word_set(
            "بولے بولا بولیں ہیں ہے تھا تھے تھی تھیں رہے رہیں لگے لگیں گئے بولی हैं है थे था थीं थी रहे रहीं गए होकर हुए नहीं "
            "बोले बोला बोलीं बोली bole bola boli bolein hain hai the tha"
        )
    )
)
"""Last words of verbs that take no mark of the doer (imperfect, or intransitive)."""


def _owner_first(sentence: Sentence) -> Iterator[Hit]:
    """So-and-so's view was; according to so-and-so."""
    shape = sentence.shape
    for found in re.finditer(r"f?T", shape):
        start = _clause_start(shape, found.start())
        segment = shape[start : found.start()]
        if segment.endswith(","):
            segment = segment[:-1]
        weighty = sentence.terms[found.end() - 1].norm in _VIEWS
        if "," in segment and not segment.startswith("P,q"):
            start += segment.rindex(",") + 1
        if not shape[start : found.start()].strip(","):
            continue
        told = _verdict(sentence, start, found.start(), unknown_speaks=weighty and found.group() == "fT")
        if told and (weighty or told[1] != "named-speaker") and not is_nobody(sentence, told[0]):
            yield _hit(sentence, told[0], found.end() - 1, told[1], told[2], "view" if weighty else "")


_GROUPS: Final = word_set("گروپ گروہ समूह group team")
_VIEWS: Final = frozenset(
    """کهنا تها|کهنا هی|کهنا یه تها|خیال تها|خیال هی|موقف تها|موقف هی|رایی مین|رایی تهی|خیال
    مین|نزدیک|بقول|دلیل تهی|اعتراض تها| شکوه تها|تجویز تهی|سوال تها|جواب تها|الفاظ مین|اصرار تها|ماننا
    تها|ماننا هی|دعوی تها|حق مین نه تهی|حق مین تهی|خلاف تهی|مطابق| कहना था|कहना है|तर्क था|तर्क है|मत था|मत
    है|मानना था|मानना है|राय थी|राय में|विचार था|विचार में|दलील थी|आपत्ति थी| शिकायत थी|सुझाव था|प्रस्ताव
    था|सवाल था|जवाब था|शब्दों में|दावा था|आग्रह था|खयाल था|नजर में|अनुसार|मुताबिक| khayal tha|khayal hai|khyal
    tha|kehna tha|kehna hai|kahna tha|mauqif tha|moqif tha|rai thi|raye thi|mutabiq|baqol|ke mutabiq| khayal
    mein|aitraz tha|manna tha|manna hai|vichar tha""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def _by_head(sentence: Sentence) -> Iterator[Hit]:
    """Dari and Pashto: the subject opens the clause; Dari verbs tell one speaker from several."""
    shape, terms = sentence.shape, sentence.terms
    pashto = sentence.language == "ps"
    for found in re.finditer("H", shape):
        if " " in terms[found.start()].norm:
            yield _hit(sentence, found.start(), found.start(), "speech", ANY, "said")
    for found in re.finditer(r"(?:CG|GC)[^.;tV]{0,6}T", shape):
        if not pashto and "f" not in shape[max(0, found.start() - 1) : found.start()]:
            yield _hit(sentence, found.start(), found.end() - 1, "side-speech", SIDE_HIDDEN, "")
    for found in re.finditer(r"[Vv]", shape):
        verb = found.start()
        start = _clause_start(shape, verb)
        # A relative clause belongs to the subject before it: go back over "that" once.
        if (
            start > 0
            and shape[start - 1] == "t"
            and not re.search("[Vv]", shape[_clause_start(shape, start - 1) : start])
        ):
            start = _clause_start(shape, start - 1)
        segment = shape[start:verb]
        several = {term.norm for term in terms[verb : verb + 8]} & _SEVERAL_ASK
        if found.group() == "v" or (terms[verb].norm == "خواستار" and several):
            if re.search(r"[Cpowk][fX]?u?G|G[Cpowk]|i", segment):
                yield _hit(sentence, start, verb, "side-speech", SIDE_HIDDEN, "said")
            continue
        if pashto:
            told = _pashto_subject(sentence, start, verb)
        else:
            told = _dari_subject(sentence, start, verb)
        if told:
            yield _hit(sentence, told[0], verb, told[1], told[2], "said")
    for found in re.finditer(r"n", shape):
        start = _clause_start(shape, found.start())
        if re.search(r"[CpX]G|G[Cp]", shape[start : found.start()]):
            yield _hit(sentence, start, found.start(), "side-speech", SIDE_HIDDEN, "said")


_SEVERAL_ASK: Final = frozenset({"شدند", "اند", "بودند"})


def _dari_subject(sentence: Sentence, start: int, verb: int) -> tuple[int, str, int] | None:
    shape = sentence.shape
    segment = shape[start:verb]
    if not segment.strip(",y&"):
        # "گفت" alone: somebody said before the quotation; the subject stands in the sentence before.
        return None
    at = 0
    # Skip adverbial phrases ("in the second session", "at dinner") before the subject.
    while match := re.match(r"X[^,]{0,6},|[ySD,&]+", segment[at:]):
        if not match.end():
            break
        at += match.end()
    head = re.search(r"[HPOKWopkwiCI2Jj]|^A$|A(?=[t,]|$)", segment[at:])
    lead = segment[at : at + head.start()] if head else segment[at:]
    if re.search(r"[uU]{2,}", lead) and not re.search("[AFQNGM]", lead):
        return (start + at, "named-speaker", ANY)
    if head is None:
        bare = lead.strip(",yXfD&#")
        if bare and re.fullmatch(r"[uUjRg]+[uUXfRyDZS#,IT]*", lead) and lead[0] in "uU":
            return (start + at, "named-speaker", ANY)
        return None
    place = at + head.start()
    kind = head.group()
    after = segment[place + 1 :]
    first = start + place - len(re.search(r"[AFQNGY]*$", segment[:place]).group())  # type: ignore[union-attr]
    if kind == "J":
        return (start + place, "named-speaker", ANY)
    if kind in "2I":
        return None
    sided = bool(re.match(r"u?[GgR]", after)) or "G" in segment[:place][-2:]
    one_of = "A" in lead or "Q" in lead
    if kind == "j":
        return (start + at, "named-speaker", ANY)
    if kind in "HOKW" or (one_of and kind in "okw"):
        if kind == "H" and place and segment[place - 1] in "XfuIoO":
            return (start + at, "named-speaker", ANY) if re.search("[uU]", lead) else None
        return (first, "speech", ANY)
    if kind == "P" or (one_of and kind == "p") or kind == "A":
        if "M" in lead:
            return None
        told = bool(re.search("[RWYFO]", segment))
        return (first, "speech", ANY if told else SIDE_HIDDEN)
    if kind in "opkw" and "N" in lead:
        return (first, "speech", ANY if kind != "p" else SIDE_HIDDEN)
    if kind == "i" or (kind in "Copkw" and sided):
        return (first, "side-speech", SIDE_HIDDEN)
    return None


def _pashto_subject(sentence: Sentence, start: int, verb: int) -> tuple[int, str, int] | None:
    shape = sentence.shape
    segment = shape[start:verb]
    if not segment.strip(",y&"):
        return None
    # Adverbial phrases (په … کې) hold no subject.
    norms = [term.norm for term in sentence.terms[start:verb]]
    masked = list(segment)
    for index, norm in enumerate(norms):
        if norm == "کی":
            back = index
            while back > 0 and index - back < 6 and masked[back] != "X":
                back -= 1
            if masked[back] == "X":
                for each in range(back, index + 1):
                    masked[each] = "_"
    segment = "".join(masked)
    heads = list(re.finditer(r"[HPOKWopkwiCI2Jj]|A(?=[,t]|$)", segment))
    for head in heads:
        at, kind = head.start(), head.group()
        before, after = segment[:at], segment[at + 1 :]
        if before.endswith("f") and kind not in "J":
            # A genitive: it owns something, it does not speak.
            continue
        if re.match(r"[Xe]", after) and norms[at + 1] in ("ته", "سره", "څخه"):
            continue
        if before.endswith("X"):
            continue
        lead = re.search(r"[AFQNGYMRuUf]*$", before)
        first = start + (lead.start() if lead else at)
        near = lead.group() if lead else ""
        if kind in "2I":
            return None
        if kind == "j":
            return (first, "named-speaker", ANY)
        if kind == "J":
            return (start + at, "named-speaker", ANY)
        sided = bool(re.search("[GR]", near)) or bool(re.search(r"G[Cp]?f?[^,]{0,2}$", before))
        if kind in "HOKW" or (kind in "okw" and "A" in near):
            return (first, "speech", ANY)
        if kind in "PA" or (kind == "p" and "A" in near):
            if "M" in near:
                return None
            told = bool(re.search("[RWYFOQ]", segment))
            return (first, "speech", ANY if told else SIDE_HIDDEN)
        if kind in "opkw" and "N" in near:
            return (first, "speech", ANY if kind != "p" else SIDE_HIDDEN)
        if kind == "i" or (kind in "Copkw" and sided):
            return (first, "side-speech", SIDE_HIDDEN)
        return None
    lead = re.match(r"[_,y]*([uU]{1,3}j?)", segment)
    if shape[max(0, start - 1) : start] == '"' and not sentence.terms[verb].norm.startswith(
        ("وویل", "ویل", "وای")
    ):
        return None
    if lead and not re.match(r"[_,y]*f", segment):
        return (start + lead.start(1), "named-speaker", ANY)
    return None


def _views(sentence: Sentence) -> Iterator[Hit]:
    """Dari "به گفتهٔ …", Pashto "د … په اند": whose view it is."""
    shape, terms = sentence.shape, sentence.terms
    if sentence.language == "fa":
        for found in re.finditer("T", shape):
            norm = terms[found.start()].norm
            after = shape[found.end() : found.end() + 7]
            match = re.match(r"[DA]?[FYG]*([HPOKWopkwiCJ]|[uU]{1,3})", after)
            if match is None or re.match(r"D?[MI2]", after):
                continue
            head = match.group(1)
            opening = norm.startswith(("به ", "از "))
            if head in ("H", "P", "O", "K", "W", "J") or ("A" in match.group() and head in "opkw"):
                wording = "view" if opening else ""
                yield _hit(
                    sentence,
                    found.start(),
                    found.start() + match.end(),
                    "speech",
                    ANY if head != "P" else SIDE_HIDDEN,
                    wording,
                )
            elif head in "Copkwi" and ("G" in match.group() or re.match("G", after[match.end() :])):
                yield _hit(
                    sentence,
                    found.start(),
                    found.start() + match.end(),
                    "side-speech",
                    SIDE_HIDDEN,
                    "view" if opening else "",
                )
            elif head[0] in "uU" and norm.startswith(("به گفت", "به ګفت", "به قول", "از زبان")):
                yield _hit(sentence, found.start(), found.start() + match.end(), "named-speaker", ANY, "view")
        return
    for found in re.finditer(r"f([^.;TV]{1,6})T", shape):
        inner = found.group(1)
        start = found.start()
        norm = terms[found.end() - 1].norm
        if re.search("[MI2]", inner):
            continue
        head = re.findall(r"[HPOKWopkwiCJj]", inner)
        if head and head[-1] == "K" and "F" not in inner:
            continue
        if head and head[-1] in "HPOKWJj":
            yield _hit(
                sentence,
                start,
                found.end() - 1,
                "speech",
                ANY if head[-1] != "P" else SIDE_HIDDEN,
                "view" if norm.startswith("په ") else "",
            )
        elif head and head[-1] in "Copkwi" and "G" in inner:
            yield _hit(
                sentence,
                start,
                found.end() - 1,
                "side-speech",
                SIDE_HIDDEN,
                "view" if norm.startswith("په ") else "",
            )
        elif not head and norm.startswith("په ") and re.fullmatch("[uU]{1,3}", inner):
            yield _hit(sentence, start, found.end() - 1, "named-speaker", ANY, "view")


def _hit(sentence: Sentence, first: int, last: int, rule: str, from_level: int, wording: str) -> Hit:
    terms = sentence.terms
    while first < last and sentence.shape[first] in ",&.;:":
        first += 1
    neutral = NEUTRAL[wording][sentence.language] if wording else ""
    return Hit(terms[first].start, terms[last].end, rule, neutral, from_level)
