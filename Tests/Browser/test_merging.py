"""One person has two accounts: they become one."""

import pytest
from playwright.sync_api import expect

import steps

NAME, CHECK, BUTTON = "Gabungkan akun lain", "Gabungkan kedua akun ini?", "Gabungkan kedua akun"


@pytest.mark.parametrize("script, width", [(True, 390), (False, 1280)])
def test_two_accounts_become_one(open_page, portal, inspect, script, width):
    campus, private = steps.new_person(), steps.new_person()
    private.nik = campus.nik
    old = open_page()
    steps.join(old, portal, campus)
    reference = steps.begin(old, portal)
    inspector = inspect(script=script)
    page = inspector.watch(open_page(width, script=script))
    steps.join(page, portal, private)

    page.goto("/akun")
    inspector.look(page, "Akun saya")
    steps.follow(page, NAME)
    inspector.look(page, NAME)
    steps.press(page, "Lanjut")
    inspector.look(page, NAME, status=422)
    name(page, campus.email, "bukan sandi siapa pun", private.password)
    inspector.look(page, NAME, status=422)
    expect(page.get_by_role("alert")).to_contain_text("atau akun itu tidak dapat digabung")
    expect(steps.box(page, "Alamat surel akun lain")).to_have_value(campus.email)
    name(page, campus.email, campus.password, private.password)

    inspector.look(page, CHECK)
    expect(page.locator("main")).to_contain_text(f"Yang pindah dari {campus.email}")
    steps.press(page, BUTTON)
    inspector.look(page, CHECK, status=422)
    expect(page.get_by_role("alert")).to_contain_text("Centang dahulu")
    page.get_by_label("Saya mengerti").check()
    steps.press(page, BUTTON)
    inspector.look(page, "Permohonan saya")
    expect(page.get_by_text("Kedua akun sudah digabung")).to_be_visible()
    page.goto(f"/permohonan/{reference}")
    inspector.look(page, steps.SERVICE)
    portal.mail(private.email, "sudah digabung")

    # The other browser finds itself logged out, and goes on with the account that stays.
    old.goto(f"/permohonan/{reference}")
    steps.heading(old, "Masuk")
    steps.box(old, "Alamat surel (email)").fill(private.email)
    steps.box(old, "Kata sandi").fill(private.password)
    steps.press(old, "Masuk")
    steps.heading(old, steps.SERVICE)
    inspector.conclude(8)


def test_another_persons_account_stays_theirs(open_page, portal, inspect):
    inspector = inspect()
    page = inspector.watch(open_page())
    person = steps.new_person()
    steps.join(page, portal, person)
    page.goto("/akun/penggabungan")
    inspector.look(page, NAME)
    name(page, steps.SITI, steps.PASSWORD, person.password)
    inspector.look(page, "Akun belum dapat digabung", status=409)
    expect(page.locator("main")).to_contain_text("NIK atau nomor paspor kedua akun berbeda")
    inspector.conclude(2)


def name(page, email, password, own):
    steps.box(page, "Alamat surel akun lain").fill(email)
    steps.box(page, "Kata sandi akun lain").fill(password)
    steps.box(page, "Kata sandi akun ini").fill(own)
    steps.press(page, "Lanjut")
