// Imports are hoisted: a module has its imports before its first line runs.
// Source: ECMAScript 16.2.1 Module Semantics: link before evaluate
console.log(typeof once, typeof wait);
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import EventEmitter from 'node:events';
const emitter = new EventEmitter();
setTimeout(() => emitter.emit('ready', 'value'), 5);
console.log(await once(emitter, 'ready'));
console.log(await wait(5, 'waited'));
