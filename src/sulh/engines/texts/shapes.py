"""What a line looks like: a heading, a chapeau, a signature, a person, a page number."""

from __future__ import annotations

import re

_TERMINAL = re.compile(r"[.;,!?…۔؟।؛،][\"'”’)\]]*$")
_COLON = re.compile(r"[:：﹕]\s*[-–—]?\s*$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

# A line with one of these says something; a heading only names something.
_VERBS = re.compile(
    r"\b(agree[sd]?|recommend(?:s|ed)?|urge[sd]?|call(?:s|ed)? (?:on|upon|for)|request(?:s|ed)?|resolve[sd]?|"
    r"decide[sd]?|"
    r"propose[sd]?|demand(?:s|ed)?|appeal(?:s|ed)?|suggest(?:s|ed)?|stress(?:es|ed)?|"
    r"emphasi[sz]e[sd]?|"
    r"note[sd]?|welcome[sd]?|should|shall|must|may|will|would|can|could|is|are|was|were|be|been|has|have|"
    r"had|"
    r"ask(?:s|ed)?|reaffirm(?:s|ed)?|reiterate[sd]?|condemn(?:s|ed)?|declare[sd]?|appreciate[sd]?|"
    r"need(?:s|ed)? to|"
    r"underline[sd]?|underscore[sd]?|acknowledge[sd]?|recogni[sz]e[sd]?|express(?:es|ed)?|include[sd]?|"
    r"that|following)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(following|follows|as under|below|hereunder)\b|درج ذیل|مندرجہ ذیل|قرار ذیل|لاندې|निम्न", re.IGNORECASE
)
# fmt: off
_SMALL_WORDS = frozenset({
    "a", "an", "the", "and", "or", "of", "on", "in", "at", "to", "for", "from", "with", "by", "between",
    "among", "as", "into", "over", "under", "via", "v", "vs", "de",
})
# fmt: on
_JOINING = _SMALL_WORDS | frozenset(
    [
        "their",
        "its",
        "his",
        "her",
        "our",
        "both",
        "which",
        "who",
        "whose",
        "than",
        "that",
        "should",
        "will",
        "be",
        "is",
        "are",
    ]
)

_SIGNATURE = re.compile(
    r"^(signed\b|signatories\b|signature|done (?:at|in|on)\b|sd/-|s/d|in witness whereof|"
    r"for (?:and )?on behalf of|on behalf of\b|for the (?:\w+ )?(?:delegation|side|government)\b|"
    r"for (?:pakistan|afghanistan|india)\b|issued (?:at|in|on|by)\b|co-?chairs?\b|co-?conveners?\b|"
    r"_{3,}|\.{6,}|دستخط|لاسلیک|امضا|हस्ताक्षर)",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:participants|delegates|delegations?|attendees|attendance|panel(?:l)?ists|speakers|"
    r"members of (?:the )?(?:\w+ ){0,3}(?:delegation|committee|group|team)|signatories|invitees|observers)"
)
_ATTENDANCE = re.compile(
    r"^(?:in attendance|(?:also |those )?present|attended by|attendees|participants|delegates)\b"
    r"[^.]{0,40}(?::|were|was)\s",
    re.IGNORECASE,
)
_PEOPLE_HEADING = re.compile(
    r"^(?:annex(?:ure)?\s*\w*\s*[:.–-]?\s*)?(?:(?:the |full |complete )*list of (?:the )?(?:\w+ ){0,3}"
    + _PEOPLE
    + r"\b.{0,60}"
    r"|(?:the )?(?:\w+[ -]){0,3}"
    + _PEOPLE
    + r"(?: (?:list|from|of|on|in|to|included?|comprised|were|was|are|consisted of)"
    r"(?: .{0,50})?)?"
    r"|(?:from |the )?(?:\w+[ -]){0,2}(?:side|team)"
    r"|from (?:pakistan|afghanistan|india)"
    r"|(?:those |also |members )?present(?: (?:at|from|on|were).{0,50})?|in attendance(?: (?:were|was|from|on).{0,50})?"
    r"|(?:\S{1,20}\s){0,3}(?:شرکاء?|مندوبین|وفد|شرکت.?کنندگان|نمایندگان|ګډونوال|ګډون کوونکي"
    r"|प्रतिभागी|प्रतिनिधि)"
    r"(?:\s(?:کی فہرست|کے نام|کے اراکین|کے ارکان|की सूची))?)\s*[:：]?\s*[-–]?$",
    re.IGNORECASE,
)
_PEOPLE_SENTENCE = re.compile(
    r"\b(?:delegation|delegates|participants|members|team|side|group)\b.{0,60}?"
    r"\b(?:included?|comprised|comprising|consisted of|consisting of|were|are|namely)\b|"
    r"^(?:the )?(?:\w+[ -]){0,3}(?:delegation|delegates|participants|members|side|team)\s*[:：]",
    re.IGNORECASE,
)
_HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Amb|Ambassador|Gen|General|Lt|Lieutenant|Maj|Major|Brig|Brigadier|"
    r"Col|Colonel|Capt|Captain|Air (?:Vice )?(?:Marshal|Commodore)|(?:Vice |Rear )?Admiral|Senator|Hon|"
    r"Honou?rable|Justice|Sheikh|Shaikh|Maulana|Mullah|Mawlawi|Haji|Hajji|Syed|Sayed|Sardar|Malik|Begum|Engr|"
    r"Engineer|Advocate|Adv|H\.?\s?E|Sir|Dame|Sri|Shri|Smt|Former)"
)
_PERSON_START = re.compile(rf"^(?:{_HONORIFIC})\b\.?\s*(?:\(\w[\w. ]{{0,20}}\)\.?\s*)?[A-Z]")
_HONORIFICS = re.compile(rf"\b(?:{_HONORIFIC})\b\.?\s+(?:\(\w+\)\s*)?[A-Z]")
_NAME = re.compile(r"^(?:[A-Z][\w'’.-]*\s+){1,4}[A-Z][\w'’.-]*\s*(?:$|[,;–—(-])")
_NATIVE_PERSON = re.compile(
    r"^(?:ڈاکٹر|جناب|محترم|محترمہ|سفیر|جنرل|پروفیسر|سینیٹر|داکتر|ښاغلی|ښاغلې|استاد|श्री|श्रीमती|डॉ)"
)
_ACTING = re.compile(
    r"\b(should|shall|must|may|will|would|need|agreed|urged?|recommend\w*|called|request\w*|resolved|decided|proposed|"
    r"to (?:be|ensure|promote|establish|facilitate|allow))\b",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—\[(]\s*)?(?:page|p\.|pg\.?|صفحہ|صفحه|पृष्ठ)?\s*(?:[\d٠-٩۰-۹०-९]{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:of|/|از|میں سے)\s*[\d٠-٩۰-۹]{1,4})?(?:\s*[-–—\])])?$",
    re.IGNORECASE,
)
_LIST_ITEM_END = re.compile(r"(?:[;؛]|[,،])(?:\s+(?:and|or|اور|و|और))?$", re.IGNORECASE)
_SUBJECT_START = re.compile(
    r"^(?:The (?:participants?|delegat\w+|sides?|two|both|meeting|dialogue|committee|members|group|joint|"
    r"session|"
    r"conference|forum|speakers?|next)\b|They\b|Both\b|We\b|It\b|At the\b|On the\b|"
    r"In (?:conclusion|addition|the|this|his|her|their)\b|During\b|Finally\b|Earlier\b|Later\b|Meanwhile\b|"
    r"Moreover\b|Furthermore\b|Participants\b|Delegates\b|"
    r"Speaking\b|After\b|While\b|This\b|These\b|There\b)"
)
_SENTENCE_BREAK = re.compile(r"[a-z)”\"][.!?]\s+[\"“]?[A-Z]|[۔؟।]\s*\S")


