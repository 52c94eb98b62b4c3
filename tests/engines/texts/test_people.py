"""Lists of participants and signatures are cut out before anything else is done with a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sulh.engines import texts

BODY = "Recommendations\n1. The two governments should open the road.\n2. Visas should be eased.\n"
LISTS = [
    "Participants\n- Dr. Aazim Invented, former ambassador\n- Ms. Bibi Invented, editor\n",
    "Present\nDr. Aazim Invented, former ambassador\nMs. Bibi Invented, editor\n",
    "In attendance were: Dr. Aazim Invented, Ms. Bibi Invented and others.\n",
    "List of Participants:\n1. Amb. (r) Aazim Invented\n2. Prof. Bibi Invented, Somewhere University\n",
]


@pytest.mark.parametrize("persons", LISTS)
def test_a_list_of_persons_is_not_kept_and_the_asks_are(persons: str) -> None:
    for text in (f"Joint declaration\n\n{persons}\n{BODY}", f"Joint declaration\n\n{BODY}\n{persons}"):
        kept = texts.without_people(texts.parse(text))
        assert "Invented" not in kept.text
        assert "open the road" in kept.text
        assert "Visas should be eased" in kept.text


def test_a_signature_block_is_not_kept() -> None:
    kept = texts.without_people(
        texts.parse(f"Joint declaration\n\n{BODY}\nSigned\nAazim Invented\nBibi Invented\n")
    )
    assert "Invented" not in kept.text


@given(st.lists(st.sampled_from([*LISTS, BODY, "The participants met in Lund.\n"]), min_size=1, max_size=6))
def test_whatever_is_cut_the_passages_fit_the_text(parts: list[str]) -> None:
    whole = texts.parse("\n".join(parts))
    kept = texts.without_people(whole)
    before = [whole.quote(p.span) for p in whole.passages if p.kind not in ("participants", "signature")]
    after = [kept.quote(p.span) for p in kept.passages]
    assert after == [quote for quote in before if quote in after]
    assert all(p.parent is None or 0 <= p.parent < len(kept.passages) for p in kept.passages)


def test_a_text_without_people_is_left_as_it_is() -> None:
    document = texts.parse(BODY)
    assert texts.without_people(document) is document
