// What the reader of lesson 5 meets at the demo: see elements/when-reached.js.
import '../elements/player/example-picker.js';
import '../elements/orders/real-order.js';
import { examples } from './event-loop-examples.js';

Object.assign(document.querySelector('example-picker') ?? {}, { examples });
