"""The tables of an instance that is being filled: in SQLite by many rows in one statement, in PostgreSQL by COPY.

Both are filled in one transaction, with nothing durable before its end and no reference looked up: what is filled is right by its making,
and `klartext check` says so.
"""
import pathlib
import sqlite3
import subprocess

from postgresql import psql

#: Where not the first columns of a table are filled.
COLUMNS = {
    "todo": "(id, ticket, kind, detail, raised_at)",
    "status_link": "(digest, ticket, generation, created_at)",
}
COUNTERS = (
    "INSERT INTO counter_share (name, share, value) VALUES {} "
    "ON CONFLICT (name, share) DO UPDATE SET value = counter_share.value + excluded.value")


def columns(tables, table, count):
    """The first columns of a table: those that came later have a value of their own for rows that say nothing of them."""
    if table not in tables.columns:
        tables.columns[table] = COLUMNS.get(table) or f"({', '.join(tables.names(table)[:count])})"
    return tables.columns[table]


class SQLiteTables:
    def __init__(self, data):
        self.columns = {}
        self.database = sqlite3.connect(pathlib.Path(data) / "klartext.sqlite", isolation_level=None)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            self.database.execute(f"PRAGMA {pragma}")
        self.database.execute("BEGIN")

    def numbers(self):
        """The last number of each sequence."""
        return dict(self.database.execute("SELECT name, value FROM sequence"))

    def add(self, table, rows):
        places = ",".join("?" * len(rows[0]))
        self.database.executemany(f"INSERT INTO {table} {columns(self, table, len(rows[0]))} VALUES ({places})", rows)

    def names(self, table):
        return [name for name, in self.database.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]

    def finish(self, numbers, counters):
        self.database.executemany("UPDATE sequence SET value = ? WHERE name = ?", [(value, name) for name, value in numbers.items()])
        self.database.executemany(COUNTERS.format("(?, 0, ?)"), list(counters.items()))
        self.database.execute("COMMIT")
        self.database.close()


class PostgreSQLTables:
    """Indexes that hold no rule are taken away first and made anew at the end, which is several times quicker. Needs a superuser."""

    SECONDARY = "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = current_schema() AND indexdef NOT LIKE 'CREATE UNIQUE%'"

    def __init__(self, url):
        self.url, self.columns = url, {}
        self.indexes = [line.split("\t") for line in psql(url, self.SECONDARY).splitlines()]
        self.session = subprocess.Popen(
            ["psql", url, "-qX", "-v", "ON_ERROR_STOP=1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._tell("BEGIN; SET session_replication_role = replica; SET maintenance_work_mem = '512MB';\n")
        for name, _ in self.indexes:
            self._tell(f"DROP INDEX {name};\n")

    def _tell(self, text):
        try:
            self.session.stdin.write(text.encode())
        except BrokenPipeError:
            raise RuntimeError(self.session.stderr.read().decode()) from None

    def numbers(self):
        select = "SELECT substr(sequencename, 10), coalesce(last_value, 0) FROM pg_sequences WHERE sequencename LIKE 'sequence\\_%'"
        return {name: int(value) for name, value in (line.split("\t") for line in psql(self.url, select).splitlines())}

    def add(self, table, rows):
        self._tell(f"COPY {table} {columns(self, table, len(rows[0]))} FROM STDIN;\n")
        self._tell("".join("\t".join(map(_cell, row)) + "\n" for row in rows))
        self._tell("\\.\n")

    def names(self, table):
        select = f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 ORDER BY attnum"
        return psql(self.url, select).splitlines()

    def finish(self, numbers, counters):
        for name, value in numbers.items():
            # one that has handed out nothing yet goes on from its start
            if value:
                self._tell(f"SELECT setval('sequence_{name}', {value});\n")
        values = ", ".join(f"('{name}', 0, {value})" for name, value in counters.items())
        self._tell(COUNTERS.format(values) + ";\n")
        for _, definition in self.indexes:
            self._tell(definition + ";\n")
        self._tell("COMMIT;\nANALYZE;\n")
        _, errors = self.session.communicate()
        if self.session.returncode != 0:
            raise RuntimeError(errors.decode())


_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _cell(value):
    """A value as COPY reads it (PostgreSQL 15, COPY, "Text Format")."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
