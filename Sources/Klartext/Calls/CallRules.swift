import Foundation

/// What a telephone system tells of a call (sipgate.io's push API, and systems that speak like it).
struct CallNews: Sendable, Equatable {
    enum What: Sendable, Equatable {
        case began, answered
        case ended(cause: String)
    }

    var what: What
    var beginning: CallEvent.Beginning
    /// Longer texts are cut: they come from outside.
    private static let longest = 200

    /// - Parameters:
    ///   - field: a field of the request, empty where there is none.
    ///   - users: who of us is concerned, by name.
    /// - Returns: nil for what tells of no call.
    init?(_ field: (String) -> String, users: [String]) {
        let key = Self.cut(field("callId"))
        guard !key.isEmpty else { return nil }
        switch field("event") {
        case "newCall": what = .began
        case "answer": what = .answered
        case "hangup": what = .ended(cause: Self.cut(field("cause")))
        default: return nil
        }
        let direction: Call.Direction = field("direction") == "out" ? .outgoing : .incoming
        let (theirs, ours) = direction == .incoming ? (field("from"), field("to")) : (field("to"), field("from"))
        let line = PhoneNumber(hook: ours)?.e164 ?? Self.cut(ours)
        beginning = CallEvent.Beginning(
            key: key, direction: direction, number: PhoneNumber(hook: theirs)?.e164, line: line,
            by: Self.cut(users.filter { !$0.isEmpty }.joined(separator: ", ")))
    }

    private static func cut(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(longest))) }
}

extension Call {
    /// What follows from news. Told twice, or in the wrong order, it changes nothing that is known better already.
    static func hearing(_ news: CallNews, of call: Call?) -> [CallEvent] {
        let first: [CallEvent] = call == nil ? [.began(news.beginning)] : []
        let isTaken = call?.answeredAt != nil
        let isOver = call?.endedAt != nil
        switch news.what {
        case .began: return first
        case .answered: return isTaken || isOver ? first : first + [.answered(by: news.beginning.by)]
        case .ended(let cause):
            guard !isOver else { return first }
            let direction = call?.direction ?? news.beginning.direction
            return first + [.ended(cause: cause, missed: direction == .incoming && !isTaken && !handedOn.contains(cause))]
        }
    }

    /// Causes by which a call goes on elsewhere: the telephone system tells of that as of another call.
    private static let handedOn: Set = ["forwarded"]

    /// What a talk with somebody makes of the calls of theirs that were missed before.
    static func settling(after talk: Call) -> Settlement { talk.direction == .outgoing ? .calledBack : .calledAgain }
}

/// Why something cannot be done to a call.
enum CallRefusal: Error, Equatable, Sendable {
    case noSuchCall
    case emptyReason
}
