// @ts-check
// One script for people without a build. It may stand anywhere in a page: a demo reads what stands inside it, so the
// demos begin when the page is read.
const begin = () => import('./index.js');

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
