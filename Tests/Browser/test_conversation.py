"""Applicant and officer talk, mend and use things again: on a phone without scripts, and on a desk."""

import pytest
from playwright.sync_api import expect

import samples
import steps
from test_journey import judge, without_viewer

QUESTION = "Di kelas berapa penelitiannya?\nTulis juga tanggalnya."
ANSWER = "Kelas VIII, mulai 1 Desember. <b>Jadwal</b> terlampir."


def sent(page, portal):
    """A new person's application, sent. Returns the person and its reference."""
    person = steps.new_person()
    steps.join(page, portal, person)
    reference = steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    steps.heading(page, steps.SERVICE)
    return person, reference


@pytest.mark.parametrize("width, script", [(390, False), (1280, True)])
def test_an_officer_asks_and_an_applicant_answers(width, script, portal, open_page, inspect):
    inspector = inspect(script=script)
    citizen = inspector.watch(open_page(width, script=script))
    budi = inspector.watch(open_page(width, script=script))
    without_viewer(budi)
    person, reference = sent(citizen, portal)
    title = steps.ANSWERS["Penelitian"]["Judul penelitian"]

    steps.log_in(budi, portal, steps.BUDI)
    budi.goto(f"/petugas/permohonan/{reference}")
    inspector.look(budi, title)
    budi.locator("#percakapan summary").click()
    steps.press(budi, "Kirim pesan")
    inspector.look(budi, title, status=422)
    expect(budi.get_by_role("alert")).to_contain_text("Tulis pesannya.")
    steps.box(budi, "Tulis pesan").fill(QUESTION)
    budi.get_by_label("Minta jawaban").check()
    steps.press(budi, "Kirim pesan")
    inspector.look(budi, title)
    expect(budi.get_by_role("status").first).to_have_text("Pesan terkirim.")
    expect(budi.locator("#percakapan")).to_contain_text("Menunggu jawaban pemohon")

    citizen.goto("/permohonan")
    inspector.look(citizen, "Permohonan saya")
    expect(citizen.locator("li.todo").first).to_contain_text("Menunggu jawaban Anda")
    citizen.locator("li.todo a").first.click()
    inspector.look(citizen, steps.SERVICE)
    expect(citizen.locator("#percakapan .said").first).to_have_text(QUESTION)
    steps.follow(citizen, "Jawab")
    inspector.look(citizen, "Jawab petugas")
    expect(citizen.locator("main .said").first).to_have_text(QUESTION)
    # Without words nothing is sent, and the files are kept.
    schedule = samples.upload("jadwal.pdf", samples.pdf(), "application/pdf")
    steps.box(citizen, "Lampiran 1 (tidak wajib)").set_input_files(schedule)
    if script:
        expect(citizen.locator("#f-lampiran-1-file")).to_contain_text("1 halaman")
    steps.press(citizen, "Kirim pesan")
    inspector.look(citizen, "Jawab petugas", status=422)
    expect(citizen.locator("#f-lampiran-1-file")).to_contain_text("jadwal.pdf")
    steps.box(citizen, "Pesan").fill(ANSWER)
    steps.press(citizen, "Simpan, kirim nanti")
    inspector.look(citizen, "Jawab petugas")
    expect(citizen.get_by_role("status").first).to_have_text("Tersimpan, belum dikirim.")
    citizen.goto(f"/permohonan/{reference}")
    inspector.look(citizen, steps.SERVICE)
    expect(citizen.locator("#percakapan")).to_contain_text("Pesan belum terkirim")
    steps.follow(citizen, "Jawab")
    inspector.look(citizen, "Jawab petugas")
    expect(steps.box(citizen, "Pesan")).to_have_value(ANSWER)
    citizen.locator("summary", has_text="Lampiran lain").click()
    steps.box(citizen, "Lampiran 2 (tidak wajib)").set_input_files(
        samples.upload("denah.jpg", samples.jpeg(), "image/jpeg"))
    steps.press(citizen, "Kirim pesan")
    inspector.look(citizen, steps.SERVICE)
    expect(citizen.locator("#percakapan")).to_contain_text("Menunggu jawaban kantor")
    expect(citizen.locator("#percakapan")).not_to_contain_text("Pesan belum terkirim")
    citizen.goto("/permohonan")
    inspector.look(citizen, "Permohonan saya")
    expect(citizen.locator("main")).not_to_contain_text("Menunggu jawaban Anda")

    budi.goto("/petugas?tab=pesan")
    inspector.look(budi, "Antrean permohonan")
    steps.follow(budi, reference)
    inspector.look(budi, title)
    expect(budi.locator("#percakapan .said").nth(1)).to_have_text(ANSWER)
    for name, content in [("jadwal.pdf", samples.pdf()), ("denah.jpg", samples.jpeg())]:
        link = budi.locator("#percakapan").get_by_role("link", name=name)
        answer = budi.context.request.get(link.get_attribute("href"))
        assert answer.ok and answer.body() == content, name
    steps.press(budi, "Tandai sudah dibaca")
    inspector.look(budi, title)
    expect(budi.locator("main")).not_to_contain_text("Pesan baru, menunggu jawaban kantor")

    citizen.goto(f"/permohonan/{reference}/pembukaan-berkas")
    inspector.look(citizen, "Siapa yang membuka berkas saya")
    expect(citizen.locator("main")).to_contain_text("Lampiran pesan")
    kinds = [kind for kind, in portal.ask(
        "SELECT kind FROM event JOIN application ON application.id = application_id WHERE reference = ?"
        " ORDER BY event.id", reference.replace("-", ""))]
    assert kinds == ["created", "submitted", "asked", "messaged", "messagesSeen"], kinds
    inspector.conclude(pages=16)


