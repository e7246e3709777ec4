"""What schemathesis is told of this server: who asks, which values fit, what no answer may hold. It loads this file itself
(SCHEMATHESIS_HOOKS); counts go to the file COUNTS."""

import atexit
import json
import math
import os
import re
import sys
import threading
import time
from collections import Counter

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes
from schemathesis.graphql.checks import GraphQLServerError

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from support import people  # noqa: E402

PERSONA = os.environ["PERSONA"]
# Whoever does these may not be signed in afterwards: somebody else does them, of another dealership.
SPOILING = set(
    "signOut endSession endOtherSessions endStaffSessions removeSecondFactor startSecondFactor confirmSecondFactor "
    "renewRecoveryCodes changePassword endMembership changeMembership refreshSession confirmIdentity".split()
)
SPOILT = "stranger"
# What only somebody who reads the source or the database knows.
INTERNAL = re.compile(
    r"panicked|unwrap\(|RUST_BACKTRACE|\b(sqlx|sea_orm|sqlite|postgres(ql)?|tokio|axum|async_graphql|serde|hyper)\b"
    r"|\b(select|insert|update|delete)\b.+\b(from|into|set|where)\b|\b(syntax error|constraint|relation|SQLSTATE)\b"
    r"|\b(Option|Vec|Result|Box|Arc|HashMap)<|\b[a-z_]+::[A-Za-z_]+|\b(Some|None|Ok|Err)\(|\b[iu](8|16|32|64|128|size)\b"
    r"|/(src|home|root|usr|tmp|var|work)/|\.rs\b|src/",
    re.IGNORECASE,
)

counts = {}
tokens = {}
lock = threading.Lock()


def bearer(persona):
    """An access token, asked for once; of the one who is spoilt anew when it is, but each code is good once."""
    with lock:
        token, since = tokens.get(persona, (None, -math.inf))
        if token is None and time.monotonic() - since > 31:
            try:
                token = people.token(persona)
            except RuntimeError:
                if persona == PERSONA:
                    raise
            tokens[persona] = (token, time.monotonic())
        return tokens[persona][0]


def asker(case):
    return SPOILT if case.operation.definition.field_name in SPOILING else PERSONA


@schemathesis.hook
def before_call(context, case, kwargs):
    token = bearer(asker(case))
    case.headers = {**(case.headers or {}), "Accept": "application/graphql-response+json"}
    if token:
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def after_call(context, case, response):
    codes = [error.get("extensions", {}).get("code", "none") for error in errors(response)]
    if "UNAUTHENTICATED" in codes and asker(case) == SPOILT:
        with lock:
            tokens[SPOILT] = (None, tokens[SPOILT][1])
    with lock:
        counted = counts.setdefault(case.operation.label, Counter())
        counted[f"{case.meta.generation.mode.value} {codes[0] if codes else 'ok'}"] += 1


@schemathesis.check
def says_nothing_internal(ctx, response, case):
    assert response.status_code < 500, f"status {response.status_code}"
    for error in errors(response):
        told = error.get("extensions", {}).get("code")
        assert told, f"an error without a code: {error}"
        assert told != "INTERNAL", f"an internal error: {error}"
        # What was sent is told again, and is not ours.
        message = re.sub(r'"[^"]*"|`[^`]*`|(?m:^ *\d* *\|.*$)', "", error["message"])
        found = INTERNAL.search(message)
        assert not found, f"it tells {found.group()!r}: {error['message']}"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """It takes whatever a field refuses for a failure of the server's; our codes tell the two apart."""
    return not (isinstance(failure, GraphQLServerError) and all(known(error) for error in failure.errors))


def known(error):
    return error.get("extensions", {}).get("code") not in (None, "INTERNAL")


@schemathesis.check
def somebody_is_signed_in(ctx, response, case):
    codes = [error.get("extensions", {}).get("code") for error in errors(response)]
    assert asker(case) == SPOILT or "UNAUTHENTICATED" not in codes, f"{PERSONA} was signed out"


def errors(response):
    try:
        answer = response.json()
    except ValueError:
        return []
    return answer.get("errors") or []


def write_counts():
    with open(os.environ["COUNTS"], "w", encoding="utf-8") as file:
        json.dump(counts, file)


atexit.register(write_counts)

for name, strategy in {
    "BigInt": st.integers(min_value=-(2**63), max_value=2**63 - 1).map(nodes.Int),
    "KpiNumber": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str).map(nodes.String),
    "DateTime": st.datetimes().map(lambda at: at.isoformat() + "Z").map(nodes.String),
}.items():
    schemathesis.graphql.scalar(name, strategy)
