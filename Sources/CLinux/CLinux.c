#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static uint32_t epoll_events(uint32_t interest) {
    uint32_t events = 0;
    if (interest & CLX_READ) events |= EPOLLIN | EPOLLRDHUP;
    if (interest & CLX_WRITE) events |= EPOLLOUT;
    if (interest & CLX_ONCE) events |= EPOLLONESHOT;
    if (interest & CLX_EDGE) events |= EPOLLET;
    return events;
}

int clx_epoll_create(void) {
    int fd = epoll_create1(EPOLL_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int clx_epoll_add(int epoll, int fd, uint32_t interest, uint64_t tag) {
    struct epoll_event event = {.events = epoll_events(interest), .data.u64 = tag};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

int clx_epoll_change(int epoll, int fd, uint32_t interest, uint64_t tag) {
    struct epoll_event event = {.events = epoll_events(interest), .data.u64 = tag};
    return epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event) < 0 ? -errno : 0;
}

int clx_epoll_remove(int epoll, int fd) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL) < 0 ? -errno : 0;
}

int clx_epoll_wait(int epoll, int timeout_ms, uint64_t *tag, int *ended) {
    struct epoll_event event;
    int count = epoll_wait(epoll, &event, 1, timeout_ms);
    if (count < 0) return -errno;
    if (count == 1) {
        *tag = event.data.u64;
        *ended = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    }
    return count;
}

int clx_event_create(void) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

int clx_event_raise(int fd) { return eventfd_write(fd, 1) < 0 ? -errno : 0; }

int clx_listen(const char *address, uint16_t port, int backlog) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr *where;
    socklen_t bytes;
    if (inet_pton(AF_INET, address, &v4.sin_addr) == 1) {
        where = (struct sockaddr *)&v4;
        bytes = sizeof v4;
    } else if (inet_pton(AF_INET6, address, &v6.sin6_addr) == 1) {
        where = (struct sockaddr *)&v6;
        bytes = sizeof v6;
    } else {
        return -EINVAL;
    }
    int fd = socket(where->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, where, bytes) < 0 || listen(fd, backlog) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}

// Whether a process listens on the socket file. Any answer but a refusal counts: a full queue means a busy server.
static int is_answered(const struct sockaddr_un *where) {
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (probe < 0) return 1;
    int is_refused = connect(probe, (const struct sockaddr *)where, sizeof *where) < 0 && errno == ECONNREFUSED;
    close(probe);
    return !is_refused;
}

int clx_listen_unix(const char *path, uint32_t mode, int backlog, clx_file_id *file) {
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0) return -EINVAL;
    if (length >= sizeof where.sun_path) return -ENAMETOOLONG;
    memcpy(where.sun_path, path, length);
    struct stat about;
    if (lstat(path, &about) == 0) {
        if (!S_ISSOCK(about.st_mode)) return -EEXIST;
        if (is_answered(&where)) return -EADDRINUSE;
        if (unlink(path) < 0 && errno != ENOENT) return -errno;
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (bind(fd, (struct sockaddr *)&where, sizeof where) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    // Nobody can connect before listen(), so the file never stands open with other permissions.
    if (chmod(path, mode) < 0 || lstat(path, &about) < 0 || listen(fd, backlog) < 0) {
        int error = errno;
        unlink(path);
        close(fd);
        return -error;
    }
    file->device = about.st_dev;
    file->inode = about.st_ino;
    return fd;
}

int clx_unlink_if(const char *path, clx_file_id file) {
    struct stat about;
    if (lstat(path, &about) < 0) return -errno;
    if (about.st_dev != file.device || about.st_ino != file.inode) return -ESTALE;
    return unlink(path) < 0 ? -errno : 0;
}

int clx_adopt_listener(int fd) {
    int kind = 0, listens = 0;
    socklen_t bytes = sizeof kind;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &kind, &bytes) < 0) return -errno;
    bytes = sizeof listens;
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &bytes) < 0) return -errno;
    if (kind != SOCK_STREAM || !listens) return -EINVAL;
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) return -errno;
    return 0;
}

int clx_local_port(int fd) {
    struct sockaddr_storage where;
    socklen_t bytes = sizeof where;
    if (getsockname(fd, (struct sockaddr *)&where, &bytes) < 0) return -errno;
    if (where.ss_family == AF_INET) return ntohs(((struct sockaddr_in *)&where)->sin_port);
    if (where.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&where)->sin6_port);
    return 0;
}

int clx_accept(int fd, char address[CLX_ADDRESS_BYTES]) {
    struct sockaddr_storage peer;
    socklen_t bytes = sizeof peer;
    int client = accept4(fd, (struct sockaddr *)&peer, &bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) return -errno;
    address[0] = 0;
    if (peer.ss_family == AF_INET) {
        inet_ntop(AF_INET, &((struct sockaddr_in *)&peer)->sin_addr, address, CLX_ADDRESS_BYTES);
    } else if (peer.ss_family == AF_INET6) {
        struct in6_addr *v6 = &((struct sockaddr_in6 *)&peer)->sin6_addr;
        // A dual-stack socket shows IPv4 peers as ::ffff:a.b.c.d; one client must have one name.
        if (IN6_IS_ADDR_V4MAPPED(v6)) {
            inet_ntop(AF_INET, v6->s6_addr + 12, address, CLX_ADDRESS_BYTES);
        } else {
            inet_ntop(AF_INET6, v6, address, CLX_ADDRESS_BYTES);
        }
    }
    if (peer.ss_family != AF_UNIX) {
        int yes = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    return client;
}

ssize_t clx_send(int fd, const void *a, size_t a_bytes, const void *b, size_t b_bytes, int more) {
    struct iovec parts[2] = {{(void *)a, a_bytes}, {(void *)b, b_bytes}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = b_bytes > 0 ? 2 : 1};
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT | (more ? MSG_MORE : 0));
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

ssize_t clx_receive(int fd, void *buffer, size_t bytes) {
    ssize_t got;
    do {
        got = recv(fd, buffer, bytes, MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

int clx_waiting(int fd) {
    char byte;
    return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

ssize_t clx_sendfile(int fd, int file, off_t *offset, size_t bytes) {
    ssize_t sent;
    do {
        sent = sendfile(fd, file, offset, bytes);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

int clx_open_file(const char *path, int64_t *size) {
    // NONBLOCK so that a named pipe in the way cannot hang the thread; it is refused just below.
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return -errno;
    struct stat about;
    if (fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return -EINVAL;
    }
    *size = about.st_size;
    return fd;
}

int clx_create_private(const char *path) {
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd < 0 ? -errno : fd;
}

ssize_t clx_find(const void *haystack, size_t haystack_bytes, const void *needle, size_t needle_bytes) {
    const char *at = memmem(haystack, haystack_bytes, needle, needle_bytes);
    return at ? at - (const char *)haystack : -1;
}

static uint64_t clock_now(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t clx_coarse_now(void) { return clock_now(CLOCK_MONOTONIC_COARSE); }

uint64_t clx_now(void) { return clock_now(CLOCK_MONOTONIC); }
