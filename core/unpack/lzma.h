/* lzma: unpacks what the build packed, in the format of `.lzma` files (lzma-specification.txt in the LZMA SDK).
 *
 * The playground's engine is half a megabyte. Browsers unpack gzip themselves, but of LZMA 11% less need travel: 25 KB,
 * of which this takes three. In JavaScript it would be one, and take twice as long: it is over before an engine has
 * found out what is worth compiling well.
 *
 * `packed` is whole, and as its packer made it: nothing is checked. `out` has room for all, and begins as zeros. */
#ifndef BELL_LZMA_H
#define BELL_LZMA_H

#include <stdint.h>

/* How many bytes come out: less than 4 GiB. */
uint32_t bell_lzma_size(const uint8_t *packed);

void bell_lzma_unpack(const uint8_t *packed, uint8_t *out);

#endif
