"""Rules of channels: a rhythm that is kept, and rules of talk that are posted."""
