/* ZBar behind one C function: its header's C++ half does not compile as C++20. */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The bytes of the first QR code in a grey picture without row padding, copied into `text`; their
 * number (at most `capacity`), or -1 for none. */
long zbar_read_qr(const unsigned char* grey, unsigned width, unsigned height, char* text,
                  size_t capacity);

#ifdef __cplusplus
}
#endif
