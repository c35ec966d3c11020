/* What stands around the C of the shelf of traps (web/lessons/traps.html), which stands in the middle: two connections,
 * A and B; a thread that plays their peers; and after a while, what became of it, in JSON.
 *
 *   trap EVENTS BLOCKING [WHEN:WHO:WHAT]...    WHAT is a number of bytes to send, `close`, or `take`, at WHEN ms; what
 *                                              is played at 0 has come when the server begins */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { GOES_ON_MS = 200 }; /* after the last that is played */

static int ours[2];
static int peers[2];
static char page[300000];
static int received[2]; /* what the peers took */
static int waits;
static int most; /* of sockets in an answer */
static int reads;
static char handled[4096]; /* "A1024 B1 ": who, and how many bytes */

static void sleep_until_ms(int ms) {
  static struct timespec start;
  if (start.tv_sec == 0) clock_gettime(CLOCK_MONOTONIC, &start);
  struct timespec until = start;
  until.tv_nsec += ms % 1000 * 1000000L;
  until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
  until.tv_nsec %= 1000000000;
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

static void handle(int fd, const char *data, size_t size) {
  (void)data;
  size_t used = strlen(handled);
  snprintf(handled + used, sizeof handled - used, "%c%zu ", fd == ours[0] ? 'A' : 'B', size);
}

static void receive(int fd) {
  char buffer[4096];
  ssize_t size = read(fd, buffer, sizeof buffer);
  if (size > 0) handle(fd, buffer, (size_t)size);
}

/* Nothing is left to be sent. */
static bool send_more(int fd) {
  (void)fd;
  return true;
}

static int counted_wait(int epoll, struct epoll_event *ready, int room, int ms) {
  waits++;
  int count = epoll_wait(epoll, ready, room, ms);
  if (count > most) most = count;
  return count;
}

static ssize_t counted_read(int fd, void *buffer, size_t size) {
  reads++;
  return read(fd, buffer, size);
}

#define epoll_wait counted_wait
#define read counted_read

SNIPPET

static int play_count;
static char **plays;

static void take_all(int who) {
  static char bytes[65536];
  ssize_t size;
  while ((size = recv(peers[who], bytes, sizeof bytes, MSG_DONTWAIT)) > 0) received[who] += (int)size;
}

/* What is to be played until then. */
static void play_until(int ms) {
  static char bytes[65536];
  while (play_count > 0 && atoi(*plays) <= ms) {
    sleep_until_ms(atoi(strtok(*plays, ":")));
    int who = *strtok(NULL, ":") - 'A';
    const char *what = strtok(NULL, ":");
    if (strcmp(what, "close") == 0) close(peers[who]);
    else if (strcmp(what, "take") == 0) take_all(who);
    else if (write(peers[who], bytes, (size_t)atoi(what)) < 0) perror("write");
    play_count--;
    plays++;
  }
}

static void *play(void *unused) {
  play_until(INT_MAX);
  usleep(GOES_ON_MS * 1000);
  printf("{\"waits\":%d,\"most\":%d,\"reads\":%d,\"handled\":\"%s\",\"open\":[%d,%d],\"received\":[%d,%d]}\n", waits,
         most, reads, handled, fcntl(ours[0], F_GETFD) == 0, fcntl(ours[1], F_GETFD) == 0, received[0], received[1]);
  exit(0);
  return unused;
}

int main(int count, char **words) {
  int epoll = epoll_create1(0);
  sleep_until_ms(0);
  for (int i = 0; i < 2; i++) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 1;
    ours[i] = pair[0];
    peers[i] = pair[1];
    if (atoi(words[2]) == 0) fcntl(ours[i], F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = (uint32_t)strtoul(words[1], NULL, 0), .data.fd = ours[i]};
    epoll_ctl(epoll, EPOLL_CTL_ADD, ours[i], &event);
  }
  play_count = count - 3;
  plays = words + 3;
  struct pollfd watched[2] = {{.fd = ours[0], .events = POLLIN}, {.fd = ours[1], .events = POLLIN}};
  (void)watched, (void)page;
  play_until(0);
  pthread_t player;
  pthread_create(&player, NULL, play, NULL);
  SERVE;
}
