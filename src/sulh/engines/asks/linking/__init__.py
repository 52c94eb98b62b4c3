"""Which ask repeats which: lineages of asks across rounds, phases and programmes."""

from sulh.engines.asks.linking.index import Index, build
from sulh.engines.asks.linking.lineages import link
from sulh.engines.asks.linking.model import THRESHOLD, Entry, Lineage, Link, Match, Relation

__all__ = ["THRESHOLD", "Entry", "Index", "Lineage", "Link", "Match", "Relation", "build", "link"]
