"""Nothing is lost while filling in: what is typed is kept at once, each file goes up by itself."""

import os
import re
import socket
import threading

import pytest
from playwright.sync_api import expect

import places
import samples
import steps
from inspection import axe
from portal import wait_for

MB = 1 << 20
LATE = 5_000


@pytest.fixture
def citizen(open_page, portal):
    """A page of a new, active citizen, with a draft begun: `citizen.person`, `citizen.draft`."""
    def join(**options):
        page = open_page(**options)
        page.person = steps.new_person()
        steps.join(page, portal, page.person)
        page.draft = steps.begin(page, portal)
        return page
    return join


def section(page, key="penelitian"):
    page.goto(f"/permohonan/{page.draft}/isian/{key}")


def kept(page, words="Tersimpan"):
    expect(page.locator(".saving")).to_contain_text(words, timeout=LATE)


def heard(page, words):
    """What a screen reader is told, without the focus moving."""
    expect(page.locator("form#isian > [role=status]")).to_contain_text(words, timeout=LATE)


# What is typed

def test_typing_is_kept_a_second_later(citizen):
    page = citizen()
    section(page)
    title, months = steps.box(page, "Judul penelitian"), steps.box(page, "Lama penelitian")
    title.press_sequentially("Pengaruh penataan parkir")
    kept(page)
    assert re.fullmatch(r"Tersimpan \d\d\.\d\d\s*", page.locator(".saving").inner_text())
    heard(page, "Tersimpan")
    # One time on the page, not two.
    expect(page.get_by_text("Terakhir disimpan")).to_have_count(0)
    expect(title).to_be_focused()
    # Half-right is kept too, and judged when the step is saved.
    with page.expect_response("**/ketikan"):
        months.fill("tiga bu")
    kept(page)
    expect(page.locator(".error")).to_have_count(0)
    assert axe(page) == []
    page.reload()
    expect(title).to_have_value("Pengaruh penataan parkir")
    expect(months).to_have_value("tiga bu")
    steps.press(page, "Simpan dan lanjut")
    expect(page.locator("#f-lama-error")).to_contain_text("dengan angka")


def test_without_a_network_it_says_so_and_tries_again(citizen):
    page = citizen()
    section(page)
    title = steps.box(page, "Judul penelitian")
    page.context.set_offline(True)
    title.fill("Pengaruh penataan parkir")
    kept(page, "Belum tersimpan")
    heard(page, "Belum tersimpan")
    assert axe(page) == []
    # The button that would leave the page does not lose it to a browser's page without a network.
    steps.press(page, "Simpan draf")
    expect(title).to_have_value("Pengaruh penataan parkir")
    page.context.set_offline(False)
    kept(page)
    heard(page, "Tersimpan")
    expect(page.get_by_role("button", name="Coba lagi")).to_be_hidden()

    page.route("**/ketikan", lambda route: route.abort())
    title.fill("Pengaruh penataan parkir di Kesawan")
    kept(page, "Belum tersimpan")
    page.unroute("**/ketikan")
    page.get_by_role("button", name="Coba lagi").click()
    kept(page)
    page.reload()
    expect(title).to_have_value("Pengaruh penataan parkir di Kesawan")


def leave_by_link(page):
    page.locator(".crumb a").click()
    page.wait_for_url(lambda url: "/isian/penelitian" not in url)


@pytest.mark.parametrize("leave", [
    lambda page: leave_by_link(page),
    lambda page: page.goto("/akun"),
    lambda page: page.close(),
])
def test_leaving_in_the_middle_of_a_word_loses_nothing(leave, citizen, portal):
    page = citizen()
    section(page)
    steps.box(page, "Judul penelitian").fill("Pengaruh penataan par")
    leave(page)
    if page.is_closed():
        draft, page = page.draft, page.context.new_page()
        page.draft = draft
    # The browser sends it in its own time.
    sql = "SELECT count(*) FROM application WHERE reference = ? AND answers LIKE '%Pengaruh penataan par\"%'"
    wait_for(lambda: portal.number(sql, page.draft.replace("-", "")), "keeping what was typed last")
    section(page)
    expect(steps.box(page, "Judul penelitian")).to_have_value("Pengaruh penataan par")


