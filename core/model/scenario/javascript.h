/* javascript: the words that a learner brings along from JavaScript, and what a scenario says instead. */
#ifndef BELL_JAVASCRIPT_H
#define BELL_JAVASCRIPT_H

#include "scenario/problem.h"

/* What is wrong with a statement that starts with this word, which is none of bell_words: BELL_PROBLEM_WORD when
 * JavaScript does not have it either; else BELL_PROBLEM_WORD_JAVASCRIPT or BELL_PROBLEM_WORD_LOG, and of the word is
 * left what stands before its parenthesis: "setTimeout". */
bell_problem_code javascript_problem(bell_slice *word);

/* What a scenario says instead, with the learner's own name and time: one line or two. In a sentence, with a phrase
 * between them; else as lines, which take the place of the learner's. */
void javascript_print(const bell_problem *problem, bool in_sentence, bell_text *out);

#endif
