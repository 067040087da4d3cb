"""`analyst-sync`: run, status, schedule, demo. What a command tells is on stdout, the log on stderr.

The heavy modules are imported by the command that needs them, so that --help answers at once.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import Abort, TyperException

from sync.errors import BadSettings, Busy, DemoRefused, SnapshotBroken, SyncError, UnknownSource, Unwritable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.load import Progress
    from sync.run import Report
    from sync.settings import Settings

OK, SOURCE_FAILED, NOT_PUBLISHED, NOT_STARTED, STOPPED = 0, 1, 2, 3, 130
MISUSE = (Busy, UnknownSource, Unwritable, SnapshotBroken, BadSettings, DemoRefused)
CODES = (
    "Exit codes: 0 all is well; 1 a source failed or an extension was left out, the rest is published; 2 nothing was published; "
    "3 not started: another sync runs, or the folder, the settings or the command are wrong."
)

app = typer.Typer(
    help="Mirror 1C, bank statements and a CRM into snapshots that `analyst serve` answers from.",
    epilog=CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path | None, typer.Option(help="The data folder; SYNC_DATA or ./data when not given.")]


@app.command(epilog=CODES)
def run(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="onec, bank, esf, bitrix, settings; all that are set up when none is named."),
    ] = None,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Read and build everything again, not only what changed.")
    ] = False,
    data: Data = None,
    now: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M:%SZ"], help="The moment of the snapshot, UTC; now.")
    ] = None,
) -> int:
    """Read the sources, build, check and publish a new snapshot."""
    settings = _settings(data)
    moment = now.replace(tzinfo=UTC) if now else datetime.now(UTC)
    report = _run(settings, sources or (), full=full, now=moment)
    _tell(report)
    return _code(report)


@app.command(epilog=CODES)
def status(data: Data = None) -> int:
    """Show the current snapshot: sources and their age, rows, what does not reconcile, quarantine."""
    from rich.console import Console

    from sync.status import show

    settings = _settings(data)
    show(settings.data, datetime.now(UTC), Console(width=None if sys.stdout.isatty() else 160, highlight=False))
    return OK


@app.command(epilog=CODES)
def schedule(
    *,
    data: Data = None,
    recipe: Annotated[bool, typer.Option("--recipe", help="Print the lines for crontab and end.")] = False,
) -> int:
    """Stay and run the sync at the times of SYNC_SCHEDULE; the same for plain cron is printed first."""
    import os
    import signal

    from sync.configured import configured
    from sync.schedule import cron_recipe, scheduler

    settings = _settings(data)
    with configured(settings) as sources:
        known = [source.name for source in sources]
    made = scheduler(settings.schedule, settings.timezone, known, lambda names: _scheduled(settings, names))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))
    typer.echo("\n".join(cron_recipe(settings.schedule, settings.timezone, Path.cwd(), settings.data, os.environ)))
    if not recipe:
        made.start()
    return OK


@app.command(epilog=CODES)
def demo(
    size: Annotated[str, typer.Option(help="tiny (60 documents), demo (5,000) or large (1,000,000).")] = "demo",
    seed: Annotated[int, typer.Option(help="Another seed, another company.")] = 1,
    data: Data = None,
) -> int:
    """Make up a company with its 1C, CRM and banks on this machine, and sync it for real."""
    from sync import demo as demonstration

    if size not in demonstration.SIZES:
        raise typer.BadParameter(f"{size!r} is none of {', '.join(demonstration.SIZES)}", param_hint="--size")
    settings = _settings(data)
    with _progress() as progress:
        first, second = demonstration.demo(settings, size, seed, progress)
    _tell(second)
    if second.snapshot:
        typer.echo(f"truth: {settings.data / demonstration.TRUTH}")
    return max(_code(first), _code(second))


def main() -> None:
    """Run the command of sys.argv and end the process with its exit code."""
    sys.exit(command(sys.argv[1:]))


def command(arguments: Sequence[str]) -> int:
    """Run one command; every failure is told on stderr in its own words. Returns the exit code."""
    try:
        return int(app(list(arguments), standalone_mode=False) or OK)
    except TyperException as misuse:
        if message := misuse.format_message():
            _complain(f"{message} Try `analyst-sync --help`.")
        return NOT_STARTED
    except SyncError as failure:
        _complain(str(failure))
        return NOT_STARTED if isinstance(failure, MISUSE) else NOT_PUBLISHED
    except (Abort, KeyboardInterrupt):
        _complain("Stopped; the snapshot of before stays.")
        return STOPPED
    except Exception:  # noqa: BLE001 - the edge: a defect must not end with the code of a source that failed
        import traceback

        _complain(f"{traceback.format_exc()}\nThis is a defect of analyst-sync; the snapshot of before stays.")
        return NOT_PUBLISHED


def _settings(data: Path | None) -> Settings:
    from sync import log
    from sync.settings import read

    settings = read()
    log.configure(settings.secrets())
    return settings.model_copy(update={"data": data}) if data else settings


def _run(settings: Settings, names: Sequence[str], *, full: bool, now: datetime) -> Report:
    from sync.configured import DECLARED, configured
    from sync.run import run as walk

    with _progress() as progress, configured(settings) as sources:
        return walk(settings, sources, names, full=full, now=now, declared=DECLARED, progress=progress)


def _scheduled(settings: Settings, names: Sequence[str]) -> None:
    """One turn of the schedule: what fails is told, and the next turn comes all the same."""
    try:
        _tell(_run(settings, names, full=False, now=datetime.now(UTC)))
    except SyncError as failure:
        _complain(str(failure))


@contextmanager
def _progress() -> Iterator[Progress]:
    """A line a source on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _source, _table, _rows: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f} rows"),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}
        come: dict[str, dict[str, int]] = {}

        def advance(source: str, table: str, rows: int) -> None:
            if source not in tasks:
                tasks[source], come[source] = bars.add_task(source, total=None), {}
            come[source][table] = rows
            bars.update(tasks[source], description=f"{source}.{table}", completed=sum(come[source].values()))

        yield advance


def _tell(report: Report) -> None:
    """The outcome for a person: a line a source, then what is published."""
    for one in report.sources:
        if one.status == "ok":
            rejected = f", {len(one.rejects)} to quarantine" if one.rejects else ""
            typer.echo(
                f"{one.source}: {one.read:,} rows read, {one.inserted:,} new, {one.updated:,} changed, {one.deleted:,} gone{rejected}"
            )
        else:
            _complain(str(one.error))
    for name in report.forgotten:
        _complain(f"{name} is in the mirror but not set up any more: it was not read, and its rows only age.")
    for finding in report.findings:
        if finding.rows:
            amount = f", {finding.amount} KZT" if finding.amount else ""  # goods have no amount
            typer.echo(f"does not reconcile: {finding.label['en']}: {finding.rows} rows{amount}")
    for fault in report.left_out:
        _complain(f"extension left out: {fault.file}: {fault.why}")
    if report.snapshot:
        typer.echo(f"published: {report.snapshot}, as of {report.as_of}")
    elif report.failed:
        _complain("Nothing was published; the snapshot of before stays.")
    else:
        _complain(
            "Nothing was published: no source has a row yet, and an empty mirror would answer zero. "
            "Set up SYNC_ONEC__URL, SYNC_BITRIX__WEBHOOK, or put bank statements into the inbox."
        )


def _code(report: Report) -> int:
    if report.snapshot is None:
        return NOT_PUBLISHED
    return SOURCE_FAILED if report.failed or report.forgotten or report.left_out else OK


def _complain(text: str) -> None:
    typer.echo(text, err=True)
