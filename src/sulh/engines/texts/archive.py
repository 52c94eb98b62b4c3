"""Packed files (.docx, .odt): opened without trusting a single size that they state."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from sulh.engines.texts.document import Limits, Unreadable

_HARMLESS = 20_000_000  # below this, a high ratio is only a very regular text
_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip

Element = Any  # lxml has no types of its own


class Archive:
    """The members of a packed file, read one by one under the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._size = len(data)
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _FAULTS:
            raise damaged() from None
        if any(member.flag_bits & 0x1 for member in members):
            raise encrypted()
        stated = sum(member.file_size for member in members)
        if len(members) > limits.members or self._is_too_much(stated):
            raise _bomb()
        self.names = frozenset(member.filename for member in members)

    def _is_too_much(self, expanded: int) -> bool:
        limits = self._limits
        return expanded > limits.expanded_bytes or (
            expanded > _HARMLESS and expanded > self._size * limits.ratio
        )

    def bytes(self, name: str) -> bytes:
        """The content of a member; what is really there is counted, not what the directory states."""
        allowed = self._limits.expanded_bytes - self._read
        try:
            with self._zip.open(name) as member:
                content = member.read(allowed + 1)
        except _FAULTS:
            raise damaged() from None
        self._read += len(content)
        if self._is_too_much(self._read):
            raise _bomb()
        return content

    def xml(self, name: str) -> Element:
        """The root of an XML member. Entities are never expanded, nothing outside is fetched."""
        from lxml import etree

        content = self.bytes(name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            if b"<!ENTITY" in content:
                raise _bomb() from None
            raise damaged() from None
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and any(True for _ in dtd.iterentities()):
            raise _bomb()
        return root

    def xml_or_none(self, name: str) -> Element | None:
        """The root of an XML member, or None where there is no such member."""
        return self.xml(name) if name in self.names else None


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """The value of an attribute by its local name: editions of a format differ in namespaces only."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return str(value)
    return default


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def damaged() -> Unreadable:
    """The refusal of a file that is broken."""
    return Unreadable(
        "damaged", "The file is damaged or was not fetched whole.",
        "Fetch it again, or open it in its own program and save it anew.",
    )  # fmt: skip


def encrypted() -> Unreadable:
    """The refusal of a file under a password."""
    return Unreadable(
        "encrypted", "The file is protected by a password.",
        "Open it in its own program, save it without a password, and try again.",
    )  # fmt: skip


def _bomb() -> Unreadable:
    return Unreadable(
        "zip-bomb", "The file unfolds to far more than its size; such files are made to stop a computer.",
        "Do not open it. Ask the sender for a fresh copy, or paste the text.",
    )  # fmt: skip
