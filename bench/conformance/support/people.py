"""Where the server is and who may sign in, from the environment: SERVER, and SIGN_INS as `forecourt demo --sign-ins FILE`
writes it."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
import urllib.request

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SERVER = os.environ.get("SERVER", "http://127.0.0.1:8080/graphql")


def token(name):
    """A fresh access token of a persona."""
    with open(os.environ.get("SIGN_INS", "sign-ins.json"), encoding="utf-8") as file:
        person = next(person for person in json.load(file) if person["persona"] == name)
    credentials = {"email": person["email"], "password": person["password"]}
    if person["secondFactor"]:
        credentials["code"] = code(person["secondFactor"])
    answer = ask(operation("sign_in"), {"input": credentials})
    if "errors" in answer:
        raise RuntimeError(f"{name}: {answer['errors'][0]['extensions']['code']}")
    return answer["data"]["session"]["accessToken"]


def operation(name):
    """An operation of `documents/`, by the name of its file."""
    with open(os.path.join(HERE, "documents", f"{name}.graphql"), encoding="utf-8") as file:
        return file.read()


def code(secret):
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def ask(query, variables=None, bearer=None):
    """The whole answer to an operation."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    body = json.dumps({"query": query, "variables": variables}).encode()
    with urllib.request.urlopen(urllib.request.Request(SERVER, body, headers), timeout=60) as response:
        return json.load(response)
