"""Parses Athena's SQL from the standard input, and prints the columns that it reads and the names that it makes, as JSON."""

import json
import sys

from sqlglot import exp, parse_one

tree = parse_one(sys.stdin.read(), dialect="athena")
reads = {column.parts[0].name for column in tree.find_all(exp.Column)}
makes = {alias.alias for alias in tree.find_all(exp.Alias)}
makes |= {column.name for alias in tree.find_all(exp.TableAlias) for column in alias.columns}
print(json.dumps({"reads": sorted(reads), "makes": sorted(makes)}))
