import Foundation

/// The pages of the desk, as functions from values to markup; one file for each kind of page.
struct WorkspacePages: Sendable {
    let t: Voice
    let now: Date
    let layout: DeskLayout
    /// Signs the files that a rejected form keeps.
    let seal: Seal
    /// Whose letters leave from where, and which queues there are.
    let mailboxes: Mailboxes

    func icon(_ name: String) -> HTML { layout.icon(name) }

    /// A moment as short as it can be said: near ones by the day's name, distant ones with their year.
    func when(_ date: Date) -> HTML {
        let (day, today) = (t.moments.civil(date).dayNumber, t.moments.civil(now).dayNumber)
        return abs(day - today) <= 1 ? t.time(date, as: t.moments.relative(date, now: now)) : stamp(date)
    }

    /// Day and clock; the year too where it might be another one.
    func stamp(_ date: Date) -> HTML {
        abs(date.timeIntervalSince(now)) < 180 * 86_400 ? t.time(date, as: t.moments.short(date)) : t.stamp(date)
    }

    /// How long ago, in at most two units.
    func since(_ date: Date) -> String { t.moments.duration(seconds: Int(now.timeIntervalSince(date))) }

    func number(_ number: TicketNumber) -> HTML { "<span class=\"number\">#\(number.description)</span>" }

    /// A number that leads to its ticket.
    func link(_ ticket: TicketNumber) -> HTML { "<a href=\"\(href: ticket.deskPath)\">\(number(ticket))</a>" }

    func link(letter id: Int64) -> HTML { "<a href=\"/desk/letters/\(Int(id))\">\(t(.deskTicketLetter))</a>" }

    /// The way back to where somebody came from.
    func back(_ path: String, _ label: HTML) -> HTML { "<p><a class=\"back\" href=\"\(href: path)\">\(icon("left")) \(label)</a></p>" }

    func notice(_ tone: String, icon sign: String, role: String? = nil, _ content: HTML) -> HTML {
        "<div class=\"notice is-\(tone)\"\(attribute: "role", role)>\(icon(sign))\n\(content)</div>"
    }

    /// A list's title and what to know about it.
    func head(_ title: String, _ about: String? = nil) -> HTML {
        "<div class=\"page-head\"><h1>\(title)</h1>\(about.map { "<p class=\"muted small\">\($0)</p>" as HTML })</div>"
    }

    func empty(_ text: String) -> HTML { "<div class=\"empty panel\">\(icon("inbox"))<p>\(text)</p></div>" }

    /// The mail's subject, or that it has none.
    func subject(_ subject: String) -> String { subject.isBlank ? t(.deskNoSubject) : subject }

    /// A page that says that there is no such thing.
    func gone() -> DeskPage {
        DeskPage(
            title: t(.deskGoneTitle),
            body:
                """
                <div class="narrow stack">
                <h1>\(t(.deskGoneTitle))</h1>
                <p>\(t(.deskGoneText))</p>
                <p><a href="/desk">\(t(.deskGoneBack))</a></p>
                </div>
                """
        )
    }

    /// The lists in the navigation, with their counts.
    static func groups(_ counters: [String: Int], agent: Agent, _ mailboxes: Mailboxes, hasCalls: Bool = false, _ t: Voice) -> [DeskLayout
        .Group]
    {
        func count(_ list: TicketList) -> Int { counters[list.name, default: 0] }
        let queues = mailboxes.queues.map { queue in
            DeskLayout.Link(
                path: "/desk/queues/\(queue.name)", icon: "list", label: queue.title(t.language), count: count(.queue(queue.name)))
        }
        let byQueue = mailboxes.hasSeveralQueues ? [DeskLayout.Group(label: t(.deskGroupQueues), links: queues)] : []
        return [
            DeskLayout.Group(
                label: t(.deskGroupOpen),
                links: [
                    .init(path: "/desk", icon: "dark", label: t(.deskListDark), count: count(.open)),
                    .init(path: "/desk/us", icon: "house", label: t(.deskListUs), count: count(.us)),
                    .init(path: "/desk/customer", icon: "person", label: t(.deskListCustomer), count: count(.customer)),
                    .init(path: "/desk/third", icon: "third", label: t(.deskListThird), count: count(.thirdParty)),
                ]),
            DeskLayout.Group(
                label: t(.deskGroupAssigned),
                links: [
                    .init(path: "/desk/mine", icon: "star", label: t(.deskListMine), count: count(.assigned(to: agent.id))),
                    .init(path: "/desk/unassigned", icon: "list", label: t(.deskListUnassigned), count: count(.unassigned)),
                    .init(path: "/desk/new", icon: "pen", label: t(.deskListNew), count: nil),
                ]),
        ] + byQueue + [
            DeskLayout.Group(label: t(.deskGroupSortOut), links: (hasCalls ? [calls(counters, t)] : []) + sortOut(counters, t)),
            DeskLayout.Group(
                label: t(.deskGroupArchive), links: [.init(path: "/desk/solved", icon: "check", label: t(.deskListSolved), count: nil)]),
        ]
    }

    private static func calls(_ counters: [String: Int], _ t: Voice) -> DeskLayout.Link {
        .init(path: "/desk/calls", icon: "phone", label: t(.callsTitle), count: counters[Calls.counter, default: 0], isBad: true)
    }

    /// What has to be looked at beside the tickets.
    private static func sortOut(_ counters: [String: Int], _ t: Voice) -> [DeskLayout.Link] {
        func count(_ name: String) -> Int { counters[name, default: 0] }
        let undelivered = count("failed letters") + count("dead jobs")
        return [
            .init(
                path: "/desk/promises", icon: "clock", label: t(.deskListPromises), count: count("promises"),
                isBad: count("promises missed") > 0),
            .init(path: "/desk/todo", icon: "task", label: t(.deskListTodo), count: count("todos"), isBad: true),
            .init(path: "/desk/held", icon: "pause", label: t(.deskListHeld), count: count("held"), isBad: true),
            .init(path: "/desk/dead", icon: "mail-failed", label: t(.deskListDead), count: undelivered, isBad: true),
            .init(path: "/desk/mailboxes", icon: "mail", label: t(.deskListMailboxes), count: count(MailFolder.counter), isBad: true),
        ]
    }
}

extension TicketNumber {
    /// The ticket's page at the desk.
    var deskPath: String { "/desk/tickets/\(rawValue)" }
}
