import Foundation

/// What has to be done to a database file outside SQLite.
enum SQLiteFile {
    /// Makes an empty file that its owner alone can read; SQLite gives `-wal` and `-shm` the same mode. Leaves one that is there as it is.
    static func create(_ path: String) throws {
        // Empty names and ":memory:" would give each connection a database of its own.
        guard !path.isEmpty, path != ":memory:", !path.utf8.contains(0) else {
            throw StorageError.cannotOpen(path: path, message: "not the name of a file")
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError.cannotOpen(path: path, message: String(cString: strerror(errno))) }
        _ = close(descriptor)
    }

    /// Waits until a file or directory is on the disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError.cannotOpen(path: path, message: String(cString: strerror(errno))) }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else {
            if errno == ENOSPC || errno == EDQUOT { throw StorageError.full }
            throw StorageError.other(code: Int(errno), message: "fsync \(path): \(String(cString: strerror(errno)))")
        }
    }
}
