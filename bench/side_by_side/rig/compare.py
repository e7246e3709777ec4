"""Whether all targets give the same answers: nothing is measured before."""

import concurrent.futures
import json

from .show import step, stop

def compare(operation, servers):
    """Asks each target all cases and compares what they say. Stops at the first difference."""
    ways = [way for way in operation.ways if way.server in servers]
    answers = {way.label: _answers(way, servers[way.server]) for way in ways}
    first, *others = answers
    for other in others:
        for n, (one, two) in enumerate(zip(answers[first], answers[other], strict=True)):
            if one != two:
                stop(f"{operation.name}, case {n}: {first} and {other} differ:\n{_difference(one, two)}")
    step(f"{operation.name}: {len(answers[first])} answers are the same from {', '.join(answers)}")


def _answers(way, server):
    server.start()
    try:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(lambda request: server.ask(*request), way.requests))
    finally:
        server.stop()
    way.answer_bytes = sum(size for _, _, size in texts) / len(texts)
    answers = []
    for (status, text, _), case in zip(texts, way.cases):
        answer = json.loads(text or "{}")
        if status != 200 or answer.get("errors"):
            stop(f"{way.label} answers {status}: {text[:600]}")
        answers.append(way.read(answer["data"], case))
    return answers


def _difference(one, two):
    if isinstance(one, dict) and isinstance(two, dict):
        keys = [key for key in {*one, *two} if one.get(key) != two.get(key)]
        return "\n".join(f"{key}: {one.get(key)} / {two.get(key)}" for key in keys[:5])
    rows = [pair for pair in zip(one, two) if pair[0] != pair[1]]
    return "\n".join(f"{own} / {others}" for own, others in rows[:5]) or f"{len(one)} / {len(two)} rows"
