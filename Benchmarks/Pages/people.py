"""Who reads the pages: people of a demo folder, logged in, with what is theirs."""

import http.client
import json
import random
import re
import sqlite3
import urllib.parse

PASSWORD = "coba-suratizin-2026"
STATES = ["draft", "submitted", "needsCorrection", "awaitingSignature", "issued", "refused", "withdrawn"]
STAFF = {"verifier": "budi@contoh.id", "signatory": "ratna@contoh.id", "admin": "dewi@contoh.id"}


def written(code):
    return f"{code[:4]}-{code[4:]}"


class Reader:
    """Somebody with cookies; `things` are what addresses may name, each a list to choose from."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.csrf = ""
        self.things = {}

    def ask(self, method, path, fields=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"X-Forwarded-For": address(), "Cookie": self.cookie()}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in re.findall(r"(sesi|tamu)=([^;,]*)", answer.getheader("Set-Cookie") or ""):
            self.cookies[name] = value
        connection.close()
        found = re.search(r'name="csrf" value="([^"]*)"', text)
        if found:
            self.csrf = found.group(1)
        return answer.status, text

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def log_in(self, email):
        self.ask("GET", "/masuk")
        status, _ = self.ask("POST", "/masuk", {"surel": email, "kata_sandi": PASSWORD, "csrf": self.csrf})
        if status != 303:
            raise SystemExit(f"log-in of {email}: {status}")
        return self


def address():
    """Visitors come from everywhere: limits are by address."""
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


class People:
    def __init__(self, data, port, chance):
        self.database = sqlite3.connect(f"file:{data}/suratizin.sqlite?mode=ro", uri=True)
        self.port = port
        self.types = {
            row[0]: (row[1], json.loads(row[2]))
            for row in self.database.execute("SELECT id, slug, definition FROM letter_type")}
        self.slugs = sorted({slug for slug, _ in self.types.values()})
        tokens = self.rows("SELECT token FROM letter WHERE kind = 'permit' AND id % 997 = 1 LIMIT 2000")
        self.tokens = [row[0] for row in tokens]
        self.visitors = [self.visitor() for _ in range(8)]
        self.citizens = [self.citizen(id, email) for id, email in self.chosen(chance)]
        self.staff = {role: self.officer(role, email) for role, email in STAFF.items()}

    def rows(self, sql, *arguments):
        return self.database.execute(sql, arguments).fetchall()

    def visitor(self):
        reader = Reader(self.port)
        reader.ask("GET", "/lacak")
        reader.things = {"slug": self.slugs, "token": self.tokens}
        reader.tracked = self.rows(
            "SELECT reference, substr(phone, -4) FROM application JOIN account ON account.id = applicant_id"
            " WHERE submitted_at IS NOT NULL AND application.id % 499 = ? LIMIT 2000", len(self.tokens) % 499)
        return reader

    def chosen(self, chance):
        """The busiest people, somebody for each state, members of institutions, and anybody."""
        busiest = self.rows(
            "SELECT applicant_id FROM application GROUP BY 1 ORDER BY count(*) DESC LIMIT 4")
        newest = []
        for state in STATES:
            newest += self.rows(
                "SELECT applicant_id FROM application WHERE state = ? ORDER BY id DESC LIMIT 4", state)
        drafts = self.rows(
            "SELECT applicant_id FROM application JOIN letter_type ON letter_type.id = letter_type_id"
            " WHERE state = 'draft' AND slug = 'kkn' ORDER BY application.id DESC LIMIT 4")
        members = self.rows("SELECT account_id FROM membership LIMIT 4")
        anybody = self.rows("SELECT id FROM account WHERE role = 'citizen' AND state = 'active' AND phone LIKE '62812%'")
        ids = {row[0] for row in busiest + newest + drafts + members + chance.sample(anybody, min(8, len(anybody)))}
        marks = ",".join("?" * len(ids))
        return self.rows(
            f"SELECT id, email FROM account WHERE id IN ({marks}) AND state = 'active' AND role = 'citizen'", *ids)

    def citizen(self, id, email):
        reader = Reader(self.port).log_in(email)
        things = reader.things
        things.update({"slug": self.slugs, "token": self.tokens})
        count = self.rows("SELECT count(*) FROM application WHERE applicant_id = ?", id)[0][0]
        things["page"] = [str(number) for number in range(2, count // 50 + 2)] if count > 50 else []
        for state in STATES:
            things[state] = [written(row[0]) for row in self.rows(
                "SELECT reference FROM application WHERE applicant_id = ? AND state = ? ORDER BY id DESC LIMIT 50",
                id, state)]
        things["extendable"] = [written(row[0]) for row in self.rows(
            "SELECT reference FROM application JOIN letter ON letter.application_id = application.id"
            " WHERE applicant_id = ? AND state = 'issued' AND letter.kind = 'permit'"
            " AND valid_until BETWEEN date('now') AND date('now', '25 days')"
            " AND NOT EXISTS (SELECT 1 FROM letter_end WHERE letter_id = letter.id)", id)]
        things["institution"] = [str(row[0]) for row in self.rows(
            "SELECT institution_id FROM membership WHERE account_id = ? AND ended_at IS NULL", id)]
        reader.sections = {}
        for code, type in self.rows(
                "SELECT reference, letter_type_id FROM application WHERE applicant_id = ? AND state = 'draft'", id):
            sections = self.types[type][1]["sections"]
            reader.sections[written(code)] = {
                "first": [sections[0]["key"]],
                "group": [section["key"] for section in sections
                          if any(field["kind"] == "group" and "showIf" not in field for field in section["fields"])]}
        return reader

    def officer(self, role, email):
        reader = Reader(self.port).log_in(email)
        office = self.rows("SELECT office_id FROM account WHERE email = ?", email)[0][0]
        for name, state in [("waiting", "submitted"), ("signing", "awaitingSignature"), ("done", "issued")]:
            reader.things[name] = [written(row[0]) for row in self.rows(
                "SELECT reference FROM application WHERE office_id = ? AND state = ? ORDER BY id DESC LIMIT 500",
                office, state)]
        return reader

    def readers(self, who):
        return {"visitor": self.visitors, "citizen": self.citizens}.get(who) or [self.staff[who]]


def requests(people, who, pattern):
    """Makers of requests for one page: each call gives the bytes of one. Empty when nobody has such a thing."""
    makers = []
    for reader in people.readers(who):
        maker = request_maker(reader, pattern)
        if maker:
            makers.append(maker)
    return makers


def request_maker(reader, pattern):
    if pattern.startswith("POST "):
        return lambda: tracking(reader, pattern[5:])
    names = re.findall(r"\{(\w+)\}", pattern)
    part = re.search(r"\{(\w+):(\w+)\}", pattern)
    if any(not reader.things.get(name) for name in names):
        return None
    if part:
        usable = [code for code in reader.things[part[1]] if reader.sections.get(code, {}).get(part[2])]
        if not usable:
            return None

    def make():
        path = pattern
        if part:
            code = random.choice(usable)
            path = path.replace(part[0], random.choice(reader.sections[code][part[2]])).replace(f"{{{part[1]}}}", code)
        for name in names:
            path = path.replace(f"{{{name}}}", random.choice(reader.things[name]))
        return (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address()}\r\n"
                f"Accept-Encoding: gzip\r\nCookie: {reader.cookie()}\r\n\r\n").encode()

    return make


def tracking(reader, path):
    code, digits = random.choice(reader.tracked)
    body = urllib.parse.urlencode({"nomor": code, "angka": digits, "csrf": reader.csrf})
    return (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address()}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"Accept-Encoding: gzip\r\nCookie: {reader.cookie()}\r\n\r\n{body}").encode()
