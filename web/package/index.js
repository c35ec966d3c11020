// @ts-check
// The package: both demos and the playground, defined as elements.
export { IoMultiplexerDemo } from './io-multiplexer-demo.js';
export { EventLoopDemo } from './event-loop-demo.js';
export { EventLoopPlayground } from './event-loop-playground.js';
