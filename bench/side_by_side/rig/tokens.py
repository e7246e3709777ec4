"""Who asks: Forecourt's own tokens by signing in, and HS256 ones with the same reach for the others."""

import base64
import concurrent.futures
import hashlib
import hmac
import json
import os
import time

from .group import HEAD_OFFICE, PASSWORD
from .show import step, stop

SECRET = "side by side on loopback"
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken needsSecondFactor } }"
START = "mutation { startSecondFactor { secret } }"
CONFIRM = "mutation ($code: String!) { confirmSecondFactor(input: { code: $code }) { session { accessToken } } }"


class Person:
    """Somebody of a branch, or of head office."""

    def __init__(self, email, person, dealership=None, branch=None):
        self.email, self.person, self.dealership, self.branch = email, person, dealership, branch
        self.own = None

    def signed(self):
        """The token for PostGraphile and the floor."""
        claims = {"reach": "branch" if self.branch else "all", "person": self.person, "exp": 4102444800}
        if self.branch:
            claims |= {"dealership": self.dealership, "branch": self.branch}
        text = b".".join(_base64(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        return b".".join((text, _base64(hmac.digest(SECRET.encode(), text, hashlib.sha256)))).decode()


def people(group, server):
    """Head office first, then one of each branch, all signed in; their tokens are kept."""
    rows = group.cluster.sql(
        "select u.email, u.id, m.dealership_id, m.branch_id from user_account u join membership m on m.user_id = u.id"
        " where u.email like 'br%' order by md5(u.email)")
    [[head]] = group.cluster.sql(f"select id from user_account where email = '{HEAD_OFFICE}'")
    everybody = [Person(HEAD_OFFICE, head), *(Person(*row) for row in rows)]
    file = os.path.join(group.folder, "tokens.json")
    known = {}
    if os.path.exists(file) and time.time() - os.path.getmtime(file) < 14 * 24 * 3600:
        with open(file) as opened:
            known = json.load(opened)
    missing = [person for person in everybody if person.email not in known]
    if missing:
        step(f"{len(missing):,} people sign in")
        server.start()
        try:
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                tokens = pool.map(lambda person: _sign_in(server, person), missing)
                for person, token in zip(missing, tokens):
                    known[person.email] = token
        finally:
            # Whoever has a second factor now cannot come in so again.
            with open(file, "w") as opened:
                json.dump(known, opened)
        server.stop()
    for person in everybody:
        person.own = known[person.email]
    return everybody


def _sign_in(server, person):
    session = _answer(server, "", person, SIGN_IN, {"input": {"email": person.email, "password": PASSWORD}})["signIn"]
    if not session["needsSecondFactor"]:
        return session["accessToken"]
    secret = _answer(server, session["accessToken"], person, START)["startSecondFactor"]["secret"]
    confirmed = _answer(server, session["accessToken"], person, CONFIRM, {"code": _code(secret)})
    return confirmed["confirmSecondFactor"]["session"]["accessToken"]


def _answer(server, token, person, query, variables=None):
    while True:
        status, text, _ = server.ask(token, json.dumps({"query": query, "variables": variables}))
        answer = json.loads(text)
        if not answer.get("errors"):
            return answer["data"]
        # So many from one address are let in one after the other.
        told = answer["errors"][0]["extensions"]
        if told["code"] != "TOO_MANY_ATTEMPTS":
            stop(f"{person.email} cannot sign in: {status} {text}")
        time.sleep(told["retryAfter"])


def _code(secret):
    """What an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def _base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")
