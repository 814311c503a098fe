import Answer
import HTTPTypes
import Hummingbird
import Logging

/// The same answer from Hummingbird, without an access log. Usage: bench-hummingbird PORT
@main struct Main {
    static func main() async throws {
        let router = Router()
        router.get("/layanan") { _, _ in
            Response(
                status: .ok, headers: Answer.fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: Answer.body)))
        }
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8082
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger)
        try await application.runService()
    }
}
