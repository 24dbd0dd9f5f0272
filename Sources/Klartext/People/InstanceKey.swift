import Foundation

/// The 32 secret bytes that make this instance's links, reply addresses and Message-IDs its own; made at the first start, kept beside the database.
enum InstanceKey {
    static let fileName = "instance.key"

    /// Reads the key, or makes one (readable by its owner alone) where there is none.
    /// - Throws: `InstanceKeyError` when the file is there but is not a key: going on with a new one would break every link sent so far.
    static func load(directory: String) throws -> [UInt8] {
        let path = directory + "/" + fileName
        if let data = FileManager.default.contents(atPath: path) {
            guard data.count == 32 else { throw InstanceKeyError.damaged(path: path, bytes: data.count) }
            return Array(data)
        }
        var random = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let created = FileManager.default.createFile(atPath: path, contents: Data(key), attributes: [.posixPermissions: 0o600])
        guard created else { throw InstanceKeyError.cannotWrite(path: path) }
        return key
    }
}

/// Why there is no instance key.
enum InstanceKeyError: Error, CustomStringConvertible {
    case damaged(path: String, bytes: Int)
    case cannotWrite(path: String)

    var description: String {
        switch self {
        case .damaged(let path, let bytes): "\(path) holds \(bytes) bytes instead of 32; restore it from a backup, or all links sent so far stop working"
        case .cannotWrite(let path): "cannot write \(path)"
        }
    }
}
