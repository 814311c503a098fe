"""Telegram and WhatsApp as the portal sees them, on this machine."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TELEGRAM_TOKEN = "123456:AbCdEf_GhIjKl-MnOp"
WHATSAPP_TOKEN = "EAAG-rahasia-sekali"


class Messengers:
    """`said` is what came out of the bot, as (chat, text), `sent` what WhatsApp was given, as (number, template, texts);
    `write` is somebody writing to the bot."""

    def __init__(self):
        self.lock = threading.Lock()
        self.said, self.sent, self.updates, self.strange = [], [], [], []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def settings(self, folder):
        """The portal's settings; the tokens are written to files in `folder`."""
        for name, token in [("telegram-token", TELEGRAM_TOKEN), ("whatsapp-token", WHATSAPP_TOKEN)]:
            (folder / name).write_text(token + "\n")
        return {
            "SURATIZIN_TELEGRAM_BOT": "suratizin_bot", "SURATIZIN_TELEGRAM_TOKEN_FILE": str(folder / "telegram-token"),
            "SURATIZIN_TELEGRAM_URL": self.url, "SURATIZIN_WHATSAPP_NUMBER_ID": "109876543210",
            "SURATIZIN_WHATSAPP_TOKEN_FILE": str(folder / "whatsapp-token"),
            "SURATIZIN_WHATSAPP_NEWS_TEMPLATE": "suratizin_kabar",
            "SURATIZIN_WHATSAPP_CODE_TEMPLATE": "suratizin_kode", "SURATIZIN_WHATSAPP_URL": f"{self.url}/v21.0",
        }

    def write(self, chat, text):
        with self.lock:
            number = len(self.updates) + 1
            self.updates.append({"update_id": number, "message": {
                "message_id": number, "date": 0, "text": text, "chat": {"id": chat, "type": "private"},
                "from": {"id": chat, "is_bot": False, "first_name": "<b>Anonim</b>", "language_code": "id"}}})

    def stop(self):
        self.server.shutdown()

    def answer(self, path, token, body):
        if path == f"/bot{TELEGRAM_TOKEN}/getUpdates":
            return {"ok": True, "result": [one for one in self.updates if one["update_id"] >= body.get("offset", 0)]}
        if path == f"/bot{TELEGRAM_TOKEN}/sendMessage":
            self.said.append((body["chat_id"], body["text"]))
            return {"ok": True, "result": {"message_id": 1}}
        if path == "/v21.0/109876543210/messages" and token == f"Bearer {WHATSAPP_TOKEN}":
            texts = [part["text"] for part in body["template"]["components"][0]["parameters"]]
            self.sent.append((body["to"], body["template"]["name"], texts))
            return {"messages": [{"id": "wamid.1"}]}
        self.strange.append(re.sub(r"\d{5}:[^/]+", "TOKEN", path))
        return None

    def handler(messengers):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with messengers.lock:
                    answer = messengers.answer(self.path, self.headers["Authorization"], body)
                text = json.dumps(answer or {"ok": False}).encode()
                self.send_response(200 if answer else 404)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        return Handler
