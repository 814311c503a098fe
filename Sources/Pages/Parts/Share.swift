public import Mustache

/// What other sites show of a public page when somebody shares it (Open Graph, ogp.me; Twitter Cards).
public struct ShareTags: MustacheParent, Sendable {
    public var title: String
    public var description: String
    /// With scheme and host, without a query.
    public var url: String
    /// With scheme and host; nil where there is no picture.
    public var image: String?

    public init(title: String, description: String, url: String, image: String? = nil) {
        self.title = title
        self.description = description
        self.url = url
        self.image = image
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "description": description
        case "url": url
        case "image": image as Any
        default: nil
        }
    }
}

/// An address to be passed on: plain links to where people share, and the address itself to be copied.
public struct ShareLinks: MustacheParent, Sendable {
    public var url: String
    public var whatsApp: String
    public var telegram: String
    public var facebook: String

    /// - Parameter text: What stands before the address in a message.
    public init(url: String, text: String) {
        self.url = url
        let address = Link.segment(url)
        whatsApp = "https://wa.me/?text=\(Link.segment("\(text)\n\(url)"))"
        telegram = "https://t.me/share/url?url=\(address)&text=\(Link.segment(text))"
        facebook = "https://www.facebook.com/sharer/sharer.php?u=\(address)"
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "url": url
        case "whatsApp": whatsApp
        case "telegram": telegram
        case "facebook": facebook
        default: nil
        }
    }
}
