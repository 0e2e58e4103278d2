"""The stage: what the community says of itself reaches the service, and a pass notices what the story tells."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.lifecycle import Step
from sheets_sync.demo.layouts import WELFARE
from sheets_sync.demo.stage import NotOurs, stage
from sheets_sync.pass_ import run_pass
from sheets_sync.wiring import open_service

PROFILES = ("community", "sustainability")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_settings_are_the_communitys(tmp_path: Path, profile: str) -> None:
    with stage(tmp_path / "demo", date(2026, 11, 23), profile) as scene:
        told, community = scene.settings.for_rules, scene.community.settings
        assert replace(told, spot=community.spot) == community
        assert scene.settings.community.profile == profile
        assert {one.name for one in scene.settings.spreadsheets if one.restricted} <= {WELFARE}
        assert {one.name for one in scene.settings.spreadsheets} == set(scene.community.workbooks)
        assert scene.settings.rules == {}


def test_a_folder_keeps_its_profile(tmp_path: Path) -> None:
    with stage(tmp_path / "demo", date(2026, 11, 23), "sustainability") as scene:
        assert scene.is_new
    with pytest.raises(NotOurs), stage(tmp_path / "demo", date(2026, 11, 24)):
        pass
    with stage(tmp_path / "demo", date(2026, 12, 24), "sustainability") as again:
        assert (again.is_new, again.community.today) == (False, date(2026, 11, 23))


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_a_pass_notices_what_the_story_tells(tmp_path: Path, profile: str) -> None:
    """Beside it the welfare file, which its owner shared by a link."""
    today = datetime.now(ZoneInfo("Asia/Jerusalem")).date()
    with stage(tmp_path / "demo", today, profile) as scene:
        first, second = (run_pass(open_service(scene.settings)) for _ in range(2))
    told = Counter(one.of.rule for one in scene.community.story.findings if not one.after)
    shared = Counter({"privacy.shared": 1} if WELFARE in scene.community.workbooks else {})
    opened = Counter(one.alert.rule for one in first.plan.transitions if one.step is Step.OPENED)
    assert opened == told + shared
    assert second.requests == 0
