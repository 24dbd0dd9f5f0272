import Foundation

/// What somebody said to "does it work for you again?".
struct WorksAnswer: Sendable, Equatable {
    var works: Bool
    var at: Date
}

/// Whether so many say that it does not work that it is probably not over.
enum ReopenQuestion {
    /// Only what is said so soon after the good news speaks against it.
    static let windowSeconds: Double = 3600
    /// Of few answers so many "no" are nobody's outage but theirs.
    static let fewest = 3
    /// And of many so many of a hundred.
    static let percent = 5

    /// How the answers stand.
    struct Count: Sendable, Equatable {
        var yes: Int
        var no: Int
        /// Whether to ask those on duty to open it again.
        var proposes: Bool
    }

    /// - Parameter resolved: when it was said to be over.
    static func count(_ answers: [WorksAnswer], resolved: Date) -> Count {
        let since = answers.filter { $0.at >= resolved }
        let no = since.filter { !$0.works && $0.at <= resolved.addingTimeInterval(windowSeconds) }.count
        let proposes = no > fewest && no * 100 > since.count * percent
        return Count(yes: since.filter(\.works).count, no: since.filter { !$0.works }.count, proposes: proposes)
    }
}
