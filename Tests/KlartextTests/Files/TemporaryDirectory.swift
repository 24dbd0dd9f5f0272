import Foundation

/// A directory that is gone afterwards.
func withTemporaryDirectory<Value>(_ work: (String) throws -> Value) throws -> Value {
    let path = temporaryPath()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try work(path)
}

/// A directory that is gone afterwards.
func withTemporaryDirectory<Value>(
    isolation: isolated (any Actor)? = #isolation, _ work: (String) async throws -> Value
) async throws -> Value {
    let path = temporaryPath()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await work(path)
}

private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("klartext-\(UUID().uuidString)").path
}
