"""Reads the schema of an SQLite file, in the words of the migrations."""

import re
import sqlite3

TYPES = {"INTEGER": "BIGINT"}


def read(path):
    """Tables by name: columns, primary key, references, indexes and the number of checks."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
        )
        return {name: table(database, name, text) for name, text in rows.fetchall()}


def table(database, name, text):
    columns = {}
    key = {}
    for _, column, kind, required, default, place, hidden in database.execute(f"PRAGMA table_xinfo({name})"):
        if hidden == 1:
            continue
        # SQLite does not say NOT NULL of a key that is the row's number, and it can never be NULL.
        required = bool(required) or (place > 0 and kind == "INTEGER")
        columns[column] = {"type": TYPES.get(kind, kind), "required": required, "default": default}
        if place:
            key[place] = column
    return {
        "columns": columns,
        "key": [key[place] for place in sorted(key)],
        "references": references(database, name),
        "indexes": indexes(database, name),
        "checks": checks(text or ""),
    }


def references(database, name):
    found = {}
    for number, _, target, column, other, _, on_delete, _ in database.execute(f"PRAGMA foreign_key_list({name})"):
        entry = found.setdefault(number, {"columns": [], "table": target, "others": [], "on_delete": on_delete})
        entry["columns"].append(column)
        entry["others"].append(other)
    return list(found.values())


def indexes(database, name):
    found = []
    for _, index, unique, origin, _ in database.execute(f"PRAGMA index_list({name})"):
        if origin == "pk":
            continue
        row = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        text = (row and row[0]) or ""
        columns = [
            (column or "(expression)") + (" DESC" if descending else "")
            for _, _, column, descending, _, is_key in database.execute(f"PRAGMA index_xinfo({index})")
            if is_key
        ]
        where = re.search(r"\sWHERE\s+(.*)$", text, re.S | re.I)
        found.append(
            {
                # What UNIQUE on a column makes has no name of ours.
                "name": index if origin == "c" else "",
                "unique": bool(unique),
                "columns": columns,
                "where": where.group(1) if where else "",
            }
        )
    return found


def checks(text):
    """The conditions of a table's CHECKs: SQLite keeps them only in the text of the table."""
    found = []
    for match in re.finditer(r"\bCHECK\s*\(", text):
        depth, end, quoted = 1, match.end(), False
        while depth and end < len(text):
            letter = text[end]
            quoted ^= letter == "'"
            if not quoted:
                depth += {"(": 1, ")": -1}.get(letter, 0)
            end += 1
        found.append(" ".join(text[match.end() : end - 1].split()))
    return found
