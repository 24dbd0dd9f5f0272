import Foundation
import NIOConcurrencyHelpers

/// Takes a large mail in piece by piece and reads it, without holding more of it in memory than its header and its text.
///
/// The result is what ``Email/init(parsing:limits:)`` makes of the same bytes, but for large files, which stay in the scratch. All calls block.
/// For one caller at a time.
public final class EmailIntake: Sendable {
    private let limits: Email.Limits
    private let scratch: MailScratch
    private let state: NIOLockedValueBox<State>

    private struct State {
        /// All that came, until it is known where the header ends.
        var start: [UInt8] = []
        /// How much has to come before it is worth looking for that again.
        var nextLookBytes: Int
        var below: Below?
        var sizeBytes = 0
        var hasNUL = false
    }

    /// The header, and what lies below it in a file.
    private struct Below {
        var header: HeaderBlock
        var file: ScratchFile
        var headerBytes: Int
    }

    /// - Parameter scratch: to be closed by whoever made it, when nothing of the mail is needed any more.
    public init(limits: Email.Limits = .standard, scratch: MailScratch) {
        (self.limits, self.scratch) = (limits, scratch)
        state = NIOLockedValueBox(State(nextLookBytes: scratch.startBytes))
    }

    /// Takes the next piece.
    ///
    /// - Throws: `MailScratchError` where the disk does not take it.
    public func take(_ piece: UnsafeRawBufferPointer) throws {
        try state.withLockedValue { state in
            let kept = UnsafeRawBufferPointer(rebasing: piece.prefix(max(0, limits.sizeBytes - state.sizeBytes)))
            state.sizeBytes += piece.count
            guard !kept.isEmpty else { return }
            if let base = kept.baseAddress, memchr(base, 0, kept.count) != nil { state.hasNUL = true }
            if let below = state.below { return try below.file.append(kept) }
            state.start.append(contentsOf: kept)
            guard state.start.count >= state.nextLookBytes else { return }
            state.nextLookBytes *= 2
            try look(&state)
        }
    }

    /// Reads what was taken in.
    ///
    /// - Throws: `EmailError.notAMessage` when there is nothing that could be a header, `MailScratchError` where the disk gives up.
    public func email() throws -> Email {
        try state.withLockedValue { state in
            // Reading from memory tells of what is too large by itself.
            guard let below = state.below else {
                if state.sizeBytes > limits.sizeBytes { state.start.append(0) }
                return try Email(parsing: state.start, limits: limits)
            }
            let defects: [Email.Defect] = (state.sizeBytes > limits.sizeBytes ? [.tooLarge] : []) + (state.hasNUL ? [.nulBytes] : [])
            return try Email(
                below.header, MIMESource(below.file, headerBytes: below.headerBytes), defects, MIMEReader(limits: limits, scratch: scratch))
        }
    }

    /// Goes over to the file where the header has ended for sure. A mail whose line ends are single carriage returns never gets there: it has
    /// to be read from memory.
    private func look(_ state: inout State) throws {
        let header = HeaderBlock(state.start)
        let body = state.start[header.bodyStart...]
        // Whether a line belongs to the header depends on the one behind it at most.
        guard body.lazy.filter({ $0 == 0x0A }).prefix(2).count == 2 else { return }
        let ours = MIMESource.header(header.first("Content-Type"), header.first("Content-Transfer-Encoding"))
        let file = try scratch.makeMail()
        try ours.withUnsafeBytes { try file.append($0) }
        try body.withUnsafeBytes { try file.append($0) }
        (state.below, state.start) = (Below(header: header, file: file, headerBytes: ours.count), [])
    }
}
