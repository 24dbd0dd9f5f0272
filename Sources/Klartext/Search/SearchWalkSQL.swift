import Foundation
import Storage

/// How PostgreSQL is asked. Its planner knows two ways to the newest documents of a word and cannot know which is shorter: to walk down the
/// documents from the newest, which takes a second for a word that nobody has written, or to look the word up in the index and sort what it
/// stands in, which takes a second for a word that everybody writes. So we choose, by how often it stands in the newest documents.
extension Snapshot {
    /// Documents walked at first; each further part of the walk is as many times longer.
    private static var firstStep: Int { 500 }
    private static var stepGrowth: Int { 4 }
    /// One in so many of the documents walked must hold it for the walk to go on: a document looked up costs about as much as 30 walked.
    private static var rarity: Int { 30 }

    func walkedOrLookedUp(_ query: String, in range: Range<Int64>, limit: Int) throws -> [Found] {
        var (found, rest, step, walked) = ([Found](), range, Self.firstStep, 0)
        while found.count < limit {
            guard let end = try newest(step, in: rest) else { return found + (try walk(query, in: rest, limit: limit - found.count)) }
            found += try walk(query, in: end..<rest.upperBound, limit: limit - found.count)
            (rest, walked, step) = (rest.lowerBound..<end, walked + step, step * Self.stepGrowth)
            if found.count * Self.rarity < walked { return found + (try lookUp(query, in: rest, limit: limit - found.count)) }
        }
        return found
    }

    /// The id of the document that ends a part of the walk; nil where there are no more than the part has.
    private func newest(_ count: Int, in range: Range<Int64>) throws -> Int64? {
        try value(
            """
            SELECT id FROM search_document WHERE id >= \(range.lowerBound) AND id < \(range.upperBound)
            ORDER BY id DESC LIMIT 1 OFFSET \(count)
            """)
    }

    /// OFFSET 0 keeps the condition on the words out of what is planned: the walk is by id.
    private func walk(_ query: String, in range: Range<Int64>, limit: Int) throws -> [Found] {
        try rows(
            """
            SELECT id, kind, ticket FROM (
                SELECT id, kind, ticket, words FROM search_document WHERE id >= \(range.lowerBound) AND id < \(range.upperBound)
                ORDER BY id DESC OFFSET 0
            ) walked
            WHERE words @@ CAST(\(query) AS tsquery) ORDER BY id DESC LIMIT \(limit)
            """
        ).map(Found.init(row:))
    }

    /// id + 0 keeps the order by id out of what is planned: the look-up is by words.
    private func lookUp(_ query: String, in range: Range<Int64>, limit: Int) throws -> [Found] {
        try rows(
            """
            SELECT id, kind, ticket FROM search_document
            WHERE words @@ CAST(\(query) AS tsquery) AND id + 0 >= \(range.lowerBound) AND id + 0 < \(range.upperBound)
            ORDER BY id + 0 DESC LIMIT \(limit)
            """
        ).map(Found.init(row:))
    }
}
