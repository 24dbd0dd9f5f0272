extension Schema {
    /// Writers beside each other: each counts in a share of its own, and a line of the journal waits only for others about its subject.
    ///
    /// Until here one chain went through the whole journal; its end becomes the first seal. From here on a line is chained to the line before
    /// it about the same subject, and seals bind all lines together (docs/decisions/0012).
    static let beside = """
        CREATE TABLE counter_share (
            name TEXT NOT NULL,
            share BIGINT NOT NULL,
            value BIGINT NOT NULL,
            PRIMARY KEY (name, share)
        );
        INSERT INTO counter_share (name, share, value) SELECT name, 0, value FROM counter;
        DROP TABLE counter;

        CREATE TABLE journal_seal (
            number BIGINT PRIMARY KEY,
            sealed_at BIGINT NOT NULL,
            last BIGINT NOT NULL,
            hash TEXT NOT NULL
        );
        INSERT INTO journal_seal (number, sealed_at, last, hash)
        SELECT 0, 0, coalesce(max(sequence), 0),
            coalesce((SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1), '\(JournalEntry.beginning)')
        FROM journal;


        """
    static let journalNumbers = """
        INSERT INTO sequence (name, value) SELECT 'journal', coalesce(max(sequence), 0) FROM journal;
        """
    static let journalNumbersOnPostgreSQL = """
        CREATE SEQUENCE sequence_journal MINVALUE 0;
        SELECT setval('sequence_journal', coalesce(max(sequence), 0)) FROM journal;
        """
}
