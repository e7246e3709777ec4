"""schemathesis over the whole schema for SECONDS (45), half of them as a dealer and half as head office: random documents,
right and wrong, changes too, so the rows are spoilt. No answer may be a failure of ours or tell of our inside."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

from support import people

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = os.environ.get("SCHEMA", os.path.join(HERE, "schema.graphql"))
CHECKS = "not_a_server_error,response_schema_conformance,says_nothing_internal,somebody_is_signed_in"
# A right document that comes to one of these was not executed.
REFUSALS = ("LIMIT_EXCEEDED", "RATE_LIMITED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED")
# Root fields that are to be asked; there are some hundred and ten.
ENOUGH = 90


def main():
    seconds = int(os.environ.get("SECONDS_IN_ALL", "45"))
    failed = [persona for persona in ("dealer", "hq-all") if not fuzz(persona, seconds // 2)]
    print(f"failed as {', '.join(failed)}" if failed else "all ok")
    sys.exit(1 if failed else 0)


def fuzz(persona, seconds):
    """Whether all answers were as they must be."""
    print(f"== as {persona}")
    total, asked, is_well = Counter(), set(), True
    # On a machine that is busy otherwise the time may be over before much was asked.
    for _ in range(4):
        counts, is_clean = run(persona, seconds)
        is_well &= is_clean
        asked.update(counts)
        for counted in counts.values():
            total.update(counted)
        if not is_well or len(asked) >= ENOUGH:
            break
    return tell(total, asked) and is_well


def run(persona, seconds):
    """What came back from each root field, and whether it was as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        counts = os.path.join(folder, "counts.json")
        command = [
            sys.executable, "-m", "schemathesis.cli", "--no-color", "run", SCHEMA, "--url", people.SERVER,
            "--max-time", str(seconds), "--phases", "fuzzing,stateful", "--mode", "all", "--checks", CHECKS,
            "--generation-database", "none", "--request-timeout", "30", "--continue-on-failure",
            "--suppress-health-check", "all", "--no-shrink", "--warnings", "off", "--workers", "2",
        ]
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": os.path.join(HERE, "support", "hooks.py"),
                       "PERSONA": persona, "COUNTS": counts}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-20_000:], done.stderr[-5_000:])
        with open(counts, encoding="utf-8") as file:
            return json.load(file), done.returncode == 0


def tell(total, asked):
    """Prints what came back; whether most of what could be executed was."""
    for code, count in total.most_common():
        print(f"{count:7}  {code}")
    right = sum(count for code, count in total.items() if code.startswith("positive"))
    refused = sum(total[f"positive {code}"] for code in REFUSALS)
    print(f"{total.total()} documents over {len(asked)} root fields; of {right} right ones {right - refused} were executed")
    return len(asked) >= ENOUGH and right - refused > right // 2


if __name__ == "__main__":
    main()
