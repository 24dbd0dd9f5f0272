extension Schema {
    /// Numbers that are counted up. SQLite has one writer, who finds them in a table; PostgreSQL has sequences, for which nobody waits.
    static let numbers = """
        CREATE TABLE sequence (
            name TEXT PRIMARY KEY,
            value BIGINT NOT NULL
        );
        INSERT INTO sequence (name, value) VALUES
            ('ticket', 10000), ('message', 0), ('customer', 0), ('agent', 0), ('letter', 0), ('inbox', 0), ('attachment', 0), ('todo', 0);


        """
    static let numbersOnPostgreSQL =
        ["ticket", "message", "customer", "agent", "letter", "inbox", "attachment", "todo"].map { name in
            "CREATE SEQUENCE sequence_\(name) MINVALUE 0; SELECT setval('sequence_\(name)', \(name == "ticket" ? 10000 : 0));\n"
        }.joined()

    static let people = """
        CREATE TABLE customer (
            id BIGINT PRIMARY KEY,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('de', 'en')),
            created_at BIGINT NOT NULL
        );

        CREATE TABLE agent (
            id BIGINT PRIMARY KEY,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('de', 'en')),
            password TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            disabled_at BIGINT
        );

        CREATE TABLE session (
            digest TEXT PRIMARY KEY,
            agent BIGINT NOT NULL REFERENCES agent (id),
            created_at BIGINT NOT NULL,
            seen_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL
        );
        CREATE INDEX session_by_agent ON session (agent);

        CREATE TABLE throttle (
            name TEXT PRIMARY KEY,
            window_start BIGINT NOT NULL,
            hits BIGINT NOT NULL
        );
        """
}
