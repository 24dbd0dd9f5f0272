import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct CallRulesTests {
    private static let now = TestDesk.start

    private func news(_ event: String, direction: String = "in", from: String = "4930123456", cause: String = "", user: String = "Ayşe")
        throws -> CallNews
    {
        let fields = ["event": event, "callId": "c1", "direction": direction, "from": from, "to": "494012300", "cause": cause]
        return try #require(CallNews({ fields[$0] ?? "" }, users: [user]))
    }

    /// The call after some news.
    private func call(_ all: [CallNews]) throws -> Call {
        var call: Call?
        for one in all {
            for event in Call.hearing(one, of: call) {
                if case .began(let beginning) = event {
                    call = Call(beginning, id: 1, at: Self.now)
                } else {
                    call = call?.applying(event, at: Self.now)
                }
            }
        }
        return try #require(call)
    }

    @Test func `a call that rings, is taken and ends is over; who took it is known`() throws {
        let call = try call([news("newCall"), news("answer", user: "Jonas"), news("hangup", cause: "normalClearing")])
        #expect((call.state, call.by, call.cause, call.isWaiting) == (.ended, "Jonas", "normalClearing", false))
        #expect((call.number?.e164, call.line) == ("+4930123456", "+494012300"))
    }

    @Test(arguments: ["noAnswer", "busy", "cancel", "congestion", ""]) func `one that nobody takes is missed, whatever the cause`(
        cause: String
    )
        throws
    {
        #expect(try call([news("newCall"), news("hangup", cause: cause)]).isWaiting)
    }

    @Test func `a call that is handed on goes on as another; one of ours that nobody took is no to-do`() throws {
        #expect(try call([news("newCall"), news("hangup", cause: "forwarded")]).state == .ended)
        #expect(try call([news("newCall", direction: "out"), news("hangup", direction: "out", cause: "noAnswer")]).state == .ended)
    }

    @Test func `told twice or in the wrong order it is the same call`() throws {
        let (began, answered, ended) = (try news("newCall"), try news("answer"), try news("hangup", cause: "normalClearing"))
        let plain = try call([began, answered, ended])
        #expect(try call([began, began, answered, answered, ended, ended, began]) == plain)
        #expect(try call([ended, began]).state == .missed)
        #expect(try call([answered, ended]).state == .ended)
        #expect(try call([began, ended, answered]).state == .missed, "what came after the end changes nothing")
    }

    @Test func `who withholds the number can be called by nobody, and still waits`() throws {
        let call = try call([news("newCall", from: "anonymous"), news("hangup", from: "anonymous", cause: "noAnswer")])
        #expect(call.number == nil && call.isWaiting)
    }

    @Test func `what tells of no call is no news, and what is too long is cut`() throws {
        #expect(CallNews({ $0 == "event" ? "newCall" : "" }, users: []) == nil)
        #expect(CallNews({ $0 == "event" ? "dtmf" : "x" }, users: []) == nil)
        let long = try #require(CallNews({ $0 == "event" ? "newCall" : String(repeating: "x", count: 5000) }, users: []))
        #expect(long.beginning.key.count == 200 && long.beginning.line.count == 200)
    }

    @Test func `a secret is long, and compared whole`() throws {
        #expect(CallSecret(chosen: "kurz") == nil)
        #expect(CallSecret(chosen: "aaaaaaaaaaaaaaaaaaaa/b") == nil)
        let secret = try #require(CallSecret(chosen: "abcdefghijklmnopqrst"))
        #expect(secret.isGenuine("abcdefghijklmnopqrst") && !secret.isGenuine("abcdefghijklmnopqrsT") && !secret.isGenuine(""))
    }
}
