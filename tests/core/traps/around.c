/* What stands around the C of the shelf of traps (web/lessons/traps.html), which stands in the middle: two connections,
 * A and B, a timer, and a listener; a thread that plays their peers; and after a while, what became of it, in JSON.
 *
 *   trap EVENTS BLOCKING TAKES [WHEN:WHO:WHAT]...   a message takes TAKES ms to handle. WHAT is a number of bytes to
 *                                                   send, `close`, `reset`, or `take`, at WHEN ms; for a T, each how
 *                                                   many ms the timer expires from now on; for an S, a signal. For an
 *                                                   L somebody connects; for an F, so many descriptors are left from now
 *                                                   on; for an N, B's descriptor has this number; for an R, it is that
 *                                                   of a regular file of so many bytes. What is played at 0 has come
 *                                                   when the server begins */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { GOES_ON_MS = 200, VISITORS = 3 }; /* after the last that is played; who may connect */

static int ours[2];
static int peers[2];
static char page[300000];
static int received[2]; /* what the peers took */
static int waits;
static int most; /* of sockets in an answer */
static int reads;
static char handled[4096]; /* "A1024 B1 ": who, and how many bytes */
static int takes_ms;
static int timer;
static int every_ms;       /* the timer expires, */
static long timer_from_ms; /* from then on */
static long ticks;
static pthread_t server;
static volatile sig_atomic_t asked; /* by the signal, to reload */
static long heard[1024]; /* ms: when each descriptor was accepted, or heard last; 0: there is none */
static int limit = 500;  /* ms, for which one may be silent */
static int listener;
static int visitors[VISITORS]; /* each has its descriptor from the start, whatever is left later */
static int connected;          /* of them */

static void sleep_until_ms(int ms) {
  static struct timespec start;
  if (start.tv_sec == 0) clock_gettime(CLOCK_MONOTONIC, &start);
  struct timespec until = start;
  until.tv_nsec += ms % 1000 * 1000000L;
  until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
  until.tv_nsec %= 1000000000;
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

static long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void note(const char *what) {
  size_t used = strlen(handled);
  snprintf(handled + used, sizeof handled - used, "%s ", what);
}

static void handle(int fd, const char *data, size_t size) {
  (void)data;
  char what[32];
  snprintf(what, sizeof what, "%c%zu", fd == ours[0] ? 'A' : 'B', size);
  note(what);
  usleep((useconds_t)takes_ms * 1000);
}

static void welcome(int fd) {
  (void)fd;
  note("L");
}

/* The worker's: what was handed over takes as long, and is answered when it is done. */
static int done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char finished[4096];

static bool is_long(int fd) { return fd == ours[0]; }

static void *work(void *what) {
  usleep((useconds_t)takes_ms * 1000);
  pthread_mutex_lock(&lock);
  strcat(finished, what);
  pthread_mutex_unlock(&lock);
  free(what);
  eventfd_write(done, 1);
  return NULL;
}

static void hand_over(int fd, const char *data, size_t size) {
  (void)data;
  char what[32];
  snprintf(what, sizeof what, "%c%zu ", fd == ours[0] ? 'A' : 'B', size);
  pthread_t thread;
  pthread_create(&thread, NULL, work, strdup(what));
  pthread_detach(thread);
}

/* All that is done. */
static void answer(void) {
  pthread_mutex_lock(&lock);
  strcat(handled, finished);
  finished[0] = '\0';
  pthread_mutex_unlock(&lock);
}

/* A file, by a thread of its own. */
static void *read_all(void *file) {
  char buffer[4096];
  ssize_t size;
  while ((size = read(*(int *)file, buffer, sizeof buffer)) > 0) handle(*(int *)file, buffer, (size_t)size);
  return NULL;
}

static void each_second(void) { ticks++; }
static void keep_house(void) { note("house"); }
static void reload(void) { note("reload"); }
static void ask(int signal) { asked = signal; }

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

/* With a byte that it has not read the peer closes. */
static void reset(int who) {
  if (write(ours[who], "", 1) != 1) perror("write");
  close(peers[who]);
}

static void set_timer(int ms) {
  struct timespec every = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
  struct itimerspec when = {.it_interval = every, .it_value = every};
  every_ms = ms;
  timer_from_ms = now_ms();
  timerfd_settime(timer, 0, &when, NULL);
}

static void visit(void) {
  struct sockaddr_un name;
  socklen_t size = sizeof name;
  getsockname(listener, (struct sockaddr *)&name, &size);
  if (connect(visitors[connected++], (struct sockaddr *)&name, size) != 0) perror("connect");
}

/* How many who connected were turned away: they read the end. */
static int turned_away(void) {
  int count = 0;
  char byte;
  for (int i = 0; i < connected; i++) count += recv(visitors[i], &byte, 1, MSG_DONTWAIT) == 0;
  return count;
}

/* A process has so many descriptors; a new one has the lowest number that is free. */
static void leave_descriptors(int count) {
  int taken[16] = {0};
  for (int i = 0; i <= count; i++) taken[i] = dup(0);
  struct rlimit files = {.rlim_cur = (rlim_t)taken[count], .rlim_max = (rlim_t)taken[count]};
  for (int i = 0; i <= count; i++) close(taken[i]);
  setrlimit(RLIMIT_NOFILE, &files);
}

static void renumber(int number) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (dup2(ours[1], number) != number) perror("dup2");
  ours[1] = number;
}