def words(text: str) -> list[str]:
    """The words of a line."""
    return _WORD.findall(text)


def is_terminated(text: str) -> bool:
    """Whether a line ends as a sentence or list item does."""
    return bool(_TERMINAL.search(text[-8:]))


def ends_with_colon(text: str) -> bool:
    """Whether a line announces what follows."""
    return bool(_COLON.search(text[-6:]))


def announces(text: str) -> bool:
    """Whether a finished sentence says that a list follows."""
    return bool(_FOLLOWING.search(text[-200:]))


def names_only(text: str) -> bool:
    """Whether a short line names a theme rather than says something."""
    bare = text.rstrip(" :：-–—")
    return bool(bare) and len(bare) <= 110 and len(words(bare)) <= 14 and not _VERBS.search(bare)


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def is_title_case(text: str) -> bool:
    """Whether most weighty words of a line begin with a capital."""
    weighty = [word for word in words(text) if word.lower() not in _SMALL_WORDS and word[0].isalpha()]
    return bool(weighty) and sum(word[0].isupper() for word in weighty) >= 0.75 * len(weighty)


def is_uncased(text: str) -> bool:
    """Whether a line is in a script without capitals."""
    return not any(c.islower() or c.isupper() for c in text)


def starts_lower(text: str) -> bool:
    """Whether a line begins with a small letter."""
    return text[:1].islower()


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number."""
    return len(text) <= 24 and bool(_PAGE_NUMBER.match(text))


def opens_signature(text: str) -> bool:
    """Whether a line opens a block of signatures."""
    return len(text) <= 200 and bool(_SIGNATURE.match(text))


def opens_participants(text: str) -> bool:
    """Whether a line is the heading of a list of persons."""
    return len(text) <= 140 and bool(_PEOPLE_HEADING.match(text))


def has_honorific(text: str) -> bool:
    """Whether a line begins like the entry of a person."""
    return bool(_PERSON_START.match(text) or _NATIVE_PERSON.match(text))


def is_person(text: str) -> bool:
    """Whether a line reads like a person's entry in a list: a title or a name, and no verb of asking."""
    if len(text) > 220 or _ACTING.search(text):
        return False
    return has_honorific(text) or bool(_NAME.match(text)) or (is_uncased(text) and len(words(text)) <= 12)


