"""schema.py SQLITE-FILE POSTGRESQL-ADDRESS PAGE [--check]: compares both engines' schemas, and writes or checks the page that tells them."""

import re
import sys

import postgresql_catalogue
import sqlite_catalogue

# What one engine has and the other need not: each with its reason, which the page tells.
EXCEPTIONS = [
    ("sqlite", r"table sequence", "PostgreSQL has sequences of its own (`sequence_…`)"),
    ("sqlite", r"table search_(index|trigram)(_\w+)?", "FTS5's tables; PostgreSQL searches `search_document.words`"),
    ("sqlite", r"table search_recent(_word)?", "what is not in FTS5's tables yet; PostgreSQL's GIN keeps such a list by itself"),
    ("postgresql", r"search_document column words", "what FTS5 keeps in `search_index`"),
    ("postgresql", r"search_document index search_document_words", "the index of `words`"),
    ("postgresql", r"search_word index search_word_parts", "parts of words by trigrams; `search_trigram` on SQLite"),
]


def condition(text):
    """The condition of a partial index without the brackets and casts that PostgreSQL adds."""
    return " ".join(re.sub(r"::[a-z]+|[()]", "", text).split())


def facts(table):
    """What is compared: a sentence for each thing, by what it is about."""
    for name, column in table["columns"].items():
        # A column of the primary key is never NULL on PostgreSQL, and on SQLite only by hand: every key is bound from a value that is there.
        required = column["required"] or name in table["key"]
        default = f" DEFAULT {column['default']}" if column["default"] is not None else ""
        yield f"column {name}", f"{column['type']}{' NOT NULL' if required else ''}{default}"
    yield "primary key", ", ".join(table["key"])
    for one in table["references"]:
        action = "" if one["on_delete"] == "NO ACTION" else f" ON DELETE {one['on_delete']}"
        yield f"reference {', '.join(one['columns'])}", f"{one['table']} ({', '.join(one['others'])}){action}"
    for one in table["indexes"]:
        columns = ", ".join(one["columns"])
        where = f" WHERE {condition(one['where'])}" if one["where"] else ""
        yield f"index {one['name'] or 'of ' + columns}", f"{'UNIQUE ' if one['unique'] else ''}({columns}){where}"
    # PostgreSQL rewrites conditions, so that only their number can be compared.
    yield "checks", str(len(table["checks"]))


def excused(engine, about):
    for only, pattern, reason in EXCEPTIONS:
        if only == engine and re.fullmatch(pattern, about):
            return reason
    return None


def differences(sqlite, postgresql):
    """(engine that has it, what it is, what it says) of everything that is not the same on both."""
    for name in sorted(sqlite.keys() | postgresql.keys()):
        if name not in postgresql:
            yield "sqlite", f"table {name}", ""
        elif name not in sqlite:
            yield "postgresql", f"table {name}", ""
        else:
            first, second = dict(facts(sqlite[name])), dict(facts(postgresql[name]))
            for about in sorted(first.keys() | second.keys()):
                if first.get(about) == second.get(about):
                    continue
                if about in first:
                    yield "sqlite", f"{name} {about}", first[about]
                if about in second:
                    yield "postgresql", f"{name} {about}", second[about]


def page(sqlite, postgresql, excuses):
    lines = [
        "# Schema",
        "",
        "Written by `bin/schema` from databases that were really migrated; `bin/ci` fails where it is not what is there. The words are those of the",
        "migrations (`Sources/Klartext/Schema`): BIGINT is INTEGER on SQLite, BLOB is BYTEA and REAL is DOUBLE PRECISION on PostgreSQL, and TEXT",
        "sorts by its bytes on both. Times are milliseconds since 1970 in UTC, truth values 0 or 1.",
        "",
    ]
    for name in sorted(sqlite.keys() & postgresql.keys()):
        table, shared = sqlite[name], dict(facts(postgresql[name]))
        lines += [f"## {name}", "", "| Column | Type |", "|---|---|"]
        rest = []
        for about, says in facts(table):
            if shared.get(about) != says or about == "checks" or not says:
                continue
            if about.startswith("column "):
                lines.append(f"| `{about.removeprefix('column ')}` | {says} |")
            else:
                rest.append(f"- {about}: `{says}`")
        rest += [f"- check: `{check}`" for check in table["checks"]]
        lines += [""] + rest + [""]
    lines += ["## What only one engine has", "", "| Engine | What | Why |", "|---|---|---|"]
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    lines += [f"| {names[engine]} | `{about}`{' ' + says if says else ''} | {why} |" for engine, about, says, why in excuses]
    return "\n".join(lines) + "\n"


def main(sqlite_path, address, target, *options):
    sqlite, postgresql = sqlite_catalogue.read(sqlite_path), postgresql_catalogue.read(address)
    excuses, faults = [], []
    for engine, about, says in differences(sqlite, postgresql):
        why = excused(engine, about)
        (excuses if why else faults).append((engine, about, says, why))
    for engine, about, says, _ in faults:
        print(f"only on {engine}: {about} {says}", file=sys.stderr)
    text = page(sqlite, postgresql, excuses)
    if "--check" not in options:
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        try:
            with open(target, encoding="utf-8") as file:
                is_current = file.read() == text
        except FileNotFoundError:
            is_current = False
        if not is_current:
            print(f"{target} is not what is there; bin/schema writes it anew", file=sys.stderr)
            return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
