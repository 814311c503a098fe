"""Every screen of the portal, for tests that look at all of them."""

import base64
import hashlib
import json

from playwright.sync_api import expect

import samples
import steps

ELIGIBLE = ("/layanan/penelitian/kelayakan?di_medan=ya&proposal_siap=ya&punya_pengantar=ya&peneliti_asing=tidak"
            "&periksa=1")
LINKED = "/layanan/penelitian/ajukan?lembaga=Universitas%20Sumatera%20Utara&lama=99&perihal_pengantar=Izin"
# A token that nobody was ever given.
VOID = "a" * 43
# Of a link that connects a chat at Telegram.
SECRET = bytes(range(32))
LINKING = "Tautan ke formulir yang terisi sebagian"


def prepare(page, portal):
    """Makes a citizen with a sent application, a message about it, and a draft with everything in it; `page` is theirs
    afterwards."""
    person = steps.new_person()
    steps.join(page, portal, person)
    roster_draft(page)
    steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    steps.heading(page, steps.SERVICE)
    sent = steps.reference(page)
    write(page, sent, "Penelitian dimulai 1 Desember.\nJadwalnya terlampir.", schedule())
    steps.press(page, "Kirim pesan")
    steps.heading(page, steps.SERVICE)
    # The next one waits, with words and files.
    write(page, sent, "Denah kelasnya menyusul:", schedule(), samples.upload("denah.jpg", samples.jpeg(), "image/jpeg"))
    unfinished(page, portal)
    ask(portal)
    steps.ready_draft(page, portal)
    page.goto("/akun/lembaga/baru")
    steps.box(page, "Nama lembaga").fill("Yayasan Riset Deli")
    page.get_by_label("Organisasi kemasyarakatan").check()
    steps.box(page, "Alamat lembaga").fill("Jalan Kesawan 5, Medan")
    steps.box(page, "Penanggung jawab").fill("Dr. Rina Siregar")
    steps.press(page, "Simpan lembaga")
    steps.heading(page, "Yayasan Riset Deli")
    with portal.changing() as database:
        database.execute(
            "INSERT INTO membership (institution_id, account_id, role, since)"
            " SELECT (SELECT max(id) FROM institution), id, 'member', unixepoch() FROM account WHERE email = ?",
            (steps.JOKO,))
        connect(database, person)
        near_its_end(database)
        return_whole(database, person)
    return person


def schedule():
    return samples.upload("jadwal.pdf", samples.pdf(), "application/pdf")


def write(page, reference, text, *files):
    """Types a message and uploads its files; nothing is sent."""
    page.goto(f"/permohonan/{reference}/pesan")
    steps.box(page, "Pesan").fill(text)
    for number, file in enumerate(files, 1):
        page.locator(f"#f-lampiran-{number}").set_input_files(file)
        expect(page.locator(f"#f-lampiran-{number}-file")).to_contain_text(file["name"])
    expect(page.locator(".saving")).to_contain_text("Tersimpan")


def unfinished(page, portal):
    """An application that was withdrawn before a message about it was sent."""
    reference = steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    steps.heading(page, steps.SERVICE)
    write(page, reference, "Kapan kira-kira selesai?\nSaya perlu suratnya minggu depan.", schedule())
    page.goto(f"/permohonan/{reference}/penarikan")
    steps.press(page, "Ya, batalkan permohonan ini")
    steps.heading(page, steps.SERVICE)


def ask(portal):
    """The office asks Siti something about the application that waits to be signed."""
    with portal.changing() as database:
        row = database.execute(
            "SELECT application.id FROM application JOIN account ON account.id = applicant_id"
            " WHERE email = ? AND application.state = 'awaitingSignature'", (steps.SITI,)).fetchone()
        database.execute(
            "INSERT INTO message (application_id, author_id, side, at, text, is_question, token)"
            " SELECT ?, id, 'office', unixepoch(), ?, 1, hex(randomblob(16)) FROM account WHERE email = ?",
            (*row, "Di kelas berapa penelitiannya?\nTulis juga tanggalnya.", steps.BUDI))
        database.execute("UPDATE application SET asked_at = unixepoch() WHERE id = ?", row)


