"""What holds for all tests: a property has no time limit, since a busy machine is no fault of the code."""

from hypothesis import settings

settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")
