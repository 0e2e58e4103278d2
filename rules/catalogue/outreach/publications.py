"""Rules of what is published: in time, for whom it was promised, and asking back."""
