import Foundation

/// The components with their bars.
extension StatusFrame {
    var components: HTML {
        let top = status.topComponents.filter(isShown)
        guard !top.isEmpty else { return HTML() }
        let hasBars = status.components.contains { $0.availability != nil }
        return """
            <section aria-labelledby="parts">
            <h2 id="parts">\(t(.statuspageComponents))</h2>
            \(each: runs(top), list)\(hasBars ? legend : HTML())</section>

            """
    }

    /// Components without a group that follow each other stand in one list; each group has its own.
    private func runs(_ top: [PublishedComponent]) -> [[PublishedComponent]] {
        top.reduce(into: []) { runs, component in
            if let last = runs.last, let neighbour = last.first, !neighbour.isGroup, !component.isGroup {
                runs[runs.count - 1] = last + [component]
            } else {
                runs.append([component])
            }
        }
    }

    private func list(_ run: [PublishedComponent]) -> HTML {
        guard let first = run.first else { return HTML() }
        guard first.isGroup else { return "<ul class=\"card parts\">\n\(each: run, component)</ul>\n" }
        let members = status.members(of: first).filter(isShown)
        return """
            <div class="card">
            <h3>\(name(first.name)) \(state(first.state))</h3>
            \(about(first))<ul class="parts">
            \(each: members, component)</ul>
            </div>

            """
    }

    private func component(_ component: PublishedComponent) -> HTML {
        """
        <li><p class="part"><b>\(name(component.name))</b> \(state(component.state))</p>
        \(about(component))\(DayBars(component, self).picture)</li>

        """
    }

    private func about(_ component: PublishedComponent) -> HTML {
        component.description.read(in: language).isBlank ? HTML() : "<p class=\"soft\">\(name(component.description))</p>\n"
    }

    private func isShown(_ component: PublishedComponent) -> Bool {
        let isWell = component.state == .operational
        if component.isGroup { return status.members(of: component).contains(where: isShown) }
        return !(component.isShownOnlyIfDegraded && isWell)
    }

    /// What heights and colours mean, and how the number is made: each vendor weighs a partial outage differently.
    private var legend: HTML {
        """
        <p class="legend">\(each: ComponentState.allCases, state)</p>
        <p class="soft">\(t(.statuspageFormula))</p>

        """
    }
}
