"""Starts the portal with the demo world in a folder of its own, and looks into that folder."""

import email
import email.policy
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from messengers import Messengers

ROOT = Path(__file__).resolve().parents[2]


def program():
    """The program to test, or None."""
    named = os.environ.get("SURATIZIN_BIN")
    candidates = [Path(named)] if named else [ROOT / ".build/release/suratizin", ROOT / ".build/debug/suratizin"]
    return next((path.resolve() for path in candidates if path.is_file() and os.access(path, os.X_OK)), None)


def wait_for(ask, what, seconds=10):
    """The first answer of `ask` that counts as true."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds} s")
        time.sleep(0.05)


def clean_environment():
    """Templates, styles and migrations of this clone; nothing else of the caller's settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SURATIZIN_")}
    return kept | {"SURATIZIN_ROOT": str(ROOT)}


class Portal:
    """A running server; `data` is its folder."""

    def __init__(self, binary, data, **settings):
        self.data = Path(data)
        self.environment = clean_environment()
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # As behind a proxy, which says where each person comes from.
        self.environment["SURATIZIN_TRUSTED_PROXIES"] = "127.0.0.1"
        self.url = f"http://127.0.0.1:{self.port}"
        self.messengers = Messengers()
        self.environment |= self.messengers.settings(self.data.parent) | settings
        self.options = ["--data", str(self.data), "--port", str(self.port)]
        self.binary = str(binary)
        subprocess.run([self.binary, "demo", *self.options], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        self.environment["SURATIZIN_KEYS_PASSPHRASE_FILE"] = str(self.data / "keys/demo-passphrase")
        self.log = self.data.parent / "portal.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", *self.options], env=self.environment, stdout=log, stderr=log)
        wait_for(self.answers, f"an answer of {self.url}/healthz (log: {self.log})")

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(15) == 0, f"the server ended with {self.process.returncode}"
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the server did not stop within 15 s of SIGTERM") from None
        finally:
            self.messengers.stop()

    # What left the portal

    def mails(self, address):
        """Mails to an address, oldest first."""
        found = []
        for path in sorted((self.data / "outbox").glob("*.eml")):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if mail["To"].strip().lower() == address.lower():
                found.append(mail)
        return found

    def mail(self, address, subject):
        """The newest mail to an address whose subject has these words; waits for it.
        Returns its text and its only link besides that to how the offices are reached."""
        newest = wait_for(
            lambda: [mail for mail in self.mails(address) if subject in mail["Subject"]],
            f"a mail '{subject}' to {address}")[-1]
        text = newest.get_content()
        links = [word for word in text.split() if word.startswith("http") and not word.endswith("/bantuan#kontak")]
        assert len(links) == 1 and links[0].startswith(self.url + "/"), f"links in the mail '{subject}': {links}"
        return text, links[0]

    # What is in the database

    def ask(self, sql, *values):
        with closing(sqlite3.connect(f"file:{self.data}/suratizin.sqlite?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(sql, values).fetchall()

    def number(self, sql, *values):
        return self.ask(sql, *values)[0][0]

    @contextmanager
    def changing(self):
        """The database, to be written to in one transaction."""
        with closing(sqlite3.connect(self.data / "suratizin.sqlite", timeout=10)) as database, database:
            yield database

    def end_sessions(self, address):
        """Lets every session of somebody run out."""
        with self.changing() as database:
            ended = database.execute(
                "UPDATE session SET expires_at = unixepoch() - 60 WHERE expires_at > unixepoch()"
                " AND account_id = (SELECT id FROM account WHERE email = ?)", (address,)).rowcount
        assert ended > 0, f"{address} has no session that could end"
