"""A student from abroad signs up with a passport before coming, in English, and applies for the research letter."""

import pytest
from playwright.sync_api import expect

import samples
import steps
from test_english import ANSWERS, SERVICE

PASSPORT = "A87654321"
FOREIGN = "Foreign citizen (passport)"


def sign_up(page, inspector, person):
    page.goto("/daftar")
    page.get_by_role("button", name="English", exact=True).click()
    inspector.look(page, "Sign up")
    # Only what belongs to the choice is in the way, without a script too.
    expect(steps.box(page, "Passport number")).to_be_hidden()
    page.get_by_label(FOREIGN).check()
    expect(steps.box(page, "NIK")).to_be_hidden()
    for label, value in {"Full name": person.name, "Email address": person.email, "Passport number": "A1",
                         "Mobile phone number": "60123456789", "Password": person.password}.items():
        steps.box(page, label).fill(value)
    steps.press(page, "Create account")
    inspector.look(page, "Sign up", status=422)
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link")).to_have_count(3)
    for part in ("country that issued", "5 to 12 letters", "begins with its country code"):
        expect(alert).to_contain_text(part)
    expect(page.get_by_label(FOREIGN)).to_be_checked()
    expect(steps.box(page, "Passport number")).to_have_value("A1")
    # The other language keeps the choice too.
    page.get_by_role("button", name="Bahasa Indonesia", exact=True).click()
    inspector.look(page, "Daftar akun")
    expect(page.get_by_label("Warga negara asing (paspor)")).to_be_checked()
    expect(steps.box(page, "Nomor paspor")).to_have_value("A1")
    page.get_by_role("button", name="English", exact=True).click()
    inspector.look(page, "Sign up")
    steps.box(page, "Country of citizenship").select_option(label="Malaysia")
    steps.box(page, "Passport number").fill(PASSPORT.lower())
    steps.box(page, "Mobile phone number").fill("+60 12-345 6789")
    steps.box(page, "Password").fill(person.password)
    steps.press(page, "Create account")
    inspector.look(page, "Check your email")


@pytest.mark.parametrize("script", [True, False])
def test_a_student_from_abroad(script, portal, open_page, inspect):
    inspector = inspect(script=script)
    page = inspector.watch(open_page(390, script=script))
    person = steps.new_person("Farah binti Osman")
    sign_up(page, inspector, person)
    _, link = portal.mail(person.email, "Activate your account")
    page.goto(link)
    steps.press(page, "Activate account")
    inspector.look(page, "Your account is active")
    steps.follow(page, "Log in")
    for label, value in {"Email address": person.email, "Password": person.password}.items():
        steps.box(page, label).fill(value)
    steps.press(page, "Log in")
    page.goto("/akun")
    inspector.look(page, "My account")
    expect(page.locator("main")).to_contain_text("*******21 (Malaysia)")
    expect(page.locator("main")).not_to_contain_text(PASSPORT)

    page.goto("/layanan/penelitian")
    steps.press(page, "Apply now")
    inspector.look(page, "Who is applying")
    expect(page.get_by_label("Foreign citizen", exact=True)).to_be_checked()
    for title, answers in ANSWERS.items():
        steps.heading(page, title)
        if title == "About the researcher":
            inspector.look(page, title)
        for label, value in answers.items():
            steps.answer(page, label, value)
        if title == "About the researcher":
            expect(steps.box(page, "Passport number")).to_have_value(PASSPORT)
            expect(steps.box(page, "NIK")).to_have_count(0)
            steps.answer(page, "Your university or institution", "A university in Indonesia")
        steps.press(page, "Save and continue")
    inspector.look(page, "Upload documents")
    expect(page.locator("main")).not_to_contain_text("Foreign research permit")
    files = [samples.upload(f"{name}.pdf", samples.pdf(name), "application/pdf") for name in "abcd"]
    for place, file in zip(page.locator("input[type=file]").all(), files, strict=True):
        place.set_input_files(file)
    steps.press(page, "Upload and continue")
    inspector.look(page, "Check your answers")
    expect(page.locator("main")).to_contain_text(PASSPORT)
    page.get_by_label("I declare that").check()
    steps.press(page, "Send application")
    inspector.look(page, SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Application sent.")
    inspector.conclude(pages=12)


def test_a_researcher_from_abroad_brings_the_national_permit(portal, open_page, inspect):
    inspector = inspect()
    page = inspector.watch(open_page(390))
    steps.log_in(page, portal, "amirah@contoh.id")
    page.goto("/layanan/survei")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    steps.press(page, "Apply now")
    expect(page.get_by_label("Foreign citizen", exact=True)).to_be_checked()
    steps.answer(page, "Who you apply as", "Member of the public")
    steps.answer(page, "Who does the interviews", "Only me")
    steps.press(page, "Save and continue")
    expect(steps.box(page, "Passport number")).to_have_value("A12345678")
    steps.answer(page, "Your university or institution", "Not a university in Indonesia")
    steps.press(page, "Save draft")
    page.goto(f"{portal.url}/permohonan/{steps.reference(page)}/berkas")
    expect(page.locator("main")).to_contain_text("Foreign research permit")
    expect(page.locator("main")).to_contain_text("Passport")
