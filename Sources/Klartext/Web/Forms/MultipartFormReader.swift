import Crypto
import NIOCore

/// Puts a form together from its parts: texts into memory, files onto the disk, both within limits.
struct MultipartFormReader: ~Copyable {
    private var parts: MultipartReader
    private let limits: FormLimits
    private let intake: FileIntake
    private var form = Form()
    private var fieldBytes = 0
    private var fieldCount = 0
    private var fileBytes = 0
    private var tooLarge: [String] = []
    private var notStored: [String] = []

    init(boundary: String, limits: FormLimits, intake: FileIntake, more: @escaping () async throws -> ByteBuffer?) {
        parts = MultipartReader(boundary: boundary, more: more)
        self.limits = limits
        self.intake = intake
    }

    /// Reads to the end. `isCutShort` says whether an end that comes too early is the size limit's doing, and what there is should be kept.
    mutating func read(isCutShort: () -> Bool) async throws -> Form {
        do {
            while let part = try await parts.part() {
                if part.fileName != nil { try await file(part) } else { try await field(part) }
            }
        } catch let error {
            guard isCutShort() else { throw error }
            form.report(.bodyTooLarge(limitBytes: limits.bodyBytes))
        }
        if !tooLarge.isEmpty { form.report(.filesTooLarge(limitBytes: limits.fileBytes, names: tooLarge)) }
        if !notStored.isEmpty { form.report(.filesNotStored(names: notStored)) }
        return form
    }

    private mutating func field(_ part: MultipartReader.Part) async throws {
        fieldCount += 1
        guard fieldCount <= limits.fieldCount else { return form.report(.tooManyFields(limit: limits.fieldCount)) }
        var bytes: [UInt8] = []
        fieldBytes += part.name.utf8.count
        while let piece = try await parts.piece() {
            let room = max(0, limits.fieldBytes - fieldBytes)
            bytes.append(contentsOf: piece.readableBytesView.prefix(room))
            fieldBytes += min(piece.readableBytes, room)
            if piece.readableBytes > room { form.report(.fieldsTooLarge(limitBytes: limits.fieldBytes)) }
        }
        if !part.name.isEmpty { form.fields[part.name, default: []].append(String(repairing: bytes)) }
    }

    private mutating func file(_ part: MultipartReader.Part) async throws {
        let first = try await parts.piece()
        // What browsers send for an input in which nothing was chosen.
        if first == nil, part.fileName?.isEmpty ?? true { return }
        if case .refused = intake { return form.report(.filesNotAccepted) }
        guard form.files.count < limits.fileCount else { return form.report(.tooManyFiles(limit: limits.fileCount)) }
        let name = FileName.safe(part.fileName ?? "")
        do {
            guard let (stored, content) = try await take(first) else { return tooLarge.append(name) }
            fileBytes += stored.sizeBytes
            let type = FileName.safeType(part.type)
            form.files.append(UploadedFile(field: part.name, name: name, type: type, stored: stored, content: content))
        } catch is FileStoreError {
            // The texts are worth more than the file: read on.
            notStored.append(name)
        }
    }

    /// nil when the file does not fit beside those before it; the next part is found all the same.
    private mutating func take(_ first: ByteBuffer?) async throws -> (StoredFile, content: [UInt8]?)? {
        switch intake {
        case .refused: return nil
        case .kept(let store): return try await keep(first, store).map { ($0, nil) }
        case .examined: return try await examine(first)
        }
    }

    private mutating func keep(_ first: ByteBuffer?, _ store: FileStore) async throws -> StoredFile? {
        let sink = try await store.begin()
        do {
            guard try await pour(first, into: { try await sink.write($0) }) else {
                await sink.abort()
                return nil
            }
            return try await sink.finish()
        } catch {
            await sink.abort()
            throw error
        }
    }

    private mutating func examine(_ first: ByteBuffer?) async throws -> (StoredFile, content: [UInt8]?)? {
        var (hasher, size, beginning) = (SHA256(), 0, [UInt8]())
        let fits = try await pour(first) { piece in
            piece.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) }
            size += piece.readableBytes
            beginning.append(contentsOf: piece.readableBytesView.prefix(FileIntake.contentBytes + 1 - beginning.count))
        }
        guard fits else { return nil }
        let file = StoredFile(digest: FileStore.hexadecimal(hasher.finalize()), sizeBytes: size)
        return (file, beginning.count <= FileIntake.contentBytes ? beginning : nil)
    }

    /// Hands over the pieces of a part; false as soon as they are too many.
    private mutating func pour(_ first: ByteBuffer?, into take: (ByteBuffer) async throws -> Void) async throws -> Bool {
        var (piece, size) = (first, 0)
        while let bytes = piece {
            size += bytes.readableBytes
            guard fileBytes + size <= limits.fileBytes else { return false }
            try await take(bytes)
            piece = try await parts.piece()
        }
        return true
    }
}