def test_the_back_button_shows_what_was_typed(citizen):
    page = citizen()
    section(page, "peneliti")
    steps.fill_section(page, "Data peneliti")
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Penelitian")
    steps.box(page, "Lokasi penelitian").fill("Kantor Camat")
    page.go_back()
    steps.heading(page, "Data peneliti")
    for label, text in steps.ANSWERS["Data peneliti"].items():
        expect(steps.box(page, label)).to_have_value(text)
    page.go_forward()
    steps.heading(page, "Penelitian")
    expect(steps.box(page, "Lokasi penelitian")).to_have_value("Kantor Camat")


def test_a_row_in_the_making_is_kept(open_page, portal):
    page = open_page()
    steps.join(page, portal, steps.new_person())
    places.roster_draft(page)
    name = page.locator("#tambah").get_by_label("Nama lengkap")
    name.fill("Maria Simb")
    kept(page, "Belum masuk daftar")
    assert axe(page) == []
    page.reload()
    expect(name).to_have_value("Maria Simb")
    expect(page.locator("#daftar tbody tr")).to_have_count(3)


def test_a_second_device_is_named(citizen, browser, portal):
    laptop = citizen()
    section(laptop)
    other = browser.new_context(base_url=portal.url, storage_state=laptop.context.storage_state())
    phone = other.new_page()
    phone.draft = laptop.draft
    section(phone)
    steps.box(phone, "Judul penelitian").fill("Judul dari ponsel saya")
    kept(phone)
    steps.box(laptop, "Judul penelitian").fill("Judul dari laptop")
    kept(laptop, "juga dibuka di perangkat lain")
    heard(laptop, "perangkat lain")
    assert axe(laptop) == []
    # The button still saves, after a question.
    steps.press(laptop, "Simpan draf")
    expect(laptop.get_by_role("alert")).to_contain_text("diubah di perangkat atau tab lain")
    expect(steps.box(laptop, "Judul penelitian")).to_have_value("Judul dari laptop")
    section(phone)
    expect(steps.box(phone, "Judul penelitian")).to_have_value("Judul dari ponsel saya")
    steps.press(laptop, "Simpan draf")
    expect(laptop.get_by_role("status").first).to_have_text("Draf tersimpan.")
    steps.box(phone, "Judul penelitian").fill("Judul lama dari ponsel")
    kept(phone, "perangkat lain")
    phone.get_by_role("button", name="Muat ulang").click()
    expect(steps.box(phone, "Judul penelitian")).to_have_value("Judul dari laptop")
    other.close()


def test_an_ended_session_keeps_the_typing_in_the_page(citizen, portal):
    page = citizen()
    section(page)
    portal.end_sessions(page.person.email)
    steps.box(page, "Judul penelitian").fill("Pengaruh penataan parkir")
    kept(page, "perlu masuk lagi")
    heard(page, "perlu masuk lagi")
    expect(steps.box(page, "Judul penelitian")).to_have_value("Pengaruh penataan parkir")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    steps.press(page, "Simpan draf")
    steps.heading(page, "Masuk")
    steps.box(page, "Alamat surel (email)").fill(page.person.email)
    steps.box(page, "Kata sandi").fill(page.person.password)
    steps.press(page, "Masuk")
    steps.heading(page, "Penelitian")
    expect(steps.box(page, "Judul penelitian")).to_have_value("Pengaruh penataan parkir")


