import Foundation
import Storage

/// `klartext backup DIR`: a whole copy of an instance, taken while it runs.
///
/// The database is copied first and the files after it: a file is stored before a row names it and is not removed while one does, so every file that the
/// copied database names is in the copy.
struct Backup: Sendable {
    var database: Database
    var data: String

    struct Report: Sendable {
        var databaseBytes: Int
        var files: Int
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
        let files = try copyFiles(from: data + "/files", to: target + "/files")
        let attributes = try manager.attributesOfItem(atPath: target + "/klartext.sqlite")
        return Report(databaseBytes: (attributes[.size] as? Int) ?? 0, files: files)
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
