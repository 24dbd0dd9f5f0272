import ArgumentParser

/// `klartext forms`: what can be said of the request types without serving them.
struct FormsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forms", abstract: "Looks at the request types.", subcommands: [FormsCheckCommand.self])
}

struct FormsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Says what is wrong with the request types, with file and line; exit code 78 when something is. Then SIGHUP puts them in force."
    )

    @Argument(help: "The directory, if it is not that of KLARTEXT_FORMS.") var directory: String?

    func run() async throws {
        // of another directory nobody knows which queues it will be used with
        let configuration = try directory == nil ? configured() : nil
        let queues = configuration?.mailboxes.queues.map(\.name)
        do {
            for type in try Forms(directory: directory ?? configuration?.formsDirectory ?? "", queues: queues).types {
                print("ok    \(type.id): \(type.title.en), \(type.fields.count) fields")
            }
        } catch let error as FormsError {
            complain("\(error)")
            throw ExitCode(78)
        }
    }
}
