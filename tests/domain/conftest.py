from hypothesis import settings

# The same examples on every machine and in every run: what is new is found by changing a test.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")
