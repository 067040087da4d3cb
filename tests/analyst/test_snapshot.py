"""A newly published snapshot is served at once, without one failed or mixed answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import pytest

from analyst.errors import MirrorMissing
from analyst.tools import Analyst

if TYPE_CHECKING:
    from tests.analyst.conftest import Place

pytestmark = pytest.mark.anyio
WHOLE = "SELECT min(label) AS first, max(label) AS last, count(*) AS parts FROM snap"


@pytest.mark.promise("state.one_snapshot")
async def test_twenty_snapshots_are_published_under_continuous_questions(
    place: Place, make: Callable[..., Analyst]
) -> None:
    place.publish("20260131T000000Z", "2026-01-01")
    analyst = make(place.data)
    seen: set[str] = set()
    asked = 0
    done = anyio.Event()

    async def publish() -> None:
        for number in range(1, 21):
            name, before = f"20260131T0000{number:02}Z", asked
            await anyio.to_thread.run_sync(place.publish, name, f"2026-01-{number + 1:02}")
            while name not in seen or asked < before + 20:  # noqa: ASYNC110 (what is awaited is a count)
                await anyio.sleep(0.001)
        done.set()

    async def ask() -> None:
        nonlocal asked
        while True:
            last = done.is_set()
            answer = json.loads(await analyst.query(WHOLE))
            first, latest, parts = answer["rows"][0]
            assert first == latest
            assert parts == 50
            assert answer["as_of"] == f"2026-01-{int(first[-3:-1]) + 1:02}"
            seen.add(first)
            asked += 1
            if last:
                return

    with anyio.fail_after(120):
        async with anyio.create_task_group() as group:
            group.start_soon(publish)
            for _ in range(3):
                group.start_soon(ask)
    assert len(seen) >= 20
    assert asked >= 400


@pytest.mark.promise("state.one_snapshot")
async def test_a_question_under_way_ends_on_the_snapshot_it_began_on(
    place: Place, make: Callable[..., Analyst]
) -> None:
    place.publish("20260131T000001Z")
    analyst = make(place.data)
    await analyst.query("SELECT 1")
    answers: list[str] = []

    async def slow() -> None:
        answers.append(
            json.loads(
                await analyst.query("SELECT max(label) AS l, count(*) FROM snap, range(3000000) r(i) WHERE i % 7 <> 1")
            )["rows"][0][0]
        )

    async with anyio.create_task_group() as group:
        group.start_soon(slow)
        await anyio.to_thread.run_sync(place.publish, "20260131T000002Z")
        assert json.loads(await analyst.query(WHOLE))["rows"][0][0] == "20260131T000002Z"
    assert answers == ["20260131T000001Z"]


async def test_no_snapshot_yet_says_what_to_run(place: Place, make: Callable[..., Analyst]) -> None:
    with pytest.raises(MirrorMissing) as raised:
        await make(place.data).query("SELECT 1")
    assert "analyst-sync run" in raised.value.fix
    assert str(place.data) not in raised.value.payload()


async def test_the_first_snapshot_after_the_start_is_served(place: Place, make: Callable[..., Analyst]) -> None:
    analyst = make(place.data)
    with pytest.raises(MirrorMissing):
        await analyst.query("SELECT 1")
    place.publish("20260131T000001Z")
    assert json.loads(await analyst.query("SELECT 1 AS one"))["rows"] == [[1]]


@pytest.mark.parametrize("damage", ["no file", "no catalog", "not a database", "not JSON", "no role"])
@pytest.mark.promise("access.role", "errors.no_paths")
async def test_a_damaged_snapshot_is_told_without_its_path(
    place: Place, make: Callable[..., Analyst], damage: str
) -> None:
    name = place.publish("20260131T000001Z")
    folder = place.data / "snapshots" / name
    if damage == "no file":
        (folder / "serve-owner.duckdb").unlink()
    elif damage == "no catalog":
        shutil.rmtree(folder)
    elif damage == "not a database":
        (folder / "serve-owner.duckdb").write_bytes(b"x" * 9000)
    elif damage == "not JSON":
        (place.data / "CURRENT").write_text("{", encoding="utf-8")
    analyst = make(place.data, role="buyer" if damage == "no role" else "owner")
    with pytest.raises(MirrorMissing) as raised:
        await analyst.query("SELECT 1")
    assert str(place.data) not in raised.value.payload()


@pytest.mark.promise("file.as_published")
async def test_a_file_of_another_snapshot_under_this_name_is_not_served(
    place: Place, make: Callable[..., Analyst]
) -> None:
    name = place.publish("20260131T000001Z")
    pointer = place.data / "CURRENT"
    told = json.loads(pointer.read_text(encoding="utf-8"))
    file = place.data / "snapshots" / name / "serve-owner.duckdb"
    for size, outcome in ((file.stat().st_size, "served"), (file.stat().st_size + 4096, "refused")):
        told["roles"]["owner"]["bytes"] = size
        pointer.write_text(json.dumps(told), encoding="utf-8")
        if outcome == "served":
            assert json.loads(await make(place.data).query("SELECT 1 AS one"))["rows"] == [[1]]
        else:
            with pytest.raises(MirrorMissing, match="not the one that was published"):
                await make(place.data).query("SELECT 1")
    pointer.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(MirrorMissing, match="not whole"):
        await make(place.data).query("SELECT 1")
