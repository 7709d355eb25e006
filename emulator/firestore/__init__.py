"""An embedded Firestore: what the client asks through FIRESTORE_EMULATOR_HOST, without a JVM.

A package of its own: it needs emulator/rpc, grpcio and google-cloud-firestore, nothing else here.
"""

from emulator.firestore.broom import Lifetime
from emulator.firestore.indexes import Declared, Exemption, Index, IndexField
from emulator.firestore.manifest import Section, read_section
from emulator.firestore.server import Running, serve
from emulator.rpc.status import Refused

__all__ = [
    "Declared",
    "Exemption",
    "Index",
    "IndexField",
    "Lifetime",
    "Refused",
    "Running",
    "Section",
    "read_section",
    "serve",
]
