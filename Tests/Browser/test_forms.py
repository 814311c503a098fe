"""What goes wrong while filling in, and that nothing is lost then."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

import samples
import steps
from inspection import axe

MB = 1 << 20


@pytest.fixture
def citizen(open_page, portal):
    """A page of a new, active citizen: `citizen.person` says who."""
    def join(**options):
        page = open_page(**options)
        page.person = steps.new_person()
        steps.join(page, portal, page.person)
        return page
    return join


# Signing up

def test_an_empty_sign_up_leads_to_each_field(open_page):
    page = open_page()
    page.goto("/daftar")
    steps.press(page, "Buat akun")
    steps.heading(page, "Daftar akun")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links).to_have_count(5)
    for number, label in enumerate(
            ["Nama lengkap", "Alamat surel (email)", "NIK", "Nomor ponsel", "Kata sandi"]):
        links.nth(number).focus()
        page.keyboard.press("Enter")
        field = steps.box(page, label)
        expect(field).to_be_focused()
        expect(field).to_be_in_viewport()
        assert field.get_attribute("aria-invalid") == "true"
        # What is wrong is read out together with the field.
        explained = field.get_attribute("aria-describedby").split()
        error = page.locator(f"#{explained[-1]}")
        assert links.nth(number).inner_text() in error.inner_text()
    assert page.title().startswith("Ada isian yang perlu dibetulkan:")
    assert axe(page) == []


def test_bad_answers_keep_what_was_typed(open_page):
    page = open_page()
    page.goto("/daftar")
    typed = {
        "Nama lengkap": "O'Brien <b>\"Budi\"</b> & anak", "Alamat surel (email)": "budi-di-contoh",
        "Nomor ponsel": "12", "NIK": "1271",
    }
    for label, text in typed.items():
        steps.box(page, label).fill(text)
    steps.box(page, "Kata sandi").fill("pendek")
    steps.press(page, "Buat akun")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(5)
    for label, text in typed.items():
        expect(steps.box(page, label)).to_have_value(text)
    # A password is never written into a page.
    expect(steps.box(page, "Kata sandi")).to_have_value("")
    expect(page.get_by_role("alert")).to_contain_text("Buat kata sandi sedikitnya 10 karakter, sekarang 6.")
    assert axe(page) == []


def test_bad_answers_of_the_letter_keep_what_was_typed(citizen, portal):
    page = citizen()
    steps.begin(page, portal)
    steps.fill_section(page, "Data peneliti")
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Penelitian")
    steps.box(page, "Judul penelitian").fill("Pendek")
    steps.box(page, "Lama penelitian").fill("tiga")
    steps.press(page, "Simpan dan lanjut")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    expect(steps.box(page, "Judul penelitian")).to_have_value("Pendek")
    expect(steps.box(page, "Lama penelitian")).to_have_value("tiga")
    assert axe(page) == []


# Uploads

REFUSED = {
    "a program named .pdf": (samples.upload("skripsi.pdf", samples.program(), "application/pdf"), "jenis berkas ini tidak diterima"),
    "11 MB": (samples.upload("besar.pdf", samples.pdf() + b"\n" * (11 * MB), "application/pdf"), "paling besar 10 MB"),
    "empty": (samples.upload("kosong.pdf", b"", "application/pdf"), "berkas ini kosong"),
    "text": (samples.upload("catatan.txt", b"Halo, ini proposal saya.\n" * 50, "text/plain"), "jenis berkas ini tidak diterima"),
    "a PDF cut off on its way": (samples.upload("rusak.pdf", samples.pdf()[:400], "application/pdf"), "rusak atau tidak dapat dibuka"),
    "a PDF with a script": (samples.upload("skrip.pdf", samples.pdf(catalog="/OpenAction<</S/J#61vaScript/JS(x)>>"), "application/pdf"), "PDF ini berisi skrip"),
    "a Word document": (samples.upload("skripsi.docx", samples.word()), "pilih Simpan Sebagai > PDF"),
    "a picture of 100 megapixels": (samples.upload("peta.png", samples.png(10_000, 10_000, rows=b""), "image/png"), "lebih dari 50 megapiksel"),
    "a photo of an iPhone": (samples.upload("IMG_0001.HEIC", samples.heic(), "image/heic"), "foto HEIC dari iPhone tidak diterima"),
}


@pytest.fixture(scope="module", params=[True, False])
def upload_page(request, browser, portal):
    """The papers of one draft, for all refusals: each must leave nothing behind."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=portal.url, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    page = context.new_page()
    steps.join(page, portal, steps.new_person())
    page.reference = steps.begin(page, portal)
    page.has_script = request.param
    yield page
    context.close()


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_does_not_fit_is_refused(kind, upload_page):
    file, words = REFUSED[kind]
    page = upload_page
    page.goto(f"/permohonan/{page.reference}/berkas")
    steps.choose(page, {"KTP": file})
    is_large = len(file["buffer"]) > 10 * MB
    if page.has_script and is_large:
        # The script says so before the phone sends it all.
        expect(page.get_by_role("alert")).to_contain_text("terlalu besar")
    elif page.has_script:
        # It goes up at once, and what is wrong stands beside it.
        expect(page.locator("#f-ktp-error")).to_contain_text(words)
        expect(page.locator("p.error")).to_have_count(1)
        assert "f-ktp-error" in steps.box(page, "KTP").get_attribute("aria-describedby")
        assert axe(page) == []
        page.goto(f"/permohonan/{page.reference}/berkas")
        return expect(page.locator("p.kept")).to_have_count(0)
    steps.press(page, "Unggah")
    summary = page.locator("#problems")
    expect(summary).to_be_visible()
    expect(summary.get_by_role("link")).to_have_count(1)
    expect(summary).to_contain_text("KTP")
    expect(summary).to_contain_text(words)
    summary.get_by_role("link").click()
    expect(steps.box(page, "KTP")).to_be_focused()
    if page.has_script:
        assert axe(page) == []
    page.goto(f"/permohonan/{page.reference}/berkas")
    expect(page.locator("p.kept")).to_have_count(0)


