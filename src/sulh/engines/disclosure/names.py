"""Skeletons of names: under how many spellings and in how many scripts is this one person written?

A name is brought to *keys*: short strings of consonants and long vowels that are alike for Mohammed, Muhammad
and محمد, for Rehman, Rahman and रहमान. A vault that is locked keeps no names but keyed hashes of these keys;
the lint then asks for every word of a text whether one of its keys is known. Consonants are written in small
letters, vowels as A, I and U.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, product
from typing import Final

from .folding import INVISIBLE, MARKS, fold
from .words import word_set

_WORD: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0900-\u0963\u0970-\u097f{INVISIBLE}{MARKS}])*")

_TITLES: Final = word_set(
    "mr mrs ms miss dr prof professor gen general lt maj major brig brigadier col colonel capt captain amb ambassador "
    "justice senator sir dame hon begum bibi haji hajji maulana mullah mufti engr engineer shri smt retd sahib sahiba "
    "ji "
    "the of and alias bin bint ibn ul ur al el de e i "
    "ڈاکٹر جناب محترم محترمہ جنرل پروفیسر سفیر صاحب صاحبہ آقای خانم داکتر دکتر ښاغلی ښاغلي مېرمن ډاکټر ډاکټره "
    "श्री श्रीमती डॉ डॉक्टर साहब जी प्रोफ़ेसर जनरल"
)

_LATIN: Final = {
    "kh": "x", "sh": "S", "ch": "C", "zh": "z", "gh": "g", "ph": "f", "bh": "b", "dh": "d", "th": "t",
    "jh": "j", "ck": "k",
    "dj": "j", "dz": "z", "ts": "s", "ksh": "kS", "ks": "ks", "x": "ks", "q": "k", "c": "k", "w": "v",
    "g": "g",
    "ai": "I", "ay": "I", "ei": "I", "ey": "I", "ee": "I", "ie": "I", "ea": "I", "ii": "I", "y": "I",
    "i": "i", "e": "e",
    "au": "U", "aw": "U", "ou": "U", "oo": "U", "uu": "U", "u": "u", "o": "u", "aa": "A", "oa": "U", "a": "a",
}  # fmt: skip
_SCAN: Final = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)) + "|.")

_ARABIC: Final = {
    "ب": "b", "پ": "p", "ت": "t", "ټ": "t", "ث": "s", "ج": "j", "چ": "C", "څ": "C", "ځ": "z", "ح": "h",
    "خ": "x", "د": "d",
    "ډ": "d", "ذ": "z", "ر": "r", "ړ": "r", "ز": "z", "ژ": "z", "ږ": "z", "س": "s", "ش": "S", "ښ": "S",
    "ص": "s", "ض": "z",
    "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ق": "k", "ک": "k", "ګ": "g", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ا": "A",
    "ی": "I", "و": "U", "ع": "",
}  # fmt: skip
_BREATHED: Final = frozenset("بپتټجچدډرړکګلمن")
"""Letters that in Urdu may be followed by the mark of breath (ھ), which folding does not tell from h."""

_DEVANAGARI: Final = {
    "क": "k", "ख": "x", "ग": "g", "घ": "g", "ङ": "n", "च": "C", "छ": "C", "ज": "j", "झ": "j", "ञ": "n",
    "ट": "t", "ठ": "t",
    "ड": "d", "ढ": "d", "ण": "n", "त": "t", "थ": "t", "द": "d", "ध": "d", "न": "n", "प": "p", "फ": "f",
    "ब": "b", "भ": "b",
    "म": "m", "य": "I", "र": "r", "ल": "l", "ळ": "l", "व": "v", "श": "S", "ष": "S", "स": "s", "ह": "h",
    "अ": "a", "आ": "A", "इ": "i", "ई": "I", "उ": "u", "ऊ": "U", "ए": "I", "ऐ": "I", "ओ": "U", "औ": "U",
    "ऑ": "U", "ऋ": "ri",
    "ा": "A", "ि": "i", "ी": "I", "ु": "u", "ू": "U", "े": "I", "ै": "I", "ो": "U", "ौ": "U", "ॉ": "U",
    "ृ": "ri", "ं": "n",
}  # fmt: skip

_MOST_VOWELS: Final = 5
_SHORT: Final = {"a": "A", "e": "I", "i": "I", "u": "U"}


def parts(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without titles and particles."""
    words = tuple(fold(found.group()) for found in _WORD.finditer(name))
    return tuple(word for word in words if word and word not in _TITLES)


def _spelled(word: str) -> str:
    """Write a folded word in consonants, long vowels (A I U) and vowels that other scripts may leave out (a e i u)."""
    if word.isascii():
        return _latin(word)
    if "\u0900" <= word[0] <= "\u097f":
        return _devanagari(word)
    if "\u0600" <= word[0] <= "\u06ff":
        return _arabic(word)
    return ""


