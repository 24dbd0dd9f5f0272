import Foundation

/// A program that runs beside the tests.
///
/// Input and output are files: the program never waits for somebody to read, and what it said outlives it.
final class ChildProcess: @unchecked Sendable {
    // What is called on it below may be called from any thread.
    private let process = Process()
    let outputFile: String
    let errorFile: String

    /// - Parameters:
    ///   - name: of its files in `directory`; starting again under the same name adds to them.
    ///   - input: what it reads; nothing where nil.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: [UInt8]? = nil, named name: String,
        in directory: String
    ) throws {
        outputFile = "\(directory)/\(name).out"
        errorFile = "\(directory)/\(name).err"
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        let files = try [outputFile, errorFile].map(Self.appending)
        (process.standardOutput, process.standardError) = (files[0], files[1])
        process.standardInput = try input.map { try Self.reading($0, from: "\(directory)/\(name).in") } ?? FileHandle.nullDevice
        try process.run()
        for file in files { try file.close() }
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var output: String { Self.text(outputFile) }
    var complaints: String { Self.text(errorFile) }

    /// By its number, and only while it has it.
    func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Waits for its end.
    /// - Returns: its exit status; 128 and the signal's number where a signal ended it, as a shell says it.
    func status(within seconds: Double = 60) async throws -> Int32 {
        try await eventually("the end of \(process.executableURL?.lastPathComponent ?? "?")", within: seconds) {
            process.isRunning ? nil : true
        }
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    private static func appending(_ path: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(fileURLWithPath: path)) }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        return file
    }

    private static func reading(_ input: [UInt8], from path: String) throws -> FileHandle {
        try Data(input).write(to: URL(fileURLWithPath: path))
        return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

/// Looks again and again until there is something to see: what another process does cannot be awaited otherwise.
/// - Throws: `NotInTime`, and whatever `look` throws.
@discardableResult func eventually<Value>(
    _ what: @autoclosure () -> String, within seconds: Double = 30, _ look: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
        if let value = try await look() { return value }
        if ContinuousClock.now > end { throw NotInTime(what: what(), seconds: seconds) }
        try await Task.sleep(for: .milliseconds(10))
    }
}

struct NotInTime: Error, CustomStringConvertible {
    var what: String
    var seconds: Double
    var description: String { "waited \(seconds) s for \(what)" }
}