def test_a_good_file_beside_a_bad_one_is_kept(citizen, portal):
    page = citizen(script=False)
    steps.begin(page, portal)
    page.goto(f"/permohonan/{steps.reference(page)}/berkas")
    steps.choose(page, {"Surat pengantar": steps.good_papers()["Surat pengantar"], "KTP": REFUSED["text"][0]})
    steps.press(page, "Unggah")
    expect(page.locator("#problems").get_by_role("link")).to_have_count(1)
    expect(page.locator("p.kept")).to_have_count(1)
    expect(page.locator("p.kept")).to_contain_text("pengantar.pdf")


ODD_NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Users\\siti\\proposal akhir.pdf": "proposal akhir.pdf",
    "surat \"resmi\" <b>&amp; 'sah' 100%.pdf": "surat \"resmi\" <b>&amp; 'sah' 100%.pdf",
    "laporan\u202efdp.exe.pdf": "laporanfdp.exe.pdf",
    "proposal.pdf.exe": "proposal.pdf.pdf",
    "浅草-é-🌴.PDF": "浅草-é-🌴.pdf",
}


def test_odd_file_names_are_only_names(citizen, portal, tmp_path):
    page = citizen()
    reference = steps.begin(page, portal)
    before = sorted(path.name for path in portal.data.iterdir())
    for sent, shown in ODD_NAMES.items():
        page.goto(f"/permohonan/{reference}/berkas")
        send_as(page, sent)
        page.goto(f"/permohonan/{reference}/berkas")
        link = page.locator("p.kept").get_by_role("link")
        expect(link).to_have_count(1)
        assert link.inner_text() == shown, f"{sent!r} is shown as {link.inner_text()!r}"
        answer = page.context.request.get(link.get_attribute("href"))
        assert answer.ok and answer.body() == samples.pdf()
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert sorted(path.name for path in portal.data.iterdir()) == before
    assert not list(portal.data.rglob("*passwd*"))


def send_as(page, name):
    """Posts the form as a browser would, with a name that browsers themselves would clean."""
    answer = page.context.request.post(page.locator("main form").get_attribute("action"), multipart={
        "csrf": page.locator("main form input[name=csrf]").get_attribute("value"),
        "surat_pengantar": {"name": name, "mimeType": "application/pdf", "buffer": samples.pdf()},
    })
    assert answer.ok, f"{name!r}: {answer.status}"


