"""Where to lead somebody after signing in: a page of ours, and no other."""

import re

from flask import request, url_for

from kb.language import INTERFACE

_OURS = re.compile(rf"/(?:{'|'.join(INTERFACE)})/[!-\[\]-~]*")
"""Begins with a language; no blank, control sign, backslash or bare script."""


def onward() -> str:
    """Give the page that was asked for before signing in, else the account."""
    return asked_for() or url_for("account.account")


def asked_for() -> str:
    """Give the page that was asked for; empty if none of ours was."""
    asked = request.values.get("next", "")
    return asked if _OURS.fullmatch(asked) else ""


def this_page() -> str:
    """Give what to come back to: this page, or the account if it was a form."""
    return request.path if request.method == "GET" else url_for("account.account")
