// @ts-check
// One script for people without a build: both demos.
import { whenRead } from './when-read.js';

whenRead(() => Promise.all([import('./io-multiplexer-demo.js'), import('./event-loop-demo.js')]));
