"""A folder to begin a programme of one's own with."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from sulh.surfaces.cli.failing import Fail


def make_folder(folder: Path, name: str, sides: list[str]) -> None:
    """Write a programme folder for a programme of this name between these two sides."""
    if len(sides) != 2 or not all(sides) or sides[0] == sides[1]:
        raise Fail("A programme has exactly two sides. Give them as --sides 'Pakistan, Afghanistan'.")
    if not name.strip():
        raise Fail("A programme needs a name. Give it as --name 'Two Rivers'.")
    if folder.exists():
        raise Fail(f"{folder} is there already. Choose another place.")
    keys = [_slug(side, f"side-{number}") for number, side in enumerate(sides, 1)]
    if keys[0] == keys[1]:
        keys = [f"{key}-{number}" for number, key in enumerate(keys, 1)]
    (folder / "texts").mkdir(parents=True)
    (folder / "programme.toml").write_text(
        "format = 1\n\n[programme]\n"
        f'slug = {_quoted(_slug(folder.name))}\nname = {_quoted(name)}\nsummary = ""\n'
        + "".join(
            f"\n[[sides]]\nkey = {_quoted(key)}\nname = {_quoted(side)}\nforms = []   # how texts speak of it\n"
            for key, side in zip(keys, sides, strict=True)
        )
        + f'\n[[groups]]\nkey = "dialogue"\nname = {_quoted(name)}\nkind = "dialogue"\n',
        encoding="utf-8",
    )
    (folder / "rounds.toml").write_text(
        '[[rounds]]\nkey = "round-1"\nname = "First round"\ngroups = ["dialogue"]\n'
        '# planned = { place = "", from = "2027-03" }\n',
        encoding="utf-8",
    )
    (folder / "seats.toml").write_text(
        f'[[seats]]\nkey = "convener"\nrole = "convener"\nside = {_quoted(keys[0])}\n\n'
        f'[[seats]]\nkey = "counterpart"\nrole = "counterpart lead"\nside = {_quoted(keys[1])}\n',
        encoding="utf-8",
    )


def _slug(text: str, otherwise: str = "programme") -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or otherwise


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
