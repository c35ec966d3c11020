# The same for Python: see around.c.
import ctypes, errno, fcntl, json, os, resource, select, selectors, signal, socket, sys, tempfile, threading, time

events, blocking, takes_ms, *plays = sys.argv[1:]
start = time.monotonic()
peers, handled, sockets = [], [], {}
page, received = bytes(300_000), [0, 0]
waits = most = reads = ticks = 0
every_ms = timer_from = 0
asked = False
visitors, welcomed, finished = [], [], []
limit = 0.5  # seconds, for which one may be silent


def sleep_until_ms(ms):
    time.sleep(max(0, start + ms / 1000 - time.monotonic()))


def handle(fd, data):
    handled.append(f'{"AB"[numbers.index(fd)]}{len(data)} ')
    time.sleep(int(takes_ms) / 1000)


def welcome(connection):
    welcomed.append(connection)
    handled.append('L ')


def is_long(fd):
    return fd == numbers[0]


def work(what):  # the worker's: it takes as long, and is answered when it is done
    time.sleep(int(takes_ms) / 1000)
    finished.append(what)
    os.eventfd_write(done, 1)


def hand_over(fd, data):
    what = f'{"AB"[numbers.index(fd)]}{len(data)} '
    threading.Thread(target=work, args=[what], daemon=True).start()


def answer():  # all that is done
    while finished:
        handled.append(finished.pop(0))


class File:  # which counts its reads, as Our does
    def __init__(self, fd):
        self.fd = fd

    def fileno(self):
        return self.fd


def counted_read(fd, size, read=os.read):
    global reads
    reads += 1
    return read(fd, size)


os.read = counted_read


def read_all(file):  # by a thread of its own
    while data := os.read(file.fileno(), 4096):
        handle(file.fileno(), data)


def each_second():
    global ticks
    ticks += 1


def keep_house():
    handled.append('house ')


def reload():
    global asked
    asked = False
    handled.append('reload ')


def ask(*_):
    global asked
    asked = True


def receive(fd):
    data = sockets[fd].recv(4096)
    if data:
        handle(fd, data)


def send_more(fd):
    return True  # nothing is left to be sent


class Counted:
    def __init__(self, epoll):
        self.epoll = epoll

    def poll(self, *arguments, **more):
        global waits, most
        waits += 1
        answer = self.epoll.poll(*arguments, **more)
        most = max(most, len(answer))
        return answer

    def __getattr__(self, name):
        return getattr(self.epoll, name)


def is_open(fd):
    try:
        fcntl.fcntl(fd, fcntl.F_GETFD)
        return 1
    except OSError:
        return 0


class Our(socket.socket):
    def recv(self, size):
        global reads
        reads += 1
        return super().recv(size)


def take_all(who):
    try:
        while data := peers[who].recv(65536, socket.MSG_DONTWAIT):
            received[who] += len(data)
    except BlockingIOError:
        pass


def reset(who):
    list(sockets.values())[who].send(b'.')  # which the peer does not read
    peers[who].close()


def set_timer(ms):  # Python has os.timerfd_settime_ns since 3.13
    global every_ms, timer_from
    every_ms, timer_from = ms, time.monotonic()
    every = [ms // 1000, ms % 1000 * 1_000_000]
    library.timerfd_settime(timer, 0, (ctypes.c_long * 4)(*every, *every), None)


def visit():
    visitor = free.pop()
    visitor.connect(listener.getsockname())
    visitors.append(visitor)


def was_turned_away(visitor):
    try:
        return visitor.recv(1, socket.MSG_DONTWAIT) == b''
    except BlockingIOError:
        return False


def leave_descriptors(count):
    taken = [os.dup(0) for _ in range(count + 1)]
    for fd in taken:
        os.close(fd)
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[-1], taken[-1]))


def renumber(number):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    old = sockets.pop(numbers[1])
    our = Our(fileno=fcntl.fcntl(old, fcntl.F_DUPFD, number))
    old.close()
    sockets[our.fileno()] = our
    numbers[1] = our.fileno()


def put_file(size):  # in the place of B
    with tempfile.TemporaryFile() as file:
        file.write(bytes(size))
        file.seek(0)
        sockets.pop(numbers[1]).close()
        fd = os.dup(file.fileno())
    os.set_blocking(fd, False)
    sockets[fd] = File(fd)
    numbers[1] = fd


def play_socket(who, what):
    if what == 'close':
        peers[who].close()
    elif what == 'reset':
        reset(who)
    elif what == 'take':
        take_all(who)
    else:
        peers[who].send(bytes(int(what)))


def play_until(ms):
    while plays and int(plays[0].split(':')[0]) <= ms:
        when, who, what = plays.pop(0).split(':')
        sleep_until_ms(int(when))
        if who == 'T':
            set_timer(int(what))
        elif who == 'L':
            visit()
        elif who == 'F':
            leave_descriptors(int(what))
        elif who == 'N':
            renumber(int(what))
        elif who == 'R':
            put_file(int(what))
        elif who == 'S':
            signal.pthread_kill(threading.main_thread().ident, signal.SIGHUP)
        else:
            play_socket('AB'.index(who), what)


def play():
    play_until(10**6)
    time.sleep(0.2)  # and so long it goes on
    seen = {'waits': waits, 'most': most, 'reads': reads, 'handled': ''.join(handled)}
    due = int((time.monotonic() - timer_from) * 1000 / every_ms) if every_ms else 0
    more = {'received': received, 'open': [is_open(fd) for fd in numbers], 'ticks': ticks, 'due': due}
    more['turned_away'] = sum(was_turned_away(visitor) for visitor in visitors)
    print(json.dumps({**seen, **more}), flush=True)
    os._exit(0)


epoll = Counted(select.epoll())
for _ in 'AB':
    pair = socket.socketpair()
    our = Our(fileno=pair[0].detach())
    our.setblocking(blocking == '1')
    epoll.register(our.fileno(), int(events, 0))
    sockets[our.fileno()] = our
    peers.append(pair[1])
numbers = list(sockets)
done = os.eventfd(0, os.EFD_NONBLOCK)
epoll.register(done, int(events, 0))
free = [socket.socket(socket.AF_UNIX) for _ in range(3)]  # each has its descriptor from the start
listener = socket.socket(socket.AF_UNIX)
listener.bind('')  # the kernel finds a name
listener.listen(len(free))
listener.setblocking(False)
epoll.register(listener.fileno(), int(events, 0))
heard = {fd: time.monotonic() for fd in sockets}
library = ctypes.CDLL(None)
timer = library.timerfd_create(time.CLOCK_MONOTONIC, os.O_NONBLOCK)
epoll.register(timer, int(events, 0))
signal.signal(signal.SIGHUP, ask)

SNIPPET

play_until(0)
player = threading.Thread(target=play, daemon=True)
player.start()
SERVE
player.join()  # a server that gives up; where one fails, the program ends
