import NIOCore

/// Puts a form together from its parts: texts into memory, files onto the disk, both within limits.
struct MultipartFormReader: ~Copyable {
    private var parts: MultipartReader
    private let limits: FormLimits
    private let store: FileStore?
    private var form = Form()
    private var fieldBytes = 0
    private var fieldCount = 0
    private var fileBytes = 0
    private var tooLarge: [String] = []
    private var notStored: [String] = []

    init(boundary: String, limits: FormLimits, store: FileStore?, more: @escaping () async throws -> ByteBuffer?) {
        parts = MultipartReader(boundary: boundary, more: more)
        self.limits = limits
        self.store = store
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
        guard let store else { return form.report(.filesNotAccepted) }
        guard form.files.count < limits.fileCount else { return form.report(.tooManyFiles(limit: limits.fileCount)) }
        let name = FileName.safe(part.fileName ?? "")
        do {
            guard let stored = try await receive(first, store) else { return tooLarge.append(name) }
            fileBytes += stored.sizeBytes
            form.files.append(UploadedFile(field: part.name, name: name, type: FileName.safeType(part.type), stored: stored))
        } catch is FileStoreError {
            // The texts are worth more than the file: read on.
            notStored.append(name)
        }
    }

    /// nil when the file does not fit beside those before it; the next part is found all the same.
    private mutating func receive(_ first: ByteBuffer?, _ store: FileStore) async throws -> StoredFile? {
        let sink = try await store.begin()
        do {
            var piece = first
            var size = 0
            while let bytes = piece {
                size += bytes.readableBytes
                guard fileBytes + size <= limits.fileBytes else {
                    await sink.abort()
                    return nil
                }
                try await sink.write(bytes)
                piece = try await parts.piece()
            }
            return try await sink.finish()
        } catch {
            await sink.abort()
            throw error
        }
    }
}
