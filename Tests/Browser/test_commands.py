"""The program's commands: what they do, and the one line they say when they cannot."""

import os
import shutil
import signal
import sqlite3
import subprocess
import urllib.request

import pytest

import portal as portals

PASSWORD = "kuda-biru-lompat-jauh"


def run(*arguments, root=portals.ROOT, **settings):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SURATIZIN_")}
    environment |= {"SURATIZIN_ROOT": str(root)} | {f"SURATIZIN_{key}": value for key, value in settings.items()}
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


@pytest.mark.parametrize("command", [[], ["serve"], ["migrate"], ["account", "create"], ["demo"]])
def test_every_command_explains_itself(command):
    result = run(*command, "--help")
    assert result.returncode == 0 and "USAGE: suratizin" in result.stdout


def test_all_faults_are_told_at_once_without_values(tmp_path):
    result = run("migrate", "--data", str(tmp_path), "--port", "99999", BASE_URL="rahasia", LOG_LEVEL="keras", LUPA="1")
    fails(result, "SURATIZIN_PORT", "SURATIZIN_BASE_URL", "SURATIZIN_LOG_LEVEL", "SURATIZIN_LUPA")
    assert "rahasia" not in result.stderr and "99999" not in result.stderr


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
    assert accounts(data) == before and len(before) == 5


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

    def home():
        with urllib.request.urlopen(server.url) as response:
            return response.read().decode()

    try:
        page = root / "Templates/public/home.mustache"
        good = page.read_text()
        page.write_text(good.replace("{{$main}}", "{{$main}}<p>Kabar baru</p>", 1))
        server.process.send_signal(signal.SIGHUP)
        portals.wait_for(lambda: "Kabar baru" in home(), "the new wording")
        page.write_text("{{#terbuka}}")
        server.process.send_signal(signal.SIGHUP)
        portals.wait_for(lambda: "kept as they were" in server.log.read_text(), "the refusal")
        assert "Kabar baru" in home()
    finally:
        server.stop()
