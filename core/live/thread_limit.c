#include "thread_limit.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>

static bool is_limited(__rlimit_resource_t resource) {
  struct rlimit limit;
  return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

/* Is there room for one more stack? */
static bool has_room(void) {
  pthread_attr_t defaults;
  size_t bytes = 0;
  pthread_attr_init(&defaults);
  pthread_attr_getstacksize(&defaults, &bytes);
  pthread_attr_destroy(&defaults);
  void *room = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  return room != MAP_FAILED && munmap(room, bytes) == 0;
}

const char *live_thread_limit(void) {
  if (!has_room()) {
    return is_limited(RLIMIT_AS)
               ? "there is no room for one more thread's stack; raise the limit on addresses first: ulimit -v unlimited"
               : "there is no room for one more thread's stack; smaller ones fit: ulimit -s 256";
  }
  return is_limited(RLIMIT_NPROC)
             ? "no more threads may be started; raise the limit on processes first: ulimit -u unlimited"
             : "no more threads may be started on this machine (kernel.threads-max, or its container's limit)";
}
