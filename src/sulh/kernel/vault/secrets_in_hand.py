"""What an opened key may never do: be printed, compared by content, or written into a store."""

from __future__ import annotations

from typing import Any, NoReturn


class InMemoryOnly:
    """A key in hand. It shows nothing of itself in a message or a trace and cannot be pickled."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, in memory only>"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("an opened key is kept in memory only")
