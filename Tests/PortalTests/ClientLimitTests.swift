import Foundation
import HTTPServer
import HTTPTypes
import Testing

@testable import Portal

/// Limits that are asked before a body is taken.
@Suite struct ClientLimitTests {
    /// 160 addresses of one household send the same form.
    @Test func addressesOfOneNetworkShareALimit() throws {
        let portal = try TestPortal()
        let responder = PortalResponder(site: portal.site)
        func statuses(_ address: (Int) -> String) -> [Int] {
            (1...160).map { number in
                let head = RequestHead(
                    method: .post, path: "/verifikasi/berkas", remoteAddress: address(number))
                if case .refuse(let response, _) = responder.admit(head) { return response.status.code }
                return 0
            }
        }
        let burst = Int(portal.site.settings.rates.fileCheck.burst)
        let one = statuses { "2001:db8::\(String($0, radix: 16))" }
        #expect(one.prefix(burst).allSatisfy { $0 == 0 } && one.dropFirst(burst).allSatisfy { $0 == 429 })
        #expect(statuses { "2001:db8:0:\(String($0, radix: 16))::1" }.allSatisfy { $0 == 0 })
    }

    /// A limited visitor's ten megabytes are not even taken, and one sentence says how long they wait.
    @Test func aLimitedUploadIsRefusedBeforeItComes() async throws {
        let portal = try TestPortal()
        let visitor = portal.client()
        for _ in 0..<Int(portal.site.settings.rates.fileCheck.burst) {
            _ = try await VerificationTests.check(visitor, Data("halo".utf8))
        }
        let head = RequestHead(method: .post, path: "/verifikasi/berkas")
        guard case .refuse(let refusal, _) = PortalResponder(site: portal.site).admit(head) else {
            Issue.record("its body would be taken")
            return
        }
        #expect(refusal.status.code == 429 && refusal.fields[.retryAfter] == "10")
        let reply = try await VerificationTests.check(visitor, Data("halo".utf8))
        #expect(reply.status == 429 && reply.text.contains("Coba lagi dalam 10 detik."))
        #expect(!reply.text.contains("beberapa menit"))
    }
}
