extension Schema {
    /// What was taken back, each answer at most once; and which answer is the official one.
    static let corrections = """
        CREATE TABLE correction (
            message BIGINT PRIMARY KEY REFERENCES message (id),
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            answer BIGINT NOT NULL UNIQUE REFERENCES message (id),
            wrong TEXT NOT NULL,
            right_words TEXT NOT NULL,
            action TEXT NOT NULL,
            made_at BIGINT NOT NULL
        );
        CREATE INDEX correction_by_ticket ON correction (ticket, message);

        ALTER TABLE ticket ADD COLUMN official BIGINT;
        """
}
