// @ts-check
import { EventLoopDemo } from './desk/event-loop-demo.js';

customElements.get('event-loop-demo') ?? customElements.define('event-loop-demo', EventLoopDemo);
