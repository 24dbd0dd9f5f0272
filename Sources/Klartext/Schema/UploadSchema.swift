extension Schema {
    /// Files on their way in pieces. Each piece is a file of the store, named by nobody else.
    static let uploads = """
        CREATE TABLE upload (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            size_bytes BIGINT NOT NULL,
            received_bytes BIGINT NOT NULL,
            parts BIGINT NOT NULL,
            file TEXT,
            created_at BIGINT NOT NULL,
            CHECK (received_bytes BETWEEN 0 AND size_bytes)
        );
        CREATE INDEX upload_by_time ON upload (created_at);

        CREATE TABLE upload_part (
            upload TEXT NOT NULL REFERENCES upload (id),
            start BIGINT NOT NULL,
            size_bytes BIGINT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (upload, start)
        );
        """
}
