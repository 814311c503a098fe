"""Finding the right letter, and links that are passed on."""

import re
import sqlite3
import subprocess
from contextlib import closing

import pytest
from playwright.sync_api import expect

import steps
from places import LINKED, LINKING

CAMPUS = "Universitas Sumatera Utara"


@pytest.mark.parametrize("script", [True, False])
def test_from_a_word_to_the_first_question(script, portal, open_page, inspect):
    inspector = inspect(script=script)
    page = inspector.watch(open_page(390, script=script))
    page.goto("/")
    page.get_by_label("Cari surat yang Anda perlukan").fill("SKRIPSI")
    steps.press(page, "Cari")
    inspector.look(page, "Layanan")
    expect(page.locator("main")).to_contain_text("1 layanan untuk “SKRIPSI”.")
    steps.follow(page, steps.SERVICE)
    inspector.look(page, steps.SERVICE)
    steps.follow(page, "Umum")
    inspector.look(page, steps.SERVICE)
    expect(page.locator("main")).to_contain_text("Surat permohonan")
    steps.follow(page, "Apakah saya memenuhi syarat?")
    inspector.look(page, "Apakah saya memenuhi syarat?")
    steps.press(page, "Lihat hasil")
    inspector.look(page, "Apakah saya memenuhi syarat?", status=422)
    # Whoever applies for themselves is not asked for a letter of a campus.
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    for question in page.get_by_role("group").all():
        question.get_by_label("Ya", exact=True).check()
    steps.press(page, "Lihat hasil")
    inspector.look(page, "Anda belum memenuhi syarat")
    expect(page.locator("main")).to_contain_text("izin penelitian asing dari BRIN")
    steps.follow(page, "Ubah jawaban")
    inspector.look(page, "Apakah saya memenuhi syarat?")
    # The answers are still there.
    expect(page.get_by_label("Ya", exact=True).first).to_be_checked()
    page.get_by_role("group").last.get_by_label("Tidak", exact=True).check()
    steps.press(page, "Lihat hasil")
    inspector.look(page, "Anda memenuhi syarat")
    steps.follow(page, "Ajukan permohonan")
    inspector.look(page, "Masuk")
    inspector.conclude(pages=9)


def test_nothing_found_leads_on(open_page):
    page = open_page()
    page.goto("/layanan?cari=sepeda&saya=Siswa")
    expect(page.locator("main")).to_contain_text("Tidak ada layanan yang cocok")
    expect(page.get_by_label("Saya adalah")).to_have_value("Siswa")
    expect(page).to_have_title(re.compile("^Tidak ada layanan yang cocok dengan “sepeda”"))
    expect(page.locator(".cards li")).to_have_count(6)
    steps.follow(page, "Tanya kantor")
    expect(page.get_by_role("heading", name="Hubungi kami")).to_be_in_viewport()


def test_the_catalogue_is_narrowed_by_keyboard(open_page):
    page = open_page(390)
    page.goto("/layanan")
    page.get_by_label("Cari surat yang Anda perlukan").focus()
    page.keyboard.type("ijin penelitan")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Saya adalah")).to_be_focused()
    page.keyboard.type("Dosen")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Kantor")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # What was asked for stands in the address, in the form and in what a screen reader says first.
    expect(page).to_have_url(re.compile(r"cari=ijin\+penelitan&saya=Dosen\+atau\+peneliti&kantor=$"))
    expect(page).to_have_title(re.compile("^[0-9] layanan untuk “ijin penelitan”"))
    expect(page.get_by_label("Saya adalah")).to_have_value("Dosen atau peneliti")
    expect(page.get_by_role("status")).to_contain_text("layanan untuk “ijin penelitan”.")
    expect(page.locator(".cards h3").first).to_have_text(steps.SERVICE)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_service_ends_with_the_way_on(width, portal, open_page):
    page = open_page(width)
    page.goto("/layanan/penelitian?untuk=Umum")
    # Long pages are read by nobody: five screens of a phone, what few ask for folded away.
    assert page.evaluate("document.documentElement.scrollHeight") < 4200
    page.locator("summary", has_text="Standar pelayanan").click()
    expect(page.get_by_role("heading", name="Dasar hukum")).to_be_visible()
    steps.follow(page, "Ajukan sekarang")
    steps.heading(page, "Masuk")
    steps.box(page, "Alamat surel (email)").fill(steps.SITI)
    steps.box(page, "Kata sandi").fill(steps.PASSWORD)
    steps.press(page, "Masuk")
    expect(page).to_have_url(f"{portal.url}/layanan/penelitian?untuk=Umum")
    # The second button sends the same form as the first.
    with page.expect_request(f"{portal.url}/permohonan") as sent:
        steps.press(page, "Ajukan sekarang")
    assert "untuk=Umum" in sent.value.post_data
    page.wait_for_url("**/isian/*")


