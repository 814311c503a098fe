import Foundation
import HTTPServer
import HTTPTypes
import Pages
import Permits
import Testing

@testable import Portal

@Suite struct RouteTests {
    @Test func everyLinkIsARoute() throws {
        var router = Router<Route>()
        for route in PortalResponder.routes { router.add(route.method, route.pattern, route) }
        for link in Link.samples {
            let path = String(link.path.prefix { $0 != "?" })
            let isKnown = [HTTPRequest.Method.get, .post].contains { method in
                if case .found = router.match(method, path) { true } else { false }
            }
            #expect(isKnown, "\(link.path)")
        }
    }

    @Test func onlyPostsTakeABodyAndAllOfThemAreLimited() {
        for route in PortalResponder.routes {
            #expect((route.method == .post) == (route.body.max > 0), "\(route.method) \(route.pattern)")
            #expect(route.body.max <= 64 << 20)
        }
    }

    @Test func formsStandOnPages() {
        func patterns(_ method: HTTPRequest.Method) -> Set<String> {
            Set(PortalResponder.routes.filter { $0.method == method }.map(\.pattern))
        }
        #expect(!Interrupted.pages.isEmpty && Set(Interrupted.pages.values).isSubset(of: patterns(.get)))
        #expect(Set(Interrupted.pages.keys).isSubset(of: patterns(.post)))
        #expect(!Interrupted.undone.isEmpty && Set(Interrupted.undone.keys).isSubset(of: patterns(.post)))
    }

    /// Every route x every role: whoever is not named is refused before the handler.
    @Test func accessMatrix() async throws {
        let portal = try TestPortal()
        let clients: [(Role?, Client)] = [
            (nil, portal.client()), (.citizen, try await portal.client(DemoWorld.siti)),
            (.verifier, try await portal.client(DemoWorld.budi)),
            (.signatory, try await portal.client(DemoWorld.ratna)), (.admin, try await portal.client(DemoWorld.dewi)),
        ]
        for route in PortalResponder.routes {
            let path = route.pattern.replacingOccurrences(of: ":ref", with: "ABCD-EFGH").replacingOccurrences(
                of: ":id", with: "999"
            )
            .replacingOccurrences(of: ":key", with: "x").replacingOccurrences(of: ":token", with: "x")
            .replacingOccurrences(of: ":slug", with: "x")
            for (role, client) in clients {
                // Without a form token even those who may do nothing by it.
                let reply = route.method == .get ? try await client.get(path) : try await client.post(path, [:])
                let what = "\(route.method) \(path) as \(role?.rawValue ?? "nobody"): \(reply.status)"
                if let roles = route.access.roles {
                    switch role {
                    case nil where route.method == .get:
                        #expect(reply.status == 303 && reply.location?.hasPrefix("/masuk?next=") == true, "\(what)")
                    case nil: #expect(reply.status == 403, "\(what)")
                    case let role? where !roles.contains(role): #expect(reply.status == 403, "\(what)")
                    // The record does not exist, or the form has no token: but it got past the door.
                    case _ where route.method == .post:
                        #expect(reply.status == 403 && reply.text.contains("name=\"csrf\""), "\(what)")
                    default: #expect([200, 404, 303].contains(reply.status), "\(what)")
                    }
                } else if route.method == .get {
                    #expect([200, 404, 303].contains(reply.status), "\(what)")
                } else {
                    // No form token: offered again, or nothing to offer.
                    #expect([403, 404].contains(reply.status), "\(what)")
                }
            }
        }
    }

    /// The menu leads nobody to a page that refuses them.
    @Test(arguments: [DemoWorld.siti, DemoWorld.budi, DemoWorld.ratna, DemoWorld.dewi])
    func everyMenuEntryOpens(person: DemoWorld.Person) async throws {
        let portal = try TestPortal()
        let client = try await portal.client(person)
        let page = try await client.get("/").text
        let menu = try #require(page.range(of: "<nav")).lowerBound..<(try #require(page.range(of: "</nav>"))).upperBound
        let paths = page[menu].matches(of: /href="([^"]+)"/).map { String($0.output.1) }
        #expect(!paths.isEmpty)
        for path in paths { #expect(try await client.get(path).status == 200, "\(path) for \(person.name)") }
    }

    @Test func foreignFormsAreRefused() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let page = try await siti.get("/akun")
        for headers in [
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
        ] {
            let reply = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": page.csrf], headers: headers)
            #expect(reply.status == 403)
            #expect(!reply.text.contains("penelitian"))
        }
        let other = try await portal.client(DemoWorld.budi)
        let stolen = try await other.get("/akun").csrf
        #expect(try await siti.post("/permohonan", ["slug": "penelitian", "csrf": stolen]).status == 403)
        #expect(try await siti.post("/permohonan", ["slug": "penelitian", "csrf": page.csrf]).status == 303)
    }

    @Test func nextNeverLeavesTheSite() async throws {
        let portal = try TestPortal()
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
            let client = portal.client()
            let page = try await client.get("/masuk")
            let reply = try await client.post(
                "/masuk",
                ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": page.csrf, "next": next])
            #expect(reply.location == "/permohonan")
        }
    }

    @Test func pagesCarryTheirGuards() async throws {
        let portal = try TestPortal()
        let reply = try await portal.client().get("/")
        #expect(reply.headers["content-security-policy"]?.contains("default-src 'none'") == true)
        #expect(reply.headers["content-security-policy"]?.contains("unsafe-inline") == false)
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        #expect(reply.headers["cache-control"] == "no-store")
        #expect(reply.headers["set-cookie"]?.contains("HttpOnly; SameSite=Lax") == true)
        let missing = try await portal.client().get("/tidak-ada")
        #expect(missing.status == 404)
        #expect(missing.text.contains("<code>"))
    }
}
