"""Messages and reports before they are sent: what is typed is kept at once, each file goes up by itself."""

import re

import pytest
from playwright.sync_api import expect

import places
import samples
import steps
from inspection import axe
from test_conversation import sent
from test_drafts import (
    MB, SLOW_3G, WATCH_BAR, big_picture, cable, grows, heard, kept, steps_seen, stops, throttle)

__all__ = ["cable"]


def picture(name="denah.jpg"):
    return samples.upload(name, samples.jpeg(), "image/jpeg")


def attach(page, file, number=1):
    page.locator(f"#f-lampiran-{number}").set_input_files(file)


def attached(page, number=1):
    return page.locator(f"#f-lampiran-{number}-file")


@pytest.fixture
def writer(open_page, portal):
    """A page of a new citizen on which a message is written: `page.application`, `page.person`."""
    def begin(**options):
        page = open_page(**options)
        page.person, page.application = sent(page, portal)
        steps.follow(page, "Tulis pesan")
        steps.heading(page, "Tulis pesan")
        return page
    return begin


def test_a_message_is_kept_until_it_is_sent(writer, portal):
    page = writer()
    words = steps.box(page, "Pesan")
    words.press_sequentially("Penelitian dimulai")
    kept(page)
    heard(page, "Tersimpan")
    expect(words).to_be_focused()
    attach(page, places.schedule())
    expect(attached(page)).to_contain_text(re.compile(r"jadwal\.pdf \(\d+ byte, 1 halaman\)"))
    heard(page, "jadwal.pdf")
    page.locator("summary", has_text="Lampiran lain").click()
    attach(page, picture(), 2)
    expect(page.locator("img.look")).to_be_visible()
    attach(page, samples.upload("catatan.docx", samples.word()), 3)
    expect(page.locator("#f-lampiran-3-error")).to_contain_text("catatan.docx: dokumen Word")
    assert axe(page) == []
    page.reload()
    expect(words).to_have_value("Penelitian dimulai")
    expect(attached(page, 2)).to_be_visible()
    attached(page, 2).get_by_role("button", name="Hapus").click()
    expect(page.get_by_role("status").filter(has_text="Berkas dihapus.")).to_have_count(1)
    expect(attached(page, 2)).to_have_count(0)
    # Left in the middle of a word, and found again from the status page.
    words.fill("Penelitian dimulai 1 Des")
    page.locator(".crumb a").click()
    steps.heading(page, steps.SERVICE)
    expect(page.locator("#percakapan")).to_contain_text("Pesan belum terkirim")
    steps.follow(page, "Tulis pesan")
    expect(words).to_have_value("Penelitian dimulai 1 Des")
    steps.press(page, "Kirim pesan")
    steps.heading(page, steps.SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Pesan terkirim.")
    expect(page.locator("#percakapan .said")).to_have_text(["Penelitian dimulai 1 Des"])
    page.go_back()
    steps.heading(page, "Tulis pesan")
    expect(words).to_have_value("")
    expect(attached(page)).to_have_count(0)
    assert portal.ask("SELECT count(*) FROM unsent_file JOIN unsent ON unsent.id = unsent_id JOIN application"
                      " ON application.id = application_id WHERE reference = ?",
                      page.application.replace("-", "")) == [(0,)]


def test_sending_waits_for_files_on_their_way(writer):
    page = writer()
    held = []
    page.route("**/unggahan/lampiran-1", lambda route: held.append(route))
    steps.box(page, "Pesan").fill("Jadwalnya terlampir.")
    attach(page, places.schedule())
    steps.press(page, "Kirim pesan")
    heard(page, "Menunggu unggahan selesai")
    steps.heading(page, "Tulis pesan")
    held[0].continue_()
    steps.heading(page, steps.SERVICE)
    expect(page.locator("#percakapan")).to_contain_text("jadwal.pdf")


def test_an_upload_is_cancelled_and_tried_again(writer):
    page = writer()
    page.route("**/unggahan/**", lambda route: route.abort())
    attach(page, places.schedule())
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus")
    page.get_by_role("button", name="Batal").click()
    expect(page.locator(".sending")).to_have_count(0)
    assert page.locator("#f-lampiran-1").evaluate("input => input.files.length") == 0
    page.clock.install()
    attach(page, places.schedule())
    for _ in range(8):
        page.clock.run_for(9_000)
        page.wait_for_timeout(60)
    expect(page.locator(".sending")).to_contain_text("Belum terunggah karena jaringan terputus")
    assert axe(page) == []
    page.unroute("**/unggahan/**")
    page.get_by_role("button", name="Coba lagi").click()
    expect(attached(page)).to_contain_text("jadwal.pdf")


def test_a_cut_connection_sends_that_one_file_again(writer, browser, cable):
    own = writer()
    attach(own, places.schedule())
    expect(attached(own)).to_be_visible()
    context = browser.new_context(base_url=cable.url, storage_state=own.context.storage_state())
    page, content, went = context.new_page(), big_picture(), []
    page.goto(f"/permohonan/{own.application}/pesan")
    page.locator("summary", has_text="Lampiran lain").click()
    page.on("request", lambda request: request.method == "POST" and went.append(request.url.rsplit("/", 1)[1]))
    page.evaluate(WATCH_BAR)
    cable.carried = 0
    set_pace = throttle(page, SLOW_3G[0], 4 * SLOW_3G[1])
    attach(page, samples.upload("peta.png", content, "image/png"), 2)
    expect(page.get_by_role("progressbar", name="Mengunggah peta.png")).to_be_visible()
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus. Mencoba lagi", timeout=40_000)
    values, lines = steps_seen(page)
    assert grows(values, most=1.3 * MB / len(content)), values
    assert any(re.fullmatch(r"Mengunggah peta\.png \(1\d %\)", line) for line in lines), lines
    cable.mend()
    set_pace(20, 3 * MB)
    expect(attached(page, 2)).to_contain_text("peta.png (5 MB)", timeout=40_000)
    expect(page.locator("img.look")).to_be_visible()
    assert set(went) == {"lampiran-2"} and len(went) > 1, went
    expect(attached(page)).to_contain_text("jadwal.pdf")
    address = attached(page, 2).locator("a").first.get_attribute("href")
    assert page.request.get(address).body() == content
    context.close()


def test_two_tabs_do_not_write_over_each_other(writer):
    page = writer()
    other = page.context.new_page()
    other.goto(page.url)
    steps.box(other, "Pesan").fill("Dari tab kedua")
    kept(other)
    steps.box(page, "Pesan").fill("Dari tab pertama")
    kept(page, "dibuka di perangkat lain")
    steps.press(page, "Kirim pesan")
    expect(page.locator("#problems")).to_be_focused()
    assert page.title().startswith("Belum tersimpan:"), page.title()
    expect(steps.box(page, "Pesan")).to_have_value("Dari tab pertama")
    assert axe(page) == []
    steps.press(page, "Kirim pesan")
    steps.heading(page, steps.SERVICE)
    expect(page.locator("#percakapan .said")).to_have_text(["Dari tab pertama"])


def test_the_focus_goes_through_a_message_in_its_order(writer):
    page = writer()
    attach(page, places.schedule())
    expect(attached(page)).to_be_visible()
    passed = stops(page, "#f-pesan", "main button[value=stay]")
    # The file's link and its button stand before the input that replaces it; the button that sends has no name.
    assert [re.sub(r"\d+-\w+", "", stop) for stop in passed if "undefined" not in stop] == [
        "f-pesan", "remove=", "f-lampiran-1", "=", "then=stay"], passed


@pytest.mark.parametrize("width, script", [(390, False), (1280, True)])
def test_a_report_is_uploaded_replaced_and_handed_over(width, script, portal, open_page, inspect):
    inspector = inspect(script=script)
    page = inspector.watch(open_page(width, script=script))
    steps.log_in(page, portal, steps.SITI)
    code = portal.ask(
        "SELECT reference FROM application JOIN account ON account.id = applicant_id"
        " WHERE email = ? AND application.state = 'issued'", steps.SITI)[0][0]
    reference, title = f"{code[:4]}-{code[4:]}", "Laporan hasil penelitian"
    with portal.changing() as database:
        # The other of these tests has handed one over.
        database.execute(
            "UPDATE report SET state = 'returned', reason = 'Bab hasil belum ada.', decided_at = given_at, decided_by ="
            " (SELECT id FROM account WHERE email = ?) WHERE state = 'given' AND application_id ="
            " (SELECT id FROM application WHERE reference = ?)", (steps.BUDI, code))

    def give(name):
        page.locator("#f-laporan").set_input_files(samples.upload(name, samples.pdf(name), "application/pdf"))
        if not script:
            steps.press(page, "Unggah, serahkan nanti")
            inspector.look(page, title)
        expect(page.locator("#f-laporan-file")).to_contain_text(name)
        expect(page.locator("#f-laporan-file")).to_contain_text("1 halaman")

    page.goto(f"/permohonan/{reference}")
    inspector.look(page, steps.SERVICE)
    steps.follow(page, "Unggah laporan")
    inspector.look(page, title)
    steps.press(page, "Serahkan laporan")
    inspector.look(page, title, status=422)
    give("pertama.pdf")
    give("kedua.pdf")
    page.goto(f"/permohonan/{reference}")
    inspector.look(page, steps.SERVICE)
    expect(page.locator("main")).to_contain_text("Berkas belum diserahkan")
    steps.follow(page, "Unggah laporan")
    inspector.look(page, title)
    page.locator("#f-laporan-file button").click()
    inspector.look(page, title)
    expect(page.locator("#f-laporan-file")).to_have_count(0)
    give("ketiga.pdf")
    steps.press(page, "Serahkan laporan")
    inspector.look(page, steps.SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Laporan diterima.")
    answer = page.context.request.get(f"/permohonan/{reference}/laporan")
    assert answer.body() == samples.pdf("ketiga.pdf")
    inspector.conclude(pages=6)


def test_a_report_shows_its_progress_and_is_cancelled(portal, open_page):
    page = open_page(390)
    steps.log_in(page, portal, steps.SITI)
    code = portal.ask(
        "SELECT reference FROM application JOIN account ON account.id = applicant_id"
        " WHERE email = ? AND application.state = 'issued'", steps.SITI)[0][0]
    with portal.changing() as database:
        database.execute(
            "UPDATE report SET state = 'returned', reason = 'Bab hasil belum ada.', decided_at = given_at, decided_by ="
            " (SELECT id FROM account WHERE email = ?) WHERE state = 'given'", (steps.BUDI,))
    page.goto(f"/permohonan/{code[:4]}-{code[4:]}/laporan/unggahan")
    page.evaluate(WATCH_BAR)
    throttle(page, 400, 200_000)
    long = samples.upload("laporan.pdf", samples.pdf("x" * 3_000_000), "application/pdf")
    page.locator("#f-laporan").set_input_files(long)
    expect(page.locator(".sending")).to_contain_text(re.compile(r"Mengunggah laporan\.pdf \([1-9]\d? %\)"))
    assert axe(page) == []
    page.get_by_role("button", name="Batal").click()
    expect(page.locator(".sending")).to_have_count(0)
    expect(page.locator("#f-laporan-file")).to_have_count(0)
    values, _ = steps_seen(page)
    assert len(values) > 1 and values == sorted(values)
