import Foundation
import Testing

@testable import Klartext

/// An S3-compatible store of somebody else's making, `moto`, that checks signatures. Forgets everything at its end.
final class S3Server: Sendable {
    let port: Int
    let child: ChildProcess
    private let accessKey: String
    private let secretKey: String
    /// Of somebody who may do nothing.
    private let strangersAccessKey: String
    private let strangersSecretKey: String

    /// The one that the suite's trait has started.
    @TaskLocal static var current: S3Server?

    static func with<Result>(_ body: (S3Server) async throws -> Result) async throws -> Result {
        try await withTemporaryDirectory { directory in
            let server = try await S3Server(in: directory)
            do {
                let result = try await body(server)
                try await server.stop()
                return result
            } catch {
                // A task of its own, since this one may have been cancelled for taking too long.
                try? await Task { try await server.stop() }.value
                throw error
            }
        }
    }

    private init(in directory: String) async throws {
        let child = try ChildProcess(
            "/usr/bin/env", ["python3", "-c", Self.script], environment: ProcessInfo.processInfo.environment, named: "s3", in: directory)
        self.child = child
        let words = try await eventually("moto to listen", within: 60) { () -> [Substring]? in
            guard child.isRunning else { throw RunningKlartext.EndedEarly(complaints: child.complaints) }
            return child.output.hasSuffix("\n") ? child.output.dropLast().split(separator: " ") : nil
        }
        port = try #require(Int(words[0]))
        (accessKey, secretKey, strangersAccessKey, strangersSecretKey) = (
            String(words[1]), String(words[2]), String(words[3]), String(words[4])
        )
    }

    func stop() async throws {
        child.send(SIGKILL)
        _ = try await child.status()
    }

    /// A place of its own for each test.
    func bucket(prefix: String = "\(UUID().uuidString.lowercased())/") -> S3Bucket {
        S3Bucket(host: "127.0.0.1", port: port, hasTLS: false, name: "kunden", prefix: prefix, accessKey: accessKey, secretKey: secretKey)
    }

    func strangersBucket() -> S3Bucket {
        var bucket = bucket()
        (bucket.accessKey, bucket.secretKey) = (strangersAccessKey, strangersSecretKey)
        return bucket
    }

    /// The same as an operator writes it; secret keys have slashes and are written as they are.
    func location(of bucket: S3Bucket) -> String {
        "s3://\(bucket.accessKey):\(bucket.secretKey)@127.0.0.1:\(port)/\(bucket.name)/\(bucket.prefix)?tls=off"
    }

    /// Prints its port, and two pairs of keys, then checks every signature and every right. Ends when its parent does.
    ///
    /// Left alone, moto checks the signature of an address that its web server has unescaped, which refuses even Amazon's own client as soon as
    /// anything is escaped. So it is given the address as it was sent; the check itself is botocore's.
    private static let script = """
        import json, os, time
        import boto3, flask
        from moto import settings
        from moto.iam.access_control import IAMRequestBase
        from moto.server import ThreadedMotoServer
        parent = os.getppid()
        check = IAMRequestBase.check_signature
        def check_what_was_sent(request):
            request._path = flask.request.environ["RAW_URI"]
            check(request)
        IAMRequestBase.check_signature = check_what_was_sent
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        def client(name):
            return boto3.client(name, endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
                aws_access_key_id="setup", aws_secret_access_key="setup")
        iam = client("iam")
        def user(name, actions):
            iam.create_user(UserName=name)
            if actions:
                policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
                iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=json.dumps(policy))
            key = iam.create_access_key(UserName=name)["AccessKey"]
            return key["AccessKeyId"] + " " + key["SecretAccessKey"]
        client("s3").create_bucket(Bucket="kunden")
        keys = user("klartext", ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) + " " + user("stranger", [])
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
        print(port, keys, flush=True)
        while os.getppid() == parent: time.sleep(0.5)
        os._exit(0)
        """
}

/// Starts one store for all tests of a suite, and stops it after them.
struct S3ServerTrait: SuiteTrait, TestScoping {
    let isRecursive = false

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
        try await S3Server.with { server in
            try await S3Server.$current.withValue(server) { try await function() }
        }
    }
}

extension Trait where Self == S3ServerTrait {
    static var s3Server: Self { S3ServerTrait() }
}