/* In the place of B. */
static void put_file(int size) {
  char name[] = "/tmp/doorbell-trap-XXXXXX";
  static char bytes[65536];
  int file = mkstemp(name);
  unlink(name);
  if (write(file, bytes, (size_t)size) != size || lseek(file, 0, SEEK_SET) != 0) perror("file");
  dup2(file, ours[1]);
  fcntl(ours[1], F_SETFL, O_NONBLOCK);
}

static void listen_in_private(void) {
  struct sockaddr_un any = {.sun_family = AF_UNIX}; /* the kernel finds a name: unix(7), "Autobind feature" */
  listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (bind(listener, (struct sockaddr *)&any, sizeof any.sun_family) != 0) perror("bind");
  listen(listener, VISITORS);
  for (int i = 0; i < VISITORS; i++) visitors[i] = socket(AF_UNIX, SOCK_STREAM, 0);
}

static void play_socket(int who, const char *what) {
  static char bytes[65536];
  if (strcmp(what, "close") == 0) close(peers[who]);
  else if (strcmp(what, "reset") == 0) reset(who);
  else if (strcmp(what, "take") == 0) take_all(who);
  else if (write(peers[who], bytes, (size_t)atoi(what)) < 0) perror("write");
}

/* What is to be played until then. */
static void play_until(int ms) {
  while (play_count > 0 && atoi(*plays) <= ms) {
    sleep_until_ms(atoi(strtok(*plays, ":")));
    char who = *strtok(NULL, ":");
    const char *what = strtok(NULL, ":");
    if (who == 'T') set_timer(atoi(what));
    else if (who == 'S') pthread_kill(server, SIGHUP);
    else if (who == 'L') visit();
    else if (who == 'F') leave_descriptors(atoi(what));
    else if (who == 'N') renumber(atoi(what));
    else if (who == 'R') put_file(atoi(what));
    else play_socket(who - 'A', what);
    play_count--;
    plays++;
  }
}

static void *play(void *unused) {
  play_until(INT_MAX);
  usleep(GOES_ON_MS * 1000);
  long due = every_ms > 0 ? (now_ms() - timer_from_ms) / every_ms : 0;
  printf("{\"waits\":%d,\"most\":%d,\"reads\":%d,\"handled\":\"%s\",\"open\":[%d,%d],\"received\":[%d,%d],"
         "\"ticks\":%ld,\"due\":%ld,\"turned_away\":%d}\n",
         waits, most, reads, handled, fcntl(ours[0], F_GETFD) == 0, fcntl(ours[1], F_GETFD) == 0, received[0],
         received[1], ticks, due, turned_away());
  exit(0);
  return unused;
}

int main(int count, char **words) {
  int epoll = epoll_create1(0);
  sleep_until_ms(0);
  takes_ms = atoi(words[3]);
  server = pthread_self();
  struct sigaction asking = {.sa_handler = ask};
  sigaction(SIGHUP, &asking, NULL);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event expired = {.events = (uint32_t)strtoul(words[1], NULL, 0), .data.fd = timer};
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &expired);
  done = eventfd(0, EFD_NONBLOCK);
  struct epoll_event told = {.events = (uint32_t)strtoul(words[1], NULL, 0), .data.fd = done};
  epoll_ctl(epoll, EPOLL_CTL_ADD, done, &told);
  listen_in_private();
  struct epoll_event visited = {.events = (uint32_t)strtoul(words[1], NULL, 0), .data.fd = listener};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &visited);
  for (int i = 0; i < 2; i++) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 1;
    ours[i] = pair[0];
    peers[i] = pair[1];
    if (atoi(words[2]) == 0) fcntl(ours[i], F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = (uint32_t)strtoul(words[1], NULL, 0), .data.fd = ours[i]};
    epoll_ctl(epoll, EPOLL_CTL_ADD, ours[i], &event);
    heard[ours[i]] = now_ms();
  }
  play_count = count - 4;
  plays = words + 4;
  play_until(0);
  struct pollfd watched[2] = {{.fd = ours[0], .events = POLLIN}, {.fd = ours[1], .events = POLLIN}};
  (void)watched, (void)page, (void)limit;
  pthread_t player;
  pthread_create(&player, NULL, play, NULL);
  SERVE;
  pthread_join(player, NULL); /* a server that gives up */
}
