"""What is written, how it does no harm, and how it is known that it stands."""
