"""What must not stand in a log."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"/sign-in/(?!passkey/|second-factor/)\S+")


class WithoutLinks(logging.Filter):
    """Write the address of a sign-in link without what opens it: a log is read by more people than a link is for."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if "/sign-in/" in said:
            record.msg, record.args = _LINK.sub("/sign-in/…", said), ()
        return True
