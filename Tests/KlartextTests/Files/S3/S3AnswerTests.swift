import Foundation
import Testing

@testable import Klartext

/// What a store's answers mean.
@Suite(.timeLimit(.minutes(1)))
struct S3AnswerTests {
    private static func page(_ inner: String) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>kunden</Name><Prefix/>\(inner)</ListBucketResult>
            """.utf8)
    }

    @Test func `a page of a bucket has its objects and says how to go on`() throws {
        let listing = try #require(
            S3Listing(
                Self.page(
                    """
                    <IsTruncated>true</IsTruncated><NextContinuationToken>1&amp;2=&quot;&#x2B;&#47;</NextContinuationToken>
                    <Contents><Key>ab/1</Key><LastModified>2009-10-12T17:50:30.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>3</Size>
                      <Owner><ID>1</ID></Owner></Contents>
                    <Contents><LastModified>1970-01-01T00:00:01Z</LastModified><Key>ab/a &lt;&apos;&gt;</Key></Contents>
                    <CommonPrefixes><Prefix>x/</Prefix></CommonPrefixes>
                    """)))
        #expect(listing.continuation == "1&2=\"+/")
        #expect(
            listing.objects == [
                .init(key: "ab/1", changedSecondsSinceEpoch: 1_255_369_830), .init(key: "ab/a <'>", changedSecondsSinceEpoch: 1),
            ])
    }

    @Test(arguments: [
        "", "<Contents><Key>a</Key></Contents><IsTruncated>false</IsTruncated>",
        "<IsTruncated>false</IsTruncated><Contents><Key>a</Key><LastModified>gestern</LastModified></Contents>",
        "<IsTruncated>false</IsTruncated><Contents><Key>a</Key><Key>b</Key><LastModified>2009-10-12T17:50:30Z</LastModified></Contents>",
        "<IsTruncated>true</IsTruncated>",
    ])
    func `a page that leaves something open is none`(inner: String) {
        #expect(S3Listing(Self.page(inner)) == nil)
    }

    @Test func `a document that is none, or has no end, is read as far as it goes`() {
        let leaves = { (text: String) in S3Document(Array(text.utf8)).leaves }
        #expect(leaves("").isEmpty)
        #expect(leaves("no < document").isEmpty)
        #expect(leaves("</a></b>").isEmpty)
        #expect(leaves("<a><b>1</b><c>2") == [.init(path: ["a", "b"], text: "1")])
        #expect(leaves("<!-- <a> --><a x='1'>&nbsp;&#0;&amp</a>").first?.text == "&nbsp;\u{0}&amp")
        #expect(leaves(String(repeating: "<a>", count: 100_000)).isEmpty)
    }

    @Test func `an error says what an operator can do`() {
        let failure = S3Failure(
            status: 403, body: Array("<Error><Code>SignatureDoesNotMatch</Code><Message>The request…</Message></Error>".utf8))
        #expect("\(failure)" == "the secret key does not belong to the access key (SignatureDoesNotMatch)")
        let strange = S3Failure(status: 418, body: Array("<Error><Code>Teapot</Code><Message>I\nam</Message></Error>".utf8))
        #expect("\(strange)" == "the store answered 418, Teapot: I am")
        #expect("\(S3Failure(status: 500, body: []))" == "the store answered 500")
    }

    @Test(arguments: [
        (S3Failure.unreachable("x"), true), (.odd("x"), false), (.refused(status: 503, code: "SlowDown", message: ""), true),
        (.refused(status: 400, code: "RequestTimeout", message: ""), true), (.refused(status: 403, code: "", message: ""), false),
        (.refused(status: 404, code: "NoSuchKey", message: ""), false), (.refused(status: 501, code: "", message: ""), false),
    ])
    func `only what passes is tried again`(failure: S3Failure, isPassing: Bool) {
        #expect(failure.isPassing == isPassing)
    }

    @Test func `both ways to write a date are read, and nothing else`() {
        #expect(S3Time.seconds(header: "Mon, 12 Oct 2009 17:50:30 GMT") == 1_255_369_830)
        #expect(S3Time.seconds(list: "2009-10-12T17:50:30.999Z") == 1_255_369_830)
        for text in ["", "Mon, 12 Okt 2009 17:50:30 GMT", "Mon, 12 Oct 2009 17:50:30 CET", "Mon, 1x Oct 2009 17:50:30 GMT"] {
            #expect(S3Time.seconds(header: text) == nil)
        }
        for text in ["", "2009-10-12 17:50:30.000Z", "2009-10-12T17:50:30+0200", "2009-13-12T17:50:30Z", "2009-10-12T25:50:30Z"] {
            #expect(S3Time.seconds(list: text) == nil)
        }
    }
}
