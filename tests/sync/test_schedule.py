"""Cron expressions mean what cron means; jobs never overlap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from sync.errors import BadSettings, UnknownSource
from sync.schedule import GRACE, cron_recipe, names_of, scheduler, trigger

ALMATY = "Asia/Almaty"
SATURDAY = datetime(2026, 1, 31, 12, tzinfo=ZoneInfo(ALMATY))
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def weekdays(expression: str) -> list[str]:
    """The days of the week of the next seven turns."""
    made, turns = trigger(expression, ALMATY), []
    last = SATURDAY
    for _ in range(7):
        last = made.get_next_fire_time(last, last)
        turns.append(DAYS[last.weekday()])
    return list(dict.fromkeys(turns))


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("0", ["sun"]),
        ("7", ["sun"]),
        ("1-5", ["mon", "tue", "wed", "thu", "fri"]),
        ("5-7", ["sun", "fri", "sat"]),
        ("1,3", ["mon", "wed"]),
        ("0-6/2", ["sun", "tue", "thu", "sat"]),
        ("*/2", ["sun", "tue", "thu", "sat"]),
        ("mon-wed", ["mon", "tue", "wed"]),
        ("*", ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ],
)
def test_days_of_the_week_are_those_of_cron(field: str, days: list[str]) -> None:
    assert sorted(weekdays(f"0 2 * * {field}"), key=DAYS.index) == sorted(days, key=DAYS.index)


def test_the_hour_is_that_of_the_company() -> None:
    fires = trigger("30 2 * * *", ALMATY).get_next_fire_time(None, SATURDAY)
    assert fires.isoformat() == "2026-02-01T02:30:00+05:00"


@pytest.mark.parametrize("expression", ["0 2 * *", "@daily", "61 2 * * *", "0 2 * * 9", "0 2 * * 5-1"])
def test_an_expression_that_is_none_is_told_with_the_setting_it_stands_in(expression: str) -> None:
    with pytest.raises(BadSettings, match="SYNC_SCHEDULE"):
        trigger(expression, ALMATY)


def test_a_schedule_of_an_unknown_source_is_refused() -> None:
    assert names_of("all", ["onec"]) == ()
    assert names_of("onec, bank", ["onec", "bank"]) == ("onec", "bank")
    with pytest.raises(UnknownSource, match="'crm'"):
        names_of("onec,crm", ["onec", "bank"])


def test_jobs_take_turns_and_never_overlap() -> None:
    ran: list[tuple[str, ...]] = []
    inside, both = Event(), Event()

    def job(names: Sequence[str]) -> None:
        assert not inside.is_set()
        inside.set()
        ran.append(tuple(names))
        inside.clear()
        if len(ran) == 2:
            both.set()

    made = scheduler({"all": "0 2 * * *", "bank": "0 2 * * *"}, ALMATY, ["bank"], job, blocking=False)
    made.start(paused=True)
    for task in made.get_jobs():
        assert (task.max_instances, task.coalesce, task.misfire_grace_time) == (1, True, GRACE)
        task.modify(next_run_time=datetime.now(ZoneInfo(ALMATY)))
    made.resume()
    assert both.wait(20)
    made.shutdown()
    assert sorted(ran) == [(), ("bank",)]


def test_the_recipe_for_plain_cron_has_the_zone_and_a_line_a_job() -> None:
    jobs = {"all": "0 2 * * *", "bank": "*/30 8-19 * * 1-5"}
    zone, everything, bank = cron_recipe(jobs, ALMATY, Path("/srv/books"), Path("our data"), {"SYNC_DATA": "our data"})
    assert zone == "CRON_TZ=Asia/Almaty"
    assert everything.startswith("0 2 * * * cd /srv/books && ")
    assert everything.endswith(" -m sync run --data '/srv/books/our data'")
    assert bank.startswith("*/30 8-19 * * 1-5 cd /srv/books && ")
    assert bank.endswith(" -m sync run --data '/srv/books/our data' bank")


def test_the_recipe_names_what_cron_would_not_see_and_shows_no_secret() -> None:
    exported = {"SYNC_CONFIG": "sync.toml", "SYNC_ONEC__PASSWORD": "s3cret", "PATH": "/bin"}
    _, config, told, _ = cron_recipe({"all": "0 2 * * *"}, ALMATY, Path("/srv/books"), Path("/data"), exported)
    assert config == "SYNC_CONFIG=/srv/books/sync.toml"
    assert (
        told
        == "# cron sees nothing exported: write into the file that SYNC_CONFIG names what is in SYNC_ONEC__PASSWORD"
    )
