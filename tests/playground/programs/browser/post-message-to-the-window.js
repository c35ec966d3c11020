// window.postMessage queues a task, after the microtasks.
// Source: HTML, 9.3.4 Posting messages: window post message steps
window.addEventListener('message', ({ data }) => console.log('message', data.text), { once: true });
window.postMessage({ text: 'hello' }, '*');
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
