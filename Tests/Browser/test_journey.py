"""A citizen gets a letter: from signing up to a stranger who checks it, on a phone and on a desk."""

import re
import subprocess
from collections import Counter

import pytest
from playwright.sync_api import expect

import samples
import steps

CARELESS = "Judul belum memuat tempat penelitian. Lengkapi seperti pada proposal."
BLURRED = "Foto KTP buram, angka NIK tidak terbaca."
MENDED = "Pengaruh Penataan Parkir terhadap Pedagang Kaki Lima di Kelurahan Kesawan Kota Medan"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_citizen_gets_a_letter(width, portal, open_page, inspect, tmp_path):
    inspector = inspect()
    person = steps.new_person()
    citizen, budi, ratna, stranger = (inspector.watch(open_page(width)) for _ in range(4))
    without_viewer(budi)
    without_viewer(ratna)

    sign_up(citizen, portal, inspector, person)
    reference = apply(citizen, portal, inspector)
    return_two(budi, portal, inspector, reference)
    mend_two(citizen, portal, inspector, person, reference)
    recommend(budi, portal, inspector, reference)
    preview = sign(ratna, portal, inspector, reference)
    number, letter = download(citizen, portal, inspector, person, reference, tmp_path / "surat.pdf")
    address = check_letter(letter, portal, person, number, preview)
    verify(stranger, portal, inspector, person, address, number)
    inspector.conclude(pages=45)


def without_viewer(page):
    """Chromium's PDF viewer is a page of its own that swallows clicks while the page around it scrolls."""
    page.route("**/petugas/permohonan/*/berkas/*", lambda route: route.fulfill(
        content_type="text/html", body="<!doctype html><html lang=id><title>PDF</title>"
    ) if route.request.resource_type == "document" else route.continue_())


def sign_up(page, portal, inspector, person):
    page.goto("/")
    inspector.look(page, "Ajukan surat izin dari ponsel Anda")
    page.get_by_role("link", name="Daftar", exact=True).click()
    inspector.look(page, "Daftar akun")
    steps.fill_sign_up(page, person)
    steps.press(page, "Buat akun")
    inspector.look(page, "Periksa surel Anda")

    steps.log_in(page, portal, person.email, person.password)
    page.goto("/akun")
    inspector.look(page, "Akun saya")
    expect(page.locator("main")).to_contain_text("Akun Anda belum aktif")
    expect(page.locator("main")).not_to_contain_text(person.nik)

    # Mail programs follow links by themselves: the link alone must not activate.
    text, link = portal.mail(person.email, "Aktifkan akun")
    assert person.name in text
    page.goto(link)
    inspector.look(page, "Aktifkan akun Anda")
    assert account_state(portal, person) == "pending"
    steps.press(page, "Aktifkan akun")
    inspector.look(page, "Akun Anda aktif")
    assert account_state(portal, person) == "active"
    page.goto(link)
    inspector.look(page, "Tautan ini tidak berlaku lagi", status=404)

    page.get_by_role("button", name="Keluar", exact=True).click()
    inspector.look(page, "Ajukan surat izin dari ponsel Anda")
    expect(page.get_by_role("status")).to_have_text("Anda sudah keluar.")

    # Whoever wants to apply is led to the log-in and back.
    steps.follow(page, steps.SERVICE)
    inspector.look(page, steps.SERVICE)
    steps.follow(page, "Ajukan permohonan")
    inspector.look(page, "Masuk")
    steps.box(page, "Alamat surel (email)").fill(person.email)
    steps.box(page, "Kata sandi").fill(person.password)
    steps.press(page, "Masuk")
    inspector.look(page, steps.SERVICE)


def account_state(portal, person):
    return portal.ask("SELECT state FROM account WHERE email = ?", person.email)[0][0]


