# ruff: noqa: E501 (patterns are easier to read whole)
"""From a document to its asks and welcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sulh.engines.texts import Document, Passage, PassageKind, Span

from .addressees import BOTH, heads
from .asked_of import clause_addressees
from .context import (
    Context,
    Tone,
    chapeau_context,
    closes,
    heading_context,
    is_chapeau,
    is_fragment,
    is_imperative,
    is_infinitive,
    is_subjunctive,
    subject_of_infinitive,
    title_context,
)
from .cuts import verb_cuts
from .hits import Hit
from .modals import modals_in
from .model import Found, Kind, Side, Theme
from .operators import quoted_by_guests
from .reading import read_sentence
from .sentences import LONGEST, sentences
from .sides import Country, as_countries, inferred
from .themes import default_themes, themes_of
from .words import DIALOGUE

_SILENT = frozenset({PassageKind.TITLE, PassageKind.PARTICIPANTS, PassageKind.SIGNATURE, PassageKind.FOOTER})
_LISTED = frozenset({PassageKind.CLAUSE, PassageKind.ITEM})


def extract(
    document: Document, sides: Sequence[Side] = (), themes: Sequence[Theme] | None = None
) -> tuple[Found, ...]:
    """Find what an English declaration asks, of whom, and what it welcomes.

    Without ``sides`` the two states most often named in the text are taken for them; without
    ``themes`` those of ``themes.toml``. The result is in text order, and no two spans overlap.
    The same text always gives the same result; no text makes it fail.
    """
    states = as_countries(sides) if sides else inferred(document.text)
    chosen = tuple(default_themes() if themes is None else themes)
    return tuple(_Reader(document, states, chosen).read())


@dataclass(slots=True)
class _Reader:
    """Walks the passages in order and keeps what is in force: chapeaux, theme heading, last addressee."""

    document: Document
    states: tuple[Country, ...]
    themes: tuple[Theme, ...]
    single: str = ""  # the one government that was last named: "the government" means it

    def read(self) -> Iterator[Found]:
        stack: list[Context] = []
        heading = ""
        passages = self.document.passages
        headlines = 0  # how many passages at the top are headlines
        for index, passage in enumerate(passages):
            passage, text = _without_broken_bullet(passage, self.document.quote(passage.span))
            follows = index + 1 < len(passages) and _more_listed(passages[index + 1], passage)
            if passage.kind in _LISTED and _is_shouted(text):
                heading = text
                continue
            if (
                passage.kind in _SILENT
                or not text.strip()
                or (
                    index == headlines
                    and index < 3
                    and passage.kind not in _LISTED
                    and _is_headline(text, len(passages))
                    and not (follows and is_chapeau(text, list_follows=True))
                )
            ):
                headlines += index == headlines
                if passage.kind is PassageKind.PARTICIPANTS:
                    stack.clear()
                elif (
                    not stack
                    and passage.kind is not PassageKind.FOOTER
                    and (promised := title_context(text, passage.span))
                ):
                    stack.append(promised)
                continue
            if (
                passage.kind is PassageKind.HEADING
                or _is_subheading(text, passage, follows)
                or _promises_recommendations(passage, text, follows)
            ):
                if self._reads_as_sentence(text):
                    yield from self._passage(passage, follows, stack, heading)
                    continue
                heading = text
                self._enter_heading(text, passage, stack)
                continue
            self._leave(passage, text, stack)
            yield from self._passage(passage, follows, stack, heading)

    def _reads_as_sentence(self, text: str) -> bool:
        """A long heading, or one that ends like a chapeau, is no mere heading."""
        bare = text.rstrip()
        if bare.endswith((":", "that", " to")) and len(bare.split()) > 4:
            return True
        return len(bare.split()) > 14 and bare.endswith((".", ";"))

    def _enter_heading(self, text: str, passage: Passage, stack: list[Context]) -> None:
        found = heading_context(text, passage.span, self.states)
        if found:
            stack.clear()
            stack.append(found)
        elif closes(text):
            stack.clear()
        else:
            while stack and stack[-1].depth is not None:
                stack.pop()

    def _leave(self, passage: Passage, text: str, stack: list[Context]) -> None:
        """Drop the chapeaux whose reach ends before this passage."""
        if passage.kind in _LISTED:
            while stack and (depth := stack[-1].depth) is not None and passage.depth <= depth:
                stack.pop()
        elif stack and not stack[-1].heading and not _hangs(text) and not _goes_on(text, stack[-1]):
            while stack and not stack[-1].heading:
                stack.pop()

    def _passage(
        self, passage: Passage, follows: bool, stack: list[Context], heading: str
    ) -> Iterator[Found]:
        document = self.document
        places = list(sentences(document.text, passage.span.start, passage.span.end))
        context = stack[-1] if stack else None
        listed = passage.kind in _LISTED
        guest = False
        last: tuple[str, ...] = ()
        quoted = quoted_by_guests([document.text[start:end] for start, end in places])
        for number, (start, end) in enumerate(places):
            text = document.text[start:end]
            if number == len(places) - 1 and is_chapeau(text, list_follows=follows):
                depth = passage.depth if listed else None
                span = Span(start, end)
                if not listed:
                    while stack and not stack[-1].heading:
                        stack.pop()
                fresh = chapeau_context(text, span, self.states, depth)
                if context and context.tone is Tone.ASK and fresh.tone is Tone.NEUTRAL and listed:
                    fresh = replace(fresh, tone=Tone.ASK, verb=context.verb, addressees=context.addressees)
                stack.append(fresh)
                break
            if number in quoted:
                guest = True
                continue
            hits, guest = self._sentence(
                text,
                context,
                first=number == 0,
                listed=listed,
                below=bool(heading) or _LABELLED.match(text) is not None,
                guest=guest,
                asked=bool(last),
            )
            for hit in hits:
                found = self._found(
                    hit,
                    start,
                    context,
                    heading,
                    last,
                    document.text[passage.span.start : passage.span.start + LONGEST],
                )
                if found is None:
                    continue
                if found.kind is Kind.ASK:
                    last = found.addressees
                yield found

    def _sentence(
        self,
        text: str,
        context: Context | None,
        *,
        first: bool,
        listed: bool,
        below: bool,
        guest: bool,
        asked: bool,
    ) -> tuple[list[Hit], bool]:
        tone = context.tone if context else None
        reading = read_sentence(
            text, self.states, self._themes, listed=first and (listed or tone is not None), after_guest=guest
        )
        if reading.guest and not reading.hits:
            return [], True
        if tone in (Tone.OBSERVE, Tone.WELCOME) and context and (listed or _hangs(text)):
            if tone is Tone.WELCOME and first and (listed or is_fragment(text)) and not reading.hits:
                return [Hit(Kind.WELCOME, 0, len(text), context.verb, (), "welcome under a chapeau")], False
            return [hit for hit in reading.hits if hit.rule != "modal"], reading.guest
        hangs = (
            listed
            or (_hangs(text) and len(text.split()) > 4)
            or (context is not None and not context.heading)
            or (tone is Tone.ASK and context is not None and not context.title and _is_bare_point(text))
        )
        if tone is Tone.ASK and context and hangs:
            pieces = self._under_ask(text, context, first, bool(reading.hits))
            if pieces:
                return pieces, False
        elif first and listed and not reading.hits:
            if is_imperative(text) or (is_infinitive(text) and is_fragment(text)):
                return [Hit(Kind.ASK, 0, len(text), "call for", (), "imperative")], False
            if is_subjunctive(text):
                return [Hit(Kind.ASK, 0, len(text), "should", (), "subjunctive")], False
            if bare := self._infinitive_clause(text, "should"):
                return bare, False
        elif not reading.hits and not reading.guest and is_subjunctive(text) and is_fragment(text):
            return [Hit(Kind.ASK, 0, len(text), "should", (), "subjunctive")], False
        elif (
            below
            and not reading.hits
            and not reading.guest
            and (bare := self._infinitive_clause(text, "should"))
        ):
            return bare, False
        elif asked and listed and not reading.hits and is_imperative(text):
            return [Hit(Kind.ASK, 0, len(text), "call for", (), "imperative")], False
        return list(reading.hits), reading.guest

    def _under_ask(self, text: str, context: Context, first: bool, has_own: bool) -> list[Hit]:
        """What a fragment, infinitive or imperative under an asking chapeau or heading asks."""
        if text.rstrip().endswith("?"):
            return []
        bare = is_infinitive(text) or is_imperative(text)
        if context.heading and len(text.split()) <= 3 and not text.rstrip().endswith((".", ";")):
            return []
        if first and bare and not _opens_with_asking(text):
            return self._each_verb(text, context.verb)
        if has_own:
            return []
        long_enough = len(text.split()) > (3 if context.heading else 1)
        whole = first and context.whole and not context.heading
        if first and (clause := self._infinitive_clause(text, context.verb)):
            return clause
        if (first and is_fragment(text) and long_enough) or is_subjunctive(text) or whole or bare:
            codes = () if bare else clause_addressees(re.sub(r"^\W*[Tt]hat\s+", "", text), self.states)
            return [Hit(Kind.ASK, 0, len(text), context.verb, codes, "under a chapeau")]
        return []

    def _infinitive_clause(self, text: str, verb: str) -> list[Hit]:
        """ "Customs officers to be trained together": a subject with an infinitive and no modal."""
        subject = subject_of_infinitive(text)
        if subject is None:
            return []
        passive = re.match(r"\s+to\s+(?:\w+ly\s+)?be\s", text[text.index(subject) + len(subject) :])
        codes = () if passive else heads(subject, self.states)
        if not passive and not codes:
            return []
        return [Hit(Kind.ASK, 0, len(text), verb, codes, "infinitive with a subject")]

    def _each_verb(self, text: str, verb: str) -> list[Hit]:
        """One hit for each imperative or infinitive that is an action of its own."""
        start, hits = 0, []
        first = re.match(r"\W*(?:[Tt]o\s+)?", text)
        low = first.end() if first else 0
        for stop, go in verb_cuts(
            text[:low] + text[low : low + 1].lower() + text[low + 1 :],
            low,
            len(text),
            self._themes,
            infinitives=low > 1,
        ):
            hits.append(Hit(Kind.ASK, start, stop, verb, (), "under a chapeau"))
            start = go
        hits.append(Hit(Kind.ASK, start, len(text), verb, (), "under a chapeau"))
        return hits

    def _themes_in_place(self, text: str, heading: str, passage_text: str) -> tuple[str, ...]:
        """Themes of the clause; if it tells none, those of its passage, else the text's first theme."""
        return (
            themes_of(text, self.themes, heading)
            or themes_of(passage_text[:LONGEST], self.themes)[:1]
            or themes_of(self.document.text[:600], self.themes)[:1]
        )

    def _themes(self, words: str) -> tuple[str, ...]:
        return themes_of(words, self.themes)

    def _found(
        self,
        hit: Hit,
        offset: int,
        context: Context | None,
        heading: str,
        last: tuple[str, ...],
        passage_text: str,
    ) -> Found | None:
        start, end = _trimmed(self.document.text, offset + hit.start, offset + hit.end)
        if start >= end:
            return None
        text = self.document.text[start:end]
        inherited = context if context is not None and context.tone is Tone.ASK else None
        addressees = hit.addressees
        if hit.kind is Kind.ASK and not addressees:
            if inherited is not None and inherited.addressees:
                addressees = inherited.addressees
            elif last and hit.rule == "modal" and re.match(r"(?:They|It|These|This)\b", text):
                addressees = last
            else:
                addressees = (BOTH,)
        if hit.kind is Kind.ASK:
            if addressees == (BOTH,) and self.single and _THE_GOVERNMENT.search(text):
                addressees = (self.single,)
            if len(addressees) == 1 and addressees[0].startswith("government:") and addressees[0] != BOTH:
                self.single = addressees[0]
        return Found(
            hit.kind,
            Span(start, end),
            text,
            hit.verb,
            addressees if hit.kind is Kind.ASK else (),
            self._themes_in_place(text, heading, passage_text),
            context.span if context is not None else None,
            hit.rule,
        )


