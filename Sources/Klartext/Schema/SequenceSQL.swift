import Storage

/// A sequence hands out numbers which are never used twice.
enum NumberSequence: String, CaseIterable {
    case ticket, message, customer, agent, letter, inbox, attachment, todo, journal, promise, call, subscriber, notice
}

extension Transaction {
    /// The next number of a sequence; a number that was handed out in a committed transaction never comes again.
    func next(_ sequence: NumberSequence) throws -> Int64 { try nextNumber(of: sequence.rawValue) }
}
