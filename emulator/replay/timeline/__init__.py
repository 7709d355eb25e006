"""A year of a complaints export, at its own times: reports arrive, agencies answer or do not."""