_LABELLED = re.compile(r"\W*[A-Z][\w ,/&-]{2,50}(?::|\s[–—])\s+[A-Z]")


def _promises_recommendations(passage: Passage, text: str, follows: bool) -> bool:
    """A line "Recommendations" that its format does not mark as a heading."""
    return (
        passage.kind is PassageKind.PARAGRAPH
        and len(text.split()) <= 6
        and text.rstrip()[-1:] not in ".;:,"
        and bool(
            re.search(r"^\W*(?:\w+\s+){0,2}(?:recommendations|demands|proposals)\b", text, re.IGNORECASE)
            or (
                follows
                and re.search(
                    r"\b(?:asks|suggestions|requests|measures|action points)$", text.strip(), re.IGNORECASE
                )
            )
        )
        and is_fragment(text)
    )


def _is_bare_point(text: str) -> bool:
    """A free line under "Recommendations" that is no sentence: "Posts to stay open", "A fair for carpets."."""
    if re.match(r"\W*(?:We|They|It|There|He|She)\b", text):
        return False
    return subject_of_infinitive(text) is not None or (is_fragment(text) and 4 <= len(text.split()) <= 40)


def _without_broken_bullet(passage: Passage, text: str) -> tuple[Passage, str]:
    """A bullet lost in a wrong encoding ("ï‚·", "Ø", "o") still marks an item."""
    if passage.kind is not PassageKind.PARAGRAPH:
        return passage, text
    match = _BROKEN_BULLET.match(text)
    if not match:
        return passage, text
    span = Span(passage.span.start + match.end(), passage.span.end)
    return replace(passage, kind=PassageKind.ITEM, span=span, depth=max(passage.depth, 1)), text[
        match.end() :
    ]


