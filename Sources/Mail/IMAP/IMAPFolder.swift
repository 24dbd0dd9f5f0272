import NIOConcurrencyHelpers
import NIOCore

/// What a server says of the folder that was opened.
public struct IMAPFolder: Sendable, Equatable {
    /// Another number than last time: the numbers of mails mean other mails now (RFC 9051 section 2.3.1.1).
    public var validity: UInt32
    /// A number above that of every mail that is there, where the server says one.
    public var nextUID: UInt32?
    /// How many mails are there.
    public var mails: UInt32
    public var isReadOnly: Bool
}

extension IMAPSession {
    /// Which part of a mail to fetch; neither marks it seen.
    public enum MailPart: String, Sendable { case whole = "BODY.PEEK[]", header = "BODY.PEEK[HEADER]" }

    /// Opens the folder that the address names.
    public func open() async throws(IMAPFailure) -> IMAPFolder {
        guard let name = IMAPText.quoted(IMAPText.folderName(server.folder)) else { throw .folder("its name cannot be sent") }
        let outcome: Outcome
        do {
            outcome = try await command("SELECT \(name)")
        } catch .refused(let words) {
            throw .folder(words)
        }
        var folder = IMAPFolder(validity: 0, nextUID: nil, mails: 0, isReadOnly: outcome.status.code?.word == "READ-ONLY")
        for response in outcome.responses {
            switch response.kind {
            case .data("EXISTS", let number?): folder.mails = number
            case .status(let status):
                guard let code = status.code, let number = UInt32(code.value) else { continue }
                if code.word == "UIDVALIDITY" { folder.validity = number }
                if code.word == "UIDNEXT" { folder.nextUID = number }
            default: break
            }
        }
        guard folder.validity > 0 else { throw .folder("the server gives its mails no lasting numbers (UIDVALIDITY)") }
        return folder
    }

    /// The numbers of mails from one number on, ascending.
    ///
    /// - Parameters:
    ///   - last: nil for all that come; a range to the end always finds the newest mail too, however low its number is, so what is below is
    ///     left out here.
    ///   - since: the first day of arrival, in the server's time zone.
    public func mails(from first: UInt32, to last: UInt32? = nil, since: IMAPDay? = nil) async throws(IMAPFailure) -> [UInt32] {
        hasNews = false
        let range = "\(first):\(last.map(String.init) ?? "*")"
        let outcome = try await command("UID SEARCH UID \(range)" + (since.map { " SINCE \($0.searchText)" } ?? "")) {
            if case .data("SEARCH", nil) = $0 { true } else { false }
        }
        var found: Set<UInt32> = []
        for response in outcome.responses { found.formUnion((response.values ?? []).compactMap(\.number)) }
        return found.filter { $0 >= first && $0 <= last ?? .max }.sorted()
    }

    /// How large mails are, in bytes, as the server says; one that is no longer there is absent.
    ///
    /// - Parameter uids: at most some hundreds, which is what a line holds.
    public func sizes(of uids: [UInt32]) async throws(IMAPFailure) -> [UInt32: Int] {
        guard !uids.isEmpty else { return [:] }
        var sizes: [UInt32: Int] = [:]
        for fields in try await fetch(uids.map(String.init).joined(separator: ","), "RFC822.SIZE") {
            guard let uid = fields["UID"]?.number, uids.contains(uid), let size = fields["RFC822.SIZE"]?.number else { continue }
            sizes[uid] = Int(size)
        }
        return sizes
    }

    /// A mail's bytes, or its header's; nil where the server gave none.
    public func mail(_ uid: UInt32, _ part: MailPart = .whole) async throws(IMAPFailure) -> [UInt8]? {
        let name = part == .whole ? "BODY[]" : "BODY[HEADER]"
        for fields in try await fetch(String(uid), part.rawValue) {
            guard fields["UID"]?.number == uid, case .string(let bytes)? = fields[name], !bytes.isEmpty else { continue }
            return bytes
        }
        return nil
    }

    /// A piece of a mail's bytes (RFC 9051 section 6.4.5): fewer than asked for where the mail ends, none behind that; nil where the server
    /// gave none.
    public func piece(of uid: UInt32, at offset: Int, count: Int) async throws(IMAPFailure) -> [UInt8]? {
        for fields in try await fetch(String(uid), "BODY.PEEK[]<\(offset).\(count)>") {
            guard fields["UID"]?.number == uid, case .string(let bytes)? = fields["BODY[]<\(offset)>"] else { continue }
            return bytes
        }
        return nil
    }

    /// Marks a mail as seen.
    public func markSeen(_ uid: UInt32) async throws(IMAPFailure) {
        _ = try await command("UID STORE \(uid) +FLAGS.SILENT (\\Seen)") { _ in false }
    }

    private func fetch(_ uids: String, _ item: String) async throws(IMAPFailure) -> [[String: IMAPValue]] {
        let outcome = try await command("UID FETCH \(uids) (UID \(item))") {
            if case .data("FETCH", .some) = $0 { true } else { false }
        }
        return outcome.responses.compactMap { response in
            guard case .list(let values)? = response.values?.first else { return nil }
            var fields: [String: IMAPValue] = [:]
            for pair in stride(from: 0, to: values.count - 1, by: 2) {
                if let name = values[pair].atom { fields[name.uppercased()] = values[pair + 1] }
            }
            return fields
        }
    }

    /// Whether the server tells of new mail by itself (RFC 2177).
    public var canIdle: Bool { capabilities.contains("IDLE") }

    /// Waits until the server tells of new mail, or the time is over, or the task is cancelled.
    ///
    /// - Parameter seconds: less than 29 minutes, after which servers hang up (RFC 9051 section 6.3.13).
    /// - Returns: whether mails have come since the last search.
    public func idle(seconds: Double) async throws(IMAPFailure) -> Bool {
        let tag = nextTag()
        wire.send(Array("\(tag) IDLE\r\n".utf8))
        if let status = try await untilContinuation(tag) { throw .refused(status.words) }
        // The waiting is ended by what we say, once: a wait that was cut off would lose what comes in that moment.
        let done = IMAPDone(wire: wire)
        let timer = wire.channel.eventLoop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { done.say() }
        defer { timer.cancel() }
        let outcome: Result<Bool, IMAPFailure> = await withTaskCancellationHandler {
            do throws(IMAPFailure) {
                return .success(try await listen(tag, seconds: seconds, done))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            done.say()
        }
        return try outcome.get()
    }

    private func listen(_ tag: String, seconds: Double, _ done: IMAPDone) async throws(IMAPFailure) -> Bool {
        if hasNews { done.say() }
        for _ in 0..<limits.responses {
            let kind = try await wire.next(patienceSeconds: seconds).kind
            note(kind)
            switch kind {
            case .tagged(tag, let status):
                guard status.condition == .ok else { throw .refused(status.words) }
                return hasNews
            case .status(let status) where status.condition == .bye: throw await parting(status)
            case .tagged, .unknown, .continuation: throw await broken("a line that is no news")
            case .status, .data: if hasNews { done.say() }
            }
        }
        throw await broken("more than \(limits.responses) responses to one command")
    }
}

/// The word that ends IDLE; said twice it would be a command.
private final class IMAPDone: Sendable {
    private let wire: IMAPWire
    private let isSaid = NIOLockedValueBox(false)

    init(wire: IMAPWire) { self.wire = wire }

    func say() {
        let isFirst = isSaid.withLockedValue { said in
            defer { said = true }
            return !said
        }
        if isFirst { wire.send(Array("DONE\r\n".utf8)) }
    }
}
