"""The whole walk on a made-up company: its 1C, CRM and banks run on this machine, and the real sync reads them over HTTP."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from sync import snapshot
from sync.configured import DECLARED, configured
from sync.errors import DemoRefused, Unwritable
from sync.load import Progress
from sync.quarantine import INBOX, QUARANTINE, REASON
from sync.run import Report, run
from sync.settings import Bitrix, Onec, Settings
from sync.sources import lead_time
from sync.standins import company as made_up
from sync.standins import einvoices, statements
from sync.standins.bitrix import BitrixServer
from sync.standins.company import Company, generate
from sync.standins.company.promising import LEAD_TIMES
from sync.standins.onec import PASSWORD, USER, OnecServer

SIZES = tuple(made_up.SIZES)
TRUTH = "truth.json"
WRITTEN = ".demo"  # names of the files that a demo put into the inbox; its sources pass it by
BEFORE = datetime(2026, 1, 10, 20, 0, tzinfo=UTC)
NOW = datetime(2026, 1, 31, 2, 0, tzinfo=UTC)


def demo(settings: Settings, size: str, seed: int, progress: Progress) -> tuple[Report, Report]:
    """Sync the company of 10 January, then the one of 31 January, into the data folder; returns both reports.

    Leaves truth.json, what is true of the later one, beside CURRENT. The folder's mirror begins anew, so that the same size and
    seed give the same tables. Raises DemoRefused when the folder holds a mirror that no demo made.
    """
    data = settings.data
    if snapshot.current(data) and not (data / INBOX / WRITTEN).is_file():
        raise DemoRefused(data)
    story = generate(size, seed)
    states = story.before, story.now
    files = [s.file for company in states for s in company.statements]
    _make_room(data, files + [e.file for company in states for e in company.einvoices])
    (data / TRUTH).write_text(json.dumps(story.truth, ensure_ascii=False, indent=1), encoding="utf-8")
    _write_lead_times(data)
    with ExitStack() as running:
        onec = running.enter_context(OnecServer(story.before))
        bitrix = running.enter_context(BitrixServer(story.before))
        told = settings.model_copy(
            update={
                "onec": Onec(url=onec.url, user=USER, password=SecretStr(PASSWORD)),
                "bitrix": Bitrix(webhook=SecretStr(bitrix.url)),
            }
        )
        first = _sync(told, story.before, BEFORE, progress, afresh=True)
        onec.load(story.now)
        bitrix.load(story.now)
        second = _sync(told, story.now, NOW, progress, afresh=False)
    return first, second


def _sync(settings: Settings, company: Company, now: datetime, progress: Progress, *, afresh: bool) -> Report:
    statements.write(company, settings.data / INBOX)
    einvoices.write(company, settings.data / INBOX)
    with configured(settings) as sources:
        return run(settings, sources, declared=DECLARED, now=now, progress=progress, afresh=afresh)


def _write_lead_times(data: Path) -> None:
    """What the made-up company knows of its roads."""
    file = data / lead_time.FILE
    rows = [lead_time.HEAD, *LEAD_TIMES]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    except OSError as refused:
        raise Unwritable(data, refused.strerror or str(refused)) from refused


def _make_room(data: Path, names: list[str]) -> None:
    """Take an earlier demo's files, and no others, out of the inbox and the quarantine; note which this one writes. Raises Unwritable."""
    note = data / INBOX / WRITTEN
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        written = json.loads(note.read_text(encoding="utf-8")) if note.is_file() else []
        for name in written:
            for file in (data / INBOX / name, data / QUARANTINE / name, data / QUARANTINE / f"{name}{REASON}"):
                file.unlink(missing_ok=True)
        note.write_text(json.dumps(sorted({*written, *names}), ensure_ascii=False), encoding="utf-8")
    except OSError as refused:
        raise Unwritable(data, refused.strerror or str(refused)) from refused
