"""What people do, as small steps. Each ends on the next page."""

import itertools
import re
import time
from dataclasses import dataclass

from playwright.sync_api import expect

import samples

# The demo world's (Sources/Portal/Demo/DemoWorld.swift).
PASSWORD = "coba-suratizin-2026"
SITI, JOKO, BUDI, RATNA, DEWI = "siti@contoh.id", "joko@contoh.id", "budi@contoh.id", "ratna@contoh.id", "dewi@contoh.id"
SERVICE = "Surat Keterangan Riset (izin penelitian)"
STATEMENT = re.compile("^Saya menyatakan")

_serial = itertools.count(int(time.time()) % 1000)


@dataclass
class Person:
    name: str
    email: str
    phone: str
    nik: str
    password: str = "kopi gayo pagi hari"


def new_person(name="Tiurma Rotua Simanjuntak"):
    number = next(_serial)
    return Person(name, f"pemohon{number}@contoh.id", "0813 6200 1234", f"127105450399{number:04}")


# Answers to the research letter's questions, by section, by label.
ANSWERS = {
    "Jenis pemohon": {
        "Anda mengajukan sebagai": "Mahasiswa",
        "Penelitian dilakukan oleh": "Saya sendiri",
    },
    "Data peneliti": {
        "NIM atau nomor induk": "190501077",
        "Program studi atau jurusan": "S1 Ilmu Administrasi Publik",
        "Perguruan tinggi atau lembaga": "Universitas Sumatera Utara",
    },
    "Penelitian": {
        "Judul penelitian": "Pengaruh Penataan Parkir terhadap Pedagang Kaki Lima di Kesawan",
        "Lokasi penelitian": "Dinas Perhubungan Kota Medan",
        "Lama penelitian": "3",
    },
    "Surat pengantar": {
        "Nomor surat pengantar": "1234/UN5.2.1.9/KRK/2026",
        "Tanggal surat pengantar": "2026-01-12",
        "Perihal surat pengantar": "Permohonan izin penelitian",
        "Penanggung jawab": "Dekan Fakultas Ilmu Sosial dan Ilmu Politik USU",
    },
}
PAPERS = ["Surat pengantar", "Proposal penelitian", "Kartu tanda mahasiswa (KTM)", "KTP"]


def box(page, label):
    """The field with this label, whether or not something like "(tidak wajib)" follows."""
    return page.locator("main").get_by_label(label, exact=True)


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def reference(page):
    return page.url.split("/permohonan/")[1].split("/")[0].split("?")[0].split("#")[0]


def log_in(page, portal, address, password=PASSWORD):
    page.goto(f"{portal.url}/masuk")
    box(page, "Alamat surel (email)").fill(address)
    box(page, "Kata sandi").fill(password)
    press(page, "Masuk")
    page.wait_for_url(lambda url: "/masuk" not in url)


def fill_sign_up(page, person):
    box(page, "Nama lengkap").fill(person.name)
    box(page, "Alamat surel (email)").fill(person.email)
    box(page, "Nomor ponsel").fill(person.phone)
    box(page, "NIK").fill(person.nik)
    box(page, "Kata sandi").fill(person.password)


def join(page, portal, person):
    """Signs somebody up and activates the account by the mail; they are logged in."""
    page.goto(f"{portal.url}/daftar")
    fill_sign_up(page, person)
    press(page, "Buat akun")
    heading(page, "Periksa surel Anda")
    _, link = portal.mail(person.email, "Aktifkan akun")
    page.goto(link)
    press(page, "Aktifkan akun")
    heading(page, "Akun Anda aktif")
    log_in(page, portal, person.email, person.password)


def begin(page, portal):
    """A new draft of a student's, at its second section. Returns its reference."""
    page.goto(f"{portal.url}/layanan/penelitian")
    press(page, "Ajukan permohonan")
    fill_section(page, "Jenis pemohon")
    press(page, "Simpan dan lanjut")
    heading(page, "Data peneliti")
    return reference(page)


def fill_section(page, title):
    heading(page, title)
    for label, text in ANSWERS[title].items():
        answer(page, label, text)


def answer(page, label, text):
    """Chooses where there are choices, else types."""
    choices = page.locator("main").get_by_role("group", name=label, exact=True)
    if choices.count():
        choices.get_by_label(text, exact=True).check()
    else:
        box(page, label).fill(text)


def fill_draft(page):
    """From the section after the applicant's kind to the papers."""
    for title in list(ANSWERS)[1:]:
        fill_section(page, title)
        press(page, "Simpan dan lanjut")
    heading(page, "Unggah berkas")


def good_papers():
    return {
        "Surat pengantar": samples.upload("pengantar.pdf", samples.pdf(), "application/pdf"),
        "Proposal penelitian": samples.upload("proposal.png", samples.png(), "image/png"),
        "Kartu tanda mahasiswa (KTM)": samples.upload("ktm.pdf", samples.pdf(), "application/pdf"),
        "KTP": samples.upload("ktp.jpg", samples.jpeg(), "image/jpeg"),
    }


def choose(page, papers):
    for label, file in papers.items():
        box(page, label).set_input_files(file)


def ready_draft(page, portal):
    """A draft that only wants to be sent, at its check page. Returns its reference."""
    name = begin(page, portal)
    fill_draft(page)
    choose(page, good_papers())
    press(page, "Unggah dan lanjut")
    heading(page, "Periksa isian Anda")
    return name
