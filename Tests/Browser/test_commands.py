"""The program's commands: what they do, and the one line they say when they cannot."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import urllib.request

import pytest

import portal as portals

PASSWORD = "kuda-biru-lompat-jauh"


def run(*arguments, root=portals.ROOT, **settings):
    given = {"SURATIZIN_ROOT": str(root)} | {f"SURATIZIN_{key}": value for key, value in settings.items()}
    environment = portals.clean_environment() | given
    return subprocess.run(
        [str(portals.program()), *arguments], env=environment, capture_output=True, text=True, timeout=60,
        stdin=subprocess.DEVNULL)


def fails(result, *words):
    assert result.returncode != 0
    assert result.stderr.count("\n") == 1, result.stderr
    for word in words:
        assert word in result.stderr
    return result


def accounts(data):
    with sqlite3.connect(f"file:{data}/suratizin.sqlite?mode=ro", uri=True) as database:
        return database.execute("SELECT email, role, state FROM account ORDER BY id").fetchall()


@pytest.mark.parametrize("command", [[], ["serve"], ["migrate"], ["account", "create"], ["demo"], ["numbers"],
                                     ["letter-type", "publish"], ["office", "publish"]])
def test_every_command_explains_itself(command):
    result = run(*command, "--help")
    assert result.returncode == 0 and "USAGE: suratizin" in result.stdout


def test_a_letter_type_is_changed_and_published_without_a_new_program(tmp_path):
    data = ["--data", str(tmp_path / "data")]
    exported = run("letter-type", "export", *data, "survei")
    assert exported.returncode == 0, exported.stderr
    survey = json.loads(exported.stdout)
    file = tmp_path / "survei.json"
    file.write_text(exported.stdout)
    fails(run("letter-type", "publish", *data, str(file)), f"publish a change as {survey['version'] + 1}")
    survey["version"] += 1
    survey["name"] = "Surat Survei Baru"
    file.write_text(json.dumps(survey))
    fails(run("letter-type", "publish", *data, "--from", "kemarin", str(file)), "--from")
    done = run("letter-type", "publish", *data, str(file))
    assert done.returncode == 0 and "published survei" in done.stdout, done.stderr
    assert "Surat Survei Baru" in run("letter-type", "list", *data).stdout
    file.write_text('{"slug": 3}')
    fails(run("letter-type", "publish", *data, str(file)), "survei.json")
    fails(run("letter-type", "export", *data, "tidak-ada"), "letter-type list")

    office = json.loads(run("office", "export", *data, "brida-medan").stdout)
    office["code"] = office["numberCode"] = "baru"
    file.write_text(json.dumps(office))
    assert run("office", "publish", *data, str(file)).returncode == 0
    assert "baru (baru" in run("office", "list", *data).stdout
    fails(run("office", "publish", *data, str(tmp_path / "tidak-ada.json")), "cannot be read")


def test_all_faults_are_told_at_once_without_values(tmp_path):
    result = run("migrate", "--data", str(tmp_path), "--port", "99999", BASE_URL="rahasia", LOG_LEVEL="keras", LUPA="1")
    fails(result, "SURATIZIN_PORT", "SURATIZIN_BASE_URL", "SURATIZIN_LOG_LEVEL", "SURATIZIN_LUPA")
    assert "rahasia" not in result.stderr and "99999" not in result.stderr


def test_faults_of_messengers_are_told_by_name_and_without_secrets(tmp_path):
    token = tmp_path / "token"
    token.write_text("rahasia sekali\n")
    data = ["--data", str(tmp_path / "data")]
    half = run("migrate", *data, TELEGRAM_BOT="suratizin_bot", WHATSAPP_URL="https://graph.facebook.com/v21.0",
               SENDMAIL="sendmail")
    fails(half, "SURATIZIN_TELEGRAM_BOT and SURATIZIN_TELEGRAM_TOKEN_FILE go together",
          "and SURATIZIN_WHATSAPP_CODE_TEMPLATE go together", "SURATIZIN_SENDMAIL must be")
    wrong = run(
        "migrate", *data, TELEGRAM_BOT="a/b", TELEGRAM_TOKEN_FILE=str(token), TELEGRAM_URL="http://telegram.example",
        WHATSAPP_NUMBER_ID="12/3", WHATSAPP_TOKEN_FILE=str(tmp_path / "nothing"), WHATSAPP_NEWS_TEMPLATE="Kabar!",
        WHATSAPP_CODE_TEMPLATE="suratizin_kode", WHATSAPP_URL="http://127.0.0.1.evil.example")
    fails(wrong, "SURATIZIN_TELEGRAM_BOT must", "SURATIZIN_TELEGRAM_TOKEN_FILE holds", "SURATIZIN_TELEGRAM_URL must",
          "SURATIZIN_WHATSAPP_NUMBER_ID must", "SURATIZIN_WHATSAPP_TOKEN_FILE cannot",
          "SURATIZIN_WHATSAPP_NEWS_TEMPLATE must", "SURATIZIN_WHATSAPP_URL must")
    for secret in ["rahasia", "a/b", "telegram.example", "12/3", "Kabar!"]:
        assert secret not in half.stderr + wrong.stderr


def test_mails_leave_by_a_program(tmp_path):
    program, taken = tmp_path / "sendmail", tmp_path / "taken"
    program.write_text(f"#!/bin/sh\n{{ echo \"$@\"; cat; }} >> '{taken}'\n")
    program.chmod(0o700)
    server = portals.Portal(portals.program(), tmp_path / "data", SURATIZIN_SENDMAIL=str(program))
    try:
        portals.wait_for(taken.exists, "a mail in the program's hands")
    finally:
        server.stop()
    text = taken.read_text()
    assert text.startswith("-i -f suratizin@localhost -- ") and "\nFrom: Suratizin <suratizin@localhost>\n" in text
    assert not list((tmp_path / "data/outbox").glob("*.eml"))


def test_without_demo_there_is_no_account_until_one_is_made(tmp_path):
    data = str(tmp_path / "data")
    assert run("migrate", "--data", data).returncode == 0
    assert accounts(data) == []
    make = ["account", "create", "--data", data, "--name", "Dewi", "--email", "dewi@contoh.id"]
    fails(run(*make, "--role", "citizen", "--unit", "tidak-ada", PASSWORD=PASSWORD), "--role", "--unit")
    fails(run(*make, "--role", "admin", PASSWORD="pendek"), "password")
    assert run(*make, "--role", "admin", PASSWORD=PASSWORD).returncode == 0
    assert accounts(data) == [("dewi@contoh.id", "admin", "active")]
    fails(run(*make, "--role", "admin", PASSWORD=PASSWORD), "already")
    assert run("migrate", "--data", data).stdout.strip() == "nothing to do"


def test_a_second_demo_adds_nothing(tmp_path):
    data = str(tmp_path / "data")
    first = run("demo", "--data", data)
    assert first.returncode == 0 and "siti@contoh.id" in first.stdout
    before = accounts(data)
    second = run("demo", "--data", data)
    assert second.returncode == 0 and "nothing was added" in second.stdout and "siti@contoh.id" in second.stdout
    assert accounts(data) == before and len(before) == 8


def test_a_folder_with_many_applications(tmp_path):
    """What stands in it is tested in DemoCrowdTests; here, what the command does with folders and says."""
    data = tmp_path / "data"
    fails(run("demo", "--applications", "0", "--data", str(data)), "--applications")
    assert not data.exists()
    left = tmp_path / "data.filling"
    left.mkdir()
    (left / "suratizin.sqlite").write_text("half a file, as a crash leaves it")
    made = run("demo", "--applications", "200", "--data", str(data))
    assert made.returncode == 0 and "siti@contoh.id" in made.stdout, made.stderr
    # No terminal: lines, and no bar.
    assert "200 of 200 applications, in 0:" in made.stderr and "\r" not in made.stderr
    assert not left.exists() and sorted(path.name for path in data.glob("*-journal")) == []
    with sqlite3.connect(f"file:{data}/suratizin.sqlite?mode=ro", uri=True) as database:
        assert database.execute("SELECT count(*) FROM application").fetchone()[0] == 205
    sound = run("numbers", "--data", str(data))
    assert sound.returncode == 0 and "no gaps, no doubles" in sound.stdout
    before = accounts(data)
    fails(run("demo", "--applications", "200", "--data", str(data)), "not empty", "nothing was added")
    assert accounts(data) == before and not left.exists()


def test_one_server_for_each_data_folder(portal):
    fails(run("serve", "--data", str(portal.data), "--port", "8"), "another server")
    fails(run("demo", "--data", str(portal.data)), "another server")


def test_an_edited_migration_stops_the_start(tmp_path):
    root, data = tmp_path / "root", str(tmp_path / "data")
    root.mkdir()
    for folder in ("Templates", "Public", "migrations"):
        shutil.copytree(portals.ROOT / folder, root / folder)
    assert run("migrate", "--data", data, root=root).returncode == 0
    first = root / "migrations/0001_first.sql"
    first.write_text(first.read_text() + "\n-- one more line\n")
    fails(run("serve", "--data", data, "--port", "8999", root=root), "0001_first.sql", "edited")


def test_new_wording_without_a_restart(tmp_path):
    """SIGHUP loads templates anew; with a fault in them, the old ones stay."""
    root = tmp_path / "root"
    root.mkdir()
    for folder in ("Templates", "Public", "migrations"):
        shutil.copytree(portals.ROOT / folder, root / folder)

    class Copied(portals.Portal):
        pass

    old, portals.ROOT = portals.ROOT, root
    try:
        server = Copied(portals.program() or os.environ["SURATIZIN_BIN"], tmp_path / "data")
    finally:
        portals.ROOT = old

    def home(language="id"):
        with urllib.request.urlopen(urllib.request.Request(server.url, headers={"Cookie": f"bahasa={language}"})) as response:
            return response.read().decode()

    try:
        page = root / "Templates/public/home.mustache"
        good = page.read_text()
        page.write_text(good.replace("{{$main}}", "{{$main}}<p>Kabar baru</p>", 1))
        server.process.send_signal(signal.SIGHUP)
        portals.wait_for(lambda: "Kabar baru" in home(), "the new wording")
        assert "Kabar baru" in home("en") and '<html lang="en">' in home("en")
        page.write_text("{{#terbuka}}")
        server.process.send_signal(signal.SIGHUP)
        portals.wait_for(lambda: "kept as they were" in server.log.read_text(), "the refusal")
        assert "Kabar baru" in home()
    finally:
        server.stop()


def test_a_unix_socket_and_its_metrics(tmp_path):
    path, data = tmp_path / "portal.sock", str(tmp_path / "data")
    environment = portals.clean_environment() | {
        "SURATIZIN_SOCKET": str(path), "SURATIZIN_BASE_URL": "https://surat.contoh.id",
        "SURATIZIN_METRICS_TOKEN": "kata-yang-panjang-sekali"}
    server = subprocess.Popen(
        [str(portals.program()), "serve", "--data", data], env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)

    def ask(address, **fields):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(path))
            connection = http.client.HTTPConnection("surat.contoh.id")
            connection.sock = line
            connection.request("GET", address, headers=fields)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    try:
        portals.wait_for(path.exists, "the socket")
        assert portals.wait_for(lambda: ask("/healthz")[0] == 200, "an answer")
        assert ask("/metrics")[0] == 404

        def metrics():
            status, text = ask("/metrics", Authorization="Bearer kata-yang-panjang-sekali")
            assert status == 200
            return text

        # A request is counted when its last byte has left, which its reader may outrun.
        text = portals.wait_for(
            lambda: (found := metrics()) and 'http_requests_total{route="/metrics",status="404"} 1' in found and found,
            "the count of the first request")
        assert 'http_requests_total{route="/healthz",status="200"}' in text
        assert 'http_request_duration_seconds_count{route="/healthz"}' in text
        for name in ("suratizin_password_hashes_waiting", "suratizin_outbox_messages", "http_connections_open"):
            assert f"\n{name} " in text
    finally:
        server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=15)
    assert server.returncode == 0, errors
    assert not path.exists()


def test_a_restart_on_a_handed_over_socket_loses_no_request(tmp_path):
    """As systemd does it: the socket is held outside, and each server finds it as descriptor 3."""
    data = str(tmp_path / "data")
    environment = portals.clean_environment() | {"SURATIZIN_BASE_URL": "https://surat.contoh.id", "LISTEN_FDS": "1"}
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen(512)
        url = f"http://127.0.0.1:{held.getsockname()[1]}/healthz"

        def start():
            script = f'exec 3<&{held.fileno()}; LISTEN_PID=$$ exec "$0" serve --data "$1"'
            return subprocess.Popen(
                ["/bin/bash", "-c", script, str(portals.program()), data], env=environment,
                pass_fds=[held.fileno()], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

        answers, faults, is_over = [], [], threading.Event()

        def ask_on():
            while not is_over.is_set():
                try:
                    with urllib.request.urlopen(url, timeout=20) as answer:
                        answers.append(answer.status)
                except OSError as fault:
                    faults.append(fault)

        server = start()
        asking = threading.Thread(target=ask_on)
        asking.start()
        try:
            for _ in range(2):
                count = len(answers)
                portals.wait_for(lambda: len(answers) > count + 20, "answers", 20)
                server.send_signal(signal.SIGTERM)
                _, errors = server.communicate(timeout=15)
                assert server.returncode == 0, errors
                server = start()
            count = len(answers)
            portals.wait_for(lambda: len(answers) > count + 20, "answers after the restarts", 20)
        finally:
            is_over.set()
            asking.join(30)
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=15)
    assert faults == [] and set(answers) == {200}


def test_the_register_is_proved(tmp_path):
    data = str(tmp_path / "data")
    assert run("numbers", "--data", data).stdout.strip() == "no letters yet"
    assert run("demo", "--data", data).returncode == 0
    sound = run("numbers", "--data", data)
    assert sound.returncode == 0 and "1 letters (0 void), last 1, no gaps, no doubles" in sound.stdout
    with sqlite3.connect(f"{data}/suratizin.sqlite") as database:
        database.execute("UPDATE number_series SET last = 3")
    broken = run("numbers", "--data", data)
    assert broken.returncode == 1 and "MISSING 2 3" in broken.stdout


def test_keys_and_the_seal_of_a_letter(tmp_path):
    """Everything that an office does with keys, with files for passphrases as machines have them."""
    data, medium = str(tmp_path / "data"), str(tmp_path / "medium")
    (tmp_path / "root-passphrase").write_text("kapal layar di laut jawa\n")
    (tmp_path / "passphrase").write_text("kereta api pagi hari\n")
    (tmp_path / "short").write_text("pendek\n")
    root = ["--root", medium, "--root-passphrase-file", str(tmp_path / "root-passphrase")]
    portal = ["--passphrase-file", str(tmp_path / "passphrase")]
    fails(run("keys", "list", "--data", data), "keyMissing")
    fails(run("keys", "init", "--data", data, *root, "--passphrase-file", str(tmp_path / "none")), "cannot be read")
    fails(run("keys", "init", "--data", data, *root, "--passphrase-file", str(tmp_path / "short")), "weakPassphrase")
    made = run("keys", "init", "--data", data, *root, *portal)
    assert made.returncode == 0, made.stderr
    assert "sealing-brida-medan-" in made.stdout and "lock these away" in made.stdout
    keys = tmp_path / "data/keys"
    assert not (keys / "root.key.pem").exists() and (tmp_path / "medium/root.key.pem").exists()
    assert all(path.stat().st_mode & 0o77 == 0 for path in keys.glob("*.key.pem"))
    again = run("keys", "init", "--data", data, *root, *portal)
    assert again.returncode == 0 and again.stdout == ""
    make = ["account", "create", "--data", data, "--name", "Ratna", "--email", "ratna@contoh.id", "--role", "signatory"]
    assert run(*make, "--unit", "brida-medan", "--position", "KEPALA", PASSWORD=PASSWORD).returncode == 0
    fails(run("keys", "add", "--data", data, *root, *portal, "--email", "siti@contoh.id"), "no signatory")
    wrong = ["--root", medium, "--root-passphrase-file", str(tmp_path / "passphrase")]
    fails(run("keys", "add", "--data", data, *wrong, "--email", "ratna@contoh.id", "--portal-passphrase", *portal),
          "wrongPassphrase")
    added = run("keys", "add", "--data", data, *root, "--email", "ratna@contoh.id", "--portal-passphrase", *portal)
    assert added.returncode == 0, added.stderr
    key = added.stdout.split()[1].rstrip(",")
    listed = run("keys", "list", "--data", data).stdout
    # A key for each of three uses and two offices, and hers.
    assert f"{key}  Ratna" in listed and listed.count("good") == 7
    fails(run("keys", "revoke", "--data", data, *root, "tidak-ada"), "no certificate")
    assert run("keys", "revoke", "--data", data, *root, key, "--reason", "keyCompromise").returncode == 0
    assert "certificateRevoked" in run("keys", "list", "--data", data).stdout
    assert "list 2" in run("keys", "renew-list", "--data", data, *root).stdout


def test_a_seal_is_checked_without_the_portal(portal, tmp_path):
    document = portal.ask("SELECT document FROM letter ORDER BY id LIMIT 1")[0][0]
    text = next(block["signature"]["_0"]["mark"]["url"] for block in json.loads(document)["blocks"] if "signature" in block)
    good = run("verify-qr", "--data", str(portal.data), text)
    assert good.returncode == 0 and "000.9/0001/BRIDA/" in good.stdout and "S*** " in good.stdout
    fails(run("verify-qr", "--data", str(portal.data), text.replace("/verifikasi/", "/verifikasi/x")), "broken")
    fails(run("verify-qr", "--data", str(portal.data), text.split("#")[0]), "no address with sealed data")
    root, sealing = portal.data / "keys/root.pem", next((portal.data / "keys").glob("sealing-brida-medan-????????.pem"))
    alone = ["verify-qr", "--data", str(tmp_path / "nothing"), "--certificates"]
    fails(run(*alone, str(sealing), text), "no root certificate")
    both = run(*alone, str(root), "--certificates", str(sealing), text)
    assert both.returncode == 0 and "no list of revoked keys was given" in both.stdout
    assert not (tmp_path / "nothing").exists()


def test_a_revoked_keys_seal_needs_another_proof(portal, tmp_path):
    """With what the portal offers to everybody, and with nothing else of it."""
    document, file = portal.ask("SELECT document, pdf_sha256 FROM letter ORDER BY id LIMIT 1")[0]
    text = next(block["signature"]["_0"]["mark"]["url"] for block in json.loads(document)["blocks"] if "signature" in block)
    letter = str(next((portal.data / "vault").rglob(file)))
    keys = tmp_path / "data/keys"
    shutil.copytree(portal.data / "keys", keys)
    sealing = next(keys.glob("sealing-brida-medan-????????.pem"))

    def published():
        """As the page for it does: one file with everything."""
        found = [keys / "root.pem", *keys.glob("sealing-*[0-9a-f].pem"), *keys.glob("revoked.crl.pem")]
        bundle = tmp_path / "public-keys.pem"
        bundle.write_text("".join(path.read_text() for path in found if not path.name.endswith(".key.pem")))
        return ["verify-qr", "--data", str(tmp_path / "nothing"), "--certificates", str(bundle)]

    def revoke(reason):
        (keys / "revoked.crl.pem").unlink(missing_ok=True)
        done = run("keys", "revoke", "--data", str(tmp_path / "data"), "--root-passphrase-file",
                   str(keys / "demo-passphrase"), sealing.stem, "--reason", reason)
        assert done.returncode == 0, done.stderr

    whole = run(*published(), "--letter", letter, text)
    assert whole.returncode == 0 and "the seal is good" in whole.stdout and "unchanged since" in whole.stdout
    assert run(*published(), "--letter", letter).stdout == whole.stdout, "the file knows its code"
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(pathlib.Path(letter).read_bytes() + b" ")
    fails(run(*published(), "--letter", str(changed), text), "changed after it was signed")
    fails(run(*published(), "--letter", str(sealing), text), "no PDF")

    revoke("superseded")
    fails(run(*published(), text), "superseded", "nothing proves that")
    proved = run(*published(), "--letter", letter, text)
    assert proved.returncode == 0 and "proved by its signed file" in proved.stdout
    with sqlite3.connect(portal.data / "suratizin.sqlite") as source, \
            sqlite3.connect(tmp_path / "data/suratizin.sqlite") as copy:
        source.backup(copy)
    known = run("verify-qr", "--data", str(tmp_path / "data"), text)
    assert known.returncode == 0 and "proved by the portal's register" in known.stdout, known.stderr

    revoke("keyCompromise")
    for more in [[], ["--letter", letter]]:
        fails(run(*published(), *more, text), "keyCompromise", "proves nothing")
    fails(run("verify-qr", "--data", str(tmp_path / "data"), text), "keyCompromise")
