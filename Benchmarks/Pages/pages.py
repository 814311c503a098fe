"""The pages that are measured: name, who reads it, address. A page is left out when nothing of its kind is on file.

Who: visitor, citizen, verifier, signatory, admin. In an address stand things of whoever reads it:
{draft} {submitted} {needsCorrection} {awaitingSignature} {issued} {refused} {withdrawn}  own applications in that state
{draft:first} {draft:group}  a draft's first page of questions, or its roster
{extendable}  an application whose letter may be extended now
{institution} {token} {slug} {page}  own institution, any letter, any kind of letter, a page of a list
{waiting} {signing} {done}  applications of the office: to check, to sign, issued
"""

CITIZEN_PAGES = [
    ("home", "visitor", "/"),
    ("catalogue", "visitor", "/layanan"),
    ("service", "visitor", "/layanan/{slug}"),
    ("help", "visitor", "/bantuan"),
    ("sign up", "visitor", "/daftar"),
    ("log in", "visitor", "/masuk"),
    ("tracking, form", "visitor", "/lacak"),
    ("tracking, answer", "visitor", "POST /lacak"),
    ("verification, form", "visitor", "/verifikasi"),
    ("verification, letter", "visitor", "/verifikasi/{token}"),
    ("home, logged in", "citizen", "/"),
    ("service, logged in", "citizen", "/layanan/{slug}"),
    ("applications", "citizen", "/permohonan"),
    ("applications, further page", "citizen", "/permohonan?halaman={page}"),
    ("draft, first questions", "citizen", "/permohonan/{draft}/isian/{draft:first}"),
    ("draft, roster", "citizen", "/permohonan/{draft}/isian/{draft:group}"),
    ("draft, papers", "citizen", "/permohonan/{draft}/berkas"),
    ("draft, check", "citizen", "/permohonan/{draft}/periksa"),
    ("draft, for whom", "citizen", "/permohonan/{draft}/lembaga"),
    ("status, draft", "citizen", "/permohonan/{draft}"),
    ("status, submitted", "citizen", "/permohonan/{submitted}"),
    ("status, to mend", "citizen", "/permohonan/{needsCorrection}"),
    ("corrections", "citizen", "/permohonan/{needsCorrection}/perbaikan"),
    ("status, to sign", "citizen", "/permohonan/{awaitingSignature}"),
    ("status, issued", "citizen", "/permohonan/{issued}"),
    ("status, refused", "citizen", "/permohonan/{refused}"),
    ("status, withdrawn", "citizen", "/permohonan/{withdrawn}"),
    ("extension", "citizen", "/permohonan/{extendable}/perpanjangan"),
    ("hand over", "citizen", "/permohonan/{issued}/pengalihan"),
    ("who opened, of one", "citizen", "/permohonan/{issued}/pembukaan-berkas"),
    ("who opened, of all", "citizen", "/akun/pembukaan-berkas"),
    ("account", "citizen", "/akun"),
    ("password", "citizen", "/akun/kata-sandi"),
    ("e-mail address", "citizen", "/akun/surel"),
    ("phone", "citizen", "/akun/telepon"),
    ("devices", "citizen", "/akun/perangkat"),
    ("messages", "citizen", "/akun/pemberitahuan"),
    ("my data", "citizen", "/akun/data"),
    ("deletion", "citizen", "/akun/penghapusan"),
    ("institutions", "citizen", "/akun/lembaga"),
    ("institution", "citizen", "/akun/lembaga/{institution}"),
]

STAFF_PAGES = [
    ("queue, to check", "verifier", "/petugas"),
    ("queue, done", "verifier", "/petugas?tab=selesai"),
    ("queue, to sign", "signatory", "/petugas"),
    ("review", "verifier", "/petugas/permohonan/{waiting}"),
    ("review of one to sign", "signatory", "/petugas/permohonan/{signing}"),
    ("letter to sign", "signatory", "/petugas/permohonan/{signing}/tanda-tangan"),
    ("letter's page", "verifier", "/petugas/permohonan/{done}/surat"),
    ("register", "verifier", "/petugas/agenda"),
    ("reports, given", "verifier", "/petugas/laporan"),
    ("reports, late", "verifier", "/petugas/laporan?tab=terlambat"),
    ("activations", "verifier", "/petugas/akun"),
    ("accounts", "admin", "/admin/akun"),
]
