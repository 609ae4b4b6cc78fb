"""Passwords: which are good enough, and what is kept of them (argon2id).

Source: OWASP Password Storage Cheat Sheet (argon2id, at least 19 MiB and 2 passes) and
ASVS 5.0, 6.2 (length and a list of common ones, no rules on which signs to use).
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.errors import NotValid
from kb.folding import fold
from kb.language import _
from kb.people.weak import is_common

SHORTEST, LONGEST = 8, 256
"""Signs of a password."""
_AT_A_TIME = BoundedSemaphore(2)
"""A flood of sign-ins is not to take all processors and 46 MiB for each."""


@dataclass(frozen=True)
class NewPassword:
    """A password that was found good enough, as it is kept."""

    hash: str


@dataclass(frozen=True)
class Hasher:
    """How much work it is to try a password.

    As set, 267 ms of processor time (median of 9, AMD EPYC, November 2026).
    """

    memory_kib: int = 46 * 1024
    passes: int = 5

    @cached_property
    def _argon2(self) -> PasswordHasher:
        return PasswordHasher(self.passes, self.memory_kib, parallelism=1)

    @cached_property
    def _nobodys(self) -> str:
        """A hash to compare with where there is no account: it takes as long."""
        return self._argon2.hash("nobody has this password")

    def accept(self, password: str, *, name: str = "", email: str = "") -> NewPassword:
        """Take a new password.

        :raises NotValid: it is too short or long, common, or the name or address.
        """
        problem = weakness(password, name=name, email=email)
        if problem is not None:
            raise NotValid(
                _("Please look at the marked fields."), {"password": [problem]}
            )
        with _AT_A_TIME:
            return NewPassword(self._argon2.hash(_composed(password)))

    def matches(self, kept: str | None, password: str) -> bool:
        """Say whether a password is the one kept; takes as long if none is kept."""
        given = _composed(password[: LONGEST + 1])
        with _AT_A_TIME:
            try:
                self._argon2.verify(kept or self._nobodys, given)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Say whether a hash was made with other work than is asked for now."""
        return self._argon2.check_needs_rehash(kept)

    def again(self, password: str) -> NewPassword:
        """Hash a password anew that was found right."""
        with _AT_A_TIME:
            return NewPassword(self._argon2.hash(_composed(password)))


def weakness(password: str, *, name: str = "", email: str = "") -> str | None:
    """Say what is wrong with a password; nothing if it will do."""
    if "\x00" in password:
        return str(_("Please leave out signs that cannot be seen."))
    if len(password) < SHORTEST:
        return str(
            _("At least %(n)s signs, please. Some words in a row are good.", n=8)
        )
    if len(password) > LONGEST:
        return str(_("At most %(n)s signs, please.", n=LONGEST))
    said, mailbox = fold(password), email.partition("@")[0]
    if said in {fold(name), fold(email), fold(mailbox)}:
        return str(_("Please do not use your name or address as the password."))
    if is_common(password):
        return str(_("Too many people use this password. Please take another."))
    return None


def _composed(password: str) -> str:
    """Give the same bytes for the same signs, whatever keyboard they come from."""
    return unicodedata.normalize("NFC", password)
