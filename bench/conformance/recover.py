"""clairvoyance, which rebuilds a schema from what error messages tell, as nobody and as a clerk. Where only known documents
are let in (MODE=production) it must recover nothing: no type, no name that it did not bring, and no difference between a
name there is and one there is not. Elsewhere (MODE=default) nobody may be told what they might have meant."""

import asyncio
import logging
import os
import re
import sys

import graphql
from clairvoyance import oracle
from clairvoyance.cli import blind_introspection, setup_context
from clairvoyance.client import Client
from clairvoyance.entities.context import client
from clairvoyance.entities.errors import EndpointError

from support import people

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = os.environ.get("SCHEMA", os.path.join(HERE, "schema.graphql"))
MODE = os.environ.get("MODE", "production")
# Names that every schema has, or that are words of messages.
COMMON = {"Query", "Mutation", "Subscription", "String", "Int", "Float", "Boolean", "ID", "name", "code", "field", "fields", "type", "id"}
# Where it does not look by itself: below the root, in arguments, inputs, values, conditions, directives and fragments.
NEAR_MISSES = [
    "{ bils { totalCount } }",
    "{ bills { totalCoun } }",
    "{ bills { nodes { numbr balance { amountMino } } } }",
    "{ bills(firs: 1) { totalCount } }",
    "{ bills(first: 1, filter: { statu: [PENDING] }) { totalCount } }",
    "{ bills(first: 1, filter: { status: [PENDIN] }) { totalCount } }",
    "query($filter: BillFilte) { bills(filter: $filter) { totalCount } }",
    '{ node(id: "") { ... on Bil { number } } }',
    "{ __typename @skp(if: true) }",
    "{ ...page } fragment pag on Query { __typename }",
    "mutation { signI(input: {}) { accessToken } }",
    'mutation { signIn(input: { emai: "a", password: "b" }) { accessToken } }',
    "subscription { billChange { bill { id } } }",
]


def main():
    # It leaves its tasks behind when it gives up.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    askers = {"nobody": {}}
    if MODE == "production":
        askers["a clerk"] = {"Authorization": f"Bearer {people.token('clerk')}"}
        # Else it would find nothing because nothing is answered.
        answer = people.ask(people.operation("bills"), {"first": 1}, people.token("manager"))
        assert answer["data"]["bills"]["nodes"], answer
    failed = False
    for asker, headers in askers.items():
        faults, asked = asyncio.run(recover(headers))
        failed |= bool(faults) or asked == 0
        print(f"{'FAILS' if faults else 'ok':7}  {asker}, {MODE}: {asked} documents")
        for fault in faults[:20]:
            print(f"         {fault}")
    sys.exit(1 if failed else 0)


async def recover(headers):
    """What it found out, and how many documents it sent."""
    heard = []
    post = Client.post

    async def overheard(self, document, retries=0):
        answer = await post(self, document, retries)
        heard.append((document or "", answer))
        return answer

    real = names()
    # As many that there are not, of the same letters.
    made_up = sorted(name[:1] + name[:0:-1] + "q" for name in real)
    Client.post = overheard
    try:
        faults = await rebuild(headers, real, made_up)
    finally:
        Client.post = post
    return faults + told(heard, set(real)), len(heard)


async def rebuild(headers, real, made_up):
    logger = logging.getLogger("clairvoyance")
    logger.setLevel(logging.CRITICAL)
    faults = []
    setup_context(people.SERVER, logger, headers=headers, concurrent_requests=4)
    try:
        believed = await oracle.probe_valid_fields(real + made_up, "query { FUZZ }")
        known, guessed = believed & set(real), believed & set(made_up)
        if MODE == "production" and (len(known) > 0) != (len(guessed) > 0):
            faults.append(f"it tells {len(known)} names there are from {len(guessed)} that there are not: {sorted(known)[:5]}")
        for document in NEAR_MISSES:
            await client().post(document)
    finally:
        await client().close()
    try:
        schema = await blind_introspection(people.SERVER, logger, real, headers=headers, concurrent_requests=4)
        if MODE == "production":
            faults.append(f"it recovers a schema: {schema[:300]}")
    except (EndpointError, KeyError):
        await client().close()  # It gives up: nothing tells it of a type, not even of the root.
    return faults


def names():
    """The fields, arguments and types there are."""
    with open(SCHEMA, encoding="utf-8") as file:
        schema = graphql.build_schema(file.read())
    found = set()
    for kind in schema.type_map.values():
        if kind.name.startswith("__") or kind.name in COMMON:
            continue
        found.add(kind.name)
        for name, field in getattr(kind, "fields", {}).items():
            found.add(name)
            found.update(getattr(field, "args", {}))
    return sorted(found - COMMON)


def told(heard, real):
    """Names of the schema in answers to documents that did not hold them, and suggestions."""
    faults = {}
    for document, answer in heard:
        for error in (answer or {}).get("errors") or []:
            message = error["message"]
            if re.search(r"did you mean", message, re.IGNORECASE):
                faults.setdefault("mean", f"it says what was meant: {message[:200]}")
            words = set(re.findall(r"[_A-Za-z][_0-9A-Za-z]*", message)) - set(re.findall(r"[_A-Za-z][_0-9A-Za-z]*", document))
            # Words of a sentence are no names; those of the schema are written together or in backquotes.
            for name in words & real if MODE == "production" else ():
                if re.search(r"[a-z][A-Z]", name) or f"`{name}`" in message or f'"{name}"' in message:
                    faults.setdefault(name, f"it tells of {name}: {message[:200]}")
        if MODE == "production" and (answer or {}).get("data"):
            faults.setdefault("data", f"it is answered: {document[:100]}")
    return list(faults.values())


if __name__ == "__main__":
    main()
