import Foundation

/// Decides whether a confirmation may be sent. A confirmation that is not sent becomes a visible to-do, never a line in a log.
enum Confirming {
    /// Automatic letters to one address within an hour; more would feed a loop between two machines (RFC 3834, section 2).
    static let mostPerHour = 6
    /// And within a day.
    static let mostPerDay = 30

    /// - Returns: why not, or nil when it may be sent.
    static func silence(mail: Silence?, lastHour: Int, lastDay: Int, lastLetterFailed: Bool) -> Silence? {
        if let mail { return mail }
        if lastHour >= mostPerHour || lastDay >= mostPerDay { return .tooMany }
        return lastLetterFailed ? .bounced : nil
    }

    /// New tickets from one machine within ten minutes; the next ones are held for a person, since two machines may be talking to each other.
    static let mostMachineTicketsPerTenMinutes = 5
}
