extension Schema {
    /// Telephone calls, and by which number a customer is known.
    static let calls = """
        CREATE TABLE phone_call (
            id BIGINT PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
            number TEXT NOT NULL,
            line TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('ringing', 'answered', 'ended', 'missed')),
            began_at BIGINT NOT NULL,
            answered_at BIGINT,
            ended_at BIGINT,
            by_whom TEXT NOT NULL,
            cause TEXT NOT NULL,
            ticket BIGINT REFERENCES ticket (number),
            settled TEXT,
            events BIGINT NOT NULL,
            CHECK (settled IS NULL OR state = 'missed')
        );
        CREATE INDEX phone_call_waiting ON phone_call (id) WHERE state = 'missed' AND settled IS NULL;
        CREATE INDEX phone_call_waiting_by_number ON phone_call (number, id) WHERE state = 'missed' AND settled IS NULL;

        ALTER TABLE customer ADD COLUMN phone TEXT NOT NULL DEFAULT '';
        CREATE INDEX customer_by_phone ON customer (phone, id) WHERE phone <> '';

        """
    static let callNumbers = "INSERT INTO sequence (name, value) VALUES ('call', 0);\n"
    static let callNumbersOnPostgreSQL = "CREATE SEQUENCE sequence_call MINVALUE 0; SELECT setval('sequence_call', 0);\n"
}
