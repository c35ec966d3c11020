#include <stdint.h>

/* Emscripten exports these three for its own JavaScript, which is not here, and with them a caller could move the stack
 * onto our data. These do nothing, and the linker takes them instead. */
void stackRestore(uint32_t place);
void stackRestore(uint32_t place) { (void)place; }
uint32_t stackSave(void);
uint32_t stackSave(void) { return 0; }
uint32_t stackAlloc(uint32_t bytes);
uint32_t stackAlloc(uint32_t bytes) {
  (void)bytes;
  return 0;
}
