import Mail
import NIOCore

/// A mail's bytes come whole where they are few, and piece by piece to where files arrive where they are many.
extension FolderVisit {
    enum Fetched {
        case none
        /// Some servers tell a size that is too small.
        case tooMany
        /// Whoever gets it keeps it.
        case content(Inbox.Arrival.Content)
    }

    private static let pieceBytes = 1 << 20

    func bytes(of uid: UInt32, sizeBytes: Int) async throws -> Fetched {
        guard sizeBytes > Inbox.inlineBytes, let first = try await firstPiece(of: uid), !first.isEmpty else { return try await whole(uid) }
        let sink = try await fetching.inbox.files.begin()
        do {
            let fetched = try await pieces(of: uid, from: first, sizeBytes: sizeBytes, into: sink)
            if case .content = fetched { return fetched }
            await sink.abort()
            return fetched
        } catch {
            await sink.abort()
            throw error
        }
    }

    /// Nil where the server does not give mails in pieces; whatever keeps it from that, it may give them whole.
    private func firstPiece(of uid: UInt32) async throws -> [UInt8]? {
        do {
            return try await session.piece(of: uid, at: 0, count: Self.pieceBytes)
        } catch IMAPFailure.refused {
            return nil
        }
    }

    private func whole(_ uid: UInt32) async throws -> Fetched {
        guard let bytes = try await session.mail(uid) else { return .none }
        return bytes.count <= fetching.mailLimitBytes ? .content(.bytes(bytes)) : .tooMany
    }

    private func pieces(of uid: UInt32, from first: [UInt8], sizeBytes: Int, into sink: FileSink) async throws -> Fetched {
        var piece = first
        while !piece.isEmpty {
            guard sink.sizeBytes + piece.count <= fetching.mailLimitBytes else { return .tooMany }
            try await sink.write(ByteBuffer(bytes: piece))
            // A short piece is the end only when the size says so, too: some servers count line ends wrongly.
            if piece.count < Self.pieceBytes, sink.sizeBytes >= sizeBytes { break }
            guard let next = try await session.piece(of: uid, at: sink.sizeBytes, count: Self.pieceBytes) else {
                // Nothing where something is missing: the mail was removed meanwhile.
                if sink.sizeBytes < sizeBytes { return .none }
                break
            }
            piece = next
        }
        return .content(.spooled(sink))
    }
}
