"""PDFs with a script in them, disguised in ways that Chromium's viewer forgives: each is refused, or does nothing."""

import http.server
import random
import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

import samples
import steps
from conftest import CHROMIUM

LABELS = [b"1 0 obj ", b"1 0%x\nobj\n", b"1%x\n0%y\nobj ", b"1 0" + b" " * 40 + b"obj ", b"1 0 obj\x80", b"1.0 0 obj "]
BLOCKS = [b"<<", b"<</X } ", b"<</X > ", b"<</X ) ", b"<</X stream ", b"<</X endobj ", b"<<(", b"<</Y 1 </X(a)", b"<</X[y ("]
BLANKS = [b"", b"\x80", b"\xff", b"%\n", b"#00"]
ALWAYS = {(0, 0, 0), (1, 1, 0), (0, 0, 1), (3, 2, 0), (0, 7, 0), (0, 0, 2)}


def paper(number, label, block, blank):
    """One page, and a script on opening that says the paper's number."""
    script = b"<</S/JavaScript%s/JS%s(app.alert\\(%d\\))>>" % (blank, blank, number)
    catalog = block + b"/Type/Catalog/Pages 2 0 R/OpenAction%s %s>>" % (blank, script)
    objects = [
        label + catalog, b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    out, table = bytearray(b"%PDF-1.7\n"), b"xref\n0 4\n0000000000 65535 f \n"
    for body in objects:
        table += b"%010d 00000 n \n" % len(out)
        out += body + b"\nendobj\n"
    return bytes(out) + table + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def family():
    """Some forty of all the combinations, the same ones each time; the first is not disguised."""
    places = [(a, b, c) for a in range(len(LABELS)) for b in range(len(BLOCKS)) for c in range(len(BLANKS))]
    chosen = sorted(ALWAYS | set(random.Random(7).sample(places, 36)))
    return [paper(1000 + at, LABELS[a], BLOCKS[b], BLANKS[c]) for at, (a, b, c) in enumerate(chosen)]


@contextmanager
def served(papers):
    """An address that shows papers, each in a frame, all of them on one page."""
    class Papers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.strip("/")
            body = papers.get(int(name), b"") if name.isdigit() else b"".join(
                b'<iframe src="/%d" width="300" height="200"></iframe>' % number for number in papers)
            self.send_response(200)
            self.send_header("Content-Type", "application/pdf" if name.isdigit() else "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Papers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def said(papers, browser, enough=1):
    """What the papers, a handful, say when Chromium's own viewer opens them; it is only in the new headless mode."""
    heard = []
    with served(papers) as address:
        other = browser.browser_type.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--headless=new"], ignore_default_args=["--headless"])
        page = other.new_page()
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        for _ in range(60):
            page.wait_for_timeout(100)
            if len(heard) >= enough:
                break
        other.close()
    return heard


@pytest.fixture
def upload(open_page, portal):
    """Uploads a PDF into a draft; says whether it was taken."""
    page = open_page(390, script=False)  # with one, files go up as soon as they are chosen
    steps.join(page, portal, steps.new_person())
    reference = steps.begin(page, portal)

    def send(name, data):
        page.goto(f"/permohonan/{reference}/berkas")
        steps.choose(page, {"KTP": samples.upload(name, data, "application/pdf")})
        steps.press(page, "Unggah")
        expect(page.locator("#problems").or_(page.locator("p.kept", has_text=name)).first).to_be_visible()
        return page.locator("#problems").count() == 0

    return send


def test_no_script_of_a_paper_runs(upload, browser):
    papers = dict(enumerate(family()))
    assert upload("polos.pdf", samples.pdf()), "a harmless paper must be taken"
    taken = {number: data for number, data in papers.items() if upload(f"samaran-{number}.pdf", data)}
    assert 0 not in taken, "a script in plain sight was taken"
    # Most of the disguises work: were they all dull, the test would say nothing.
    assert len(said({number: papers[number] for number in range(9)}, browser, enough=3)) >= 3
    numbers = list(taken)
    for start in range(0, len(numbers), 9):
        heard = said({number: taken[number] for number in numbers[start:start + 9]}, browser)
        assert heard == [], f"taken and run: {heard}"
