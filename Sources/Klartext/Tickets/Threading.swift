import Foundation

/// Why a message stands on the ticket it stands on; shown with each message, so that a wrong filing can be understood and undone.
enum FiledBecause: String, Codable, Sendable {
    case webForm, statusPage, newMail
    /// It was sent to the ticket's signed reply address.
    case replyAddress
    /// It answers a letter of ours, known by its signed Message-ID.
    case answersOurLetter
    /// It answers a mail that is on the ticket.
    case answersKnownMail
    /// Its subject names the ticket, and its sender takes part in it.
    case numberFromParticipant
    case filedByAgent, movedByAgent
    case agentWrote
    /// Somebody called, wrote a letter or stood at the counter, and an agent wrote it down.
    case enteredByAgent
}

/// Decides which ticket a mail belongs to. Pure: the evidence is gathered before, and the decision says what it rests on.
enum Threading {
    /// What is known about a mail, strongest first. Only signed marks and mails we hold are proof; a number anybody can write is not.
    struct Evidence: Sendable, Equatable {
        /// Tickets whose signed reply address is a recipient.
        var replyAddresses: [TicketNumber] = []
        /// Tickets of our own letters that it answers, nearest first.
        var answeredLetters: [TicketNumber] = []
        /// Tickets of other mails that it answers, nearest first.
        var answeredMails: [TicketNumber] = []
        /// The existing ticket that the subject names.
        var numberInSubject: TicketNumber?
        /// Whether the sender has written on that ticket, or it is theirs.
        var senderTakesPart = false
    }

    struct Decision: Sendable, Equatable {
        /// Nil for a new ticket.
        var ticket: TicketNumber?
        var because: FiledBecause
        /// A ticket it may belong to, for a person to decide.
        var offer: TicketNumber?
    }

    static func decide(_ evidence: Evidence) -> Decision {
        if let ticket = evidence.replyAddresses.first { return Decision(ticket: ticket, because: .replyAddress) }
        if let ticket = evidence.answeredLetters.first { return Decision(ticket: ticket, because: .answersOurLetter) }
        if let ticket = evidence.answeredMails.first { return Decision(ticket: ticket, because: .answersKnownMail) }
        guard let named = evidence.numberInSubject else { return Decision(because: .newMail) }
        return evidence.senderTakesPart
            ? Decision(ticket: named, because: .numberFromParticipant) : Decision(because: .newMail, offer: named)
    }
}
