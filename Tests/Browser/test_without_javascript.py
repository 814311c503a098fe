"""Everything works in a browser that runs no scripts."""

from playwright.sync_api import expect

import samples
import steps


def test_siti_applies_and_withdraws(portal, open_page, inspect):
    inspector = inspect(script=False)
    page = inspector.watch(open_page(390, script=False))
    page.goto("/layanan/penelitian")
    inspector.look(page, steps.SERVICE)
    steps.follow(page, "Ajukan permohonan")
    inspector.look(page, "Masuk")
    steps.box(page, "Alamat surel (email)").fill(steps.SITI)
    steps.box(page, "Kata sandi").fill("bukan sandi Siti")
    steps.press(page, "Masuk")
    inspector.look(page, "Masuk", status=422)
    expect(page.get_by_role("alert")).to_contain_text("Surel atau kata sandi tidak cocok")
    expect(steps.box(page, "Alamat surel (email)")).to_have_value(steps.SITI)
    steps.box(page, "Kata sandi").fill(steps.PASSWORD)
    steps.press(page, "Masuk")
    inspector.look(page, steps.SERVICE)
    steps.press(page, "Ajukan permohonan")

    inspector.look(page, "Jenis pemohon")
    steps.fill_section(page, "Jenis pemohon")
    steps.press(page, "Simpan dan lanjut")

    # Her name is there already; a section with gaps says what is missing, and keeps the rest.
    inspector.look(page, "Data peneliti")
    expect(steps.box(page, "Nama lengkap")).to_have_value("Siti Aminah Lubis")
    steps.box(page, "NIM atau nomor induk").fill("190501023")
    steps.press(page, "Simpan dan lanjut")
    inspector.look(page, "Data peneliti", status=422)
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    expect(steps.box(page, "NIM atau nomor induk")).to_have_value("190501023")
    reference = steps.reference(page)
    for title in list(steps.ANSWERS)[1:]:
        steps.fill_section(page, title)
        steps.press(page, "Simpan draf")
        inspector.look(page, title)
        expect(page.get_by_role("status")).to_have_text("Draf tersimpan.")
        steps.press(page, "Simpan dan lanjut")
    inspector.look(page, "Unggah berkas")

    # A file that was chosen by mistake is replaced by another.
    steps.choose(page, {**steps.good_papers(), "KTP": samples.upload("salah.pdf", samples.pdf("Salah"), "application/pdf")})
    steps.press(page, "Unggah")
    inspector.look(page, "Unggah berkas")
    expect(page.locator("p.kept")).to_have_count(4)
    expect(page.locator("#f-ktp-file")).to_contain_text("salah.pdf")
    steps.choose(page, {"KTP": steps.good_papers()["KTP"]})
    steps.press(page, "Unggah dan lanjut")
    inspector.look(page, "Periksa isian Anda")

    expect(page.get_by_role("link", name="ktp.jpg")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("salah.pdf")

    # Sending without the statement is refused.
    steps.press(page, "Kirim permohonan")
    inspector.look(page, "Periksa isian Anda", status=422)
    expect(page.get_by_role("alert")).to_contain_text("Centang pernyataan")
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    inspector.look(page, steps.SERVICE)
    expect(page.locator("main .ref.big")).to_have_text(reference)
    expect(page.locator("main")).to_contain_text("Permohonan Anda menunggu giliran diperiksa")

    page.get_by_role("link", name="Batalkan permohonan").click()
    inspector.look(page, "Batalkan permohonan")
    steps.press(page, "Ya, batalkan permohonan ini")
    inspector.look(page, steps.SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Permohonan dibatalkan.")
    expect(page.locator("main")).to_contain_text("Permohonan ini dibatalkan")
    expect(page.get_by_role("button", name="Ya, batalkan permohonan ini")).to_have_count(0)
    state = portal.ask("SELECT state FROM application WHERE reference = ?", reference.replace("-", ""))
    assert state == [("withdrawn",)]
    inspector.conclude(pages=16)
