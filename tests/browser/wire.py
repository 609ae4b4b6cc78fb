"""What a page sends over the wire."""


def weight_of(page, address):
    """Open an address with an empty cache and give all that came, in bytes."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    received = []
    session.on(
        "Network.loadingFinished", lambda e: received.append(e["encodedDataLength"])
    )
    page.goto(address, wait_until="networkidle")
    return sum(received)
