"""A mail server on a port of its own: serve.py FOLDER none|starttls|implicit [USER PASSWORD]

Says "PORT CA-FILE" when it is ready. Whatever it takes it writes to FOLDER, a JSON file each; every address that it is asked
about, to FOLDER/asked. What it answers goes by the first part of the address: see RECIPIENT and LETTER.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys
from email.header import decode_header, make_header
from pathlib import Path

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

RECIPIENT = {
    "unknown": "550 5.1.1 <{}> is nobody here",
    "later": "450 4.2.1 <{}> is busy",
    "quiet": "550 nobody of the name {} lives here",
}
LETTER = {
    "rejected": "554 5.7.1 {} does not want this",
    "full": "452 4.3.1 no room for {}",
}
ONCE = {"grey": "451 4.7.1 come again, {}"}


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.taken = 0
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        with open(self.folder / "asked", "a") as asked:
            asked.write(address + "\n")
        name = address.split("@")[0]
        if name in ONCE and address not in self.seen:
            self.seen.add(address)
            return ONCE[name].format(address)
        if name in RECIPIENT:
            return RECIPIENT[name].format(address)
        if name == "cut":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name in LETTER:
            return LETTER[name].format(envelope.rcpt_tos[0])
        self.write(session, envelope)
        if name == "silent":
            await asyncio.sleep(3600)
        if name == "hangs-up":
            server.transport.abort()
        return "250 2.0.0 taken"

    def write(self, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        plain = email.message_from_bytes(envelope.content)
        part = lambda kind: next((part.get_content() for part in letter.walk() if part.get_content_type() == kind), None)
        told = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            # By the standard's rules: the newer policy puts spaces between encoded words of a name.
            "headers": [[name, str(make_header(decode_header(value)))] for name, value in plain.items()],
            "kinds": [part.get_content_type() for part in letter.walk()],
            "defects": [str(defect) for part in letter.walk() for defect in part.defects],
            "text": part("text/plain"),
            "html": part("text/html"),
            "bytes": envelope.content.decode("utf-8", "backslashreplace"),
            "tls": session.is_encrypted,
            "user": session.auth_data.login.decode() if session.authenticated else None,
        }
        self.taken += 1
        file = self.folder / f"{self.taken}.json"
        file.with_suffix(".new").write_text(json.dumps(told))
        file.with_suffix(".new").rename(file)


class Server(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        self.session.is_encrypted = transport.get_extra_info("ssl_object") is not None


def main():
    folder, mode, sign_in = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)

    def authenticate(server, session, envelope, mechanism, data):
        is_right = [data.login.decode(), data.password.decode()] == sign_in
        return AuthResult(success=is_right, handled=False, auth_data=data)

    settings = {"hostname": "localhost"}
    if sign_in:
        settings |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": mode == "starttls"}
    if mode == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    handler, over = Handler(folder), context if mode == "implicit" else None
    listening = loop.create_server(lambda: Server(handler, loop=loop, **settings), "127.0.0.1", 0, ssl=over)
    print(loop.run_until_complete(listening).sockets[0].getsockname()[1], folder / "ca.pem", flush=True)
    loop.run_forever()


main()
