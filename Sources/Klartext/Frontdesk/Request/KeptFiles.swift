import Foundation

/// The files of a form: those that came with it, and those that an earlier, rejected sending has left with us.
struct KeptFiles: Sendable, Equatable {
    private(set) var files: [UploadTicket] = []
    private(set) var problems: [FormProblem] = []

    var sumBytes: Int { files.reduce(0) { $0 + $1.sizeBytes } }

    /// - Parameters:
    ///   - kept: tickets of files that wait, in the form's order; nil for one that is not ours or too old.
    ///   - removed: the positions, in that order, of those the person wants to be without.
    ///   - new: files that have just come.
    init(kept: [UploadTicket?], removed: Set<Int>, new: [UploadTicket], rules: FormRules) {
        let wanted = kept.enumerated().filter { !removed.contains($0.offset) }.map(\.element)
        let all = wanted.compactMap { $0 } + new
        files = Array(all.prefix(rules.fileCount))
        if wanted.contains(nil) { problems.append(.filesExpired) }
        if all.count > rules.fileCount { problems.append(.tooManyFiles(limit: rules.fileCount)) }
        if sumBytes > rules.fileBytes { problems.append(.filesTooLarge(sumBytes: sumBytes)) }
    }

    init() {}

    /// Adds what reading the form has already complained about.
    mutating func add(_ problem: FormProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}
