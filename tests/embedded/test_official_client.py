"""google-api-python-client, unmodified, with `api_endpoint` set; 16 MB, so it is fetched for this test alone."""

import subprocess
from pathlib import Path

import pytest

CLIENT = "google-api-python-client>=2.150,<3"


@pytest.mark.slow
def test_the_official_client_works() -> None:
    command = ["uv", "run", "--with", CLIENT, "python", "-m", "tests.embedded.official_client"]
    found = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
