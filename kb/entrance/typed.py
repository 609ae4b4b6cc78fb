"""What addresses ask for, without the one sign that nothing here is called by.

A NUL is on no keyboard and PostgreSQL refuses it in any text, so whoever puts one into
an address would be told that the database is out of order. It is left out of addresses
of pages, in names as in values. Forms are checked field by field and say what does not
fit; the API takes nothing else than it was sent, and refuses a NUL by name.
"""

from functools import cached_property

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

NUL = "\x00"
ENCODED = b"%00"


class TypedRequest(Request):
    """A request whose address holds no NUL, if it is that of a page."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Give what the address asks for."""
        given = super().args
        if ENCODED not in self.query_string or self.path.startswith("/api/"):
            return given
        pairs = given.items(multi=True)
        return ImmutableMultiDict(
            [(name.replace(NUL, ""), said.replace(NUL, "")) for name, said in pairs]
        )
