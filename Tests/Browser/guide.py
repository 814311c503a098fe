#!/usr/bin/env python3
"""Takes the pictures of the help page's guide anew, in every language, from a demo portal: Public/img/guide/<language>/.

Usage: make guide. Run it after screens have changed, and commit what it writes: the pictures, and beside them in
guide-words.json the words that stand in each, by which a test tells that a picture is out of date.
"""

import io
import json
import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import portal as portals
import steps
from conftest import CHROMIUM
from places import places, prepare

GUIDE = portals.ROOT / "Public/img/guide"
WORDS = Path(__file__).with_name("guide-words.json")
# The words within the window. What has a number in it, such as a day or a reference, is another each time.
SEEN = """() => {
  const seen = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const range = document.createRange(), text = walk.currentNode.data.trim();
    range.selectNodeContents(walk.currentNode);
    const {top, bottom, width} = range.getBoundingClientRect();
    const isShown = walk.currentNode.parentElement.checkVisibility?.() ?? true;
    if (text && isShown && width > 1 && top >= 0 && bottom <= innerHeight && !/[0-9]/.test(text)
        && !walk.currentNode.parentElement.closest('.ref, .away')) seen.push(text);
  }
  return seen;
}"""
LANGUAGES = ["id", "en"]
# As wide as a phone; half as much again in pixels, so that words stay readable.
WIDTH, HEIGHT, SCALE = 390, 520, 1.5
COLOURS = 24
MOST_BYTES = 25_000

# Step of the guide: screen of places.py, and what stands at the top of the picture.
STEPS = {
    "requirements": ("service", "#papers"),
    "account": ("sign-up", "h1"),
    "form": ("section-1", "h1"),
    "papers": ("papers", "h1"),
    "check": ("check", "h1"),
    "status": ("status", "h1"),
    "letter": ("status-issued", ".panel[aria-labelledby=letter-title]"),
}


def main():
    binary = portals.program() or sys.exit("the program suratizin is missing: set SURATIZIN_BIN or run `swift build`")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        portal = portals.Portal(binary, Path(folder) / "data")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            words = {}
            for path, page in screens(browser, portal):
                words[str(path.relative_to(GUIDE))] = page.evaluate(SEEN)
                size = keep(page.screenshot(animations="disabled", caret="hide"), path)
                print(f"{path.relative_to(portals.ROOT)}  {size:,} bytes")
            WORDS.write_text(json.dumps(words, ensure_ascii=False, indent=1) + "\n")
        finally:
            browser.close()
            portal.stop()


def screens(browser, portal):
    """Every picture's path with its page, scrolled to what the picture shows."""
    person, states = people(browser, portal)
    screens = places(portal, person)
    for language in LANGUAGES:
        (GUIDE / language).mkdir(parents=True, exist_ok=True)
        for step, (screen, top) in STEPS.items():
            who, address, _ = screens[screen]
            page = reader(browser, portal, language, states[who])
            page.goto(address)
            page.wait_for_load_state("networkidle")
            page.locator("main").locator(top).first.evaluate(
                "element => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 12)")
            yield GUIDE / language / f"{step}.png", page
            page.context.close()


def people(browser, portal):
    """Somebody in the middle of an application, and Siti, who has her letter; both logged in."""
    context = browser.new_context(base_url=portal.url, locale="id-ID")
    person = prepare(context.new_page(), portal)
    with portal.changing() as database:
        # Most people apply for themselves: the check page does not ask them for whom.
        database.execute(
            "UPDATE membership SET ended_at = unixepoch() WHERE account_id = (SELECT id FROM account WHERE email = ?)",
            (person.email,))
    states = {None: None, person.email: context.storage_state()}
    context.close()
    context = browser.new_context(base_url=portal.url, locale="id-ID")
    steps.log_in(context.new_page(), portal, steps.SITI)
    states[steps.SITI] = context.storage_state()
    context.close()
    return person, states


def reader(browser, portal, language, state):
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, base_url=portal.url,
        storage_state=state, locale="en-GB" if language == "en" else "id-ID")
    context.add_cookies([{"name": "bahasa", "value": language, "url": portal.url}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/")
    # Whoever has an account reads in its language; the switch changes it.
    if page.locator("html").get_attribute("lang") != language:
        page.get_by_role("button", name={"en": "English", "id": "Bahasa Indonesia"}[language], exact=True).click()
        page.wait_for_function("language => document.documentElement.lang === language", arg=language)
    return page


def keep(png, path):
    """Few colours are enough for a page of text, and make a small file."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    colours = COLOURS
    while True:
        out = io.BytesIO()
        image.quantize(colors=colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES or colours <= 8:
            break
        colours -= 4
    path.write_bytes(out.getvalue())
    return out.tell()


if __name__ == "__main__":
    main()