def connect(database, person):
    """The citizen has WhatsApp and a link for Telegram, Siti waits for a code."""
    hers = "(SELECT id FROM account WHERE email = ?)"
    database.execute(
        f"INSERT INTO channel_connection VALUES ({hers}, 'whatsapp', '6281362001234', unixepoch())", (person.email,))
    database.execute(
        f"INSERT OR REPLACE INTO telegram_token VALUES (?, {hers}, unixepoch() + 86400, NULL, NULL)",
        (hashlib.sha256(SECRET).digest(), person.email))
    database.execute(
        "INSERT OR REPLACE INTO whatsapp_code (account_id, phone, requested_at, salt, code_hash, expires_at)"
        " SELECT id, phone, unixepoch(), zeroblob(16), zeroblob(32), unixepoch() + 86400 FROM account WHERE email = ?",
        (steps.SITI,))


def near_its_end(database):
    """As if time had passed since Siti's letter was signed: it may be extended. The portal itself never changes a letter."""
    guards = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'letter'").fetchall()
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    database.execute(
        "UPDATE letter SET valid_until = date('now', '+10 days') WHERE kind = 'permit' AND application_id IN"
        " (SELECT application.id FROM application JOIN account ON account.id = applicant_id WHERE email = ?)",
        (steps.SITI,))
    for _, sql in guards:
        database.execute(sql)


def return_whole(database, person):
    """A copy of the group's draft, handed in and returned with something to mend in every answer and paper: it is mended
    in parts, and its list on a page of its own."""
    draft, code, definition = database.execute(
        "SELECT application.id, reference, definition FROM application JOIN account ON account.id = applicant_id"
        " JOIN letter_type ON letter_type.id = letter_type_id WHERE slug = 'kkn' AND application.state = 'draft' AND email = ?",
        (person.email,)).fetchone()
    copy = database.execute(
        "INSERT INTO application (reference, letter_type_id, office_id, applicant_id, state, step, answers, subject, clock,"
        " created_at, changed_at, submitted_at) SELECT ?, letter_type_id, office_id, applicant_id, 'needsCorrection', 0,"
        " answers, subject, clock, created_at, changed_at, changed_at FROM application WHERE id = ?",
        (code[::-1], draft)).lastrowid
    kind = json.loads(definition)
    keys = [field["key"] for section in kind["sections"] for field in section["fields"]]
    keys += [paper["key"] for paper in kind["requirements"]]
    database.executemany(
        "INSERT INTO finding (application_id, key, verdict, reason) VALUES (?, ?, 'mend', ?)",
        [(copy, key, "Belum sesuai dengan surat pengantar. Tulis seperti pada halaman pertama proposal.") for key in keys])


def roster_draft(page):
    """A group's draft with three people in its list, one of them wrong."""
    page.goto("/layanan/kkn")
    steps.press(page, "Ajukan permohonan")
    page.get_by_label("Mahasiswa (ketua kelompok)").check()
    page.get_by_label("Warga negara Indonesia").check()
    steps.press(page, "Simpan dan lanjut")
    steps.box(page, "NIM").fill("190501077")
    steps.box(page, "Perguruan tinggi").fill("Universitas Sumatera Utara")
    steps.box(page, "Dosen pembimbing lapangan").fill("Dr. Rina Siregar, M.Si.")
    steps.press(page, "Simpan dan lanjut")
    steps.heading(page, "Peserta KKN")
    page.locator("summary", has_text="Tempel dari Excel").click()
    page.get_by_label("Tempel baris di sini").fill("Tiurma\t190501077\nRahmat\t190501078\tS1 Gizi\nMaria\t19")
    steps.press(page, "Masukkan ke daftar")
    steps.heading(page, "Peserta KKN")


