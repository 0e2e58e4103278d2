"""Rules of installations: checked in time, and not stuck."""