def apply(page, portal, inspector):
    page.goto("/permohonan")
    inspector.look(page, "Permohonan saya")
    expect(page.locator("main")).to_contain_text("Anda belum punya permohonan")
    steps.follow(page, "Ajukan permohonan baru")
    inspector.look(page, "Layanan")
    steps.follow(page, steps.SERVICE)
    inspector.look(page, steps.SERVICE)
    for component in ["Persyaratan", "Alur", "Jangka waktu", "Biaya", "Produk layanan", "Pengaduan, saran, dan masukan"]:
        expect(page.locator("main").get_by_text(component, exact=True).last).to_be_visible()
    steps.press(page, "Ajukan permohonan")
    for title in steps.ANSWERS:
        inspector.look(page, title)
        steps.fill_section(page, title)
        steps.press(page, "Simpan dan lanjut")
    inspector.look(page, "Unggah berkas")

    # A name and its number came from the account.
    papers = steps.good_papers()
    steps.choose(page, {"Surat pengantar": papers.pop("Surat pengantar")})
    steps.press(page, "Unggah")
    inspector.look(page, "Unggah berkas")
    expect(page.get_by_role("link", name="pengantar.pdf")).to_be_visible()
    steps.follow(page, "Lanjut ke pemeriksaan isian")
    inspector.look(page, "Periksa isian Anda")
    missing = page.locator("main .panel", has_text="Yang masih kurang").get_by_role("link")
    expect(missing).to_have_count(3)
    missing.first.click()
    inspector.look(page, "Unggah berkas")
    steps.choose(page, papers)
    steps.press(page, "Unggah dan lanjut")
    inspector.look(page, "Periksa isian Anda")
    expect(page.locator("main")).not_to_contain_text("Yang masih kurang")
    main = page.locator("main")
    for answers in steps.ANSWERS.values():
        for label, answer in answers.items():
            shown = {"2026-01-12": "12 Januari 2026", "3": "3 bulan"}.get(answer, answer)
            row = main.locator("dl.sum > div", has=page.get_by_text(label, exact=True))
            expect(row.filter(has_text=shown)).not_to_have_count(0)
    for name in ["pengantar.pdf", "proposal.png", "ktm.pdf", "ktp.jpg"]:
        expect(main.get_by_role("link", name=name, exact=True)).to_be_visible()

    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    inspector.look(page, steps.SERVICE)
    reference = steps.reference(page)
    assert re.fullmatch("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", reference), reference
    expect(page.locator("main .ref.big")).to_have_text(reference)
    expect(page.locator("main")).to_contain_text("Permohonan Anda menunggu giliran diperiksa")
    expect(page.locator("main")).to_contain_text("Simpan nomor permohonan ini")
    return reference


def work_on(page, portal, inspector, address, reference, landing="Antrean permohonan"):
    """Logs an officer in when they are not, and opens the application from the queue."""
    page.goto("/petugas")
    if "/masuk" in page.url:
        inspector.look(page, "Masuk")
        steps.box(page, "Alamat surel (email)").fill(address)
        steps.box(page, "Kata sandi").fill(steps.PASSWORD)
        steps.press(page, "Masuk")
    inspector.look(page, landing)
    steps.follow(page, reference)


def judge(page, label):
    return page.get_by_role("group", name=f"{label}: Penilaian")


def return_two(page, portal, inspector, reference):
    title = steps.ANSWERS["Penelitian"]["Judul penelitian"]
    work_on(page, portal, inspector, steps.BUDI, reference)
    inspector.look(page, title)
    steps.press(page, "Tangani permohonan ini")
    inspector.look(page, title)
    expect(page.locator("main")).to_contain_text("Anda tangani")
    shows_papers(page)

    # Returning without a word about what is wrong is refused, and nothing that was marked is lost.
    judge(page, "KTP").get_by_label("Perlu diperbaiki").check()
    steps.press(page, "Kembalikan untuk diperbaiki")
    inspector.look(page, title, status=422)
    expect(judge(page, "KTP").get_by_label("Perlu diperbaiki")).to_be_checked()
    judge(page, "KTP").get_by_label("Alasan, ditujukan kepada pemohon").fill(BLURRED)
    judge(page, "Judul penelitian").get_by_label("Perlu diperbaiki").check()
    judge(page, "Judul penelitian").get_by_label("Alasan, ditujukan kepada pemohon").fill(CARELESS)
    judge(page, "Proposal penelitian").get_by_label("Sesuai").check()
    steps.press(page, "Kembalikan untuk diperbaiki")
    inspector.look(page, title)
    expect(page.get_by_role("status")).to_have_text("Permohonan dikembalikan kepada pemohon.")


