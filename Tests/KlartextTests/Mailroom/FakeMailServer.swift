import Foundation
import Mail
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

@testable import Klartext

/// A mail server (IMAP) with one folder, as well behaved as the test wants it.
final class FakeMailServer: Sendable {
    struct Folder: Sendable {
        var validity: UInt32 = 7
        var mails: [UInt32: String] = [:]
        var seen: Set<UInt32> = []
        /// Mails that it refuses to give, and what it says.
        var refused: [UInt32: String] = [:]
        /// Mails at which it hangs up.
        var broken: Set<UInt32> = []
        /// Sizes that are not true.
        var sizes: [UInt32: Int] = [:]
        /// Mails of which it knows nothing when it is asked for them, though it names them.
        var silent: Set<UInt32> = []
        /// Mails of another day than today; only these are looked at by SINCE.
        var old: Set<UInt32> = []
        var refusesSignIn = false
        var refusesMarks = false
        /// Knows nothing of pieces, and says NO.
        var refusesPieces = false
        /// Mails of which it gives this many bytes and nothing behind them.
        var vanishing: [UInt32: Int] = [:]
        /// The most bytes of a piece that it gives.
        var mostOfPiece = Int.max
        /// How many pieces it gave of each mail.
        var pieces: [UInt32: Int] = [:]
        /// How often each command came.
        var commands: [String: Int] = [:]
        var fetched: [UInt32] = []
    }

    let folder = NIOLockedValueBox(Folder())
    let port: Int

    init(_ mails: [UInt32: String] = [:]) async throws {
        let folder = folder
        folder.withLockedValue { $0.mails = mails }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Conversation(folder)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func change(_ change: (inout Folder) -> Void) { folder.withLockedValue { change(&$0) } }
    var now: Folder { folder.withLockedValue { $0 } }
    var url: String { "imap://hilfe:geheim@127.0.0.1:\(port)/INBOX?tls=off" }

    private final class Conversation: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let folder: NIOLockedValueBox<Folder>
        private var input: [UInt8] = []

        init(_ folder: NIOLockedValueBox<Folder>) { self.folder = folder }

        func channelActive(context: ChannelHandlerContext) { say("* OK [CAPABILITY IMAP4rev1] ready\r\n", context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            input.append(contentsOf: unwrapInboundIn(data).readableBytesView)
            while let end = input.firstIndex(of: 10) {
                let line = String(decoding: input[..<end].dropLast(), as: UTF8.self)
                input.removeFirst(end + 1)
                answer(line.split(separator: " ", maxSplits: 1).map(String.init), context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func answer(_ parts: [String], _ context: ChannelHandlerContext) {
            guard parts.count == 2 else { return context.close(promise: nil) }
            let words = parts[1].split(separator: " ").map(String.init)
            let name = words[0] == "UID" ? "UID " + words[1] : words[0]
            let answer = folder.withLockedValue { folder in
                folder.commands[name, default: 0] += 1
                return Self.answer(name, words, &folder)
            }
            guard let answer else { return context.close(promise: nil) }
            say(answer.data + "\(parts[0]) \(answer.end)\r\n", context)
            if name == "LOGOUT" { context.close(promise: nil) }
        }

        /// What is said, and how it ends; nil hangs up.
        private static func answer(_ name: String, _ words: [String], _ folder: inout Folder) -> (data: String, end: String)? {
            switch name {
            case "LOGIN" where folder.refusesSignIn: return ("", "NO [AUTHENTICATIONFAILED] wrong password")
            case "SELECT":
                return ("* \(folder.mails.count) EXISTS\r\n* OK [UIDVALIDITY \(folder.validity)] ok\r\n", "OK [READ-WRITE] open")
            case "UID SEARCH": return search(words, folder)
            case "UID FETCH": return fetch(words, &folder)
            case "UID STORE" where folder.refusesMarks: return ("", "NO not here")
            case "UID STORE": folder.seen.formUnion(uids(words[2], folder))
            case "LOGOUT": return ("* BYE\r\n", "OK")
            default: break
            }
            return ("", "OK")
        }

        private static func search(_ words: [String], _ folder: Folder) -> (data: String, end: String) {
            let found = uids(words[3], folder).filter { !words.contains("SINCE") || !folder.old.contains($0) }
            return ("* SEARCH \(found.map(String.init).joined(separator: " "))\r\n", "OK")
        }

        private static func fetch(_ words: [String], _ folder: inout Folder) -> (data: String, end: String)? {
            var data = ""
            for uid in uids(words[2], folder) where !folder.silent.contains(uid) {
                let mail = folder.mails[uid] ?? ""
                if words[4].hasPrefix("RFC822.SIZE") {
                    data += "* 1 FETCH (UID \(uid) RFC822.SIZE \(folder.sizes[uid] ?? mail.utf8.count))\r\n"
                    continue
                }
                if words[4].hasPrefix("BODY.PEEK[]<") {
                    guard !folder.refusesPieces else { return ("", "BAD what is that") }
                    data += piece(words[4], of: uid, &folder)
                    continue
                }
                folder.fetched.append(uid)
                if folder.broken.contains(uid) { return nil }
                if let words = folder.refused[uid] { return ("", "NO \(words)") }
                let isHeader = words[4].hasPrefix("BODY.PEEK[HEADER]")
                let bytes = isHeader ? mail.components(separatedBy: "\r\n\r\n")[0] + "\r\n\r\n" : mail
                data += "* 1 FETCH (UID \(uid) BODY[\(isHeader ? "HEADER" : "")] {\(bytes.utf8.count)}\r\n\(bytes))\r\n"
            }
            return (data, "OK")
        }

        /// `BODY.PEEK[]<0.100>)`
        private static func piece(_ item: String, of uid: UInt32, _ folder: inout Folder) -> String {
            let numbers = item.split { !$0.isNumber }.compactMap { Int($0) }
            let (start, count) = (numbers[0], min(numbers[1], folder.mostOfPiece))
            if let most = folder.vanishing[uid], start >= most { return "" }
            folder.pieces[uid, default: 0] += 1
            let bytes = String(decoding: Array((folder.mails[uid] ?? "").utf8).dropFirst(start).prefix(count), as: UTF8.self)
            return "* 1 FETCH (UID \(uid) BODY[]<\(start)> {\(bytes.utf8.count)}\r\n\(bytes))\r\n"
        }

        /// The mails of a set; a range to the end has the newest one in it, wherever it begins (RFC 9051).
        private static func uids(_ set: String, _ folder: Folder) -> [UInt32] {
            let all = folder.mails.keys.sorted()
            return set.split(separator: ",").flatMap { part -> [UInt32] in
                let ends = part.split(separator: ":").map { $0 == "*" ? all.last ?? 0 : UInt32($0) ?? 0 }
                guard let low = ends.min(), let high = ends.max() else { return [] }
                return all.filter { $0 >= low && $0 <= high }
            }
        }

        private func say(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
        }
    }
}
