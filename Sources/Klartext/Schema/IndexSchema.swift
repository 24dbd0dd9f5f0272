extension Schema {
    /// Lists that keep their pace over the years: each finds its lines by key, without passing over all that is done.
    static let lists = """
        CREATE INDEX ticket_solved ON ticket (number) WHERE status = 'solved';

        CREATE INDEX todo_waiting ON todo (id) WHERE done_at IS NULL;
        DROP INDEX todo_open;

        CREATE INDEX job_dead ON job (died_at) WHERE died_at IS NOT NULL;

        CREATE INDEX inbox_by_state ON inbox (state, id);
        DROP INDEX inbox_held;
        DROP INDEX inbox_waiting;
        """
}
