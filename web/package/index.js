// @ts-check
// The package: both demos, defined as elements.
export { IoMultiplexerDemo } from './io-multiplexer-demo.js';
export { EventLoopDemo } from './event-loop-demo.js';
