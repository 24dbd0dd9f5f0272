import Foundation

extension WorkspacePages {
    /// What did not arrive for good, and what could not be done.
    /// - Parameter letters: one more than a page shows, if there are more.
    func dead(_ letters: [Letter], _ jobs: [DeadJob]) -> DeskPage {
        let shown = letters.prefix(Workspace.linesPerPage)
        let more = letters.count > shown.count ? shown.last.map { "/desk/dead?before=\($0.id)" } : nil
        return DeskPage(
            title: t(.deskListDead), list: "/desk/dead",
            body: """
                \(head(t(.deskListDead), t(.letterDeadIntro)))
                \(shown.isEmpty ? empty(t(.letterDeadEmpty)) : "<ol class=\"queue\">\n\(each: shown, deadLetter)</ol>")
                \(self.more(more))
                \(jobs.isEmpty ? nil : deadJobs(jobs))
                """)
    }

    private func deadLetter(_ letter: Letter) -> HTML {
        let ticket = letter.conversation.flatMap(TicketNumber.init(rawValue:)).map { "\(number($0)) · " as HTML }
        return """
            <li class="mail-row">
            <div class="row-main"><a class="row-link" data-row href="/desk/letters/\(Int(letter.id))">\(title(letter))</a>
            <p class="row-sub">\(ticket)<b>\(recipient(letter))</b> · \(letter.subject)</p></div>
            <span class="chip is-failed">\(icon("mail-failed")) \
            \(t(.letterStateFailed))\(letter.code.map { " <code>\($0)</code>" as HTML })</span>
            <span class="row-fact end">\(when(letter.stateAt))</span>
            </li>

            """
    }

    private func deadJobs(_ jobs: [DeadJob]) -> HTML {
        """
        <section class="stack tight" aria-labelledby="jobs">
        <h2 id="jobs">\(t(.letterDeadJobs))</h2>
        <p class="muted small">\(t(.letterDeadJobsIntro))</p>
        <ol class="queue">
        \(each: jobs, deadJob)</ol>
        </section>
        """
    }

    private func deadJob(_ job: DeadJob) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><p><b>\(job.kind)</b> <code>\(job.key)</code></p>
        <p class="small muted">\(job.error)</p></div>
        <span class="row-fact">\(t(.letterDeadAttempts, count: job.attempts)), \(when(job.diedAt))</span>
        <form method="post" action="/desk/dead/revive"><input type="hidden" name="key" value="\(job.key)">
        <button class="btn compact">\(t(.letterDeadRevive))</button></form>
        </li>

        """
    }
}
