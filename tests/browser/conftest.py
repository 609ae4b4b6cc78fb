"""A real Chromium, and a site served as administrators serve it."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

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


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium", "apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
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

    def go(address, *, width=1200, height=900, scripts=False, policy=False, **options):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
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

    yield go
    for context in contexts:
        context.close()
