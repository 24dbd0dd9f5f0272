import Foundation

/// What a rule decided: the events that follow, and the ticket as it is after them.
struct TicketChange: Sendable, Equatable {
    /// Nil for a ticket that did not exist.
    let before: Ticket?
    private(set) var ticket: Ticket
    private(set) var events: [TicketEvent]
    let actor: Actor
    let at: Date

    init(of ticket: Ticket, by actor: Actor, at now: Date) {
        (before, self.ticket, events, self.actor, at) = (ticket, ticket, [], actor, now)
    }

    /// The change that brings a ticket into being.
    init(opening: TicketEvent.Opening, by actor: Actor, at now: Date) {
        (before, ticket, events, self.actor, at) = (nil, Ticket(opening, at: now), [.opened(opening)], actor, now)
    }

    mutating func happen(_ event: TicketEvent) {
        events.append(event)
        ticket = ticket.applying(event, by: actor, at: at)
    }

    /// Lists the ticket has come to, and lists it has left.
    var moved: (into: Set<TicketList>, outOf: Set<TicketList>) {
        let old = before?.lists ?? []
        return (ticket.lists.subtracting(old), old.subtracting(ticket.lists))
    }
}
