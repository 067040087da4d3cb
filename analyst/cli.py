"""The command `analyst`: serve, run, catalog, security, demo, selfcheck, status. Nothing heavy is imported before it is needed: a host waits for the first answer."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from analyst.process import Process, spawn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from analyst.settings import Settings

DISTRIBUTION = "analyst-mirror"


def serve(first: Process) -> None:
    """Serve the published snapshot over stdio. first: the worker that loads meanwhile."""
    # Nothing that is loaded here is garbage; not looking for any makes loading a tenth faster.
    gc.disable()
    from analyst import extension, log, reconcile, server  # noqa: PLC0415 (the SDK loads beside the worker, not before it)
    from analyst.audit import Audit  # noqa: PLC0415
    from analyst.pool import Pool  # noqa: PLC0415
    from analyst.snapshot import Mirror  # noqa: PLC0415
    from analyst.tools import Analyst  # noqa: PLC0415

    log.configure()
    settings = _settings()
    known = extension.read(settings.extensions_folder)
    analyst = Analyst(
        settings=settings,
        mirror=Mirror(settings.data, settings.role),
        pool=Pool(settings, first),
        audit=Audit(settings.audit_folder, settings.caller, settings.role),
        metrics=known.metrics,
        checks=reconcile.read(known.metrics),
        templates=known.templates,
        faults=known.faults,
        documents=known.documents,
    )
    built = server.build(analyst, _version())
    gc.freeze()
    gc.enable()
    server.run(built)


def catalog(path: Path, *, check: bool) -> int:
    """Write the catalog page from the headers of sql/, or say whether it is up to date."""
    from analyst import page  # noqa: PLC0415

    text = page.catalog()
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{path} does not follow the headers of sql/; run: analyst catalog --write\n")
    return 1


def security(path: Path, *, check: bool) -> int:
    """Write the table of promises and their tests into the security page, or say whether it is up to date."""
    from analyst import promises  # noqa: PLC0415

    text = path.read_text(encoding="utf-8")
    told = promises.page(text, path.parent.parent / "tests")
    if not check:
        path.write_text(told, encoding="utf-8", newline="\n")
    elif told != text:
        sys.stderr.write(f"{path} does not follow the promises and their tests; run: analyst security --write\n")
        return 1
    return 0


def selfcheck(data: Path | None, form: str) -> int:
    """Attack the published mirror with the shipped corpus and print what an auditor may read."""
    import json  # noqa: PLC0415
    from dataclasses import replace  # noqa: PLC0415

    import anyio  # noqa: PLC0415

    from analyst import selfcheck  # noqa: PLC0415
    from analyst.errors import AnalystError  # noqa: PLC0415

    settings = _settings()
    try:
        report = anyio.run(
            selfcheck.check, replace(settings, data=data or settings.data), f"{DISTRIBUTION} {_version()}"
        )
    except AnalystError as error:
        sys.stderr.write(f"{error.what}: {error.why}. {error.fix}\n")
        return 2
    text = json.dumps(report.record(), ensure_ascii=False, indent=1) if form == "json" else "\n".join(report.lines())
    sys.stdout.write(text + "\n")
    return 0 if report.ok else 1


def demo(data: Path) -> int:
    """Ask a demo mirror over the real protocol and compare every answer with the truth beside it."""
    import asyncio  # noqa: PLC0415

    from analyst.demo import TruthMissing, ask  # noqa: PLC0415

    try:
        return 1 if asyncio.run(ask(data)) else 0
    except TruthMissing as error:
        sys.stderr.write(f"analyst: {error}\n")
        return 2


def run(arguments: argparse.Namespace, flags: Sequence[str]) -> int:
    """Ask one prompt template and print its tables: for cron."""
    from analyst import errand, log  # noqa: PLC0415

    log.configure()
    return errand.run(
        errand.Errand(
            template=arguments.template,
            given=arguments.argument,
            words=flags,
            as_of=arguments.as_of,
            lang=arguments.lang,
            form=arguments.format,
            table=arguments.table,
            rows=arguments.rows,
            data=arguments.data,
        ),
        _settings(),
    )


def status() -> int:
    """Say on stdout what is published, how fresh it is and whether the audit log holds together."""
    from analyst import audit, report  # noqa: PLC0415
    from analyst.errors import AnalystError  # noqa: PLC0415

    settings = _settings()
    try:
        for line in report.lines(settings):
            print(line)  # noqa: T201 (this is the command's output)
    except AnalystError as error:
        sys.stderr.write(f"{error.what}: {error.why}. {error.fix}\n")
        return 1
    except audit.ChainBroken as error:
        sys.stderr.write(f"the audit log was changed: {error}\n")
        return 1
    return 0


def _count(text: str) -> int:
    """A number of rows. Raises ValueError."""
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def _settings() -> Settings:
    from analyst.settings import Settings, SettingsError  # noqa: PLC0415

    try:
        return Settings.read()
    except SettingsError as error:
        raise SystemExit(f"analyst: {error}") from None


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 (its parts cost thirty milliseconds)

    return version(DISTRIBUTION)


def _parser() -> argparse.ArgumentParser:
    import argparse  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        prog="analyst", description="Read-only MCP server over the published finance mirror."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve MCP over stdin and stdout")
    page = commands.add_parser("catalog", help="write docs/catalog.md from the headers of sql/, or check it")
    page.add_argument("path", nargs="?", type=Path, default=Path("docs/catalog.md"))
    what = page.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true")
    what.add_argument("--check", action="store_true")
    promised = commands.add_parser(
        "security", help="write the promises and their tests into docs/security.md, or check it"
    )
    promised.add_argument("path", nargs="?", type=Path, default=Path("docs/security.md"))
    which = promised.add_mutually_exclusive_group(required=True)
    which.add_argument("--write", action="store_true")
    which.add_argument("--check", action="store_true")
    tried = commands.add_parser("selfcheck", help="attack the published mirror with the shipped corpus and report it")
    tried.add_argument("--data", type=Path, help="the data folder, default ANALYST_DATA")
    tried.add_argument("--format", choices=["text", "json"], default="text")
    asked = commands.add_parser("demo", help="ask a demo mirror over stdio and compare the answers with the truth")
    asked.add_argument("--data", type=Path, default=Path("data"), help="the folder that analyst-sync demo filled")
    ran = commands.add_parser(
        "run",
        help="print the tables of a prompt template, for cron; without a name: the list of them",
        epilog="Every argument of the template is a flag too: --counterparty, --period … "
        "Exit codes: 0; 2 wrong arguments; 3 something has no answer: it is told in its place.",
        allow_abbrev=False,
    )
    ran.add_argument("template", nargs="?", default="")
    ran.add_argument("--as-of", default="", help="the day to speak of, default the snapshot's")
    ran.add_argument("--argument", action="append", default=[], metavar="NAME=VALUE")
    ran.add_argument("--lang", choices=["ru", "kk", "en"], default="", help="default ANALYST_LANG")
    ran.add_argument("--format", choices=["md", "csv", "json"], default="md")
    ran.add_argument("--table", default="", help="of csv: this table alone")
    ran.add_argument("--rows", type=_count, default=0, help="rows of each table")
    ran.add_argument("--data", type=Path, help="the data folder, default ANALYST_DATA")
    commands.add_parser("status", help="what is published, how fresh it is, whether the audit log holds")
    parser.add_argument("--version", action="version", version=_version())
    return parser


def main() -> None:
    """Entry point of the command."""
    # The worker needs longer than the arguments do; it starts first, and is ended when they turn out to be wrong.
    first = spawn() if sys.argv[1:2] == ["serve"] else None
    try:
        parser = _parser()
        arguments, flags = parser.parse_known_args()
        if flags and arguments.command != "run":
            parser.error(f"unrecognized arguments: {' '.join(flags)}")
        if first is not None:
            serve(first)
            code = 0
        elif arguments.command == "run":
            code = run(arguments, flags)
        elif arguments.command == "catalog":
            code = catalog(arguments.path, check=arguments.check)
        elif arguments.command == "security":
            code = security(arguments.path, check=arguments.check)
        elif arguments.command == "selfcheck":
            code = selfcheck(arguments.data, arguments.format)
        elif arguments.command == "demo":
            code = demo(arguments.data)
        else:
            code = status()
    except KeyboardInterrupt:
        code = 130
    finally:
        if first is not None:
            first.kill(wait=True)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
