"""The loopback 1C of the small company, with a client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.standins.onec import (
    OnecServer,
)
from tests.sync.standins.onec_company import Client, small_company


@pytest.fixture
def onec() -> Iterator[Client]:
    with OnecServer(small_company()) as server:
        client = Client(server)
        with client.http:
            yield client