def test_the_time_is_told_as_it_is(portal, open_page):
    page = open_page()
    page.goto("/layanan/penelitian")
    expect(page.locator("main")).to_contain_text("Pegangan Anda: waktu yang dijanjikan, 3 hari kerja.")
    steps.log_in(page, portal, steps.SITI)
    code = portal.ask(
        "SELECT reference FROM application JOIN account ON account.id = applicant_id"
        " WHERE application.state = 'submitted' AND email = ?", steps.SITI)[0][0]
    measured = "9 dari 10 berkas dalam 90 hari terakhir selesai dalam 2 hari kerja."
    for cases, times in [(9, 0), (10, 1)]:
        with closing(sqlite3.connect(portal.data / "suratizin.sqlite", timeout=10)) as database, database:
            database.execute("DELETE FROM service_time")
            database.execute("INSERT INTO service_time VALUES ('penelitian', 2, ?, unixepoch())", (cases,))
        for path in ["/layanan/penelitian", f"/permohonan/{code[:4]}-{code[4:]}"]:
            page.goto(path)
            expect(page.locator("main").get_by_text(measured)).to_have_count(times)


def test_a_link_is_forgotten_with_the_log_out(portal, open_page):
    page = open_page()
    page.goto(LINKED)
    assert "isian" in {cookie["name"] for cookie in page.context.cookies()}
    # An officer's log-in is led nowhere by it, and its end takes it along.
    steps.log_in(page, portal, steps.BUDI)
    expect(page).to_have_url(f"{portal.url}/petugas")
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(page).to_have_url(f"{portal.url}/")
    assert "isian" not in {cookie["name"] for cookie in page.context.cookies()}


def test_the_address_is_copied(portal, browser):
    context = browser.new_context(base_url=portal.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/layanan/penelitian")
    steps.press(page, "Salin")
    steps.press(page, "Tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == f"{portal.url}/layanan/penelitian"
    context.close()


def test_without_a_script_the_address_is_there_to_be_copied_by_hand(portal, open_page):
    page = open_page(script=False)
    page.goto("/layanan/penelitian")
    expect(page.get_by_label("Alamat halaman")).to_have_value(f"{portal.url}/layanan/penelitian")
    expect(page.get_by_role("button", name="Salin")).to_have_count(0)


def test_the_requirements_fit_on_a_sheet_of_paper(portal, open_page, tmp_path):
    page = open_page(1280)
    page.goto("/layanan/penelitian/persyaratan?untuk=Organisasi%20kemasyarakatan")
    page.emulate_media(media="print")
    file = tmp_path / "daftar.pdf"
    page.pdf(path=file, format="A4", margin={side: "15mm" for side in ("top", "right", "bottom", "left")})
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    assert text.count("\f") == 1, "more than one page"
    for part in ["Organisasi kemasyarakatan", "Akta pendirian", "Jalan Kapten Maulana Lubis", "Jam pelayanan",
                 f"{portal.url}/layanan/penelitian"]:
        assert part in text, part
    # What only a screen needs stays away.
    for part in ["Dosen atau peneliti", "Cetak", "Masuk"]:
        assert part not in text, part
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "daftar"], check=True)
    code = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "daftar.png"], capture_output=True, text=True, check=True).stdout
    assert code.strip() == f"{portal.url}/layanan/penelitian?untuk=Organisasi%20kemasyarakatan"


@pytest.mark.parametrize("script", [True, False])
def test_a_link_from_a_campus_is_there_after_the_sign_up(script, portal, open_page, inspect):
    inspector = inspect(script=script)
    campus = inspector.watch(open_page(1280, script=script))
    campus.goto("/layanan/penelitian/tautan")
    inspector.look(campus, LINKING)
    campus.get_by_label("Mahasiswa", exact=True).check()
    campus.get_by_label("Perguruan tinggi atau lembaga").fill(CAMPUS)
    campus.get_by_label("Tanggal surat pengantar").fill("2026-01-12")
    steps.press(campus, "Buat tautan")
    inspector.look(campus, LINKING)
    link = campus.get_by_label("Alamat halaman").input_value()

    student = inspector.watch(open_page(390, script=script))
    student.goto(link)
    inspector.look(student, steps.SERVICE)
    expect(student.locator("main")).to_contain_text("12 Januari 2026")
    steps.follow(student, "Daftar di sini")
    inspector.look(student, "Daftar akun")
    person = steps.new_person()
    steps.fill_sign_up(student, person)
    steps.press(student, "Buat akun")
    _, activation = portal.mail(person.email, "Aktifkan akun")
    student.goto(activation)
    steps.press(student, "Aktifkan akun")
    steps.follow(student, "Masuk")
    steps.box(student, "Alamat surel (email)").fill(person.email)
    steps.box(student, "Kata sandi").fill(person.password)
    steps.press(student, "Masuk")
    inspector.look(student, steps.SERVICE)
    steps.press(student, "Ajukan permohonan")
    inspector.look(student, "Jenis pemohon")
    expect(student.get_by_label("Mahasiswa", exact=True)).to_be_checked()
    reference = steps.reference(student)

    # Another link finds the draft there and leaves what it holds alone.
    student.goto(LINKED)
    inspector.look(student, steps.SERVICE)
    expect(student.locator("main")).to_contain_text(reference)
    steps.press(student, "Isi hanya bagian draf yang masih kosong")
    assert steps.reference(student) == reference
    student.goto(f"/permohonan/{reference}/isian/pengantar")
    expect(steps.box(student, "Tanggal surat pengantar")).to_have_value("2026-01-12")
    expect(steps.box(student, "Perihal surat pengantar")).to_have_value("Izin")
    inspector.conclude(pages=7)
