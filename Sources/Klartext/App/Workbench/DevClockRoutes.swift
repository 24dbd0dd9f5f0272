import Foundation
import HTTPTypes
import Hummingbird

/// Makes time pass: each quarter of an hour of it everything is done that falls due, as if it had been waited for. In development alone.
struct DevClockRoutes: Sendable {
    let desk: Desk
    let work: Work
    let pages: DevClockPages

    init(_ desk: Desk, layout: DeskLayout) {
        self.desk = desk
        work = Work(desk)
        pages = DevClockPages(frame: DevMailPages(layout: layout, voices: desk.voices, company: desk.configuration.company))
    }

    /// Adds nothing at all unless the instance is one for development.
    func add(to router: Router<WebContext>) {
        guard let clock = desk.devClock else { return }
        router.get("/dev/clock") { request, context in show(request, context) }
        router.post("/dev/clock") { request, context in try await putForward(clock, request, context) }
    }

    private func show(_ request: Request, _ context: WebContext, isRefused: Bool = false) -> Response {
        let page = pages.clock(now: desk.clock.now(), isRefused: isRefused, context.language)
        return .page(page, for: request, status: isRefused ? .unprocessableContent : .ok, language: context.language)
    }

    private func putForward(_ clock: DevClock, _ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        let now = desk.clock.now()
        guard let target = target(form, now), target > now, target <= now.addingTimeInterval(DevClock.mostSeconds) else {
            return show(request, context, isRefused: true)
        }
        for step in DevClock.steps(from: now, to: target) {
            try clock.put(forwardTo: step)
            try await work.catchUp()
        }
        return .redirect(see: "/dev/clock")
    }

    /// `until`, in the desk's time zone, or so many `minutes` from now.
    private func target(_ form: Form, _ now: Date) -> Date? {
        if let minutes = Int(form.trimmed("minutes")) { return now.addingTimeInterval(Double(minutes) * 60) }
        return desk.voices[desk.configuration.language].moments.date(fromLocalInput: form.trimmed("until"))
    }
}
