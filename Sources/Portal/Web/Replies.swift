import Foundation
import HTTPServer
import HTTPTypes
import Letters
import Logging
import Pages
import Permits
import Store

/// Turns replies and errors into answers: the only place that knows status codes and headers.
struct Replies: Sendable {
    let site: Site

    func response(to reply: Reply, context: Context) throws -> Response {
        let head = context.request.head
        switch reply {
        case .page(let page, let status):
            var response = respond(
                status: status, session: context.session, head: head, page: page, turned: context.turned,
                office: try office(context))
            if status == 503 { response.fields[.retryAfter] = "5" }
            return response
        case .redirect(let link, let notice):
            return redirect(to: link.path, notice: notice)
        case .place(let path, let notice, let counts):
            return redirect(to: path, notice: notice, counts: counts)
        case .seeOther(let path):
            return redirect(to: path)
        case .language(let language, let path):
            var response = redirect(to: path)
            response.fields.append(HTTPField(name: .setCookie, value: Cookies.setLanguage(language, site)))
            return response
        case .text(let text, let status):
            var response = Response.text(text, status: HTTPResponse.Status(code: status))
            secure(&response)
            return response
        case .message(let values, let status):
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let text = String(decoding: try encoder.encode(values), as: UTF8.self)
            var response = Response.text(text, status: HTTPResponse.Status(code: status))
            response.fields[.contentType] = "application/json"
            secure(&response)
            return response
        case .file(let file, let kind, let filename, let isDownload):
            return self.file(file, kind: kind, filename: filename, isDownload: isDownload, for: head)
        case .made(let file, let mediaType, let filename):
            var response = Response.file(path: file.path, size: file.size, type: mediaType)
            response.owner = file
            secure(&response)
            response.fields[.contentDisposition] = contentDisposition(.attachment, filename: filename)
            return response
        case .saved(let text, let mediaType, let filename):
            var response = Response.bytes(Array(text.utf8), type: mediaType)
            secure(&response)
            response.fields[.contentDisposition] = contentDisposition(.attachment, filename: filename)
            return response
        case .opened(let token, let inner, let request):
            var response = try response(to: inner, context: request)
            // So that the log-in page is still in their language when the session has ended.
            if let language = request.session?.account.language, language != Cookies.language(head, site) {
                response.fields.append(HTTPField(name: .setCookie, value: Cookies.setLanguage(language, site)))
            }
            response.fields.append(HTTPField(name: .setCookie, value: Cookies.setSession(token.token, site)))
            return response
        case .tooSoon(let seconds, let inner):
            var response = try response(to: inner, context: context)
            response.fields[.retryAfter] = String(seconds)
            return response
        case .setting(let cookie, let inner):
            var response = try response(to: inner, context: context)
            response.fields.append(HTTPField(name: .setCookie, value: cookie))
            return response
        case .closed(let link, let notice):
            var response = redirect(to: link.path, notice: notice)
            response.fields.append(HTTPField(name: .setCookie, value: Cookies.clearSession(site)))
            response.fields.append(HTTPField(name: .setCookie, value: Cookies.clearLinkedForm(site)))
            return response
        }
    }

    /// A file of the vault. Whatever its bytes are, it stays of its kind and can reach neither the portal nor the network.
    /// What a viewer of PDFs runs within a file is not in our hands here: `PDFScanner` refuses such files beforehand.
    private func file(_ file: StoredFile, kind: FileKind, filename: String, isDownload: Bool, for head: RequestHead)
        -> Response
    {
        var response = Response.file(path: site.vault.path(of: file.sha256), size: file.size, type: kind.mediaType)
        secure(&response)
        let isShown = !isDownload && (kind != .pdf || Browser(head).showsSandboxedPDFs)
        response.fields[.contentDisposition] = contentDisposition(isShown ? .inline : .attachment, filename: filename)
        response.fields[.contentSecurityPolicy] = Self.filePolicy(kind)
        // The name in the vault is the content's hash: the strongest of validators, so that a broken download goes on.
        response.fields[.eTag] = "\"\(file.sha256)\""
        return response
    }

    /// Previews stand in a sandbox, from which nothing in them can reach the portal. The viewers of PDFs need a little
    /// more than pictures do.
    private static func filePolicy(_ kind: FileKind) -> String {
        let viewer = kind == .pdf ? " img-src 'self' data:; object-src 'self';" : ""
        return "default-src 'none'; style-src 'unsafe-inline';\(viewer) frame-ancestors 'self'; sandbox"
    }

    func response(to error: any Error, session: Session?, head: RequestHead) -> Response {
        switch error {
        case PermitError.notFound: return failure(404, session: session, head: head)
        case PermitError.forbidden: return failure(403, session: session, head: head)
        case PermitError.conflict(let key):
            return failure(409, explanation: site.texts(session, head)(key), session: session, head: head)
        case PermitError.invalid(let problems):
            return failure(
                422, explanation: site.texts(session, head).sentences(problems), session: session, head: head)
        case let fault as SigningError:
            site.logger.error("not signed: \(fault)", metadata: ["request": "\(head.id)"])
            return failure(409, explanation: site.texts(session, head)(fault.textKey), session: session, head: head)
        case let tooMany as TooManyTries:
            let texts = site.texts(session, head)
            var response = failure(
                429, explanation: texts.tooManyTries(seconds: tooMany.seconds), session: session,
                head: head)
            response.fields[.retryAfter] = String(tooMany.seconds)
            return response
        case is Busy, is StoreBusy:
            site.logger.warning("\(error)", metadata: ["request": "\(head.id)"])
            var response = failure(503, session: session, head: head)
            response.fields[.retryAfter] = "5"
            return response
        case VaultFault.full:
            site.logger.error("\(error)", metadata: ["request": "\(head.id)"])
            return failure(507, session: session, head: head)
        default:
            // Not the path: activation links carry a secret in it. The access log has the route under the same id.
            site.logger.error("\(error)", metadata: ["request": "\(head.id)"])
            return failure(500, session: session, head: head)
        }
    }

