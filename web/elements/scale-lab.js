// @ts-check
import { html, LitElement } from 'lit';
import { multiplexerInPage } from '../model/multiplexer.js';

export class ScaleLab extends LitElement {
  render() {
    multiplexerInPage().then((d) => (this.title = d.strategies.join()));
    return html`<p>The lab.</p>`;
  }
}

customElements.get('scale-lab') ?? customElements.define('scale-lab', ScaleLab);
