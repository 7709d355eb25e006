"""Chance that is the same in every run: decided by a seed, never by the time."""

import threading
from collections import Counter
from hashlib import sha256

_BYTES_OF_A_FRACTION = 7
_FRACTIONS = float(1 << 8 * _BYTES_OF_A_FRACTION)


class Dice:
    """One row of throws for each kind of fault: the same seed and the same calls, the same faults.

    Never by the time: a slower machine would see another run.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._thrown: Counter[str] = Counter()
        self._throwing = threading.Lock()

    def falls(self, kind: str, probability: float) -> bool:
        if not probability:
            return False
        with self._throwing:
            self._thrown[kind] += 1
            number = self._thrown[kind]
        digest = sha256(f"{self._seed}:{kind}:{number}".encode()).digest()
        return int.from_bytes(digest[:_BYTES_OF_A_FRACTION]) / _FRACTIONS < probability
