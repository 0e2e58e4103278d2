from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder alone unless `-m browser` asks for it: a newcomer's machine need not have playwright."""
    asked = str(config.getoption("markexpr"))
    return None if "browser" in asked and "not browser" not in asked else True
