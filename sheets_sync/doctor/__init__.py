"""What is wrong with an installation, and the remedy; nothing is written anywhere."""
