"""A real Chromium, and a site served as administrators serve it."""

import shutil

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.cli.terminal import PATIENCE_SECONDS, first_answer, free_port, kb
from tests.conftest import missing

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Chromium:
    """A browser that is begun anew if it broke down: that says nothing of our pages."""

    def __init__(self, playwright, program):
        self._playwright, self._program = playwright, program
        self._browser = None

    @property
    def is_there(self):
        """Say whether it runs."""
        return self._browser is not None and self._browser.is_connected()

    def new_context(self, **options):
        """Open a window of its own."""
        if not self.is_there:
            launch = self._playwright.chromium.launch
            self._browser = launch(executable_path=self._program, args=FLAGS)
        return self._browser.new_context(**options)

    def close(self):
        if self.is_there:
            self._browser.close()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium", "apt install chromium")
    with sync_playwright() as playwright:
        browser = Chromium(playwright, program)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def home(demo, tmp_path_factory):
    """Give a copy of the prepared home."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(demo / "home", home)
    return home


@pytest.fixture(scope="session")
def site(home):
    """`kb serve` over the home; give its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = kb(
        "--home",
        str(home),
        "serve",
        "--port",
        str(port),
        KB_SECRET_KEY="16 different signs",
    )
    first_answer(f"{address}/healthz", process)
    yield address
    process.terminate()
    process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def open_page(chromium, site):
    """Open a page of the site in a window of its own, scripts off unless asked for.

    Where tests run scripts, the policy of the pages is set aside unless asked for.
    """
    contexts = []

    def opened(address, *, scripts, policy, **options):
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=scripts,
            bypass_csp=scripts and not policy,
            **options,
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        page.foreign = []
        page.on(
            "request",
            lambda r: r.url.startswith(site) or page.foreign.append(r.url),
        )
        page.goto(address)
        return page

    def go(address, *, width=1200, height=900, scripts=False, policy=False, **options):
        options |= {"viewport": {"width": width, "height": height}}
        try:
            return opened(address, scripts=scripts, policy=policy, **options)
        except Error:
            if chromium.is_there:
                raise
            return opened(address, scripts=scripts, policy=policy, **options)

    yield go
    for context in contexts:
        if context.browser.is_connected():
            context.close()
