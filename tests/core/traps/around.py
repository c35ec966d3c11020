# The same for Python: see around.c.
import fcntl, json, os, select, socket, sys, threading, time

events, blocking, *plays = sys.argv[1:]
start = time.monotonic()
peers, handled, sockets = [], [], {}
page, received = bytes(300_000), [0, 0]
waits = most = reads = 0


def sleep_until_ms(ms):
    time.sleep(max(0, start + ms / 1000 - time.monotonic()))


def handle(fd, data):
    handled.append(f'{"AB"[numbers.index(fd)]}{len(data)} ')


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


def play_until(ms):
    while plays and int(plays[0].split(':')[0]) <= ms:
        when, who, what = plays.pop(0).split(':')
        sleep_until_ms(int(when))
        peer = peers['AB'.index(who)]
        if what == 'close':
            peer.close()
        elif what == 'take':
            take_all('AB'.index(who))
        else:
            peer.send(bytes(int(what)))


def play():
    play_until(10**6)
    time.sleep(0.2)  # and so long it goes on
    seen = {'waits': waits, 'most': most, 'reads': reads, 'handled': ''.join(handled)}
    print(json.dumps({**seen, 'received': received, 'open': [is_open(fd) for fd in numbers]}), flush=True)
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

SNIPPET

play_until(0)
threading.Thread(target=play).start()
SERVE
