"""Fewest claims to withdraw so that the rest fit, by z3, a pair at a time.

Reads the facts on standard input; prints the seconds that z3 took to solve (not to be told) and the fewest in all.
"""

import re
import sys
import time
from collections import defaultdict

import z3

sides, covers, single = {}, defaultdict(list), set()
for name, numbers in re.findall(r"(\w+)\(([\d,]+)\)", sys.stdin.read()):
    numbers = [int(it) for it in numbers.split(",")]
    if name == "side":
        sides[numbers[0]] = numbers[1:]
    elif name == "covers":
        covers[numbers[0]].append(numbers[1])
    elif name == "single":
        single.add(numbers[0])

pairs = defaultdict(list)
for claim, (pair, side, some) in sides.items():
    pairs[pair].append((claim, side, some))

took, fewest = 0.0, 0
for claims in pairs.values():
    solver = z3.Optimize()
    stretches = {stretch for claim, _, _ in claims for stretch in covers[claim]}
    has = {(it, side): z3.Bool(f"s{it}_{side}") for it in stretches for side in (0, 1)}
    for it in stretches:
        solver.add(z3.Or(has[it, 0], has[it, 1]))
        if it in single:
            solver.add(z3.Not(z3.And(has[it, 0], has[it, 1])))
    gone = []
    for claim, side, some in claims:
        if some:
            met = z3.Or([has[it, side] for it in covers[claim]])
        else:
            met = z3.And([z3.Not(has[it, 1 - side]) for it in covers[claim]])
        gone.append(solver.add_soft(met))
    begun = time.perf_counter()
    assert solver.check() == z3.sat
    took += time.perf_counter() - begun
    model = solver.model()
    for claim, side, some in claims:
        on = [z3.is_true(model.eval(has[it, side], True)) for it in covers[claim]]
        off = [z3.is_true(model.eval(has[it, 1 - side], True)) for it in covers[claim]]
        fewest += not any(on) if some else any(off)

print(took, fewest, len(pairs))
