"""The service account whose signatures are taken here: its key file, as Google gives them out."""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_KEY_BITS = 2048
_PUBLIC_EXPONENT = 65537


@dataclass(frozen=True)
class Account:
    """Read with the first signature that is to be checked."""

    key_file: Path

    @cached_property
    def email(self) -> str:
        return str(json.loads(self.key_file.read_text(encoding="utf-8"))["client_email"])

    @cached_property
    def public_key(self) -> "RSAPublicKey":
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
            load_pem_private_key,
        )

        kept = json.loads(self.key_file.read_text(encoding="utf-8"))
        key = load_pem_private_key(kept["private_key"].encode(), None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError(self.key_file)
        return key.public_key()


def account(key_file: Path, email: str) -> Account:
    """Made where there is none; of several that make one at once, all use the first one's."""
    if not key_file.exists():
        key_file.parent.mkdir(parents=True, exist_ok=True)
        new = key_file.with_name(f"{key_file.name}.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(_made(email), encoding="utf-8")
        try:
            key_file.hardlink_to(new)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return Account(key_file)


def _made(email: str) -> str:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 once on a machine
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    key = rsa.generate_private_key(_PUBLIC_EXPONENT, _KEY_BITS).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return json.dumps(
        {
            "type": "service_account",
            "project_id": email.partition("@")[2].partition(".")[0],
            "private_key_id": "emulator",
            "private_key": key.decode(),
            "client_email": email,
            "token_uri": "https://oauth2.googleapis.com/token",
        }
    )