_BROKEN_BULLET = re.compile(r"(?:[^\x00-\x7f“‘«]{1,4}|[^\w\s\"“'‘(\[]{2,3}|[ovq§Øü?])[ \t]+(?=[A-Z])")


def _is_shouted(text: str) -> bool:
    """A list point in capitals without a stop is a heading that lost its form."""
    return text.isupper() and len(text) > 4 and len(text.split()) <= 12 and text.rstrip()[-1:] not in ".;:"


def _goes_on(text: str, chapeau: Context) -> bool:
    """Whether an unnumbered paragraph still belongs to the list that a chapeau opened.

    Noun phrases do ("The establishment of a hotline."), and so does what asks by a modal of its own.
    """
    if chapeau.tone is not Tone.ASK:
        return False
    opening = text[:LONGEST]
    if subject_of_infinitive(opening) or (is_fragment(opening) and len(opening.split()) > 3):
        return True
    return bool(modals_in(opening)) and not DIALOGUE.match(re.sub(r"^\W*(?:The|All|These)\s+", "", opening))


# One government, whose country was named before.
_THE_GOVERNMENT = re.compile(
    r"^(?!.*\b(?:both|two|each|either|governments|respective|their)\b).*\b[Tt]he [Gg]overnment\b(?! of\b)",
    re.DOTALL,
)


