// Iterating a stream locks it; the end, or leaving the loop, gives the lock back.
// Source: Streams, ReadableStream: asynchronous iteration; Web IDL, asynchronous iterator objects
const streamOf = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
    cancel(reason) {
      console.log('cancelled', reason);
    },
  });
let turns = 0;
const count = () => ++turns < 20 && queueMicrotask(count);
queueMicrotask(count);
(async () => {
  const whole = streamOf('a', 'b');
  for await (const chunk of whole) console.log(chunk, whole.locked, turns);
  console.log(whole.locked, turns);
  const left = streamOf('c', 'd');
  for await (const chunk of left) {
    console.log(chunk);
    break;
  }
  console.log(left.locked);
  const kept = streamOf('e', 'f');
  for await (const chunk of kept.values({ preventCancel: true })) {
    console.log(chunk);
    break;
  }
  for await (const chunk of kept) console.log(chunk);
})();
