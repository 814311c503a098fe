#ifndef CLINUX_H
#define CLINUX_H

// What Glibc's Swift module leaves out: variadic calls and function-like macros of the kernel's interface.

#endif
