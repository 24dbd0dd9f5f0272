/// One page of what a bucket holds, as ListObjectsV2 answers.
struct S3Listing: Equatable {
    struct Object: Equatable {
        var key: String
        var changedSecondsSinceEpoch: Int
    }

    var objects: [Object] = []
    /// Asks for the next page; nil on the last one.
    var continuation: String?

    /// nil for what is no listing, or one whose objects have no key or no date: nothing may be guessed where things are removed.
    init?(_ bytes: [UInt8]) {
        let document = S3Document(bytes)
        guard let isTruncated = document.text("ListBucketResult", "IsTruncated") else { return nil }
        var key: String?
        var changed: Int?
        for leaf in document.leaves where leaf.path.count == 3 && leaf.path[0] == "ListBucketResult" && leaf.path[1] == "Contents" {
            switch leaf.path[2] {
            case "Key":
                guard key == nil else { return nil }
                key = leaf.text
            case "LastModified":
                guard changed == nil, let seconds = S3Time.seconds(list: leaf.text) else { return nil }
                changed = seconds
            default: continue
            }
            guard let name = key, let seconds = changed else { continue }
            objects.append(Object(key: name, changedSecondsSinceEpoch: seconds))
            (key, changed) = (nil, nil)
        }
        guard key == nil, changed == nil else { return nil }
        if isTruncated == "true" {
            continuation = document.text("ListBucketResult", "NextContinuationToken")
            if continuation == nil { return nil }
        }
    }
}
