"""Hands that wait: a click that leads to another page is done when that page is read.

Playwright goes on as soon as the answer begins to come; on a busy machine a test would
then look at a page that is half read, or still at the one before.
"""


def follow(page, leading, **how):
    """Click on what leads to another page, and wait until that page is read."""
    with page.expect_event("domcontentloaded"):
        leading.click(**how)


def follow_enter(page):
    """Press the enter key where it leads to another page, and wait likewise."""
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("Enter")
