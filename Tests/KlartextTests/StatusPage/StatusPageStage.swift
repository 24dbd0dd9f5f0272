import Foundation
import Testing

@testable import Klartext

/// What the tests of the public documents have in common: real texts, real style.
enum StatusPageStage {
    static func voices() throws -> Voices {
        Voices(
            catalog: try Texts.load(directory: "\(TestDesk.root)/Locales"), timeZone: try #require(TimeZone(identifier: "Europe/Berlin")),
            unknown: .de)
    }

    static func sheet() throws -> StatusSheet { try StatusSheet(publicDirectory: "\(TestDesk.root)/Public") }

    static func files(_ status: PublishedStatus) throws -> [String: StatusFile] {
        let files = StatusFiles(status: status, voices: try voices(), sheet: try sheet()).all
        return Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    static func text(_ path: String, _ status: PublishedStatus = SampleStatus.whole) throws -> String {
        String(decoding: try #require(try files(status)[path]).bytes, as: UTF8.self)
    }
}
