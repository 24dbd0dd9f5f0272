import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct FileNameTests {
    @Test(arguments: [
        ("Rechnung März.pdf", "Rechnung März.pdf"), ("C:\\Users\\eva\\scan.png", "scan.png"), ("../../etc/passwd", "passwd"),
        ("a\u{0}b\r\nc.txt", "abc.txt"), ("cod\u{202E}fdp.exe", "codfdp.exe"), ("..", "file"), ("", "file"), ("/", "file"),
        (" .htaccess ", "htaccess"), ("x.exe. . ", "x.exe"), ("日本語.txt", "日本語.txt"), ("👩‍👩‍👧.jpg", "👩‍👩‍👧.jpg"), ("a\u{301}/\u{301}b", "\u{301}b"),
    ])
    func `a file's name is made safe`(_ sent: String, _ safe: String) {
        #expect(FileName.safe(sent) == safe)
    }

    @Test func `a long name keeps its extension`() {
        let name = FileName.safe(String(repeating: "ü", count: 300) + ".jpeg")
        #expect(name.utf8.count <= 150 && name.hasSuffix("ü.jpeg"))
        #expect(FileName.safe("a." + String(repeating: "b", count: 300)).utf8.count == 150)
    }

    @Test func `only the browsers' own escapes are undone`() {
        #expect(FileName.decodingBrowserEscapes("a%22b%0D%0a%41%2F.txt") == "a\"b\r\n%41%2F.txt")
        #expect(FileName.decodingBrowserEscapes("100%") == "100%")
    }

    @Test(arguments: [
        ("image/png", "image/png"), ("text/html; x", "application/octet-stream"), (nil, "application/octet-stream"),
        ("a/b/c", "application/octet-stream"), ("/", "application/octet-stream"), ("image/svg+xml", "image/svg+xml"),
        ("text/x\r\ny", "application/octet-stream"),
    ])
    func `a declared type is fit for a header or is dropped`(_ declared: String?, _ type: String) {
        #expect(FileName.safeType(declared) == type)
    }
}
