"""All conflicts by Nemo, a Datalog engine: overlapping rows of member.csv and outside.csv, made and counted."""

import sys

import nmo_python as nemo

RULES = """
@import member :- csv{{resource = "{folder}/member.csv", format = (string, string, int, int), ignore_headers = true}} .
@import outside :- csv{{resource = "{folder}/outside.csv", format = (string, string, int, int), ignore_headers = true}} .
conflict(?p, ?b, ?f, ?l, ?g, ?m) :-
    member(?p, ?b, ?f, ?l), outside(?p, ?b, ?g, ?m), ?f <= ?m, ?g <= ?l .
@output conflict .
"""

engine = nemo.NemoEngine(nemo.load_string(RULES.format(folder=sys.argv[1])))
engine.reason()
print(sum(1 for _ in engine.result("conflict")))
