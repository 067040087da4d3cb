"""A line with half a surrogate in it is answered like any other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from analyst import wire

HALF = "\\ud83d"
PATIENCE = 15.0  # seconds
PAIR = "\\ud83d\\ude00"


@pytest.mark.parametrize(
    ("line", "put_right"),
    [
        (f'{{"a":"{HALF}"}}', '{"a":"\\ufffd"}'),
        (f'{{"a":"{PAIR}"}}', f'{{"a":"{PAIR}"}}'),
        (f'{{"a":"{PAIR}{HALF}x"}}', f'{{"a":"{PAIR}\\ufffdx"}}'),
        (f'{{"a":"{HALF}{HALF}"}}', '{"a":"\\ufffd\\ufffd"}'),
        ('{"a":"\\uDE00\\uD83D"}', '{"a":"\\ufffd\\ufffd"}'),
        (f'{{"a":"\\{HALF}"}}', f'{{"a":"\\{HALF}"}}'),
        (f'{{"a":"\\\\{HALF}"}}', '{"a":"\\\\\\ufffd"}'),
        ('{"a":"plain"}', '{"a":"plain"}'),
    ],
)
def test_half_a_surrogate_is_replaced_and_nothing_else(line: str, put_right: str) -> None:
    assert wire.whole(line) == put_right
    json.loads(wire.whole(line))["a"].encode("utf-8")


@pytest.mark.promise("result.answered")
def test_the_server_answers_a_cut_emoji(published: Path, tmp_path: Path) -> None:
    environ = {"ANALYST_DATA": str(published), "ANALYST_AUDIT": str(tmp_path), "PATH": os.environ["PATH"]}
    client = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    call = {"name": "find", "arguments": {"text": "Алмаз HALF"}}
    lines: list[dict[str, Any]] = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
    ]
    command = [sys.executable, "-m", "analyst", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        late = threading.Timer(PATIENCE, server.kill)  # a question without an answer ends as an empty line
        late.start()
        for line in lines:
            server.stdin.write(json.dumps(line).replace("HALF", HALF) + "\n")
            server.stdin.flush()
        answers = [server.stdout.readline() for _ in range(2)]
        late.cancel()
        server.stdin.close()
    assert all(answers)
    assert "cp_1" in json.loads(answers[1])["result"]["content"][0]["text"]
