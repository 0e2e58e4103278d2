"""A handful of requests through granian itself: what only a server's own reading of HTTP can spoil."""

from collections.abc import Iterator

import pytest

from tests.webhooks.process import Web, database, web
from tests.webhooks.test_intake import LIMIT, padded
from tests.webhooks.wire import OTHER_SECRET, get

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    database(folder)
    with web(folder) as running:
        yield running


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 202),
        ({"body": padded(LIMIT)}, 202),
        ({"body": padded(LIMIT), "chunked": True}, 202),
        ({"body": padded(LIMIT + 1)}, 413),
        ({"body": padded(LIMIT + 1), "chunked": True}, 413),
        ({"body": padded(LIMIT + 1), "headers": {"webhook-signature": "v1,AAAA"}}, 413),
        ({"headers": {"webhook-signature": None}}, 401),
        ({"headers": {"webhook-signature": "v1,חתימה".encode()}}, 401),
        ({"secret": OTHER_SECRET}, 401),
        ({"headers": {"Content-Encoding": "gzip"}}, 415),
        ({"body": b"[" * 100_000}, 400),
        ({"form": "nowhere"}, 404),
    ],
)
def test_granian_brings_requests_as_they_are(
    served: Web, request: pytest.FixtureRequest, changes: dict[str, object], status: int
) -> None:
    message_id = f"m-{request.node.callspec.indices['changes']}"
    answer = served.send(message_id, **changes)
    assert answer.status == status
    assert answer.json == {"status": "accepted", "id": message_id} if status == 202 else answer.code


def test_a_resend_over_granian_makes_no_second_row(served: Web) -> None:
    before = get(served.port, "/health").json["inbox"]["waiting"]
    assert [served.send("again").status, served.send("again").status] == [202, 200]
    assert get(served.port, "/health").json["inbox"]["waiting"] == before + 1
