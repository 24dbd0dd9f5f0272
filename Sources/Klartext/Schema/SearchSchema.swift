extension Schema {
    /// What can be searched, as words of our own making (`SearchText`): the index below only holds them.
    private static let searchTables = """
        CREATE TABLE search_document (
            id BIGINT PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('message', 'note', 'customer')),
            ticket BIGINT REFERENCES ticket (number),
            text TEXT NOT NULL,
            CHECK ((kind = 'customer') = (ticket IS NULL))
        );

        """

    /// What is there already is indexed after the start, while the desk is open: the job is promised with the tables.
    private static let searchBacklog = """
        INSERT INTO job (key, kind, lane, body, created_at, run_at, leased_until, attempts, error, died_at)
        SELECT 'index-documents/all/newest', 'index-documents', 'work', '{}', max(created_at), max(created_at), 0, 0, '', NULL
        FROM customer HAVING count(*) > 0;
        """

    /// FTS5 without positions: a document is found by its words, wherever they stand. The tokenizer `ascii` cuts at spaces alone, since
    /// all else in the text is a letter or digit to it, so that its tokens are exactly our words, whatever Unicode SQLite was built with.
    ///
    /// FTS5 writes a piece of index for each savepoint, which costs a form more than the form. So what is new stands on a short list first, as
    /// GIN does it, and goes into the index by dozens; until then the search reads it as it is (`SearchSQL`). The same holds for words.
    static let searchSQLite =
        searchTables + """
            CREATE VIRTUAL TABLE search_index USING fts5 (
                text, content = 'search_document', content_rowid = 'id', tokenize = 'ascii', detail = none, columnsize = 0, prefix = '2 3'
            );
            CREATE TABLE search_recent (
                id BIGINT PRIMARY KEY,
                document BIGINT NOT NULL UNIQUE
            );
            CREATE TRIGGER search_recent_full AFTER INSERT ON search_recent WHEN new.id >= 64 BEGIN
                INSERT INTO search_index (rowid, text)
                    SELECT d.id, d.text FROM search_recent r JOIN search_document d ON d.id = r.document ORDER BY d.id;
                DELETE FROM search_recent;
            END;
            CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN
                INSERT INTO search_recent (document) VALUES (new.id);
            END;
            CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN
                INSERT INTO search_index (search_index, rowid, text)
                    SELECT 'delete', old.id, old.text WHERE NOT EXISTS (SELECT 1 FROM search_recent WHERE document = old.id);
                DELETE FROM search_recent WHERE document = old.id;
            END;
            CREATE TRIGGER search_document_changed AFTER UPDATE OF text ON search_document
            WHEN new.text <> old.text AND NOT EXISTS (SELECT 1 FROM search_recent WHERE document = old.id) BEGIN
                INSERT INTO search_index (search_index, rowid, text) VALUES ('delete', old.id, old.text);
                INSERT INTO search_recent (document) VALUES (new.id);
            END;

            CREATE TABLE search_word (
                word TEXT PRIMARY KEY,
                stem TEXT NOT NULL
            );
            CREATE INDEX search_word_by_stem ON search_word (stem);
            CREATE VIRTUAL TABLE search_trigram USING fts5 (word, tokenize = 'trigram', detail = none, columnsize = 0);
            CREATE TABLE search_recent_word (
                id BIGINT PRIMARY KEY,
                word TEXT NOT NULL
            );
            CREATE TRIGGER search_recent_word_full AFTER INSERT ON search_recent_word WHEN new.id >= 256 BEGIN
                INSERT INTO search_trigram (word) SELECT word FROM search_recent_word;
                DELETE FROM search_recent_word;
            END;
            CREATE TRIGGER search_word_added AFTER INSERT ON search_word BEGIN
                INSERT INTO search_recent_word (word) VALUES (new.word);
            END;
            CREATE VIEW search_part AS SELECT word FROM search_trigram UNION ALL SELECT word FROM search_recent_word;

            """ + searchBacklog

    /// The list is read, and its documents are looked up: left to itself SQLite reads all documents there are and looks each up on the list,
    /// since they come in the order that is asked for. CROSS JOIN keeps the order of the tables (sqlite.org/optoverview.html, 8.1).
    static let searchListByKey = """
        DROP TRIGGER search_recent_full;
        CREATE TRIGGER search_recent_full AFTER INSERT ON search_recent WHEN new.id >= 64 BEGIN
            INSERT INTO search_index (rowid, text)
                SELECT d.id, d.text FROM search_recent r CROSS JOIN search_document d ON d.id = r.document ORDER BY d.id;
            DELETE FROM search_recent;
        END;
        """

    /// `array_to_tsvector` takes the words as they are: no dictionary, no language, no limit of PostgreSQL's parser. Words compare by bytes, as
    /// in SQLite. Trigrams make parts of words quick where the extension can be had; without it they are looked for one after the other.
    static let searchPostgreSQL =
        searchTables + """
            ALTER TABLE search_document
                ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED;
            CREATE INDEX search_document_words ON search_document USING gin (words) WITH (gin_pending_list_limit = 256);

            CREATE TABLE search_word (
                word TEXT PRIMARY KEY,
                stem TEXT NOT NULL
            );
            CREATE INDEX search_word_by_stem ON search_word (stem);
            CREATE VIEW search_part AS SELECT word FROM search_word;
            DO $$
            BEGIN
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
                CREATE INDEX search_word_parts ON search_word USING gin (word gin_trgm_ops);
            EXCEPTION WHEN OTHERS THEN
                RAISE NOTICE 'pg_trgm cannot be had here: parts of words are found without an index';
            END
            $$;

            """ + searchBacklog
}
