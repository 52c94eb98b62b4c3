"""The command line. One module a command group; engines work without the web and without a database."""

from __future__ import annotations

import sys

import typer

from sulh import __version__
from sulh.surfaces.cli import (
    asks,
    audit,
    backup,
    dates,
    drawing,
    exposure,
    house,
    ledger,
    lint,
    texts,
    traces,
)
from sulh.surfaces.cli.failing import Fail

app = typer.Typer(
    name="sulh",
    help="Sulh: what an unofficial dialogue asked for, and what became of it.\n\n"
    "Reading, comparing, drawing and linting ([bold]texts[/], [bold]asks[/], [bold]dates[/], [bold]draw[/], "
    "[bold]lint[/]) needs nothing but a file. "
    "The other commands work on the installation in $SULH_HOME (./var unless set).",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(texts.app, name="texts")
app.add_typer(asks.app, name="asks")
app.add_typer(dates.app, name="dates")
app.add_typer(drawing.app, name="draw")
app.add_typer(ledger.app, name="ledger")
lint.add_to(app)
app.add_typer(audit.app, name="audit")
house.add_to(app)
exposure.add_to(app)
traces.add_to(app)
backup.add_to(app)


def _version(shown: bool) -> None:
    if shown:
        typer.echo(f"sulh {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


def main() -> None:
    """Run the command; what cannot be done is one clear sentence and exit code 2, never a traceback."""
    try:
        app(standalone_mode=True)
    except Fail as failure:
        typer.echo(f"sulh: {failure}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from sulh.surfaces.web.trouble import trouble_of

        trouble = trouble_of(error)
        if trouble is None:
            raise
        typer.echo(
            f"sulh: {trouble.what} ({error}). Nothing was half done. Mend that, and try again.", err=True
        )
        sys.exit(2)
