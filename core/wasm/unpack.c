/* The face of lzma.h: a module of its own, for it unpacks the playground's others. JavaScript writes what was packed
 * from `begin` on, makes memory as large as both need, and says where each is to be. An instance unpacks one thing. */
#include "lzma.h"

#define EXPORT(name) __attribute__((export_name(name)))

extern unsigned char __heap_base; /* where the linker's own data ends; NOLINT(bugprone-reserved-identifier) its name */

EXPORT("begin") uint32_t begin(void) { return (uint32_t)(uintptr_t)&__heap_base; }

EXPORT("size") uint32_t size(const uint8_t *packed) { return bell_lzma_size(packed); }

EXPORT("unpack") void unpack(const uint8_t *packed, uint8_t *out) { bell_lzma_unpack(packed, out); }
