extension Schema {
    /// What a form asked for beside the text. It only adds: a process of the version before goes on working beside this one.
    static let fields = """
        CREATE TABLE ticket_field (
            message BIGINT NOT NULL REFERENCES message (id),
            position BIGINT NOT NULL,
            ticket BIGINT NOT NULL REFERENCES ticket (number),
            field TEXT NOT NULL,
            type TEXT NOT NULL,
            label TEXT NOT NULL,
            value TEXT NOT NULL,
            shown TEXT NOT NULL,
            PRIMARY KEY (message, position)
        );
        CREATE INDEX ticket_field_by_ticket ON ticket_field (ticket);
        """
}
