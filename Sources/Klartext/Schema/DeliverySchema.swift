extension Schema {
    /// What mail servers report of letters, and which mail said so.
    static let delivery = """
        ALTER TABLE letter ADD COLUMN report TEXT NOT NULL DEFAULT '';
        ALTER TABLE letter_attempt ADD COLUMN inbox BIGINT;
        """
}
