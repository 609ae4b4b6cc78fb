"""Where to go on in a list of results that may change meanwhile.

A cursor says what came last: by an order that belongs to the record, such as its title,
the key of the last hit; by best match, where every new record changes how well all
others match, the records that were given. So whatever is put in or taken out between
two pages, a record that stays as it is is given once. By best match there is no room
for more than some ten thousand records: from there on a cursor holds the score of the
last hit, and where records come and go meanwhile, one that scores much like it may be
given twice or not at all. It also says which words were
searched, where these are not those typed: which words stand nowhere may change, too.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from kb.errors import NotValid
from kb.language import _
from kb.search.document import COMPARED, MATCHES, Found, Key, Query
from kb.search.words import LONGEST_QUERY

LONGEST = 2600
"""Signs of a cursor: servers take addresses of 4,000, with words and filters."""
MOST_BYTES = 1 << 21
"""Of what a cursor holds; what unpacks to more was not written here."""
MOST_GIVEN = 100_000
"""Records that a cursor names at most: those close together take little room in it, but
all take memory."""
_SEAL_BYTES = 8
_GREATEST = 1 << 53


def next_cursor(query: Query, found: Found, asked: str) -> str | None:
    """Give where to go on after a page; nothing behind the last.

    :param asked: all that decides what is found; the cursor is good for nothing else.
    """
    if not found.more:
        return None
    if query.sort != "best" or query.after:
        return _written(query, found.last, frozenset(), asked)
    given = query.given | {hit.record_id for hit in found.hits}
    named = _written(query, (), given, asked) if len(given) <= MOST_GIVEN else None
    reordered = len(given) < COMPARED
    return named or (
        None if reordered else _written(query, found.last, frozenset(), asked)
    )


def _written(query: Query, last: Key, given: Collection[int], asked: str) -> str | None:
    """Write a cursor; nothing if it grows too long."""
    words = query.words[:LONGEST_QUERY]
    said = {"words": words, "match": query.match, "after": last}
    whole = zlib.compress(json.dumps(said).encode() + b"\n" + _as_bits(given), 9)
    written = urlsafe_b64encode(_seal(whole, asked) + whole).decode().rstrip("=")
    return written if len(written) <= LONGEST else None


def resumed(query: Query, cursor: str, asked: str) -> Query:
    """Give the query that goes on where a cursor says.

    :raises NotValid: the cursor was not given out for this search.
    """
    try:
        return _unpacked(query, cursor, asked)
    except (ValueError, zlib.error, LookupError, TypeError) as wrong:
        problem = {"cursor": [str(_("This was not given out for this search."))]}
        raise NotValid(_("This search cannot be answered."), problem) from wrong


def _unpacked(query: Query, cursor: str, asked: str) -> Query:
    """Read a cursor; what does not fit raises one of many errors."""
    if len(cursor) > LONGEST:
        raise ValueError
    packed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    seal, whole = packed[:_SEAL_BYTES], packed[_SEAL_BYTES:]
    if seal != _seal(whole, asked):
        raise ValueError
    plain = zlib.decompressobj().decompress(whole, MOST_BYTES)
    head, _end, given = plain.partition(b"\n")
    said = json.loads(head)
    if said["match"] not in MATCHES:
        raise ValueError
    return replace(
        query,
        words=_plain(said["words"])[:LONGEST_QUERY],
        match=said["match"],
        after=_key(said["after"], query.sort),
        given=_from_bits(given),
    )


def _key(said: Sequence[Any], sort: str) -> Key:
    """Read the key of an order; with ``best`` there may be none."""
    if sort == "best" and said == []:
        return ()
    value, order = said
    if sort == "title":
        value = _plain(value)
    elif type(value) not in {int, float}:
        raise TypeError
    if type(order) is not int:
        raise TypeError
    if any(abs(n) > _GREATEST for n in (value, order) if not isinstance(n, str)):
        raise ValueError
    return value, order


def _plain(said: object) -> str:
    """Read words; what no database takes is refused."""
    if not isinstance(said, str) or "\0" in said:
        raise TypeError
    return said.encode().decode()


def _seal(whole: bytes, asked: str) -> bytes:
    """Tie a cursor to its search, so that a slip of the pen is noticed.

    It is no secret: who makes up a cursor gets a part of what she could ask for anyway.
    """
    return blake2b(whole + asked.encode(), digest_size=_SEAL_BYTES).digest()


def _as_bits(ids: Collection[int]) -> bytes:
    """Write numbers in few bytes: the n-th bit is set for the number n."""
    bits = bytearray(max(ids, default=-1) // 8 + 1)
    for each in ids:
        bits[each // 8] |= 1 << each % 8
    return bytes(bits)


def _from_bits(bits: bytes) -> frozenset[int]:
    if int.from_bytes(bits).bit_count() > MOST_GIVEN:
        raise ValueError
    return frozenset(
        8 * place + n
        for place, byte in enumerate(bits)
        if byte
        for n in range(8)
        if byte >> n & 1
    )
