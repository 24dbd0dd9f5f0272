import Foundation
import Storage

/// `klartext backup DIR`: a whole copy of an instance, taken while it runs.
///
/// The database is copied first and the files after it: a file is stored before a row names it and is not removed while one does, so every file that the
/// copied database names is in the copy. Files in a bucket stay there.
struct Backup: Sendable {
    var database: Database
    var data: String
    var files: FilesLocation

    struct Report: Sendable, Equatable {
        enum Files: Sendable, Equatable {
            case copied(Int)
            /// How many the database names.
            case inBucket(String, Int)
        }

        var databaseBytes: Int
        var files: Files

        /// One sentence for whoever made it.
        func sentence(target: String) -> String {
            switch files {
            case .copied(let count): "copied the database (\(databaseBytes) bytes), the instance key and \(count) files to \(target)"
            case .inBucket(let bucket, let count):
                "copied the database (\(databaseBytes) bytes) and the instance key to \(target); the \(count) files that it names stay in \(bucket)"
            }
        }
    }

    enum Failure: Error, CustomStringConvertible {
        case notEmpty(String)

        var description: String {
            switch self {
            case .notEmpty(let path): "\(path) is there and not empty; a backup never writes over anything"
            }
        }
    }

    func run(to target: String) async throws -> Report {
        let manager = FileManager.default
        if let there = try? manager.contentsOfDirectory(atPath: target), !there.isEmpty { throw Failure.notEmpty(target) }
        try manager.createDirectory(atPath: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try await database.backup(to: target + "/klartext.sqlite")
        try manager.copyItem(atPath: "\(data)/\(InstanceKey.fileName)", toPath: "\(target)/\(InstanceKey.fileName)")
        let files = try await takeFiles(to: target)
        let attributes = try manager.attributesOfItem(atPath: target + "/klartext.sqlite")
        return Report(databaseBytes: (attributes[.size] as? Int) ?? 0, files: files)
    }

    private func takeFiles(to target: String) async throws -> Report.Files {
        switch files {
        case .directory(let path): return .copied(try copyFiles(from: path, to: target + "/files"))
        case .bucket(let bucket): return .inBucket("\(bucket)", try await database.read { db in try db.fileCount() })
        }
    }

    private func copyFiles(from source: String, to target: String) throws -> Int {
        let manager = FileManager.default
        var copied = 0
        for shelf in try manager.contentsOfDirectory(atPath: source) where shelf.utf8.count == 2 {
            let names = try manager.contentsOfDirectory(atPath: "\(source)/\(shelf)")
            if names.isEmpty { continue }
            try manager.createDirectory(
                atPath: "\(target)/\(shelf)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for name in names {
                try manager.copyItem(atPath: "\(source)/\(shelf)/\(name)", toPath: "\(target)/\(shelf)/\(name)")
                copied += 1
            }
        }
        return copied
    }
}