# Sending twice

@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_sends_one_application(script, citizen, portal):
    page = citizen(script=script)
    reference = steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    page.get_by_role("button", name="Kirim permohonan").dblclick(no_wait_after=True)
    steps.heading(page, steps.SERVICE)
    expect(page.locator("main .ref.big")).to_have_text(reference)
    expect(page.locator("main")).to_contain_text("Permohonan Anda menunggu giliran diperiksa")
    once(page, portal)


def test_the_same_form_sent_twice_at_once_is_one_application(citizen, portal):
    page = citizen()
    reference = steps.ready_draft(page, portal)
    statuses = page.evaluate("""async () => {
      const form = document.querySelector('main form[action$="/pengajuan"]');
      form.querySelector('[type=checkbox]').checked = true;
      const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
      return (await Promise.all([send(), send(), send(), send()])).map(answer => answer.status);
    }""")
    assert statuses == [200] * 4
    page.goto(f"/permohonan/{reference}")
    expect(page.locator("main")).to_contain_text("Permohonan Anda menunggu giliran diperiksa")
    once(page, portal)


def once(page, portal):
    mine = "application JOIN account ON account.id = applicant_id WHERE email = ?"
    assert portal.ask(f"SELECT application.state FROM {mine}", page.person.email) == [("submitted",)]
    assert portal.number(
        f"SELECT count(*) FROM event WHERE kind = 'submitted' AND application_id IN (SELECT application.id FROM {mine})",
        page.person.email) == 1
    assert portal.number(
        "SELECT count(*) FROM outbox JOIN account ON account.id = account_id WHERE kind = 'submitted' AND email = ?",
        page.person.email) == 1


# A session that ends in the middle

def log_in_again(page):
    steps.heading(page, "Masuk")
    expect(page.get_by_role("status")).to_contain_text("isian Anda tidak hilang")
    steps.box(page, "Alamat surel (email)").fill(page.person.email)
    # Once wrong: what is held must survive that, too.
    steps.box(page, "Kata sandi").fill("bukan sandi saya")
    steps.press(page, "Masuk")
    expect(page.locator("#problems")).to_be_visible()
    steps.box(page, "Kata sandi").fill(page.person.password)
    steps.press(page, "Masuk")


def test_an_ended_session_loses_nothing_that_was_typed(citizen, portal):
    page = citizen()
    reference = steps.begin(page, portal)
    steps.fill_section(page, "Data peneliti")
    steps.box(page, "Nama lengkap").fill("Tiurma \"Uma\" & <Rotua> d'Simanjuntak")
    portal.end_sessions(page.person.email)
    steps.press(page, "Simpan dan lanjut")
    log_in_again(page)
    # Saved by the log-in, and on to what the button led to.
    steps.heading(page, "Penelitian")
    expect(page.get_by_role("status").first).to_contain_text("Isian tadi tersimpan.")
    page.goto(f"/permohonan/{reference}/isian/peneliti")
    for label, answer in {**steps.ANSWERS["Data peneliti"], "Nama lengkap": "Tiurma \"Uma\" & <Rotua> d'Simanjuntak"}.items():
        expect(steps.box(page, label)).to_have_value(answer)


