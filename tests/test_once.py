"""What is made for all test processes is made once, whoever asks first, and a failure is not taken for it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.once import once


def test_those_who_ask_at_once_get_what_one_of_them_made(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(data: Path) -> None:
        made.append(data)
        time.sleep(0.2)
        data.mkdir()
        (data / "word").write_text("made", encoding="utf-8")

    with ThreadPoolExecutor(3) as pool:
        told = [pool.submit(once, tmp_path / "shared", make) for _ in range(3)]
        assert {(answer.result() / "word").read_text(encoding="utf-8") for answer in told} == {"made"}
    assert len(made) == 1


def test_what_could_not_be_made_is_begun_anew_by_the_next(tmp_path: Path) -> None:
    def fail(data: Path) -> None:
        data.mkdir()
        (data / "half").touch()
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        once(tmp_path / "shared", fail)
    data = once(tmp_path / "shared", lambda data: data.mkdir())
    assert list(data.iterdir()) == []
