"""Pure Python: dataclasses in, dataclasses out. Usable from a notebook without the web."""
