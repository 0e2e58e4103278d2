import os
import signal
import subprocess
import sys

import pytest

REACH_THRICE = "from sheets_sync.faultpoints import reach\nfor n in '123': reach('here'); print(n, flush=True)"


def run(order: str) -> subprocess.Popen[str]:
    environment = os.environ | {"SHEETS_SYNC_FAULT": order}
    return subprocess.Popen(
        [sys.executable, "-c", REACH_THRICE], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize(
    ("order", "printed", "status"),
    [
        ("", "1\n2\n3\n", 0),
        ("elsewhere:kill", "1\n2\n3\n", 0),
        ("here:kill", "", -signal.SIGKILL),
        ("here:kill:3", "1\n2\n", -signal.SIGKILL),
        ("here:kil", "", 1),
        ("here", "", 1),
    ],
)
def test_the_named_boundary_strikes_in_its_turn(order: str, printed: str, status: int) -> None:
    process = run(order)
    out, _ = process.communicate(timeout=20)
    assert (out, process.returncode) == (printed, status)


def test_a_stopped_process_goes_on_when_it_is_continued() -> None:
    process = run("here:stop:2")
    _, stopped = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(stopped)
    process.send_signal(signal.SIGCONT)
    out, _ = process.communicate(timeout=20)
    assert out == "1\n2\n3\n"
