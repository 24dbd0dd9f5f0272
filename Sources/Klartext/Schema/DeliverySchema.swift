extension Schema {
    /// What mail servers report of letters, and which mail said so; and the inbox's ledger, with the alarms about held mail.
    ///
    /// `inbox.counted` is the state under which a mail stands in the ledger. What a version without a ledger keeps or settles differs there, is found by
    /// the index, which holds nothing else, and is entered later.
    static let delivery = """
        ALTER TABLE letter ADD COLUMN report TEXT NOT NULL DEFAULT '';
        ALTER TABLE letter_attempt ADD COLUMN inbox BIGINT;

        ALTER TABLE inbox ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
        ALTER TABLE inbox ADD COLUMN day BIGINT;
        ALTER TABLE inbox ADD COLUMN counted TEXT NOT NULL DEFAULT '';
        ALTER TABLE inbox ADD COLUMN alarm_at BIGINT;
        ALTER TABLE inbox ADD COLUMN alarms BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX inbox_not_counted ON inbox (id) WHERE counted <> state;

        CREATE TABLE inbox_day (
            day BIGINT NOT NULL,
            mailbox TEXT NOT NULL,
            state TEXT NOT NULL,
            share BIGINT NOT NULL,
            mails BIGINT NOT NULL,
            PRIMARY KEY (day, mailbox, state, share)
        );
        """
}
