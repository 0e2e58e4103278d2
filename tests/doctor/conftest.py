"""The commands as a person types them, as in tests/cli."""

from tests.cli.conftest import terminal

__all__ = ["terminal"]
