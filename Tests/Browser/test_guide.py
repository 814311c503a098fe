"""The help page shows a picture of every step, in the reader's language, and stays light."""

import json

import pytest
from PIL import Image

import guide
import portal as portals

FIRST_VIEW = 14_336
TEXTS = {"document", "stylesheet", "script"}


@pytest.mark.parametrize("language", guide.LANGUAGES)
def test_every_step_has_its_picture(language, portal, open_page):
    page = open_page(390)
    page.context.add_cookies([{"name": "bahasa", "value": language, "url": portal.url}])
    weights = {}

    def weigh(response):
        if response.request.resource_type in TEXTS:
            weights[response.url] = response.request.sizes()["responseBodySize"]

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto("/bantuan", wait_until="networkidle")
    assert page.locator("html").get_attribute("lang") == language
    assert len(weights) == 3 and sum(weights.values()) <= FIRST_VIEW, weights
    pictures = page.locator(".guide img")
    assert pictures.count() == page.locator(".guide > li").count() == len(guide.STEPS)
    for index, step in enumerate(guide.STEPS):
        picture = pictures.nth(index)
        picture.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
        assert f"/img/guide/{language}/{step}" in picture.get_attribute("src")
        assert picture.get_attribute("loading") == "lazy" and len(picture.get_attribute("alt")) > 20
        # What the page sets aside for it is what it fills: nothing jumps when it comes.
        shown = picture.evaluate("image => [image.width / image.height, image.naturalWidth / image.naturalHeight]")
        assert abs(shown[0] - shown[1]) < 0.01, (step, shown)


@pytest.mark.parametrize("language", guide.LANGUAGES)
def test_pictures_are_small_and_no_others_lie_there(language):
    folder = portals.ROOT / "Public/img/guide" / language
    assert {path.name for path in folder.iterdir()} == {f"{step}.png" for step in guide.STEPS}
    for path in folder.iterdir():
        assert path.stat().st_size <= guide.MOST_BYTES, path
        with Image.open(path) as image:
            assert image.size == (guide.WIDTH * guide.SCALE, guide.HEIGHT * guide.SCALE), path


def test_pictures_show_what_the_screens_say(browser, portal):
    """After a screen has changed: make guide."""
    words = {str(path.relative_to(guide.GUIDE)): page.evaluate(guide.SEEN) for path, page in guide.screens(browser, portal)}
    assert words == json.loads(guide.WORDS.read_text())
