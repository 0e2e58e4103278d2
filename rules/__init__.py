"""What must be true of a community's tables: pure, no input or output."""
