"""The language button on every page with a form: what was typed is still there, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

import samples
import steps

TYPED = "Rumah Sakit Umum “Dr. Pirngadi” & Co."
# Address: what is typed (inputs by name), what is picked (radios and boxes by value).
VISITOR = {
    "/": ({"cari": "skripsi & riset"}, {}),
    "/daftar": ({"nama": "Rotua Simanjuntak", "surel": "rotua@contoh.id", "telepon": "0812 3456 7890",
                 "nik": "1271045203990009"}, {}),
    "/masuk?next=/permohonan": ({"surel": "rotua@contoh.id"}, {}),
    "/lupa-sandi": ({"surel": "rotua@contoh.id"}, {}),
    "/lacak": ({"nomor": "ABCD-EFGH", "angka": "1234"}, {}),
    "/verifikasi": ({"alamat": "https://contoh.id/verifikasi/abc"}, {}),
    "/layanan?saya=Mahasiswa": ({"cari": "skripsi & riset"}, {}),
    "/layanan/penelitian/kelayakan": ({}, {"di_medan": "ya", "peneliti_asing": "tidak"}),
    "/layanan/penelitian/tautan": ({"lembaga": TYPED}, {"jenis_pemohon": "Mahasiswa"}),
}
CITIZEN = {
    "/akun/telepon": ({"telepon": "0812 9999"}, {}),
    "/akun/surel": ({"surel": "baru@contoh.id"}, {}),
    "/akun/pemberitahuan": ({}, {}),
    "/akun/lembaga/baru": ({"nama": TYPED, "alamat": "Jl. Sei Batanghari", "pimpinan": "Dr. Rina"}, {}),
}


def turn(page, language="en"):
    """Presses the language button; the page is the same and in the other language."""
    heading = page.get_by_role("heading", level=1).inner_text()
    name = {"en": "English", "id": "Bahasa Indonesia"}[language]
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return heading


def walk(page, forms):
    for address, (typed, picked) in forms.items():
        page.goto(address)
        for name, value in typed.items():
            page.locator(f'[name="{name}"]').fill(value)
        for name, value in picked.items():
            page.locator(f'[name="{name}"][value="{value}"]').check()
        secrets = page.locator('main input[type="password"]')
        for secret in secrets.all():
            secret.fill("rahasia sekali 1")
        before = turn(page)
        assert page.get_by_role("heading", level=1).inner_text() != before or "tautan" in address
        for again in range(2):
            for name, value in typed.items():
                expect(page.locator(f'[name="{name}"]'), f"{address} {name}").to_have_value(value)
            for name, value in picked.items():
                expect(page.locator(f'[name="{name}"][value="{value}"]'), f"{address} {name}").to_be_checked()
            for secret in secrets.all():
                expect(secret).to_have_value("")
            expect(page.get_by_role("alert")).to_have_count(0)
            turn(page, ["id", "en"][again])
        turn(page, "id")


@pytest.mark.parametrize("script", [True, False])
def test_nothing_typed_is_lost_by_visitors(script, portal, open_page):
    page = open_page(390, script=script)
    walk(page, VISITOR)
    # Where the log-in leads is not lost, either.
    page.goto("/masuk?next=/akun/telepon")
    turn(page)
    page.locator('[name="surel"]').fill(steps.SITI)
    page.locator('[name="kata_sandi"]').fill(steps.PASSWORD)
    steps.press(page, "Log in")
    page.wait_for_url("**/akun/telepon")


@pytest.mark.parametrize("script", [True, False])
def test_nothing_typed_is_lost_by_applicants(script, portal, open_page):
    page = open_page(390, script=script)
    steps.log_in(page, portal, steps.SITI)
    if page.locator("html").get_attribute("lang") == "en":
        turn(page, "id")
    walk(page, CITIZEN)
    page.goto("/akun/pemberitahuan")
    boxes = page.locator('main input[type="checkbox"]').all()
    wanted = [not box.is_checked() for box in boxes]
    for box, value in zip(boxes, wanted):
        box.set_checked(value)
    turn(page)
    assert [box.is_checked() for box in page.locator('main input[type="checkbox"]').all()] == wanted
    turn(page, "id")

    page.goto(f"/permohonan/{submitted(portal)}/pengalihan")
    page.locator('[name="surel"]').fill("teman@contoh.id")
    turn(page)
    expect(page.locator('[name="surel"]')).to_have_value("teman@contoh.id")
    turn(page, "id")

    # The reason for taking an application back, and the box before one is sent.
    page.goto(f"/permohonan/{submitted(portal)}/penarikan")
    page.locator('[name="alasan"]').fill("Pindah kampus\ndan <lokasi>")
    turn(page)
    expect(page.locator('[name="alasan"]')).to_have_value("Pindah kampus\ndan <lokasi>")
    turn(page, "id")
    expect(page.locator('[name="alasan"]')).to_have_value("Pindah kampus\ndan <lokasi>")

    # A message about an application is kept, and so is its file.
    page.goto(f"/permohonan/{submitted(portal)}/pesan")
    page.locator('[name="pesan"]').fill("Baris satu\nbaris dua <b>")
    page.locator("#f-lampiran-1").set_input_files(samples.upload("jadwal.pdf", samples.pdf(), "application/pdf"))
    for language in ["en", "id"]:
        turn(page, language)
        expect(page.locator('[name="pesan"]')).to_have_value("Baris satu\nbaris dua <b>")
        expect(page.locator("#f-lampiran-1-file")).to_contain_text("jadwal.pdf")
        expect(page.get_by_role("alert")).to_have_count(0)


def submitted(portal):
    code = portal.ask(
        "SELECT reference FROM application JOIN account ON account.id = applicant_id"
        " WHERE email = ? AND application.state = 'submitted'", steps.SITI)[0][0]
    return f"{code[:4]}-{code[4:]}"


def test_enter_sends_the_form_and_not_its_language_button(portal, open_page):
    page = open_page(390, script=False)
    for address, name, value in [
            ("/masuk", "surel", "x@contoh.id"), ("/lacak", "nomor", "ABCD-EFGH"), ("/daftar", "nama", "Rotua"),
            ("/lupa-sandi", "surel", "bukan surel"), ("/verifikasi", "alamat", "bukan alamat"),
            ("/layanan/penelitian/tautan", "lama", "99")]:
        page.goto(address)
        page.locator(f'[name="{name}"]').fill(value)
        page.locator(f'[name="{name}"]').press("Enter")
        expect(page.get_by_role("alert").first, address).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "id")


def test_what_was_found_is_found_again(portal, open_page):
    page = open_page(390, script=False)
    page.goto("/lacak")
    code, phone = portal.ask(
        "SELECT reference, account.phone FROM application JOIN account ON account.id = applicant_id"
        " WHERE email = ? AND application.state = 'submitted'", steps.SITI)[0]
    page.locator('[name="nomor"]').fill(code)
    page.locator('[name="angka"]').fill(phone[-4:])
    steps.press(page, "Lacak")
    expect(page.locator(".status h2")).to_be_visible()
    before = page.locator(".status h2").inner_text()
    turn(page)
    expect(page.locator(".status h2")).to_be_visible()
    assert page.locator(".status h2").inner_text() != before
