import gzip
import json
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from sheets_sync.store import inbox
from sheets_sync.store.database import Engine, reading, writing
from sheets_sync.store.inbox import State
from tests.webhooks.conftest import Serve
from tests.webhooks.wire import (
    NOON,
    OLD_SECRET,
    OTHER_SECRET,
    RETIRED_SECRET,
    Request,
    get,
    send,
    signature,
    submission,
)

GOOD = Request()
LIMIT = 256 * 1024


def stored(engine: Engine) -> list[tuple[str, str, bytes]]:
    with reading(engine) as connection:
        waiting = inbox.waiting(connection, "kfar", datetime.fromtimestamp(NOON, UTC))
    return [(answer.form, answer.message_id, answer.body) for answer in waiting]


def padded(size: int) -> bytes:
    """A good body of exactly so many bytes: what fills it stands where nothing reads it."""
    short = submission().removesuffix(b"}")
    filled = short + b', "_": ""}'
    return filled.replace(b'"_": "', b'"_": "' + b"x" * (size - len(filled)))


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(GOOD, id="plain"),
        pytest.param(GOOD.but(secret=OLD_SECRET), id="the secret that is being replaced"),
        pytest.param(GOOD.but(form="events", secret=OTHER_SECRET), id="another form"),
        pytest.param(GOOD.but(seconds=str(NOON - 300)), id="as old as may be"),
        pytest.param(GOOD.but(seconds=str(NOON + 300)), id="as early as may be"),
        pytest.param(GOOD.but(body=padded(LIMIT)), id="as large as may be"),
        pytest.param(GOOD.but(body=padded(100_000), chunked=True), id="in chunks, without a length"),
        pytest.param(GOOD.but(headers={"Content-Type": "application/json; charset=UTF-8"}), id="with a charset"),
        pytest.param(GOOD.but(body=submission(שם="נ\u202eעה\u200b <script>", ימים=["א׳", "ב׳"])), id="odd letters"),
    ],
)
def test_what_is_rightly_signed_is_taken_in_as_it_came(port: int, engine: Engine, request_: Request) -> None:
    answer = send(port, request_)
    assert (answer.status, answer.json) == (202, {"status": "accepted", "id": "m-1"})
    assert stored(engine) == [(request_.form, "m-1", request_.body)]