def _is_headline(text: str, passages: int) -> bool:
    """A first line without a stop is the title, whatever it says ("Participants urge calm")."""
    if re.search(r"\bfollowing\b", text):
        return False
    return (
        passages > 1
        and len(text.split()) <= 20
        and text.rstrip()[-1:] not in '.:;?!,…”"'
        and "\n" not in text
    )


def _more_listed(after: Passage, here: Passage) -> bool:
    if after.kind is PassageKind.ITEM:
        return here.kind is not PassageKind.ITEM or after.depth > here.depth
    return after.kind is PassageKind.CLAUSE and here.kind not in _LISTED


def _is_subheading(text: str, passage: Passage, follows: bool) -> bool:
    """A numbered line such as "3.1 Bilateral trade" over its own items."""
    return (
        passage.kind is PassageKind.CLAUSE
        and follows
        and len(text.split()) <= 8
        and not text.rstrip().endswith((".", ";", ","))
        and is_fragment(text)
        and not is_imperative(text)
        and not is_chapeau(text.rstrip(" :"), list_follows=True)
    )


def _hangs(text: str) -> bool:
    """Whether an unnumbered paragraph continues a list under its chapeau."""
    stripped = text.lstrip(" \"“'‘")
    if not stripped:
        return False
    return stripped[0].islower() or is_infinitive(text) or is_imperative(text)


def _opens_with_asking(text: str) -> bool:
    return bool(
        re.match(
            r"\W*(?:[Tt]o\s+)?(?:urge|call|request|recommend|ask|appeal|encourage|invite|demand|propose|suggest)\b(?! for$)",
            text,
            re.IGNORECASE,
        )
    )


_EDGE = ' \t\n\r.;,:–—-•*"“”'


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim white space, stops and stray conjunctions from a clause's ends."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    tail = re.search(r"[\s,;]+(?:and|or|but|while)$", text[start:end])
    if tail:
        end = start + tail.start()
        while end > start and text[end - 1] in _EDGE:
            end -= 1
    lead = re.match(r"(?:and|but|while)\s+", text[start:end])
    if lead:
        start += lead.end()
    return start, end
