"""Every promise is held by a test, every test that names one names a real one, and the page says exactly that."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analyst import corpus, guard, promises
from analyst.promises import AREAS, BY_ID, LAYERS, PROMISES

ROOT = Path(__file__).parents[2]
ATTACKED = "test_an_attack_is_refused_by_its_rule"
TESTS = promises.named_by_tests(ROOT / "tests")


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.id)
def test_a_promise_is_named_by_a_test(promise: promises.Promise) -> None:
    assert TESTS.get(promise.id)


def test_an_id_that_a_test_names_is_a_promise() -> None:
    assert set(TESTS) - set(BY_ID) == set()


def test_promises_are_one_sentence_of_a_known_area_and_layer() -> None:
    assert len(BY_ID) == len(PROMISES)
    for promise in PROMISES:
        assert promise.area in AREAS
        assert promise.layers
        assert set(promise.layers) <= set(LAYERS)
        assert promise.text[0].isupper()
        assert promise.text.endswith(".")


def test_a_rule_of_the_guard_is_a_promise() -> None:
    assert {rule.id for rule in guard.RULES} - set(BY_ID) == set()


def test_a_rule_of_the_guard_refuses_something() -> None:
    text = (ROOT / "tests" / "analyst" / "sql" / "refused.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"^-- \[([\w.]+)\]", text, re.MULTILINE)) == {rule.id for rule in guard.RULES}
    held = f"analyst/test_guard.py::{ATTACKED}"
    assert {rule.id for rule in guard.RULES if held not in TESTS[rule.id]} == set()


def test_a_class_of_attacks_tries_a_promise() -> None:
    attacked = {case.topic for case in corpus.read() if case.kind == "attack"}
    assert attacked == {topic for promise in PROMISES for topic in promise.topics}


def test_the_page_lists_the_promises_with_their_tests() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert promises.page(text, ROOT / "tests") == text
    _, _, listed = text.partition(promises.START)
    for name, places in TESTS.items():
        assert f"`{name}`" in listed
        assert all(f"`tests/{place}`" in listed for place in places)


def test_the_command_writes_and_checks_the_page(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    page = tmp_path / "docs" / "security.md"
    shutil.copy(ROOT / "docs" / "security.md", page)
    (tmp_path / "tests" / "test_one.py").write_text(
        'import pytest\npytestmark = [pytest.mark.promise("guard.depth")]\n\n\n'
        '@pytest.mark.promise("guard.length", "guard.types")\nasync def test_it() -> None: ...\n',
        encoding="utf-8",
    )

    def run(word: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "analyst", "security", word, str(page)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    stale = run("--check")
    assert (stale.returncode, "analyst security --write" in stale.stderr) == (1, True)
    assert run("--write").returncode == 0
    assert run("--check").returncode == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("`tests/test_one.py::test_it`") == 2
    assert text.count("`tests/test_one.py`") == 1
    assert text.startswith("# Security")


def test_a_page_without_a_place_for_the_promises_is_told() -> None:
    with pytest.raises(ValueError, match="no lines"):
        promises.page("# Security\n", ROOT / "tests")
