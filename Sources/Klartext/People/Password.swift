import CArgon2
import NIOPosix

/// Passwords of agents, kept as argon2id hashes (RFC 9106) with OWASP's first parameters: 19 MiB, two passes, one lane.
///
/// Hashing takes some 30 ms of CPU by design, so it runs on two threads of its own: there are only as many task threads as cores, and requests need them.
struct Passwords: Sendable {
    static let fewestBytes = 10
    /// Longer ones are refused: hashing must not become a way to burn our CPU.
    static let mostBytes = 1024

    private let threads: NIOThreadPool

    init() {
        threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
    }

    func shutdown() async { try? await threads.shutdownGracefully() }

    /// The hash to store, in the PHC string format.
    func hash(_ password: String) async throws -> String {
        var salt = [UInt8](repeating: 0, count: 16)
        var random = SystemRandomNumberGenerator()
        for index in salt.indices { salt[index] = UInt8.random(in: .min ... .max, using: &random) }
        return try await threads.runIfActive { [salt] in try Self.hash(password, salt: salt) }
    }

    /// Whether the password is the one that was hashed; compared in constant time by libargon2.
    func verify(_ password: String, against stored: String) async throws -> Bool {
        guard password.utf8.count <= Self.mostBytes else { return false }
        return try await threads.runIfActive { argon2id_verify(stored, password, password.utf8.count) == 0 }
    }

    private static func hash(_ password: String, salt: [UInt8]) throws -> String {
        var out = [CChar](repeating: 0, count: 128)
        let result = argon2id_hash_encoded(2, 19_456, 1, password, password.utf8.count, salt, salt.count, 32, &out, out.count)
        guard result == 0 else { throw PasswordError.cannotHash(code: result) }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Why a password could not be dealt with.
enum PasswordError: Error, Equatable {
    case cannotHash(code: Int32)
    case tooShort
    case tooLong
}
