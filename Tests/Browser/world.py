"""All screens of the portal, and pages of the people whose they are."""

import gzip
import urllib.error
import urllib.request

import steps
from places import places, prepare

SIZES = {390: 844, 1280: 900, 320: 640}


class World:
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

    def state(self, who):
        """The cookies of somebody who is logged in; None for a visitor."""
        if who not in self.states:
            page = self._context().new_page()
            steps.log_in(page, self.portal, who)
            self.states[who] = page.context.storage_state()
            page.context.close()
        return self.states[who]

    def cold(self, who, **options):
        """A page of somebody who is logged in and has nothing in the cache."""
        return self._context(storage_state=self.state(who), **options).new_page()

    def speak(self, language):
        """The choice of those who have made one: it counts more than a browser's."""
        with self.portal.changing() as database:
            database.execute("UPDATE account SET language = ? WHERE language IS NOT NULL", (language,))

    def fetch(self, path, who=None, language="id"):
        """The bytes of an address as they come over the wire to somebody, and as text."""
        cookies = {cookie["name"]: cookie["value"] for cookie in (self.state(who) or {}).get("cookies", [])}
        cookies["bahasa"] = language
        request = urllib.request.Request(self.portal.url + path, headers={
            "Accept-Encoding": "gzip", "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        try:
            response = urllib.request.urlopen(request, timeout=10)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            raw = response.read()
            assert response.headers["content-encoding"] == "gzip", f"{path} is not compressed"
            assert response.url == self.portal.url + path, f"{path} leads to {response.url}"
        return raw, gzip.decompress(raw).decode()
