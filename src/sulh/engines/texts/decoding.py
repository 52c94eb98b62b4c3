"""Bytes of a text file into characters, or a refusal where the encoding cannot be told.

Guessing is worse than refusing: a wrong code page gives text that looks like a document and is none.
Only windows-1252 and windows-1256, which old word processors still write, are tried after Unicode, and only
where the result reads like a Latin or an Arabic-script text.
"""

from __future__ import annotations

import codecs
import re

from sulh.engines.texts.document import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the UTF-16 mark
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARABLE = re.compile(
    r"^(?:utf-?8|utf-?16(?:le|be)?|windows-?125[0-8]|cp125[0-8]|iso-?8859-?\d{1,2}|latin-?1|us-ascii|ascii|"
    r"koi8-[ru]|gbk|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)|mac-?(?:roman|intosh))$"
)
_WESTERN_SIGNS = frozenset(
    b"\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb7\xbb\xbd"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
# UTF-8 bytes once read as windows-1252 and stored again: "â€™" for an apostrophe, "Ø§" for an alef.
_TWICE_ENCODED = re.compile(
    "â€[™œ\x9d“”˜¢¦]|[ØÙÚÛ][\u00a0-\u00bf\u0152-\u0192\u2013-\u2122ˆ˜]|à¤|à¥|Ã[©¨¡¢¤¶¼±§]"
)
_SAVE_AS_UTF8 = (
    'Open it in the program it was written with, choose "Save as" with the encoding UTF-8, and try again.'
)


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of a text file.

    A byte order mark decides; else the declared encoding (of an HTML page) if the bytes obey it; else UTF-8;
    else windows-1252 or windows-1256 where the result is plausible.
    Raises Unreadable("encoding") where none fits, or where the text was spoilt before it came here.
    """
    text = _by_mark(data)
    if text is None and declared is not None and _DECLARABLE.match(declared):
        text = _try(data, _as_browsers_do(declared))
    if text is None:
        text = _try(data, "utf-8")
    if text is None and _is_western(data):
        text = _try(data, "windows-1252")
    if text is None and _is_arabic_script(data):
        text = _try(data, "windows-1256")
    if text is None:
        raise Unreadable(
            "encoding", f"The characters of this file cannot be told{_first_fault(data)}.", _SAVE_AS_UTF8
        )
    refuse_spoilt(text)
    return text


def refuse_spoilt(text: str) -> None:
    """Raise Unreadable where characters were lost or mixed up before the text came here."""
    lost = text.count("\ufffd")
    if lost >= 3 and lost * 200 > len(text):
        raise Unreadable(
            "encoding", "Many characters of this text were lost in an earlier conversion.",
            "Go back to the original file and save it again with the encoding UTF-8.",
        )  # fmt: skip
    mixed = len(_TWICE_ENCODED.findall(text[:200_000]))
    if mixed >= 4 and mixed * 100 > min(len(text), 200_000):
        raise Unreadable(
            "encoding", "The characters of this text were mixed up in a conversion (like â€™ for ’).",
            "Go back to the original file and save it again with the encoding UTF-8.",
        )  # fmt: skip


def is_binary(data: bytes) -> bool:
    """Whether bytes without a Unicode mark hold control codes that no text has."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return False
    sample = data[:100_000]
    controls = len(_CONTROL.findall(sample.decode("latin-1")))
    return b"\x00" in sample or controls * 100 > len(sample)


def _by_mark(data: bytes) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], name)
            if text is None:
                raise Unreadable(
                    "encoding", f"The file says it is {name.upper()}, but its bytes are not.", _SAVE_AS_UTF8
                )
            return text
    return None


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _as_browsers_do(declared: str) -> str:
    return (
        "windows-1252"
        if declared in ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii")
        else declared
    )


def _is_western(data: bytes) -> bool:
    """A Latin text has few bytes beyond ASCII, most of them alone among ASCII letters and spaces."""
    high = sum(byte >= 0x80 for byte in data)
    letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in data)
    if high * 8 > letters:
        return False
    alone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", data))
    signs = sum(byte in _WESTERN_SIGNS for byte in data)
    in_words = len(
        re.findall(rb"(?<=[A-Za-z])[\xc0-\xff](?=[A-Za-z\s.,;:)]|$)|(?<=\s)[\xc0-\xde](?=[a-z])", data)
    )
    return alone * 10 >= high * 8 and (signs + in_words) * 10 >= high * 8


def _is_arabic_script(data: bytes) -> bool:
    """Words of Arabic letters throughout, among them the letters common to every language so written."""
    text = _try(data, "windows-1256")
    if text is None:
        return False
    letters = [c for c in text if c.isalpha()]
    arabic = [c for c in letters if "\u0600" <= c <= "\u06ff"]
    if len(arabic) < 8 or len(arabic) * 10 < len(letters) * 6:
        return False
    common = sum(c in "اليوينرمهکكدتب" for c in arabic)
    words = re.findall(r"[\u0600-\u06ff]+", text)
    return common * 2 >= len(arabic) and 2 <= len(arabic) / len(words) <= 9


def _first_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return f" (the first doubtful one is in line {line})"
    return ""
