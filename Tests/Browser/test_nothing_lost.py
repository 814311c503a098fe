"""What is typed or chosen outlives a portal that is away, a session that ended, and a hand on the wrong link."""

from playwright.sync_api import expect

import steps
from inspection import axe
from test_drafts import citizen, heard, kept, section

__all__ = ["citizen"]
TITLE = "Pengaruh penataan parkir di Kesawan"


def cut(page):
    """The portal is away while the phone believes to have a network."""
    page.route("**/*", lambda route: route.abort())


def dialogs(page):
    """Kinds of the questions that the browser asks; they are answered with yes."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    return asked


def test_no_button_leads_to_a_page_that_is_not_there(citizen):
    page = citizen()
    section(page)
    title = steps.box(page, "Judul penelitian")
    cut(page)
    title.fill(TITLE)
    kept(page, "Belum tersimpan")
    steps.press(page, "Simpan draf")
    kept(page, "Belum tersimpan")
    expect(title).to_have_value(TITLE)
    assert page.url.endswith("/isian/penelitian")
    page.unroute("**/*")
    steps.press(page, "Simpan draf")
    expect(page.get_by_role("status").first).to_have_text("Draf tersimpan.")
    expect(title).to_have_value(TITLE)


def test_a_button_works_when_only_the_keeping_is_refused(citizen):
    page = citizen()
    section(page)
    page.route("**/ketikan", lambda route: route.abort())
    steps.box(page, "Judul penelitian").fill(TITLE)
    kept(page, "Belum tersimpan")
    steps.press(page, "Simpan draf")
    expect(page.get_by_role("status").first).to_have_text("Draf tersimpan.")
    expect(steps.box(page, "Judul penelitian")).to_have_value(TITLE)


def test_without_its_cookie_the_page_waits_for_a_log_in_elsewhere(citizen, portal):
    page = citizen()
    section(page)
    page.context.clear_cookies(name="sesi")
    title = steps.box(page, "Judul penelitian")
    title.fill(TITLE)
    kept(page, "masuklah di tab baru")
    heard(page, "masuklah di tab baru")
    assert axe(page) == []
    steps.press(page, "Simpan draf")
    kept(page, "masuklah di tab baru")
    expect(title).to_have_value(TITLE)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Masuk di tab baru").click()
    other = opened.value
    steps.box(other, "Alamat surel (email)").fill(page.person.email)
    steps.box(other, "Kata sandi").fill(page.person.password)
    steps.press(other, "Masuk")
    other.wait_for_url("**/permohonan")
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    kept(page)
    page.reload()
    expect(title).to_have_value(TITLE)


def test_a_log_in_in_another_tab_is_taken_over(citizen, portal):
    page = citizen()
    section(page)
    other = page.context.new_page()
    other.goto("/akun")
    other.get_by_role("button", name="Keluar").first.click()
    other.wait_for_load_state()
    steps.log_in(other, portal, page.person.email, page.person.password)
    title = steps.box(page, "Judul penelitian")
    title.fill(TITLE)
    kept(page)
    steps.press(page, "Simpan draf")
    expect(page.get_by_role("status").first).to_have_text("Draf tersimpan.")
    expect(title).to_have_value(TITLE)


def test_leaving_after_the_session_ended_is_asked_about(citizen, portal):
    page = citizen()
    section(page)
    portal.end_sessions(page.person.email)
    title = steps.box(page, "Judul penelitian")
    title.click()
    title.press_sequentially(TITLE)
    kept(page, "perlu masuk lagi")
    asked = dialogs(page)
    page.locator(".crumb a").click()
    page.wait_for_url(lambda url: "/isian/" not in url)
    assert asked == ["beforeunload"]


def test_an_explanation_is_kept_a_second_later(open_page, portal):
    page = open_page()
    steps.log_in(page, portal, steps.SITI)
    returned = portal.ask("SELECT reference FROM application WHERE state = 'needsCorrection' AND applicant_id ="
                          " (SELECT id FROM account WHERE email = ?)", steps.SITI)[0][0]
    page.goto(f"/permohonan/{returned[:4]}-{returned[4:]}/perbaikan")
    page.locator("summary", has_text="Jelaskan").first.click()
    words = page.locator("textarea[name^='benar.']").first
    words.fill("Sudah sesuai dengan proposal.")
    kept(page)
    page.reload()
    expect(words).to_be_visible()
    expect(words).to_have_value("Sudah sesuai dengan proposal.")


def test_an_upload_that_gave_up_can_be_dropped_or_goes_on_by_itself(citizen):
    page = citizen()
    page.goto(f"/permohonan/{page.draft}/berkas")
    letter = {"Surat pengantar": steps.good_papers()["Surat pengantar"]}
    page.route("**/unggahan/**", lambda route: route.abort())
    page.clock.install()

    def give_up():
        steps.choose(page, letter)
        for _ in range(8):
            page.clock.run_for(9_000)
            page.wait_for_timeout(60)
        expect(page.locator(".sending")).to_contain_text("Belum terunggah karena jaringan terputus")

    give_up()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name="Coba lagi")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Batal").click()
    expect(page.locator(".sending")).to_have_count(0)
    expect(steps.box(page, "Surat pengantar")).to_be_visible()
    give_up()
    # Whoever leaves now is asked: the file is not there yet.
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".crumb a").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and page.url.endswith("/berkas")
    # Nor does the button lead to a page that is not there; it says why.
    page.route("**/berkas", lambda route: route.abort())
    steps.press(page, "Unggah dan lanjut")
    kept(page, "Belum terunggah karena jaringan terputus")
    assert page.url.endswith("/berkas") and axe(page) == []
    page.unroute("**/berkas")
    page.unroute("**/unggahan/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#f-surat-pengantar-file")).to_contain_text("pengantar.pdf")
