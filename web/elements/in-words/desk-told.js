// @ts-check
import { deskAt, SIZES } from '../desk/desk-state.js';
import { deskChanges, deskInWords } from './desk-words.js';
import { SceneInWords } from './scene-in-words.js';

/**
 * Lesson 5's.
 *
 *     <desk-told .demo=${demo}></desk-told>
 */
export class DeskTold extends SceneInWords {
  get state() {
    const { demo } = this;
    return demo.atMoment(deskAt(demo.trace, demo.shownHost, demo.position, SIZES[0]));
  }

  tell = deskInWords;
  changes = deskChanges;

  get others() {
    return [this.demo.shownHost === 'browser' ? 'Node' : 'Browser'];
  }
}

customElements.get('desk-told') ?? customElements.define('desk-told', DeskTold);
