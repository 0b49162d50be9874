#!/usr/bin/env python3
"""Lists lamps that are about to run out: id, workshop and stock, one a line."""
import json
import pathlib
import sys

ENOUGH = 5

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    lamp = json.loads(path.read_text(encoding="utf-8"))
    if not lamp["retired"] and lamp["stock"] < ENOUGH:
        print(f"{lamp['id']}\t{lamp['workshop']}\t{lamp['stock']}")
