# SPDX-License-Identifier: GPL-3.0-or-later
"""What figures mean: how far two results are apart, whether an aim is reached, and the tables that people read."""
import numpy

# Of design/performance.md, on a GPU: times as many images a second as PyTorch, and its share of the memory.
AIMS = {"eager bf16": 1.5, "compiled bf16": 1.0}
MEMORY_AIM = 0.6
PASSED, FAILED, LEFT_OUT = "passed", "FAILED", "left out: "


def grey_levels(images, scale=1.0):
    """As an 8-bit file holds them; `scale` is what is white, for networks whose outputs are wider than 1."""
    return numpy.round(numpy.clip(127.5 * numpy.asarray(images, "f8") / scale + 127.5, 0, 255))


def image_difference(images, expected, scale=1.0):
    """In grey levels. Images that are not finite are as far away as can be."""
    if images.shape != expected.shape:
        raise ValueError(f"The images are {images.shape} instead of {expected.shape}.")
    if not numpy.isfinite(images).all():
        return {"max": 255.0, "mean": 255.0}
    apart = numpy.abs(grey_levels(images, scale) - grey_levels(expected, scale))
    return {"max": float(apart.max()), "mean": round(float(apart.mean()), 4)}


def relative_difference(value, expected):
    """0 for equal numbers, or where neither side has one; infinite where one is missing or not finite."""
    if value is None and expected is None:
        return 0.0
    if value is None or expected is None or not numpy.isfinite([value, expected]).all():
        return float("inf")
    return abs(value - expected) / max(abs(expected), 1e-12)


def worst_differences(rows, expected, keys):
    """Largest relative difference of each key over the steps; both sides must hold the same number of them."""
    if len(rows) != len(expected) or not rows:
        raise ValueError(f"There are {len(rows)} steps instead of {len(expected)}.")
    if unknown := [key for key in keys if all(row.get(key) is None for row in expected)]:
        raise ValueError(f"No step has {unknown}.")
    return {key: max(relative_difference(a.get(key), b.get(key)) for a, b in zip(rows, expected)) for key in keys}


def missed_aims(row):
    """Names of the aims that a row of compare.py misses."""
    missed = [title for title, aim in AIMS.items() if row.get("ratios", {}).get(title, aim) < aim]
    memory = row.get("gpu_mib") or {}
    if row["workload"] == "finetune" and memory.get("eager bf16") and memory["ours"] > MEMORY_AIM * memory["eager bf16"]:
        missed.append("memory")
    return missed


def status_of(checks):
    """Of a part: one failure fails it; it is left out when nothing of it was done."""
    states = [check["status"] for check in checks]
    if FAILED in states:
        return FAILED
    return PASSED if PASSED in states or not states else states[0]


def cell(value, pattern="{:.2f}"):
    return "" if value is None else pattern.format(value)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(item).replace("|", "\\|").replace("\n", " ") for item in row) + " |" for row in rows]


def speed_row(row):
    title = [row["workload"], row["model"], row["batch"]]
    if "ours" not in row:
        return title + [""] * 6 + [row.get("error") or "left out: " + row["left_out"]]
    memory, ratios = row.get("gpu_mib") or {}, row["ratios"]
    theirs = memory.get("eager bf16") or memory.get("eager fp32")
    notes = [f"{name}: {text}" for name, text in row["notes"].items()]
    notes += ["without R1"] if row["workload"] == "finetune" and not row["r1"] else []
    notes += ["misses: " + ", ".join(missed_aims(row))] if memory and missed_aims(row) else []
    share = row["ours"] / row["ceiling"] if row["ceiling"] else None
    both = f"{memory['ours']:.0f} / {cell(theirs, '{:.0f}')}" if memory else ""
    return title + [cell(row["ours"], "{:.4g}"), *(cell(ratios.get(t)) for t in ("eager bf16", "eager fp32", "compiled bf16")),
                    cell(share, "{:.0%}"), both, "; ".join(notes)]


def speed_table(rows):
    head = ["workload", "model", "batch", "images/s", "× eager bf16", "× eager fp32", "× compiled bf16", "of the ceiling",
            "GPU MiB, ours / theirs", "notes"]
    return table(head, [speed_row(row) for row in rows])


def report(results):
    """The Markdown page of a results.json."""
    lines = ["# Thaw on this GPU", "", results["summary"], ""]
    lines += table(["part", "result", "seconds"], [(p["name"], p["status"], f"{p['seconds']:.0f}") for p in results["parts"]])
    for part in results["parts"]:
        lines += ["", f"## {part['name']}", ""]
        checks = [(c["name"], c["status"], c["message"] or ", ".join(f"{k} {v}" for k, v in c["figures"].items()))
                  for c in part["checks"]]
        lines += table(["check", "result", "figures"], checks) if checks else [part["status"]]
        if part.get("rows"):
            lines += [""] + speed_table(part["rows"])
    return "\n".join(lines) + "\n"
