/// The sign for each state, on a grid of 14: five shapes that differ in outline, so that they are told apart without colour and in print.
enum StateSign {
    static func path(_ state: ComponentState) -> String {
        switch state {
        // a disc with a tick
        case .operational: "M7 0a7 7 0 1 1 0 14A7 7 0 0 1 7 0zM6 10.4l5-5.2-1.3-1.2L6 7.9 4.3 6.2 3 7.5z"
        // a square with two bars
        case .underMaintenance:
            "M1.5 0h11A1.5 1.5 0 0 1 14 1.5v11a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 0 12.5v-11A1.5 1.5 0 0 1 1.5 0zM4 3.5v7h2v-7zM8 3.5v7h2v-7z"
        // a disc with a hand that points down
        case .degradedPerformance: "M7 0a7 7 0 1 1 0 14A7 7 0 0 1 7 0zM6 3v5.2l3.4 2 .9-1.5L7.8 7.2V3z"
        // a triangle with an exclamation mark
        case .partialOutage: "M7 .6 14 13.4H0zM6.1 4.8v4.4h1.8V4.8zM6.1 10.3v1.8h1.8v-1.8z"
        // an octagon with a cross
        case .majorOutage:
            "M4.1 0h5.8L14 4.1v5.8L9.9 14H4.1L0 9.9V4.1zM4.9 3.6 3.6 4.9 5.7 7 3.6 9.1l1.3 1.3L7 8.3l2.1 2.1 1.3-1.3L8.3 7l2.1-2.1-1.3-1.3L7 5.7z"
        }
    }

    static func xml(_ state: ComponentState) -> XML { "<path fill-rule=\"evenodd\" d=\"\(path(state))\"/>" }
}
