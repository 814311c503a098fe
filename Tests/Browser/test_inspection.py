"""The inspector itself: a page with one fault of each kind must not pass."""

import pytest

PAGE = """<!doctype html><html lang="id"><head><title>Contoh</title></head><body><main><h1>Contoh</h1>{}</main></body></html>"""
FAULTS = {
    "axe label": '<input name="a">',
    "px wide in a window of 390 px": '<p style="width:600px">Lebar</p>',
    "console: ": "<script>console.error('salah')</script>",
    "salah lagi": "<script>throw new Error('salah lagi')</script>",
    "html: ": "<p><div>Salah</div></p>",
}


@pytest.mark.parametrize("told", FAULTS)
def test_a_fault_is_found(told, open_page, inspect):
    inspector = inspect()
    page = inspector.watch(open_page(390))
    page.route("**/contoh", lambda route: route.fulfill(content_type="text/html", body=PAGE.format(FAULTS[told])))
    page.goto("/contoh")
    inspector.look(page, "Contoh")
    with pytest.raises(AssertionError, match=told):
        inspector.conclude(pages=1)


def test_a_good_page_passes_and_is_counted(open_page, inspect):
    inspector = inspect()
    page = inspector.watch(open_page(390))
    page.route("**/contoh", lambda route: route.fulfill(content_type="text/html", body=PAGE.format("<p>Baik</p>")))
    page.goto("/contoh")
    inspector.look(page, "Contoh")
    with pytest.raises(AssertionError, match="not loaded anew"):
        inspector.look(page, "Contoh")
    with pytest.raises(AssertionError, match="only 1 of 2 pages"):
        inspector.conclude(pages=2)
    inspector.conclude(pages=1)
