"""The meaning of an ask as a point in space, by a small sentence encoder that runs on this machine.

Two forms of one ask may share no word that the lexicon knows. The encoder has read much English: it brings "no
prosecution of those who stray over the line" near to "send back villagers who crossed by mistake". It is the public
model all-MiniLM-L6-v2, tuned on the labelled lineages of ``benchmarks/labelled/linking-tuning`` by
``benchmarks/fit_meaning.py`` and stored in ``encoder.onnx`` (see ``NOTICE.md``). Nothing is fetched, nothing leaves the
machine.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sulh.engines.asks.linking.lexicon import lexicon

Vectors = NDArray[np.float32]

SIZE: Final = 128  # numbers of a point
LENGTH: Final = 80  # pieces of words read of a text; what comes after is not seen
BATCH: Final = 8  # texts read at a time
STEP: Final = 8  # pieces by which the length of what is read grows
RECENT: Final = 2000  # texts whose points are still known, by tag, not by their words
TELLING: Final = 6  # words from which on an English text holds one of the small words (the, of, to …)
TAG: Final = 8  # bytes before a stored point that say of which text and encoder it is
_UNKNOWN, _BEGIN, _END = "[UNK]", "[CLS]", "[SEP]"


def read(texts: Sequence[str]) -> list[bytes]:
    """The meaning of each text as bytes to be kept beside it: a tag, then ``SIZE`` half-precision numbers.

    A text that is not in English has the meaning nought.
    """
    return [kept(text, point) for text, point in zip(texts, _points(texts), strict=True)]


def kept(text: str, point: Vectors) -> bytes:
    """The point of a text, shape (SIZE,), as it is kept."""
    return _tag(text) + point.astype("<f2").tobytes()


def fits(stored: bytes, text: str) -> bool:
    """Whether ``stored`` is the meaning of this text, read by this encoder."""
    return len(stored) == TAG + 2 * SIZE and stored[:TAG] == _tag(text)


def vectors(known: Sequence[bytes], texts: Sequence[str]) -> Vectors:
    """The points of ``texts``, shape (texts, SIZE); what is not known or does not fit is read now.

    Each has the length 1, or 0 where the text is not in English.
    """
    missing = [place for place, text in enumerate(texts) if not fits(known[place], text)]
    new = dict(zip(missing, read([texts[place] for place in missing]), strict=True)) if missing else {}
    stored = b"".join(new.get(place, own)[TAG:] for place, own in enumerate(known))
    found = np.frombuffer(stored, dtype="<f2").reshape(-1, SIZE).astype(np.float32)
    points: Vectors = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-6))
    return points


def pieces(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of the word pieces of ``text``: the longest known piece first (WordPiece; Wu et al. 2016).

    Letters are lower case and without accents, as the encoder was taught.
    """
    numbers = [vocabulary[_BEGIN]]
    for word in _words(text):
        numbers.extend(_parts(word, vocabulary))
        if len(numbers) >= LENGTH:
            break
    return [*numbers[: LENGTH - 1], vocabulary[_END]]


def _words(text: str) -> Iterator[str]:
    """Runs of letters and digits, and each mark by itself."""
    plain = (c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    word = ""
    for letter in plain:
        if letter.isalnum():
            word += letter
            continue
        if word:
            yield word
            word = ""
        if not letter.isspace() and letter.isprintable():
            yield letter
    if word:
        yield word


def _parts(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    if len(word) > 100:
        return [vocabulary[_UNKNOWN]]
    found: list[int] = []
    start = 0
    while start < len(word):
        before = "##" if start else ""
        for end in range(len(word), start, -1):
            number = vocabulary.get(before + word[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return [vocabulary[_UNKNOWN]]
    return found


def is_english(text: str) -> bool:
    """Whether the encoder can make sense of a text: Latin letters, and small words of English where it has many words.

    Of other writing it sees hardly more than that it is foreign, so that all of it would seem to mean the same.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or sum(letter.isascii() for letter in letters) <= len(letters) / 2:
        return False
    words = [word for word in _words(text) if word.isalpha()]
    return len(words) < TELLING or not lexicon().small.isdisjoint(words)


def forget() -> None:
    """Know no point of texts that were read; nothing changes but the time to read them again."""
    _recent.clear()


_recent: dict[bytes, Vectors] = {}


def _points(texts: Sequence[str]) -> Vectors:
    tags = [_tag(text) for text in texts]
    unread = {tag: text for tag, text in zip(tags, texts, strict=True) if tag not in _recent}
    known = _recent | dict(zip(unread, _encoded(list(unread.values())), strict=True))
    while len(_recent) + len(unread) > RECENT and _recent:
        _recent.pop(next(iter(_recent)), None)
    _recent.update((tag, known[tag]) for tag in list(unread)[-RECENT:])
    return np.array([known[tag] for tag in tags], dtype=np.float32).reshape(-1, SIZE)


def _encoded(texts: Sequence[str]) -> Vectors:
    """What the encoder says. Tables have one shape whatever they hold, so that no text is read otherwise in company."""
    points = np.zeros((len(texts), SIZE), dtype=np.float32)
    english = {place: pieces(text, _vocabulary()) for place, text in enumerate(texts) if is_english(text)}
    lengths: dict[int, list[int]] = {}
    for place, read in english.items():
        lengths.setdefault(-(-len(read) // STEP) * STEP, []).append(place)
    for length, places in lengths.items():
        for start in range(0, len(places), BATCH):
            some = places[start : start + BATCH]
            ids = np.zeros((BATCH, length), dtype=np.int64)
            mask = np.zeros_like(ids)
            mask[:, 0] = 1
            for row, place in enumerate(some):
                ids[row, : len(english[place])] = english[place]
                mask[row, : len(english[place])] = 1
            points[some] = _session().run(None, {"ids": ids, "mask": mask})[0][: len(some)]
    return points


def _tag(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=TAG, key=_version()).digest()


@cache
def _version() -> bytes:
    """What tells this encoder from another: the fingerprint of its file."""
    return hashlib.blake2b(files(__package__).joinpath("encoder.onnx").read_bytes(), digest_size=16).digest()


@cache
def _vocabulary() -> dict[str, int]:
    lines = files(__package__).joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    with as_file(files(__package__).joinpath("encoder.onnx")) as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
