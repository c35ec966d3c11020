// @ts-check
import { hallwayInWords } from '../hallway/hallway-in-words.js';
import { hallwayChanges } from './hallway-changes.js';
import { title } from '../hallway/io-multiplexer-demo.js';
import { SceneInWords } from './scene-in-words.js';

/**
 * Lesson 4's.
 *
 *     <hallway-told .demo=${demo}></hallway-told>
 */
export class HallwayTold extends SceneInWords {
  get state() {
    const { demo } = this;
    const { position, now } = demo.chart(demo.trace);
    return demo.stateAt(demo.trace, position, now);
  }

  tell = hallwayInWords;
  changes = hallwayChanges;

  get others() {
    const { mode, modes } = this.demo;
    return modes.filter((/** @type {string} */ each) => each !== mode).map(title);
  }
}

customElements.get('hallway-told') ?? customElements.define('hallway-told', HallwayTold);
