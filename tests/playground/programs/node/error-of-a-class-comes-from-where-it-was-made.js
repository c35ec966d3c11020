// An error of a class of one's own comes from the line that asks for it, not from its constructor's.
// Source: Node.js, lib/internal/process/execution.js; V8, stack trace API: the frames of constructors are skipped
class ValidationError extends Error {
  constructor(field) {
    super(`bad ${field}`);
    this.name = this.constructor.name;
    this.field = field;
  }
}
class AgeError extends ValidationError {
  constructor() {
    super('age');
  }
}

class Shy extends Error {
  static get name() {
    throw new TypeError('nobody asks');
  }
}
console.log(new Shy('shy').message);

async function check() {
  await null;
  throw new AgeError();
}
check();
