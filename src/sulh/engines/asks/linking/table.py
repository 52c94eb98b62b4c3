"""Many readings in columns: a hundred thousand asks in a few arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sulh.engines.asks.linking.lexicon import Lexicon
from sulh.engines.asks.linking.model import Entry
from sulh.engines.asks.linking.reading import read

Ints = NDArray[np.int64]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """The features of many asks: those of ask i are ``columns[starts[i]:starts[i + 1]]``, in rising order.

    ``features`` names the columns in alphabetical order. ``begins`` and ``ends`` hold the place of each feature in
    the text of its ask; themes and addressees, which stand nowhere, have an empty place.
    """

    features: tuple[str, ...]
    starts: Ints
    columns: Places
    begins: Places
    ends: Places

    def seen(self, row: int) -> dict[str, tuple[int, int]]:
        """The features of one ask with their places in its text."""
        part = slice(self.starts[row], self.starts[row + 1])
        places = zip(self.begins[part].tolist(), self.ends[part].tolist(), strict=True)
        names = (self.features[column] for column in self.columns[part].tolist())
        return dict(zip(names, places, strict=True))


def tabulate(entries: Sequence[Entry], book: Lexicon | None = None) -> Table:
    """The table of ``entries``, in their order, read with another lexicon where one is given."""
    number: dict[str, int] = {}
    columns: list[int] = []
    places: list[tuple[int, int]] = []
    starts = [0]
    for entry in entries:
        reading = read(entry.text, book)
        codes = {f"theme:{code}" for code in entry.themes} | {
            f"addressee:{code}" for code in entry.addressees
        }
        columns.extend(number.setdefault(name, len(number)) for name in (*reading.features, *sorted(codes)))
        places.extend(reading.spans)
        places.extend([(0, 0)] * len(codes))
        starts.append(len(columns))
    spans = np.array(places, dtype=np.int32).reshape(-1, 2)
    found = np.array(columns, dtype=np.int32)
    return _sorted(tuple(number), np.array(starts), found, spans[:, 0], spans[:, 1])


def joined(first: Table, second: Table, order: Ints) -> Table:
    """The asks of both tables; row i of the result is row ``order[i]`` of the first followed by the second."""
    features = (*first.features, *second.features)
    return _sorted(
        features,
        np.concatenate([first.starts, second.starts[1:] + first.starts[-1]]),
        np.concatenate([first.columns, second.columns + np.int32(len(first.features))]),
        np.concatenate([first.begins, second.begins]),
        np.concatenate([first.ends, second.ends]),
        order,
    )


def _sorted(
    features: tuple[str, ...],
    starts: Ints,
    columns: Places,
    begins: Places,
    ends: Places,
    order: Ints | None = None,
) -> Table:
    """A table with features in alphabetical order (equal names made one) and rows in the given order."""
    names = sorted(set(features))
    place_of = {name: place for place, name in enumerate(names)}
    columns = np.array([place_of[name] for name in features], dtype=np.int32)[columns]
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    if order is not None:
        rows = np.argsort(order)[rows]
    sequence = np.lexsort((columns, rows))
    counts = np.bincount(rows, minlength=len(starts) - 1)
    return Table(
        tuple(names),
        np.concatenate([[0], np.cumsum(counts)]),
        columns[sequence],
        begins[sequence],
        ends[sequence],
    )
