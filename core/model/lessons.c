#include "lessons.h"

static const bell_lesson *const lessons[] = {&bell_multiplexer_lesson, &bell_loop_lesson};

const bell_lesson *bell_lesson_of(bell_host host) {
  const bell_lesson *const *lesson = lessons;
  while (!bell_lesson_has_host(*lesson, host)) lesson++;
  return *lesson;
}
