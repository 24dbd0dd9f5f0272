import Foundation
import NIOPosix

/// The public page: what can be done with it. A status becomes files; files are kept on disk, shown from memory, and copied to where they stand without us.
actor StatusPage {
    nonisolated let shelf = StatusPageShelf()
    nonisolated let directory: StatusPageDisk
    private let catalog: TextCatalog
    private let language: Language
    private let sheet: StatusSheet
    private let disk = Disk(.singleton)
    private var shownAsOf: Date?
    private var running: Task<Void, any Error>?

    /// - Parameter directory: where the sets are kept, `status` in the data directory.
    init(directory: String, catalog: TextCatalog, language: Language, publicDirectory: String) throws {
        self.directory = StatusPageDisk(root: directory)
        (self.catalog, self.language) = (catalog, language)
        sheet = try StatusSheet(publicDirectory: publicDirectory)
    }

    /// Shows what was published last, before this process began or by another one on the same directory. Nothing is asked but the disk.
    ///
    /// - Returns: whether it was another set than the one shown.
    @discardableResult func showNewest() async throws -> Bool {
        let directory = directory
        guard let release = directory.currentRelease(), release != shelf.current?.release else { return false }
        guard let set = try await disk.run({ try directory.read() }) else { return false }
        shelf.show(set)
        return true
    }

    /// Makes the set for a status, keeps it and shows it. An older status than the one shown changes nothing: of two at the same time the newer stays.
    func publish(_ status: PublishedStatus) async throws {
        let before = running
        // One after the other: of two writers the later must not be the one that read first.
        let task = Task {
            _ = await before?.result
            try await self.write(status)
        }
        running = task
        try await task.value
    }

    private func write(_ status: PublishedStatus) async throws {
        guard shownAsOf.map({ $0 <= status.asOf }) ?? true else { return }
        let zone = TimeZone(identifier: status.page.timeZone) ?? .gmt
        let files = StatusFiles(
            status: status, voices: Voices(catalog: catalog, timeZone: zone, unknown: language), sheet: sheet)
        let (directory, previous) = (directory, shelf.current)
        let set = try await disk.run { try directory.write(files.all, after: previous, at: status.asOf) }
        shelf.show(set)
        shownAsOf = status.asOf
    }
}
