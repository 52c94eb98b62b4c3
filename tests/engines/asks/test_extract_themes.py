"""Which themes a clause is about, told from the words it only says in passing."""

import pytest

from sulh.engines.asks import default_themes
from sulh.engines.asks.themes import themes_of


@pytest.mark.parametrize(
    ("clause", "themes"),
    [
        ("Visas should be eased so that trade may grow", ("visas-consular",)),
        ("To build trust in the media, both sides should exchange flood data", ("water-environment",)),
        ("Former editors urged both capitals to reopen the railway", ("connectivity",)),
        ("Visas should be eased for students, journalists and traders", ("visas-consular",)),
        ("Visas should be eased for patients", ("visas-consular", "health")),
        ("Both governments should create an enabling environment for transit", ("trade-transit",)),
        ("Customs officers should learn from each other, including on drugs", ("trade-transit",)),
        ("The two sides should resume talks", ("peace-security",)),
        ("Lorries and trains should move at night", ("trade-transit", "connectivity")),
    ],
)
def test_the_subject_counts_and_not_motive_speaker_or_beneficiary(
    clause: str, themes: tuple[str, ...]
) -> None:
    assert themes_of(clause, default_themes()) == themes


def test_no_clause_has_more_than_two_themes() -> None:
    clause = "Schools, hospitals, railways, rivers, museums and prisons should be visited"
    assert len(themes_of(clause, default_themes())) <= 2
