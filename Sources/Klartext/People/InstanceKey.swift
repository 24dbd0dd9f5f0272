import Foundation
import Storage

/// The 32 secret bytes that make this instance's links, reply addresses and Message-IDs its own; made at the first start, kept beside the database.
enum InstanceKey {
    static let fileName = "instance.key"
    private static let sizeBytes = 32

    /// Reads the key, or makes one (readable by its owner alone) where there is none. Two processes that start at once agree on one key.
    /// - Throws: `InstanceKeyError` when the file is there but is not a key: going on with a new one would break every link sent so far.
    static func load(directory: String) throws -> [UInt8] {
        let path = directory + "/" + fileName
        if let key = try read(path) { return key }
        try make(path, key: random())
        guard let key = try read(path) else { throw InstanceKeyError.cannotWrite(path: path) }
        return key
    }

    /// Puts the key of an instance into another directory; does nothing where it is there already.
    /// - Throws: `InstanceKeyError.foreign` where another one is.
    static func put(_ key: [UInt8], directory: String) throws {
        let path = directory + "/" + fileName
        if try read(path) == nil { try make(path, key: key) }
        guard try read(path) == key else { throw InstanceKeyError.foreign(path: path) }
    }

    /// What tells the key from others without telling it.
    static func mark(_ seal: Seal) -> String { seal.mark("instance key", "", bits: 80) }

    /// Makes sure that the key is the one this database was begun with: of several processes that share it, one with a key of its own would
    /// sign links that all others refuse.
    /// - Throws: `InstanceKeyError.foreign`.
    static func match(_ seal: Seal, _ database: Database, directory: String) async throws {
        let mark = mark(seal)
        var known = try await database.read { db in try db.instanceKeyMark() }
        if known == nil { known = try await database.write { tx in try tx.rememberInstanceKey(mark) } }
        guard known == mark else { throw InstanceKeyError.foreign(path: directory + "/" + fileName) }
    }

    private static func read(_ path: String) throws -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard data.count == sizeBytes else { throw InstanceKeyError.damaged(path: path, bytes: data.count) }
        return Array(data)
    }

    private static func random() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<sizeBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Written aside, synced, then linked to its name, which fails where the name is taken: the file is never there half, and never twice.
    private static func make(_ path: String, key: [UInt8]) throws {
        let aside = "\(path).\(getpid())"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw InstanceKeyError.cannotWrite(path: aside) }
        defer { unlink(aside) }
        let written = key.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let synced = fsync(descriptor)
        close(descriptor)
        guard written == sizeBytes, synced == 0 else { throw InstanceKeyError.cannotWrite(path: aside) }
        guard link(aside, path) == 0 || errno == EEXIST else { throw InstanceKeyError.cannotWrite(path: path) }
    }
}

/// Why there is no instance key.
enum InstanceKeyError: Error, CustomStringConvertible {
    case damaged(path: String, bytes: Int)
    case cannotWrite(path: String)
    case foreign(path: String)

    var description: String {
        switch self {
        case .damaged(let path, let bytes):
            "\(path) holds \(bytes) bytes instead of 32; restore it from a backup, or all links sent so far stop working"
        case .cannotWrite(let path): "cannot write \(path)"
        case .foreign(let path):
            "\(path) is not the key of this database; copy the one that the other processes, or the backup, have, or links stop working"
        }
    }
}
