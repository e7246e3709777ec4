"""What whoever waits sees."""

import sys
import time

_began = time.monotonic()


def step(text):
    """Says what begins now."""
    minutes, seconds = divmod(int(time.monotonic() - _began), 60)
    print(f"{minutes:3}:{seconds:02}  {text}", file=sys.stderr, flush=True)


def stop(text):
    """Ends with a sentence that says what to do."""
    sys.exit(f"run: {text}")
