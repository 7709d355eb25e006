"""A Cloud Storage of one's own: unmodified clients reach it through STORAGE_EMULATOR_HOST.

A package of its own: it needs nothing else here, and of others cryptography and google-crc32c only.
"""
