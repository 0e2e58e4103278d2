"""Speed of the embedded Google, over HTTP on this machine, in one run.

Load 100,000 × 10 cells by one values.update, read them back (against json.dumps of the same answer), 1,000 appends,
an edit under 1,000 dependent formulas, and the start. `--json` prints one object a line: name, value, unit, against,
ratio, goal.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import requests

ROWS, COLUMNS = 100_000, 10
SERVE = "import sys; from pathlib import Path; from sheets_sync.embedded.server import serve; \
serve(Path(sys.argv[1]), any_token=True, ready=lambda url: print(url, flush=True))"


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came back."""
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


Line = dict[str, Any]


def line(name: str, value: float, unit: str, against: str = "", ratio: float | None = None, goal: str = "") -> Line:
    """One figure, as `--json` prints it."""
    short = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": round(value, 3), "unit": unit, "against": against, "ratio": short, "goal": goal}


class Caller:
    """A session with the token of a person, and one spreadsheet."""

    def __init__(self, url: str) -> None:
        self.session = requests.Session()
        self.session.headers["Authorization"] = "Bearer bench"
        self.base = f"{url}/v4/spreadsheets"
        self.base += "/" + self.call("POST", "", json={})["spreadsheetId"]

    def call(self, method: str, path: str, **kwargs: Any) -> Any:
        answer = self.session.request(method, self.base + path, timeout=300, **kwargs)
        answer.raise_for_status()
        return orjson.loads(answer.content)

    def batch(self, *found: dict[str, Any]) -> None:
        self.call("POST", ":batchUpdate", json={"requests": list(found)})


def big(caller: Caller) -> list[Line]:
    """Load and read 100,000 rows of registrations."""
    values = [
        [f"REG-{i}", "נועה כהן", f"050{i:07d}", i % 18, 230.5, 46_000 + i % 300, i % 2 == 0, "קרמיקה", "שולם", i]
        for i in range(ROWS)
    ]
    grid = {"sheetId": 0, "gridProperties": {"rowCount": ROWS, "columnCount": COLUMNS}}
    caller.batch({"updateSheetProperties": {"properties": grid, "fields": "gridProperties(rowCount,columnCount)"}})
    body = orjson.dumps({"values": values})
    load, _ = timed(lambda: caller.call("PUT", "/values/A1:J?valueInputOption=RAW", data=body))
    found = [line("load 100,000 x 10 by values.update", load, "s")]
    filters = {"dataFilters": [{"gridRange": {"sheetId": 0}}], "majorDimension": "COLUMNS"}
    options = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
    found.append(read("COLUMNS, UNFORMATTED_VALUE", caller, "POST", ":batchGetByDataFilter", filters | options))
    found.append(read("ROWS, FORMATTED_VALUE", caller, "GET", "/A1:J"))
    return found


def read(name: str, caller: Caller, method: str, path: str, body: Line | None = None) -> Line:
    """A read of everything, in rounds with json.dumps of what came back."""
    took, dumps = [], []
    for _ in range(5):
        url = f"{caller.base}/values{path}"
        seconds, answer = timed(lambda url=url: caller.session.request(method, url, json=body, timeout=300))  # type: ignore[misc]
        took.append(seconds)
        decoded = orjson.loads(answer.content)
        dumps.append(timed(lambda found=decoded: json.dumps(found))[0])  # type: ignore[misc]
    middle, floor = statistics.median(took), statistics.median(dumps)
    return line(f"read as {name}", middle, "s", "json.dumps of the answer", middle / floor, "<= 4")


def appends(caller: Caller) -> Line:
    """1,000 appends of one row."""

    def act() -> None:
        for number in range(1_000):
            body = {"values": [[f"r{number}", number, "x"]]}
            caller.call("POST", "/values/Sheet1!A1:append?valueInputOption=RAW", json=body)

    seconds, _ = timed(act)
    return line("1,000 appends", seconds, "s")


def dependents(caller: Caller) -> Line:
    """Edit one cell that 1,000 formulas depend on: the server's time, HTTP and commit included."""
    formulas = [[f"=$A$1*{number}"] for number in range(1, 1_001)]
    path = "/values/A1?valueInputOption=RAW"
    caller.call("PUT", path, json={"values": [[1]]})
    caller.call("PUT", "/values/B1:B1000?valueInputOption=USER_ENTERED", json={"values": formulas})
    times = []
    for number in range(2, 23):
        body = {"values": [[number]]}
        times.append(timed(lambda body=body: caller.call("PUT", path, json=body))[0] * 1000)  # type: ignore[misc]
    assert caller.call("GET", "/values/B1000")["values"] == [["22000"]]
    return line("edit of a cell under 1,000 formulas", statistics.median(times), "ms", goal="<= 20")


def measure(data: Path) -> list[Line]:
    """All of it, against a server in a process of its own."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        requests.get(url, timeout=10)
        found = [line("start", time.perf_counter() - began, "s", goal="<= 2")]
        return [*found, *big(Caller(url)), appends(Caller(url)), dependents(Caller(url))]
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        for each in measure(Path(data)):
            if asked.json:
                print(json.dumps(each))
            else:
                ratio = "" if each["ratio"] is None else f"  {each['ratio']} x {each['against']}"
                print(f"{each['name']:<60}{each['value']:>10} {each['unit']}{ratio}  {each['goal']}")


if __name__ == "__main__":
    main()
