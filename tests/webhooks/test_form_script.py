"""The Apps Script of a form: its documented signature, and the script itself under node against the real service."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import Headers

from sheets_sync.store.database import Engine
from tests.webhooks.conftest import Serve
from tests.webhooks.test_intake import stored
from tests.webhooks.wire import SECRET, Request, send, signature
from webhooks import payload
from webhooks.signature import Signer

DOC = Path(__file__).parents[2] / "docs" / "form-he.md"
SHIMS = Path(__file__).with_name("form_shims.js")
SCRIPT = Path(str(files("templates").joinpath("form.gs")))
START = 1_795_348_800_000
ENDPOINT = "https://forms.example.org/forms/classes"

ANSWER: dict[str, Any] = {
    "id": "2_ABaOnuc-/=",
    "at": START - 60_000,
    "email": "dana@example.org",
    "answers": [
        {"title": "שם הילד/ה", "given": "נועה כ׳ 😀"},
        {"title": "ימים", "given": ["א׳", "ג׳"]},
        {"title": "שם הילד/ה", "given": "שתיים"},
        {"title": "הערות", "given": ""},
        {"title": "חצי", "given": "a\ud83d\0b"},
        {"title": "מתי", "kind": "GRID", "rows": ["בוקר", "ערב"], "given": ["כן", None]},
        {"title": "איפה", "kind": "CHECKBOX_GRID", "rows": ["מועדון", "ספרייה"], "given": [None, ["א", "ב"]]},
    ],
}
ANSWERS = {
    "כתובת אימייל": "dana@example.org",
    "שם הילד/ה": "נועה כ׳ 😀",
    "ימים": ["א׳", "ג׳"],
    "שם הילד/ה (2)": "שתיים",
    "חצי": "a�b",
    "מתי [בוקר]": "כן",
    "איפה [ספרייה]": ["א", "ב"],
}
MESSAGE_ID = f"2_ABaOnuc----{START - 60_000}"


def test_the_documented_example_is_what_the_service_takes() -> None:
    found = re.search(r"```json\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    example = json.loads(found[1])
    message_id, seconds, body = example["webhook-id"], example["webhook-timestamp"], example["body"].encode()
    assert example["webhook-signature"] == signature(message_id, seconds, body, example["secret"])
    headers = Headers({name: value for name, value in example.items() if name.startswith("webhook-")})
    now = payload.read(body).submitted
    assert Signer("classes", [example["secret"]]).check(headers, body, now) == message_id


def test_the_functions_that_the_instructions_name_are_there() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    for text in (script, DOC.read_text(encoding="utf-8")):
        assert {"install", "createSecret", "sendAll"} <= set(re.findall(r"\b(?:install|createSecret|sendAll)\b", text))
    assert {"install", "createSecret", "sendAll", "onSubmitted", "sweep"} <= set(
        re.findall(r"^function (\w+)", script, re.M)
    )


@dataclass(frozen=True)
class Ran:
    """What the script did."""

    requests: list[dict[str, Any]]
    properties: Mapping[str, str]
    errors: list[str]
    triggers: list[str]

    @property
    def states(self) -> list[str]:
        """Where the answers stand, as the script notes it."""
        return sorted(name for name in self.properties if ":" in name)


def run(
    steps: list[dict[str, Any]],
    statuses: list[int],
    responses: list[dict[str, Any]] | None = None,
    properties: Mapping[str, str] | None = None,
) -> Ran:
    assert shutil.which("node"), "the slow tests need node on the machine"
    order = {
        "script": str(SCRIPT),
        "now": START,
        "properties": {"ENDPOINT": ENDPOINT, "SECRET": SECRET} if properties is None else properties,
        "responses": [ANSWER] if responses is None else responses,
        "statuses": statuses,
        "steps": steps,
    }
    done = subprocess.run(["node", str(SHIMS)], input=json.dumps(order), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return Ran(**json.loads(done.stdout))


def as_sent(request: Mapping[str, Any]) -> Request:
    return Request(base64.b64decode(request["body"]), headers=request["headers"])


@pytest.mark.slow
def test_what_the_script_sends_is_what_the_service_takes(serve: Serve, engine: Engine) -> None:
    ran = run([{"submit": 0}], [202])
    [request] = ran.requests
    assert (request["url"], request["method"], request["contentType"]) == (ENDPOINT, "post", "application/json")
    with serve(START // 1000) as port:
        assert send(port, as_sent(request)).json == {"status": "accepted", "id": MESSAGE_ID}
    [(_, _, body)] = stored(engine)
    submission = payload.read(body)
    assert submission.id == ANSWER["id"]
    assert submission.submitted.timestamp() * 1000 == ANSWER["at"]
    assert submission.answers == ANSWERS
    assert (ran.states, ran.errors) == ([f"accepted:{MESSAGE_ID}"], [])


WAITS, ACCEPTED, REFUSED = (f"{state}:{MESSAGE_ID}" for state in ("waiting", "accepted", "refused"))
SWEEP = {"run": "sweep", "minutes": 5}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("steps", "statuses", "tries", "states"),
    [
        pytest.param([{"submit": 0}], [503], 1, [WAITS], id="it waits while the service is busy"),
        pytest.param([{"submit": 0}], [], 1, [WAITS], id="or out of reach"),
        pytest.param([{"submit": 0}], [401], 1, [WAITS], id="or has another secret"),
        pytest.param([{"submit": 0}], [302], 1, [WAITS], id="or is elsewhere"),
        pytest.param([{"submit": 0}, SWEEP, SWEEP], [503, 0, 202], 3, [ACCEPTED], id="and is sent until it is taken"),
        pytest.param([{"submit": 0}, SWEEP], [200], 1, [ACCEPTED], id="what was taken is not sent again"),
        pytest.param([{"submit": 0}, SWEEP], [409], 1, [ACCEPTED], id="nor what the service has otherwise"),
        pytest.param([{"submit": 0}, SWEEP], [400], 1, [REFUSED], id="nor what it will never take"),
        pytest.param([SWEEP], [202], 1, [ACCEPTED], id="a trigger that failed is made good"),
        pytest.param([{"minutes": 600}, SWEEP], [], 0, [], id="what came before the installing is left alone"),
        pytest.param([{"minutes": 600}, {"run": "sendAll"}], [202], 1, [ACCEPTED], id="until it is asked for"),
        pytest.param([{"submit": 0}, {"remove": 0}, SWEEP], [503], 1, [], id="what was deleted is forgotten"),
        pytest.param([{"submit": 0}, *[SWEEP] * 20], [202], 1, [], id="what was taken need not be remembered for ever"),
    ],
)
def test_an_answer_waits_until_the_service_has_it(
    steps: list[dict[str, Any]], statuses: list[int], tries: int, states: list[str]
) -> None:
    ran = run(steps, statuses)
    assert (len(ran.requests), ran.states, ran.errors) == (tries, states, [])
    assert len({(request["headers"]["webhook-id"], request["body"]) for request in ran.requests}) <= 1


@pytest.mark.slow
def test_an_edited_answer_is_sent_under_its_own_id() -> None:
    edited = f"2_ABaOnuc----{START + 60_000}"
    ran = run([{"submit": 0}, {"minutes": 1, "edit": 0}, SWEEP], [503, 202])
    assert [request["headers"]["webhook-id"] for request in ran.requests] == [MESSAGE_ID, edited]
    assert ran.states == [f"accepted:{edited}"]


@pytest.mark.slow
def test_installing_twice_leaves_two_triggers_and_long_waiting_is_complained_of() -> None:
    ran = run([{"run": "install"}, {"run": "install"}, {"submit": 0}, {"run": "sweep", "minutes": 1441}], [])
    assert ran.triggers == ["onSubmitted on submit", "sweep every 5"]
    assert [error.split(":")[0] for error in ran.errors] == ["תשובות שממתינות יותר מיממה"]


@pytest.mark.slow
def test_a_secret_is_made_once_and_nothing_is_sent_without_an_address() -> None:
    ran = run([{"run": "createSecret"}, {"run": "createSecret"}, {"run": "install"}, {"submit": 0}], [], properties={})
    Signer("classes", [ran.properties["SECRET"]])
    assert [error.split()[0] for error in ran.errors] == ["כבר", "חסרים", "חסרים"]
    assert (ran.states, ran.triggers) == ([WAITS], [])