def shows_papers(page):
    """The papers themselves can be seen: two pictures that load and two PDFs (their frame: test_pages.py)."""
    pictures = page.locator("main .doc img")
    expect(pictures).to_have_count(2)
    for number in range(2):
        pictures.nth(number).scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 100", arg=pictures.nth(number).element_handle())
    frame = page.locator("main .doc iframe")
    expect(frame).to_have_count(2)
    paper = page.context.request.get(frame.first.get_attribute("src"))
    assert paper.ok and paper.body() == samples.pdf(), paper.status


def mend_two(page, portal, inspector, person, reference):
    text, link = portal.mail(person.email, f"Permohonan {reference} perlu diperbaiki")
    assert person.nik not in text
    page.goto(link)
    inspector.look(page, steps.SERVICE)
    tasks = page.locator("ul.tasks > li")
    expect(tasks).to_have_count(2)
    expect(tasks.filter(has_text="Judul penelitian")).to_contain_text(CARELESS)
    expect(tasks.filter(has_text="KTP")).to_contain_text(BLURRED)
    steps.follow(page, "Perbaiki sekarang")
    inspector.look(page, "Perbaiki permohonan")
    asked = page.locator("main form :is(input, textarea, select):not([type=hidden])")
    assert sorted(asked.evaluate_all("all => all.map(e => e.name)")) == ["benar.judul", "benar.ktp", "judul", "ktp"]

    # Sending it back as it was helps nobody.
    steps.press(page, "Kirim perbaikan")
    inspector.look(page, "Perbaiki permohonan", status=422)
    expect(page.get_by_role("alert")).to_contain_text("Ada yang perlu dibetulkan")
    steps.box(page, "Judul penelitian").fill(MENDED)
    steps.choose(page, {"KTP": samples.upload("ktp-jelas.jpg", samples.jpeg(800, 500), "image/jpeg")})
    steps.press(page, "Kirim perbaikan")
    inspector.look(page, steps.SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Perbaikan terkirim.")
    expect(page.locator("main")).to_contain_text(MENDED)


def recommend(page, portal, inspector, reference):
    work_on(page, portal, inspector, steps.BUDI, reference)
    inspector.look(page, MENDED)
    expect(page.locator("main")).to_contain_text(steps.ANSWERS["Penelitian"]["Judul penelitian"])
    judge(page, "KTP").get_by_label("Sesuai").check()
    judge(page, "Judul penelitian").get_by_label("Sesuai").check()
    steps.press(page, "Simpan penilaian")
    inspector.look(page, MENDED)
    expect(judge(page, "KTP").get_by_label("Sesuai")).to_be_checked()
    steps.press(page, "Rekomendasikan")
    inspector.look(page, MENDED)
    expect(page.get_by_role("status")).to_have_text("Permohonan diteruskan untuk ditandatangani.")


# Every piece of text apart from the foot, and the foot.
READ = """sheet => {
  const read = part => {
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) found.push(walk.currentNode.data);
    return found.join(' ');
  };
  const body = sheet.cloneNode(true), foot = body.querySelector('footer');
  foot.remove();
  return [read(body), read(foot)];
}"""


def sign(page, portal, inspector, reference):
    """Returns the letter as Ratna read it: its text and its foot."""
    work_on(page, portal, inspector, steps.RATNA, reference)
    inspector.look(page, MENDED)
    steps.follow(page, "Baca dan tanda tangani surat")
    inspector.look(page, "Baca surat sebelum menandatangani")
    sheet = page.get_by_role("article", name="Surat Keterangan Riset")
    preview = sheet.evaluate(READ)
    steps.box(page, "Kata sandi Anda").fill("bukan sandi saya")
    steps.press(page, "Tanda tangani dan terbitkan")
    inspector.look(page, "Baca surat sebelum menandatangani", status=422)
    expect(page.get_by_role("alert")).to_contain_text("Kata sandi tidak cocok. Surat belum ditandatangani")
    assert sheet.evaluate(READ) == preview
    assert portal.number("SELECT count(*) FROM letter JOIN application ON application.id = application_id"
                         " WHERE reference = ?", reference.replace("-", "")) == 0
    steps.box(page, "Kata sandi Anda").fill(steps.PASSWORD)
    steps.press(page, "Tanda tangani dan terbitkan")
    inspector.look(page, MENDED)
    expect(page.get_by_role("status")).to_have_text("Surat terbit dan pemohon diberi tahu.")
    return preview


def download(page, portal, inspector, person, reference, path):
    text, link = portal.mail(person.email, f"Surat untuk permohonan {reference} sudah terbit")
    page.goto(link)
    inspector.look(page, steps.SERVICE)
    panel = page.get_by_role("region", name="Surat sudah terbit")
    number = panel.locator(".ref").inner_text()
    assert re.fullmatch(r"000\.9/\d{4}/BRIDA/20\d\d", number), number
    assert number in text and person.nik not in text
    with page.expect_download() as coming:
        panel.get_by_role("link", name=re.compile("^Unduh surat")).click()
    assert coming.value.suggested_filename.endswith(".pdf"), coming.value.suggested_filename
    assert number.replace("/", "-") in coming.value.suggested_filename
    coming.value.save_as(path)
    timeline = page.locator("ol.timeline > li")
    for event in ["Permohonan diterima kantor", "Dikembalikan untuk diperbaiki", "Perbaikan diterima kantor",
                  "Lolos pemeriksaan dan diteruskan untuk ditandatangani", "Surat ditandatangani dan terbit"]:
        expect(timeline.filter(has_text=event)).to_have_count(1)
    return number, path


def run(*command, good=(0,)):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60)
    assert done.returncode in good, f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def words(text):
    """Words as page and PDF can be compared: without order, list numbers and lone signs."""
    found = re.findall(r"\S+", text.replace("\u00ad", ""))
    return Counter(word for word in found if not re.fullmatch(r"\W+|\d{1,2}\.|[a-z]\.", word))


