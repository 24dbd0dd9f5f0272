import Foundation
import Mail

extension TicketFile {
    /// Why a letter did not arrive, while somebody still has to see to it.
    func failure(of letter: Letter) -> LetterFailure? {
        todos.lazy.compactMap { todo -> LetterFailure? in
            guard todo.doneAt == nil, case .customerDoesNotKnow(letter.id, let failure) = todo.kind else { return nil }
            return failure
        }.first
    }

    /// How else the customer can be reached, from what is known on this ticket. What a customer quotes is ours and not read.
    /// - Parameter ours: texts of our own, whose telephone numbers are ours.
    func nextChannels(for letter: Letter, _ failure: LetterFailure, ours: [String]) -> [NextChannel] {
        // what was said last is likeliest to be true still; a ticket may hold thousands of messages
        let written = messages.reversed().filter(\.isFromCustomer).prefix(20)
        let addresses =
            written.map(\.authorAddress).filter { !$0.isEmpty } + participants + [customer.address].filter { _ in customer.hasMail }
        let texts = written.map { message in
            Quoting.fold(message.body).segments.compactMap { if case .quote = $0 { nil } else { $0.content } }.joined(separator: "\n")
        }
        return NextChannel.proposals(
            for: failure, recipient: letter.recipient, addresses: addresses,
            texts: notes.reversed().prefix(20).map(\.body) + fields.map { "\($0.label): \($0.shown)" } + texts, ours: ours)
    }
}

extension Message {
    fileprivate var isFromCustomer: Bool { if case .customer = author { !isAutomatic } else { false } }
}
