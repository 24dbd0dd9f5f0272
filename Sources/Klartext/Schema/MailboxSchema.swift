extension Schema {
    /// What is known of the folders that mail is fetched from, and by which mailbox a request came.
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

        ALTER TABLE ticket ADD COLUMN queue TEXT NOT NULL DEFAULT 'general';
        ALTER TABLE ticket ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
        CREATE INDEX ticket_open_by_queue ON ticket (queue, dark_since, number) WHERE status = 'open';
        INSERT INTO counter_share (name, share, value) SELECT 'queue/general', 0, count(*) FROM ticket WHERE status = 'open'
            HAVING count(*) > 0;
        ALTER TABLE letter ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
        """
}
