import Klartext

@main
struct Main {
    static func main() async { await Commands.main() }
}
