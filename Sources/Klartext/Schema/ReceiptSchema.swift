extension Schema {
    /// Receipts and the keys that sign them. Of keys, exactly one has its secret half: the one that signs now.
    static let receipts = """
        CREATE TABLE receipt_key (
            number BIGINT PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            public_key TEXT NOT NULL,
            sealed TEXT,
            since BIGINT NOT NULL,
            until BIGINT,
            CHECK ((sealed IS NULL AND until IS NOT NULL) OR (sealed IS NOT NULL AND until IS NULL))
        );

        CREATE TABLE receipt (
            attachment BIGINT PRIMARY KEY REFERENCES attachment (id),
            key TEXT NOT NULL REFERENCES receipt_key (id),
            document TEXT NOT NULL
        );
        """
}
