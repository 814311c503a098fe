#!/usr/bin/env python3
"""Takes a picture of every screen at 390 and 1280 pixels into shots/, to be looked at.

Usage: .venv/bin/python Tests/Browser/screens.py [part of a name]
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import portal as portals
import steps
from conftest import CHROMIUM, SHOTS, SIZES
from places import places, prepare


def main(wanted=""):
    binary = portals.program() or sys.exit("the program suratizin is missing: set SURATIZIN_BIN or run `swift build`")
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        portal = portals.Portal(binary, Path(folder) / "data")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            for picture in pictures(browser, portal, wanted):
                print(picture)
        finally:
            browser.close()
            portal.stop()


def pictures(browser, portal, wanted):
    first = browser.new_context(base_url=portal.url)
    person = prepare(first.new_page(), portal)
    states = {None: None, person.email: first.storage_state()}
    for scheme, width in [("light", 390), ("light", 1280), ("dark", 390)]:
        pages = {}
        for name, (who, path, _) in places(portal, person).items():
            if wanted not in name:
                continue
            if who not in pages:
                pages[who] = browser.new_context(
                    viewport={"width": width, "height": SIZES[width]}, base_url=portal.url, storage_state=states.get(who),
                    color_scheme=scheme, locale="id-ID").new_page()
                if who not in states:
                    steps.log_in(pages[who], portal, who)
            pages[who].goto(path)
            yield shot(pages[who], name, width, scheme)
        if not wanted or wanted in "sign-up-errors":
            page = browser.new_context(
                viewport={"width": width, "height": SIZES[width]}, base_url=portal.url, color_scheme=scheme).new_page()
            page.goto("/daftar")
            steps.press(page, "Buat akun")
            yield shot(page, "sign-up-errors", width, scheme)


def shot(page, name, width, scheme):
    page.wait_for_load_state("networkidle")
    path = SHOTS / f"{name}-{width}{'-dark' if scheme == 'dark' else ''}.png"
    page.screenshot(path=path, full_page=True)
    return path


if __name__ == "__main__":
    main(*sys.argv[1:])
