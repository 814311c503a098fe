"""What an office does with letters after they are issued, and what everybody sees of it: each page looked at."""

import pytest
from playwright.sync_api import expect

import samples
import steps
from test_journey import without_viewer

REASON = "Kegiatan dilakukan di luar lokasi yang disebut dalam surat, dan teguran tidak diindahkan."
# Wider than a phone, and than half a desk.
LONG_WORD = "pertanggungjawaban" * 9


@pytest.mark.parametrize("width", [320, 1280])
def test_an_office_ends_letters(width, portal, open_page, inspect):
    inspector = inspect()
    ratna, budi, stranger = (inspector.watch(open_page(width)) for _ in range(3))
    without_viewer(budi)
    without_viewer(ratna)
    steps.log_in(ratna, portal, steps.RATNA)
    steps.log_in(budi, portal, steps.BUDI)

    reference = issued(portal, ratna, budi, open_page(width))
    title = subject(portal, reference)
    token = token_of(portal, reference)
    stranger.goto(f"/verifikasi/{token}")
    inspector.look(stranger, "Surat ini asli dan berlaku")

    # Made void before anybody fetched it: the file waits for another letter.
    act(ratna, reference, "Batalkan surat yang belum diserahkan", {"Alasan": REASON + " " + LONG_WORD, "Kata sandi Anda": "salah sekali ini"})
    inspector.look(ratna, title, status=422)
    expect(ratna.locator("main")).to_contain_text("Kata sandi tidak cocok")
    ratna.get_by_label("Kata sandi Anda", exact=True).first.fill(steps.PASSWORD)
    ratna.get_by_role("button", name="Batalkan surat ini", exact=True).click()
    inspector.look(ratna, title)
    stranger.goto(f"/verifikasi/{token}")
    inspector.look(stranger, "Surat ini batal")

    # The next one is replaced, and that one is revoked.
    recommend(budi, reference)
    sign(ratna, reference)
    token = token_of(portal, reference)
    act(budi, reference, "Ganti surat", {"Alasan": REASON})
    inspector.look(budi, title)
    recommend(budi, reference)
    ratna.goto(f"/petugas/permohonan/{reference}/tanda-tangan")
    inspector.look(ratna, "Baca surat sebelum menandatangani")
    sign(ratna, reference)
    stranger.goto(f"/verifikasi/{token}")
    inspector.look(stranger, "Surat ini sudah diganti")

    token = token_of(portal, reference)
    act(ratna, reference, "Cabut surat", {"Sebab pencabutan": None, "Alasan": REASON + " " + LONG_WORD})
    inspector.look(ratna, "Baca surat pencabutan sebelum menandatangani")
    expect(ratna.locator(".sheet")).to_contain_text("SURAT PENCABUTAN")
    steps.press(ratna, "Kembali dan ubah alasan")
    inspector.look(ratna, title)
    expect(ratna.get_by_label("Alasan", exact=True).locator("visible=true")).to_have_value(REASON + " " + LONG_WORD)
    ratna.get_by_role("button", name="Baca surat pencabutan", exact=True).click()
    inspector.look(ratna, "Baca surat pencabutan sebelum menandatangani")
    steps.box(ratna, "Kata sandi Anda").fill("salah sekali ini")
    steps.press(ratna, "Tanda tangani dan cabut surat")
    inspector.look(ratna, "Baca surat pencabutan sebelum menandatangani", status=422)
    steps.box(ratna, "Kata sandi Anda").fill(steps.PASSWORD)
    steps.press(ratna, "Tanda tangani dan cabut surat")
    inspector.look(ratna, title)
    expect(ratna.get_by_role("status")).to_be_visible()
    stranger.goto(f"/verifikasi/{token}")
    inspector.look(stranger, "Surat ini sudah dicabut")
    expect(stranger.locator("main")).not_to_contain_text(REASON)
    ratna.goto("/petugas/agenda")
    inspector.look(ratna, "Agenda surat keluar")
    inspector.conclude(pages=14)


@pytest.mark.parametrize("width", [320, 1280])
def test_anybody_checks_a_file(width, portal, open_page, inspect):
    inspector = inspect()
    siti, stranger = open_page(width), inspector.watch(open_page(width))
    steps.log_in(siti, portal, steps.SITI)
    # The demo world's own letter, which no test ends.
    path = portal.ask(
        "SELECT reference FROM application JOIN letter ON application_id = application.id ORDER BY letter.id")[0][0]
    letter = siti.request.get(f"{portal.url}/permohonan/{path[:4]}-{path[4:]}/surat.pdf")
    assert letter.status == 200
    content = letter.body()
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    for file, said in [
        (content, "Berkas ini surat asli dari kami"), (bytes(changed), "Berkas ini sudah diubah"),
        (samples.pdf(), "Berkas ini bukan surat dari kami"),
    ]:
        stranger.goto("/verifikasi")
        inspector.look(stranger, "Periksa keaslian surat")
        stranger.locator("input[type=file]").set_input_files(samples.upload("surat.pdf", file, "application/pdf"))
        steps.press(stranger, "Periksa berkas")
        inspector.look(stranger, said)
    inspector.conclude(pages=6)


def issued(portal, ratna, budi, citizen):
    """A fresh letter of a new citizen's. Returns the application's reference."""
    steps.join(citizen, portal, steps.new_person())
    reference = steps.ready_draft(citizen, portal)
    citizen.get_by_label(steps.STATEMENT).check()
    steps.press(citizen, "Kirim permohonan")
    steps.heading(citizen, steps.SERVICE)
    recommend(budi, reference)
    sign(ratna, reference)
    return reference


def recommend(page, reference):
    page.goto(f"/petugas/permohonan/{reference}")
    steps.press(page, "Rekomendasikan")


def sign(page, reference):
    page.goto(f"/petugas/permohonan/{reference}/tanda-tangan")
    steps.box(page, "Kata sandi Anda").fill(steps.PASSWORD)
    steps.press(page, "Tanda tangani dan terbitkan")
    page.wait_for_url(f"**/petugas/permohonan/{reference}")


def act(page, reference, heading, answers):
    """Opens a part of the letter's page, fills it in and presses its button. None chooses the first of a list."""
    page.goto(f"/petugas/permohonan/{reference}/surat")
    part = page.locator("details", has=page.locator("summary", has_text=heading))
    part.locator("summary").click()
    for label, text in answers.items():
        field = part.get_by_label(label, exact=True)
        field.select_option(index=1) if text is None else field.fill(text)
    part.get_by_role("button").click()


def subject(portal, reference):
    return portal.ask("SELECT subject FROM application WHERE reference = ?", reference.replace("-", ""))[0][0]


def token_of(portal, reference):
    return portal.ask(
        "SELECT token FROM letter JOIN application ON application.id = application_id WHERE reference = ?"
        " AND kind = 'permit' ORDER BY letter.id DESC", reference.replace("-", ""))[0][0]
