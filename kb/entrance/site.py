"""Where the links in messages begin."""

from urllib.parse import urlsplit

from flask import request

from kb.entrance.labels import _
from kb.entrance.request import office
from kb.errors import Unavailable

OWN = {"localhost", "127.0.0.1", "::1"}


def site() -> str:
    """Give the public address of this installation.

    What a browser claims the host to be goes into no message: who asks for somebody
    else's link would have it lead to his own site. Only a machine that is asked by its
    own keyboard may believe it.

    :raises Unavailable: no public address is set.
    """
    address = office().settings.address
    if address:
        return address
    if urlsplit(request.url_root).hostname in OWN:
        return request.url_root
    raise Unavailable(
        _("No messages can be sent: this site does not know its address (KB_ADDRESS).")
    )
