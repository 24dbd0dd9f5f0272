"""Reads the schema of a PostgreSQL database, in the words of the migrations."""

import json
import re
import subprocess

TYPES = {"bigint": "BIGINT", "text": "TEXT", "double precision": "REAL", "bytea": "BLOB"}
ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}

TABLES = "SELECT CAST(oid AS bigint) AS oid, relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
COLUMNS = """
    SELECT CAST(a.attrelid AS bigint) AS owner, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
        pg_get_expr(d.adbin, d.adrelid) AS value, a.attgenerated <> '' AS generated, c.collname AS collation
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_collation c ON c.oid = a.attcollation
    WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"""
CONSTRAINTS = """
    SELECT CAST(conrelid AS bigint) AS owner, contype AS kind, confdeltype AS on_delete, pg_get_constraintdef(oid) AS text,
        (SELECT relname FROM pg_class WHERE oid = confrelid) AS target, conindid,
        (SELECT json_agg(attname ORDER BY place) FROM unnest(conkey) WITH ORDINALITY k (number, place)
            JOIN pg_attribute ON attrelid = conrelid AND attnum = number) AS columns,
        (SELECT json_agg(attname ORDER BY place) FROM unnest(confkey) WITH ORDINALITY k (number, place)
            JOIN pg_attribute ON attrelid = confrelid AND attnum = number) AS others
    FROM pg_constraint WHERE conrelid > 0 ORDER BY conrelid, oid"""
INDEXES = """
    SELECT CAST(i.indrelid AS bigint) AS owner, c.relname AS name, i.indexrelid AS oid, i.indisunique AS "unique", m.amname AS method,
        coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS condition,
        (SELECT json_agg(pg_get_indexdef(i.indexrelid, n, true) || CASE WHEN i.indoption[n - 1] & 1 = 1 THEN ' DESC' ELSE '' END ORDER BY n)
            FROM generate_series(1, i.indnkeyatts) n) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
    WHERE NOT i.indisprimary ORDER BY c.relname"""


def ask(address, query):
    command = ["psql", address, "-XAtqc", f"SELECT coalesce(json_agg(r), '[]') FROM ({query}) r"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def read(address):
    """As `sqlite_catalogue.read`."""
    tables = {row["oid"]: row["name"] for row in ask(address, TABLES)}
    found = {oid: {"columns": {}, "key": [], "references": [], "indexes": [], "checks": []} for oid in tables}
    for row in ask(address, COLUMNS):
        if row["owner"] in found:
            add_column(found[row["owner"]], row)
    unnamed = set()
    for row in ask(address, CONSTRAINTS):
        if row["owner"] not in found:
            continue
        add_constraint(found[row["owner"]], row)
        if row["kind"] == "u":
            unnamed.add(row["conindid"])
    for row in ask(address, INDEXES):
        if row["owner"] in found:
            add_index(found[row["owner"]], row, row["oid"] in unnamed)
    return {tables[oid]: table for oid, table in found.items()}


def add_column(table, row):
    kind = TYPES.get(row["type"], row["type"])
    if kind == "TEXT" and row["collation"] != "C":
        kind = f"TEXT that sorts by {row['collation']}"
    default = re.sub(r"::[a-z ]+", "", row["value"] or "") or None
    table["columns"][row["name"]] = {
        "type": kind + (" generated" if row["generated"] else ""),
        "required": row["required"],
        "default": None if row["generated"] else default,
    }


def add_constraint(table, row):
    if row["kind"] == "p":
        table["key"] = row["columns"]
    elif row["kind"] == "c":
        table["checks"].append(row["text"])
    elif row["kind"] == "f":
        reference = {"columns": row["columns"], "table": row["target"], "others": row["others"]}
        table["references"].append(reference | {"on_delete": ACTIONS[row["on_delete"]]})


def add_index(table, row, is_unnamed):
    table["indexes"].append(
        {
            "name": "" if is_unnamed else row["name"],
            "unique": row["unique"],
            "columns": row["columns"] + ([] if row["method"] == "btree" else [f"by {row['method']}"]),
            "where": row["condition"],
        }
    )
