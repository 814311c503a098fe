/// All open connections, by tag, and how many each client has.
final class ConnectionTable: Sendable {
    private struct Contents {
        /// Indexed by descriptor.
        var slots: [Connection?] = []
        var perAddress: [String: Int] = [:]
        var count = 0
        /// Of these, the ones over a limit that are just being told so.
        var shed = 0
        var generation: UInt32 = 0
    }

    private let contents = Protected(Contents())
    /// Open connections, to wait for the last.
    let open = Gate(0)

    var count: Int { contents.withLock { $0.count } }

    /// Connections over the limits that may be told so at leisure. Few, or one address could fill the server with them.
    private static let shedRoom = 64

    /// Adds the connection that `make` builds from its tag and from whether it exceeds a limit. Nil when even the room
    /// for those is taken.
    func insert(
        fd: Int32, address: String, limit: Int, addressLimit: Int, make: (_ tag: UInt64, _ isOver: Bool) -> Connection
    ) -> Connection? {
        let key = clientNetwork(address)
        let connection: Connection? = contents.withLock { contents in
            let isOver = contents.count - contents.shed >= limit || contents.perAddress[key, default: 0] >= addressLimit
            if isOver {
                guard contents.shed < Self.shedRoom else { return nil }
                contents.shed += 1
            } else {
                contents.perAddress[key, default: 0] += 1
            }
            let index = Int(fd)
            while contents.slots.count <= index { contents.slots.append(nil) }
            contents.generation &+= 1
            contents.count += 1
            // The generation tells a late wake-up for an old connection from one for its successor.
            let connection = make(UInt64(contents.generation & 0x7FFF_FFFF) << 32 | UInt64(UInt32(fd)), isOver)
            contents.slots[index] = connection
            return connection
        }
        if connection != nil { open.add(1) }
        return connection
    }

    func find(_ tag: UInt64) -> Connection? {
        contents.withLock { contents in
            let index = Int(UInt32(truncatingIfNeeded: tag))
            guard index < contents.slots.count, let connection = contents.slots[index], connection.tag == tag
            else { return nil }
            return connection
        }
    }

    /// Called before the descriptor is closed, as the kernel may give it out again at once.
    func remove(_ connection: Connection) {
        let key = clientNetwork(connection.remoteAddress)
        contents.withLock { contents in
            contents.slots[Int(connection.fd)] = nil
            contents.count -= 1
            if connection.isShed {
                contents.shed -= 1
            } else if let count = contents.perAddress[key] {
                contents.perAddress[key] = count > 1 ? count - 1 : nil
            }
        }
        open.add(-1)
    }

    var all: [Connection] { contents.withLock { $0.slots.compactMap { $0 } } }
}
