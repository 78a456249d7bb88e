"""Settings all tests share."""

from hypothesis import settings

# No test judges time, so that a busy machine fails nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
