"""Gather the strings of pages and code into the catalogues and compile them, in Python alone.

    python tools/messages.py          gather, update every catalogue, compile
    python tools/messages.py --check  say what is missing or stale and change nothing

New strings come in empty; fill them in ``src/sulh/locale/*/LC_MESSAGES/django.po`` and run it again. The same strings
always give the same files, byte for byte: the catalogues hold no date, no line number and no version of a tool.
"""

from __future__ import annotations

import io
import os
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from sulh.engines.disclosure import WHY

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "sulh"
LOCALES = SOURCE / "locale"
THEMES = SOURCE / "engines" / "asks" / "themes.toml"
"""The standard themes: their names are shown in the reader's language."""
FINDING = SOURCE / "engines" / "disclosure" / "finding.py"
"""Why the attribution lint warns: shown in the reader's language too."""
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
FROM_DJANGO: tuple[str | tuple[str, str], ...] = (
    "This field is required.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    "Null characters are not allowed.",
    "English",
    "Hindi",
    "Urdu",
    "Pashto",
    "Dari",
)
"""What Django says on these pages: errors of forms and names of languages. Its own catalogue lacks some of them."""


class Stable(Catalog):
    """A catalogue whose head says only what the strings themselves decide."""

    def _head(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Sulh"),
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", f"text/plain; charset={self.charset}"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    def _heed(self, headers: Iterable[tuple[str, str]]) -> None:
        """Leave the head as it is, whatever a file says."""

    mime_headers = property(_head, _heed)


def gathered() -> Catalog:
    """Return every string that a reader may see, with the places where it stands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sulh.kernel.settings")
    os.environ.setdefault("SULH_SECRET_KEY", "not used")
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    catalog = Catalog(project="Sulh", charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = templatize(text, origin=str(path))
        place = str(path.relative_to(ROOT))
        found = extract(
            "python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for line, message, comments, context in found:
            if message and message != ("",):
                catalog.add(message, locations=[(place, 0 if path.suffix == ".html" else line)],
                            auto_comments=comments, context=context,
                            flags=["python-format"] if _has_placeholder(message) else [])  # fmt: skip
    for message in FROM_DJANGO:
        catalog.add(message, locations=[("Django", 0)],
                    flags=["python-format"] if _has_placeholder(message) else [])  # fmt: skip
    for theme in tomllib.loads(THEMES.read_text(encoding="utf-8")).values():
        catalog.add(theme["name"], locations=[(str(THEMES.relative_to(ROOT)), 0)])
    for sentence in WHY.values():
        catalog.add(sentence, locations=[(str(FINDING.relative_to(ROOT)), 0)])
    return catalog


def _has_placeholder(message: str | tuple[str, ...]) -> bool:
    return "%(" in (message if isinstance(message, str) else message[0])


def catalogues() -> list[Path]:
    """Return the catalogue of every language but English."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return stable(pofile.read_po(file, locale=path.parts[-3]))


def stable(catalog: Catalog) -> Catalog:
    """Return the same strings under a head that does not change by itself."""
    name = catalog.locale.get_display_name("en") if catalog.locale else ""
    made = Stable(locale=catalog.locale, charset="utf-8", fuzzy=False)
    made.header_comment = f"# {name} catalogue of Sulh. Its terms: docs/{name.lower()}-glossary.md."
    for message in catalog:
        if message.id:
            made[message.id] = message
    return made


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue in the form that is read at run time."""
    data = io.BytesIO()
    mofile.write_mo(data, catalog)
    return data.getvalue()


def faults(path: Path, wanted: Catalog) -> list[str]:
    """Return what is missing, stale or wrong in one catalogue."""
    catalog = read(path)
    said = []
    for message in wanted:
        if not message.id:
            continue
        own = catalog.get(message.id, message.context)
        if own is None or not own.string or (isinstance(own.string, tuple) and not all(own.string)):
            said.append(f"{path.parts[-3]}: not translated: {message.id!r}")
        elif own.fuzzy:
            said.append(f"{path.parts[-3]}: to be looked at again: {message.id!r}")
    for message in catalog:
        if message.id and wanted.get(message.id, message.context) is None:
            said.append(f"{path.parts[-3]}: no longer used: {message.id!r}")
        said += [f"{path.parts[-3]}: {message.id!r}: {error}" for error in message.check(catalog)]
    if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != compiled(catalog):
        said.append(f"{path.parts[-3]}: the compiled catalogue is stale; run make messages")
    return said


def main() -> int:
    wanted = gathered()
    if "--check" in sys.argv:
        said = [fault for path in catalogues() for fault in faults(path, wanted)]
        print("\n".join(said) or "Every catalogue is whole.")
        return bool(said)
    for path in catalogues():
        catalog = read(path)
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        for message in catalog:
            message.locations = sorted({(file, None) for file, _line in message.locations})
        with path.open("wb") as file:
            pofile.write_po(file, catalog, width=110, sort_output=True)
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = sum(1 for message in catalog if message.id and not message.string)
        print(f"{path.parts[-3]}: {len(catalog)} strings, {missing} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
