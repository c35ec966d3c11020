// A readable stream can be read by a reader, chunk by chunk, until it is done.
// Source: Streams, ReadableStreamDefaultReader: read()
const stream = new ReadableStream({
  start(controller) {
    for (const chunk of ['a', 'b']) controller.enqueue(chunk);
    controller.close();
  },
});
(async () => {
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    console.log(value, done);
    if (done) break;
  }
})();
