"""Sentences that tell on somebody and sentences that only seem to, in five languages (``sentences/``).

One that is known to slip through or to be stopped wrongly is marked ``~`` in the file: the test says when that is
mended.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sulh.engines.disclosure import lint

FOLDER = Path(__file__).parent / "sentences"


def sentences(kind: str) -> list[object]:
    found: list[object] = []
    for path in sorted(FOLDER.glob(f"{kind}_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            known = line.startswith("~")
            marks = [pytest.mark.xfail(strict=True, reason="known limit")] if known else []
            found.append(pytest.param(line.removeprefix("~"), marks=marks))
    return found


@pytest.mark.parametrize("sentence", sentences("telling"))
def test_a_sentence_that_tells_who_is_stopped(sentence: str) -> None:
    assert any(one.blocks for one in lint(sentence, level=4)), sentence


@pytest.mark.parametrize("sentence", sentences("free"))
def test_a_sentence_that_tells_nobody_is_free(sentence: str) -> None:
    found = lint(sentence, level=7)
    assert not found, found
