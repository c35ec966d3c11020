// @ts-check
import { hallwayInWords } from '../hallway/hallway-in-words.js';
import { hallwayAt } from '../hallway/hallway-state.js';
import { hallwayChanges } from './hallway-changes.js';
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
    return hallwayAt(demo.trace, position, demo.mode, now);
  }

  tell = hallwayInWords;
  changes = hallwayChanges;

  get others() {
    return [this.demo.mode === 'blocking' ? 'Readiness' : 'Blocking'];
  }
}

customElements.get('hallway-told') ?? customElements.define('hallway-told', HallwayTold);
