import HTTPServer
import HTTPTypes
import Testing

@testable import Portal

/// What people read of requests that the server itself refuses.
@Suite struct RefusalTests {
    private static func text(_ response: Response) -> String {
        if case .bytes(let bytes) = response.body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }

    /// Of files only where files are sent, and how much they may be together.
    @Test func whatWasTooLargeIsNamed() throws {
        let responder = PortalResponder(site: try TestPortal().site)
        func answer(_ path: String) -> String {
            Self.text(responder.failure(.contentTooLarge, head: RequestHead(method: .post, path: path)))
        }
        #expect(answer("/lacak").contains("Isian terlalu panjang") && !answer("/lacak").contains("erkas"))
        #expect(answer("/permohonan/ABCD-EFGH/berkas").contains("paling besar 64 MB untuk sekali kirim"))
        #expect(answer("/permohonan/ABCD-EFGH/laporan/unggahan").contains("paling besar 51 MB untuk sekali kirim"))
    }

    /// Nothing is known of whoever sent it: the answer is in both languages.
    @Test func whatCannotBeReadIsAnsweredInBothLanguages() throws {
        let responder = PortalResponder(site: try TestPortal().site)
        for status in [HTTPResponse.Status.requestHeaderFieldsTooLarge, .badRequest, .uriTooLong] {
            let text = Self.text(responder.failure(status, head: nil))
            #expect(text.contains("<h1>Permintaan tidak dapat diproses</h1>"), "\(status)")
            #expect(text.contains("<div lang=\"en\">\n<h2>Your request cannot be processed</h2>"), "\(status)")
        }
        let known = responder.failure(.badRequest, head: RequestHead(method: .get, path: "/"))
        #expect(!Self.text(known).contains("<div lang="))
    }
}
