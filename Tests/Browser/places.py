"""Every screen of the portal, for tests that look at all of them."""

import steps


def prepare(page, portal):
    """Makes a citizen with a sent application and a draft with everything in it; `page` is theirs afterwards."""
    person = steps.new_person()
    steps.join(page, portal, person)
    steps.ready_draft(page, portal)
    page.get_by_label(steps.STATEMENT).check()
    steps.press(page, "Kirim permohonan")
    steps.heading(page, steps.SERVICE)
    steps.ready_draft(page, portal)
    return person


def places(portal, person):
    """Screen by name: whose it is (None: anybody), its address, its heading."""
    def applications(address):
        found = portal.ask(
            "SELECT application.state, reference, subject FROM application JOIN account ON account.id = applicant_id"
            " WHERE email = ? ORDER BY application.id", address)
        return {state: (f"{code[:4]}-{code[4:]}", subject) for state, code, subject in found}

    siti, own = applications(steps.SITI), applications(person.email)
    draft, sent = own["draft"][0], own["submitted"][0]
    token = portal.ask("SELECT token FROM letter")[0][0]
    waiting, subject = siti["submitted"]
    signing, signing_subject = siti["awaitingSignature"]
    pending = portal.ask("SELECT id FROM account WHERE state = 'pending' AND role = 'citizen'")[0][0]
    citizen = {
        "account": ("/akun", "Akun saya"),
        "account-password": ("/akun/kata-sandi", "Ganti kata sandi"),
        "account-email": ("/akun/surel", "Ganti alamat surel"),
        "account-phone": ("/akun/telepon", "Ganti nomor ponsel"),
        "account-devices": ("/akun/perangkat", "Perangkat"),
        "account-topics": ("/akun/pemberitahuan", "Pemberitahuan"),
        "account-views": ("/akun/pembukaan-berkas", "Siapa yang membuka berkas saya"),
        "account-privacy": ("/akun/data", "Data saya"),
        "account-institutions": ("/akun/lembaga", "Lembaga"),
        "account-new-institution": ("/akun/lembaga/baru", "Buat lembaga"),
        "account-deletion": ("/akun/penghapusan", "Minta akun dihapus"),
        "filing": (f"/permohonan/{draft}/lembaga", "Ajukan atas nama siapa?"),
        "transfer": (f"/permohonan/{sent}/pengalihan", "Alihkan permohonan"),
        "applications": ("/permohonan", "Permohonan saya"),
        "service-of-mine": ("/layanan/penelitian", steps.SERVICE),
        "section-1": (f"/permohonan/{draft}/isian/peneliti", "Data peneliti"),
        "section-2": (f"/permohonan/{draft}/isian/penelitian", "Penelitian"),
        "section-3": (f"/permohonan/{draft}/isian/pengantar", "Surat pengantar"),
        "papers": (f"/permohonan/{draft}/berkas", "Unggah berkas"),
        "check": (f"/permohonan/{draft}/periksa", "Periksa isian Anda"),
        "status": (f"/permohonan/{sent}", steps.SERVICE),
    }
    return {
        "home": (None, "/", "Ajukan surat izin dari ponsel Anda"),
        "services": (None, "/layanan", "Layanan"),
        "service": (None, "/layanan/penelitian", steps.SERVICE),
        "sign-up": (None, "/daftar", "Daftar akun"),
        "log-in": (None, "/masuk", "Masuk"),
        "forgotten": (None, "/lupa-sandi", "Lupa kata sandi"),
        "forgotten-sent": (None, "/lupa-sandi/terkirim", "Periksa surel Anda"),
        "tracking": (None, "/lacak", "Lacak permohonan"),
        "not-found": (None, "/tidak-ada", "Halaman tidak ditemukan"),
        "verification": (None, f"/verifikasi/{token}", "Surat ini asli dan berlaku"),
        "verification-start": (None, "/verifikasi", "Periksa keaslian surat"),
        "verification-unknown": (None, f"/verifikasi/{token[:-1]}", "Surat tidak ditemukan"),
        **{name: (person.email, *place) for name, place in citizen.items()},
        "status-to-mend": (steps.SITI, f"/permohonan/{siti['needsCorrection'][0]}", steps.SERVICE),
        "corrections": (steps.SITI, f"/permohonan/{siti['needsCorrection'][0]}/perbaikan", "Perbaiki permohonan"),
        "status-issued": (steps.SITI, f"/permohonan/{siti['issued'][0]}", steps.SERVICE),
        "queue": (steps.BUDI, "/petugas", "Antrean permohonan"),
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
