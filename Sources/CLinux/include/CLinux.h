#ifndef CLINUX_H
#define CLINUX_H

// What Glibc's Swift module leaves out: epoll, eventfd, accept4, address families and memmem.
// Every call returns -errno on failure, so that no thread has to read errno across the language border.

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    CLX_READ = 1,   // wake when bytes can be read or the peer has closed its side
    CLX_WRITE = 2,  // wake when bytes can be written
    CLX_ONCE = 4,   // disarm after one wake-up, so exactly one thread gets the descriptor
    CLX_EDGE = 8,   // wake only when something has changed
};

/// Longest text form of an address: IPv6 with a scope.
enum { CLX_ADDRESS_BYTES = 64 };

int clx_epoll_create(void);
int clx_epoll_add(int epoll, int fd, uint32_t interest, uint64_t tag);
int clx_epoll_change(int epoll, int fd, uint32_t interest, uint64_t tag);
int clx_epoll_remove(int epoll, int fd);
/// Waits for one descriptor: 1 with its tag, 0 on time-out. A negative time-out waits for ever. `ended` receives
/// whether the peer has finished sending, or is gone.
int clx_epoll_wait(int epoll, int timeout_ms, uint64_t *tag, int *ended);

/// An eventfd that wakes every waiter until it is closed.
int clx_event_create(void);
int clx_event_raise(int fd);

/// A listening, non-blocking TCP socket on a numeric IPv4 or IPv6 address.
int clx_listen(const char *address, uint16_t port, int backlog);
/// Which file a path named at some moment.
typedef struct {
    uint64_t device;
    uint64_t inode;
} clx_file_id;

/// A listening, non-blocking unix socket. A socket file on which nobody answers is replaced; `file` receives the new
/// one. -EADDRINUSE when somebody answers, -EEXIST when the path is no socket.
int clx_listen_unix(const char *path, uint32_t mode, int backlog, clx_file_id *file);
/// Removes `path` if it still names `file`.
int clx_unlink_if(const char *path, clx_file_id file);
/// Checks that an inherited descriptor is a listening stream socket, and makes it non-blocking and close-on-exec.
int clx_adopt_listener(int fd);
/// The port of a TCP socket, 0 for other families.
int clx_local_port(int fd);
/// The next connection: non-blocking, close-on-exec, without Nagle's delay. `address` receives the peer as text.
int clx_accept(int fd, char address[CLX_ADDRESS_BYTES]);

/// Sends two buffers with one call and without SIGPIPE. `more` says that a file follows.
ssize_t clx_send(int fd, const void *a, size_t a_bytes, const void *b, size_t b_bytes, int more);
ssize_t clx_receive(int fd, void *buffer, size_t bytes);
/// 1 when received bytes wait to be read, else 0.
int clx_waiting(int fd);
ssize_t clx_sendfile(int fd, int file, off_t *offset, size_t bytes);

/// Opens for reading without following a final symbolic link; only regular files. `size` receives the length.
int clx_open_file(const char *path, int64_t *size);
/// Creates a private file that did not exist before (0600).
int clx_create_private(const char *path);

/// Offset of `needle` in `haystack`, or -1.
ssize_t clx_find(const void *haystack, size_t haystack_bytes, const void *needle, size_t needle_bytes);

/// Monotonic time in nanoseconds, precise to a few milliseconds, without a system call.
uint64_t clx_coarse_now(void);
/// Monotonic time in nanoseconds, precise.
uint64_t clx_now(void);

#endif