@pytest.mark.parametrize("script", [True, False])
def test_another_language_in_the_middle_of_a_form_loses_nothing(script, citizen):
    page = citizen(script=script)
    section(page)
    steps.box(page, "Judul penelitian").fill("Pengaruh penataan parkir")
    steps.box(page, "Lama penelitian").fill("tiga")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#f-judul")).to_have_value("Pengaruh penataan parkir")
    expect(page.locator("#f-lama")).to_have_value("tiga")
    # Enter in a field is the button below it, not the one above.
    page.locator("#f-lama").fill("3")
    page.locator("#f-lokasi").fill("Kantor Camat")
    page.locator("#f-lokasi").press("Enter")
    page.wait_for_url("**/isian/pengantar")
    expect(page.locator("html")).to_have_attribute("lang", "en")


# Files

def big_picture(size=5 * MB):
    """A picture that nothing makes smaller."""
    side = int((size / 3) ** 0.5)
    return samples.png(side, side, b"".join(b"\0" + os.urandom(side * 3) for _ in range(side)))


class Cable:
    """A way to the portal that breaks once `cut_after` bytes have gone up: everything on it ends, and nobody gets through
    until it is mended. With `is_short` it is whole again at once."""

    def __init__(self, port, cut_after):
        self.port, self.cut_after, self.carried, self.ends = port, cut_after, 0, set()
        self.is_broken = self.is_short = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def mend(self):
        self.is_broken, self.cut_after = False, None

    def accept(self):
        while True:
            try:
                near = self.listener.accept()[0]
            except OSError:
                return
            if self.is_broken:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.port))
            self.ends |= {near, far}
            for source, target, is_up in [(near, far, True), (far, near, False)]:
                threading.Thread(target=self.carry, args=(source, target, is_up), daemon=True).start()

    def carry(self, source, target, is_up):
        try:
            while data := source.recv(65536):
                self.carried += len(data) if is_up else 0
                if self.cut_after and self.carried > self.cut_after:
                    self.is_broken, self.cut_after = not self.is_short, None
                    self.end(self.ends)
                target.sendall(data)
        except OSError:
            pass
        self.end({source, target})

    def end(self, ends):
        for end in list(ends):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
            self.ends.discard(end)


@pytest.fixture
def cable(portal):
    cable = Cable(portal.port, cut_after=MB)
    yield cable
    cable.listener.close()
    cable.end(cable.ends)


# Milliseconds until an answer begins and bytes per second of slow 3G, as WebPageTest and Lighthouse define it.
SLOW_3G = (400, 50_000)


