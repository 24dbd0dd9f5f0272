extension Schema {
    static let work = """
        CREATE TABLE journal (
            sequence BIGINT PRIMARY KEY,
            happened_at BIGINT NOT NULL,
            subject TEXT NOT NULL,
            actor TEXT NOT NULL,
            event TEXT NOT NULL,
            body TEXT NOT NULL,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL
        );
        CREATE INDEX journal_by_subject ON journal (subject, sequence);

        CREATE TABLE job (
            key TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            lane TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            run_at BIGINT NOT NULL,
            leased_until BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            error TEXT NOT NULL,
            died_at BIGINT
        );
        CREATE INDEX job_due ON job (lane, run_at) WHERE died_at IS NULL;

        CREATE TABLE counter (
            name TEXT PRIMARY KEY,
            value BIGINT NOT NULL
        );
        """

    /// What the journal says can be added to, never changed: a law of the product, so the engine holds it, not our good will.
    static let appendOnly = """
        CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        """

    static let appendOnlyOnPostgreSQL = """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
        CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER journal_refuses_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
}
