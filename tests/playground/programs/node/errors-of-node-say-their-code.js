// Node's own errors say their code as a text.
// Source: Node.js, Errors: error.code
for (const call of [() => queueMicrotask(1), () => new (require('node:events'))().emit('error', 1)]) {
  try {
    call();
  } catch (error) {
    console.log(String(error));
  }
}