@pytest.mark.parametrize("width, script", [(390, False), (1280, True)])
def test_what_is_right_is_explained_and_what_is_wrong_is_mended(width, script, portal, open_page, inspect):
    inspector = inspect(script=script)
    citizen = inspector.watch(open_page(width, script=script))
    budi = inspector.watch(open_page(width, script=script))
    without_viewer(budi)
    person, reference = sent(citizen, portal)
    title = steps.ANSWERS["Penelitian"]["Judul penelitian"]
    steps.log_in(budi, portal, steps.BUDI)
    budi.goto(f"/petugas/permohonan/{reference}")
    for label in ["Judul penelitian", "KTP", "Lokasi penelitian"]:
        judge(budi, label).get_by_label("Perlu diperbaiki").check()
        judge(budi, label).get_by_label("Alasan, ditujukan kepada pemohon").fill(f"Periksa lagi {label}.")
    steps.press(budi, "Kembalikan untuk diperbaiki")
    inspector.look(budi, title)

    citizen.goto(f"/permohonan/{reference}")
    inspector.look(citizen, steps.SERVICE)
    expect(citizen.locator(".way [aria-current=step]")).to_contain_text("Menunggu perbaikan Anda")
    steps.follow(citizen, "Perbaiki sekarang")
    inspector.look(citizen, "Perbaiki permohonan")
    expect(citizen.locator("ol.tasks li")).to_have_count(3)
    steps.box(citizen, "Lokasi penelitian").fill("Dinas Perhubungan dan Kelurahan Kesawan")
    citizen.locator(".mend", has_text="Judul penelitian").locator("summary", has_text="Sudah benar?").click()
    citizen.locator("#f-benar-judul").fill("Judul ini sama dengan halaman depan proposal.")
    steps.press(citizen, "Kirim perbaikan")
    inspector.look(citizen, "Perbaiki permohonan", status=422)
    expect(citizen.get_by_role("alert").get_by_role("link")).to_have_count(1)
    expect(citizen.locator("#f-benar-judul")).to_be_visible()
    steps.choose(citizen, {"KTP": samples.upload("ktp-baru.pdf", samples.pdf("Baru"), "application/pdf")})
    steps.press(citizen, "Kirim perbaikan")
    inspector.look(citizen, steps.SERVICE)
    expect(citizen.get_by_role("status").first).to_have_text("Perbaikan terkirim.")

    budi.goto(f"/petugas/permohonan/{reference}")
    inspector.look(budi, title)
    card = budi.locator("article.doc", has_text="ktp-baru.pdf")
    expect(card).to_contain_text("ktp.jpg")
    expect(card).to_contain_text("Yang diminta: Periksa lagi KTP.")
    expect(budi.locator(".answer", has_text="Judul penelitian")).to_contain_text("Judul ini sama dengan halaman depan")
    place = budi.locator(".answer", has_text="Lokasi penelitian")
    expect(place.locator("s")).to_have_text(steps.ANSWERS["Penelitian"]["Lokasi penelitian"])
    expect(place.locator(".value")).to_have_text("Dinas Perhubungan dan Kelurahan Kesawan")
    inspector.conclude(pages=6)


def test_a_withdrawn_application_is_filed_again_with_what_was_given(portal, open_page, inspect):
    inspector = inspect(script=False)
    page = inspector.watch(open_page(390, script=False))
    _, reference = sent(page, portal)
    page.get_by_role("link", name="Batalkan permohonan").click()
    inspector.look(page, "Batalkan permohonan")
    steps.box(page, "Alasan membatalkan (tidak wajib)").fill("Salah memilih pembimbing.")
    steps.press(page, "Ya, batalkan permohonan ini")
    inspector.look(page, steps.SERVICE)
    expect(page.locator(".timeline")).to_contain_text("Salah memilih pembimbing.")
    steps.press(page, "Ajukan lagi dari permohonan ini")
    inspector.look(page, "Jenis pemohon")
    again = steps.reference(page)
    assert again != reference
    steps.press(page, "Simpan dan lanjut")
    inspector.look(page, "Data peneliti")
    expect(steps.box(page, "NIM atau nomor induk")).to_have_value("190501077")
    page.goto(f"/permohonan/{again}/isian/pengantar")
    # The letter of introduction may be the same, and its day is always past.
    expect(steps.box(page, "Tanggal surat pengantar")).not_to_have_value("")
    page.goto(f"/permohonan/{again}/berkas")
    inspector.look(page, "Unggah berkas")
    expect(page.locator("p.kept")).to_have_count(2)
    page.goto(f"/permohonan/{reference}")
    steps.press(page, "Ajukan lagi dari permohonan ini")
    inspector.look(page, steps.SERVICE)
    expect(page.get_by_role("status").first).to_contain_text("Anda masih punya draf layanan ini")
    assert steps.reference(page) == again

    # A paper for another kind of letter, by one press.
    page.goto("/layanan/survei")
    steps.press(page, "Ajukan permohonan")
    page.get_by_label("Mahasiswa", exact=True).check()
    page.get_by_label("Saya sendiri").check()
    steps.press(page, "Simpan draf")
    survey = steps.reference(page)
    page.goto(f"/permohonan/{survey}/berkas")
    inspector.look(page, "Unggah berkas")
    offer = page.locator(".reuse", has_text="ktp.jpg")
    expect(offer).to_contain_text("Berlaku sampai")
    offer.get_by_role("button", name="Pakai berkas ini").click()
    inspector.look(page, "Unggah berkas")
    expect(page.get_by_role("status").first).to_have_text("Berkas lama dipakai.")
    expect(page.locator("#f-ktp-file")).to_contain_text("ktp.jpg")
    inspector.conclude(pages=6)
