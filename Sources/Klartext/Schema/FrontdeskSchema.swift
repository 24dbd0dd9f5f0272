extension Schema {
    static let frontdesk = """
        CREATE TABLE submission (
            digest TEXT PRIMARY KEY,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            created_at BIGINT NOT NULL
        );
        CREATE INDEX submission_by_time ON submission (created_at);
        """
}
