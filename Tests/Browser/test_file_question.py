"""A file that is asked for beside other questions: it goes up by itself and harms nothing that is being typed."""

import re

import pytest
from playwright.sync_api import expect

import samples
import steps
from inspection import axe
from test_drafts import citizen, kept  # noqa: F401 (a fixture)

QUESTIONS = {"Judul survei": "Kepuasan warga atas taman kota di Medan", "Wilayah survei": "Kecamatan Medan Baru"}


def survey(page, portal):
    page.goto(f"{portal.url}/layanan/survei")
    steps.press(page, "Ajukan permohonan")
    page.goto(f"{portal.url}/permohonan/{steps.reference(page)}/isian/survei")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("script", [True, False])
def test_a_file_and_what_is_typed_beside_it_are_kept(width, script, citizen, portal):  # noqa: F811
    page = citizen(width=width, script=script)
    survey(page, portal)
    for label, text in QUESTIONS.items():
        steps.box(page, label).fill(text)
    field = page.locator("#f-kuesioner")
    field.set_input_files(samples.upload("angket.pdf", samples.pdf(), "application/pdf"))
    if script:
        expect(page.locator("#f-kuesioner-file")).to_contain_text(re.compile(r"angket\.pdf \(\d+ byte, 1 halaman\)"))
        kept(page)
        steps.box(page, "Jumlah responden").fill("400")
        kept(page)
        page.reload()
    else:
        steps.press(page, "Simpan draf")
    expect(page.locator("#f-kuesioner-file")).to_contain_text("angket.pdf")
    for label, text in QUESTIONS.items():
        expect(steps.box(page, label)).to_have_value(text)
    assert axe(page) == [] if script else True
    # A wrong one is named beside its question, and the good one stays.
    page.locator("#f-kuesioner").set_input_files(samples.upload("angket.docx", samples.word()))
    if not script:
        steps.press(page, "Simpan dan lanjut")
    expect(page.locator("#f-kuesioner-error")).to_contain_text("Simpan Sebagai > PDF")
    expect(page.locator("#f-kuesioner-file")).to_contain_text("angket.pdf")
    expect(steps.box(page, "Judul survei")).to_have_value(QUESTIONS["Judul survei"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Taken away by its button, without what is typed.
    page.get_by_role("button", name="Hapus Daftar pertanyaan").click()
    expect(page.locator("#f-kuesioner-file")).to_have_count(0)
    expect(steps.box(page, "Judul survei")).to_have_value(QUESTIONS["Judul survei"])
