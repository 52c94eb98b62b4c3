"""What is sent to the server is measured while it comes in, before anything of it is kept.

Django's handler takes in a whole body before the first middleware is asked, in memory up to a limit and beyond it in a
temporary file. Here nothing beyond ``LARGEST_BODY`` is taken in: no disk is filled by who is not signed in, and no text
lies in a temporary file. What is too large is cut off and marked; the middleware answers it with 413 and a sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TOO_LARGE = "sulh.too_large"
"""The key in the scope of a request whose body was larger than allowed."""


def measured(application: Application, most: int) -> Application:
    """Return the application, given no more than ``most`` bytes of any body."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        scope[TOO_LARGE] = _declared(scope) > most
        taken, is_cut = 0, False

        async def counted() -> Message:
            nonlocal taken, is_cut
            if is_cut:  # nothing more is read; Django waits for a disconnection until it has answered
                await asyncio.Event().wait()
            if not scope[TOO_LARGE]:
                message = await receive()
                taken += len(message.get("body", b""))
                scope[TOO_LARGE] = taken > most
                if not scope[TOO_LARGE]:
                    return message
            is_cut = True
            return {"type": "http.request", "body": b"", "more_body": False}

        await application(scope, counted, send)

    return inner


def _declared(scope: Scope) -> int:
    """Return the length that the request declares, nought where it declares none that is a number."""
    told = dict(scope["headers"]).get(b"content-length", b"")
    return int(told) if told.isdigit() else 0
