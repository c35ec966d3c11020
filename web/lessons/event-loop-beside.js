// What stands beside the demo of lesson 5: see elements/page/when-reached.js.
import '../elements/player/example-picker.js';
import '../elements/orders/allowed-orders.js';
import { examples } from './event-loop-examples.js';

Object.assign(document.querySelector('example-picker') ?? {}, { examples });
