extension Schema {
    /// What is known of the folders that mail is fetched from.
    static let mailboxes = """
        CREATE TABLE mail_folder (
            name TEXT PRIMARY KEY,
            validity BIGINT NOT NULL,
            last_uid BIGINT NOT NULL,
            since TEXT NOT NULL,
            left_behind BIGINT NOT NULL,
            kept BIGINT NOT NULL,
            stuck TEXT NOT NULL,
            looked_at BIGINT,
            failures BIGINT NOT NULL,
            failing_since BIGINT,
            problem TEXT NOT NULL,
            at_uid BIGINT,
            CHECK ((failures = 0) = (failing_since IS NULL))
        );

        """
}
