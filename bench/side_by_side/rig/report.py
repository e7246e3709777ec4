"""The figures as tables for people and as JSON for programs."""

import statistics

COLUMNS = ["target", "requests/s", "p50 ms", "p99 ms", "of floor", "of PostGraphile", "PG CPU ms", "server CPU ms",
           "MiB", "errors", "other cores"]


def table(operation, runs):
    """One line a target; medians with the least and the most of the repetitions."""
    medians = {label: statistics.median(run["per_second"] for run in results) for label, results in runs.items()}
    lines = [COLUMNS]
    for label, results in runs.items():
        of = [f"{medians[label] / medians[other]:.2f}" if other in medians else "-"
              for other in ("floor", "postgraphile")]
        spread = [_spread([run[name] for run in results]) for name in ("per_second", "p50_ms", "p99_ms")]
        median = [f"{statistics.median(run[name] for run in results):.2f}"
                  for name in ("postgres_cpu_ms", "server_cpu_ms")]
        memory = f"{max(run['memory_mib'] for run in results):.0f}"
        errors, others = sum(run["errors"] for run in results), max(run["other_cores"] for run in results)
        lines.append([label, *spread, *of, *median, memory, str(errors), f"{others:.2f}"])
    busy = max(run["other_cores"] for results in runs.values() for run in results)
    note = f"\nThe machine did other work on up to {busy:.1f} cores: compare CPU times, not rates."
    title = f"\n{operation.name}: {operation.title}; {operation.connections} connections"
    return f"{title}\n{aligned(lines)}{note if busy > 0.15 else ''}"


def starts_table(found):
    lines = [["target", "from start to answer, ms", "at rest, MiB"]]
    lines += [[name, _spread([seconds * 1e3 for seconds in start["seconds"]]), f"{start['idle_mib']:.0f}"]
              for name, start in found.items()]
    return f"\nstarting\n{aligned(lines)}"


def aligned(lines):
    widths = [max(map(len, column)) for column in zip(*lines)]
    return "\n".join("  ".join(cell.ljust(width) if n == 0 else cell.rjust(width)
                               for n, (cell, width) in enumerate(zip(line, widths))) for line in lines)


def _spread(values):
    return f"{_number(statistics.median(values))} ({_number(min(values))}–{_number(max(values))})"


def _number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
