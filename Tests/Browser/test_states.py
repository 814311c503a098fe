"""Pages that something was wrong with: each says so to everybody, and leads to the place."""

import pytest
from playwright.sync_api import expect

import samples
import steps
from inspection import axe, overflow

WRONG = "Ada isian yang perlu dibetulkan:"


def sent(page, button, within="main"):
    page.locator(within).get_by_role("button", name=button, exact=True).first.click()
    page.wait_for_load_state()


def at(name, button, fill=None):
    """Somebody sends the form of a place as it stands, or with something in it."""
    def go(page, world):
        page.goto(world.places[name][1])
        if fill:
            fill(page)
        sent(page, button)
    return name, go


def log_in(page):
    steps.box(page, "Alamat surel (email)").fill("tidak@contoh.id")
    steps.box(page, "Kata sandi").fill("bukan sandi siapa pun")


def emptied(page):
    """Whatever somebody has typed there before."""
    for box in page.locator("#isian").locator("input[type=text], textarea").all():
        box.evaluate("box => { box.value = '' }")


def as_word(page, world):
    page.goto(world.places["review-message"][1])
    page.locator("#percakapan details").evaluate("details => { details.open = true }")
    page.locator("#f-pesan").fill("Contoh suratnya terlampir.")
    page.locator("#f-lampiran").set_input_files(samples.upload("contoh.docx", samples.word()))
    sent(page, "Kirim pesan")


def wrong_row(page, world):
    page.goto(world.places["roster"][1])
    page.locator("#f-baru-nama").fill("Tiurma")
    sent(page, "Tambah baris")


def report_as_word(page, world):
    """The script brings it up at once and says what is wrong; sent with the form, the page says it."""
    page.route("**/laporan/unggahan/laporan", lambda route: route.abort())
    page.goto(world.places["report"][1])
    page.locator("#f-laporan").set_input_files(samples.upload("laporan.docx", samples.word()))
    expect(page.locator(".sending")).to_contain_text("Sambungan terputus")
    page.evaluate("""() => {
      const form = document.getElementById('isian');
      form.querySelectorAll('input[type=file]').forEach(input => { input.disabled = false; });
      form.dataset.sent = 'yes';
      form.submit();
    }""")
    expect(page.locator("#problems")).to_be_visible()


STATES = {
    "check": at("check", "Kirim permohonan"),
    "sign-up": at("sign-up", "Buat akun"),
    "log-in": at("log-in", "Masuk"),
    "log-in-wrong": at("log-in", "Masuk", log_in),
    "forgotten": at("forgotten", "Kirim tautan"),
    "tracking": at("tracking", "Lacak"),
    "eligibility": at("eligibility", "Lihat hasil"),
    "section": at("section-2", "Simpan dan lanjut", lambda page: steps.box(page, "Judul penelitian").fill("")),
    "roster": at("roster", "Simpan dan lanjut"),
    "roster-empty-row": at("roster", "Tambah baris"),
    "roster-wrong-row": ("roster", wrong_row),
    "corrections": at("corrections", "Kirim perbaikan", emptied),
    "password": at("account-password", "Ganti kata sandi"),
    "phone": at("account-phone", "Simpan nomor", lambda page: page.locator("#f-telepon").fill("1")),
    "institution": at("account-new-institution", "Simpan lembaga"),
    "deletion": at("account-deletion", "Hapus akun saya"),
    "merging": at("account-merging", "Lanjut"),
    "transfer": at("transfer", "Tawarkan permohonan"),
    "message": at("message-asked", "Kirim pesan"),
    "message-word": ("review-message", as_word),
    "report": at("report", "Serahkan laporan"),
    "report-word": ("report", report_as_word),
}

# What the links of the summary lead to, as far as somebody who types can get there.
TARGETS = """() => [...document.querySelectorAll('#problems a')].map(link => {
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return `${link.textContent}: ${link.hash} is not there`;
  if (!target.checkVisibility()) return `${link.textContent}: ${link.hash} is hidden`;
  return target.matches('input, select, textarea, button, a[href]') ? null : `${link.hash} takes no focus`;
}).filter(fault => fault)"""


@pytest.mark.parametrize("state", STATES)
def test_what_is_wrong_is_said_at_once_and_leads_to_its_place(state, world):
    name, go = STATES[state]
    page = world.cold(world.places[name][0], width=320)
    go(page, world)
    expect(page.locator("#problems")).to_be_focused()
    assert page.title().startswith(WRONG), page.title()
    links = page.locator("#problems a").all_inner_texts()
    assert links and len(set(links)) == len(links), links
    assert page.evaluate(TARGETS) == []
    assert overflow(page) is None
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == []
    page.context.close()


def test_a_draft_of_two_windows_says_so_in_its_title(world):
    page, other = (world.cold(world.person.email) for _ in range(2))
    for window in (page, other):
        window.goto(world.places["section-2"][1])
    for window, place in [(other, "Kesawan"), (page, "Polonia")]:
        # Not the script's: the button's own answer is looked at.
        window.route("**/ketikan", lambda route: route.abort())
        window.locator("#f-judul").fill(f"Pengaruh pasar malam terhadap lalu lintas di {place}")
        sent(window, "Simpan draf")
    expect(page.locator("#problems")).to_be_focused()
    assert page.title().startswith("Belum tersimpan:"), page.title()
    assert axe(page) == []
    for window in (page, other):
        window.context.close()


def test_what_was_done_is_heard_where_it_was_done(world):
    """After a redirect the news has the focus, so that it is read out and Tab goes on from there."""
    page = world.cold(world.person.email)
    page.goto(world.places["section-2"][1])
    sent(page, "Simpan draf")
    expect(page.get_by_role("status").filter(has_text="Draf tersimpan.")).to_be_focused()

    page.goto(world.places["roster"][1])
    for number, name in [("190501081", "Rahmat"), ("190501082", "Joko")]:
        page.locator("#f-baru-nama").fill(name)
        page.locator("#f-baru-nim").fill(number)
        sent(page, "Tambah baris")
        news = page.locator("#tambah .notice")
        expect(news).to_be_focused()
        expect(news).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(page.locator("#f-baru-nama")).to_be_focused()
    for _ in range(2):
        page.locator("#daftar button[name=hapus]").last.click()
        page.wait_for_load_state()
        expect(page.locator("#daftar .notice")).to_be_focused()

    page.goto(world.places["papers"][1])
    box = steps.box(page, "KTP")
    page.locator("#f-ktp-file button").click()
    page.wait_for_load_state()
    expect(box).to_be_focused()
    expect(page.locator("form#isian > [role=status]")).to_have_text("Berkas dihapus.")
    box.set_input_files(steps.good_papers()["KTP"])
    heard = page.locator("form#isian > [role=status]")
    expect(heard).to_contain_text("ktp.jpg (")
    assert "Hapus" not in heard.inner_text()
    page.context.close()
