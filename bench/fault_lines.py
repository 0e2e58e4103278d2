"""The lines of the fault matrix: what strikes, what must hold, how many runs there are in all, and the tests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line; `runs` in all, 0 where the tests' own points are all there is."""

    name: str
    strike: str
    holds: str
    runs: int
    tests: tuple[str, ...]
    never_none: tuple[str, ...] = ()
    """What else the tests count that must have happened."""


SYNC, WEB, STORE = "tests/sync", "tests/webhooks", "tests/store"

LINES = (
    Line(
        "inbox",
        "`kill -9` before the inbox commit; after it, before the answer; at any moment",
        "no 2xx is lost, and a resend makes no second row",
        500,
        (f"{WEB}/test_kill.py",),
    ),
    Line(
        "kills",
        "`kill -9` at each boundary of a pass and of intake, and with a request in flight",
        "written once, told once",
        335,
        (f"{SYNC}/test_pass_kills.py",),
    ),
    Line(
        "mends",
        "`kill -9` between a write that met an edit and its mending",
        "the next pass puts back what of a person's was displaced",
        112,
        (f"{SYNC}/test_killed_before_mending.py",),
        ("struck",),
    ),
    Line(
        "stops",
        "SIGSTOP past the lease at each boundary; the time of day of a process jumps",
        "the stopped one sends only what had passed its check",
        0,
        (f"{SYNC}/test_lease_processes.py", f"{STORE}/test_stopped_holder.py"),
    ),
    Line(
        "cuts",
        "a connection cut at byte N, there or back: service and Google, form and web",
        "0 or 1 row, and 1 in the end",
        300,
        (f"{SYNC}/test_cut_requests.py",),
    ),
    Line(
        "late",
        "a write is applied and its answer lost or late, or is applied up to 200 s late",
        "exactly one row",
        500,
        (f"{SYNC}/test_late_answers.py",),
    ),
    Line(
        "marks",
        "the database fails at each statement and commit of a pass in turn",
        "marked by the next pass, no second row",
        0,
        (f"{SYNC}/test_database_fails.py",),
    ),
    Line(
        "busy",
        "429, 500, 503, an HTML 502, a hang, a lost or late answer, for one spreadsheet or all",
        "at most the quota's calls in any minute, nothing lost, caught up in 5 minutes",
        200,
        (f"{SYNC}/test_fault_line.py",),
    ),
    Line("disk", "the disk is full", "503, reads go on, and all goes on with room", 20, (f"{SYNC}/test_disk_full.py",)),
    Line(
        "clocks",
        "the clock jumps by 10 minutes or a day, there and back",
        "no second pass beside one, no storm of alerts",
        20,
        (f"{SYNC}/test_clock_jumps.py",),
    ),
    Line(
        "postgres",
        "PostgreSQL restarts and crashes under two workers",
        "one writer a community; nothing lost or doubled of 5,000 answers",
        5_000,
        (f"{SYNC}/test_postgres_restarts.py",),
    ),
    Line(
        "pushes",
        "every push is lost; the watch has expired",
        "found by the sweep in 5 minutes",
        20,
        (f"{SYNC}/test_catching_up.py::test_without_a_push_the_sweep_finds_it",),
    ),
    Line(
        "away",
        "Google is away for minutes or hours",
        "caught up with 5 minutes after it recovers",
        20,
        (f"{SYNC}/test_catching_up.py::test_after_google_was_away_all_stands_in_time",),
    ),
    Line(
        "resume",
        "`kill -9` of the whole service at work, its lease held",
        "goes on within 30 s of its start",
        20,
        (f"{SYNC}/test_catching_up.py::test_a_service_that_was_killed_goes_on_in_time",),
    ),
    Line(
        "upgrade",
        "`kill -9` in an upgrade of the database, and in the copying before it",
        "the old tables or the new, never half; no half copy",
        100,
        (
            f"{STORE}/test_upgrade.py::test_killed_anywhere_it_is_the_old_or_the_new",
            f"{STORE}/test_upgrade.py::test_killed_while_it_copies_there_is_no_half_copy",
        ),
    ),
    Line(
        "people",
        "a person edits, sorts, inserts, deletes, renames between read and write, and between write and mend",
        "marks on the right rows or none, and no cell of theirs changes",
        500,
        (f"{SYNC}/test_races.py",),
        ("read_to_write", "write_to_mend"),
    ),
)
