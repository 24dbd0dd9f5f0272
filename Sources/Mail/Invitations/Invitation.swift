import Foundation

/// An appointment that somebody proposes, calls off or answers (iTIP, RFC 5546), as far as people ask about it: who, what, when, where.
public struct Invitation: Sendable, Hashable {
    /// What is done with the appointment; whatever is not one of the others is told as a plain appointment.
    public enum Method: String, Sendable {
        case request, cancel, reply, publish
    }

    /// What somebody who was invited says.
    public enum Answer: String, Sendable {
        case accepted, declined, tentative
    }

    public struct Person: Sendable, Hashable {
        /// Empty where there is none, or none but the address.
        public let name: String
        public let address: String
    }

    /// A point in time as the calendar means it.
    public enum Time: Sendable, Hashable {
        case moment(Date)
        /// A whole day, as its midnight in UTC.
        case day(Date)
        /// What a clock shows in a zone we do not know, as if that were UTC; without a zone, wherever the reader is.
        case local(Date, zone: String?)

        public var date: Date {
            switch self {
            case .moment(let date), .day(let date), .local(let date, _): date
            }
        }
    }

    public let method: Method
    /// Only of a reply.
    public let answer: Answer?
    public let organizer: Person?
    /// Who answers; only of a reply.
    public let attendee: Person?
    public let summary: String
    public let location: String
    public let description: String
    public let start: Time?
    /// When it ends; of whole days the last one.
    public let end: Time?
    public let repeats: Bool

    /// What is read of a file: an invitation has a few kilobytes, pictures in its description aside.
    public static let sizeLimitBytes = 256 << 10

    /// Reads the first appointment of an iCalendar file; nil when there is none.
    public init?(parsing bytes: [UInt8]) {
        let lines = CalendarLine.all(Charset.decode(bytes.prefix(Self.sizeLimitBytes), declared: nil).text)
        guard let event = Self.event(in: lines) else { return nil }
        func first(_ name: String) -> CalendarLine? { event.first { $0.name == name } }
        let wanted = lines.first { $0.name == "METHOD" }.flatMap { Method(rawValue: ASCII.lowercased($0.line)) }
        let isCancelled = first("STATUS").map { ASCII.lowercased($0.line) } == "cancelled"
        method = isCancelled && wanted != .reply ? .cancel : wanted ?? .publish
        let attendee = method == .reply ? first("ATTENDEE") : nil
        answer = attendee?.parameters["PARTSTAT"].flatMap { Answer(rawValue: ASCII.lowercased($0)) }
        self.attendee = attendee.flatMap(Person.init)
        organizer = first("ORGANIZER").flatMap(Person.init)
        summary = first("SUMMARY")?.line ?? ""
        location = first("LOCATION")?.line ?? ""
        description = first("DESCRIPTION")?.text ?? ""
        let start = first("DTSTART").flatMap(CalendarTime.read)
        self.start = start
        end = CalendarTime.end(first("DTEND"), duration: first("DURATION"), from: start)
        repeats = first("RRULE") != nil || first("RDATE") != nil
    }

    /// The lines of the first `VEVENT`, without those of what it holds in turn, such as its alarm.
    private static func event(in lines: [CalendarLine]) -> [CalendarLine]? {
        guard let begin = lines.firstIndex(where: { $0.name == "BEGIN" && ASCII.lowercased($0.line) == "vevent" }) else { return nil }
        var depth = 0
        var found: [CalendarLine] = []
        for line in lines[(begin + 1)...] {
            if line.name == "END" {
                if depth == 0 { break }
                depth -= 1
            } else if line.name == "BEGIN" {
                depth += 1
            } else if depth == 0 {
                found.append(line)
            }
        }
        return found
    }
}

extension Invitation.Person {
    /// Nil for a line that names nobody.
    fileprivate init?(_ line: CalendarLine) {
        let value = line.line
        let address = ASCII.lowercased(value.utf8.prefix(7)) == "mailto:" ? ASCII.trimmed(value.dropFirst(7)) : value
        let named = line.parameter("CN")
        guard !address.isEmpty || !named.isEmpty else { return nil }
        self.init(name: ASCII.lowercased(named) == ASCII.lowercased(address) ? "" : named, address: address)
    }
}
