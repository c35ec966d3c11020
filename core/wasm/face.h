/* face: what the modules share inside. face.c has the contract towards JavaScript. */
#ifndef BELL_FACE_H
#define BELL_FACE_H

#include "lessons.h"

#define EXPORT(name) __attribute__((export_name(name)))

enum { BELL_FACE_PROBLEMS_MAX = 100 };

typedef struct bell_face {
  bell_arena memory;
  char *text;
  uint32_t length;
  bell_scenario scenario;
  size_t parsed_end; /* where the scenario ends in memory, and a trace begins */
  bell_trace trace;
  bell_problem problems[BELL_FACE_PROBLEMS_MAX];
  uint32_t problem_count; /* may be more than are kept */
  const char *error;
} bell_face;

extern bell_face bell_self;

/* Remembers why a call failed: `return bell_face_fail(...)` returns 0. */
uint32_t bell_face_fail(const char *why);
uint32_t bell_face_fail_memory(void);

/* Makes sure that `bytes` more of memory can be taken. */
bool bell_face_reserve(size_t bytes);

/* The lesson of the module: each names its own. */
extern const bell_lesson *const bell_face_lesson;

/* Was a scenario parsed for it? If not, the call fails. */
bool bell_face_is_parsed(void);

/* Makes room for a run's trace, where an earlier one may be. */
bool bell_face_start_run(size_t bytes);

/* Runs the scenario that was parsed. */
bool bell_face_run(bell_lesson_options options);

/* A sentence, ended by a NUL: where it stands until the next one is asked for. It is printed twice: to measure, and to
 * keep. */
typedef void bell_face_print(uint32_t index, bell_text *out);
uint32_t bell_face_sentence(bell_face_print *print, uint32_t index);

/* ---- what `describe` says ---------------------------------------------------------------------------------------- */

typedef struct bell_face_member {
  const char *name;
  size_t offset;
  size_t size;
} bell_face_member;

#define MEMBER(type, name) \
  { #name, offsetof(type, name), sizeof(((type *)0)->name) }
#define COUNT(array) (uint32_t)(sizeof(array) / sizeof *(array))

/* "name":123, */
void bell_face_write_number(const char *name, int64_t number, bell_text *out);

/* "name":{"at":ADDRESS,"count":ROWS,"stride":BYTES,"columns":{"time_us":[OFFSET,BYTES],...}}, */
void bell_face_write_table(const char *name, const void *at, uint32_t count, size_t stride,
                           const bell_face_member *members, uint32_t member_count, bell_text *out);

/* "name":["first","second"], */
void bell_face_write_words(const char *name, const char *(*word)(uint32_t), uint32_t count, bell_text *out);

/* What a lesson's own module has to say besides. */
void bell_face_describe_own(bell_text *out);

/* Keeps a problem, for `problem` to tell. */
extern const bell_report bell_face_report;

#endif
