// @ts-check
// Who starts the demo wants its keys too: its stage takes the focus, after the link has moved the page there.
document.querySelector('.hero .button')?.addEventListener('click', () =>
  setTimeout(() => {
    /** @type {HTMLElement | null | undefined} */
    const stage = document.querySelector('#demo')?.shadowRoot?.querySelector('.stage');
    stage?.focus({ preventScroll: true });
  }),
);
