import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// Writing: an answer to the customer, or a note that stays in the house. What cannot be sent is shown again, whole.
struct ReplyRoutes: Sendable {
    var workspace: Workspace
    private var tickets: Tickets { workspace.tickets }

    init(workspace: Workspace) { self.workspace = workspace }

    func add(to desk: RouterGroup<WebContext>) {
        desk.post("tickets/:number/reply") { request, context in try await reply(request, context) }
        desk.post("tickets/:number/notes") { request, context in try await note(request, context) }
    }

    private func reply(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        var limits = FormLimits.standard
        limits.fileBytes = workspace.uploadLimitBytes
        let form = try await Form.read(request, context, limits: limits, files: workspace.files)
        guard let number = context.ticketNumber, let file = try await tickets.file(number) else {
            return try await workspace.gone(request, agent)
        }
        let (now, moments) = (workspace.clock.now(), workspace.voices[agent.language].moments)
        var draft = ReplyDraft(form)
        take(form, into: &draft, at: now)
        draft.checkWords()
        workspace.findPromises(in: &draft, of: file.ticket, by: agent, decides: false)
        let promises = draft.newPromises(now: now, by: agent, moments)
        if let then = draft.then(file.ticket, now: now, moments), let promises, draft.problems.isEmpty {
            do {
                let answer = Tickets.Answer(
                    text: draft.corrects ? "" : draft.text, files: draft.files.map(\.newFile), then: then, seen: draft.seen,
                    promises: promises,
                    keeps: draft.keeps,
                    correction: draft.corrects ? .init(answer: draft.correction.answer, words: draft.correction.words) : nil)
                try await tickets.reply(answer, to: number, by: agent)
                return .redirect(see: "\(number.deskPath)?done=\(draft.corrects ? "correction" : "reply")")
            } catch let refusal as TicketRefusal {
                draft.problems.append(.refused(refusal))
            } catch let error as StorageError {
                context.logger.error("a reply could not be stored", metadata: ["error": "\(error)"])
                draft.problems.append(.notStored)
                return await notStored(draft, file, agent, request)
            }
        }
        // read again: what overtook the reply is to be seen
        guard let current = try await tickets.file(number) else { return try await workspace.gone(request, agent) }
        var drafts = TicketDrafts(for: current.ticket, now: now, moments)
        drafts.reply = draft
        let status: HTTPResponse.Status = draft.isOvertaken ? .conflict : .unprocessableContent
        return try await workspace.answer(workspace.page(of: current, for: agent, drafts), request, agent, status: status)
    }

    /// The page as it was read before, with the draft; nothing more is asked of a database that has just failed.
    private func notStored(_ draft: ReplyDraft, _ file: TicketFile, _ agent: Agent, _ request: Request) async -> Response {
        var drafts = TicketDrafts(for: file.ticket, now: workspace.clock.now(), workspace.voices[agent.language].moments)
        drafts.reply = draft
        let page = workspace.framed(await workspace.page(of: file, for: agent, drafts), for: agent, counters: [:])
        return .page(page, for: request, status: .serviceUnavailable, language: agent.language)
    }

    /// The files a form brings, those it kept from before first, and what went wrong with them.
    private func take(_ form: Form, into draft: inout ReplyDraft, at now: Date) {
        let kept = form.values("kept").prefix(FormLimits.standard.fileCount).map {
            UploadTicket($0, key: workspace.seal.deskUploads, now: now, maxAgeSeconds: Workspace.keptFileSeconds)
        }
        draft.files = kept.compactMap { $0 }
        draft.files += form.files("files").map {
            UploadTicket(digest: $0.stored.digest, name: $0.name, sizeBytes: $0.stored.sizeBytes, type: $0.type, issuedAt: now)
        }
        if kept.contains(where: { $0 == nil }) { draft.problems.append(.filesLost(["?"])) }
        for problem in form.problems {
            switch problem {
            case .filesTooLarge(_, let names), .filesNotStored(let names): draft.problems.append(.filesLost(names))
            case .tooManyFiles, .filesNotAccepted: draft.problems.append(.filesLost(["…"]))
            case .bodyTooLarge: draft.problems.append(.filesTooLarge)
            case .fieldsTooLarge, .tooManyFields: draft.problems.append(.textCut)
            }
        }
        if draft.files.reduce(0, { $0 + $1.sizeBytes }) > workspace.uploadLimitBytes { draft.problems.append(.filesTooLarge) }
    }

    private func note(_ request: Request, _ context: WebContext) async throws -> Response {
        let (form, agent) = (try await Form.read(request, context), try context.signedIn)
        guard let number = context.ticketNumber else { return try await workspace.gone(request, agent) }
        do {
            try await tickets.note(form.text("text"), on: number, by: agent, seen: Int(form.text("seen")))
            return .redirect(see: "\(number.deskPath)?done=note")
        } catch let refusal as TicketRefusal {
            guard let file = try await tickets.file(number) else { return try await workspace.gone(request, agent) }
            var drafts = TicketDrafts(for: file.ticket, now: workspace.clock.now(), workspace.voices[agent.language].moments)
            (drafts.note, drafts.writesNote, drafts.refusal) = (form.text("text"), true, refusal)
            return try await workspace.answer(workspace.page(of: file, for: agent, drafts), request, agent, status: refusal.status)
        }
    }
}

extension UploadTicket {
    /// The file as it stands on a message.
    fileprivate var newFile: Tickets.NewFile {
        Tickets.NewFile(stored: StoredFile(digest: digest, sizeBytes: sizeBytes), name: name, contentType: type, contentID: nil)
    }
}
