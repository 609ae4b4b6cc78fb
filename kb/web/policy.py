"""What a page may do, as its headers tell the browser."""

from flask import Response

CONTENT, PERMISSIONS = "Content-Security-Policy", "Permissions-Policy"
SECURITY = {
    CONTENT: "default-src 'none'; img-src 'self'; style-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    PERMISSIONS: "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STAY_SECURE = "max-age=63072000; includeSubDomains"
"""Two years of https only, for this host and all below it."""


def may_ask_where(response: Response) -> Response:
    """Let a page run our own script that asks the phone where it is."""
    response.headers[CONTENT] = f"{SECURITY[CONTENT]}; script-src 'self'"
    response.headers[PERMISSIONS] = SECURITY[PERMISSIONS].replace(
        "geolocation=()", "geolocation=(self)"
    )
    return response


def may_ask_us(response: Response) -> Response:
    """Let a page run our own script that asks us while somebody types."""
    response.headers[CONTENT] = (
        f"{SECURITY[CONTENT]}; script-src 'self'; connect-src 'self'"
    )
    return response
