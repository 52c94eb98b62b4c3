"""The two sides of a dialogue: given, or inferred from the countries that a text names."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from .model import Side


@dataclass(frozen=True, slots=True)
class Country:
    """A state with the words that mean it."""

    key: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    regions: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return the small gazetteer of ``countries.toml``."""
    raw = resources.files(__package__).joinpath("countries.toml").read_text(encoding="utf-8")
    return tuple(
        Country(
            key,
            entry["name"],
            tuple(entry["names"]),
            tuple(entry["demonyms"]),
            tuple(entry["capitals"]),
            tuple(entry.get("regions", ())),
        )
        for key, entry in tomllib.loads(raw).items()
    )


def as_countries(sides: Sequence[Side]) -> tuple[Country, ...]:
    """Sort the forms of every side into names, demonyms and capitals, helped by the gazetteer."""
    known = {country.key: country for country in countries()}
    known |= {country.name.lower(): country for country in countries()}
    result = []
    for side in sides:
        base = known.get(side.key) or known.get(side.name.lower())
        capitals = base.capitals if base else ()
        names = [side.name, *(base.names if base else ())]
        demonyms = [side.name, *(base.demonyms if base else ())]
        demonyms += [form for form in side.forms if form not in capitals]
        extra_capitals = tuple(form for form in side.forms if form in capitals)
        result.append(
            Country(
                side.key,
                side.name,
                tuple(dict.fromkeys(names)),
                tuple(dict.fromkeys(demonyms)),
                tuple(dict.fromkeys((*capitals, *extra_capitals))),
                base.regions if base else (),
            )
        )
    return tuple(result)


@lru_cache(maxsize=1)
def _any_country() -> tuple[re.Pattern[str], dict[str, str]]:
    owner: dict[str, str] = {}
    for country in countries():
        for form in (*country.names, *country.demonyms, *country.capitals):
            owner.setdefault(form, country.key)
    forms = "|".join(re.escape(form) for form in sorted(owner, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{forms})s?(?!\w)"), owner


def inferred(text: str) -> tuple[Country, ...]:
    """Return the two states most often named in the text (fewer if it names fewer), in gazetteer order.

    Capitals count half: a meeting's place is often a third country's capital.
    """
    pattern, owner = _any_country()
    places = {capital for country in countries() for capital in country.capitals}
    counts: Counter[str] = Counter()
    for match in pattern.finditer(text):
        form = match.group()
        form = form if form in owner else form[:-1]
        counts[owner[form]] += 1 if form in places else 2
    order = [country.key for country in countries()]
    top = sorted(counts, key=lambda key: (-counts[key], order.index(key)))[:2]
    return tuple(country for country in countries() if country.key in top)
