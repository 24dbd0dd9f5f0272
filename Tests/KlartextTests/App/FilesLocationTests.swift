import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct FilesLocationTests {
    @Test(arguments: [
        ("s3://AKIA:abc@s3.example/kunden", S3Bucket(host: "s3.example", name: "kunden", accessKey: "AKIA", secretKey: "abc")),
        (
            "s3://AKIA:a/b+c=@s3.example:9000/kunden/klartext/2031/?region=eu-central-1&tls=off&style=path",
            S3Bucket(
                host: "s3.example", port: 9000, hasTLS: false, name: "kunden", prefix: "klartext/2031/", region: "eu-central-1",
                accessKey: "AKIA", secretKey: "a/b+c=")
        ),
        (
            "s3://AKIA:a%40b%2Fc@[::1]:9000/ab.c?tls=on",
            S3Bucket(host: "::1", port: 9000, name: "ab.c", accessKey: "AKIA", secretKey: "a@b/c")
        ),
        (
            "s3://A:b:c@d@s3.example/kunden?style=virtual",
            S3Bucket(host: "s3.example", name: "kunden", style: .virtual, accessKey: "A", secretKey: "b:c@d")
        ),
    ])
    func `a bucket is read from its location`(text: String, bucket: S3Bucket) {
        #expect(FilesLocation(text) == .bucket(bucket))
    }

    @Test func `a path is a directory`() {
        #expect(FilesLocation("/srv/klartext files") == .directory("/srv/klartext files"))
    }

    @Test(arguments: [
        "", "files", "./files", "s3:/a:b@c/ddd", "S3://a:b@c/ddd", "s3://", "s3://s3.example/kunden", "s3://a@s3.example/kunden",
        "s3://:b@s3.example/kunden", "s3://a:@s3.example/kunden", "s3://a b:c@s3.example/kunden", "s3://a,b:c@s3.example/kunden",
        "s3://a:%zz@s3.example/kunden", "s3://a:b%0A@s3.example/kunden", "s3://a:b@s3.example", "s3://a:b@s3.example/", "s3://a:b@/kunden",
        "s3://a:b@s3.example:0/kunden", "s3://a:b@s3.example:x/kunden", "s3://a:b@s3.example/ku", "s3://a:b@s3.example/Kunden",
        "s3://a:b@s3.example/-kunden", "s3://a:b@s3.example/kunden//x", "s3://a:b@s3.example/kunden/../x", "s3://a:b@s3.example/kunden/a b",
        "s3://a:b@s3.example/kunden?", "s3://a:b@s3.example/kunden?tls=no", "s3://a:b@s3.example/kunden?tsl=off",
        "s3://a:b@s3.example/kunden?tls=on&tls=off", "s3://a:b@s3.example/kunden?region=", "s3://a:b@s3.example/kunden?style=dns",
        "s3://a:b@s3.example/kun.den?style=virtual", "/srv/a\nb", "s3://a:b@s3.example/kunden/é",
    ])
    func `anything else is refused`(text: String) {
        #expect(FilesLocation(text) == nil)
    }

    @Test func `files are in the data directory unless something else is said`() throws {
        #expect(try Configuration.load(environment: ["KLARTEXT_DATA": "/d"]).files == .directory("/d/files"))
        #expect(try Configuration.load(environment: ["KLARTEXT_FILES": "/shared"]).files == .directory("/shared"))
    }

    @Test func `the secret key is never shown`() throws {
        let text = "s3://AKIA:gehe/im@s3.example/kunden/x?tls=off"
        let bucket = try #require(S3Bucket(location: text))
        let configuration = try Configuration.load(environment: ["KLARTEXT_FILES": text])
        var dumped = ""
        dump(configuration.files, to: &dumped)
        for shown in ["\(bucket)", "\(configuration.files)", dumped, configuration.report(), String(reflecting: [bucket])] {
            #expect(!shown.contains("gehe") && !shown.contains("im@"))
        }
        #expect("\(bucket)" == "s3://s3.example/kunden/x")
        #expect(configuration.report().contains("= s3://AKIA:***@s3.example/kunden/x?***  (from environment)"))
    }

    @Test func `a bucket's addresses follow its style and its port`() {
        var bucket = S3Bucket(host: "s3.example", port: 443, name: "kunden", prefix: "x/", accessKey: "a", secretKey: "b")
        #expect(bucket.base == "https://s3.example" && bucket.path() == "/kunden" && bucket.path("x/y") == "/kunden/x/y")
        bucket.style = .virtual
        #expect(bucket.base == "https://kunden.s3.example" && bucket.path() == "/" && bucket.path("x/y") == "/x/y")
        (bucket.hasTLS, bucket.host, bucket.style) = (false, "::1", .path)
        #expect(bucket.base == "http://[::1]:443")
        bucket.port = 80
        #expect(bucket.authority == "[::1]")
    }
}

extension S3Bucket {
    fileprivate init?(location text: String) {
        guard case .bucket(let bucket) = FilesLocation(text) else { return nil }
        self = bucket
    }
}
