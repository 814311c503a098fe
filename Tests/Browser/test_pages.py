"""Narrow windows, long words, the dark scheme and room for fingers, on every screen."""

import json
import re

import pytest
from playwright.sync_api import expect

import steps
from inspection import axe, overflow

# What is lower than a finger is wide: buttons, fields, and links that stand by themselves. A link within a sentence is
# as high as its line, and one that spreads over its card is as high as that.
SMALL = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, summary, a[href]')]
  .filter(e => e.checkVisibility() && !e.closest('.away, .skip') && e.getBoundingClientRect().height < 43.9)
  .filter(e => e.tagName !== 'A' || getComputedStyle(e, '::after').position !== 'absolute')
  .filter(e => e.tagName !== 'A' || !/[\\p{L}\\d]/u.test(
    [...(e.closest('span, p, li, dd, dt, td, th, h1, h2, h3') || e.parentElement).childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')))
  .map(e => `${e.outerHTML.slice(0, 90)} ${e.getBoundingClientRect().height} px`)"""


@pytest.fixture(scope="module")
def survey(world):
    """Every screen once, dark and narrow: what is wrong, by kind and screen."""
    found = {"wide": {}, "small": {}, "axe": {}, "light": {}}
    for name, page in world.pages(width=320, color_scheme="dark"):
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        found["light"][name] = sum(map(int, re.findall(r"\d+", ground)[:3])) > 150
        found["wide"][name] = overflow(page)
        found["small"][name] = page.evaluate(SMALL)
        found["axe"][name] = axe(page)
    assert all(screens.keys() == world.places.keys() for screens in found.values())
    return found


def wrong(screens):
    return "\n".join(f"{name}: {fault}" for name, fault in screens.items() if fault)


def test_nothing_is_cut_off_in_a_window_of_320_pixels(survey):
    """Also what a zoom of 400 % leaves of a window of 1280 pixels (WCAG 1.4.10)."""
    assert not wrong(survey["wide"]), wrong(survey["wide"])


def test_the_dark_scheme_is_dark_and_readable(survey):
    assert not wrong(survey["light"]), wrong(survey["light"])
    assert not wrong(survey["axe"]), wrong(survey["axe"])


def test_buttons_and_fields_are_large_enough_for_fingers(survey):
    assert not wrong(survey["small"]), wrong(survey["small"])


LONG = "Superkalifragilistik" * 5


@pytest.fixture
def long_words(world):
    """Everything that somebody named themselves is one word without an end."""
    mine = "SELECT application.id FROM application JOIN account ON account.id = applicant_id WHERE email IN (?, ?)"
    who = (world.person.email, steps.SITI)
    before = world.portal.ask(f"SELECT id, subject, answers FROM application WHERE id IN ({mine})", *who)
    names = world.portal.ask("SELECT id, name FROM account WHERE email IN (?, ?)", *who)
    files = {table: world.portal.ask(f"SELECT id, filename FROM {table}") for table in ("attachment", "message_file")}
    houses = world.portal.ask("SELECT id, name FROM institution")
    free = {"judul", "lokasi", "nama", "program_studi", "lembaga", "penanggung_jawab", "nomor_pengantar"}
    with world.portal.changing() as database:
        for row, _, answers in before:
            long = {key: LONG if key in free else value for key, value in json.loads(answers).items()}
            database.execute(
                "UPDATE application SET subject = ?, answers = ? WHERE id = ?", (LONG, json.dumps(long), row))
        for row, _ in names:
            database.execute("UPDATE account SET name = ? WHERE id = ?", (LONG, row))
        for table, rows in files.items():
            database.executemany(
                f"UPDATE {table} SET filename = ? WHERE id = ?", [(f"{LONG}.pdf", row) for row, _ in rows])
        database.execute("UPDATE institution SET name = ?", (LONG,))
    yield
    with world.portal.changing() as database:
        database.executemany(
            "UPDATE application SET subject = ?, answers = ? WHERE id = ?", [(b, c, a) for a, b, c in before])
        database.executemany("UPDATE account SET name = ? WHERE id = ?", [(name, row) for row, name in names])
        for table, rows in files.items():
            database.executemany(f"UPDATE {table} SET filename = ? WHERE id = ?", [(name, row) for row, name in rows])
        database.executemany("UPDATE institution SET name = ? WHERE id = ?", [(name, row) for row, name in houses])


def test_a_word_without_an_end_breaks_no_page(world, long_words):
    wide, seen = {}, 0
    for who in (world.person.email, steps.SITI):
        page = world.cold(who, width=320)
        for name, (owner, path, _) in world.places.items():
            if owner != who:
                continue
            page.goto(path)
            seen += LONG in page.locator("body").inner_text()
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                wide[f"{name} at {width}"] = overflow(page)
        page.context.close()
    assert seen > 30
    assert not wrong(wide), wrong(wide)


def test_a_form_can_be_filled_in_at_400_percent(world):
    page = world.cold(world.person.email, width=320)
    page.set_viewport_size({"width": 320, "height": 225})
    page.goto(world.places["section-2"][1])
    for label in steps.ANSWERS["Penelitian"]:
        field = steps.box(page, label)
        field.focus()
        expect(field).to_be_in_viewport()
        # Nothing that sticks to the window lies on what has the focus.
        assert field.evaluate("""field => {
          const box = field.getBoundingClientRect();
          return document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + 10, innerHeight - 1)) === field;
        }"""), label
        field.fill(steps.ANSWERS["Penelitian"][label])
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Surat pengantar")
    assert overflow(page) is None
    page.context.close()


def test_an_officer_sees_a_pdf_in_the_page(world):
    page = world.cold(steps.BUDI, width=1280)
    # The browser's viewer is a page of its own inside the frame; a refused frame has none.
    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-extension://")):
        page.goto(world.places["review"][1])
        page.locator("main .doc iframe").first.scroll_into_view_if_needed()
    expect(page.locator("main .doc iframe")).to_have_count(4)
    page.context.close()
