"""The inspector itself: a page with one fault of each kind must not pass."""

import pytest

PAGE = """<!doctype html><html lang="id"><head><title>Contoh</title></head><body><main><h1>Contoh</h1>{}</main></body></html>"""
FAULTS = {
    "axe label": '<input name="a">',
    "px wide in a window of 390 px": '<p style="width:600px">Lebar</p>',
    "console: keluhan": "<script>console.error('keluhan')</script>",
    "console: kesalahan": "<script>throw new Error('kesalahan')</script>",
    "a text is missing: [help.word]": "<p>[help.word]</p>",
    "html: ": "<p><div>Salah</div></p>",
}


def open_made_page(page, body):
    page.route("**/contoh", lambda route: route.fulfill(content_type="text/html", body=PAGE.format(body)))
    page.goto("/contoh")
    return page


def test_every_fault_is_found(open_page, inspect):
    inspector = inspect()
    inspector.look(open_made_page(inspector.watch(open_page(390)), "".join(FAULTS.values())), "Contoh")
    with pytest.raises(AssertionError) as told:
        inspector.conclude(pages=1)
    assert [fault for fault in FAULTS if fault not in str(told.value)] == [], told.value


def test_a_good_page_passes_and_is_counted(open_page, inspect):
    inspector = inspect()
    page = open_made_page(inspector.watch(open_page(390)), "<p>Baik</p>")
    inspector.look(page, "Contoh")
    with pytest.raises(AssertionError, match="not loaded anew"):
        inspector.look(page, "Contoh")
    with pytest.raises(AssertionError, match="only 1 of 2 pages"):
        inspector.conclude(pages=2)
    inspector.conclude(pages=1)
