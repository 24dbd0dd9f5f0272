import Foundation
import Logging
import ServiceLifecycle

extension StatusPageCopy {
    init(_ location: FilesLocation) {
        switch location {
        case .directory(let path): self = .directory(StatusPageDisk(root: path))
        case .bucket(let bucket): self = .bucket(S3Client(bucket))
        }
    }
}

/// Shows the newest set: the last one of before this start, then each that another process on the same directory publishes. Knows nothing of the database.
struct StatusPageDoor: Service {
    let page: StatusPage
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await page.showNewest() } catch {
                    logger.error("the status page cannot be read; the one shown stays", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// Copies each new set to where it stands without us. What fails is tried again: the copy is for the day on which much fails.
struct StatusPageCopies: Service {
    let page: StatusPage
    let copy: StatusPageCopy
    let logger: Logger
    private static let (pause, pauseAfterFailure): (Duration, Duration) = (.seconds(1), .seconds(10))

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var copied: StatusPageSet?
            while !Task.isCancelled {
                var pause = Self.pause
                if let set = page.shelf.current, set.release != copied?.release {
                    do {
                        try await copy.copy(set, after: copied)
                        copied = set
                    } catch {
                        logger.error("the status page cannot be copied; trying again", metadata: ["error": "\(error)"])
                        pause = Self.pauseAfterFailure
                    }
                }
                try? await Task.sleep(for: pause)
            }
        }
        await copy.close()
    }
}