def _latin(word: str) -> str:
    word = {
        "mohd": "muhammad",
        "mohammd": "muhammad",
        "muhd": "muhammad",
        "md": "muhammad",
        "mohamed": "muhammad",
    }.get(word, word)
    word = re.sub(r"^abd[aeou]{1,2}([lrsztdn])-?\1?(?=[aeiou]|[sz]?h?[aeiou])", r"abdl\1", word)
    word = re.sub(r"^abdll", "abdl", word)
    word = re.sub(
        r"([a-z])\1+", lambda found: found.group()[:2] if found.group(1) in "aeou" else found.group(1), word
    )
    out = []
    for found in _SCAN.finditer(word):
        unit = found.group()
        out.append(_LATIN.get(unit, unit if unit.isalpha() else ""))
    text = "".join(out)
    if word[0] == "y":
        text = "Y" + text[1:]
    return re.sub(r"(?<=.)h$", "", text) if len(text) > 2 else text


def _arabic(word: str) -> str:
    word = re.sub(r"^عبدال", "عبدل", word)
    word = re.sub(r"(?<=.)الله$", "لا", word)
    word = re.sub(r"^عبدلل", "عبدل", word)
    out = ["a"] if word[0] == "ع" else []
    index = 0
    while index < len(word):
        c = word[index]
        inner = 0 < index < len(word) - 1
        if inner and c == "ه" and word[index - 1] == "ک":
            out[-1] = "K"
        elif (
            inner
            and c == "ه"
            and (word[index - 1] in _BREATHED or _ARABIC.get(word[index + 1], "A") not in ("A", "I", "U"))
        ):
            out.append("H")
        elif index and index == len(word) - 1 and c == "ه":
            out.append("A")
        else:
            out.append(_ARABIC.get(c, ""))
        index += 1
    if word[0] == "ی":
        out[0] = "Y"
    text = "".join(out)
    return text[1:] if text[:2] in ("aA", "aI", "aU") else text


def _devanagari(word: str) -> str:
    word = re.sub(r"(.)्\1", r"\1", word).replace("्", "")
    word = re.sub(r"ं(?=[पफबभम])", "म", word)
    out = [_DEVANAGARI.get(c, "") for c in word]
    if word[0] == "य":
        out[0] = "Y"
    text = "".join(out)
    text = re.sub(r"^abdu([lrsztdn])\1?", r"abdl\1", text)
    return re.sub(r"^abdll", "abdl", text)


def _alternatives(spelled: str) -> list[tuple[str, ...]]:
    """Return for every sound of a word how other spellings and scripts may write it."""
    units: list[tuple[str, ...]] = []
    for index, c in enumerate(spelled):
        first, last = not units, index == len(spelled) - 1
        if c == "H":
            units.append(("h", ""))
        elif c == "K":
            units.append(("x", "kh"))
        elif first and c == "Y":
            units.append(("y",))
        elif first and c in "aeiuAIU":
            units.append(("a",))
        elif last and c in "aeiu":
            units.append((_SHORT[c],) if c != "e" else ("", "I", "A"))
        elif c in _SHORT:
            units.append(("", _SHORT[c]) if c != "e" else ("", "I", "A"))
        else:
            units.append((c,))
    return units


def _written(units: list[tuple[str, ...]]) -> set[str]:
    free = [index for index, unit in enumerate(units) if len(unit) > 1]
    for index in free[_MOST_VOWELS:]:
        units[index] = (units[index][0],)
    return {_tidied("".join(choice)) for choice in product(*units)}


def _tidied(key: str) -> str:
    """Make one vowel of a run of vowels, and one mark of any vowels at the head."""
    key = re.sub(r"[AIU]{2,}", lambda found: "I" if "I" in found.group() else found.group()[0], key)
    return re.sub(r"^a[AIU]+", "a", key)


def _consonants(key: str) -> int:
    return sum(c not in "AIUa" for c in key)


@lru_cache(maxsize=65536)
def held(word: str) -> frozenset[str]:
    """Return the keys under which one folded word of a roster is kept.

    ``l:`` is asked by Latin words of a name that is held in Latin letters: all vowels, or all but one. ``w:``
    is asked by words in other scripts, ``a:`` by Latin words of a name held in another script; ``W:`` is a
    ``w:`` that needs support, because so few letters are left. ``e:`` is a word of any other script as it
    stands.
    """
    spelled = _spelled(word) if len(word) > 1 else ""
    if not spelled:
        return frozenset({f"e:{word}"})
    found: set[str] = set()
    for form in _forms(word, spelled):
        units = _alternatives(form)
        if word.isascii():
            found |= {f"l:{key}" for key in _tight(units)}
            found |= {f"{'w' if strong else 'W'}:{key}" for key, strong in _loose(units)}
        else:
            for key in _written(units):
                found |= {f"w:{key}", f"a:{key}"}
    return frozenset(found)


