"""Somebody who reads English finds the switch, and stays in English from the first page to the sent application."""

import pytest
from playwright.sync_api import expect

import samples
import steps

SERVICE = "Research letter (permission to do research)"
ANSWERS = {
    "Who is applying": {"Who you apply as": "Student", "Who does the research": "Only me"},
    "About the researcher": {
        "Student or staff number": "190501099", "Study programme or department": "S1 Gizi",
        "University or institution": "Universitas Sumatera Utara"},
    "Research": {
        "Research title": "Pola makan sehat siswa sekolah dasar di Kota Medan",
        "Place of research": "Dinas Kesehatan Kota Medan", "Length of research": "3"},
    "Covering letter": {
        "Number of the covering letter": "12/UN5/2026", "Date of the covering letter": "2026-01-05",
        "Subject of the covering letter": "Permohonan izin penelitian", "Person responsible": "Dekan FKM USU"},
}


@pytest.mark.parametrize("script", [True, False])
def test_an_application_in_english(script, portal, open_page, inspect):
    inspector = inspect(script=script)
    page = inspector.watch(open_page(390, script=script))
    page.goto("/daftar")
    page.get_by_role("button", name="English", exact=True).click()
    inspector.look(page, "Sign up")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    steps.press(page, "Create account")
    inspector.look(page, "Sign up", status=422)
    expect(page.get_by_role("alert")).to_contain_text("Enter your full name as on your KTP or passport.")
    page.goto("/layanan/penelitian")
    inspector.look(page, SERVICE)

    person = steps.new_person("Rotua Simanjuntak")
    page.goto("/daftar")
    for label, value in {"Full name": person.name, "Email address": person.email, "Mobile phone number": person.phone,
                         "NIK": person.nik, "Password": person.password}.items():
        steps.box(page, label).fill(value)
    steps.press(page, "Create account")
    inspector.look(page, "Check your email")
    _, link = portal.mail(person.email, "Activate your account")
    page.goto(link)
    inspector.look(page, "Activate your account")
    steps.press(page, "Activate account")
    inspector.look(page, "Your account is active")
    steps.follow(page, "Log in")
    for label, value in {"Email address": person.email, "Password": person.password}.items():
        steps.box(page, label).fill(value)
    inspector.look(page, "Log in")
    steps.press(page, "Log in")
    steps.heading(page, "My applications")

    page.goto("/layanan/penelitian")
    steps.press(page, "Apply now")
    for title, answers in ANSWERS.items():
        inspector.look(page, title) if title in ("Who is applying", "About the researcher") else steps.heading(page, title)
        expect(page.locator("main")).to_contain_text("printed on a letter in Indonesian")
        for label, value in answers.items():
            steps.answer(page, label, value)
        steps.press(page, "Save and continue")
    inspector.look(page, "Upload documents")
    files = [samples.upload(f"{name}.pdf", samples.pdf(name), "application/pdf") for name in "abcd"]
    for place, file in zip(page.locator("input[type=file]").all(), files, strict=True):
        place.set_input_files(file)
    steps.press(page, "Upload and continue")
    inspector.look(page, "Check your answers")
    expect(page.locator("main")).to_contain_text("5 January 2026")
    page.get_by_label("I declare that").check()
    steps.press(page, "Send application")
    inspector.look(page, SERVICE)
    expect(page.get_by_role("status").first).to_have_text("Application sent.")

    # And back again, on the same page.
    address = page.url
    page.get_by_role("button", name="Bahasa Indonesia", exact=True).click()
    steps.heading(page, steps.SERVICE)
    assert page.url == address
    inspector.conclude(pages=10)
