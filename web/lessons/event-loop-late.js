// What the reader of lesson 5 meets at the demo: see elements/when-reached.js.
import '../elements/example-picker.js';
import '../elements/real-order.js';
import { examples } from './event-loop-examples.js';

Object.assign(document.querySelector('example-picker') ?? {}, { examples });
