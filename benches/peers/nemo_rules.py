"""The rules of the workload `memberships` by Nemo, a Datalog engine: stretches of days, first and last taken in."""

import sys

import nmo_python as nemo

RULES = """
@import base :- csv{{resource = "{folder}/base.csv", format = (string, string, int, int), ignore_headers = true}} .
"""
for it in range(20):
    a, b = f"B{10 * it:03}", f"B{10 * it + 1:03}"
    for bound, last in (("?l <= ?m", "?l"), ("?m < ?l", "?m")):
        for start, first in (("?f <= ?g", "?g"), ("?g < ?f", "?f")):
            RULES += (
                f'in(?p, "D{it:02}", {first}, {last}) :- base(?p, "{a}", ?f, ?l), base(?p, "{b}", ?g, ?m), '
                f"?f <= ?m, ?g <= ?l, {bound}, {start} .\n"
            )
for it in range(4):
    RULES += f'in(?p, "U", ?f, ?l) :- in(?p, "D{it:02}", ?f, ?l) .\n'
for above, below in (("V", "U"), ("W", "V"), ("V", "W")):
    RULES += f'in(?p, "{above}", ?f, ?l) :- in(?p, "{below}", ?f, ?l) .\n'
RULES += "@output in .\n"

engine = nemo.NemoEngine(nemo.load_string(RULES.format(folder=sys.argv[1])))
engine.reason()
print(sum(1 for row in engine.result("in")))
