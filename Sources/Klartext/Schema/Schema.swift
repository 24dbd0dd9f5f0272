import Storage

/// Every migration of the database, oldest first. Applied ones are never edited: a change is a new entry at the end.
///
/// Times are whole milliseconds since 1970 in UTC, truth values are 0 or 1, and ids are made by `sequence`, so that one text serves both engines.
enum Schema {
    static let migrations: [Migration] = [
        Migration(1, "people", sqlite: numbers + people, postgreSQL: numbersOnPostgreSQL + people),
        Migration(2, "mailroom", mailroom),
        Migration(3, "tickets", tickets),
        Migration(4, "journal, jobs and counters", work),
        Migration(5, "the journal is append-only", sqlite: appendOnly, postgreSQL: appendOnlyOnPostgreSQL),
        Migration(6, "forms taken", frontdesk),
        Migration(7, "lists by key", lists),
        Migration(8, "writers beside each other", sqlite: beside + journalNumbers, postgreSQL: beside + journalNumbersOnPostgreSQL),
        Migration(9, "several processes", processes),
        Migration(10, "search", sqlite: searchSQLite, postgreSQL: searchPostgreSQL),
        Migration(11, "promises", sqlite: promises + promiseNumbers, postgreSQL: promises + promiseNumbersOnPostgreSQL),
        Migration(12, "receipts", receipts),
        Migration(13, "uploads in pieces", uploads),
        Migration(14, "what forms ask for", fields),
        Migration(15, "the search's list by key", sqlite: searchListByKey, postgreSQL: ""),
        Migration(16, "mailboxes", mailboxes),
        Migration(17, "delivery", delivery),
        Migration(18, "corrections and official answers", corrections),
        Migration(19, "telephone calls", sqlite: calls + callNumbers, postgreSQL: calls + callNumbersOnPostgreSQL),
        Migration(20, "incidents", incidents),
        Migration(
            21, "subscriptions", sqlite: subscriptions + subscriptionNumbers, postgreSQL: subscriptions + subscriptionNumbersOnPostgreSQL),
    ]
}