def places(portal, person):
    """Screen by name: whose it is (None: anybody), its address, its heading."""
    def applications(address):
        found = portal.ask(
            "SELECT application.state, reference, subject FROM application JOIN account ON account.id = applicant_id"
            " WHERE email = ? ORDER BY application.id", address)
        return {state: (f"{code[:4]}-{code[4:]}", subject) for state, code, subject in found}

    siti, own = applications(steps.SITI), applications(person.email)
    draft, sent = own["draft"][0], own["submitted"][0]
    code = portal.ask(
        "SELECT reference FROM application JOIN letter_type ON letter_type.id = letter_type_id"
        " JOIN account ON account.id = applicant_id WHERE slug = 'kkn' AND application.state = 'draft' AND email = ?", person.email)[0][0]
    group, whole = (f"{code[:4]}-{code[4:]}" for code in (code, code[::-1]))
    token = portal.ask("SELECT token FROM letter ORDER BY id")[0][0]
    waiting, subject = siti["submitted"]
    signing, signing_subject = siti["awaitingSignature"]
    institution = portal.number("SELECT max(id) FROM institution")
    joko, joko_name = portal.ask("SELECT id, name FROM account WHERE email = ?", steps.JOKO)[0]
    member = f"/akun/lembaga/{institution}/anggota/{joko}"
    pending = portal.ask("SELECT id FROM account WHERE state = 'pending' AND role = 'citizen'")[0][0]
    citizen = {
        "account": ("/akun", "Akun saya"),
        "account-password": ("/akun/kata-sandi", "Ganti kata sandi"),
        "account-email": ("/akun/surel", "Ganti alamat surel"),
        "account-phone": ("/akun/telepon", "Ganti nomor ponsel"),
        "account-devices": ("/akun/perangkat", "Perangkat"),
        "account-topics": ("/akun/pemberitahuan", "Pemberitahuan"),
        "account-telegram": (
            "/akun/pemberitahuan/telegram?kode=" + base64.urlsafe_b64encode(SECRET).decode().rstrip("="),
            "Hubungkan Telegram"),
        "account-telegram-over": ("/akun/pemberitahuan/telegram", "Hubungkan Telegram"),
        "account-views": ("/akun/pembukaan-berkas", "Siapa yang membuka berkas saya"),
        "account-privacy": ("/akun/data", "Privasi dan salinan data"),
        "account-institutions": ("/akun/lembaga", "Lembaga"),
        "account-new-institution": ("/akun/lembaga/baru", "Buat lembaga"),
        "account-institution": (f"/akun/lembaga/{institution}", "Yayasan Riset Deli"),
        "account-institution-profile": (f"/akun/lembaga/{institution}/profil", "Ubah data lembaga"),
        "account-institution-member": (member, f"Keluarkan {joko_name}?"),
        "account-institution-owner": (f"{member}/pengelola", f"Jadikan {joko_name} pengelola?"),
        "account-deletion": ("/akun/penghapusan", "Minta akun dihapus"),
        "account-merging": ("/akun/penggabungan", "Gabungkan akun lain"),
        "account-merging-void": (f"/akun/penggabungan/{VOID}", "Halaman ini tidak berlaku lagi"),
        "filing": (f"/permohonan/{draft}/lembaga", "Ajukan atas nama siapa?"),
        "transfer": (f"/permohonan/{sent}/pengalihan", "Alihkan permohonan"),
        "message": (f"/permohonan/{sent}/pesan", "Tulis pesan"),
        "message-closed": (f"/permohonan/{own['withdrawn'][0]}/pesan", "Percakapan sudah ditutup"),
        "status-withdrawn": (f"/permohonan/{own['withdrawn'][0]}", steps.SERVICE),
        "applications": ("/permohonan", "Permohonan saya"),
        "service-of-mine": ("/layanan/penelitian", steps.SERVICE),
        "linked-form-of-mine": (LINKED, steps.SERVICE),
        "section-0": (f"/permohonan/{draft}/isian/pemohon", "Jenis pemohon"),
        "section-1": (f"/permohonan/{draft}/isian/peneliti", "Data peneliti"),
        "section-2": (f"/permohonan/{draft}/isian/penelitian", "Penelitian"),
        "section-3": (f"/permohonan/{draft}/isian/pengantar", "Surat pengantar"),
        "roster": (f"/permohonan/{group}/isian/peserta", "Peserta KKN"),
        "row": (f"/permohonan/{group}/isian/peserta?baris=1", "Peserta KKN"),
        "section-places": (f"/permohonan/{group}/isian/kegiatan", "Kegiatan"),
        "papers": (f"/permohonan/{draft}/berkas", "Unggah berkas"),
        "check": (f"/permohonan/{draft}/periksa", "Periksa isian Anda"),
        "status": (f"/permohonan/{sent}", steps.SERVICE),
        "status-draft": (f"/permohonan/{draft}", steps.SERVICE),
        "withdrawal": (f"/permohonan/{sent}/penarikan", "Batalkan permohonan"),
        "withdrawal-draft": (f"/permohonan/{draft}/penarikan", "Batalkan permohonan"),
        "status-to-mend-much": (f"/permohonan/{whole}", "Surat Rekomendasi Kuliah Kerja Nyata (KKN)"),
        "corrections-list": (f"/permohonan/{whole}/perbaikan", "Perbaiki permohonan"),
        "corrections-part": (f"/permohonan/{whole}/perbaikan?bagian=peserta", "Perbaiki permohonan"),
        "corrections-rows": (f"/permohonan/{whole}/perbaikan/daftar/peserta", "Peserta KKN"),
        "corrections-row": (f"/permohonan/{whole}/perbaikan/daftar/peserta?baris=1", "Peserta KKN"),
        "views-of-one": (f"/permohonan/{sent}/pembukaan-berkas", "Siapa yang membuka berkas saya"),
        "invitation-void": (f"/undangan/{VOID}", "Undangan ini tidak tersedia"),
        "transfer-void": (f"/pengalihan/{VOID}", "Tawaran ini tidak tersedia"),
    }
    return {
        "home": (None, "/", "Ajukan surat izin dari ponsel Anda"),
        "services": (None, "/layanan", "Layanan"),
        "services-found": (None, "/layanan?cari=skripsi&saya=Mahasiswa", "Layanan"),
        "services-none": (None, "/layanan?cari=sepeda", "Layanan"),
        "service": (None, "/layanan/penelitian", steps.SERVICE),
        "eligibility": (None, "/layanan/penelitian/kelayakan", "Apakah saya memenuhi syarat?"),
        "eligibility-open": (None, "/layanan/kkn/kelayakan?periksa=1&di_medan=ya", "Apakah saya memenuhi syarat?"),
        "eligibility-yes": (None, ELIGIBLE, "Anda memenuhi syarat"),
        "eligibility-no": (None, ELIGIBLE.replace("di_medan=ya", "di_medan=tidak"), "Anda belum memenuhi syarat"),
        "requirement-list": (None, "/layanan/penelitian/persyaratan?untuk=Umum", "Daftar persyaratan"),
        "link-builder": (None, "/layanan/observasi/tautan", LINKING),
        "link-made": (None, "/layanan/penelitian/tautan?lembaga=Kampus&buat=1", LINKING),
        "linked-form": (None, LINKED, steps.SERVICE),
        "help": (None, "/bantuan", "Bantuan"),
        "sign-up-sent": (None, "/daftar/selesai", "Periksa surel Anda"),
        "activation-void": (None, f"/aktivasi/{VOID}", "Tautan ini tidak berlaku lagi"),
        "new-password-void": (None, f"/sandi-baru/{VOID}", "Tautan ini tidak berlaku lagi"),
        "email-void": (steps.SITI, f"/konfirmasi-surel/{VOID}", "Tautan ini tidak berlaku lagi"),
        "sign-up": (None, "/daftar", "Daftar akun"),
        "log-in": (None, "/masuk", "Masuk"),
        "forgotten": (None, "/lupa-sandi", "Lupa kata sandi"),
        "forgotten-sent": (None, "/lupa-sandi/terkirim", "Periksa surel Anda"),
        "tracking": (None, "/lacak", "Lacak permohonan"),
        "not-found": (None, "/tidak-ada", "Halaman tidak ditemukan"),
        "verification": (None, f"/verifikasi/{token}", "Surat ini asli dan berlaku"),
        "verification-start": (None, "/verifikasi", "Periksa keaslian surat"),
        "public-keys": (None, "/verifikasi/kunci-publik", "Kunci publik kantor"),
        "verification-unknown": (None, f"/verifikasi/{token[:-1]}", "Surat tidak ditemukan"),
        **{name: (person.email, *place) for name, place in citizen.items()},
        "account-whatsapp": (steps.SITI, "/akun/pemberitahuan/whatsapp", "Hubungkan WhatsApp"),
        "status-to-mend": (steps.SITI, f"/permohonan/{siti['needsCorrection'][0]}", steps.SERVICE),
        "corrections": (steps.SITI, f"/permohonan/{siti['needsCorrection'][0]}/perbaikan", "Perbaiki permohonan"),
        "message-asked": (steps.SITI, f"/permohonan/{signing}/pesan", "Jawab petugas"),
        "status-asked": (steps.SITI, f"/permohonan/{signing}", steps.SERVICE),
        "report": (
            steps.SITI, f"/permohonan/{siti['issued'][0]}/laporan/unggahan", "Laporan hasil penelitian"),
        "extension": (steps.SITI, f"/permohonan/{siti['issued'][0]}/perpanjangan", "Ajukan perpanjangan"),
        "status-issued": (steps.SITI, f"/permohonan/{siti['issued'][0]}", steps.SERVICE),
        "queue": (steps.BUDI, "/petugas", "Antrean permohonan"),
        "queue-messages": (steps.BUDI, "/petugas?tab=pesan", "Antrean permohonan"),
        "review-message": (steps.BUDI, f"/petugas/permohonan/{sent}", own["submitted"][1]),
        "queue-empty-or-done": (steps.BUDI, "/petugas?tab=selesai", "Antrean permohonan"),
        "review": (steps.BUDI, f"/petugas/permohonan/{waiting}", subject),
        "review-issued": (steps.BUDI, f"/petugas/permohonan/{siti['issued'][0]}", siti["issued"][1]),
        "letter-of-verifier": (steps.BUDI, f"/petugas/permohonan/{siti['issued'][0]}/surat", siti["issued"][1]),
        "register": (steps.BUDI, "/petugas/agenda", "Agenda surat keluar"),
        "reports": (steps.BUDI, "/petugas/laporan?tab=ditunggu", "Laporan pemegang surat"),
        "rejection": (steps.BUDI, f"/petugas/akun/{pending}/penolakan", "Tolak pendaftaran"),
        "activations": (steps.BUDI, "/petugas/akun", "Aktivasi akun"),
        "queue-to-sign": (steps.RATNA, "/petugas", "Antrean permohonan"),
        "review-to-sign": (steps.RATNA, f"/petugas/permohonan/{signing}", signing_subject),
        "signing": (steps.RATNA, f"/petugas/permohonan/{signing}/tanda-tangan", "Baca surat sebelum menandatangani"),
        "letter": (steps.RATNA, f"/petugas/permohonan/{siti['issued'][0]}/surat", siti["issued"][1]),
        "accounts": (steps.DEWI, "/admin/akun", "Akun"),
        "deletions": (steps.DEWI, "/admin/penghapusan", "Penghapusan akun"),
    }