def throttle(page, latency, bytes_per_second):
    """Returns what sets another pace: a second session of the tools would leave the pace of the first."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")

    def set_pace(latency, bytes_per_second):
        client.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": latency,
            "downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second})

    set_pace(latency, bytes_per_second)
    return set_pace


# Every value that the bar shows, and every line beside it.
WATCH_BAR = """() => {
  window.seen = {values: [], lines: []};
  const note = (list, value) => { if (list.at(-1) !== value) list.push(value); };
  new MutationObserver(() => {
    const bar = document.querySelector('.sending progress');
    if (!bar) return;
    if (bar.position >= 0) note(seen.values, bar.value);
    note(seen.lines, document.querySelector('.sending p').textContent);
  }).observe(document.getElementById('isian'), {subtree: true, childList: true, characterData: true, attributes: true});
}"""


def steps_seen(page):
    """What the bar has shown since this was asked last: values from 0 to 1, and lines."""
    seen = page.evaluate("seen")
    page.evaluate("() => { seen.values = []; seen.lines = []; }")
    return seen["values"], seen["lines"]


def grows(values, most):
    """Whether a bar went forward in many small steps, and no further than `most`."""
    return values == sorted(values) and len(values) > 5 and values[0] < .05 and values[-1] <= most


@pytest.fixture
def papers_page(citizen, browser, cable):
    """The page of files over the cable, with one file kept: `page.draft`, `page.sent` (keys of files, as they are sent)."""
    own = citizen()
    context = browser.new_context(base_url=cable.url, storage_state=own.context.storage_state())
    page = context.new_page()
    page.draft, page.sent = own.draft, []
    page.goto(f"/permohonan/{page.draft}/berkas")
    steps.choose(page, {"KTP": steps.good_papers()["KTP"]})
    expect(page.locator("#f-ktp-file")).to_contain_text("ktp.jpg")
    page.on("request", lambda request: request.method == "POST" and page.sent.append(request.url.rsplit("/", 1)[1]))
    page.evaluate(WATCH_BAR)
    cable.carried = 0
    yield page
    context.close()


# The other fields of the form, as they stand.
OTHERS = """() => [...document.querySelectorAll('#isian .field')].filter(field => !field.querySelector('#f-proposal'))
  .map(field => field.outerHTML)"""


def is_whole(page, picture):
    """Whether the portal has every byte of the proposal."""
    return page.request.get(page.locator("#f-proposal-file a").first.get_attribute("href")).body() == picture


def test_a_large_file_shows_its_progress_and_survives_a_dropped_connection(papers_page, cable, portal):
    """On slow 3G until the second try is under way. The rest of it goes faster, or the test would take a minute and a half
    more: `slow.py` has the whole of it."""
    page, picture = papers_page, big_picture()
    attachments = ("SELECT attachment.id, requirement FROM attachment JOIN application ON application.id = application_id"
                   f" WHERE reference = '{page.draft.replace('-', '')}' ORDER BY requirement")
    kept_before, others = portal.ask(attachments), page.evaluate(OTHERS)
    set_pace = throttle(page, *SLOW_3G)
    steps.choose(page, {"Proposal penelitian": samples.upload("proposal.png", picture, "image/png")})
    bar = page.get_by_role("progressbar", name="Mengunggah proposal.png")
    expect(bar).to_be_visible()
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus. Mencoba lagi", timeout=40_000)
    heard(page, "Sambungan terputus")
    assert page.evaluate(OTHERS) == others
    values, lines = steps_seen(page)
    assert grows(values, most=1.2 * MB / len(picture)) and values[-1] > .8 * MB / len(picture), values
    assert any(re.fullmatch(r"Mengunggah proposal\.png \(1\d %\)", line) for line in lines), lines
    cable.mend()
    # It begins by itself, from nothing.
    expect(page.locator(".sending")).to_contain_text(re.compile(r"\([3-9] %\)"), timeout=30_000)
    values, lines = steps_seen(page)
    assert grows(values, most=.1), values
    set_pace(20, 3 * MB)
    expect(page.locator("#f-proposal-file")).to_contain_text("proposal.png (5 MB)", timeout=30_000)
    expect(bar).to_have_count(0)
    # A small picture of it, made on the phone: nothing comes back down for it.
    expect(page.locator("img.look")).to_have_count(2)
    assert page.locator("img.look").first.get_attribute("src").startswith("data:image/jpeg")
    heard(page, "proposal.png")
    # That one file went again; nothing else did, and nothing else has changed.
    assert set(page.sent) == {"proposal"} and len(page.sent) > 1, page.sent
    assert page.evaluate(OTHERS) == others
    kept_after = portal.ask(attachments)
    assert [key for _, key in kept_after] == ["ktp", "proposal"] and kept_after[:1] == kept_before
    assert is_whole(page, picture)
    assert axe(page) == []


def test_a_browser_that_begins_again_by_itself_is_not_cut_short(papers_page, cable):
    """It does so when a connection breaks that it had used before, and says nothing until it is where it was."""
    page, picture = papers_page, big_picture()
    cable.is_short = True
    page.clock.install()
    set_pace = throttle(page, 20, MB // 4)
    steps.choose(page, {"Proposal penelitian": samples.upload("proposal.png", picture, "image/png")})
    # Three minutes for a fifth of it.
    bar = page.locator(".sending progress")
    for part in (.04, .08, .12, .16):
        wait_for(lambda: bar.evaluate("bar => bar.value") > part, f"{part} of the upload")
        page.clock.fast_forward(45_000)
    wait_for(lambda: page.wait_for_timeout(50) or not cable.cut_after, "the break", 30)
    page.wait_for_timeout(1000)
    page.clock.fast_forward(16_000)
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus. Mencoba lagi")
    page.clock.fast_forward(90_000)
    set_pace(20, 3 * MB)
    expect(page.locator("#f-proposal-file")).to_contain_text("proposal.png (5 MB)", timeout=30_000)
    assert page.sent == ["proposal"]
    assert is_whole(page, picture)


def test_a_portal_that_says_nothing_is_given_up_after_a_minute(citizen):
    page = citizen()
    page.goto(f"/permohonan/{page.draft}/berkas")
    page.clock.install()
    page.route("**/unggahan/**", lambda route: None, times=1)
    steps.choose(page, {"KTP": steps.good_papers()["KTP"]})
    expect(page.locator(".sending")).to_be_visible()
    page.clock.fast_forward(16_000)
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus. Mencoba lagi")
    page.clock.fast_forward(46_000)
    page.clock.fast_forward(2_000)
    expect(page.locator("#f-ktp-file")).to_contain_text("ktp.jpg")


def test_a_file_is_described_and_a_wrong_one_harms_no_other(citizen):
    page = citizen()
    page.goto(f"/permohonan/{page.draft}/berkas")
    steps.choose(page, {
        "Surat pengantar": samples.upload("pengantar.pdf", samples.pdf(), "application/pdf"),
        "KTP": samples.upload("ktp.docx", samples.word()),
    })
    expect(page.locator("#f-surat-pengantar-file")).to_contain_text(re.compile(r"pengantar\.pdf \(\d+ byte, 1 halaman\)"))
    expect(page.locator("#f-ktp-error")).to_contain_text("Simpan Sebagai > PDF")
    # A picture that was given before is fetched when somebody wants to see it.
    steps.choose(page, {"KTP": steps.good_papers()["KTP"]})
    expect(page.locator("img.look")).to_be_visible()
    page.reload()
    fetched = []
    page.on("request", lambda request: request.resource_type == "image" and fetched.append(request.url))
    page.wait_for_timeout(300)
    assert fetched == []
    page.locator("summary", has_text="Lihat gambar").click()
    picture = page.locator("details img")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('details img').naturalWidth === 640")
    assert axe(page) == []


def test_cancelling_and_trying_again(citizen):
    page = citizen()
    page.goto(f"/permohonan/{page.draft}/berkas")
    letter = {"Surat pengantar": steps.good_papers()["Surat pengantar"]}
    page.route("**/unggahan/**", lambda route: route.abort())
    steps.choose(page, letter)
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus")
    page.get_by_role("button", name="Batal").click()
    expect(page.locator(".sending")).to_have_count(0)
    expect(steps.box(page, "Surat pengantar")).to_be_visible()
    assert steps.box(page, "Surat pengantar").evaluate("input => input.files.length") == 0
    # Given up after some tries, it waits for a word.
    page.clock.install()
    steps.choose(page, letter)
    for _ in range(8):
        page.clock.run_for(9_000)
        page.wait_for_timeout(60)
    expect(page.locator(".sending")).to_contain_text("Belum terunggah karena jaringan terputus")
    heard(page, "Belum terunggah")
    assert axe(page) == []
    page.unroute("**/unggahan/**")
    page.get_by_role("button", name="Coba lagi").click()
    expect(page.locator("#f-surat-pengantar-file")).to_contain_text("pengantar.pdf")


def test_going_on_waits_for_what_is_on_its_way(citizen):
    page = citizen()
    section(page, "peneliti")
    steps.fill_draft(page)
    held = []
    page.route("**/unggahan/ktp", lambda route: held.append(route))
    steps.choose(page, steps.good_papers())
    steps.press(page, "Unggah dan lanjut")
    heard(page, "Menunggu unggahan selesai")
    steps.heading(page, "Unggah berkas")
    held[0].continue_()
    steps.heading(page, "Periksa isian Anda")
    expect(page.get_by_role("link", name="ktp.jpg")).to_be_visible()

    # A wrong one keeps its sender here, at the wrong one.
    page.go_back()
    steps.heading(page, "Unggah berkas")
    held.clear()
    steps.choose(page, {"KTP": samples.upload("ktp.docx", samples.word())})
    steps.press(page, "Unggah dan lanjut")
    held[0].continue_()
    expect(page.locator("#f-ktp-error")).to_be_visible()
    expect(steps.box(page, "KTP")).to_be_focused()
    steps.heading(page, "Unggah berkas")


def test_a_file_after_the_session_ended_is_asked_for_again(citizen, portal):
    page = citizen()
    page.goto(f"/permohonan/{page.draft}/berkas")
    portal.end_sessions(page.person.email)
    steps.choose(page, {"KTP": steps.good_papers()["KTP"]})
    expect(page.get_by_role("alert")).to_contain_text("perlu masuk lagi")
    steps.press(page, "Unggah")
    steps.heading(page, "Masuk")
    steps.box(page, "Alamat surel (email)").fill(page.person.email)
    steps.box(page, "Kata sandi").fill(page.person.password)
    steps.press(page, "Masuk")
    expect(page.locator("main")).to_contain_text("perlu dipilih lagi")


# A slow network

@pytest.mark.parametrize("path", ["/", "/layanan/penelitian"])
def test_on_slow_3g_a_page_is_ready_within_three_seconds(path, open_page):
    page = open_page()
    throttle(page, *SLOW_3G)
    page.goto(path)
    # Scripts are run by then, and nothing else is waited for.
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 3_000, f"{path}: {ready:.0f} ms"


def test_on_slow_3g_a_form_is_ready_within_three_seconds(citizen, browser, portal):
    own = citizen()
    context = browser.new_context(base_url=portal.url, storage_state=own.context.storage_state())
    page = context.new_page()
    throttle(page, *SLOW_3G)
    page.goto(f"/permohonan/{own.draft}/isian/penelitian")
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 3_000, f"{ready:.0f} ms"
    steps.box(page, "Judul penelitian").fill("Pengaruh penataan parkir")
    kept(page)
    context.close()


# Without a mouse

STOPS = """() => {
  const what = document.activeElement;
  return what === document.body ? null : what.id || what.name + '=' + what.value || what.textContent.trim();
}"""


def stops(page, first, last):
    """Where Tab leads, from one place to another."""
    page.locator(first).focus()
    passed = [page.evaluate(STOPS)]
    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(STOPS))
        if page.locator(last).evaluate("target => target === document.activeElement"):
            return passed
    raise AssertionError(f"60 times Tab did not lead to {last}: {passed}")


def test_the_focus_goes_through_a_form_in_its_order(citizen):
    page = citizen()
    section(page)
    assert stops(page, "#f-judul", "main button[value=stay]") == [
        "f-judul", "f-lokasi", "f-lama", "then=next", "then=stay"]
    # From the top: the skip link first, then the head; what only Enter uses is no stop.
    page.reload()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert "then=next" not in stops(page, ".skip", "#f-judul")
    page.goto(f"/permohonan/{page.draft}/berkas")
    steps.choose(page, {"Surat pengantar": steps.good_papers()["Surat pengantar"]})
    expect(page.locator("#f-surat-pengantar-file")).to_be_visible()
    passed = [stop for stop in stops(page, "#f-surat-pengantar", "main button[value=stay]") if stop.startswith("f-")]
    assert passed == ["f-surat-pengantar", "f-proposal", "f-ktm", "f-ktp"]
