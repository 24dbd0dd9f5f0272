extension Schema {
    /// Promises, and what an open ticket must remember of the sentences that were said without news.
    static let promises = """
        CREATE TABLE promise (
            id BIGINT PRIMARY KEY,
            about TEXT NOT NULL,
            channel TEXT NOT NULL,
            text TEXT NOT NULL,
            third_party TEXT,
            owner BIGINT NOT NULL REFERENCES agent (id),
            addressee BIGINT NOT NULL REFERENCES customer (id),
            due_at BIGINT NOT NULL,
            first_due_at BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'withdrawn')),
            settled_at BIGINT,
            outcome TEXT NOT NULL,
            missed BIGINT NOT NULL,
            reminded BIGINT NOT NULL,
            events BIGINT NOT NULL,
            CHECK ((state = 'open') = (settled_at IS NULL))
        );
        CREATE INDEX promise_by_subject ON promise (about, id);
        CREATE INDEX promise_open ON promise (due_at, id) WHERE state = 'open';
        CREATE INDEX promise_missed ON promise (first_due_at, id) WHERE state = 'open' AND missed > 0;
        CREATE INDEX promise_by_first_due ON promise (first_due_at, id);

        ALTER TABLE agent ADD COLUMN team TEXT NOT NULL DEFAULT '';
        ALTER TABLE ticket ADD COLUMN contact_warned BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE ticket ADD COLUMN nothing_new BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX ticket_by_next_contact ON ticket (next_contact_at, number) WHERE status = 'open';
        CREATE INDEX ticket_unheard ON ticket (number) WHERE status = 'open' AND nothing_new > 1 AND contact_warned = 0;

        """
    static let promiseNumbers = "INSERT INTO sequence (name, value) VALUES ('promise', 0);\n"
    static let promiseNumbersOnPostgreSQL = "CREATE SEQUENCE sequence_promise MINVALUE 0; SELECT setval('sequence_promise', 0);\n"
}
