"""What a person sees: words, exit codes, and no secret anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from sync import snapshot
from sync.cli import NOT_PUBLISHED, NOT_STARTED, OK, SOURCE_FAILED, _scheduled, command
from sync.lock import held
from sync.log import redaction
from sync.settings import read
from sync.standins import statements
from sync.standins.company import Story, generate
from sync.standins.onec import USER, OnecServer

SECRET = "parol-7781"
STATEMENT = "1CClientBankExchange\r\nВерсияФормата=1.03\r\nКодировка=Windows\r\n"


@pytest.fixture(scope="module")
def story() -> Story:
    return generate("tiny", 1)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in [name for name in os.environ if name.startswith("SYNC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SYNC_DATA", str(tmp_path / "data"))
    yield tmp_path / "data"
    structlog.reset_defaults()


@pytest.fixture
def onec(story: Story, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnecServer]:
    with OnecServer(story.now) as server:
        monkeypatch.setenv("SYNC_ONEC__URL", server.url)
        monkeypatch.setenv("SYNC_ONEC__USER", USER)
        monkeypatch.setenv("SYNC_ONEC__PASSWORD", SECRET)
        yield server


def test_bank_files_alone_are_published_and_status_shows_them(
    data: Path, story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    files = statements.write(story.now, data / "inbox")
    assert command(["run", "--now", "2026-01-31T02:00:00Z"]) == OK
    out, err = capsys.readouterr()
    assert "published: 20260131T020000Z, as of 2026-01-31" in out
    events = [json.loads(line) for line in err.splitlines()]
    assert {"run.started", "pull.finished", "models.built", "snapshot.published", "file.quarantined"} <= {
        e["event"] for e in events
    }
    (pull,) = [e for e in events if e["event"] == "pull.finished" and e["table"] == "file"]
    assert {"source", "rows", "pages", "seconds", "inserted", "updated", "deleted"} <= set(pull)
    bad = next(file for file in files if not file.exists())
    assert command(["status"]) == OK
    shown = capsys.readouterr().out
    assert "Snapshot 20260131T020000Z, as of 2026-01-31 (Asia/Almaty)" in shown
    assert "2026-01-31 02:00 UTC" in shown
    assert f"1 files ({bad.name})" in shown
    assert f"bank.file: bank: {bad.name}, line " in shown
    assert f"{bad.name}, line " in (data / "quarantine" / f"{bad.name}.reason.txt").read_text(encoding="utf-8")


@pytest.mark.promise("sync.secrets_not_in_errors", "sync.secrets_not_in_logs")
def test_a_wrong_password_of_1c_says_so_and_publishes_no_zeros(
    data: Path, onec: OnecServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["run"]) == NOT_PUBLISHED
    out, err = capsys.readouterr()
    assert "onec: " in err
    assert "401" in err
    assert "password" in err
    assert "Nothing was published" in err
    assert SECRET not in out + err
    assert onec.requests
    assert snapshot.current(data) is None


def test_a_source_that_fails_beside_one_that_does_not_ends_with_one(
    data: Path, story: Story, onec: OnecServer, capsys: pytest.CaptureFixture[str]
) -> None:
    statements.write(story.now, data / "inbox")
    assert command(["run"]) == SOURCE_FAILED
    out, err = capsys.readouterr()
    assert "published: " in out
    assert "401" in err
    assert onec.requests
    assert command(["status"]) == OK
    shown = capsys.readouterr().out
    assert "failed" in shown
    assert "never" in shown
    assert SECRET not in shown + err


def test_a_second_sync_ends_at_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with held(data, datetime(2026, 1, 31, tzinfo=UTC)):
        assert command(["run"]) == NOT_STARTED
    assert (
        f"Another sync is running on {data} (process {os.getpid()}, since 2026-01-31 00:00 UTC)"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("arguments", [["run"], ["demo", "--size", "tiny"]])
def test_a_folder_that_cannot_be_written_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    data.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("SYNC_DATA", str(data / "inner"))
    assert command(arguments) == NOT_STARTED
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "crm"], "Unknown source 'crm'. Set up: bank, esf."),
        (["run", "--fast"], "No such option: --fast"),
        (["sync"], "No such command 'sync'"),
        (["demo", "--size", "huge"], "'huge' is none of tiny, demo, large"),
        (["run", "--now", "yesterday"], "does not match the format"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert command(arguments) == NOT_STARTED
    assert said in " ".join(capsys.readouterr().err.split())
    assert snapshot.current(data) is None


def test_status_before_the_first_sync_says_what_to_do(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["status"]) == NOT_PUBLISHED
    assert f"No snapshot in {data} yet. Run `analyst-sync run`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SYNC_ONEC__PASSWORD", SECRET, "SYNC_ONEC__URL: Field required"),
        ("SYNC_TIMEZONE", "Asia/Nowhere", "SYNC_TIMEZONE: no time zone is called"),
        ("SYNC_ONEC", f'{{"password": "{SECRET}"', "SYNC_ONEC"),
        ("SYNC_KEEP", "none", "SYNC_KEEP"),
        ("SYNC_CONFIG", "/no/such/file.toml", "SYNC_CONFIG names"),
    ],
)
@pytest.mark.promise("sync.secrets_not_in_errors")
def test_settings_that_cannot_be_used_are_named_without_their_value(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    assert command(["status"]) == NOT_STARTED
    err = capsys.readouterr().err
    assert said in err
    assert SECRET not in err
    assert not data.exists()


def test_a_settings_file_is_read_and_the_environment_wins(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sync.toml"
    file.write_text(
        'data = "elsewhere"\ntimezone = "Asia/Aqtau"\n[schedule]\nbank = "*/30 8-19 * * 1-5"\n', encoding="utf-8"
    )
    monkeypatch.setenv("SYNC_CONFIG", str(file))
    assert command(["schedule", "--recipe"]) == OK
    zone, config, line = capsys.readouterr().out.splitlines()
    assert config == f"SYNC_CONFIG={file.resolve()}"
    assert zone == "CRON_TZ=Asia/Aqtau"
    assert line.startswith("*/30 8-19 * * 1-5 cd ")
    assert data.exists()


def test_a_turn_of_the_schedule_that_fails_is_told_and_the_next_one_comes(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read()
    with held(data, datetime(2026, 1, 31, tzinfo=UTC)):
        _scheduled(settings, ["bank"])
    assert "Another sync is running" in capsys.readouterr().err
    _scheduled(settings, ["bank"])
    told = capsys.readouterr()
    assert "bank: 0 rows read" in told.out
    assert "an empty mirror would answer zero" in told.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_the_schedule_runs_until_it_is_asked_to_end(data: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sync", "schedule", "--data", str(data)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "CRON_TZ=Asia/Almaty\n"
        process.terminate()
        assert process.wait(30) == OK


def test_help_says_what_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["run", "--help"]) == OK
    shown = " ".join(capsys.readouterr().out.split())
    assert (
        "0 all is well; 1 a source failed or an extension was left out, the rest is published; 2 nothing was published; 3 not started"
        in shown
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("webhook", "https://portal.example/rest/1/abc123def/"),
        ("error", "GET https://portal.example/rest/1/abc123def/batch failed"),
        ("error", "GET https://user:abc123def@1c.example/base refused"),
        ("error", "sent Authorization: Basic abc123def=="),
        ("error", "the word abc123def itself"),
    ],
)
@pytest.mark.promise("sync.secrets_not_in_logs")
def test_the_log_hides_secrets_by_name_form_and_value(key: str, value: str) -> None:
    with structlog.testing.capture_logs(processors=[redaction(("abc123def",))]) as events:
        structlog.get_logger().warning("pull.failed", **{key: value})
    assert "abc123def" not in json.dumps(events)
    assert events[0]["event"] == "pull.failed"
