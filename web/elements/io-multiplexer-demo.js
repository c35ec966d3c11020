// @ts-check
import { IoMultiplexerDemo } from './hallway/io-multiplexer-demo.js';

customElements.get('io-multiplexer-demo') ?? customElements.define('io-multiplexer-demo', IoMultiplexerDemo);
