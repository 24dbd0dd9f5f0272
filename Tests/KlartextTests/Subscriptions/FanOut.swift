import Foundation

@testable import Klartext

/// A world in which things are told: subscribers, what was said, who has a notice, and what really lies in whose mailbox. Decides by the product's rules;
/// everything else, such as when a machine dies, is chance.
struct FanOut {
    var subscribers: [Int64: Subscriber] = [:]
    var bulletins: [Bulletin] = []
    var notices: [Int64: Notice] = [:]
    /// What arrived, by subscriber, in order: the rank, and whether it was sent because a crash had lost the record of the first time.
    var arrived: [Int64: [Int64]] = [:]
    /// How often a machine died between the other side's yes and the commit.
    var crashes = 0
    private var lastNotice: Int64 = 0
    private(set) var now = Outage.now

    static let story = PublicID(drawn: 9)
    static let name = Story.name(.incident, story)

    init(subscribers count: Int, using random: inout SeededRandom) {
        for id in 1...Int64(count) {
            let scope =
                [
                    SubscriptionScope.everything, .init(components: [Outage.mail]), .init(components: [Outage.web]),
                    .init(stories: [Self.story]),
                ]
                .randomElement(using: &random) ?? .everything
            let wishes = Subscriber.Wishes(
                language: Bool.random(using: &random) ? .de : .en, timeZone: "Europe/Berlin", scope: scope,
                waitsForLanguage: Int.random(in: 0..<4, using: &random) == 0)
            var subscriber = Subscriber(.init(channel: .mail, wishes: wishes), id: id, at: now.addingTimeInterval(-3600))
            subscriber = subscriber.applying(.confirmed(wishes), at: now.addingTimeInterval(-3000))
            subscribers[id] = subscriber
        }
    }

    mutating func pass(_ seconds: Double) { now += seconds }

    mutating func publish(_ news: Story.News, _ text: PublicText = Outage.both) {
        let id = PublicID(drawn: UInt64(1000 + bulletins.count))
        let story = Story(
            kind: .incident, id: Self.story, update: id, news: news, title: Outage.opening().title, text: text,
            parts: [.init(id: Outage.mail, name: PublicText(de: "Mail", en: "Mail"))], toldAt: now, startsAt: Outage.now, impact: "major",
            state: news.rawValue)
        bulletins.append(
            Bulletin(id: id.text, kind: .update, rank: Int64(bulletins.count), story: story, toldAt: now, expandedTo: 0, expandedAt: nil))
    }

    /// Decides for the next subscribers of the first bulletin that is not through.
    mutating func expand(_ count: Int) {
        guard let index = bulletins.firstIndex(where: { $0.expandedAt == nil }) else { return }
        let page = subscribers.keys.sorted().filter { $0 > bulletins[index].expandedTo }.prefix(count)
        for id in page {
            guard let subscriber = subscribers[id] else { continue }
            let line = NoticeRules.line(subscriber, bulletins[index], told: told(id, apartFrom: bulletins[index].id))
            add(line, id, bulletins[index])
        }
        bulletins[index].expandedTo = page.last ?? bulletins[index].expandedTo
        if page.count < count { bulletins[index].expandedAt = now }
    }

    private mutating func add(_ line: NoticeRules.Line, _ subscriber: Int64, _ bulletin: Bulletin) {
        let (state, reason): (Notice.State, Notice.Reason?)
        switch line {
        case .none: return
        case .queued: (state, reason) = (.queued, nil)
        case .skipped(let why): (state, reason) = (.skipped, why)
        }
        lastNotice += 1
        notices[lastNotice] = Notice(
            id: lastNotice, bulletin: bulletin.id, story: Self.name, subscriber: subscriber, channel: .mail, state: state, reason: reason,
            attempts: 0, mayHaveArrived: false, madeAt: now, stateAt: now)
    }

    private func told(_ subscriber: Int64, apartFrom bulletin: String) -> Told {
        notices.values.filter { $0.subscriber == subscriber && $0.bulletin != bulletin }.reduce(into: Told()) { told, notice in
            told.take(notice, rank: rank(notice.bulletin), isOriginal: false)
        }
    }

    private func rank(_ bulletin: String) -> Int64 { bulletins.first { $0.id == bulletin }?.rank ?? -1 }

    enum Fate: CaseIterable {
        case accepted, crashed, unknown, passing, refused
    }

    /// One try to send one notice.
    mutating func send(_ id: Int64, _ fate: Fate) {
        guard var notice = notices[id], notice.state == .queued, let subscriber = subscribers[notice.subscriber],
            let bulletin = bulletins.first(where: { $0.id == notice.bulletin })
        else { return }
        let others = notices.values.filter {
            $0.subscriber == notice.subscriber && $0.id != id && ($0.state == .queued || $0.state == .accepted)
        }
        let newest = others.map { rank($0.bulletin) }.max()
        defer { notices[id] = notice }
        switch NoticeRules.turn(subscriber, bulletin, newest: newest, acceptedWithinHour: [], at: now) {
        case .skip(let reason): (notice.state, notice.reason) = (.skipped, reason)
        case .wait: return
        case .send:
            if [.accepted, .crashed, .unknown].contains(fate) { arrived[notice.subscriber, default: []].append(bulletin.rank) }
            switch fate {
            case .accepted: notice.state = .accepted
            case .crashed: crashes += 1
            case .unknown:
                notice.mayHaveArrived = true
                crashes += 1
            case .passing: break
            case .refused: (notice.state, notice.reason) = (.bounced, .refused)
            }
        }
    }

    /// A letter that was taken comes back after all.
    mutating func comeBack(_ id: Int64) {
        guard let notice = notices[id], notice.state == .accepted else { return }
        notices[id]?.state = .bounced
        notices[id]?.reason = .bounces
    }

    mutating func leave(_ id: Int64) { change(id) { $0.leaving(.page, at: $1) } }
    mutating func mute(_ id: Int64) { change(id) { $0.leaving(Self.story, at: $1) } }

    /// Wants something else from now on, which has nothing to do with this.
    mutating func narrow(_ id: Int64) {
        change(id) { subscriber, now in
            var wishes = subscriber.wishes
            wishes.scope = SubscriptionScope(components: [PublicID(drawn: 77)], without: wishes.scope.without)
            return (try? subscriber.changing(to: wishes, at: now)) ?? SubscriberChange(of: subscriber, at: now)
        }
    }

    private mutating func change(_ id: Int64, _ rule: (Subscriber, Date) -> SubscriberChange) {
        guard let subscriber = subscribers[id] else { return }
        subscribers[id] = rule(subscriber, now).subscriber
    }

    var isSettled: Bool { bulletins.allSatisfy { $0.expandedAt != nil } && !notices.values.contains { $0.state == .queued } }

    /// What the ledger says of somebody and the newest bulletin.
    func last(_ subscriber: Int64) -> Notice? {
        notices.values.first { $0.subscriber == subscriber && $0.bulletin == bulletins.last?.id }
    }
}
