// @ts-check
import { html, LitElement } from 'lit';
import { doorbellInPage } from '../model/in-page.js';

export class ScaleLab extends LitElement {
  render() {
    doorbellInPage().then((d) => (this.title = d.strategies.join()));
    return html`<p>The lab.</p>`;
  }
}

customElements.get('scale-lab') ?? customElements.define('scale-lab', ScaleLab);