def check_letter(path, portal, person, number, preview):
    """Returns the address in its QR code."""
    run("qpdf", "--check", path)
    fonts = run("pdffonts", path).splitlines()[2:]
    assert fonts
    for font in fonts:
        # name, type, encoding, emb, sub, uni, object id
        assert re.search(r"\s+yes\s+yes\s+yes\s+\d+\s+\d+$", font), f"not embedded, subset and readable: {font}"

    text = run("pdftotext", "-enc", "UTF-8", path, "-")
    flat = " ".join(text.split())
    title = MENDED
    for part in [number, person.name, title, "SURAT KETERANGAN RISET", "Universitas Sumatera Utara", "190501077",
                  "Dr. Ratna Dewi Harahap, M.Si.", "Pindai kode QR untuk memeriksa keaslian surat ini"]:
        assert part in flat, f"'{part}' is not in the letter:\n{text}"
    assert person.nik not in flat

    # What was read is what was signed: only the number was still open. Each page repeats the foot and names itself.
    body, foot = preview
    count = int(re.search(r"^Pages:\s+(\d+)$", run("pdfinfo", path), re.M)[1])
    named = [f"Halaman {page} dari {count}" for page in range(1, count + 1)] if count > 1 else []
    read = words(" ".join([body, *[foot] * count, *named]))
    printed = words(text)
    assert sum(read.values()) > 150
    assert list((read - printed).elements()) == [re.sub(r"/\d{4}/B", "/____/B", number)], read - printed
    assert list((printed - read).elements()) == [number], printed - read

    pages = path.parent / "letter"
    run("pdftoppm", "-r", "150", "-png", path, pages)
    images = sorted(path.parent.glob("letter*.png"))
    assert images
    # It ends with 4 when one of the pages has no code.
    codes = run("zbarimg", "--raw", "--quiet", "--nodbus", *images, good=(0, 4)).split()
    assert len(codes) == 1, codes
    assert re.fullmatch(re.escape(portal.url) + r"/verifikasi/[\w-]{20,}#\d{300,}", codes[0]), codes
    return codes[0]


def verify(page, portal, inspector, person, address, number):
    page.goto(address)
    inspector.look(page, "Surat ini asli dan berlaku")
    main = page.locator("main")
    for words in [number, steps.SERVICE, "Universitas Sumatera Utara", MENDED, "Berlaku sampai"]:
        expect(main).to_contain_text(words)
    # Only the first letter of each name is shown to strangers.
    words = main.inner_text()
    assert person.name not in words and "Simanjuntak" not in words and person.nik not in words
    assert "T***" in words, words
    # Behind the # stands the seal, which no server sees.
    address = address.split("#")[0]
    wrong = address[:-1] + ("x" if address[-1] != "x" else "y")
    page.goto(wrong)
    inspector.look(page, "Surat tidak ditemukan", status=404)
    expect(main).to_contain_text("Pindai ulang kode QR")
    expect(main).not_to_contain_text(number)
