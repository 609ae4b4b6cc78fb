"""What the SMS gateway posts. Without the file of a gateway there is no such address.

It is no form of a person: what it has instead of a form's token is its signature.
"""

from pathlib import Path

from flask import Blueprint, Response, request

from kb.entrance.desks import these_desks
from kb.entrance.refusals import STATUS
from kb.entrance.request import office, writing_session
from kb.errors import KbError, NotFound
from kb.inbox.texting import Door, Posted, take_post
from kb.language import _
from kb.sms.gateway import Gateway, read_gateway
from kb.web.feedback_page import known_site

door = Blueprint("sms", __name__, url_prefix="/sms")
KEPT = "gateway"


@door.post(f"/<any({','.join(each.value for each in Door)}):name>")
def post(name: str) -> Response:
    """Take in what the gateway tells; the worker sends what follows from it."""
    gateway = _gateway()
    headers = {key.casefold(): value for key, value in request.headers.items()}
    body = request.get_data(cache=False, parse_form_data=False)
    desks, site = these_desks(), known_site()
    session = writing_session()
    try:
        posted = Posted(Door(name), headers, body)
        take_post(session, posted, gateway, desks, site)
    except KbError as refused:
        return Response(f"{refused}\n", STATUS.get(type(refused), 500), mimetype=PLAIN)
    session.commit()
    return Response("ok\n", mimetype=PLAIN)


PLAIN = "text/plain"


def _gateway() -> Gateway:
    """Give the gateway, as its file says since it was changed last.

    :raises NotFound: there is none.
    """
    named = office().settings.sms
    if not named:
        raise NotFound(_("There is no such page."))
    path = Path(named)
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    read_at, found = office().kept.get(KEPT, (None, None))
    if found is None or read_at != stamp:
        found = read_gateway(path)
        office().kept[KEPT] = stamp, found
    gateway: Gateway = found
    return gateway