@lru_cache(maxsize=65536)
def asked(word: str) -> tuple[tuple[str, bool], ...]:
    """Return the keys under which one folded word of a text is looked up, each with whether it needs no support."""
    spelled = _spelled(word) if len(word) > 1 else ""
    if not spelled:
        return ((f"e:{word}", True),)
    found: dict[str, bool] = {}
    for form in _forms(word, spelled):
        units = _alternatives(form)
        if word.isascii():
            for key in _tight(units):
                found[f"l:{key}"] = True
            for key, strong in _loose(units):
                found[f"a:{key}"] = strong
        else:
            for key in _written(units):
                found.setdefault(f"w:{key}", True)
                found.setdefault(f"W:{key}", False)
    return tuple(sorted(found.items()))


def _loose(units: list[tuple[str, ...]]) -> list[tuple[str, bool]]:
    """Every way in which vowels may be left out, and whether enough is left to be sure."""
    full = _tidied("".join(next((one for one in unit if one), "") for unit in units))
    short_a = all(unit in (("", "A"), ("", "I", "A")) for unit in units if len(unit) > 1 and "" in unit)
    return [
        (
            key,
            _consonants(key) > 3
            or (_consonants(key) == 3 and (short_a or _vowels(key) > 0 or _vowels(full) < 2))
            or _vowels(key) >= _vowels(full),
        )
        for key in sorted(_written(units))
        if len(key) > 1
    ]


def _tight(units: list[tuple[str, ...]]) -> set[str]:
    """All vowels, or all but one where at least one more stays; a last long i (Hosseini, Hussain) may be missing."""
    spoken = [tuple(one for one in unit if one) or ("",) for unit in units[:-1]]
    if units:
        spoken.append(units[-1])
    whole = _written(spoken)
    found = set(whole)
    for key in whole:
        vowels = [index for index, c in enumerate(key[1:-1], 1) if c in "AIU"]
        if len(vowels) >= 2 and _consonants(key) >= 3:
            found |= {key[:index] + key[index + 1 :] for index in vowels}
    found |= {key[:-1] for key in found if key.endswith("I") and _consonants(key) >= 3}
    return {key for key in found if len(key) > 1}


def _vowels(key: str) -> int:
    return sum(c in "AIU" for c in key)


def _forms(word: str, spelled: str) -> set[str]:
    """Return the readings of one spelling: و as a consonant, ज as z, a last g as k, Pashto endings, s for th."""
    forms = {spelled}
    if not word.isascii():
        if "و" in word:
            if spelled.startswith("U"):
                forms = {"v" + spelled[1:]} | forms
            inner = spelled.find("U", 1)
            if inner > 0:
                forms.add(spelled[:inner] + "v" + spelled[inner + 1 :])
        if "ज" in word:
            forms |= {form.replace("j", "z") for form in forms}
        if "फ" in word or "پ" in word:
            forms |= {form.replace("p", "f") for form in forms}
        if "څ" in word:
            forms |= {form.replace("C", "s") for form in forms}
        if "ھ" in word or "ه" in word:
            forms |= {form.replace("pH", "f") for form in forms}
        if "ث" in word:
            forms |= {form.replace("s", "t") for form in forms}
        if word.endswith("ی") and len(word) > 3:
            forms |= {form[:-1] + "A" for form in forms if form.endswith("I")}
        if len(word) > 3 and word[0] >= "\u0900" and word[0] <= "\u097f":
            forms |= {re.sub("v", "U", form) for form in forms if "v" in form[1:]}
    elif "x" in word:
        forms |= {form.replace("ks", "kS") for form in forms}
    elif "w" in word[1:] or "v" in word[1:]:
        forms |= {form[:1] + form[1:].replace("v", "U", 1) for form in forms}
    forms |= {form[:-1] + "k" for form in forms if form.endswith("g")}
    return forms


def keys(name: str) -> frozenset[str]:
    """Return the keys under which a name or alias of a roster is recognised, whole or in part, in any of the
    scripts.

    Every word of the name (titles left out), every two neighbouring words written as one, and the initials
    (``i:``) give keys. The keys are what a vault hashes: nobody needs the name itself to recognise it.
    """
    words = parts(name)
    found: set[str] = set()
    for word in words:
        found |= held(word)
        if len(word) == 2:
            found.add(f"s:{word}")
    for first, second in pairwise(words):
        found |= held(first + second)
    if len(words) > 1 and all(word[0].isascii() for word in words):
        letters = "".join(word[0] for word in words)
        found |= {f"i:{letters}", f"i:{letters[0]}{letters[-1]}"}
    return frozenset(found)
