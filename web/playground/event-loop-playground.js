// @ts-check
import { EventLoopPlayground } from './views/event-loop-playground.js';

customElements.get('event-loop-playground') ?? customElements.define('event-loop-playground', EventLoopPlayground);
