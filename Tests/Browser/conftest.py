"""The portal, a browser, and pages in it."""

import itertools
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import portal as portals
from inspection import Inspector
from world import SIZES, World

CHROMIUM = "/usr/bin/chromium"
networks = itertools.count(1)
SHOTS = Path(__file__).parent / "shots"


def pytest_configure(config):
    if portals.program() is None:
        where = os.environ.get("SURATIZIN_BIN") or ".build/release or .build/debug; run `swift build`"
        pytest.exit(f"the program suratizin is missing ({where})", returncode=3)
    if not Path(CHROMIUM).exists():
        pytest.exit(f"{CHROMIUM} is missing; run .ci/setup test", returncode=3)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    server = portals.Portal(portals.program(), tmp_path_factory.mktemp("portal") / "data")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def world(browser, portal):
    return World(browser, portal)


@pytest.fixture
def open_page(browser, portal):
    """Opens a page as a person of their own (own cookies): `open_page(width=390, script=True)`."""
    contexts = []

    def open_one(width=390, script=True, **options):
        # Everybody comes from a network of their own, as in life: limits count by address.
        number = next(networks)
        options.setdefault("extra_http_headers", {"X-Forwarded-For": f"10.{number >> 8 & 255}.{number & 255}.7"})
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]}, java_script_enabled=script, locale="id-ID",
            timezone_id="Asia/Jakarta", base_url=portal.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def inspect(tmp_path):
    """Makes the inspector of a journey; says what it found also when the journey ends early."""
    inspectors = []

    def begin(**options):
        inspectors.append(Inspector(tmp_path / f"pages-{len(inspectors)}", **options))
        return inspectors[-1]

    yield begin
    for inspector in inspectors:
        if not inspector.is_done and inspector.faults:
            print("\n".join(["before the test ended early:", *inspector.faults]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keeps a picture of every open page of a test that failed."""
    report = yield
    if report.when == "call" and report.failed:
        for browser in filter(None, [item.funcargs.get("browser")]):
            SHOTS.mkdir(exist_ok=True)
            name = re.sub(r"[^\w-]+", "-", item.name)
            for number, page in enumerate(page for context in browser.contexts for page in context.pages):
                try:
                    page.screenshot(path=SHOTS / f"failed-{name}-{number}.png", full_page=True, timeout=5000)
                except Exception as error:
                    print(f"no picture: {error}")
    return report