    /// A request that could not even be read tells nothing of who sent it: that answer is in both languages.
    func failure(
        _ code: Int, key: String? = nil, explanation: String? = nil, session: Session?, head: RequestHead?
    ) -> Response {
        let texts = site.texts(session, head)
        let page = Failure(
            code: code, key: key, explanation: explanation,
            other: head == nil ? site.renderers[texts.language.other].texts : nil, texts: texts)
        return respond(status: code, session: session, head: head, page: page)
    }

    func redirect(to path: String, notice: NoticeText? = nil, counts: [Int] = []) -> Response {
        var response = Response.redirect(to: path)
        secure(&response)
        if let notice {
            response.fields.append(HTTPField(name: .setCookie, value: Cookies.setNotice(notice, counts: counts, site)))
        }
        return response
    }

    /// The office that a page is about, as its address tells; for its foot.
    private func office(_ context: Context) throws -> Office? {
        guard context.session?.account.role ?? .citizen == .citizen else { return nil }
        let parameters = context.request.parameters
        do {
            if let reference = parameters["ref"].flatMap({ Reference($0) }) {
                return try site.store.office(of: reference, on: context.now.day)
            }
            return try parameters["slug"].map { slug in
                let unit = try site.store.publishedLetterType(slug: slug, at: context.now).unit
                return try site.store.office(unit, on: context.now.day)
            }
        } catch PermitError.notFound {
            return nil
        }
    }

    func respond(
        status: Int, session: Session?, head: RequestHead?, page: any Page, turned: Turned? = nil,
        office: Office? = nil
    ) -> Response {
        var cookie: String?
        let key: [UInt8]
        if let session {
            key = session.csrfKey
        } else if let head, let guest = Cookies.guest(head, site) {
            key = guest
        } else {
            key = site.random(32)
            cookie = Cookies.setGuest(key, site)
        }
        let language = turned?.language ?? site.language(session, head)
        let renderer = site.renderers[language]
        let frame = self.frame(
            texts: renderer.texts, session: session, head: head, turned: turned, office: office,
            csrf: FormToken.make(key: key, mask: site.random(FormToken.length)))
        var response = Response.html(renderer.html(page, in: frame), status: HTTPResponse.Status(code: status))
        secure(&response)
        response.fields[.contentLanguage] = language.rawValue
        if let path = head?.path, path != "/", !path.hasPrefix("/layanan") || path.hasSuffix("/ajukan") {
            response.fields[.portal("X-Robots-Tag")] = "noindex"
        }
        if let cookie { response.fields.append(HTTPField(name: .setCookie, value: cookie)) }
        if let head, Cookies.notice(head, site) != nil {
            response.fields.append(HTTPField(name: .setCookie, value: Cookies.clearNotice(site)))
        }
        return response
    }

    private func frame(
        texts: Texts, session: Session?, head: RequestHead?, turned: Turned?, office: Office?, csrf: String
    )
        -> Frame
    {
        let path = head?.path ?? ""
        let sections: [Link] = [
            .activations, .register, .reports, .queue, .adminAccounts, .services, .applications, .tracking, .deletions,
        ]
        let current = sections.first { path == $0.path || path.hasPrefix($0.path + "/") }
        let news = head.flatMap { head in
            Cookies.notice(head, site)?.isInPlace == true ? nil : Cookies.notice(head, texts: texts, site)
        }
        let notice = turned?.notice(texts) ?? news
        return Frame(
            siteName: site.settings.siteName, owner: site.settings.owner, language: texts.language.rawValue,
            nav: Frame.navigation(for: Audience.audiences(of: session?.account.role), current: current, texts: texts),
            csrf: csrf, requestId: head?.id ?? "-",
            languageSwitch: LanguageSwitch(to: texts.language.other, back: PortalResponder.page(of: head)),
            viewer: session.map { ReaderModel(name: $0.account.name, role: texts($0.account.role.textKey)) },
            notice: notice, contact: office.map { OfficeModel(short: $0) })
    }

    private func secure(_ response: inout Response) {
        response.fields[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.fields[.xContentTypeOptions] = "nosniff"
        response.fields[.portal("Referrer-Policy")] = "same-origin"
        response.fields[.portal("Cross-Origin-Opener-Policy")] = "same-origin"
        // Pages hold personal data and one-time tokens: they belong in no cache.
        response.fields[.cacheControl] = "no-store"
        if site.settings.isSecure { response.fields[.strictTransportSecurity] = "max-age=31536000" }
    }
}

extension HTTPField.Name {
    /// A name that the library does not list. Every one used here is a token, so the fallback is never reached.
    static func portal(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
}