def signed_by(value: str | bytes) -> Request:
    return GOOD.but(headers={"webhook-signature": value})


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        pytest.param(GOOD.but(form="nowhere"), 404, "unknown_form", id="unknown form"),
        pytest.param(GOOD.but(form="a/b"), 404, "not_found", id="unknown address"),
        pytest.param(GOOD.but(method="PUT"), 405, "method_not_allowed", id="another method"),
        # What is not plain JSON.
        pytest.param(GOOD.but(headers={"Content-Type": "text/plain"}), 415, "not_json", id="text"),
        pytest.param(GOOD.but(headers={"Content-Type": None}), 415, "not_json", id="no type"),
        pytest.param(
            GOOD.but(headers={"Content-Type": "application/json; charset=cp1255"}), 415, "not_json", id="1255"
        ),
        pytest.param(GOOD.but(headers={"Content-Encoding": "identity"}), 415, "not_json", id="any encoding"),
        pytest.param(
            GOOD.but(body=gzip.compress(b"0" * 10_000_000), headers={"Content-Encoding": "gzip"}),
            415,
            "not_json",
            id="a compressed bomb",
        ),
        # What is too large.
        pytest.param(GOOD.but(body=padded(LIMIT + 1)), 413, "too_large", id="one byte too many"),
        pytest.param(GOOD.but(body=padded(LIMIT + 1), chunked=True), 413, "too_large", id="too many in chunks"),
        # Who did not sign, or not rightly, or not now.
        pytest.param(GOOD.but(headers={"webhook-id": None}), 401, "unsigned", id="no id"),
        pytest.param(GOOD.but(headers={"webhook-timestamp": None}), 401, "unsigned", id="no time"),
        pytest.param(GOOD.but(headers={"webhook-signature": None}), 401, "unsigned", id="no signature"),
        pytest.param(signed_by(""), 401, "unsigned", id="an empty signature"),
        pytest.param(GOOD.but(secret=OTHER_SECRET), 401, "bad_signature", id="another form's secret"),
        pytest.param(GOOD.but(secret=RETIRED_SECRET), 401, "bad_signature", id="a secret that was retired"),
        pytest.param(signed_by("v1"), 401, "bad_signature", id="a version alone"),
        pytest.param(signed_by("v1,"), 401, "bad_signature", id="nothing signed"),
        pytest.param(signed_by("v1,%%%"), 401, "bad_signature", id="no base64"),
        pytest.param(signed_by("v1,AAAA=A"), 401, "bad_signature", id="broken base64"),
        pytest.param(signed_by("v1,a,b,c"), 401, "bad_signature", id="many commas"),
        pytest.param(signed_by("v1,חתימה".encode()), 401, "bad_signature", id="not ASCII"),
        pytest.param(
            signed_by(signature("m-1", str(NOON), submission()).replace("v1,", "v1a,")), 401, "bad_signature", id="v1a"
        ),
        pytest.param(
            signed_by("v1,AAAA " * 8 + signature("m-1", str(NOON), submission())), 401, "bad_signature", id="the ninth"
        ),
        pytest.param(GOOD.but(message_id="a.b"), 401, "bad_signature", id="a point in the id"),
        pytest.param(GOOD.but(message_id="a" * 201), 401, "bad_signature", id="a long id"),
        pytest.param(GOOD.but(headers={"webhook-id": "m-2"}), 401, "bad_signature", id="another id than was signed"),
        pytest.param(GOOD.but(headers={"webhook-timestamp": str(NOON + 1)}), 401, "bad_signature", id="another time"),
        pytest.param(GOOD.but(seconds=str(NOON - 301)), 401, "bad_time", id="too old"),
        pytest.param(GOOD.but(seconds=str(NOON + 301)), 401, "bad_time", id="too early"),
        pytest.param(GOOD.but(seconds="99999999999"), 401, "bad_time", id="the year 5138"),
        *(
            pytest.param(GOOD.but(seconds=text), 401, "bad_signature", id=f"the time {text}")
            for text in (f"{NOON}.0", f"0{NOON}", f"+{NOON}", "-1", "nan", "1e9", "9" * 5000)
        ),
        # What is no JSON that could mean only one thing.
        pytest.param(GOOD.but(body=b""), 400, "bad_body", id="nothing"),
        pytest.param(GOOD.but(body=b"[" * 100_000), 400, "bad_body", id="deep and open"),
        pytest.param(GOOD.but(body=b"[" * 100_000 + b"]" * 100_000), 400, "bad_body", id="deep"),
        pytest.param(GOOD.but(body=b'{"a":' * 40_000 + b"0" + b"}" * 40_000), 400, "bad_body", id="deep in objects"),
        pytest.param(GOOD.but(body=b'{"a": "\xff"}'), 400, "bad_body", id="no UTF-8"),
        pytest.param(GOOD.but(body=b'{"a": NaN}'), 400, "bad_body", id="NaN"),
        pytest.param(GOOD.but(body=b'{"a": -Infinity}'), 400, "bad_body", id="infinity"),
        pytest.param(GOOD.but(body=b'{"a": ' + b"9" * 5000 + b"}"), 400, "bad_body", id="5,000 digits"),
        pytest.param(GOOD.but(body=b'{"a": 1, "a": 1}'), 400, "bad_body", id="a doubled key"),
        pytest.param(GOOD.but(body=b'{"x": [{"\\u0061": 1, "a": 1}]}'), 400, "bad_body", id="a doubled key, hidden"),
        pytest.param(GOOD.but(body=b'{"a": "\\ud800"}'), 400, "bad_body", id="half a surrogate"),
        pytest.param(GOOD.but(body=b'{"\\udfff": 1}'), 400, "bad_body", id="half a surrogate in a key"),
        pytest.param(GOOD.but(body=submission(a="\0")), 400, "bad_body", id="NUL"),
        pytest.param(GOOD.but(body=submission() + b"x"), 400, "bad_body", id="more behind it"),
        pytest.param(GOOD.but(body=b"\xef\xbb\xbf" + submission()), 400, "bad_body", id="a byte order mark"),
        # What is no submission.
        *(
            pytest.param(GOOD.but(body=body), 400, "bad_submission", id=body.decode()[:60])
            for body in (
                b"null",
                b"[]",
                b"{}",
                b'{"submission": "x"}',
                b'{"submission": {"id": "", "submitted": "2026-11-22T10:00:00Z", "answers": {"a": "b"}}}',
                b'{"submission": {"id": 7, "submitted": "2026-11-22T10:00:00Z", "answers": {"a": "b"}}}',
                b'{"submission": {"id": "x", "submitted": "2026-11-22T10:00:00", "answers": {"a": "b"}}}',
                b'{"submission": {"id": "x", "submitted": "yesterday", "answers": {"a": "b"}}}',
                b'{"submission": {"id": "x", "submitted": "2026-11-22T10:00:00Z", "answers": {}}}',
                b'{"submission": {"id": "x", "submitted": "2026-11-22T10:00:00Z", "answers": {"a": 5}}}',
                b'{"submission": {"id": "x", "submitted": "2026-11-22T10:00:00Z", "answers": {"a": {"b": "c"}}}}',
                b'{"submission": {"id": "x", "submitted": "2026-11-22T10:00:00Z", "answers": {"a": ["b", null]}}}',
            )
        ),
        pytest.param(GOOD.but(body=submission(a="x" * 50_001)), 400, "bad_submission", id="longer than a cell"),
    ],
)
def test_anything_else_is_refused_and_changes_nothing(
    port: int, engine: Engine, request_: Request, status: int, code: str
) -> None:
    answer = send(port, request_)
    assert (answer.status, answer.code) == (status, code)
    assert stored(engine) == []


