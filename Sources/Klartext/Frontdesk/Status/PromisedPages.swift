import Foundation

/// What the customer was promised: by when, and what became of it.
extension FrontdeskPages {
    func promises(_ promises: [Promise], _ t: Voice) -> HTML {
        "<ul class=\"promised\">\n\(each: promises.sorted { ($0.state != .open ? 1 : 0, $0.dueAt) < ($1.state != .open ? 1 : 0, $1.dueAt) }, { promised($0, t) })</ul>"
    }

    private func promised(_ promise: Promise, _ t: Voice) -> HTML {
        let (tone, icon, state) = state(of: promise, t)
        let others = promise.thirdParty.map { "<span class=\"muted\">\(t(.promisePromisedBy, ["name": $0]))</span> " as HTML }
        return """
            <li class="\(tone)">\(layout.icon(icon)) <div><strong>\(promise.text)</strong> \(others)
            <p>\(state)</p></div></li>

            """
    }

    private func state(of promise: Promise, _ t: Voice) -> (tone: String, icon: String, HTML) {
        switch promise.state {
        case .kept: ("is-solved", "check", HTML(text: t(promise.isKeptInTime == false ? .statusPromiseKeptLate : .statusPromiseKept)))
        case .withdrawn: ("is-closed", "alert", HTML(text: t(.statusPromiseWithdrawn, ["reason": promise.outcome])))
        case .open where promise.missed > 0:
            (
                "is-overdue", "alert",
                t.html(
                    .statusPromiseMissed,
                    ["first": t.time(promise.firstDueAt), "time": "<strong>\(t.time(promise.dueAt))</strong>"])
            )
        case .open: ("is-us", "clock", t.html(.statusPromiseOpen, ["time": "<strong>\(t.time(promise.dueAt))</strong>"]))
        }
    }
}
