"""Somebody connects Telegram and WhatsApp, files an application, and gets the news there."""

import pytest
from playwright.sync_api import expect

import steps
from portal import wait_for

CHAT = 70_000


@pytest.mark.parametrize("script", [True, False])
def test_telegram_from_the_button_to_the_news(script, portal, open_page, inspect):
    chat = CHAT + script
    inspector = inspect(script=script)
    page = inspector.watch(open_page(320, script=script))
    steps.join(page, portal, person := steps.new_person())
    page.goto("/akun/pemberitahuan")
    inspector.look(page, "Pemberitahuan")
    steps.press(page, "Hubungkan Telegram")
    inspector.look(page, "Hubungkan Telegram")
    link = page.get_by_role("link", name="Buka Telegram").get_attribute("href")
    address, token = link.split("?start=")
    assert address == "https://t.me/suratizin_bot"
    steps.follow(page, "Sudah saya tekan Mulai")
    inspector.look(page, "Hubungkan Telegram")
    expect(page.get_by_role("status").filter(has_text="Belum tersambung")).to_be_visible()
    portal.messengers.write(chat, f"/start {token}")
    wait_for(lambda: said(portal, chat), "the greeting in the chat")
    steps.follow(page, "Sudah saya tekan Mulai")
    inspector.look(page, "Pemberitahuan")
    expect(page.get_by_role("status")).to_contain_text("Telegram tersambung.")
    portal.mail(person.email, "Telegram dihubungkan")

    # One topic less in the chat; the receipt comes to both.
    page.get_by_role("group", name="Kemajuan").get_by_label("Telegram").uncheck()
    steps.press(page, "Simpan pilihan")
    inspector.look(page, "Pemberitahuan")
    progress = page.get_by_role("group", name="Kemajuan")
    expect(progress.get_by_label("Telegram")).not_to_be_checked()
    expect(progress.get_by_label("Surel")).to_be_checked()
    name = steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    steps.heading(page, steps.SERVICE)
    news = wait_for(lambda: [text for text in said(portal, chat) if name in text], "the news in the chat")
    assert len(news) == 1 and news[0].endswith(f"{portal.url}/permohonan/{name}")
    assert person.name.split()[0] not in news[0] and person.nik not in news[0]
    portal.mail(person.email, name)

    portal.messengers.write(chat, "/stop")
    wait_for(lambda: len(said(portal, chat)) == 3, "the farewell in the chat")
    page.goto("/akun/pemberitahuan")
    expect(page.get_by_role("button", name="Hubungkan Telegram")).to_be_visible()
    assert not portal.messengers.strange
    inspector.conclude(pages=5)


def said(portal, chat):
    with portal.messengers.lock:
        return [text for where, text in portal.messengers.said if where == chat]


def test_whatsapp_by_its_code(portal, open_page, inspect):
    inspector = inspect(script=False)
    page = inspector.watch(open_page(390, script=False))
    person = steps.new_person()
    person.phone = "0813 6200 9876"
    steps.join(page, portal, person)
    page.goto("/akun/pemberitahuan")
    steps.follow(page, "Hubungkan WhatsApp")
    inspector.look(page, "Hubungkan WhatsApp")
    steps.press(page, "Kirim kode")
    inspector.look(page, "Hubungkan WhatsApp")

    def codes():
        with portal.messengers.lock:
            return [texts[0] for to, template, texts in portal.messengers.sent
                    if (to, template) == ("6281362009876", "suratizin_kode")]

    code = wait_for(codes, "the code")[-1]
    steps.box(page, "Kode").fill("12 34")
    steps.press(page, "Hubungkan")
    inspector.look(page, "Hubungkan WhatsApp", status=422)
    expect(page.get_by_role("alert")).to_contain_text("Tulis 6 angka kodenya.")
    steps.box(page, "Kode").fill(f"{code[:3]} {code[3:]}")
    steps.press(page, "Hubungkan")
    inspector.look(page, "Pemberitahuan")
    expect(page.get_by_role("status")).to_contain_text("WhatsApp tersambung.")
    steps.press(page, "Putuskan WhatsApp")
    inspector.look(page, "Pemberitahuan")
    expect(page.get_by_role("link", name="Hubungkan WhatsApp")).to_be_visible()
    inspector.conclude(pages=5)