def test_an_ended_session_loses_no_correction(citizen, portal, open_page):
    page = citizen()
    reference = steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    steps.heading(page, steps.SERVICE)
    budi = open_page(1280, script=False)
    steps.log_in(budi, portal, steps.BUDI)
    budi.goto(f"/petugas/permohonan/{reference}")
    title = budi.get_by_role("group", name="Judul penelitian: Penilaian")
    title.get_by_label("Perlu diperbaiki").check()
    title.get_by_label("Alasan, ditujukan kepada pemohon").fill("Tulis judul lengkapnya.")
    steps.press(budi, "Kembalikan untuk diperbaiki")
    expect(budi.get_by_role("status")).to_contain_text("dikembalikan")

    long = ("Pengaruh \"Pasar Malam\" & Kaki Lima di Kesawan; " * 9)[:398].strip()
    page.goto(f"/permohonan/{reference}/perbaikan")
    steps.box(page, "Judul penelitian").fill(long)
    portal.end_sessions(page.person.email)
    steps.press(page, "Kirim perbaikan")
    log_in_again(page)
    expect(page.get_by_role("status").first).to_contain_text("perbaikan BELUM terkirim")
    expect(steps.box(page, "Judul penelitian")).to_have_value(long)
    assert axe(page) == []
    steps.press(page, "Kirim perbaikan")
    steps.heading(page, steps.SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Perbaikan terkirim.")
    expect(page.locator("main")).to_contain_text(long)


def test_an_ended_session_says_that_files_must_be_chosen_again(citizen, portal):
    """What somebody who is not logged in any more sends is not kept; they must hear it, and land where they were."""
    page = citizen(script=False)
    reference = steps.begin(page, portal)
    page.goto(f"/permohonan/{reference}/berkas")
    large = samples.upload("besar.pdf", samples.pdf() + b"\n" * (9 * MB), "application/pdf")
    steps.choose(page, {**steps.good_papers(), "Proposal penelitian": large})
    portal.end_sessions(page.person.email)
    steps.press(page, "Unggah")
    steps.heading(page, "Masuk")
    expect(page.get_by_role("status")).to_contain_text("Sesi Anda berakhir")
    steps.box(page, "Alamat surel (email)").fill(page.person.email)
    steps.box(page, "Kata sandi").fill(page.person.password)
    steps.press(page, "Masuk")
    steps.heading(page, "Unggah berkas")
    expect(page.locator("main")).to_contain_text("perlu dipilih lagi")
    expect(page.locator("p.kept")).to_have_count(0)


# Without a mouse

FOCUS = """() => {
  const focused = document.activeElement, style = getComputedStyle(focused);
  return {
    what: focused.id || focused.textContent.trim().slice(0, 40) || focused.nodeName,
    isPage: focused === document.body,
    isSeen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
  };
}"""


def tab_to(page, target):
    """Presses Tab until the target has the focus; on the way, every stop must be visible."""
    passed = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus["isPage"]:
            assert focus["isSeen"], f"the focus on '{focus['what']}' cannot be seen"
            box = page.locator(":focus").bounding_box()
            assert box and box["width"] > 0 and box["y"] >= 0, f"the focus on '{focus['what']}' is outside: {box}"
        passed.append(focus["what"])
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"40 times Tab did not lead there: {passed}")


@pytest.mark.parametrize("width", [390, 1280])
def test_signing_up_and_logging_in_without_a_mouse(width, open_page):
    page = open_page(width)
    person = steps.new_person()
    page.goto("/")
    # The first stop skips the menu.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi halaman")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, page.locator("main").get_by_role("link", name="Lihat layanan"))

    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Daftar", exact=True))
    page.keyboard.press("Enter")
    steps.heading(page, "Daftar akun")
    for label, text in [
            ("Nama lengkap", person.name), ("Alamat surel (email)", person.email), ("NIK", person.nik),
            ("Nomor ponsel", person.phone), ("Kata sandi", person.password)]:
        tab_to(page, steps.box(page, label))
        page.keyboard.type(text)
    tab_to(page, page.get_by_role("button", name="Buat akun"))
    page.keyboard.press("Enter")
    steps.heading(page, "Periksa surel Anda")

    tab_to(page, page.locator("main").get_by_role("link", name="Masuk", exact=True))
    page.keyboard.press("Enter")
    steps.heading(page, "Masuk")
    tab_to(page, steps.box(page, "Alamat surel (email)"))
    page.keyboard.type(person.email)
    tab_to(page, steps.box(page, "Kata sandi"))
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    steps.heading(page, "Permohonan saya")


# Starting the tests

def test_a_missing_program_is_one_clear_line():
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", os.path.dirname(__file__)], capture_output=True, text=True,
        timeout=60, env={**os.environ, "SURATIZIN_BIN": "/nowhere/suratizin"})
    assert run.returncode == 3
    lines = [line for line in (run.stdout + run.stderr).splitlines() if "suratizin" in line]
    assert len(lines) == 1 and "is missing" in lines[0], run.stdout + run.stderr
