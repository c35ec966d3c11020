// What is no priority of a task, no mode of a reader and no type of a stream is an error that says so.
// Source: Web IDL 3.2.18 (enumeration types); Prioritized Task Scheduling 2.1, 3.1; Streams 4.2.3, 4.2.4
const attempt = (call) => {
  try {
    console.log(typeof call());
  } catch (error) {
    console.log(String(error));
  }
};
attempt(() => new TaskController({ priority: 'toString' }));
attempt(() => new TaskController().setPriority('high'));
scheduler.postTask(() => {}, { priority: 'high' }).catch((error) => console.log(String(error)));
attempt(() => new ReadableStream().getReader({ mode: 'byob' }));
attempt(() => new ReadableStream().getReader({ mode: 'fast' }));
attempt(() => new ReadableStream().getReader({ mode: undefined }));
attempt(() => new ReadableStream({ type: 'fast' }));
