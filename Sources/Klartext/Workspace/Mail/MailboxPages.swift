import Foundation

extension WorkspacePages {
    /// Where mail comes from, and whether it comes.
    func mailboxes(_ lines: [MailboxLine]) -> DeskPage {
        DeskPage(
            title: t(.deskListMailboxes), list: "/desk/mailboxes",
            body: """
                \(head(t(.deskListMailboxes), t(.mailboxIntro)))
                <p><a class="btn compact" href="/desk/mailboxes/ledger">\(icon("list")) \(t(.ledgerTitle))</a></p>
                <div class="stack">
                \(each: lines, mailbox)</div>
                """)
    }

    private func mailbox(_ line: MailboxLine) -> HTML {
        """
        <section class="panel stack tight">
        <h2>\(line.address)</h2>
        \(line.folder.map { "<p class=\"small muted\"><code>\($0)</code></p>" as HTML })
        \(state(line))
        </section>

        """
    }

    private func state(_ line: MailboxLine) -> HTML {
        guard line.folder != nil else { return "<p>\(icon("check")) \(t(.mailboxByServer))</p>" }
        guard let folder = line.state else { return "<p>\(icon("clock")) \(t(.mailboxNotYet))</p>" }
        return """
            \(folder.problem.map { trouble($0, folder, line) } ?? "<p>\(icon("check")) \(t(.mailboxWell))</p>")
            <dl class="facts">
            \(folder.lookedAt.map { "<div><dt>\(t(.mailboxLookedAt))</dt><dd>\(when($0))</dd></div>" as HTML })
            <div><dt>\(t(.mailboxKept))</dt><dd>\(folder.kept)</dd></div>
            </dl>
            \(folder.leftBehind > 0 ? "<p class=\"small muted\">\(t(.mailboxLeftBehind, ["day": folder.since], count: folder.leftBehind))</p>" : HTML())
            \(folder.stuck.isEmpty ? HTML() : stuck(folder.stuck))
            """
    }

    private func trouble(_ problem: MailFolder.Problem, _ folder: MailFolder, _ line: MailboxLine) -> HTML {
        let since: HTML? = folder.failingSince.map { "<p>\(t.html(.mailboxFailingSince, ["time": when($0)]))</p>" }
        let next: HTML? = line.nextLook.map { "<p>\(t.html(.mailboxNextLook, ["time": when($0)]))</p>" }
        return notice(
            "warn", icon: "alert",
            """
            <h3>\(words(problem.kind))</h3>
            <p>\(advice(problem.kind))</p>
            <p class="small">\(t(.mailboxDetail)) <code>\(problem.detail)</code></p>
            \(since)\(next)
            <form method="post" action="/desk/mailboxes/look"><input type="hidden" name="folder" value="\(folder.name)">
            <button class="btn compact">\(t(.mailboxLookNow))</button></form>
            """)
    }

    private func stuck(_ mails: [MailFolder.Stuck]) -> HTML {
        notice(
            "warn", icon: "alert",
            """
            <h3>\(t(.mailboxStuck, count: mails.count))</h3>
            <p>\(t(.mailboxStuckAdvice))</p>
            <ul>
            \(each: mails.prefix(20), { "<li>UID \(Int($0.uid)): <code>\($0.reason)</code></li>\n" })</ul>
            """)
    }

    private func words(_ kind: MailFolder.Problem.Kind) -> String {
        switch kind {
        case .connection: t(.mailboxProblemConnection)
        case .tls: t(.mailboxProblemTLS)
        case .signIn: t(.mailboxProblemSignIn)
        case .folder: t(.mailboxProblemFolder)
        case .refused: t(.mailboxProblemRefused)
        case .nonsense: t(.mailboxProblemNonsense)
        case .ours: t(.mailboxProblemOurs)
        }
    }

    private func advice(_ kind: MailFolder.Problem.Kind) -> String {
        switch kind {
        case .connection: t(.mailboxAdviceConnection)
        case .tls: t(.mailboxAdviceTLS)
        case .signIn: t(.mailboxAdviceSignIn)
        case .folder: t(.mailboxAdviceFolder)
        case .refused: t(.mailboxAdviceRefused)
        case .nonsense: t(.mailboxAdviceNonsense)
        case .ours: t(.mailboxAdviceOurs)
        }
    }
}
