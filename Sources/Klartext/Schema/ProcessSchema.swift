extension Schema {
    /// Several processes on one database. It only adds: a process of the version before goes on working beside this one.
    static let processes = """
        CREATE TABLE process (
            id TEXT PRIMARY KEY,
            host TEXT NOT NULL,
            pid BIGINT NOT NULL,
            roles TEXT NOT NULL,
            version TEXT NOT NULL,
            started_at BIGINT NOT NULL,
            seen_at BIGINT NOT NULL
        );

        ALTER TABLE job ADD COLUMN leased_by TEXT NOT NULL DEFAULT '';

        CREATE TABLE timetable (
            name TEXT PRIMARY KEY,
            next_at BIGINT NOT NULL,
            last_by TEXT NOT NULL
        );

        CREATE TABLE instance (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        );

        CREATE INDEX session_by_expiry ON session (expires_at);
        CREATE INDEX throttle_by_start ON throttle (window_start);
        """
}
