"""`python -m sheets_sync`: the commands."""

from sheets_sync.cli import main

main()
