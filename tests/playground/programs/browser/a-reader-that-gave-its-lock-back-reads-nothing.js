// A reader that has given the lock back reads nothing any more, and a stream has one reader at a time.
// Source: Streams 4.3.4 releaseLock, 4.2.4 getReader; Web IDL 3.2.17, a dictionary's members go by name
const stream = new ReadableStream({
  start(controller) {
    controller.enqueue('a');
    controller.enqueue('b');
    controller.close();
  },
});
(async () => {
  const first = stream.getReader();
  console.log(JSON.stringify(await first.read()));
  try {
    stream.getReader();
  } catch (error) {
    console.log(error.message);
  }
  first.releaseLock();
  await first.read().catch((error) => console.log(error.name));
  const second = stream.getReader();
  console.log(stream.locked, JSON.stringify(await second.read()), JSON.stringify(await second.read()));
})();