def names_persons(text: str) -> bool:
    """Whether a sentence only says who took part: a delegation and at least three titled persons."""
    head = text[:2000]
    if _ATTENDANCE.match(head) and _HONORIFICS.search(head) and not _ACTING.search(head):
        return True
    return (
        not _ACTING.search(head)
        and bool(_PEOPLE_SENTENCE.search(head[:300]))
        and len(_HONORIFICS.findall(head)) >= 3
    )


def is_list_like(text: str) -> bool:
    """Whether an unnumbered line can be an item of the list that the line before announced."""
    if _LIST_ITEM_END.search(text[-12:]) or starts_lower(text) or text.startswith(("To ", "That ")):
        return True
    return (
        len(words(text[:600])) <= 45
        and not _SENTENCE_BREAK.search(text[:600])
        and not _SUBJECT_START.match(text)
    )


def continues_list(text: str) -> bool:
    """Whether the end of an item promises another item."""
    return bool(_LIST_ITEM_END.search(text[-12:]))


def hangs(text: str) -> bool:
    """Whether a line breaks off in mid-phrase: after a comma or a small joining word."""
    if text.endswith((",", "،")):
        return True
    last = text.rsplit(" ", 1)[-1].lower()
    return last in _JOINING


def opens_with_subject(text: str) -> bool:
    """Whether a line begins with those who speak ("The participants", "Both"): a sentence, not a theme."""
    return bool(_SUBJECT_START.match(text))
