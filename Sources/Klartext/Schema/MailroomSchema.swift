extension Schema {
    static let mailroom = """
        CREATE TABLE file (
            digest TEXT PRIMARY KEY,
            size_bytes BIGINT NOT NULL,
            stored_at BIGINT NOT NULL
        );

        CREATE TABLE inbox (
            id BIGINT PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            size_bytes BIGINT NOT NULL,
            door TEXT NOT NULL,
            sender TEXT NOT NULL,
            recipients TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('received', 'filed', 'held', 'machine', 'refused')),
            reason TEXT NOT NULL,
            summary TEXT NOT NULL,
            conversation BIGINT,
            handled_at BIGINT,
            handled_by TEXT,
            CHECK (state = 'received' OR handled_at IS NOT NULL),
            CHECK (state <> 'filed' OR conversation IS NOT NULL)
        );
        CREATE INDEX inbox_held ON inbox (id) WHERE state = 'held';
        CREATE INDEX inbox_waiting ON inbox (id) WHERE state = 'received';

        CREATE TABLE inbox_raw (
            digest TEXT PRIMARY KEY,
            raw BLOB NOT NULL
        );

        CREATE TABLE letter (
            id BIGINT PRIMARY KEY,
            conversation BIGINT,
            kind TEXT NOT NULL,
            language TEXT NOT NULL,
            recipient TEXT NOT NULL,
            recipient_name TEXT NOT NULL,
            recipient_key TEXT NOT NULL,
            subject TEXT NOT NULL,
            body TEXT NOT NULL,
            reply_to TEXT,
            email_id TEXT NOT NULL UNIQUE,
            in_reply_to TEXT,
            thread TEXT NOT NULL,
            is_automatic BIGINT NOT NULL,
            written_at BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'delayed', 'accepted', 'delivered', 'failed')),
            state_at BIGINT NOT NULL,
            server TEXT NOT NULL,
            code BIGINT,
            detail TEXT NOT NULL,
            attempts BIGINT NOT NULL,
            dismissed_at BIGINT
        );
        CREATE INDEX letter_by_conversation ON letter (conversation, id);
        CREATE INDEX letter_by_recipient ON letter (recipient_key, written_at);
        CREATE INDEX letter_failed ON letter (id) WHERE state = 'failed' AND dismissed_at IS NULL;

        CREATE TABLE letter_attachment (
            letter BIGINT NOT NULL REFERENCES letter (id),
            position BIGINT NOT NULL,
            digest TEXT NOT NULL REFERENCES file (digest),
            name TEXT NOT NULL,
            content_type TEXT NOT NULL,
            PRIMARY KEY (letter, position)
        );
        CREATE INDEX letter_attachment_by_file ON letter_attachment (digest);

        CREATE TABLE letter_attempt (
            letter BIGINT NOT NULL REFERENCES letter (id),
            attempt BIGINT NOT NULL,
            attempted_at BIGINT NOT NULL,
            outcome TEXT NOT NULL,
            code BIGINT,
            detail TEXT NOT NULL,
            PRIMARY KEY (letter, attempt, attempted_at)
        );
        """
}
