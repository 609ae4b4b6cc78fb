"""Templates as Python reads them, kept from one start to the next."""

import hmac
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from kb.whole_file import write_whole

DIGEST_BYTES = 32


class KeptTemplates(BytecodeCache):
    """A folder of compiled templates, written as they are first shown.

    What is read is run, so each file is signed with the installation's key: one that
    is damaged, or that somebody else put there, is passed over. A folder that cannot
    be written costs time only.
    """

    def __init__(self, folder: Path, secret_key: str) -> None:
        """Keep templates in a folder; it is made when the first is written."""
        self._folder = folder
        self._key = f"templates {version('jinja2')} {secret_key}".encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template, if it is there and is ours."""
        try:
            content = self._path(bucket).read_bytes()
        except OSError:
            return
        digest, code = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if hmac.compare_digest(digest, self._sign(code)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template, whole or not at all."""
        code = bucket.bytecode_to_string()
        try:
            write_whole(self._path(bucket), self._sign(code) + code)
        except OSError:
            return

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / bucket.key

    def _sign(self, code: bytes) -> bytes:
        return hmac.digest(self._key, code, "sha256")
