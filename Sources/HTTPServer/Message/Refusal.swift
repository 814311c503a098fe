import HTTPTypes

/// A fault in a request, as the status that answers it. The connection closes after that answer.
struct Refusal: Error, Equatable {
    let status: HTTPResponse.Status
    init(_ code: Int) { status = HTTPResponse.Status(code: code) }
}
