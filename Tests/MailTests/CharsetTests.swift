import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct CharsetTests {
    @Test(
        arguments: [
            (Array("Grüße".utf8), "iso-8859-1", "Grüße", true), (Array("Grüße".utf8), nil, "Grüße", true),
            ([0x47, 0x72, 0xFC, 0xDF, 0x65], "utf-8", "Grüße", true),
            ([0x80, 0x93, 0x94], "ISO-8859-1", "€“”", false), ([0x80], "us-ascii", "€", true), ([0x81], "windows-1252", "\u{FFFD}", false),
            ([0xA4], "iso-8859-15", "€", false),
            ([0xEF, 0xBB, 0xBF, 0x61], nil, "a", false), ([0xFF, 0xFE, 0x61, 0x00], nil, "a", false),
            ([0xFE, 0xFF, 0x00, 0x61], "utf-16", "a", false),
            (Array("Grüße".utf8), "big5", "Grüße", true), ([0xC3, 0xBC], "WINDOWS-1252", "Ã¼", false),
            ([0xE4, 0xF6], "\"iso-8859-1\"", "äö", false),
            ([0xC3], "utf-8", "Ã", true), ([], "utf-8", "", false), ([0x61, 0xF0, 0x9F, 0x98], "utf-8", "aðŸ˜", true),
            ([0xB1], "latin2", "±", true),
            ([0xB1], "iso-8859-2", "ą", false), ([0xDD], "iso-8859-9", "İ", false),
        ] as [([UInt8], String?, String, Bool)])
    func `bytes become the text they were`(_ bytes: [UInt8], _ declared: String?, _ text: String, _ guessed: Bool) {
        let result = Charset.decode(bytes, declared: declared)
        #expect(result.text == text)
        #expect(result.guessed == guessed)
    }

    @Test(arguments: [
        "../../etc/passwd", "UTF-8//TRANSLIT", "utf-8\0", "", String(repeating: "a", count: 10_000), "iso-8859-99", "UTF-7-IMAP",
        "ucs-4-internal", "char",
    ])
    func `no label can do harm`(_ label: String) {
        #expect(Charset.decode(Array("Grüße".utf8), declared: label).text == "Grüße")
    }

    @Test(arguments: [
        "utf-7", "utf-16", "utf-32le", "iso-2022-jp", "iso-2022-kr", "gb18030", "big5", "cp932", "euc-jp", "hz-gb-2312", "koi8-u",
        "windows-1258",
    ])
    func `a converter ends on any input`(_ label: String) {
        var seed: UInt64 = 7
        let noise = (0..<2_000).map { _ -> UInt8 in
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: seed >> 33)
        }
        #expect(!Charset.decode(noise, declared: label).text.isEmpty)
        #expect(!Charset.decode(Array("\u{1B}$B".utf8) + noise, declared: label).text.isEmpty)
    }

    @Test(arguments: [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"), ("=?utf-8?q?Gr=C3=BC?= =?utf-8?q?=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?=C3?=\t=?utf-8?q?=BC?=", "ü"),
        ("a =?utf-8?q?b?= c", "a b c"), ("=?utf-8*de?q?b?=", "b"), ("=?iso-8859-1?q?=E4?= =?utf-8?q?=C3=A4?=", "ää"), ("=?x?q?b?=", "b"),
        ("=?utf-8?x?b?=", "=?utf-8?x?b?="),
        ("=?utf-8?q?b", "=?utf-8?q?b"), ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"), ("=?utf-8?B?R3LD vMOf ZQ==?=", "Grüße"),
        ("=? =?utf-8?q?b?=", "=? b"), ("=?", "=?"), ("=", "="),
        ("=?utf-8?q?a_b?=", "a b"), ("=?utf-8?q??=", ""), ("=?utf-8?q?a=ZZ?=", "a=ZZ"), ("=?us-ascii?q?=E4?=", "ä"),
        ("=?utf-8?q?1?==?utf-8?q?2?=", "12"),
    ])
    func `encoded words are read in all their misspellings`(_ raw: String, _ text: String) {
        #expect(EncodedWord.decode(Array(raw.utf8)) == text)
    }

    @Test func `a header full of openings is read in time`() {
        let raw = Array(String(repeating: "=?utf-8?Q?", count: HostileMailTests.many / 4).utf8)
        #expect(!EncodedWord.decode(raw).isEmpty)
        #expect(!FieldValue(Array(String(repeating: "a;b*0*=", count: HostileMailTests.many / 4).utf8)).value.isEmpty)
    }

    @Test(
        arguments: [
            (nil, "image/png", "attachment.png"), ("", "x/y", "attachment"), ("..", "x/y", "attachment"), ("a/b\\c.txt", "x/y", "c.txt"),
            (".htaccess", "x/y", "htaccess"),
            ("a\u{0}b\r\n.txt", "x/y", "ab.txt"), ("LPT1.pdf", "x/y", "_LPT1.pdf"), ("a:b?.txt", "x/y", "a_b_.txt"),
            ("Übergabe März.pdf", "x/y", "Übergabe März.pdf"),
            ("x\u{202E}fdp.exe", "x/y", "xfdp.exe"), ("  a  ", "x/y", "a"), ("/", "x/y", "attachment"),
        ] as [(String?, String, String)])
    func `file names are safe wherever they go`(_ name: String?, _ type: String, _ safe: String) {
        #expect(FileName.safe(name, contentType: type) == safe)
    }

    @Test func `a long file name keeps its extension and whole characters`() {
        let name = FileName.safe(String(repeating: "ü", count: 200) + ".jpeg", contentType: "image/jpeg")
        #expect(name.hasSuffix("ü.jpeg"))
        #expect(name.utf8.count <= 120)
    }

    @Test(arguments: [
        ("a \nb", false, "a b"), ("a \nb \n\nc", false, "a b \n\nc"), ("> a \n> b", false, "> a b"), ("> a \nb", false, "> a \nb"),
        ("-- \nx", false, "-- \nx"),
        ("a \n-- \nx", false, "a \n-- \nx"), (" From x", false, "From x"), (">> a \n>> b\n> c", false, ">> a b\n> c"),
        ("Donau \ndampf", true, "Donaudampf"), ("", false, ""),
    ])
    func `flowed paragraphs are put together`(_ text: String, _ deletesSpace: Bool, _ unfolded: String) {
        #expect(FlowedText.unfolded(text, deletesSpace: deletesSpace) == unfolded)
    }
}
