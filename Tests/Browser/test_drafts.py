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
    steps.press(page, "Lanjutkan menyimpan")
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
    """A way to the portal that breaks under whatever carries more than `cut_after` bytes, until it is mended. Once would
    not do: a browser by itself sends the same again when a connection breaks that it had used before."""

    def __init__(self, port, cut_after):
        self.port, self.cut_after, self.is_broken = port, cut_after, True
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near = self.listener.accept()[0]
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.port))
            for source, target, is_up in [(near, far, True), (far, near, False)]:
                threading.Thread(target=self.carry, args=(source, target, is_up), daemon=True).start()

    def carry(self, source, target, is_up):
        carried = 0
        try:
            while data := source.recv(65536):
                carried += len(data)
                if is_up and carried > self.cut_after and self.is_broken:
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


@pytest.fixture
def cable(portal):
    cable = Cable(portal.port, cut_after=MB)
    yield cable
    cable.listener.close()


def throttle(page, latency, bytes_per_second):
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": latency, "downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second})
    return client


def test_a_large_file_shows_its_progress_and_survives_a_dropped_connection(citizen, browser, cable, portal):
    own = citizen()
    context = browser.new_context(base_url=cable.url, storage_state=own.context.storage_state())
    page = context.new_page()
    page.goto(f"/permohonan/{own.draft}/berkas")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url.rsplit("/", 1)[1]))
    steps.choose(page, {"KTP": steps.good_papers()["KTP"]})
    expect(page.locator("#f-ktp-file")).to_contain_text("ktp.jpg")
    throttle(page, 20, 3 * MB)
    # Every value that the bar shows, and every line beside it.
    page.evaluate("""() => {
      window.seen = {values: [], lines: []};
      new MutationObserver(() => {
        const bar = document.querySelector('.sending progress');
        if (!bar) return;
        if (bar.position >= 0) seen.values.push(bar.value);
        seen.lines.push(document.querySelector('.sending p').textContent);
      }).observe(document.getElementById('isian'), {subtree: true, childList: true, characterData: true, attributes: true});
    }""")
    steps.choose(page, {"Proposal penelitian": samples.upload("proposal.png", big_picture(), "image/png")})
    bar = page.get_by_role("progressbar", name="Mengunggah proposal.png")
    expect(bar).to_be_visible()
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus. Mencoba lagi", timeout=30_000)
    heard(page, "Sambungan terputus")
    cable.is_broken = False
    expect(page.locator("#f-proposal-file")).to_contain_text("proposal.png (5 MB)", timeout=30_000)
    expect(bar).to_have_count(0)
    # A small picture of it, made on the phone: nothing comes back down for it.
    expect(page.locator("img.look")).to_have_count(2)
    assert page.locator("img.look").first.get_attribute("src").startswith("data:image/jpeg")
    heard(page, "proposal.png")
    seen = page.evaluate("seen")
    assert len({round(value, 2) for value in seen["values"]}) > 4, seen["values"]
    assert any(re.fullmatch(r"Mengunggah proposal\.png \(\d+ %\)", line) for line in seen["lines"]), seen["lines"]
    # That one file went again; nothing else did.
    assert sent[0] == "ktp" and set(sent[1:]) == {"proposal"} and len(sent) > 2, sent
    papers = portal.ask(
        "SELECT requirement FROM attachment JOIN application ON application.id = application_id WHERE reference = ?"
        " ORDER BY requirement", own.draft.replace("-", ""))
    assert papers == [("ktp",), ("proposal",)]
    assert axe(page) == []
    context.close()


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
    throttle(page, 400, 50_000)
    page.goto(path)
    # Scripts are run by then, and nothing else is waited for.
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 3_000, f"{path}: {ready:.0f} ms"


def test_on_slow_3g_a_form_is_ready_within_three_seconds(citizen, browser, portal):
    own = citizen()
    context = browser.new_context(base_url=portal.url, storage_state=own.context.storage_state())
    page = context.new_page()
    throttle(page, 400, 50_000)
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
