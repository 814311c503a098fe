"""Much was returned: it is mended in parts, and sent at once."""

import pytest
from playwright.sync_api import expect

import samples
import steps
from inspection import axe, overflow

REASON = "Belum sesuai dengan surat pengantar. Tulis seperti pada halaman pertama proposal, lengkap dengan tempatnya."
TYPED = {
    "#f-tema": "Pencegahan Stunting dan Pengelolaan Sampah Rumah Tangga",
    "#f-nomor-pengantar": "77/UN5.2.1.9/KRK/2026",
    "#f-perihal-pengantar": "Permohonan izin KKN",
    "#f-penanggung-jawab": "Ketua LPPM USU",
}
RETURN_ALL = """reason => document.querySelectorAll('input[type=radio][value=return]').forEach(radio => {
  radio.checked = true;
  document.getElementsByName(radio.name.replace('verdict.', 'reason.'))[0].value = reason;
})"""


def group(page):
    """A group's application, sent. Returns its reference."""
    page.goto("/layanan/kkn")
    steps.press(page, "Ajukan permohonan")
    page.get_by_label("Mahasiswa (ketua kelompok)").check()
    page.get_by_label("Warga negara Indonesia").check()
    steps.press(page, "Simpan dan lanjut")
    page.locator("#f-nim").fill("190501077")
    page.locator("#f-lembaga").fill("Universitas Sumatera Utara")
    page.locator("#f-pembimbing").fill("Dr. Rina Siregar, M.Si.")
    steps.press(page, "Simpan dan lanjut")
    page.locator("summary", has_text="Tempel dari Excel").click()
    page.get_by_label("Tempel baris di sini").fill("Tiurma\t190501077\nRahmat\t190501078\nMaria\t190501079")
    steps.press(page, "Masukkan ke daftar")
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Kegiatan")
    page.locator("#f-tema").fill("Pencegahan Stunting")
    page.locator("#f-lokasi").select_option(index=5)
    page.locator("#f-waktu").fill("2026-12-07")
    page.locator("#f-waktu-sampai").fill("2027-01-15")
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Surat pengantar")
    for place, text in list(TYPED.items())[1:]:
        page.locator(place).fill(text)
    page.locator("#f-tanggal-pengantar").fill("2026-01-12")
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Unggah berkas")
    give_papers(page)
    steps.press(page, "Unggah dan lanjut")
    steps.heading(page, "Periksa isian Anda")
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    expect(page.get_by_role("status").first).to_contain_text("terkirim")
    return steps.reference(page)


def give_papers(page):
    """Into every input for a paper."""
    for place in page.locator("main input[type=file]").evaluate_all("all => all.map(input => '#' + input.id)"):
        page.locator(place).set_input_files(samples.upload("baru.pdf", samples.pdf(place), "application/pdf"))


def return_all(page, portal, reference):
    steps.log_in(page, portal, steps.BUDI)
    page.goto(f"/petugas/permohonan/{reference}")
    page.evaluate(RETURN_ALL, REASON)
    steps.press(page, "Kembalikan untuk diperbaiki")
    expect(page.get_by_role("status")).to_contain_text("dikembalikan")


def look(page, script):
    """axe waits for what a page without script never does."""
    assert overflow(page) is None
    assert not script or axe(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_whole_application_is_mended_in_parts(script, open_page, portal):
    page = open_page(390, script=script)
    steps.join(page, portal, steps.new_person())
    reference = group(page)
    return_all(open_page(1280), portal, reference)

    page.goto(f"/permohonan/{reference}")
    steps.follow(page, "Perbaiki sekarang")
    steps.heading(page, "Perbaiki permohonan")
    tasks = page.locator(".tasks li")
    count = tasks.count()
    assert count > 15
    parts = page.locator("main h2").count()
    expect(page.locator("main")).to_contain_text(f"0 dari {count} selesai.")
    look(page, script)
    steps.press(page, "Kirim perbaikan")
    problems = page.locator("#problems li")
    expect(problems).to_have_count(count)
    look(page, script)
    problems.filter(has_text="ema").first.get_by_role("link").click()
    assert page.url.endswith("bagian=tema#f-tema")
    page.locator("#f-tema").fill("Judul yang ditinggalkan")
    steps.press(page, "Simpan dan lanjut")
    page.locator(".crumb a").click()
    expect(page.locator("main")).to_contain_text(f"1 dari {count} selesai.")
    # From the first part to the last, once the one that was begun is known to be kept.
    page.locator(".tasks a").first.click()
    for number in range(1, parts + 1):
        expect(page.locator("main .lead")).to_have_text(f"Bagian {number} dari {parts}")
        look(page, script)
        assert page.evaluate("document.documentElement.scrollHeight") < 6000
        if page.locator("#f-tema").count():
            expect(page.locator("#f-tema")).to_have_value("Judul yang ditinggalkan")
        papers = page.locator("main input[type=file]").count()
        give_papers(page)
        if script:
            expect(page.locator("p.kept")).to_have_count(papers)
        for part in page.locator(".mend").all():
            field = part.locator(":is(input, textarea):not([type=hidden])").first
            if f"#{field.get_attribute('id')}" == "#f-tema":
                field.fill(TYPED["#f-tema"])
            elif not part.locator("input[type=file]").count():
                part.locator("summary", has_text="Sudah benar?").click()
                part.locator("textarea[name^='benar.']").fill("Sudah sama dengan surat pengantar.")
        steps.press(page, "Simpan dan lanjut")
    expect(page.locator("main")).to_contain_text(f"{count} dari {count} selesai.")
    expect(tasks.locator(".tag")).to_have_count(count)
    page.locator("main button", has_text="Kirim perbaikan").dblclick()
    expect(page.get_by_role("status").first).to_have_text("Perbaikan terkirim.")
    expect(page.locator("main")).to_contain_text(TYPED["#f-tema"])
    assert portal.number("SELECT count(*) FROM event WHERE kind = 'resubmitted' AND application_id ="
                         " (SELECT id FROM application WHERE reference = ?)", reference.replace("-", "")) == 1


def test_the_language_button_keeps_what_a_part_holds(open_page, portal):
    page = open_page(390, script=False)
    steps.join(page, portal, steps.new_person())
    reference = group(page)
    return_all(open_page(1280), portal, reference)
    page.goto(f"/permohonan/{reference}/perbaikan?bagian=tema")
    lead = page.locator("main .lead")
    number = lead.inner_text().split()[1]
    page.locator("#f-tema").fill(TYPED["#f-tema"])
    page.get_by_role("button", name="English").click()
    expect(lead).to_contain_text(f"Part {number} of")
    expect(page.locator("#f-tema")).to_have_value(TYPED["#f-tema"])
