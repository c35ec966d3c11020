/* usage: how a line that starts with a word is written, from the table of words. */
#ifndef BELL_USAGE_H
#define BELL_USAGE_H

#include "scenario/words.h"

/* `timer NAME ["PAYLOAD"] after D [takes D] [forever]`: what may be left out is in brackets, one of several is parted
 * by a bar. In capitals stands what the author fills in: NAME, a new one; PROMISE, one that stands above; PAYLOAD; T, a
 * time, and [T...], as many more; D, a duration. `never`, which may stand in the place of `ready T`, is not shown.
 *
 * False, and nothing printed, where the word does not fit: see bell_word_fits, which has the same arguments. */
bool bell_usage_print(bell_kind kind, bell_host host, bell_kind under, bell_text *out);

#endif
