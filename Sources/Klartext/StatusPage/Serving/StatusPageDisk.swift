import Foundation
import NIOCore

/// The published sets on disk: `releases/<n>` for each, `current` a link to the one in force. Any web server can serve `current`.
///
/// A set is written beside the one in force, synced, and swapped in by one rename: whoever reads meanwhile sees the old set or the new one. A file that has not
/// changed is a second name of the old one, so that a page of years costs no more to publish than what is new in it.
struct StatusPageDisk: Sendable {
    let root: String
    /// Sets kept for who is reading one, and for looking back.
    private static let mostKept = 5
    /// Ours are a few megabytes; this is another directory.
    private static let mostBytes = 500_000_000

    var current: String { root + "/current" }

    /// The name of the set in force, `releases/17`; nil where there is none.
    func currentRelease() -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: current) }

    /// Writes a set and puts it in force. Blocks.
    ///
    /// - Parameter previous: the set of which unchanged files are taken.
    func write(_ files: [StatusFile], after previous: StatusPageSet?, at now: Date) throws -> StatusPageSet {
        try Self.makeDirectory(root)
        try Self.makeDirectory(root + "/releases")
        return try Disk.locked(root + "/lock") {
            let number = (try numbers().max() ?? 0) + 1
            let set = StatusPageSet(files, after: previous, release: "releases/\(number)", at: now)
            let draft = root + "/releases/.draft"
            if FileManager.default.fileExists(atPath: draft) { try FileManager.default.removeItem(atPath: draft) }
            try Self.makeDirectory(draft)
            try fill(draft, set, after: previous)
            try Disk.check("rename", rename(draft, "\(root)/\(set.release)"))
            try Disk.syncDirectory(root + "/releases")
            try pointCurrent(to: set.release)
            try prune(keeping: number)
            return set
        }
    }

    private func fill(_ draft: String, _ set: StatusPageSet, after previous: StatusPageSet?) throws {
        var directories: Set = [draft]
        for path in set.files.keys.sorted() {
            guard let file = set.files[path] else { continue }
            let parts = path.split(separator: "/").dropLast()
            for count in 0..<parts.count {
                let directory = draft + "/" + parts[...count].joined(separator: "/")
                if directories.insert(directory).inserted { try Self.makeDirectory(directory) }
            }
            let old = previous.flatMap { $0.files[path]?.tag == file.tag ? "\(root)/\($0.release)/\(path)" : nil }
            try keep(file.plain, at: "\(draft)/\(path)", sameAs: old, file.changedAt)
            if let packed = file.packed { try keep(packed, at: "\(draft)/\(path).gz", sameAs: old.map { $0 + ".gz" }, file.changedAt) }
        }
        for directory in directories { try Disk.syncDirectory(directory) }
    }

    private func keep(_ bytes: ByteBuffer, at path: String, sameAs old: String?, _ changedAt: Date) throws {
        if let old, link(old, path) == 0 { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        try Disk.check("open", descriptor)
        defer { close(descriptor) }
        try Disk.write(bytes, to: descriptor)
        // The date is what is said in Last-Modified, here and after the next start.
        let seconds = timespec(tv_sec: changedAt.wholeSeconds, tv_nsec: 0)
        var times = [seconds, seconds]
        try Disk.check("futimens", futimens(descriptor, &times))
        try Disk.check("fsync", fsync(descriptor))
    }

    private func pointCurrent(to release: String) throws {
        let next = root + "/current.next"
        if unlink(next) < 0, errno != ENOENT { throw FileStoreError.disk(operation: "unlink", code: errno) }
        try Disk.check("symlink", symlink(release, next))
        try Disk.check("rename", rename(next, current))
        try Disk.syncDirectory(root)
    }

    private func prune(keeping number: Int) throws {
        for old in try numbers() where old <= number - Self.mostKept {
            try FileManager.default.removeItem(atPath: "\(root)/releases/\(old)")
        }
    }

    private func numbers() throws -> [Int] { try Disk.names(in: root + "/releases").compactMap { Int($0) } }

    /// Readable for everybody, as what is in it is meant to be.
    private static func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o755) == 0 { return }
        guard errno == EEXIST || errno == ENOENT else { throw FileStoreError.disk(operation: "mkdir", code: errno) }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    /// Reads the set in force; nil where there is none. Blocks.
    func read() throws -> StatusPageSet? {
        guard let release = currentRelease() else { return nil }
        let directory = "\(root)/\(release)"
        var (files, size) = ([String: StatusPageSet.File](), 0)
        for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
            guard let mediaType = StatusFile.mediaType(of: path) else { continue }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(path)")))
            let packed = FileManager.default.contents(atPath: "\(directory)/\(path).gz").map { [UInt8]($0) }
            size += bytes.count
            guard size <= Self.mostBytes else { throw StatusPageError.tooLarge(directory: directory) }
            let changed = try Disk.status("\(directory)/\(path)", missing: .missing(digest: path)).changedSecondsSinceEpoch
            files[path] = StatusPageSet.File(
                bytes, packed: packed, mediaType: mediaType, changedAt: Date(timeIntervalSince1970: Double(changed)))
        }
        return StatusPageSet(files: files, release: release)
    }
}

enum StatusPageError: Error, CustomStringConvertible {
    case tooLarge(directory: String)
    case nothingPublished(directory: String)

    var description: String {
        switch self {
        case .tooLarge(let directory): "\(directory) is far larger than a status page"
        case .nothingPublished(let directory): "no status page has been published yet in \(directory)"
        }
    }
}
