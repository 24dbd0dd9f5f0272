/// What customers read about promises on their page.
extension TextKey {
    static let statusPromises = TextKey("status.promises")
    static let statusPromiseOpen = TextKey("status.promise.open")
    static let statusPromiseMissed = TextKey("status.promise.missed")
    static let statusPromiseKept = TextKey("status.promise.kept")
    static let statusPromiseKeptLate = TextKey("status.promise.keptLate")
    static let statusPromiseWithdrawn = TextKey("status.promise.withdrawn")
}
