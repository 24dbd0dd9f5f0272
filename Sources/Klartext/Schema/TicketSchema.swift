extension Schema {
    static let tickets = """
        CREATE TABLE ticket (
            number BIGINT PRIMARY KEY,
            subject TEXT NOT NULL,
            customer BIGINT NOT NULL REFERENCES customer (id),
            language TEXT NOT NULL CHECK (language IN ('de', 'en')),
            channel TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('open', 'solved', 'closed')),
            turn TEXT NOT NULL CHECK (turn IN ('us', 'customer', 'thirdParty')),
            turn_detail TEXT NOT NULL,
            next_contact_at BIGINT,
            assignee BIGINT REFERENCES agent (id),
            dark_since BIGINT NOT NULL,
            opened_at BIGINT NOT NULL,
            solved_at BIGINT,
            solved_by TEXT,
            cause TEXT NOT NULL,
            merged_into BIGINT REFERENCES ticket (number),
            link_generation BIGINT NOT NULL,
            link_revoked BIGINT NOT NULL,
            last_message BIGINT NOT NULL,
            confirmation_letter BIGINT,
            confirmation_withheld TEXT,
            events BIGINT NOT NULL,
            CHECK (status <> 'open' OR next_contact_at IS NOT NULL),
            CHECK (status <> 'open' OR solved_at IS NULL),
            CHECK ((confirmation_letter IS NULL) <> (confirmation_withheld IS NULL))
        );
        CREATE INDEX ticket_open ON ticket (dark_since, number) WHERE status = 'open';
        CREATE INDEX ticket_open_by_turn ON ticket (turn, dark_since, number) WHERE status = 'open';
        CREATE INDEX ticket_open_by_assignee ON ticket (assignee, dark_since, number) WHERE status = 'open';
        CREATE INDEX ticket_by_customer ON ticket (customer, number);

        CREATE TABLE participant (
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            customer BIGINT NOT NULL REFERENCES customer (id),
            PRIMARY KEY (ticket, customer)
        );

        CREATE TABLE message (
            id BIGINT PRIMARY KEY,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            author TEXT NOT NULL CHECK (author IN ('customer', 'agent')),
            author_id BIGINT NOT NULL,
            author_name TEXT NOT NULL,
            author_address TEXT NOT NULL,
            channel TEXT NOT NULL,
            body TEXT NOT NULL,
            is_automatic BIGINT NOT NULL,
            written_at BIGINT NOT NULL,
            inbox BIGINT REFERENCES inbox (id),
            email_id TEXT,
            filed_because TEXT NOT NULL,
            letter BIGINT
        );
        CREATE INDEX message_by_ticket ON message (ticket, id);
        CREATE INDEX message_by_email ON message (email_id) WHERE email_id IS NOT NULL;
        CREATE INDEX message_by_inbox ON message (inbox) WHERE inbox IS NOT NULL;

        CREATE TABLE note (
            id BIGINT PRIMARY KEY,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            agent BIGINT NOT NULL REFERENCES agent (id),
            body TEXT NOT NULL,
            written_at BIGINT NOT NULL
        );
        CREATE INDEX note_by_ticket ON note (ticket, id);

        CREATE TABLE attachment (
            id BIGINT PRIMARY KEY,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            message BIGINT NOT NULL REFERENCES message (id),
            digest TEXT NOT NULL REFERENCES file (digest),
            name TEXT NOT NULL,
            content_type TEXT NOT NULL,
            size_bytes BIGINT NOT NULL,
            content_id TEXT,
            added_at BIGINT NOT NULL
        );
        CREATE INDEX attachment_by_ticket ON attachment (ticket, id);
        CREATE INDEX attachment_by_message ON attachment (message, id);
        CREATE INDEX attachment_by_file ON attachment (digest);

        CREATE TABLE todo (
            id BIGINT PRIMARY KEY,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            kind TEXT NOT NULL,
            detail TEXT NOT NULL,
            raised_at BIGINT NOT NULL,
            done_at BIGINT,
            done_by TEXT
        );
        CREATE INDEX todo_open ON todo (raised_at, id) WHERE done_at IS NULL;
        CREATE INDEX todo_by_ticket ON todo (ticket, id);

        CREATE TABLE status_link (
            digest TEXT PRIMARY KEY,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            generation BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            revoked_at BIGINT
        );
        CREATE INDEX status_link_by_ticket ON status_link (ticket);
        """
}