def test_one_of_several_signatures_is_enough(port: int) -> None:
    both = f"v2,xyz v1,AAAA {signature('m-1', str(NOON), GOOD.body)}"
    assert send(port, signed_by(both)).status == 202


def test_a_resend_is_accepted_and_makes_no_second_row(port: int, engine: Engine) -> None:
    answers = [send(port, GOOD), send(port, GOOD), send(port, GOOD.but(seconds=str(NOON + 9)))]
    assert [answer.status for answer in answers] == [202, 200, 200]
    assert {answer.body for answer in answers} == {answers[0].body}
    assert len(stored(engine)) == 1


def test_another_body_under_a_known_id_is_refused_and_counted(port: int, engine: Engine) -> None:
    send(port, GOOD)
    answer = send(port, GOOD.but(body=submission(שם="דנה")))
    assert (answer.status, answer.code) == (409, "id_reused")
    assert stored(engine) == [("classes", "m-1", GOOD.body)]
    with reading(engine) as connection:
        assert inbox.conflicts(connection, "kfar") == {"classes": 1}


def test_ids_are_a_forms_own(port: int, engine: Engine) -> None:
    assert [send(port, GOOD).status, send(port, GOOD.but(form="events", secret=OTHER_SECRET)).status] == [202, 202]
    assert len(stored(engine)) == 2


def test_many_at_once_are_each_taken_once(port: int, engine: Engine) -> None:
    """Forty ids come twice each, from eight senders at a time: each has one 202, one 200 and one row."""
    requests = [GOOD.but(message_id=f"m-{n % 40}") for n in range(80)]
    found: list[tuple[str, int]] = []

    def sender(first: int) -> None:
        found.extend((one.message_id, send(port, one).status) for one in requests[first::8])

    threads = [threading.Thread(target=sender, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(found) == Counter((f"m-{n}", status) for n in range(40) for status in (202, 200))
    assert len(stored(engine)) == 40


def test_a_busy_database_asks_to_come_again(port: int, engine: Engine) -> None:
    with writing(engine):
        answer = send(port, GOOD)
    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (503, "busy", "5")
    assert send(port, GOOD).status in (200, 202)
    assert len(stored(engine)) == 1


def test_a_full_disk_asks_to_come_again_until_there_is_room(serve: Serve, engine: Engine) -> None:
    with serve() as port, engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.commit()

        def bound(connection: object, _record: object, _proxy: object) -> None:
            connection.execute(f"PRAGMA max_page_count={limit}")  # type: ignore[attr-defined]

        limit = pages + 2
        event.listen(engine, "checkout", bound)
        large = [GOOD.but(message_id=f"m-{n}", body=padded(20_000)) for n in range(3)]
        refused = [send(port, one) for one in large]
        assert [(one.status, one.code) for one in refused] == [(503, "busy")] * 3
        assert get(port, "/health").json["inbox"][State.WAITING] == 0
        limit = 1_000_000
        assert [send(port, one).status for one in large] == [202] * 3
    assert len(stored(engine)) == 3


def test_refusals_repeat_nothing_of_the_request(port: int) -> None:
    name = "פלונית אלמונית"
    bodies = [submission(שם=name) + b"x", json.dumps({"submission": name}).encode()]
    for body in bodies:
        answer = send(port, GOOD.but(body=body))
        assert answer.status == 400
        assert name not in answer.body.decode()
        assert name not in str(answer.headers)
