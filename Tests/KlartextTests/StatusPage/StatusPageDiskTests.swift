import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct StatusPageDiskTests {
    private static let now = SampleStatus.now

    private func files(_ words: [String: String]) throws -> [StatusFile] {
        try words.map { try #require(StatusFile($0.key, Array($0.value.utf8))) }
    }

    private func inode(_ path: String) throws -> UInt64 {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64)
    }

    @Test func `a set is swapped in whole, and the one before stays for who is reading it`() async throws {
        try await withTemporaryDirectory { root in
            let disk = StatusPageDisk(root: root + "/status")
            let first = try disk.write(try files(["de/index.html": "eins", "api/v2/status.json": "{}"]), after: nil, at: Self.now)
            #expect(disk.currentRelease() == "releases/1")
            let second = try disk.write(try files(["de/index.html": "zwei", "api/v2/status.json": "{}"]), after: first, at: Self.now)
            #expect(disk.currentRelease() == "releases/2" && second.release == "releases/2")
            let old = try String(contentsOfFile: "\(disk.root)/releases/1/de/index.html", encoding: .utf8)
            let new = try String(contentsOfFile: "\(disk.current)/de/index.html", encoding: .utf8)
            #expect(old == "eins" && new == "zwei")
        }
    }

    @Test func `what has not changed is the same file with the same date`() async throws {
        try await withTemporaryDirectory { root in
            let disk = StatusPageDisk(root: root)
            let first = try disk.write(try files(["a.json": "{}", "b.json": "1"]), after: nil, at: Self.now)
            let second = try disk.write(try files(["a.json": "{}", "b.json": "2"]), after: first, at: Self.now.addingTimeInterval(60))
            #expect(try inode("\(root)/releases/1/a.json") == inode("\(root)/releases/2/a.json"))
            #expect(try inode("\(root)/releases/1/b.json") != inode("\(root)/releases/2/b.json"))
            #expect(second.files["a.json"]?.changedAt == Self.now)
            #expect(second.files["b.json"]?.changedAt == Self.now.addingTimeInterval(60))
        }
    }

    @Test func `what is read from disk is what was written, with types, dates and compressed twins`() async throws {
        try await withTemporaryDirectory { root in
            let disk = StatusPageDisk(root: root)
            let long = String(repeating: "Alles läuft. ", count: 200)
            let written = try disk.write(
                try files(["de/index.html": long, "history.atom": "<feed/>", "badge.svg": "<svg/>"]), after: nil, at: Self.now)
            let read = try #require(try disk.read())
            #expect(Set(read.files.keys) == ["de/index.html", "history.atom", "badge.svg"] && read.release == written.release)
            for (path, file) in written.files {
                let again = try #require(read.files[path])
                #expect(again.bytes == file.bytes && again.tag == file.tag && again.mediaType == file.mediaType)
                #expect(again.packed == file.packed && again.changedAt == Date(timeIntervalSince1970: Double(Self.now.wholeSeconds)))
            }
            #expect(read.files["de/index.html"]?.packed != nil && read.files["badge.svg"]?.packed == nil)
        }
    }

    @Test func `the last five sets are kept`() async throws {
        try await withTemporaryDirectory { root in
            let disk = StatusPageDisk(root: root)
            var previous: StatusPageSet?
            for number in 1...8 { previous = try disk.write(try files(["a.json": "\(number)"]), after: previous, at: Self.now) }
            let kept = try FileManager.default.contentsOfDirectory(atPath: "\(root)/releases").filter { Int($0) != nil }.sorted()
            #expect(kept == ["4", "5", "6", "7", "8"])
        }
    }

    @Test func `a crash in the middle leaves the old set in force, and the next one is whole`() async throws {
        try await withTemporaryDirectory { root in
            let disk = StatusPageDisk(root: root)
            let first = try disk.write(try files(["a.json": "1", "b.json": "1"]), after: nil, at: Self.now)
            // as far as a process may have come: a draft with one file, the next link made and not yet renamed
            try FileManager.default.createDirectory(atPath: "\(root)/releases/.draft", withIntermediateDirectories: true)
            try Data("half".utf8).write(to: URL(fileURLWithPath: "\(root)/releases/.draft/a.json"))
            try FileManager.default.createSymbolicLink(atPath: "\(root)/current.next", withDestinationPath: "releases/9")
            #expect(try disk.read()?.files["a.json"]?.bytes == Array("1".utf8))
            let second = try disk.write(try files(["a.json": "2", "b.json": "1"]), after: first, at: Self.now)
            #expect(second.release == "releases/2")
            let read = try #require(try disk.read())
            #expect(read.files.mapValues(\.bytes) == ["a.json": Array("2".utf8), "b.json": Array("1".utf8)])
        }
    }

    @Test func `of two sets at the same time the newer stays, whichever is done first`() async throws {
        try await withTemporaryDirectory { root in
            let page = try StatusPage(
                directory: root, catalog: try Texts.load(directory: "\(TestDesk.root)/Locales"), language: .de,
                publicDirectory: "\(TestDesk.root)/Public")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for minute in (0..<6).reversed() {
                    group.addTask {
                        var status = SampleStatus.calm(components: 2)
                        status.asOf = SampleStatus.at(Double(minute))
                        try await page.publish(status)
                    }
                }
                try await group.waitForAll()
            }
            let shown = try #require(page.shelf.current?.files["api/v2/klartext.json"]).bytes
            #expect(String(decoding: shown, as: UTF8.self).contains(Instant.iso8601(SampleStatus.at(5))))
            #expect(page.directory.currentRelease() == page.shelf.current?.release)
        }
    }

    @Test func `a copy into a directory is a set of its own, in force at once`() async throws {
        try await withTemporaryDirectory { root in
            let set = try StatusPageDisk(root: root + "/a").write(try files(["de/index.html": "eins"]), after: nil, at: Self.now)
            try await StatusPageCopy.directory(StatusPageDisk(root: root + "/b")).copy(set, after: nil)
            let copied = try #require(try StatusPageDisk(root: root + "/b").read())
            #expect(copied.files["de/index.html"]?.bytes == Array("eins".utf8))
        }
    }

    @Test func `what is linked to is copied before what links to it`() throws {
        let made = try files([
            "index.html": "", "de/index.html": "", "de/incidents/a/index.html": "", "api/v2/status.json": "", "badge.svg": "",
        ])
        let order = StatusPageCopy.order(StatusPageSet(made, after: nil, release: "releases/1", at: Self.now))
        #expect(order == ["de/incidents/a/index.html", "api/v2/status.json", "de/index.html", "badge.svg", "index.html"])
    }
}
