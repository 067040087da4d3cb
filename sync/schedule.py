"""The sync at set times: one cron job for each set of sources, never two at once."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from sync.errors import BadSettings, UnknownSource
from sync.settings import CONFIG

ALL = "all"
GRACE = 3600  # seconds that a job may be late (the machine slept) and still run
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
FIELDS = 5

Job = Callable[[Sequence[str]], None]


def names_of(key: str, known: Sequence[str]) -> tuple[str, ...]:
    """The sources of a schedule's key: all, or names by comma. Raises UnknownSource."""
    names = () if key.strip() == ALL else tuple(name.strip() for name in key.split(","))
    if unknown := [name for name in names if name not in known]:
        raise UnknownSource(unknown, known)
    return names


def trigger(expression: str, timezone: str) -> CronTrigger:
    """A cron expression of five fields as a trigger, with cron's days of the week: 0 and 7 are Sunday. Raises BadSettings."""
    fields = expression.split()
    if len(fields) != FIELDS:
        raise BadSettings(
            f"SYNC_SCHEDULE: {expression!r} has {len(fields)} fields; a cron expression has five, as in '0 2 * * *'"
        )
    try:
        return CronTrigger.from_crontab(" ".join([*fields[:4], _named_days(fields[4])]), timezone=timezone)
    except ValueError as wrong:
        raise BadSettings(f"SYNC_SCHEDULE: {expression!r} is no cron expression: {wrong}") from wrong


def scheduler(
    jobs: Mapping[str, str], timezone: str, known: Sequence[str], job: Job, *, blocking: bool = True
) -> BaseScheduler:
    """A scheduler with every job, not yet started. jobs: cron expression by set of sources.

    One thread runs them, so a job that falls due while another runs waits for it; missed turns are made up for once.
    """
    kind = BlockingScheduler if blocking else BackgroundScheduler
    made = kind(timezone=timezone, executors={"default": ThreadPoolExecutor(1)})
    for key, expression in jobs.items():
        made.add_job(
            job,
            trigger(expression, timezone),
            args=[names_of(key, known)],
            id=key,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=GRACE,
        )
    return made


def cron_recipe(
    jobs: Mapping[str, str], timezone: str, folder: Path, data: Path, exported: Mapping[str, str]
) -> list[str]:
    """The same as lines for crontab. folder: where relative paths start; data: the data folder; exported: the environment.

    cron knows no exported variable: what only the environment says must stand in the crontab or in the file of settings. Its
    names are told, its values are not: some are secrets.
    """
    command = shlex.join([sys.executable, "-m", "sync", "run", "--data", str((folder / data).resolve())])
    config = exported.get(CONFIG)
    lines = [f"CRON_TZ={timezone}", *([f"{CONFIG}={(folder / config).resolve()}"] if config else [])]
    if unseen := sorted(name for name in exported if name.startswith("SYNC_") and name not in (CONFIG, "SYNC_DATA")):
        lines.append(
            f"# cron sees nothing exported: write into the file that {CONFIG} names what is in {', '.join(unseen)}"
        )
    for key, expression in jobs.items():
        names = "" if key.strip() == ALL else " " + " ".join(shlex.quote(name.strip()) for name in key.split(","))
        lines.append(f"{expression} cd {shlex.quote(str(folder))} && {command}{names}")
    return lines


def _named_days(field: str) -> str:
    """Numbers of days to names: APScheduler counts from Monday, cron from Sunday, and both take names."""
    parts = []
    for part in field.lower().split(","):
        days, slash, step = part.partition("/")
        if days == "*" and slash:
            days = "0-6"
        if number := re.fullmatch(r"(\d)(?:-(\d))?", days):
            first, last = int(number[1]), int(number[2] or number[1])
            chosen = range(first, last + 1, int(step) if step.isdigit() and int(step) else 1)
            if not chosen or chosen[-1] > len(DAYS):
                raise BadSettings(
                    f"SYNC_SCHEDULE: {field!r} is no set of days of the week; 0 or 7 is Sunday, 1-5 are the working days"
                )
            parts += [DAYS[day % len(DAYS)] for day in chosen]
        else:
            parts.append(days + slash + step)
    return ",".join(dict.fromkeys(parts))
