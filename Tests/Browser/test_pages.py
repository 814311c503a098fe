"""Weight, narrow windows and the dark scheme, on every screen."""

import re

import pytest
from playwright.sync_api import expect

import steps
from conftest import SIZES
from inspection import axe, overflow
from places import places, prepare

# One round trip's worth of a fresh connection, compressed.
FIRST_VIEW = 14_336
TEXTS = {"document", "stylesheet", "script"}
LIGHT = ["home", "services", "service", "eligibility", "requirement-list", "link-builder", "log-in", "sign-up",
         "section-1", "section-2", "section-places", "roster", "papers",
         "check", "status"]


class World:
    """All screens, and pages of the people whose they are."""

    def __init__(self, browser, portal):
        self.browser, self.portal = browser, portal
        page = self._context().new_page()
        self.person = prepare(page, portal)
        self.states = {None: None, self.person.email: page.context.storage_state()}
        page.context.close()
        self.places = places(portal, self.person)

    def _context(self, width=390, **options):
        context = self.browser.new_context(
            viewport={"width": width, "height": SIZES[width]}, base_url=self.portal.url, locale="id-ID", **options)
        context.set_default_timeout(10_000)
        return context

    def pages(self, **options):
        """Every screen in turn, as (name, page)."""
        open_pages = {}
        for name, (who, path, heading) in self.places.items():
            if who not in open_pages:
                open_pages[who] = self.cold(who, **options)
            page = open_pages[who]
            page.goto(path)
            steps.heading(page, heading)
            yield name, page
        for page in open_pages.values():
            page.context.close()

    def cold(self, who, **options):
        """A page of somebody who is logged in and has nothing in the cache."""
        if who not in self.states:
            page = self._context().new_page()
            steps.log_in(page, self.portal, who)
            self.states[who] = page.context.storage_state()
            page.context.close()
        return self._context(storage_state=self.states[who], **options).new_page()


@pytest.fixture(scope="module")
def world(browser, portal):
    return World(browser, portal)


@pytest.mark.parametrize("name", LIGHT)
def test_the_first_view_is_light(name, world):
    who, path, heading = world.places[name]
    page = world.cold(who)
    requests = []
    page.on("request", lambda request: requests.append(request))
    page.goto(path, wait_until="networkidle")
    steps.heading(page, heading)
    kinds, weights = set(), {}
    for request in requests:
        response = request.response()
        assert response.status == 200, f"{request.url}: {response.status}"
        assert response.headers.get("content-encoding") == "gzip", f"{request.url} is not compressed"
        kinds.add(request.resource_type)
        if request.resource_type in TEXTS:
            weights[request.url.removeprefix(world.portal.url)] = request.sizes()["responseBodySize"]
    page.context.close()
    # The fourth is the icon, when the browser asks for it.
    assert TEXTS <= kinds and len(requests) <= 4, [request.url for request in requests]
    assert all(weight > 0 for weight in weights.values()), weights
    assert sum(weights.values()) <= FIRST_VIEW, weights


def test_styles_and_script_are_fetched_once(world):
    page = world.cold(None)
    fetched = []
    page.on("requestfinished", lambda request: fetched.append(request))
    for path in ["/", "/layanan", "/masuk"]:
        page.goto(path, wait_until="networkidle")
    files = [request for request in fetched if request.resource_type in ("stylesheet", "script")]
    kept = "max-age=31536000"
    assert files and all(kept in request.response().headers["cache-control"] for request in files)
    assert len({request.url for request in files}) == 2
    page.context.close()


# Buttons and fields that are lower than a finger is wide.
SMALL = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, summary, .btn')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
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
