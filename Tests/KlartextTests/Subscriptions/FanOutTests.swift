import Foundation
import Testing

@testable import Klartext

/// Nobody who heard the bad news misses the good news, whatever happens in between.
@Suite(.timeLimit(.minutes(2))) struct FanOutTests {
    private static let story: [Story.News] = [.investigating, .identified, .monitoring, .resolved, .reopened, .resolved]

    /// Plays one history by chance, and then lets everything that is due be done.
    private static func play(_ seed: UInt64) -> FanOut {
        var random = SeededRandom(seed: seed)
        var world = FanOut(subscribers: 12, using: &random)
        var said = 0
        for _ in 0..<400 {
            world.pass(Double.random(in: 1...60, using: &random))
            let id = Int64.random(in: 1...12, using: &random)
            switch Int.random(in: 0..<40, using: &random) {
            case 0..<2 where said < Self.story.count:
                let isHalf = Int.random(in: 0..<3, using: &random) == 0
                world.publish(Self.story[said], isHalf ? PublicText(de: "Nur deutsch.", en: "") : Outage.both)
                said += 1
            case 2..<10: world.expand(Int.random(in: 1...5, using: &random))
            case 10: world.leave(id)
            case 11: world.mute(id)
            case 12: world.narrow(id)
            case 13: if let notice = world.notices.keys.sorted().randomElement(using: &random) { world.comeBack(notice) }
            default:
                let queued = world.notices.values.filter { $0.state == .queued }.map(\.id).sorted()
                guard let notice = queued.randomElement(using: &random), let fate = FanOut.Fate.allCases.randomElement(using: &random)
                else { break }
                world.send(notice, fate)
            }
        }
        while said < Self.story.count {
            world.pass(1)
            world.publish(Self.story[said])
            said += 1
        }
        while !world.isSettled {
            world.expand(5)
            for notice in world.notices.values.filter({ $0.state == .queued }).map(\.id).sorted() { world.send(notice, .accepted) }
        }
        return world
    }

    @Test func `whoever was told the bad news is told the good news, or the ledger says why not`() {
        for seed in UInt64(1)...600 {
            let world = Self.play(seed)
            for (id, ranks) in world.arrived where ranks.contains(where: { $0 < Int64(Self.story.count - 1) }) {
                guard let last = world.last(id), let subscriber = world.subscribers[id] else {
                    Issue.record("seed \(seed): the ledger says nothing of \(id)")
                    continue
                }
                switch (last.state, last.reason) {
                case (.accepted, nil), (.bounced, .refused), (.bounced, .bounces): break
                case (.skipped, .left): #expect(subscriber.state == .left, "seed \(seed)")
                case (.skipped, .notWanted): #expect(subscriber.wishes.scope.without.contains(FanOut.story), "seed \(seed), \(id)")
                case (.skipped, .untranslated): #expect(subscriber.wishes.waitsForLanguage, "seed \(seed)")
                default: Issue.record("seed \(seed): of \(id) it says \(last.state) \(String(describing: last.reason))")
                }
            }
        }
    }

    @Test func `nothing is told twice but what was in flight when a machine died, and nothing older after something newer`() {
        for seed in UInt64(1)...600 {
            let world = Self.play(seed)
            let doubles = world.arrived.values.map { $0.count - Set($0).count }.reduce(0, +)
            #expect(doubles <= world.crashes, "seed \(seed)")
            for (id, ranks) in world.arrived {
                #expect(ranks == ranks.sorted() || world.crashes > 0, "seed \(seed): \(id) reads \(ranks)")
            }
        }
    }

    @Test func `who never wanted it is not in the ledger at all`() {
        var random = SeededRandom(seed: 4)
        var world = FanOut(subscribers: 3, using: &random)
        for id in world.subscribers.keys { world.narrow(id) }
        world.publish(.investigating)
        world.expand(10)
        #expect(world.notices.isEmpty)
    }
}
