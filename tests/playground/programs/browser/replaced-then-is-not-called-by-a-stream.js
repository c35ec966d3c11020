// A stream reacts to promises by what the language does: a then that the program replaced is not called.
// Source: Streams 4.2.5 (asynchronous iteration); Web IDL 3.2.23 (react)
const { then } = Promise.prototype;
Promise.prototype.then = function (...callbacks) {
  console.log('then');
  return then.apply(this, callbacks);
};
const stream = new ReadableStream({
  start(controller) {
    controller.enqueue(1);
  },
  pull(controller) {
    controller.enqueue(2);
    controller.close();
  },
});
(async () => {
  for await (const chunk of stream) console.log(chunk);
  await new ReadableStream({ cancel: () => console.log('cancel') }).cancel();
  console.log('end');
})();
